//! Scalars: plain, quoted, and blocks of lines.

use std::borrow::Cow;

use super::line::ends_plain;
use super::made::Made;
use super::{Reader, scan, width};

/// What ended plain text on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The line.
    Line,
    /// A comment.
    Comment,
    /// The colon of a key.
    Colon,
}

impl<'t> Reader<'t> {
    /// Whether plain text starts with the byte `first`, which is here.
    pub(super) fn starts_plain(&self, first: u8) -> bool {
        match first {
            b'-' | b'?' | b':' => !matches!(self.at(1), b' ' | b'\n' | b'\t'),
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
            | b'"' | b'%' | b'@' | b'`' | b' ' | b'\n' | b'\t' => false,
            _ => true,
        }
    }

    /// Plain text from here to its end on this line, spaces before the end included.
    pub(super) fn plain_line(&mut self) -> Option<(usize, Stop)> {
        let start = self.pos;
        let mut at = start;
        loop {
            at = scan::first(self.bytes, at, ends_plain);
            match self.bytes.get(at) {
                None | Some(b'\n') => return Some((at, Stop::Line)),
                Some(b':') if matches!(self.bytes.get(at + 1), None | Some(b' ' | b'\n')) => {
                    return Some((at, Stop::Colon));
                }
                Some(b'#') if at > start && self.bytes[at - 1] == b' ' => {
                    return Some((at, Stop::Comment));
                }
                Some(b'\t') => return None,
                Some(_) => at += 1,
            }
        }
    }

