//! Fields and sections, one after the other.

use compose::form::Node;
use leptos::prelude::*;

use super::field::FieldRow;
use super::section::FieldSection;
use crate::components::later::later;

/// A list of nodes.
#[component]
pub(crate) fn Fields(
    /// What to show.
    nodes: Vec<Node>,
) -> AnyView {
    nodes.into_iter().map(node_view).collect_view().into_any()
}

/// The same, each a part that is taken over on its own.
pub(crate) fn in_parts(nodes: Vec<Node>) -> AnyView {
    nodes
        .into_iter()
        .map(|node| later(move || node_view(node)))
        .collect_view()
        .into_any()
}

fn node_view(node: Node) -> AnyView {
    match node {
        Node::Field(field) => view! { <FieldRow field=*field /> }.into_any(),
        Node::Section(section) => view! { <FieldSection section /> }.into_any(),
    }
}
