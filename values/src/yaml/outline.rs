//! The keys of a values file in the order of the text, with the comments beside them: what a
//! chart's author says about each value.

use super::YamlError;
use super::scalar::is_merge;
use super::token::Style;
use super::tree::{Content, Document, MAX_DEPTH, Node, NodeId};

/// One key of a values file, with the comments beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// The keys from the root to this one; an item of a list by its number, from 0.
    pub path: Vec<String>,
    /// The key's line, from 1.
    pub line: usize,
    /// The comment lines right above the key, without `#` and the space behind it.
    pub comment: String,
    /// The comment behind the key or its value on the same line.
    pub trailing: Option<String>,
}

/// The keys of a values file in document order, with their comments.
///
/// # Errors
/// With Go's text, when the text is not YAML.
pub fn outline(text: &str) -> Result<Vec<OutlineEntry>, YamlError> {
    let document = Document::compose(text, MAX_DEPTH)?;
    let lines: Vec<&str> = text.lines().collect();
    let mut outline = Outline {
        document: &document,
        inside_scalar: inside_scalar(&document, lines.len()),
        lines,
        path: Vec::new(),
        entries: Vec::new(),
    };
    if !document.nodes.is_empty() {
        outline.walk(0);
    }
    Ok(outline.entries)
}

/// Which lines go on with a text that started on an earlier one: a `#` there is no comment.
fn inside_scalar(document: &Document, lines: usize) -> Vec<bool> {
    let mut inside = vec![false; lines];
    for node in &document.nodes {
        if let Content::Scalar { .. } = node.content {
            let end = node.end.line + usize::from(node.end.column > 0);
            if let Some(lines) = inside.get_mut(node.start.line + 1..end.min(lines)) {
                lines.fill(true);
            }
        }
    }
    inside
}

struct Outline<'a> {
    document: &'a Document,
    lines: Vec<&'a str>,
    inside_scalar: Vec<bool>,
    path: Vec<String>,
    entries: Vec<OutlineEntry>,
}

impl Outline<'_> {
    fn walk(&mut self, id: NodeId) {
        let document = self.document;
        match &document.nodes[id].content {
            Content::Mapping(children) => {
                for pair in children.chunks_exact(2) {
                    let (key, value) = (&document.nodes[pair[0]], &document.nodes[pair[1]]);
                    let Content::Scalar { value: name, .. } = &key.content else {
                        continue;
                    };
                    if is_merge(key) {
                        continue;
                    }
                    self.path.push(name.clone());
                    let entry = OutlineEntry {
                        path: self.path.clone(),
                        line: key.start.line + 1,
                        comment: self.comment_above(key.start.line),
                        trailing: self.comment_behind(key, value),
                    };
                    self.entries.push(entry);
                    self.walk(pair[1]);
                    self.path.pop();
                }
            }
            Content::Sequence(items) => {
                for (index, &item) in items.iter().enumerate() {
                    self.path.push(index.to_string());
                    self.walk(item);
                    self.path.pop();
                }
            }
            Content::Scalar { .. } | Content::Alias { .. } => {}
        }
    }

    /// The comment lines right above a line.
    fn comment_above(&self, line: usize) -> String {
        let mut comment: Vec<&str> = (0..line)
            .rev()
            .take_while(|&above| !self.inside_scalar.get(above).is_some_and(|inside| *inside))
            .map_while(|above| self.lines.get(above)?.trim().strip_prefix('#'))
            .map(bare)
            .collect();
        comment.reverse();
        comment.join("\n")
    }

    /// The comment that ends the line of a key.
    fn comment_behind(&self, key: &Node, value: &Node) -> Option<String> {
        let line = key.start.line;
        let block = matches!(
            value.content,
            Content::Scalar {
                style: Style::Literal | Style::Folded,
                ..
            }
        );
        let after = if value.start.line != line {
            key.end.column
        } else if block {
            value.start.column
        } else if value.end.line == line {
            value.end.column.max(key.end.column)
        } else {
            return None;
        };
        let text = self.lines.get(line)?;
        let mut blank = false;
        for (column, (at, character)) in text.char_indices().enumerate() {
            if character == '#' && blank && column >= after {
                return Some(bare(&text[at + 1..]).trim_end().to_owned());
            }
            blank = character == ' ' || character == '\t';
        }
        None
    }
}

/// A comment's text, without further `#` and the space behind them.
fn bare(comment: &str) -> &str {
    let text = comment.trim_start_matches('#');
    text.strip_prefix(' ').unwrap_or(text).trim_end()
}
