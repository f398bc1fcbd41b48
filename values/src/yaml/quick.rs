//! The YAML that charts really print, read in one pass and without a copy of its text.
//!
//! Block collections, plain and quoted scalars, `|` and `>`, simple flow collections: what `toYaml`
//! prints and people write. Whatever else stands in a text (anchors, tags, directives, `?` keys,
//! several documents, tabs between tokens, any mistake) is not judged here: [`read`] gives nothing
//! then, and the port of go-yaml beside this module reads the text from its start, with its words.
//! So this reader may be as narrow as it likes, but never of another opinion.

use std::borrow::Cow;

use super::raw::Raw;
use super::resolve::{Resolved, is_surely_text, resolve};
use crate::{Map, Value};

mod block;
mod flow;
mod line;
mod made;
mod scalar;
mod scan;

/// Nested collections that are read here.
const MAX_DEPTH: usize = 100;
/// Bytes of a key that are sure to stay below go-yaml's limit of 1024 characters.
const MAX_KEY: usize = 1_000;

/// A tree that borrows from its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'t> {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer, which JSON would make a float.
    Int(i64),
    /// A float, always finite.
    Float(f64),
    /// Text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A table, in the order of its text; no key stands there twice.
    Map(Vec<(Cow<'t, str>, Node<'t>)>),
}

impl<'t> Node<'t> {
    /// What [`parse`](super::parse) gives for the same text: every number is a float.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.convert(false)
    }

    /// What [`parse_typed`](super::parse_typed) gives for the same text.
    #[must_use]
    pub fn into_typed_value(self) -> Value {
        self.convert(true)
    }

    fn convert(self, typed: bool) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Int(number) if typed => Value::Int(number),
            #[expect(clippy::cast_precision_loss, reason = "as JSON's numbers read back")]
            Self::Int(number) => Value::Float(number as f64),
            Self::Float(number) => Value::Float(number),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::List(list) => {
                Value::List(list.into_iter().map(|item| item.convert(typed)).collect())
            }
            Self::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.into_owned(), value.convert(typed)))
                    .collect::<Map>(),
            ),
        }
    }

    /// The entry of that key, if this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The scalar that a text without quotes is.
    fn of_plain(text: Cow<'t, str>) -> Option<Self> {
        if is_surely_text(&text) {
            return Some(Self::Text(text));
        }
        Some(match resolve(&text, true) {
            Resolved::Null => Self::Null,
            Resolved::Bool(flag) => Self::Bool(flag),
            Resolved::Int(number) => Self::Int(number),
            #[expect(clippy::cast_precision_loss, reason = "as JSON's numbers read back")]
            Resolved::Uint(number) => Self::Float(number as f64),
            Resolved::Float(number) if number.is_finite() => Self::Float(number),
            Resolved::Float(_) => return None,
            Resolved::Timestamp | Resolved::Text => Self::Text(text),
        })
    }
}

/// The key that a text without quotes is; none where go-yaml merges or JSON refuses.
fn plain_key(text: &str) -> Option<Cow<'_, str>> {
    if is_surely_text(text) {
        return Some(Cow::Borrowed(text));
    }
    match resolve(text, true) {
        Resolved::Timestamp | Resolved::Text => (text != "<<").then_some(Cow::Borrowed(text)),
        Resolved::Int(number) => Raw::Int(number).key().map(Cow::Owned),
        Resolved::Float(number) => Raw::Float(number).key().map(Cow::Owned),
        Resolved::Bool(flag) => Raw::Bool(flag).key().map(Cow::Owned),
        Resolved::Null | Resolved::Uint(_) => None,
    }
}

/// Reads a text of one collection, if it is of the kind that is read here.
#[must_use]
pub fn read(text: &str) -> Option<Node<'_>> {
    read_by(text, Reader::root)
}

/// As [`read`], and given for the same texts, but of a table only the values of these keys are sure
/// to be kept: all others may be null.
#[must_use]
pub fn read_only<'t>(text: &'t str, keys: &[&str]) -> Option<Node<'t>> {
    read_by(text, |reader| reader.root_of(keys))
}

