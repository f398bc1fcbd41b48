//! YAML as HTML: keys in `<b>`, comments in `<i>`; numbered texts have an element per line,
//! changed lines `<ins>` and `<del>`, and each run of changes a `.hunk` around it that can be focused.
//!
//! The result goes into the page as one piece of HTML, so that a hundred manifests are a hundred
//! nodes to the framework and not fifty thousand. Everything that comes from outside is escaped here.

use compose::diff::LineChange;

/// A text, without marks.
#[must_use]
pub(crate) fn yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let mut painter = Painter::default();
    for line in text.lines() {
        painter.line(line, &mut out);
        out.push('\n');
    }
    out
}

/// A text as HTML that looks like it, without anything painted.
#[must_use]
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    escape(text, &mut out);
    out
}

/// A text, an element for each line. A line holds its own line break, so that it can be drawn as
/// a block and is copied as a line; all of them together hold exactly the text.
#[must_use]
pub(crate) fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut painter = Painter::default();
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n</span>"),
            None => (line, "</span>"),
        };
        out.push_str("<span>");
        painter.line(line, &mut out);
        out.push_str(end);
    }
    out
}

/// A numbered text with what it changed of an older one.
#[must_use]
pub(crate) fn numbered_against(old: &str, new: &str, changes: &[LineChange]) -> String {
    let mut out = String::with_capacity(new.len() * 2);
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut painter = Painter::default();
    let mut past = Painter::default();
    let mut hunk = false;
    for change in changes {
        if change.is_change() != hunk {
            hunk = !hunk;
            out.push_str(if hunk { HUNK } else { "</span>" });
        }
        match *change {
            LineChange::Same(_, at) => {
                painter.element("span", new.get(at).unwrap_or(&""), &mut out);
                past = painter;
            }
            LineChange::Added(at) => painter.element("ins", new.get(at).unwrap_or(&""), &mut out),
            LineChange::Removed(at) => past.element("del", old.get(at).unwrap_or(&""), &mut out),
        }
    }
    if hunk {
        out.push_str("</span>");
    }
    out
}

/// How a run of changed lines begins.
const HUNK: &str = "<span class=\"hunk\" tabindex=\"-1\">";

/// Paints line by line; remembers whether it is inside a block scalar, whose lines are text.
#[derive(Debug, Default, Clone, Copy)]
struct Painter {
    /// The indent of the line that opened the block scalar.
    block: Option<usize>,
}

impl Painter {
    /// A line in an element of its own.
    fn element(&mut self, name: &str, line: &str, out: &mut String) {
        for part in ["<", name, ">"] {
            out.push_str(part);
        }
        self.line(line, out);
        for part in ["\n</", name, ">"] {
            out.push_str(part);
        }
    }

    fn line(&mut self, line: &str, out: &mut String) {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if let Some(opened) = self.block {
            if content.is_empty() || indent > opened {
                escape(line, out);
                return;
            }
            self.block = None;
        }
        if opens_block(content) {
            self.block = Some(indent);
        }
        if content.starts_with('#') {
            out.push_str("<i>");
            escape(line, out);
            out.push_str("</i>");
            return;
        }
        let mut rest = content;
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start_matches(' ');
        }
        escape(&line[..line.len() - rest.len()], out);
        match key_end(rest) {
            Some(end) => {
                out.push_str("<b>");
                escape(&rest[..end], out);
                out.push_str("</b>");
                escape(&rest[end..], out);
            }
            None => escape(rest, out),
        }
    }
}

/// Whether a line ends by opening a literal or folded block scalar.
fn opens_block(content: &str) -> bool {
    let last = content.rsplit(' ').next().unwrap_or_default();
    let mut marks = last.chars();
    matches!(marks.next(), Some('|' | '>')) && marks.all(|c| "+-0123456789".contains(c))
}

/// Where a plain or quoted key ends, the colon left out.
fn key_end(text: &str) -> Option<usize> {
    let end = match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].find(quote)? + 2,
        '{' | '[' | '|' | '>' | '&' | '*' | '!' => return None,
        _ => text
            .find(": ")
            .or_else(|| text.strip_suffix(':').map(str::len))?,
    };
    let after = &text[end..];
    (after == ":" || after.starts_with(": ")).then_some(end)
}

/// Appends text as HTML text, also good for attributes in double quotes.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[start..at]);
        out.push_str(escaped);
        start = at + 1;
    }
    out.push_str(&text[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_comments_are_painted() {
        assert_eq!(
            yaml("# Source\na:\n  - b: 1\n    \"c d\": x: y\n  - plain\n"),
            "<i># Source</i>\n<b>a</b>:\n  - <b>b</b>: 1\n    <b>&quot;c d&quot;</b>: x: y\n  - plain\n"
        );
    }

    #[test]
    fn block_scalars_are_text() {
        assert_eq!(
            yaml("a: |-\n  b: 1\n\n  # c\nd: 2"),
            "<b>a</b>: |-\n  b: 1\n\n  # c\n<b>d</b>: 2\n"
        );
    }

    #[test]
    fn numbered_lines_hold_exactly_the_text() {
        for text in ["", "a: 1", "a: 1\n", "a: |\n  b\n\n  c\n\n"] {
            let html = numbered(text);
            let bare: String = html
                .split('<')
                .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
                .collect();
            assert_eq!(bare, text);
        }
    }

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let hostile = "</pre><script>alert(1)</script>: &amp;";
        for html in [
            yaml(hostile),
            plain(hostile),
            numbered(hostile),
            against("", hostile),
            against(hostile, ""),
        ] {
            assert!(!html.contains("<script"), "{html}");
            assert!(!html.contains("</pre"), "{html}");
        }
    }

    #[test]
    fn changed_lines_are_marked() {
        assert_eq!(
            against("a: 1\nb: 2\n", "a: 1\nb: 3\n"),
            "<span><b>a</b>: 1\n</span><span class=\"hunk\" tabindex=\"-1\">\
             <del><b>b</b>: 2\n</del><ins><b>b</b>: 3\n</ins></span>"
        );
    }

    fn against(old: &str, new: &str) -> String {
        numbered_against(old, new, &compose::diff::changed_lines(old, new))
    }
}
