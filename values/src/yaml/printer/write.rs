//! The characters of each style, following go-yaml v2.4.4 emitterc.go (`yaml_emitter_write_…`).

use super::super::analysis::{is_break, is_printable};
use super::{INDENT, Printer};

impl Printer {
    pub(super) fn increase_indent(&mut self, flow: bool, indentless: bool) {
        self.indents.push(self.indent);
        if self.indent < 0 {
            self.indent = if flow { INDENT.cast_signed() } else { 0 };
        } else if !indentless {
            self.indent += INDENT.cast_signed();
        }
    }

    fn put(&mut self, character: char) {
        self.out.push(character);
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// A line break of the text itself.
    fn write_break(&mut self, character: char) {
        self.out.push(character);
        self.column = 0;
    }

    /// A new line, if the current one is in use, and the indentation.
    pub(super) fn write_indent(&mut self) {
        let indent = usize::try_from(self.indent).unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    pub(super) fn write_indicator(
        &mut self,
        indicator: &str,
        need_whitespace: bool,
        is_whitespace: bool,
        is_indention: bool,
    ) {
        if need_whitespace && !self.whitespace {
            self.put(' ');
        }
        self.out.push_str(indicator);
        self.column += indicator.len();
        self.whitespace = is_whitespace;
        self.indention = self.indention && is_indention;
    }

    /// Whether the text fits on the line as it is, without a look at each character.
    fn write_at_once(&mut self, text: &str) -> bool {
        let quick = self.column + text.len() <= self.width()
            && text
                .bytes()
                .all(|byte| matches!(byte, b' '..=b'~') && byte != b'\'');
        if quick {
            self.out.push_str(text);
            self.column += text.len();
        }
        quick
    }

    pub(super) fn write_plain(&mut self, text: &str, allow_breaks: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        if !self.write_at_once(text) {
            self.write_folding(text, allow_breaks, false);
        }
        self.whitespace = false;
        self.indention = false;
    }

    pub(super) fn write_single_quoted(&mut self, text: &str, allow_breaks: bool) {
        self.write_indicator("'", true, false, false);
        if !self.write_at_once(text) {
            self.write_folding(text, allow_breaks, true);
        }
        self.write_indicator("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    /// Plain or single-quoted text: long lines break at single spaces, line breaks double.
    fn write_folding(&mut self, text: &str, allow_breaks: bool, quoted: bool) {
        let (mut spaces, mut breaks) = (false, false);
        let last = text.len().saturating_sub(1);
        for (at, character) in text.char_indices() {
            if character == ' ' {
                let inside = !quoted || (at > 0 && at < last);
                if allow_breaks
                    && !spaces
                    && self.column > self.width()
                    && inside
                    && text.as_bytes().get(at + 1) != Some(&b' ')
                {
                    self.write_indent();
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else if is_break(character) {
                if !breaks && character == '\n' {
                    self.put_break();
                }
                self.write_break(character);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if quoted && character == '\'' {
                    self.put('\'');
                }
                self.put(character);
                self.indention = false;
                spaces = false;
                breaks = false;
            }
        }
    }

    pub(super) fn write_double_quoted(&mut self, text: &str, allow_breaks: bool) {
        self.write_indicator("\"", true, false, false);
        // go-yaml looks for the mark at the start of the text rather than at the place.
        let marked = text.starts_with('\u{FEFF}');
        let last = text.len().saturating_sub(1);
        let mut spaces = false;
        for (at, character) in text.char_indices() {
            if marked
                || !is_printable(character)
                || is_break(character)
                || matches!(character, '"' | '\\')
            {
                self.write_escape(character);
                spaces = false;
            } else if character == ' ' {
                if allow_breaks && !spaces && self.column > self.width() && at > 0 && at < last {
                    self.write_indent();
                    if text.as_bytes().get(at + 1) == Some(&b' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(' ');
                }
                spaces = true;
            } else {
                self.put(character);
                spaces = false;
            }
        }
        self.write_indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn write_escape(&mut self, character: char) {
        let code = u32::from(character);
        let short = match character {
            '\0' => '0',
            '\u{07}' => 'a',
            '\u{08}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{0B}' => 'v',
            '\u{0C}' => 'f',
            '\r' => 'r',
            '\u{1B}' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{A0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => {
                let escape = match code {
                    0..=0xFF => format!("\\x{code:02X}"),
                    0x100..=0xFFFF => format!("\\u{code:04X}"),
                    _ => format!("\\U{code:08X}"),
                };
                self.out.push_str(&escape);
                self.column += escape.len();
                return;
            }
        };
        self.put('\\');
        self.put(short);
    }

    pub(super) fn write_literal(&mut self, text: &str) {
        self.write_indicator("|", true, false, false);
        self.write_block_hints(text);
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for character in text.chars() {
            if is_break(character) {
                self.write_break(character);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(character);
                self.indention = false;
                breaks = false;
            }
        }
    }

    /// How deep the text is indented, if it starts with a space, and what becomes of the line
    /// breaks at its end.
    fn write_block_hints(&mut self, text: &str) {
        if text.starts_with(|first| first == ' ' || is_break(first)) {
            self.write_indicator(&INDENT.to_string(), false, false, false);
        }
        let mut backwards = text.chars().rev();
        match (backwards.next(), backwards.next()) {
            (Some(last), None) if is_break(last) => self.write_indicator("+", false, false, false),
            (Some(last), Some(before)) if is_break(last) => {
                if is_break(before) {
                    self.write_indicator("+", false, false, false);
                }
            }
            _ => self.write_indicator("-", false, false, false),
        }
    }
}
