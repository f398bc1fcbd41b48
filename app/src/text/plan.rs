//! Which fields are shown, and in which sections.

use std::collections::BTreeSet;

use compose::form::{Block, Card, Field, FormModel, Node, Section};

/// How many fields a short form shows where the chart marks none as short.
const FEW: usize = 10;

/// A card's part of what is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// The card's path.
    pub(crate) path: String,
    /// The card's title.
    pub(crate) title: String,
    /// What is shown of it; empty where it is only named, to be unfolded.
    pub(crate) nodes: Vec<Node>,
}

/// What the view over all cards shows: the essential fields, or those at `changed` paths.
#[must_use]
pub(crate) fn essentials(form: &FormModel, changed: Option<&BTreeSet<String>>) -> Vec<Part> {
    form.cards()
        .map(|card| Part {
            path: card.path.to_string(),
            title: card.title.clone(),
            nodes: match changed {
                Some(changed) => self::changed(card, changed),
                None => keep(&card.nodes, &mut |field| field.essential && !field.hidden),
            },
        })
        .filter(|part| !part.nodes.is_empty())
        .collect()
}

/// The fields of a card at `changed` paths, its switch among them. A hidden one is shown too: it
/// was changed by link or text, and must be seen to be taken back.
#[must_use]
pub(crate) fn changed(card: &Card, changed: &BTreeSet<String>) -> Vec<Node> {
    let mut wanted = |field: &Field| changed.contains(&field.path.to_string());
    let mut nodes = Vec::new();
    if let Some(switch) = card.enabled.as_ref().filter(|field| wanted(field)) {
        nodes.push(Node::Field(Box::new(Field {
            title: "Enabled".to_owned(),
            ..switch.clone()
        })));
    }
    nodes.extend(keep(&card.nodes, &mut wanted));
    nodes
}

/// The nodes to show: all that are not hidden, or only the short ones.
#[must_use]
pub(crate) fn visible(nodes: &[Node], all: bool) -> Vec<Node> {
    if all {
        return keep(nodes, &mut |field| !field.hidden);
    }
    if any(nodes, &|field| field.short && !field.hidden) {
        return keep(nodes, &mut |field| field.short && !field.hidden);
    }
    let mut left = FEW;
    keep(nodes, &mut |field| {
        let show = left > 0 && !field.hidden;
        left -= usize::from(show);
        show
    })
}

/// How many fields there are that are not hidden.
#[must_use]
pub(crate) fn count(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Field(field) => usize::from(!field.hidden),
            Node::Section(section) => count(&section.nodes),
        })
        .sum()
}

/// Whether any field beneath is wanted.
pub(crate) fn any(nodes: &[Node], wanted: &dyn Fn(&Field) -> bool) -> bool {
    nodes.iter().any(|node| match node {
        Node::Field(field) => wanted(field),
        Node::Section(section) => any(&section.nodes, wanted),
    })
}

/// The wanted fields in their sections. Sections without anything to show are left out; one that
/// holds nothing but one section is merged with it. Request and limit, which are one control, stay
/// together.
fn keep(nodes: &[Node], wanted: &mut dyn FnMut(&Field) -> bool) -> Vec<Node> {
    nodes
        .iter()
        .filter_map(|node| match node {
            Node::Field(field) => wanted(field).then(|| node.clone()),
            Node::Section(section) if section.block == Some(Block::Pair) => {
                let mut some = false;
                for field in section.nodes.iter().filter_map(Node::as_field) {
                    some |= wanted(field);
                }
                some.then(|| node.clone())
            }
            Node::Section(section) => {
                let inner = keep(&section.nodes, wanted);
                match (section.block, inner.as_slice()) {
                    (_, []) => None,
                    // One field of a block says by itself what it is.
                    (Some(_), [Node::Field(_)]) => inner.into_iter().next(),
                    _ => Some(Node::Section(merged(section, inner))),
                }
            }
        })
        .collect()
}

/// A section with these nodes; with its only section merged into it, if that is all it has.
fn merged(section: &Section, mut nodes: Vec<Node>) -> Section {
    if section.block.is_none()
        && let [Node::Section(_)] = nodes.as_slice()
        && let Some(Node::Section(only)) = nodes.pop()
    {
        return Section {
            title: format!("{} · {}", section.title, only.title),
            ..only
        };
    }
    Section {
        path: section.path.clone(),
        title: section.title.clone(),
        description: section.description.clone(),
        block: section.block,
        nodes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use compose::ValuesPath;
    use compose::form::Control;

    fn field(name: &str, short: bool, hidden: bool) -> Node {
        let path = ValuesPath::of_keys([name]);
        Node::Field(Box::new(Field {
            short,
            hidden,
            ..Field::new(path, name.to_owned(), Control::Switch)
        }))
    }

    fn section(name: &str, nodes: Vec<Node>) -> Node {
        Node::Section(Section {
            path: ValuesPath::of_keys([name]),
            title: name.to_owned(),
            description: None,
            block: None,
            nodes,
        })
    }

    fn shown(nodes: &[Node], all: bool) -> String {
        fn names(nodes: &[Node]) -> Vec<String> {
            nodes
                .iter()
                .map(|node| match node {
                    Node::Field(field) => field.title.clone(),
                    Node::Section(section) => {
                        format!("{}({})", section.title, names(&section.nodes).join(" "))
                    }
                })
                .collect()
        }
        names(&visible(nodes, all)).join(" ")
    }

    #[test]
    fn the_short_form_keeps_what_is_marked() {
        let nodes = [
            field("a", true, false),
            field("b", false, false),
            field("c", true, true),
            section(
                "s",
                vec![
                    section("t", vec![field("d", true, false)]),
                    field("e", false, false),
                ],
            ),
            section("u", vec![field("f", false, false)]),
        ];
        assert_eq!(shown(&nodes, false), "a s · t(d)");
        assert_eq!(shown(&nodes, true), "a b s(t(d) e) u(f)");
        assert_eq!(count(&nodes), 5);
    }

    #[test]
    fn a_card_without_marks_shows_its_first_few() {
        let nodes: Vec<Node> = (0..30)
            .map(|n| field(&n.to_string(), false, false))
            .collect();
        assert_eq!(visible(&nodes, false).len(), FEW);
        assert_eq!(visible(&nodes, true).len(), 30);
    }
}
