//! The fields that come first: about ten of each card (`short`), and about ten of the whole chart
//! (`essential`), where the schema marks none.

use values::ValuesPath;

use crate::form::{Card, Control, Field, Group, Node};

/// How many fields of a card are marked.
const MAX_SHORT: usize = 10;

/// How many fields of a chart are marked.
const MAX_ESSENTIAL: usize = 10;

/// How many of one rank are marked before those of the next one have their turn.
const MAX_OF_RANK: usize = 3;

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
        if left > 0 && rank(field).is_some() {
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

/// Marks the usual fields of a chart in which none is marked: how many, which version, how large,
/// reachable where. Those nearest to the top come first.
/// A schema marks them one by one, or lists their paths at its root (`named`), in which a table
/// stands for all that is in it.
pub(super) fn mark_essential(groups: &mut [Group], named: &[ValuesPath]) {
    if !named.is_empty() {
        for card in groups.iter_mut().flat_map(|group| &mut group.cards) {
            each(&mut card.nodes, &mut |field| {
                field.essential |= named.iter().any(|path| field.path.starts_with(path));
            });
        }
        return;
    }
    let mut usual = Vec::new();
    let cards = groups.iter().flat_map(|group| &group.cards);
    for field in cards.flat_map(Card::fields) {
        if field.essential {
            return;
        }
        if let Some(rank) = rank(field) {
            usual.push((rank, field.path.len(), usual.len(), field.path.clone()));
        }
    }
    usual.sort();
    let mut turns: Vec<(usize, _)> = Vec::with_capacity(usual.len());
    let mut run = (usize::MAX, 0);
    for (rank, _, _, path) in usual {
        run = if run.0 == rank {
            (rank, run.1 + 1)
        } else {
            (rank, 0)
        };
        turns.push((run.1 / MAX_OF_RANK, path));
    }
    // Stable: within a turn the ranks keep their order.
    turns.sort_by_key(|(turn, _)| *turn);
    turns.truncate(MAX_ESSENTIAL);
    for card in groups.iter_mut().flat_map(|group| &mut group.cards) {
        each(&mut card.nodes, &mut |field| {
            field.essential = turns.iter().any(|(_, path)| *path == field.path);
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

/// The place of a value among those that nearly everybody sets; none for all others.
fn rank(field: &Field) -> Option<usize> {
    if field.hidden {
        return None;
    }
    let parent = field.path.parent().unwrap_or_default();
    let parent = parent.last_key().unwrap_or_default();
    let key = field.path.last_key().unwrap_or_default();
    let quantity = matches!(field.control, Control::Quantity { .. });
    Some(match key {
        "replicas" | "replicaCount" => 0,
        "tag" if parent == "image" => 1,
        "size" if quantity => 2,
        "enabled" if matches!(parent, "ingress" | "persistence" | "autoscaling") => 3,
        "host" | "hostname" => 4,
        "cpu" | "memory" if quantity => 5,
        "type" if parent == "service" => 6,
        "storageClass" | "storageClassName" => 7,
        "existingSecret" => 8,
        "minReplicas" | "maxReplicas" => 9,
        "repository" if parent == "image" => 10,
        "enabled" if matches!(parent, "metrics" | "tls") => 11,
        _ => return None,
    })
}
