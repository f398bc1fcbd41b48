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
    nodes
        .into_iter()
        .map(|node| match node {
            Node::Field(field) => view! { <FieldRow field=*field /> }.into_any(),
            Node::Section(section) => view! { <FieldSection section /> }.into_any(),
        })
        .collect_view()
        .into_any()
}

/// The same, taken over in parts: each section, and what stands between two.
pub(crate) fn in_parts(nodes: Vec<Node>) -> AnyView {
    let mut parts: Vec<Vec<Node>> = Vec::new();
    for node in nodes {
        match (parts.last_mut(), &node) {
            (Some(part), Node::Field(_)) if matches!(part.last(), Some(Node::Field(_))) => {
                part.push(node);
            }
            _ => parts.push(vec![node]),
        }
    }
    parts
        .into_iter()
        .map(|nodes| later(move || view! { <Fields nodes /> }.into_any()))
        .collect_view()
        .into_any()
}
