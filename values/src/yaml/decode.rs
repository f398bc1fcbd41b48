//! From nodes to values: what go-yaml v2.4.4 (decode.go) decodes into Go's `any`, what
//! sigs.k8s.io/yaml v1.6.0 makes of it, and what `encoding/json` makes of that.

use std::collections::HashSet;

use super::error::Failure;
use super::raw::Raw;
use super::scalar::{is_merge, scalar};
use super::tree::{Content, Document, Node, NodeId, TOO_DEEP};

/// From here on the share of nodes that may come from aliases shrinks.
const ALIAS_RANGE_LOW: usize = 400_000;
/// From here on only a tenth may.
const ALIAS_RANGE_HIGH: usize = 4_000_000;

/// A mapping as Go has it, but in the order of its text.
pub(super) type RawMap = Vec<(Raw, Raw)>;

/// Decodes the document; null if there is none.
pub(super) fn decode(document: &Document, max_depth: usize) -> Result<Raw, Failure> {
    Decoder::new(document, max_depth).decode()
}

/// The decoder of one document. It keeps its own stack, so that deep trees cost no more of the
/// thread's than flat ones.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    document: &'a Document,
    count: usize,
    alias_count: usize,
    alias_depth: usize,
    depth: usize,
    max_depth: usize,
    max_nodes: usize,
    open_aliases: HashSet<NodeId>,
    frames: Vec<Frame<'a>>,
    /// The tables of the open mappings; a merged mapping fills that of the one around it.
    tables: Vec<Table>,
    /// The value just decoded, for the frame on top.
    done: Option<Raw>,
}

/// What is open.
#[derive(Debug)]
enum Frame<'a> {
    List {
        children: &'a [NodeId],
        list: Vec<Raw>,
    },
    Map {
        children: &'a [NodeId],
        key: Option<Raw>,
        merged: bool,
    },
    Merge {
        items: &'a [NodeId],
    },
    Alias {
        id: NodeId,
    },
}

impl<'a> Decoder<'a> {
    pub(super) fn new(document: &'a Document, max_depth: usize) -> Self {
        Self {
            document,
            // go-yaml counts the document itself, too.
            count: 1,
            alias_count: 0,
            alias_depth: 0,
            depth: 0,
            max_depth,
            max_nodes: usize::MAX,
            open_aliases: HashSet::new(),
            frames: Vec::new(),
            tables: Vec::new(),
            done: None,
        }
    }

    /// Refuses more nodes than these, those of aliases counted each time.
    pub(super) fn with_max_nodes(self, max_nodes: usize) -> Self {
        Self { max_nodes, ..self }
    }

    pub(super) fn decode(mut self) -> Result<Raw, Failure> {
        if self.document.nodes.is_empty() {
            return Ok(Raw::Null);
        }
        self.visit(0)?;
        while let Some(frame) = self.frames.pop() {
            self.step(frame)?;
        }
        Ok(self.done.unwrap_or(Raw::Null))
    }

    /// One step of the innermost open node, which is off the stack meanwhile.
    fn step(&mut self, frame: Frame<'a>) -> Result<(), Failure> {
        match frame {
            Frame::List {
                mut children,
                mut list,
            } => {
                list.extend(self.done.take());
                if let Some(child) = children.split_off_first() {
                    self.frames.push(Frame::List { children, list });
                    return self.visit(*child);
                }
                self.depth -= 1;
                self.done = Some(Raw::List(list));
            }
            Frame::Map {
                children,
                key,
                merged,
            } => return self.step_map(children, key, merged),
            // A list of tables to merge: the first one wins, so it comes last.
            Frame::Merge { mut items } => {
                if let Some(item) = items.split_off_last() {
                    self.frames.push(Frame::Merge { items });
                    return self.merge_one(*item);
                }
            }
            Frame::Alias { id } => {
                self.depth -= 1;
                self.alias_depth -= 1;
                self.open_aliases.remove(&id);
            }
        }
        Ok(())
    }

    fn step_map(
        &mut self,
        mut children: &'a [NodeId],
        mut key: Option<Raw>,
        merged: bool,
    ) -> Result<(), Failure> {
        let [key_id, value_id, rest @ ..] = children else {
            self.depth -= 1;
            if !merged {
                self.done = self.tables.pop().map(|table| Raw::Map(table.entries));
            }
            return Ok(());
        };
        let key_node = self.get(*key_id);
        match (self.done.take(), key.take()) {
            (None, _) if is_merge(key_node) => {
                children = rest;
                self.frames.push(Frame::Map {
                    children,
                    key,
                    merged,
                });
                self.merge(*value_id)
            }
            (None, _) => {
                self.frames.push(Frame::Map {
                    children,
                    key,
                    merged,
                });
                self.visit(*key_id)
            }
            (Some(done), None) => {
                if matches!(done, Raw::List(_) | Raw::Map(_)) {
                    let problem = format!("invalid map key: {done}");
                    return Err(Failure::decoder(problem, key_node.start));
                }
                key = Some(done);
                self.frames.push(Frame::Map {
                    children,
                    key,
                    merged,
                });
                self.visit(*value_id)
            }
            (Some(done), Some(known)) => {
                if let Some(table) = self.tables.last_mut() {
                    table.set(known, done);
                }
                children = rest;
                self.frames.push(Frame::Map {
                    children,
                    key,
                    merged,
                });
                Ok(())
            }
        }
    }

