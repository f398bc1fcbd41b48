//! The short form: about ten fields that a person needs first, where the schema marks none.

use crate::form::{Card, Control, Field, Group, Node};

/// How many fields of a card are marked.
const MAX_SHORT: usize = 10;

/// Marks the usual fields of every card in which none is marked.
pub(super) fn mark(groups: &mut [Group]) {
    for card in groups.iter_mut().flat_map(|group| &mut group.cards) {
        if card
            .fields()
            .iter()
            .any(|field| field.short && Some(*field) != card.enabled.as_ref())
        {
            continue;
        }
        mark_card(card);
    }
}

fn mark_card(card: &mut Card) {
    let depth = card.path.len();
    let mut left = MAX_SHORT;
    each(&mut card.nodes, &mut |field| {
        if left > 0 && is_usual(field) {
            field.short = true;
            left -= 1;
        }
    });
    if left == MAX_SHORT {
        each(&mut card.nodes, &mut |field| {
            if left > 0 && field.path.len() == depth + 1 && !field.hidden {
                field.short = true;
                left -= 1;
            }
        });
    }
}

fn each(nodes: &mut [Node], change: &mut dyn FnMut(&mut Field)) {
    for node in nodes {
        match node {
            Node::Field(field) => change(field),
            Node::Section(section) => each(&mut section.nodes, change),
        }
    }
}

/// Whether a value is one of those that nearly everybody sets.
fn is_usual(field: &Field) -> bool {
    if field.hidden {
        return false;
    }
    let parent = field.path.parent().unwrap_or_default();
    let parent = parent.last_key().unwrap_or_default();
    let key = field.path.last_key().unwrap_or_default();
    match key {
        "replicas" | "replicaCount" | "minReplicas" | "maxReplicas" => true,
        "cpu" | "memory" => matches!(field.control, Control::Quantity { .. }),
        "size" => matches!(field.control, Control::Quantity { .. }),
        "tag" | "repository" => parent == "image",
        "enabled" => matches!(
            parent,
            "autoscaling" | "persistence" | "ingress" | "metrics" | "tls"
        ),
        "type" => parent == "service",
        "existingSecret" | "storageClass" | "storageClassName" | "host" | "hostname" => true,
        _ => false,
    }
}
