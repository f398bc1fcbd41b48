//! The nodes of the first document of a text, as go-yaml's parser (decode.go) composes them.

use std::collections::HashMap;

use super::error::Failure;
use super::parser::{Event, EventKind, Parser, ScalarText};
use super::reader::Mark;
use super::token::Style;

/// Nested collections that we admit. go-yaml admits 10000 of each kind; with fewer, no tree can
/// exhaust the stack of whoever walks it by recursion.
pub(super) const MAX_DEPTH: usize = 500;

/// go-yaml's sentence for too many levels.
pub(super) const TOO_DEEP: &str = "exceeded max depth of 10000";

/// The number of a node in its document.
pub(super) type NodeId = usize;

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    /// The full tag, empty if there is none.
    pub(super) tag: String,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Scalar {
        value: String,
        implicit: bool,
        style: Style,
    },
    Sequence(Vec<NodeId>),
    /// Keys and values by turns.
    Mapping(Vec<NodeId>),
    Alias {
        name: String,
        target: NodeId,
    },
}

/// All nodes of a document; the root comes first.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) nodes: Vec<Node>,
}

impl Document {
    /// Composes the first document of the text; without nodes if there is no document at all.
    /// What follows the document is never read.
    pub(super) fn compose(text: &str, max_depth: usize) -> Result<Self, Failure> {
        Self::read(&mut Parser::new(text), max_depth)
    }

    /// Composes the only document of the text.
    pub(super) fn compose_only(text: &str, max_depth: usize) -> Result<Self, Failure> {
        let mut parser = Parser::new(text);
        let document = Self::read(&mut parser, max_depth)?;
        if !document.nodes.is_empty() {
            let event = parser.next()?;
            if !matches!(event.kind, EventKind::StreamEnd) {
                let problem = "a second document starts here, and only one is read; remove it";
                return Err(Failure::decoder(problem.to_owned(), event.start));
            }
        }
        Ok(document)
    }

    fn read(parser: &mut Parser<'_>, max_depth: usize) -> Result<Self, Failure> {
        let mut composer = Composer {
            max_depth,
            ..Composer::default()
        };
        loop {
            let event = parser.next()?;
            match event.kind {
                EventKind::StreamStart | EventKind::DocumentStart => {}
                EventKind::StreamEnd | EventKind::DocumentEnd => break,
                _ => composer.accept(event)?,
            }
        }
        Ok(Self {
            nodes: composer.nodes,
        })
    }
}

#[derive(Debug, Default)]
struct Composer {
    nodes: Vec<Node>,
    /// The open collections.
    open: Vec<NodeId>,
    anchors: HashMap<String, NodeId>,
    max_depth: usize,
}

impl Composer {
    fn accept(&mut self, event: Event) -> Result<(), Failure> {
        let Event { kind, start, end } = event;
        match kind {
            EventKind::Scalar(
                properties,
                ScalarText {
                    value,
                    implicit,
                    style,
                },
            ) => {
                let content = Content::Scalar {
                    value,
                    implicit,
                    style,
                };
                self.add(content, properties.tag, properties.anchor, start, end);
            }
            EventKind::Alias(name) => {
                let Some(&target) = self.anchors.get(&name) else {
                    let problem = format!("unknown anchor '{name}' referenced");
                    return Err(Failure::decoder(problem, start));
                };
                self.add(
                    Content::Alias { name, target },
                    String::new(),
                    None,
                    start,
                    end,
                );
            }
            EventKind::SequenceStart(properties) => {
                let content = Content::Sequence(Vec::new());
                let id = self.add(content, properties.tag, properties.anchor, start, end);
                self.enter(id, start)?;
            }
            EventKind::MappingStart(properties) => {
                let content = Content::Mapping(Vec::new());
                let id = self.add(content, properties.tag, properties.anchor, start, end);
                self.enter(id, start)?;
            }
            _ => {
                if let Some(id) = self.open.pop() {
                    self.nodes[id].end = end;
                }
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        content: Content,
        tag: String,
        anchor: Option<String>,
        start: Mark,
        end: Mark,
    ) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node {
            content,
            tag,
            start,
            end,
        });
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, id);
        }
        if let Some(&parent) = self.open.last()
            && let Content::Sequence(children) | Content::Mapping(children) =
                &mut self.nodes[parent].content
        {
            children.push(id);
        }
        id
    }

    fn enter(&mut self, id: NodeId, mark: Mark) -> Result<(), Failure> {
        self.open.push(id);
        if self.open.len() > self.max_depth {
            return Err(Failure::scanner(TOO_DEEP, mark, mark));
        }
        Ok(())
    }
}
