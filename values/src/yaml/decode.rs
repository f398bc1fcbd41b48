//! From nodes to values: what go-yaml v2.4.4 (decode.go) decodes into Go's `any`, what
//! sigs.k8s.io/yaml v1.6.0 makes of it, and what `encoding/json` makes of that.

use std::collections::HashSet;

use super::error::Failure;
use super::raw::Raw;
use super::resolve::{Resolved, resolve};
use super::tree::{Content, Document, Node, NodeId, too_deep};

/// From here on the share of nodes that may come from aliases shrinks.
const ALIAS_RANGE_LOW: usize = 400_000;
/// From here on only a tenth may.
const ALIAS_RANGE_HIGH: usize = 4_000_000;

const YAML_TAG: &str = "tag:yaml.org,2002:";

/// A mapping as Go has it, but in the order of its text.
pub(super) type RawMap = Vec<(Raw, Raw)>;

/// Decodes the document; null if there is none.
pub(super) fn decode(document: &Document, max_depth: usize) -> Result<Raw, Failure> {
    Decoder::new(document, max_depth).decode()
}

/// The decoder of one document.
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
        }
    }

    /// Refuses more nodes than these, those of aliases counted each time.
    pub(super) fn with_max_nodes(self, max_nodes: usize) -> Self {
        Self { max_nodes, ..self }
    }

    pub(super) fn decode(mut self) -> Result<Raw, Failure> {
        if self.document.nodes.is_empty() { Ok(Raw::Null) } else { self.node(0) }
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

    fn node(&mut self, id: NodeId) -> Result<Raw, Failure> {
        let node = self.get(id);
        self.enter(node)?;
        match &node.content {
            Content::Scalar { value, implicit, .. } => scalar(node, value, *implicit),
            Content::Alias { name, target } => {
                self.alias(id, name, |decoder| decoder.node(*target))
            }
            Content::Sequence(children) => self.nested(node, |decoder| {
                children.iter().map(|&child| decoder.node(child)).collect::<Result<_, _>>()
            })
            .map(Raw::List),
            Content::Mapping(children) => {
                let mut out = Table::default();
                self.nested(node, |decoder| decoder.mapping(children, &mut out))?;
                Ok(Raw::Map(out.entries))
            }
        }
    }

    fn nested<T>(
        &mut self,
        node: &Node,
        inner: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return Err(too_deep(node.start));
        }
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn alias<T>(
        &mut self,
        id: NodeId,
        name: &str,
        inner: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if !self.open_aliases.insert(id) {
            let problem = format!("anchor '{name}' value contains itself");
            return Err(Failure::decoder(problem, self.get(id).start));
        }
        self.alias_depth += 1;
        let node = self.get(id);
        let result = self.nested(node, inner);
        self.alias_depth -= 1;
        self.open_aliases.remove(&id);
        result
    }

    fn mapping(&mut self, children: &[NodeId], out: &mut Table) -> Result<(), Failure> {
        for pair in children.chunks_exact(2) {
            let (key_node, value_node) = (self.get(pair[0]), pair[1]);
            if is_merge(key_node) {
                self.merge(value_node, out)?;
                continue;
            }
            let key = self.node(pair[0])?;
            if matches!(key, Raw::List(_) | Raw::Map(_)) {
                let problem = format!("invalid map key: {key}");
                return Err(Failure::decoder(problem, key_node.start));
            }
            let value = self.node(value_node)?;
            out.set(key, value);
        }
        Ok(())
    }

    /// `<<`: its tables' keys replace what stands before it.
    fn merge(&mut self, id: NodeId, out: &mut Table) -> Result<(), Failure> {
        let node = self.get(id);
        match &node.content {
            Content::Mapping(_) | Content::Alias { .. } => self.merge_one(id, out),
            Content::Sequence(items) => {
                items.iter().rev().try_for_each(|&item| self.merge_one(item, out))
            }
            Content::Scalar { .. } => Err(wants_map(node)),
        }
    }

    fn merge_one(&mut self, id: NodeId, out: &mut Table) -> Result<(), Failure> {
        let node = self.get(id);
        match &node.content {
            Content::Mapping(children) => {
                self.enter(node)?;
                self.nested(node, |decoder| decoder.mapping(children, out))
            }
            Content::Alias { name, target } => {
                let target_node = self.get(*target);
                let Content::Mapping(children) = &target_node.content else {
                    return Err(wants_map(node));
                };
                self.enter(node)?;
                self.alias(id, name, |decoder| {
                    decoder.enter(target_node)?;
                    decoder.mapping(children, out)
                })
            }
            _ => Err(wants_map(node)),
        }
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

/// Whether the key is `<<`.
pub(super) fn is_merge(node: &Node) -> bool {
    match &node.content {
        Content::Scalar { value, implicit, .. } => {
            value == "<<" && (*implicit || node.tag.strip_prefix(YAML_TAG) == Some("merge"))
        }
        _ => false,
    }
}

/// What a scalar is.
pub(super) fn scalar(node: &Node, value: &str, implicit: bool) -> Result<Raw, Failure> {
    let text = || Raw::Text(value.to_owned());
    if node.tag.is_empty() {
        return Ok(if implicit { raw(resolve(value, true), value) } else { text() });
    }
    let short = match node.tag.strip_prefix(YAML_TAG) {
        Some(short @ ("str" | "bool" | "int" | "float" | "null" | "timestamp")) => short,
        Some("binary") => return binary(node, value),
        _ => return Ok(text()),
    };
    if short == "str" {
        return Ok(text());
    }
    let resolved = resolve(value, short == "timestamp");
    match (short, &resolved) {
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        ("float", Resolved::Int(integer)) => Ok(Raw::Float(*integer as f64)),
        _ if resolved.tag().strip_prefix("!!") == Some(short) => Ok(raw(resolved, value)),
        _ => {
            let tag = resolved.tag();
            let problem = format!("cannot decode {tag} `{value}` as a !!{short}");
            Err(Failure::decoder(problem, node.start))
        }
    }
}

fn raw(resolved: Resolved, value: &str) -> Raw {
    match resolved {
        Resolved::Null => Raw::Null,
        Resolved::Bool(flag) => Raw::Bool(flag),
        Resolved::Int(integer) => Raw::Int(integer),
        Resolved::Uint(integer) => Raw::Uint(integer),
        Resolved::Float(float) => Raw::Float(float),
        Resolved::Timestamp | Resolved::Text => Raw::Text(value.to_owned()),
    }
}

fn binary(node: &Node, value: &str) -> Result<Raw, Failure> {
    match super::base64::decode(value) {
        // Go's JSON turns what is no UTF-8 into replacement characters.
        Some(bytes) => Ok(Raw::Text(super::base64::to_text(&bytes))),
        None => {
            let problem = "!!binary value contains invalid base64 data".to_owned();
            Err(Failure::decoder(problem, node.start))
        }
    }
}
