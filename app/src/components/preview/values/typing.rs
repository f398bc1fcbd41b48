//! Keys of a text box that holds YAML: Tab indents, Enter keeps the indentation. What is done goes
//! through the browser's own editing, so that its undo knows of it.

use leptos::prelude::StoredValue;
use leptos::prelude::{GetValue, SetValue};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement, KeyboardEvent};

/// Answers a key. Tab indents unless Escape was pressed right before it; whether it now leaves the
/// box is returned, to be said.
pub(super) fn on_key(
    event: &KeyboardEvent,
    area: &HtmlTextAreaElement,
    leaving: StoredValue<bool>,
) -> bool {
    let key = event.key();
    if key == "Shift" {
        return false;
    }
    let left = leaving.get_value();
    leaving.set_value(key == "Escape");
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return false;
    }
    let change = match key.as_str() {
        "Escape" => return true,
        "Tab" if left => return false,
        "Tab" => indent,
        "Enter" => new_line,
        _ => return false,
    };
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let place = |at: Option<u32>| at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let start = place(area.selection_start().ok().flatten()).min(text.len());
    let end = place(area.selection_end().ok().flatten()).clamp(start, text.len());
    event.prevent_default();
    if let Some(change) = change(&text, start, end, event.shift_key()) {
        apply(area, &change);
    }
    false
}

/// Selects a line, counted from 1, and focuses the box.
pub(super) fn select_line(area: &HtmlTextAreaElement, line: usize) {
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let mut lines = text.split(|unit| *unit == NEW_LINE);
    let start: usize = lines
        .by_ref()
        .take(line.saturating_sub(1))
        .map(|line| line.len() + 1)
        .sum();
    let end = start + lines.next().map_or(0, <[u16]>::len);
    let _ = area.focus();
    select(area, start, end);
}

const NEW_LINE: u16 = b'\n' as u16;
const SPACE: u16 = b' ' as u16;

/// A change of a text, in UTF-16 units as the browser counts.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    start: usize,
    end: usize,
    text: String,
    /// Whether what was put there stays selected.
    selects: bool,
}

/// Two spaces at the caret; or two more, with Shift two fewer, before each selected line.
fn indent(text: &[u16], start: usize, end: usize, back: bool) -> Option<Change> {
    if !back && !text[start..end].contains(&NEW_LINE) {
        return Some(Change {
            start,
            end,
            text: "  ".to_owned(),
            selects: false,
        });
    }
    let first = line_start(text, start);
    let last = end
        + text[end..]
            .iter()
            .position(|unit| *unit == NEW_LINE)
            .unwrap_or(text.len() - end);
    let lines = String::from_utf16_lossy(&text[first..last]);
    let mut out = String::with_capacity(lines.len() + 16);
    for (at, line) in lines.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if back {
            let line = line.strip_prefix(' ').unwrap_or(line);
            out.push_str(line.strip_prefix(' ').unwrap_or(line));
        } else {
            if !line.is_empty() {
                out.push_str("  ");
            }
            out.push_str(line);
        }
    }
    (out != lines).then_some(Change {
        start: first,
        end: last,
        text: out,
        selects: start != end,
    })
}

/// A line break and the indentation of the line; two more behind a key without a value.
fn new_line(text: &[u16], start: usize, end: usize, _: bool) -> Option<Change> {
    let line = &text[line_start(text, start)..start];
    let blanks = line.iter().take_while(|unit| **unit == SPACE).count();
    let opens = line.last() == Some(&u16::from(b':'));
    let mut out = "\n".to_owned();
    out.push_str(&" ".repeat(blanks + if opens { 2 } else { 0 }));
    Some(Change {
        start,
        end,
        text: out,
        selects: false,
    })
}

fn line_start(text: &[u16], at: usize) -> usize {
    let before = text[..at].iter().rposition(|unit| *unit == NEW_LINE);
    before.map_or(0, |at| at + 1)
}

/// The old way of editing commands is the only one that keeps the browser's undo.
fn apply(area: &HtmlTextAreaElement, change: &Change) {
    let document = leptos::prelude::document().dyn_into::<HtmlDocument>();
    let Ok(document) = document else { return };
    select(area, change.start, change.end);
    let _ = document.exec_command_with_show_ui_and_value("insertText", false, &change.text);
    if change.selects {
        let end = change.start + change.text.encode_utf16().count();
        select(area, change.start, end);
    }
}

fn select(area: &HtmlTextAreaElement, start: usize, end: usize) {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let _ = area.set_selection_range(place(start), place(end));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(
        change: fn(&[u16], usize, usize, bool) -> Option<Change>,
        text: &str,
        range: (usize, usize),
        back: bool,
    ) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let Some(change) = change(&units, range.0, range.1, back) else {
            return text.to_owned();
        };
        let mut out = String::from_utf16_lossy(&units[..change.start]);
        out.push_str(&change.text);
        out.push_str(&String::from_utf16_lossy(&units[change.end..]));
        out
    }

    #[test]
    fn tab_indents_and_shift_tab_goes_back() {
        assert_eq!(changed(indent, "a: 1", (0, 0), false), "  a: 1");
        assert_eq!(
            changed(indent, "a:\nü: 1\n\nc", (1, 6), false),
            "  a:\n  ü: 1\n\nc"
        );
        assert_eq!(changed(indent, "    a\n b\nc", (2, 9), true), "  a\nb\nc");
        assert_eq!(changed(indent, "a", (0, 0), true), "a");
    }

    #[test]
    fn enter_keeps_the_indentation() {
        assert_eq!(changed(new_line, "  a: 1", (6, 6), false), "  a: 1\n  ");
        assert_eq!(changed(new_line, "  a:", (4, 4), false), "  a:\n    ");
        assert_eq!(changed(new_line, "", (0, 0), false), "\n");
    }
}