    /// Decodes a scalar, or opens what else the node is.
    fn visit(&mut self, id: NodeId) -> Result<(), Failure> {
        let node = self.get(id);
        self.enter(node)?;
        match &node.content {
            Content::Scalar {
                value, implicit, ..
            } => {
                self.done = Some(scalar(node, value, *implicit)?);
            }
            Content::Alias { name, target } => {
                self.open_alias(id, name)?;
                // No alias stands for another one, so this goes no deeper.
                return self.visit(*target);
            }
            Content::Sequence(children) => {
                self.descend(node)?;
                let list = Vec::with_capacity(children.len());
                self.frames.push(Frame::List { children, list });
            }
            Content::Mapping(children) => {
                self.descend(node)?;
                self.tables.push(Table::default());
                self.frames.push(Frame::Map {
                    children,
                    key: None,
                    merged: false,
                });
            }
        }
        Ok(())
    }

    /// `<<`: its tables' keys replace what stands before it.
    fn merge(&mut self, id: NodeId) -> Result<(), Failure> {
        match &self.get(id).content {
            Content::Sequence(items) => {
                self.frames.push(Frame::Merge { items });
                Ok(())
            }
            _ => self.merge_one(id),
        }
    }

    fn merge_one(&mut self, id: NodeId) -> Result<(), Failure> {
        let mut node = self.get(id);
        if let Content::Alias { name, target } = &node.content {
            let target = self.get(*target);
            if !matches!(target.content, Content::Mapping(_)) {
                return Err(wants_map(node));
            }
            self.enter(node)?;
            self.open_alias(id, name)?;
            node = target;
        }
        let Content::Mapping(children) = &node.content else {
            return Err(wants_map(node));
        };
        self.enter(node)?;
        self.descend(node)?;
        self.frames.push(Frame::Map {
            children,
            key: None,
            merged: true,
        });
        Ok(())
    }

    fn get(&self, id: NodeId) -> &'a Node {
        &self.document.nodes[id]
    }

    /// Counts a node, as go-yaml does against bombs of aliases.
    fn enter(&mut self, node: &Node) -> Result<(), Failure> {
        self.count += 1;
        if self.alias_depth > 0 {
            self.alias_count += 1;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let share = self.alias_count as f64 / self.count as f64;
        if self.alias_count > 100 && self.count > 1000 && share > allowed_alias_ratio(self.count) {
            let problem = "document contains excessive aliasing".to_owned();
            return Err(Failure::decoder(problem, node.start));
        }
        if self.count > self.max_nodes {
            let problem = format!("the text holds more than {} values", self.max_nodes);
            return Err(Failure::decoder(problem, node.start));
        }
        Ok(())
    }

    fn descend(&mut self, node: &Node) -> Result<(), Failure> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(Failure::decoder(TOO_DEEP.to_owned(), node.start));
        }
        Ok(())
    }

    fn open_alias(&mut self, id: NodeId, name: &str) -> Result<(), Failure> {
        if !self.open_aliases.insert(id) {
            let problem = format!("anchor '{name}' value contains itself");
            return Err(Failure::decoder(problem, self.get(id).start));
        }
        self.alias_depth += 1;
        self.frames.push(Frame::Alias { id });
        self.descend(self.get(id))
    }
}

/// The entries of a mapping, with an index so that a long one stays quick.
#[derive(Debug, Default)]
struct Table {
    entries: RawMap,
    index: std::collections::HashMap<String, usize>,
}

impl Table {
    fn set(&mut self, key: Raw, value: Raw) {
        match self.index.entry(key.identity()) {
            std::collections::hash_map::Entry::Occupied(place) => {
                self.entries[*place.get()].1 = value;
            }
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(self.entries.len());
                self.entries.push((key, value));
            }
        }
    }
}

fn allowed_alias_ratio(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    match count {
        ..=ALIAS_RANGE_LOW => 0.99,
        ALIAS_RANGE_HIGH.. => 0.10,
        _ => {
            let range = (ALIAS_RANGE_HIGH - ALIAS_RANGE_LOW) as f64;
            0.99 - 0.89 * ((count - ALIAS_RANGE_LOW) as f64 / range)
        }
    }
}

fn wants_map(node: &Node) -> Failure {
    let problem = "map merge requires map or sequence of maps as the value".to_owned();
    Failure::decoder(problem, node.start)
}
