//! Lists and tables in brackets: those of JSON, and those of short words.

use std::borrow::Cow;

use super::block::are_distinct;
use super::made::Made;
use super::{MAX_KEY, Reader, plain_key};

impl<'t> Reader<'t> {
    /// A collection whose bracket is here; the place is behind its end then.
    pub(super) fn flow<M: Made<'t>>(&mut self) -> Option<M> {
        self.enter()?;
        let is_list = self.at(0) == b'[';
        self.pos += 1;
        let node = if is_list {
            self.flow_list()
        } else {
            self.flow_table()
        };
        self.depth -= 1;
        node
    }

    fn flow_list<M: Made<'t>>(&mut self) -> Option<M> {
        let mut items = M::Items::default();
        let mut is_first = true;
        loop {
            self.flow_blanks()?;
            // An end behind a comma is left to the other reader, but for the first.
            if self.at(0) == b']' && is_first {
                break;
            }
            is_first = false;
            let item = self.flow_node()?;
            M::push(&mut items, item);
            self.flow_blanks()?;
            match self.at(0) {
                b',' => self.pos += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.pos += 1;
        Some(M::list(items))
    }

    fn flow_table<M: Made<'t>>(&mut self) -> Option<M> {
        let mut entries = Vec::new();
        loop {
            self.flow_blanks()?;
            if self.at(0) == b'}' && entries.is_empty() {
                break;
            }
            let key = match self.at(0) {
                b'"' | b'\'' => {
                    let start = self.pos;
                    let text = self.quoted()?;
                    let key = &self.bytes[start..self.pos];
                    if key.len() > MAX_KEY || key.contains(&b'\n') {
                        return None;
                    }
                    text
                }
                _ => {
                    let word = self.word()?;
                    // Without quotes a colon counts only before a blank.
                    if self.at(0) != b':' || !matches!(self.at(1), b' ' | b'\n') {
                        return None;
                    }
                    plain_key(word)?
                }
            };
            if self.at(0) != b':' {
                return None;
            }
            self.pos += 1;
            self.flow_blanks()?;
            let value = self.flow_node()?;
            entries.push((key, value));
            self.flow_blanks()?;
            match self.at(0) {
                b',' => self.pos += 1,
                b'}' => break,
                _ => return None,
            }
        }
        self.pos += 1;
        are_distinct(&entries, |(key, _)| key).then(|| M::map(entries))
    }

    fn flow_node<M: Made<'t>>(&mut self) -> Option<M> {
        match self.at(0) {
            b'[' | b'{' => self.flow(),
            b'"' | b'\'' => self.quoted().map(M::text),
            _ => {
                let word = self.word()?;
                M::plain(Cow::Borrowed(word))
            }
        }
    }

    /// A plain scalar of characters that mean nothing anywhere.
    fn word(&mut self) -> Option<&'t str> {
        let start = self.pos;
        let is_word = |byte: &u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/' | b'+' | b'-' | b'=');
        let rest = &self.bytes[start..];
        let length = rest
            .iter()
            .position(|byte| !is_word(byte))
            .unwrap_or(rest.len());
        // A lone `-` would be an entry of a list, in go-yaml's first look.
        if length == 0 || length > MAX_KEY || rest[..length].starts_with(b"-") && length == 1 {
            return None;
        }
        self.pos += length;
        Some(&self.text[start..start + length])
    }

    /// Spaces and line breaks between tokens; nothing if a line starts as a document might.
    fn flow_blanks(&mut self) -> Option<()> {
        while let Some(b' ' | b'\n') = self.bytes.get(self.pos) {
            self.pos += 1;
            if self.bytes[self.pos - 1] == b'\n' && self.is_document_indicator() {
                return None;
            }
        }
        Some(())
    }
}
