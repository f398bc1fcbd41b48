//! From two trees and the places of the first one's values to edits of its text.

use values::yaml::{Place, PlaceKind, PlacedEntry};
use values::{Map, Value};

use super::print;
use crate::layers::same;

/// The text after the edits; none where the text is laid out in a way that they do not know.
/// Tables are entered down to `depth`; beneath it an entry is printed anew as a whole.
pub(super) fn edit(
    text: &str,
    place: Option<&Place>,
    now: &Map,
    wanted: &Map,
    depth: usize,
) -> Option<String> {
    let mut editor = Editor {
        text,
        edits: Vec::new(),
    };
    match place.map(|place| &place.kind) {
        Some(PlaceKind::Table {
            flow: false,
            merges: false,
            entries,
        }) => editor.table(entries, now, wanted, depth)?,
        None => editor.insert(text.len(), print::table(wanted)),
        Some(_) => return None,
    }
    Some(editor.apply())
}

struct Editor<'t> {
    text: &'t str,
    /// What takes the place of which bytes, in the order of the text.
    edits: Vec<(usize, usize, String)>,
}

impl Editor<'_> {
    fn apply(mut self) -> String {
        // Stable: a removal and an addition at the same place stay in their order.
        self.edits.sort_by_key(|(start, ..)| *start);
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut done = 0;
        for (start, end, new) in &self.edits {
            out.push_str(self.text.get(done..*start).unwrap_or_default());
            out.push_str(new);
            done = (*end).max(done);
        }
        out.push_str(self.text.get(done..).unwrap_or_default());
        out
    }

    /// Puts whole lines before `at`, which starts a line or ends the text.
    fn insert(&mut self, at: usize, mut lines: String) {
        if !self
            .text
            .get(..at)
            .is_none_or(|text| text.is_empty() || text.ends_with('\n'))
        {
            lines.insert(0, '\n');
        }
        self.edits.push((at, at, lines));
    }

    /// A table in block style.
    fn table(
        &mut self,
        entries: &[PlacedEntry],
        now: &Map,
        wanted: &Map,
        depth: usize,
    ) -> Option<()> {
        let indent = self.indent(entries.first()?.start)?;
        let mut end = 0;
        for entry in entries {
            self.indent(entry.start)?;
            end = self.end_of_lines(entry);
            let old = now.get(&entry.key)?;
            match wanted.get(&entry.key) {
                None => self.remove(entry),
                Some(new) if same(old, new) => {}
                Some(new) => self.change(entry, old, new, &indent, depth)?,
            }
        }
        let mut lines = String::new();
        for (key, value) in wanted {
            if !now.contains_key(key) {
                lines.push_str(&print::entry(key, value, &indent));
            }
        }
        if !lines.is_empty() {
            self.insert(end, lines);
        }
        Some(())
    }

    fn change(
        &mut self,
        entry: &PlacedEntry,
        old: &Value,
        new: &Value,
        indent: &str,
        depth: usize,
    ) -> Option<()> {
        let place = &entry.value;
        if let (
            PlaceKind::Table {
                flow,
                merges: false,
                entries,
            },
            Value::Map(old),
            Value::Map(new),
        ) = (&place.kind, old, new)
            && depth > 1
            && !entries.is_empty()
            && !new.is_empty()
        {
            if !flow {
                return self.table(entries, old, new, depth - 1);
            }
            if let Some(written) = self.flow(place, entries, old, new) {
                self.edits.push((place.start, place.end, written));
                return Some(());
            }
        }
        self.replace(entry, new, indent)
    }

    /// A table in braces, on one line: what stays is copied.
    fn flow(&self, place: &Place, entries: &[PlacedEntry], old: &Map, new: &Map) -> Option<String> {
        if self.text.get(place.start..place.end)?.contains(['\n', '#']) {
            return None;
        }
        let mut pieces = Vec::new();
        for entry in entries {
            let Some(value) = new.get(&entry.key) else {
                continue;
            };
            let before = old.get(&entry.key)?;
            if same(before, value) {
                let end = entry.value.end.max(entry.key_end);
                pieces.push(self.text.get(entry.start..end)?.to_owned());
                continue;
            }
            let key = self.text.get(entry.start..entry.key_end)?;
            let value = match (&entry.value.kind, before, value) {
                (
                    PlaceKind::Table {
                        merges: false,
                        entries,
                        ..
                    },
                    Value::Map(old),
                    Value::Map(new),
                ) if !new.is_empty() => self.flow(&entry.value, entries, old, new)?,
                _ => print::flow(value),
            };
            pieces.push([key, ": ", &value].concat());
        }
        for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            pieces.push([&print::key(key), ": ", &print::flow(value)].concat());
        }
        let inner = self.text.get(place.start..)?;
        let blank = if inner.starts_with("{ ") { " " } else { "" };
        Some(["{", blank, &pieces.join(", "), blank, "}"].concat())
    }

    /// Another value behind a key, whose comment on the same line stays.
    fn replace(&mut self, entry: &PlacedEntry, new: &Value, indent: &str) -> Option<()> {
        let place = &entry.value;
        let key_line_end = self.line_end(entry.key_end);
        let one_line = place.end <= key_line_end && place.kind != PlaceKind::Block;
        let behind = self.text.get(entry.key_end..key_line_end)?;
        let colon = entry.key_end + behind.find(':')? + 1;
        let inline = print::inline(new);
        if one_line && let Some(new) = &inline {
            let blank = if place.start == place.end { " " } else { "" };
            let start = place.start.max(colon);
            self.edits
                .push((start, place.end.max(start), [blank, new].concat()));
            return Some(());
        }
        let comment = if one_line {
            self.text.get(place.end.max(colon)..key_line_end)?
        } else if place.start > key_line_end {
            self.text.get(colon..key_line_end)?
        } else {
            ""
        };
        let mut written = String::new();
        match inline {
            Some(new) => {
                written.push(' ');
                written.push_str(&new);
                written.push_str(comment.trim_end());
                written.push('\n');
            }
            None if matches!(new, Value::List(_) | Value::Map(_)) => {
                written.push_str(comment.trim_end());
                written.push('\n');
                written.push_str(&print::below(new, indent));
            }
            // A text in lines of its own; its comment would become part of it.
            None => {
                let lines = print::entry(&entry.key, new, indent);
                let header = lines.get(indent.len() + print::key(&entry.key).len() + 1..)?;
                written.push_str(header);
            }
        }
        self.edits.push((colon, self.end_of_lines(entry), written));
        Some(())
    }

    /// Takes an entry's lines away, and the comment lines right above it.
    fn remove(&mut self, entry: &PlacedEntry) {
        let mut start = self.line_start(entry.start);
        let column = entry.start - start;
        let above = self.comments_above(start, column);
        if !self.is_top(above) {
            start = above;
        }
        let mut end = self.end_of_lines(entry);
        // Not two blank lines where there were one above and one below.
        let blank = |line: &str| line.trim().is_empty();
        let before = self.text.get(..start).unwrap_or_default();
        let rest = self.text.get(end..).unwrap_or_default();
        let next = rest.split_inclusive('\n').next().unwrap_or_default();
        let last = before.lines().next_back();
        if !next.is_empty() && blank(next) && last.is_none_or(blank) {
            end += next.len();
        }
        self.edits.push((start, end, String::new()));
    }

    /// Where the comment lines start that stand right above a line, at the same column.
    fn comments_above(&self, line: usize, column: usize) -> usize {
        let mut start = line;
        while start > 0 {
            let above = self.line_start(start - 1);
            let text = self.text.get(above..start).unwrap_or_default();
            let bare = text.trim_start_matches(' ');
            if !bare.starts_with('#') || text.len() - bare.len() != column {
                break;
            }
            start = above;
        }
        start
    }

    /// Whether nothing but blank lines and `---` stands before a line.
    fn is_top(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        before.lines().all(|line| matches!(line.trim(), "" | "---"))
    }

    /// The end of an entry's lines: behind the comment at its end, and those below it that are
    /// indented deeper than its key.
    fn end_of_lines(&self, entry: &PlacedEntry) -> usize {
        let column = entry.start - self.line_start(entry.start);
        let last = entry.value.end.max(entry.key_end);
        // A text in lines of its own that keeps its last line breaks ends behind one.
        let mut end =
            if last > entry.start && self.text.get(..last).is_some_and(|t| t.ends_with('\n')) {
                last
            } else {
                self.after_line(last)
            };
        loop {
            let rest = self.text.get(end..).unwrap_or_default();
            let line = rest.split_inclusive('\n').next().unwrap_or_default();
            let bare = line.trim_start_matches(' ');
            if !bare.starts_with('#') || line.len() - bare.len() <= column {
                return end;
            }
            end += line.len();
        }
    }

    /// The blanks before a key that starts its line; none if anything else stands there.
    fn indent(&self, at: usize) -> Option<String> {
        let blanks = self.text.get(self.line_start(at)..at)?;
        blanks
            .bytes()
            .all(|byte| byte == b' ')
            .then(|| blanks.to_owned())
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    /// The end of a line, its line break left out.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.find('\n').unwrap_or(rest.len())
    }

    /// The end of a line, its line break included.
    fn after_line(&self, at: usize) -> usize {
        (self.line_end(at) + 1).min(self.text.len())
    }
}
