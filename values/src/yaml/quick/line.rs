//! The commonest lines, each taken in one go: a key, a scalar behind it, a key of what stands below.
//!
//! Every shortcut either takes what it is sure of, or leaves the place as it was for the grammar of
//! `block.rs` and `scalar.rs`.

use std::borrow::Cow;

use super::made::Made;
use super::{MAX_KEY, Reader, scan, width};
use crate::yaml::resolve::is_surely_text;

/// Marks what may end plain text; of the characters below a space there are but the line break and
/// the tab.
#[inline]
pub(super) fn ends_plain(word: u64) -> u64 {
    scan::below(word, b' ') | scan::is(word, b':') | scan::is(word, b'#')
}

impl<'t> Reader<'t> {
    /// A key and its colon.
    #[inline]
    pub(super) fn key(&mut self) -> Option<Cow<'t, str>> {
        match self.simple_key() {
            Some(key) => Some(Cow::Borrowed(key)),
            None => self.any_key(),
        }
    }

    /// A key that begins with a letter and holds no space, and its colon.
    #[inline]
    fn simple_key(&mut self) -> Option<&'t str> {
        let start = self.pos;
        let mut end = start;
        loop {
            end = scan::first(self.bytes, end, |word| {
                scan::below(word, b' ' + 1) | scan::is(word, b':')
            });
            match self.bytes.get(end..end + 2) {
                Some(b": " | b":\n") => break,
                Some([b':', _]) => end += 1,
                _ => return None,
            }
        }
        let text = self.text.get(start..end)?;
        if text.len() > MAX_KEY || !is_surely_text(text) {
            return None;
        }
        self.pos = end + 1;
        Some(text)
    }

    /// What follows a key of a table at `column`.
    #[inline]
    pub(super) fn value<M: Made<'t>>(&mut self, column: isize) -> Option<M> {
        if let Some(value) = self.simple_value(column) {
            return Some(value);
        }
        if self.at(0) == b'\n' && self.next_if(self.pos, |below| below > column) {
            return self.node(column);
        }
        self.any_value(column)
    }

    /// A node whose first character is here, in a collection at the column `parent`.
    pub(super) fn node<M: Made<'t>>(&mut self, parent: isize) -> Option<M> {
        match self.simple_key() {
            Some(key) => M::table(self, self.column, Cow::Borrowed(key)),
            None => self.any_node(parent),
        }
    }

    /// A scalar behind a space, alone on its line: one that begins with a letter or a digit, or is
    /// quoted and without escapes.
    #[inline]
    fn simple_value<M: Made<'t>>(&mut self, parent: isize) -> Option<M> {
        let start = self.pos + 1;
        let first = *self.bytes.get(start)?;
        let (made, end) = if first.is_ascii_alphanumeric() {
            // Where there is no space, a colon could only be one at the end.
            let mut end = scan::first(self.bytes, start, |word| scan::below(word, b' ' + 1));
            if self.bytes.get(end) == Some(&b' ') || self.bytes[end - 1] == b':' {
                end = scan::first(self.bytes, start, ends_plain);
            }
            let text = self.text.get(start..end)?.trim_ascii_end();
            (M::plain(Cow::Borrowed(text))?, end)
        } else if first == b'"' {
            let end = scan::first(self.bytes, start + 1, |word| {
                scan::below(word, b' ') | scan::is(word, b'"') | scan::is(word, b'\\')
            });
            if self.bytes.get(end) != Some(&b'"') {
                return None;
            }
            let text = self.text.get(start + 1..end)?;
            (M::text(Cow::Borrowed(text)), end + 1)
        } else {
            return None;
        };
        let ends_here = self.bytes[self.pos] == b' ' && self.bytes.get(end) == Some(&b'\n');
        (ends_here && self.next_if(end, |column| column <= parent)).then_some(made)
    }

    /// Goes on from the end of a line to the next, if that has content for sure, at a column that
    /// fits.
    #[inline]
    fn next_if(&mut self, end: usize, fits: impl Fn(isize) -> bool) -> bool {
        let line = end + 1;
        let content = scan::first(self.bytes, line, |word| scan::is_not(word, b' '));
        let column = width(line, content);
        let is_next = match self.bytes.get(content) {
            None | Some(b'\n' | b'#' | b'\t') => false,
            // It may begin or end a document.
            Some(b'-' | b'.') if column == 0 => false,
            Some(_) => fits(column),
        };
        if is_next {
            self.pos = content;
            self.column = column;
        }
        is_next
    }
}
