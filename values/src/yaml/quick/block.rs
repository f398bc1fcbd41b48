//! Tables and lists by indentation.

use std::borrow::Cow;

use super::scalar::Stop;
use super::{MAX_DEPTH, MAX_KEY, Node, Reader, plain_key, width};

impl<'t> Reader<'t, '_> {
    /// The collection that a text is; scalars alone are left to the other reader.
    pub(super) fn root(&mut self) -> Option<Node<'t>> {
        let node = match self.column {
            ..0 => None,
            _ => self.node(-1),
        };
        node.filter(|node| matches!(node, Node::List(_) | Node::Map(_)))
    }

    /// A node whose first character is here, in a collection at the column `parent`.
    fn node(&mut self, parent: isize) -> Option<Node<'t>> {
        if self.is_entry() {
            return self.list(self.column);
        }
        match self.at(0) {
            b'"' | b'\'' => {
                let start = self.pos;
                let text = self.quoted()?;
                if self.at(0) == b':' {
                    self.pos = start;
                    return self.table(self.column);
                }
                self.finish_line(parent)?;
                Some(Node::Text(text))
            }
            first if self.starts_plain(first) => {
                let start = self.pos;
                match self.plain_line()? {
                    (end, Stop::Colon) => self.table_from(self.column, start, end),
                    (end, stop) => self.plain(start, end, stop, parent),
                }
            }
            _ => self.marked(parent),
        }
    }

    /// A node that its first character tells: `|`, `>`, `[`, `{`.
    fn marked(&mut self, parent: isize) -> Option<Node<'t>> {
        match self.at(0) {
            b'|' | b'>' => self.block_scalar(parent),
            b'[' | b'{' => {
                let node = self.flow()?;
                self.finish_line(parent)?;
                Some(node)
            }
            _ => None,
        }
    }

    /// Whether an entry of a list starts here.
    fn is_entry(&self) -> bool {
        self.at(0) == b'-' && matches!(self.at(1), b' ' | b'\n')
    }

    /// What follows on the next lines, or null.
    fn below(&mut self, parent: isize, indentless: bool) -> Option<Node<'t>> {
        self.skip_line();
        self.next_line()?;
        if self.column > parent {
            self.node(parent)
        } else if indentless && self.column == parent && self.is_entry() {
            self.list(parent)
        } else {
            Some(Node::Null)
        }
    }

    /// A list whose dashes stand at `column`.
    fn list(&mut self, column: isize) -> Option<Node<'t>> {
        self.enter()?;
        let mut items = Vec::new();
        while self.column == column && self.is_entry() {
            let dash = self.pos;
            self.pos += 1;
            self.skip_spaces();
            let item = match self.at(0) {
                b'\n' | b'#' => self.below(column, false)?,
                _ => {
                    self.column += width(dash, self.pos);
                    self.node(column)?
                }
            };
            if !self.skims {
                items.push(item);
            }
        }
        self.leave(column)?;
        Some(Node::List(items))
    }

    /// A table whose keys stand at `column`.
    fn table(&mut self, column: isize) -> Option<Node<'t>> {
        let key = self.key()?;
        self.table_of(column, key)
    }

    /// A table whose first key is known to stand from `start` to `end`.
    fn table_from(&mut self, column: isize, start: usize, end: usize) -> Option<Node<'t>> {
        let key = self.plain_key(start, end)?;
        self.table_of(column, key)
    }

    fn table_of(&mut self, column: isize, first: Cow<'t, str>) -> Option<Node<'t>> {
        if self.skims {
            return self.skim_table(column, first);
        }
        self.enter()?;
        let is_outermost = self.depth == 1;
        let mut entries = Vec::new();
        let mut key = first;
        loop {
            self.skims = is_outermost && self.wanted.is_some_and(|keys| !keys.contains(&&*key));
            let value = self.value(column)?;
            entries.push((key, if self.skims { Node::Null } else { value }));
            if self.column != column {
                break;
            }
            key = self.key()?;
        }
        self.skims = false;
        self.leave(column)?;
        are_distinct(&entries, |(key, _)| key).then_some(Node::Map(entries))
    }

    /// The same for a table that is only judged.
    fn skim_table(&mut self, column: isize, first: Cow<'t, str>) -> Option<Node<'t>> {
        self.enter()?;
        let before = self.skimmed.len();
        self.skimmed.push(first);
        loop {
            self.value(column)?;
            if self.column != column {
                break;
            }
            let key = self.key()?;
            self.skimmed.push(key);
        }
        self.leave(column)?;
        let are_distinct = are_distinct(&self.skimmed[before..], |key| key);
        self.skimmed.truncate(before);
        are_distinct.then_some(Node::Null)
    }

    /// A key and its colon.
    fn key(&mut self) -> Option<Cow<'t, str>> {
        let start = self.pos;
        match self.at(0) {
            b'"' | b'\'' => {
                let text = self.quoted()?;
                let is_key = self.at(0) == b':' && matches!(self.at(1), b' ' | b'\n');
                let on_one_line = !self.bytes[start..self.pos].contains(&b'\n');
                if !is_key || !on_one_line || self.pos - start > MAX_KEY {
                    return None;
                }
                self.pos += 1;
                Some(text)
            }
            first if self.starts_plain(first) => match self.plain_line()? {
                (end, Stop::Colon) => self.plain_key(start, end),
                _ => None,
            },
            _ => None,
        }
    }

    /// The key from `start` to the colon at `end`.
    fn plain_key(&mut self, start: usize, end: usize) -> Option<Cow<'t, str>> {
        let text = &self.text[start..end];
        if text.len() > MAX_KEY || text.ends_with(' ') {
            return None;
        }
        self.pos = end + 1;
        plain_key(text)
    }

    /// What follows a key of a table at `column`.
    fn value(&mut self, column: isize) -> Option<Node<'t>> {
        self.skip_spaces();
        match self.at(0) {
            b'\n' | b'#' => self.below(column, true),
            b'"' | b'\'' => {
                let text = self.quoted()?;
                self.finish_line(column)?;
                Some(Node::Text(text))
            }
            first if self.starts_plain(first) => {
                let start = self.pos;
                match self.plain_line()? {
                    (_, Stop::Colon) => None,
                    (end, stop) => self.plain(start, end, stop, column),
                }
            }
            _ => self.marked(column),
        }
    }

    pub(super) fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    /// Leaves a collection at `column`: what comes next may not stand deeper.
    fn leave(&mut self, column: isize) -> Option<()> {
        self.depth -= 1;
        (self.column <= column).then_some(())
    }
}

/// Whether no key stands twice; go-yaml and JSON then argue about which one counts.
pub(super) fn are_distinct<'e, E>(entries: &'e [E], key: impl Fn(&'e E) -> &'e str) -> bool {
    if entries.is_sorted_by(|a, b| key(a) < key(b)) {
        return true;
    }
    if entries.len() <= 16 {
        return entries.iter().enumerate().all(|(at, entry)| {
            let mut before = entries[..at].iter();
            before.all(|known| key(known) != key(entry))
        });
    }
    let mut keys: Vec<&str> = entries.iter().map(key).collect();
    keys.sort_unstable();
    keys.is_sorted_by(|a, b| a < b)
}
