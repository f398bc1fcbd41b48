//! Fields and sections, one after the other.

use compose::form::Node;
use leptos::prelude::*;

use super::field::FieldRow;
use super::section::FieldSection;

/// A list of nodes.
#[component]
pub(crate) fn Fields(
    /// What to show.
    nodes: Vec<Node>,
) -> AnyView {
    nodes
        .into_iter()
        .map(|node| match node {
            Node::Field(field) => view! { <FieldRow field=*field /> }.into_any(),
            Node::Section(section) => view! { <FieldSection section /> }.into_any(),
        })
        .collect_view()
        .into_any()
}
