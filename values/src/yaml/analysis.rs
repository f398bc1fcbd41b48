//! In which styles a text can be printed, following go-yaml v2.4.4 emitterc.go
//! (`yaml_emitter_analyze_scalar`) and encode.go (`stringv`).

use super::resolve::{Resolved, is_base60_float, is_surely_text, resolve};
use super::token::Style;

/// What is special about a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Analysis {
    pub(super) multiline: bool,
    plain_allowed: bool,
    single_quoted_allowed: bool,
    block_allowed: bool,
}

impl Analysis {
    /// Looks at the text; go-yaml v3 admits tabs in block scalars.
    pub(super) fn of(text: &str, v3: bool) -> Self {
        if text.is_empty() {
            return Self {
                multiline: false,
                plain_allowed: true,
                single_quoted_allowed: true,
                block_allowed: false,
            };
        }
        if is_word(text) {
            return Self {
                multiline: false,
                plain_allowed: true,
                single_quoted_allowed: true,
                block_allowed: true,
            };
        }
        let mut seen = Seen {
            indicators: starts_like_document(text),
            ..Seen::default()
        };
        let mut after_blank = true;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|&(_, next)| next);
            seen.indicator(at == 0, character, after_blank, next);
            seen.space_or_break(at == 0, character, next.is_none());
            if v3 && character == '\t' {
                seen.tabs = true;
            } else {
                seen.special |= !is_printable(character);
            }
            after_blank = character == ' ' || character == '\t' || is_break(character);
        }
        seen.judge()
    }

    /// The style in which go-yaml prints a string.
    pub(super) fn style_of(self, text: &str, simple_key: bool) -> Style {
        if self.plain_allowed && is_surely_text(text) {
            return Style::Plain;
        }
        let looks_like_text = resolve(text, true) == Resolved::Text && !is_base60_float(text);
        let wanted = if text.contains('\n') {
            Style::Literal
        } else if looks_like_text {
            Style::Plain
        } else {
            Style::DoubleQuoted
        };
        self.settle(wanted, text.is_empty(), simple_key)
    }

    /// The wanted style or, if the text does not admit it, the next better one.
    fn settle(self, wanted: Style, empty: bool, simple_key: bool) -> Style {
        let mut style = wanted;
        if simple_key && self.multiline {
            style = Style::DoubleQuoted;
        }
        if style == Style::Plain && (!self.plain_allowed || (empty && simple_key)) {
            style = Style::SingleQuoted;
        }
        if style == Style::SingleQuoted && !self.single_quoted_allowed {
            style = Style::DoubleQuoted;
        }
        if style == Style::Literal && (!self.block_allowed || simple_key) {
            style = Style::DoubleQuoted;
        }
        style
    }
}

/// What has been seen so far.
#[derive(Debug, Default)]
struct Seen {
    indicators: bool,
    line_breaks: bool,
    special: bool,
    tabs: bool,
    leading_space: bool,
    leading_break: bool,
    trailing_space: bool,
    trailing_break: bool,
    break_space: bool,
    space_break: bool,
    previous_space: bool,
    previous_break: bool,
}

impl Seen {
    /// Characters that mean something in a block collection.
    fn indicator(&mut self, first: bool, character: char, after_blank: bool, next: Option<char>) {
        let before_blank = matches!(next, None | Some(' ' | '\t'));
        self.indicators |= match character {
            '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%'
            | '@' | '`'
                if first =>
            {
                true
            }
            '?' | '-' if first => before_blank,
            ':' => before_blank,
            '#' => after_blank,
            _ => false,
        };
    }

    fn space_or_break(&mut self, first: bool, character: char, last: bool) {
        if character == ' ' {
            self.leading_space |= first;
            self.trailing_space |= last;
            self.break_space |= self.previous_break;
            (self.previous_space, self.previous_break) = (true, false);
        } else if is_break(character) {
            self.line_breaks = true;
            self.leading_break |= first;
            self.trailing_break |= last;
            self.space_break |= self.previous_space;
            (self.previous_space, self.previous_break) = (false, true);
        } else {
            (self.previous_space, self.previous_break) = (false, false);
        }
    }

    fn judge(&self) -> Analysis {
        let unsafe_anywhere = self.space_break || self.special;
        let edges =
            self.leading_space || self.leading_break || self.trailing_space || self.trailing_break;
        Analysis {
            multiline: self.line_breaks,
            plain_allowed: !(edges
                || self.break_space
                || unsafe_anywhere
                || self.tabs
                || self.line_breaks
                || self.indicators),
            single_quoted_allowed: !(self.break_space || unsafe_anywhere || self.tabs),
            block_allowed: !(self.trailing_space || unsafe_anywhere),
        }
    }
}

fn starts_like_document(text: &str) -> bool {
    text.starts_with("---") || text.starts_with("...")
}

/// Whether the text has only characters that mean nothing to YAML, wherever they stand.
fn is_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-'))
}

/// What YAML takes for a line break.
pub(super) fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What go-yaml prints unescaped.
pub(super) fn is_printable(character: char) -> bool {
    // go-yaml leaves out all that needs four bytes.
    matches!(character,
        '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}')
}
