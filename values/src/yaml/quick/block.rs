//! Tables and lists by indentation.

use std::borrow::Cow;

use super::made::{Judged, Made};
use super::scalar::Stop;
use super::{MAX_DEPTH, MAX_KEY, Node, Reader, plain_key, width};

impl<'t> Reader<'t> {
    /// The collection that a text is; scalars alone are left to the other reader.
    pub(super) fn root(&mut self) -> Option<Node<'t>> {
        let node = match self.column {
            ..0 => None,
            _ => self.node(-1),
        };
        node.filter(|node| matches!(node, Node::List(_) | Node::Map(_)))
    }

    /// The same; of a table whose keys stand one below the other only the values of those that are
    /// wanted are kept.
    pub(super) fn root_of(&mut self, wanted: &[&str]) -> Option<Node<'t>> {
        let column = self.column;
        if column < 0 || self.is_entry() || matches!(self.at(0), b'[' | b'{') {
            return self.root();
        }
        let key = self.key()?;
        self.table_with(column, key, |reader, key| {
            if wanted.contains(&key) {
                reader.value(column)
            } else {
                reader.value::<Judged>(column).map(|_| Node::Null)
            }
        })
    }

    /// A node of any kind whose first character is here, in a collection at the column `parent`.
    pub(super) fn any_node<M: Made<'t>>(&mut self, parent: isize) -> Option<M> {
        if self.is_entry() {
            return self.list(self.column);
        }
        match self.at(0) {
            b'"' | b'\'' => {
                let start = self.pos;
                let text = self.quoted()?;
                if self.at(0) == b':' {
                    self.pos = start;
                    let key = self.key()?;
                    return M::table(self, self.column, key);
                }
                self.finish_line(parent)?;
                Some(M::text(text))
            }
            first if self.starts_plain(first) => {
                let start = self.pos;
                match self.plain_line()? {
                    (end, Stop::Colon) => {
                        let key = self.plain_key(start, end)?;
                        M::table(self, self.column, key)
                    }
                    (end, stop) => self.plain(start, end, stop, parent),
                }
            }
            _ => self.marked(parent),
        }
    }

    /// A node that its first character tells: `|`, `>`, `[`, `{`.
    fn marked<M: Made<'t>>(&mut self, parent: isize) -> Option<M> {
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
    fn below<M: Made<'t>>(&mut self, parent: isize, indentless: bool) -> Option<M> {
        self.skip_line();
        self.next_line()?;
        if self.column > parent {
            self.node(parent)
        } else if indentless && self.column == parent && self.is_entry() {
            self.list(parent)
        } else {
            Some(M::null())
        }
    }

    /// A list whose dashes stand at `column`.
    fn list<M: Made<'t>>(&mut self, column: isize) -> Option<M> {
        self.enter()?;
        let mut items = M::Items::default();
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
            M::push(&mut items, item);
        }
        self.leave(column)?;
        Some(M::list(items))
    }

    /// A table whose keys stand at `column`, the first of which has been read, with what `value`
    /// makes of each one's value.
    pub(super) fn table_with(
        &mut self,
        column: isize,
        first: Cow<'t, str>,
        mut value: impl FnMut(&mut Self, &str) -> Option<Node<'t>>,
    ) -> Option<Node<'t>> {
        self.enter()?;
        let mut entries = Vec::new();
        let mut key = first;
        loop {
            let value = value(self, &key)?;
            entries.push((key, value));
            if self.column != column {
                break;
            }
            key = self.key()?;
        }
        self.leave(column)?;
        are_distinct(&entries, |(key, _)| key).then_some(Node::Map(entries))
    }

    /// The same for a table that is only judged.
    pub(super) fn judge_table(&mut self, column: isize, first: Cow<'t, str>) -> Option<Judged> {
        self.enter()?;
        let before = self.keys.len();
        self.keys.push(first);
        loop {
            self.value::<Judged>(column)?;
            if self.column != column {
                break;
            }
            let key = self.key()?;
            self.keys.push(key);
        }
        self.leave(column)?;
        let are_distinct = are_distinct(&self.keys[before..], |key| key);
        self.keys.truncate(before);
        are_distinct.then_some(Judged)
    }

    /// A key of any kind, and its colon.
    pub(super) fn any_key(&mut self) -> Option<Cow<'t, str>> {
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

    /// Whatever follows a key of a table at `column`.
    pub(super) fn any_value<M: Made<'t>>(&mut self, column: isize) -> Option<M> {
        self.skip_spaces();
        match self.at(0) {
            b'\n' | b'#' => self.below(column, true),
            b'"' | b'\'' => {
                let text = self.quoted()?;
                self.finish_line(column)?;
                Some(M::text(text))
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
    let differs_from_those_before = |at: usize| {
        let mut before = entries[..at].iter();
        before.all(|known| key(known) != key(&entries[at]))
    };
    match entries.len() {
        ..=FEW_KEYS => (1..entries.len()).all(differs_from_those_before),
        _ if entries.is_sorted_by(|a, b| key(a) < key(b)) => true,
        _ => {
            let mut keys: Vec<&str> = entries.iter().map(key).collect();
            keys.sort_unstable();
            keys.is_sorted_by(|a, b| a < b)
        }
    }
}

/// So many keys are compared with each other: most differ in length already.
const FEW_KEYS: usize = 12;
