//! Where everything stands in a text that a person typed: what an editor needs that changes one
//! value and leaves the rest of the text as it is.

use super::checked::{key, parse_document};
use super::scalar::is_merge;
use super::token::Style;
use super::tree::{Content, Document, NodeId};
use super::{Limits, YamlError};
use crate::Value;

/// A value in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it, its anchor and tag included.
    pub start: usize,
    /// Bytes up to its end: no comment, line break or blank behind it.
    pub end: usize,
    /// What it is.
    pub kind: PlaceKind,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceKind {
    /// A scalar on its line: plain (or nothing at all), or in quotes.
    Scalar,
    /// A text in lines of its own, behind `|` or `>`.
    Block,
    /// `*name`.
    Alias,
    /// The items of a list.
    List(Vec<Place>),
    /// A table.
    Table {
        /// In braces.
        flow: bool,
        /// Whether `<<` brings in keys from elsewhere.
        merges: bool,
        /// Its own keys, in the order of the text.
        entries: Vec<PlacedEntry>,
    },
}

/// A key and its value in their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedEntry {
    /// The key, as Helm knows it.
    pub key: String,
    /// Bytes before the key.
    pub start: usize,
    /// Bytes up to the key's end.
    pub key_end: usize,
    /// The value.
    pub value: Place,
}

/// As [`parse_checked`](super::parse_checked), with the places of all values; none where the text
/// holds no document.
///
/// # Errors
/// A sentence with line, column, reason and how to mend it.
pub fn parse_places(text: &str, limits: &Limits) -> Result<(Value, Option<Place>), YamlError> {
    let (document, value) = parse_document(text, limits)?;
    let place = if document.nodes.is_empty() {
        None
    } else {
        Some(place(text, &document, 0)?)
    };
    Ok((value, place))
}

fn place(text: &str, document: &Document, id: NodeId) -> Result<Place, YamlError> {
    let node = &document.nodes[id];
    // The reader sees a line break where there is nothing at all.
    let (start, mut end) = (
        node.start.byte.min(text.len()),
        node.end.byte.min(text.len()),
    );
    let kind = match &node.content {
        Content::Alias { .. } => PlaceKind::Alias,
        Content::Scalar {
            style: Style::Literal | Style::Folded,
            ..
        } => {
            let written = text.get(start..end).unwrap_or_default();
            let header = written.lines().next().unwrap_or_default();
            if !header.contains('+') {
                end = start + written.trim_end().len();
            }
            PlaceKind::Block
        }
        Content::Scalar { .. } => PlaceKind::Scalar,
        Content::Sequence(items) => {
            let mut places = Vec::with_capacity(items.len());
            for item in items {
                places.push(place(text, document, *item)?);
            }
            if !opens(text, start, '[') {
                end = places.last().map_or(end, |last| last.end);
            }
            PlaceKind::List(places)
        }
        Content::Mapping(children) => {
            let flow = opens(text, start, '{');
            let (mut merges, mut entries, mut last) = (false, Vec::new(), end);
            for pair in children.chunks_exact(2) {
                let name = &document.nodes[pair[0]];
                let value = place(text, document, pair[1])?;
                let key_end = name.end.byte.min(text.len());
                last = value.end.max(key_end);
                if is_merge(name) {
                    merges = true;
                    continue;
                }
                entries.push(PlacedEntry {
                    key: key(document, name)?,
                    start: name.start.byte.min(text.len()),
                    key_end,
                    value,
                });
            }
            if !flow {
                end = last;
            }
            PlaceKind::Table {
                flow,
                merges,
                entries,
            }
        }
    };
    Ok(Place { start, end, kind })
}

/// Whether a collection stands in brackets: what its text starts with, behind anchor and tag.
fn opens(text: &str, start: usize, bracket: char) -> bool {
    let rest = text.get(start..).unwrap_or_default();
    rest.split_whitespace()
        .find(|word| !word.starts_with(['&', '!']))
        .is_some_and(|word| word.starts_with(bracket))
}