    /// A plain scalar in a collection at the column `parent`; its first line is known.
    pub(super) fn plain<M: Made<'t>>(
        &mut self,
        start: usize,
        end: usize,
        stop: Stop,
        parent: isize,
    ) -> Option<M> {
        let mut text = Cow::Borrowed(self.text[start..end].trim_ascii_end());
        let mut stop = stop;
        self.pos = end;
        loop {
            self.skip_line();
            let line = self.pos;
            let mut breaks = 0;
            let mut start = line;
            if stop == Stop::Line {
                self.skip_spaces();
                while self.at(0) == b'\n' && self.pos < self.bytes.len() {
                    self.pos += 1;
                    breaks += 1;
                    start = self.pos;
                    self.skip_spaces();
                }
            }
            let goes_on = stop == Stop::Line
                && self.pos < self.bytes.len()
                && width(start, self.pos) > parent
                && self.at(0) != b'#';
            if !goes_on {
                if stop == Stop::Line && breaks == 0 && self.is_sure_content(line) {
                    self.column = width(line, self.pos);
                } else {
                    self.pos = line;
                    self.next_line()?;
                }
                if self.column > parent {
                    return None;
                }
                return M::plain(text);
            }
            let start = self.pos;
            let (end, next) = self.plain_line()?;
            if next == Stop::Colon {
                return None;
            }
            let text = text.to_mut();
            fold(text, breaks);
            text.push_str(self.text[start..end].trim_ascii_end());
            stop = next;
            self.pos = end;
        }
    }

    /// A quoted text; the place is behind its quote then.
    pub(super) fn quoted(&mut self) -> Option<Cow<'t, str>> {
        let quote = self.at(0);
        self.pos += 1;
        let start = self.pos;
        let special = if quote == b'"' { b'\\' } else { quote };
        self.pos = scan::first(self.bytes, start, |word| {
            scan::is(word, quote) | scan::is(word, special) | scan::is(word, b'\n')
        });
        if self.at(0) == quote && !(quote == b'\'' && self.at(1) == quote) {
            self.pos += 1;
            return Some(Cow::Borrowed(&self.text[start..self.pos - 1]));
        }
        self.pos = start;
        self.quoted_piecewise(quote).map(Cow::Owned)
    }

    /// A quoted text with escapes or line breaks in it.
    fn quoted_piecewise(&mut self, quote: u8) -> Option<String> {
        let mut out = String::new();
        loop {
            let start = self.pos;
            self.pos = scan::first(self.bytes, start, |word| {
                scan::is(word, quote) | scan::is(word, b'\\') | scan::is(word, b'\n')
            });
            let end = *self.bytes.get(self.pos)?;
            let piece = &self.text[start..self.pos];
            // Blanks before a line break are lost with it.
            out.push_str(match end {
                b'\n' => piece.trim_end_matches([' ', '\t']),
                _ => piece,
            });
            match end {
                b'\\' if quote == b'"' => out.push(self.escape()?),
                b'\\' => {
                    out.push('\\');
                    self.pos += 1;
                }
                b'\n' => self.quoted_breaks(&mut out)?,
                _ if quote == b'\'' && self.at(1) == quote => {
                    out.push('\'');
                    self.pos += 2;
                }
                _ => {
                    self.pos += 1;
                    return Some(out);
                }
            }
        }
    }

    /// Line breaks inside of quotes, and the spaces around them.
    fn quoted_breaks(&mut self, out: &mut String) -> Option<()> {
        let mut breaks = 0_usize;
        while let Some(&byte) = self.bytes.get(self.pos) {
            match byte {
                b' ' | b'\t' => {}
                b'\n' => breaks += 1,
                _ => break,
            }
            self.pos += 1;
            if byte == b'\n' && self.is_document_indicator() {
                return None;
            }
        }
        fold(out, breaks.saturating_sub(1));
        Some(())
    }

    /// The character that a `\` and what follows stand for.
    fn escape(&mut self) -> Option<char> {
        let character = match self.at(1) {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'"' => '"',
            b'\\' => '\\',
            b'u' => {
                let digits = self.bytes.get(self.pos + 2..self.pos + 6)?;
                let code = digits.iter().try_fold(0, |code, &digit| {
                    Some(code * 16 + char::from(digit).to_digit(16)?)
                })?;
                self.pos += 4;
                char::from_u32(code)?
            }
            _ => return None,
        };
        self.pos += 2;
        Some(character)
    }

    /// A literal (`|`) or folded (`>`) scalar in a collection at the column `parent`.
    pub(super) fn block_scalar<M: Made<'t>>(&mut self, parent: isize) -> Option<M> {
        let folded = self.at(0) == b'>';
        self.pos += 1;
        let chomping = self.at(0);
        if matches!(chomping, b'-' | b'+') {
            self.pos += 1;
        }
        if self.at(0) != b'\n' || self.pos >= self.bytes.len() {
            return None;
        }
        self.pos += 1;

        // Empty lines, then the line that tells the indentation.
        let mut breaks = 0;
        let mut widest = 0;
        let indent = loop {
            let line = self.pos;
            self.skip_spaces();
            let spaces = self.pos - line;
            if self.pos >= self.bytes.len() || self.at(0) == b'\t' {
                return None;
            }
            if self.at(0) != b'\n' {
                self.pos = line;
                break spaces;
            }
            widest = widest.max(spaces);
            breaks += 1;
            self.pos += 1;
        };
        if widest > indent || width(0, indent) <= parent.max(0) {
            return None;
        }

        let mut out = String::new();
        // Whether the line before started with a blank; the first line follows none.
        let mut line_break = false;
        let mut after_blank = false;
        loop {
            let line = self.pos;
            self.skip_spaces();
            self.pos = self.pos.min(line + indent);
            if self.pos >= self.bytes.len() {
                break;
            }
            let first = self.at(0);
            if first == b'\n' {
                breaks += 1;
                self.pos += 1;
                continue;
            }
            if self.pos < line + indent {
                if first == b'\t' {
                    return None;
                }
                self.pos = line;
                break;
            }
            let blank = matches!(first, b' ' | b'\t');
            if line_break {
                match (folded && !after_blank && !blank, breaks) {
                    (true, 0) => out.push(' '),
                    (true, _) => {}
                    (false, _) => out.push('\n'),
                }
            }
            push_breaks(&mut out, breaks);
            breaks = 0;
            after_blank = blank;
            let start = self.pos;
            self.skip_line();
            let text = &self.text[start..self.pos];
            line_break = text.ends_with('\n');
            if M::KEEPS_TEXT {
                out.push_str(text.strip_suffix('\n').unwrap_or(text));
            }
        }
        if chomping != b'-' && line_break {
            out.push('\n');
        }
        if chomping == b'+' {
            push_breaks(&mut out, breaks);
        }
        self.next_line()?;
        (self.column <= parent).then(|| M::text(Cow::Owned(out)))
    }
}

/// One line break is a space; of more the first one is lost.
fn fold(out: &mut String, more_breaks: usize) {
    match more_breaks {
        0 => out.push(' '),
        _ => push_breaks(out, more_breaks),
    }
}

fn push_breaks(out: &mut String, breaks: usize) {
    out.extend(std::iter::repeat_n('\n', breaks));
}
