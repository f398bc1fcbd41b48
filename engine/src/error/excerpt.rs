//! The lines around a place, the place itself marked, as rustc shows them.

use std::{fmt, ops::Range};

/// Lines above and below the place.
const AROUND: usize = 3;
/// A longer line is cut around what is marked.
const WIDTH: usize = 120;

/// Some lines of a text, one of them to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What the lines are of.
    pub of: Of,
    /// The number of the first line, from 1.
    pub first: usize,
    /// The lines.
    pub lines: Vec<String>,
    /// The number of the line to blame.
    pub line: usize,
    /// The characters in `lines` that are to blame, from 0; none if that is not known.
    pub marked: Option<Range<usize>>,
}

/// What an excerpt is cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Of {
    /// A template's file.
    Template,
    /// The text that a template gave to `tpl`.
    Text,
    /// What a template printed.
    Output,
}

impl Excerpt {
    /// The lines of `text` around a line, from 1. `marked` are bytes of that line, from 0.
    #[must_use]
    pub fn new(of: Of, text: &str, line: usize, marked: Option<Range<usize>>) -> Self {
        let skipped = line.saturating_sub(AROUND + 1);
        let mut excerpt = Self {
            of,
            first: skipped + 1,
            lines: Vec::new(),
            line,
            marked: None,
        };
        let around = text.split('\n').enumerate().skip(skipped);
        for (at, text) in around.take(line + AROUND - skipped) {
            let text = text.trim_end_matches('\r');
            let is_blamed = at + 1 == line;
            let (shown, marked) = cut(text, marked.clone().filter(|_| is_blamed));
            if is_blamed {
                excerpt.marked = marked;
            }
            excerpt.lines.push(shown);
        }
        while excerpt.first + excerpt.lines.len() > line + 1
            && excerpt
                .lines
                .last()
                .is_some_and(|line| line.trim().is_empty())
        {
            excerpt.lines.pop();
        }
        excerpt
    }

    /// How wide the line numbers are.
    pub(super) fn margin(&self) -> usize {
        (self.first + self.lines.len().saturating_sub(1))
            .to_string()
            .len()
    }
}

/// A line as it is shown: not too long, without what would move a terminal's cursor. The mark is
/// turned from bytes into characters.
fn cut(line: &str, marked: Option<Range<usize>>) -> (String, Option<Range<usize>>) {
    let characters = |bytes: usize| {
        line.char_indices()
            .take_while(|(at, _)| *at < bytes)
            .count()
    };
    let mark = marked.map(|bytes| characters(bytes.start)..characters(bytes.end).max(1));
    let all: Vec<char> = line
        .chars()
        .map(|c| match c {
            '\t' => c,
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect();
    if all.len() <= WIDTH {
        return (all.into_iter().collect(), mark);
    }
    let from = mark
        .as_ref()
        .map_or(0, |mark| mark.start.saturating_sub(WIDTH / 2));
    let from = from.min(all.len() - WIDTH);
    let to = (from + WIDTH).min(all.len());
    let mut shown: String = all[from..to].iter().collect();
    if to < all.len() {
        shown.push('…');
    }
    let shift = if from > 0 {
        shown.insert(0, '…');
        from - 1
    } else {
        0
    };
    let mark = mark.map(|mark| mark.start - shift..mark.end.min(to) - shift);
    (shown, mark)
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let margin = self.margin();
        writeln!(f, "{:margin$} |", "")?;
        for (at, text) in self.lines.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            let number = self.first + at;
            let is_blamed = number == self.line;
            let pointer = if is_blamed && self.marked.is_none() {
                '>'
            } else {
                '|'
            };
            f.write_str(format!("{number:margin$} {pointer} {text}").trim_end())?;
            if let Some(mark) = self.marked.as_ref().filter(|_| is_blamed) {
                // Tabs stay tabs, so that the mark stands below what it marks.
                let before = text.chars().take(mark.start);
                let before: String = before.map(|c| if c == '\t' { c } else { ' ' }).collect();
                let marks = "^".repeat(mark.len().max(1));
                write!(f, "\n{:margin$} | {before}{marks}", "")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Of};

    fn shown(text: &str, line: usize, marked: Option<std::ops::Range<usize>>) -> String {
        Excerpt::new(Of::Template, text, line, marked).to_string()
    }

    #[test]
    fn the_place_is_marked() {
        assert_eq!(
            shown("a\nb\nc\n\tü: {{ .x }}\r\ne\nf\n\n", 4, Some(8..10)),
            "  |\n1 | a\n2 | b\n3 | c\n4 | \tü: {{ .x }}\n  | \t      ^^\n5 | e\n6 | f"
        );
        assert_eq!(shown("a\nb", 2, None), "  |\n1 | a\n2 > b");
        assert_eq!(shown("", 1, Some(0..0)), "  |\n1 |\n  | ^");
        assert_eq!(shown("a", 9, None), "  |\n");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let line = format!("{}{{{{ .x }}}}{}", "a".repeat(300), "b".repeat(300));
        let excerpt = Excerpt::new(Of::Template, &line, 1, Some(303..305));
        let mark = excerpt.marked.clone().expect("it is marked");
        let marked: String = excerpt.lines[0]
            .chars()
            .skip(mark.start)
            .take(mark.len())
            .collect();
        assert_eq!(marked, ".x");
        assert_eq!(excerpt.lines[0].chars().count(), 122);
        let whole = Excerpt::new(Of::Template, &line, 1, Some(0..600));
        assert_eq!(whole.marked, Some(0..120));
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(shown("a\u{1b}[2Jb", 1, None), "  |\n1 > a\u{fffd}[2Jb");
    }
}
