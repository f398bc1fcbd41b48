//! YAML that a person typed: read as Helm's libraries read it, but with less patience for what is
//! nearly always a slip (keys set twice, a second document), and with sentences that say where it
//! is wrong and how to mend it.

use std::collections::HashMap;

use super::advice::advise;
use super::decode::Decoder;
use super::error::Failure;
use super::raw::Raw;
use super::reader::Mark;
use super::scalar::{is_merge, scalar};
use super::tree::{Content, Document, Node};
use super::{Limits, YamlError};
use crate::Value;

/// Parses what a person typed.
///
/// # Errors
/// A sentence with line, column, reason and how to mend it.
pub fn parse_checked(text: &str, limits: &Limits) -> Result<Value, YamlError> {
    parse_document(text, limits).map(|(_, value)| value)
}

/// The nodes of what a person typed, and what they come to.
pub(super) fn parse_document(text: &str, limits: &Limits) -> Result<(Document, Value), YamlError> {
    if text.len() > limits.bytes {
        let (bytes, most) = (text.len(), limits.bytes);
        let message = format!("the text has {bytes} bytes, and at most {most} are accepted");
        return Err(YamlError {
            message,
            line: None,
            column: None,
        });
    }
    let depth = limits.depth.min(super::MAX_DEPTH);
    let document =
        Document::compose_only(text, depth).map_err(|failure| advise(text, &failure, limits))?;
    check(&document)?;
    let raw = Decoder::new(&document, depth)
        .with_max_nodes(limits.nodes)
        .decode()
        .map_err(|failure| advise(text, &failure, limits))?;
    let value = raw.into_value()?;
    Ok((document, value))
}

/// A sentence about a place.
pub(super) fn at(mark: Mark, reason: &str) -> YamlError {
    let (line, column) = (mark.line + 1, mark.column + 1);
    YamlError {
        message: format!("line {line}, column {column}: {reason}"),
        line: Some(line),
        column: Some(column),
    }
}

/// Looks at each node once, aliases not followed.
fn check(document: &Document) -> Result<(), YamlError> {
    for node in &document.nodes {
        match &node.content {
            Content::Mapping(children) => check_keys(document, children)?,
            Content::Scalar {
                value, implicit, ..
            } => {
                if let Ok(Raw::Float(number)) = scalar(node, value, *implicit)
                    && !number.is_finite()
                {
                    let reason = format!(
                        "`{value}` is no number that a chart can use; put it in quotes if it is text"
                    );
                    return Err(at(node.start, &reason));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the keys of one table are texts, and each is set once.
fn check_keys(document: &Document, children: &[usize]) -> Result<(), YamlError> {
    let mut seen: HashMap<String, Mark> = HashMap::new();
    for pair in children.chunks_exact(2) {
        let node = &document.nodes[pair[0]];
        if is_merge(node) {
            continue;
        }
        let key = key(document, node)?;
        let reason = match seen.get(&key) {
            Some(first) => format!(
                "the key \"{key}\" is already set in line {}; keep one of the two",
                first.line + 1
            ),
            None => {
                seen.insert(key, node.start);
                continue;
            }
        };
        return Err(at(node.start, &reason));
    }
    Ok(())
}

/// The text of a key.
pub(super) fn key(document: &Document, node: &Node) -> Result<String, YamlError> {
    let target = match &node.content {
        Content::Alias { target, .. } => &document.nodes[*target],
        _ => node,
    };
    let Content::Scalar {
        value, implicit, ..
    } = &target.content
    else {
        let reason = "a list or table cannot be a key; put text with brackets or braces, such as \
                      {{ … }}, in quotes";
        return Err(at(node.start, reason));
    };
    let raw = scalar(target, value, *implicit)
        .map_err(|failure: Failure| at(node.start, &failure.problem))?;
    raw.key().ok_or_else(|| match raw {
        Raw::Null => at(node.start, "the key is empty; write a name before the `:`"),
        _ => at(
            node.start,
            "this number is too large for a key; put it in quotes",
        ),
    })
}
