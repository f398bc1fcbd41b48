//! Which of a card's fields are shown, and in which sections.

use compose::form::{Field, Node, Section};

/// How many fields a short form shows where the chart marks none as short.
const FEW: usize = 10;

/// The nodes to show: all that are not hidden, or only the short ones. Sections without anything
/// to show are left out; one that holds nothing but one section is merged with it.
#[must_use]
pub(crate) fn visible(nodes: &[Node], all: bool) -> Vec<Node> {
    if all {
        return filter(nodes, &mut |field| !field.hidden);
    }
    if any(nodes, &|field| field.short && !field.hidden) {
        return filter(nodes, &mut |field| field.short && !field.hidden);
    }
    let mut left = FEW;
    filter(nodes, &mut |field| {
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

fn filter(nodes: &[Node], wanted: &mut dyn FnMut(&Field) -> bool) -> Vec<Node> {
    nodes
        .iter()
        .filter_map(|node| match node {
            Node::Field(field) => wanted(field).then(|| node.clone()),
            Node::Section(section) => {
                let inner = filter(&section.nodes, wanted);
                (!inner.is_empty()).then(|| Node::Section(merged(section, inner)))
            }
        })
        .collect()
}

/// A section with these nodes; with its only section merged into it, if that is all it has.
fn merged(section: &Section, mut nodes: Vec<Node>) -> Section {
    if let [Node::Section(_)] = nodes.as_slice()
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
        nodes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use compose::form::Control;
    use compose::{Value, ValuesPath};

    fn field(name: &str, short: bool, hidden: bool) -> Node {
        Node::Field(Box::new(Field {
            path: ValuesPath::of_keys([name]),
            title: name.to_owned(),
            description: None,
            control: Control::Switch,
            default: Value::Null,
            short,
            secret: false,
            required: false,
            nullable: false,
            hidden,
            inherits: None,
            examples: Vec::new(),
        }))
    }

    fn section(name: &str, nodes: Vec<Node>) -> Node {
        Node::Section(Section {
            path: ValuesPath::of_keys([name]),
            title: name.to_owned(),
            description: None,
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
