//! Sections of a well-known shape, in any chart: those that a person knows as one thing, such as
//! a container's resources or a volume. They get a block of their own, and what belongs together
//! in them stands together.

use super::titles::humanize;
use crate::form::{Block, Control, Field, Node, Section};
use crate::quantity::Kind;

/// Gives a section its block, if it has a known shape.
pub(super) fn recognise(mut section: Section) -> Section {
    let key = section.path.last_key().unwrap_or_default();
    let lower = key.to_ascii_lowercase();
    let has = |key: &str, fits: fn(&Control) -> bool| {
        fields(&section.nodes).any(|field| is(field, key) && fits(&field.control))
    };
    let number = |control: &Control| matches!(control, Control::Number { .. });
    let volume = |control: &Control| {
        matches!(
            control,
            Control::Quantity {
                kind: Kind::Storage,
                ..
            }
        )
    };
    section.block = if lower.ends_with("resources") {
        paired(&mut section)
    } else if has("minReplicas", number) && has("maxReplicas", number) {
        range(&mut section.nodes);
        Some(Block::Autoscaling)
    } else if has("size", volume) {
        Some(Block::Storage)
    } else if has("repository", is_line) && has("tag", is_line) {
        Some(Block::Image)
    } else if lower.ends_with("service")
        && has("type", |control| matches!(control, Control::Choice { .. }))
    {
        Some(Block::Service)
    } else {
        None
    };
    section
}

fn fields(nodes: &[Node]) -> impl Iterator<Item = &Field> {
    nodes.iter().filter_map(Node::as_field)
}

fn is(field: &Field, key: &str) -> bool {
    field.path.last_key() == Some(key)
}

const fn is_line(control: &Control) -> bool {
    matches!(control, Control::Text { .. } | Control::Choice { .. })
}

/// Requests and limits side by side, one pair for each thing that is measured.
fn paired(section: &mut Section) -> Option<Block> {
    let table = |key: &str| {
        section.nodes.iter().find_map(|node| match node {
            Node::Section(table) if table.path.last_key() == Some(key) => Some(table.clone()),
            _ => None,
        })
    };
    let (requests, limits) = (table("requests")?, table("limits")?);
    let mut rest = limits.nodes;
    let mut nodes = Vec::new();
    for node in requests.nodes {
        let pair = match &node {
            Node::Field(request) if matches!(request.control, Control::Quantity { .. }) => {
                rest.iter().position(|other| match other {
                    Node::Field(limit) => limit.path.last_key() == request.path.last_key(),
                    Node::Section(_) => false,
                })
            }
            _ => None,
        };
        let Some(at) = pair else {
            nodes.push(named(node, "request"));
            continue;
        };
        let key = node_key(&node);
        nodes.push(Node::Section(Section {
            path: section.path.clone(),
            title: humanize(&key),
            description: None,
            block: Some(Block::Pair),
            nodes: vec![named(node, "request"), named(rest.remove(at), "limit")],
        }));
    }
    nodes.extend(rest.into_iter().map(|node| named(node, "limit")));
    let tables = ["requests", "limits"].map(|key| section.path.key(key));
    let others = std::mem::take(&mut section.nodes)
        .into_iter()
        .filter(|node| !matches!(node, Node::Section(table) if tables.contains(&table.path)));
    section.nodes = nodes.into_iter().chain(others).collect();
    Some(Block::Resources)
}

fn node_key(node: &Node) -> String {
    let path = match node {
        Node::Field(field) => &field.path,
        Node::Section(section) => &section.path,
    };
    path.last_key().unwrap_or_default().to_owned()
}

/// Out of its table, a field says itself what it is: “CPU request”.
fn named(mut node: Node, word: &str) -> Node {
    if let Node::Field(field) = &mut node
        && !field.title.to_ascii_lowercase().contains(word)
    {
        field.title.push(' ');
        field.title.push_str(word);
    }
    node
}

/// Fewest and most as one pair, where the first of them stands.
fn range(nodes: &mut Vec<Node>) {
    let place = |nodes: &[Node], key: &str| {
        nodes
            .iter()
            .position(|node| matches!(node, Node::Field(field) if is(field, key)))
    };
    let Some(least) = place(nodes, "minReplicas") else {
        return;
    };
    let least_node = nodes.remove(least);
    let Some(most) = place(nodes, "maxReplicas") else {
        nodes.insert(least, least_node);
        return;
    };
    let most_node = nodes.remove(most);
    let path = match &least_node {
        Node::Field(field) => field.path.parent().unwrap_or_default(),
        Node::Section(section) => section.path.clone(),
    };
    let pair = Section {
        path,
        title: "Replicas".to_owned(),
        description: None,
        block: Some(Block::Pair),
        nodes: vec![least_node, most_node],
    };
    nodes.insert(least.min(nodes.len()), Node::Section(pair));
}