fn read_by<'t>(
    text: &'t str,
    root: impl FnOnce(&mut Reader<'t>) -> Option<Node<'t>>,
) -> Option<Node<'t>> {
    if !is_ordinary(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        pos: 0,
        column: -1,
        depth: 0,
        keys: Vec::new(),
    };
    reader.start()?;
    let node = root(&mut reader)?;
    (reader.column < 0).then_some(node)
}

/// No character that go-yaml refuses, takes for a line break or looks at twice.
fn is_ordinary(bytes: &[u8]) -> bool {
    let mut odd = false;
    for &byte in bytes {
        odd |= (byte < b' ' && byte != b'\n' && byte != b'\t') || byte >= 0x7F;
    }
    !odd || bytes.iter().enumerate().all(|(at, &byte)| {
        let next = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
        match byte {
            b'\n' | b'\t' => true,
            // Control characters and U+0085.
            0xC2 => next(1) >= 0xA0,
            // U+2028 and U+2029.
            0xE2 => next(1) != 0x80 || !matches!(next(2), 0xA8 | 0xA9),
            // Byte order marks and what is no character.
            0xEF => false,
            _ => byte >= b' ' && byte != 0x7F,
        }
    })
}

/// The place reached in a text.
#[derive(Debug)]
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    pos: usize,
    /// The column of the content at `pos`; -1 at the end of the text.
    column: isize,
    depth: usize,
    /// The keys of the tables that are only judged, those of the innermost one last.
    keys: Vec<Cow<'t, str>>,
}

impl Reader<'_> {
    /// The byte `ahead` of the place reached; a line break beyond the end.
    fn at(&self, ahead: usize) -> u8 {
        self.bytes.get(self.pos + ahead).copied().unwrap_or(b'\n')
    }

    /// Goes on to the first content of the text, behind the marker of its only document.
    fn start(&mut self) -> Option<()> {
        self.skip_empty_lines();
        if self.bytes[self.pos..].starts_with(b"---\n") {
            self.pos += 4;
        }
        self.next_line()
    }

    fn skip_empty_lines(&mut self) {
        while let Some(&first) = self.bytes.get(self.pos) {
            match first {
                b'\n' => self.pos += 1,
                b'#' => self.skip_line(),
                _ => return,
            }
        }
    }

    /// To the start of the next line.
    fn skip_line(&mut self) {
        let end = scan::first(self.bytes, self.pos, |word| scan::is(word, b'\n'));
        self.pos = (end + 1).min(self.bytes.len());
    }

    fn skip_spaces(&mut self) {
        self.pos = scan::first(self.bytes, self.pos, |word| scan::is_not(word, b' '));
    }

    /// From the start of a line to the next content.
    fn next_line(&mut self) -> Option<()> {
        loop {
            let start = self.pos;
            self.skip_spaces();
            if self.pos >= self.bytes.len() {
                self.column = -1;
                return Some(());
            }
            match self.bytes[self.pos] {
                b'\n' => self.pos += 1,
                b'#' => self.skip_line(),
                b'\t' => return None,
                b'-' | b'.' if self.pos == start && self.is_document_indicator() => return None,
                _ => {
                    self.column = width(start, self.pos);
                    return Some(());
                }
            }
        }
    }

    /// Whether the place reached in a line, behind its spaces, is content for sure: what
    /// [`next_line`](Self::next_line) would stop at.
    fn is_sure_content(&self, line: usize) -> bool {
        match self.bytes.get(self.pos) {
            None | Some(b'\n' | b'#' | b'\t') => false,
            Some(b'-' | b'.') => self.pos > line,
            Some(_) => true,
        }
    }

    /// Whether the line starts with something like `---` or `...`.
    fn is_document_indicator(&self) -> bool {
        let rest = &self.bytes[self.pos..];
        rest.starts_with(b"---") || rest.starts_with(b"...")
    }

    /// Ends a line on which a node has ended, and goes on to the next content, which may not
    /// belong to that node: not deeper than `parent`.
    fn finish_line(&mut self, parent: isize) -> Option<()> {
        let before = self.pos;
        self.skip_spaces();
        match self.at(0) {
            b'\n' => {}
            b'#' if self.pos > before => {}
            _ => return None,
        }
        self.skip_line();
        self.next_line()?;
        (self.column <= parent).then_some(())
    }
}

/// The columns from `start` to `end`.
fn width(start: usize, end: usize) -> isize {
    (end - start).cast_signed()
}

#[cfg(test)]
mod tests;
