//! Cuts a template's text into tokens (follows Go 1.26, lex.go, state for state).

use super::Pos;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Error,
    Bool,
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    // Keywords from here on: they are printed in angle brackets.
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

impl Kind {
    fn is_keyword(self) -> bool {
        self as u8 >= Self::Block as u8
    }
}

/// A token. What an error says is [`Lexer::message`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) pos: Pos,
    pub(super) len: u32,
    pub(super) line: u32,
}

impl Token {
    /// A token that stands for nothing yet.
    pub(super) fn none() -> Self {
        Self {
            kind: Kind::Eof,
            pos: 0,
            len: 0,
            line: 0,
        }
    }

    /// The token's text.
    pub(super) fn text<'t>(&self, input: &'t [u8]) -> &'t [u8] {
        &input[self.pos as usize..(self.pos + self.len) as usize]
    }

    /// The token as error messages show it; an error is shown by its message.
    pub(super) fn show(&self, input: &[u8]) -> String {
        let text = String::from_utf8_lossy(self.text(input));
        match self.kind {
            Kind::Eof => "EOF".to_owned(),
            kind if kind.is_keyword() => format!("<{text}>"),
            _ if text.len() > 10 => {
                let start: String = text.chars().take(10).collect();
                format!("{}...", values::go::quote(&start))
            }
            _ => values::go::quote(&text),
        }
    }
}

/// The first character of `text` and its width; none and 1 where it is not UTF-8, none and 0 at
/// the end.
#[inline]
pub(super) fn decode(text: &[u8]) -> (Option<char>, usize) {
    match text.first() {
        None => (None, 0),
        Some(&first) if first < 0x80 => (Some(char::from(first)), 1),
        Some(_) => decode_long(text),
    }
}

/// The same beyond ASCII.
#[cold]
fn decode_long(text: &[u8]) -> (Option<char>, usize) {
    let longest = &text[..text.len().min(4)];
    let valid = match std::str::from_utf8(longest) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&longest[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid
        .chars()
        .next()
        .map_or((None, 1), |found| (Some(found), found.len_utf8()))
}

/// Go's `%#U`: `U+0040 '@'`.
fn show_rune(rune: Option<char>) -> String {
    match rune {
        Some(rune) if !rune.is_control() => format!("U+{:04X} '{rune}'", u32::from(rune)),
        Some(rune) => format!("U+{:04X}", u32::from(rune)),
        None => "U+FFFD '\u{fffd}'".to_owned(),
    }
}

const SPACES: &[u8] = b" \t\r\n";

fn is_alphanumeric(rune: Option<char>) -> bool {
    rune.is_some_and(|rune| match rune {
        '\0'..='\x7F' => rune == '_' || rune.is_ascii_alphanumeric(),
        _ => rune.is_alphabetic() || rune.is_numeric(),
    })
}

fn has_left_trim_marker(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if SPACES.contains(space))
}

fn has_right_trim_marker(text: &[u8]) -> bool {
    matches!(text, [space, b'-', ..] if SPACES.contains(space))
}

const TRIM_MARKER: usize = 2;

/// Which bytes are letters and digits of ASCII, or `_`.
const OF_WORDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte == b'_' || byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The scanner.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    input: &'t [u8],
    pos: usize,
    start: usize,
    line: u32,
    start_line: u32,
    paren_depth: i32,
    inside_action: bool,
    /// What is wrong with the text, once an error was found.
    message: Option<Box<str>>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(input: &'t [u8]) -> Self {
        Self {
            input,
            pos: 0,
            start: 0,
            line: 1,
            start_line: 1,
            paren_depth: 0,
            inside_action: false,
            message: None,
        }
    }

    fn rest(&self) -> &'t [u8] {
        &self.input[self.pos..]
    }

    fn peek(&self) -> Option<char> {
        let (rune, width) = decode(self.rest());
        if width == 0 {
            None
        } else {
            rune.or(Some('\u{fffd}'))
        }
    }

    fn next(&mut self) -> Option<char> {
        let (rune, width) = decode(self.rest());
        self.pos += width;
        if width == 0 {
            return None;
        }
        if rune == Some('\n') {
            self.line += 1;
        }
        rune.or(Some('\u{fffd}'))
    }

    fn accept(&mut self, valid: &str) -> bool {
        if self.peek().is_some_and(|rune| valid.contains(rune)) {
            self.next();
            return true;
        }
        false
    }

    fn accept_run(&mut self, valid: &str) {
        while self.accept(valid) {}
    }

    fn emit(&mut self, kind: Kind) -> Token {
        let token = Token {
            kind,
            pos: u32::try_from(self.start).unwrap_or(u32::MAX),
            len: u32::try_from(self.pos - self.start).unwrap_or(u32::MAX),
            line: self.start_line,
        };
        self.start = self.pos;
        self.start_line = self.line;
        token
    }

    fn ignore(&mut self) {
        self.line += count_lines(&self.input[self.start..self.pos]);
        self.start = self.pos;
        self.start_line = self.line;
    }

    /// Moves without counting lines: [`ignore`](Self::ignore) or the caller counts them.
    fn skip(&mut self, bytes: usize) {
        self.pos += bytes;
    }

    fn error(&mut self, message: impl Into<Box<str>>) -> Token {
        self.message = Some(message.into());
        Token {
            kind: Kind::Error,
            pos: u32::try_from(self.start).unwrap_or(u32::MAX),
            len: 0,
            line: self.start_line,
        }
    }

    /// What is wrong with the text, where an error token was found.
    pub(super) fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }

    /// The next token; after an error there is only the end.
    pub(super) fn next_token(&mut self) -> Token {
        if self.message.is_some() {
            return Token {
                line: self.start_line,
                ..Token::none()
            };
        }
        if self.inside_action {
            self.inside_action()
        } else {
            self.text()
        }
    }

    fn text(&mut self) -> Token {
        loop {
            let Some(found) = find(self.rest(), b"{{") else {
                self.pos = self.input.len();
                if self.pos > self.start {
                    self.line += count_lines(&self.input[self.start..self.pos]);
                    return self.emit(Kind::Text);
                }
                return self.emit(Kind::Eof);
            };
            if found > 0 {
                self.pos += found;
                let mut trim = 0;
                if has_left_trim_marker(&self.input[self.pos + 2..]) {
                    let before = &self.input[self.start..self.pos];
                    trim = before.len() - before.trim_ascii_end_of(SPACES).len();
                }
                self.pos -= trim;
                self.line += count_lines(&self.input[self.start..self.pos]);
                let token = self.emit(Kind::Text);
                self.skip(trim);
                self.ignore();
                if token.len > 0 {
                    return token;
                }
            }
            if let Some(token) = self.left_delim() {
                return token;
            }
        }
    }

    /// The left delimiter; none if a comment followed, which is skipped.
    fn left_delim(&mut self) -> Option<Token> {
        self.skip(2);
        let after_marker = if has_left_trim_marker(self.rest()) {
            TRIM_MARKER
        } else {
            0
        };
        if self.input[self.pos + after_marker..].starts_with(b"/*") {
            self.skip(after_marker);
            self.ignore();
            return self.comment();
        }
        let token = self.emit(Kind::LeftDelim);
        self.inside_action = true;
        self.skip(after_marker);
        self.ignore();
        self.paren_depth = 0;
        Some(token)
    }

    fn comment(&mut self) -> Option<Token> {
        self.skip(2);
        let Some(end) = find(self.rest(), b"*/") else {
            return Some(self.error("unclosed comment"));
        };
        self.skip(end + 2);
        let (delim, trim) = self.at_right_delim();
        if !delim {
            return Some(self.error("comment ends before closing delimiter"));
        }
        self.skip(if trim { TRIM_MARKER + 2 } else { 2 });
        if trim {
            self.skip(left_trim_length(self.rest()));
        }
        self.ignore();
        None
    }

    /// Whether the right delimiter comes next, and whether with a trim marker.
    fn at_right_delim(&self) -> (bool, bool) {
        let rest = self.rest();
        if has_right_trim_marker(rest) && rest[TRIM_MARKER..].starts_with(b"}}") {
            return (true, true);
        }
        (rest.starts_with(b"}}"), false)
    }

    fn right_delim(&mut self) -> Token {
        let (_, trim) = self.at_right_delim();
        if trim {
            self.skip(TRIM_MARKER);
            self.ignore();
        }
        self.skip(2);
        let token = self.emit(Kind::RightDelim);
        if trim {
            self.skip(left_trim_length(self.rest()));
            self.ignore();
        }
        self.inside_action = false;
        token
    }

    fn inside_action(&mut self) -> Token {
        if self.at_right_delim().0 {
            if self.paren_depth == 0 {
                return self.right_delim();
            }
            return self.error("unclosed left paren");
        }
        let before = self.pos;
        let Some(rune) = self.next() else {
            return self.error("unclosed action");
        };
        match rune {
            ' ' | '\t' | '\r' | '\n' => {
                self.back_to(before);
                self.space()
            }
            '=' => self.emit(Kind::Assign),
            ':' => {
                if self.next() == Some('=') {
                    self.emit(Kind::Declare)
                } else {
                    self.error("expected :=")
                }
            }
            '|' => self.emit(Kind::Pipe),
            '"' => self.quoted('"', Kind::String, "unterminated quoted string"),
            '`' => self.raw_quoted(),
            '$' => self.field_or_variable(Kind::Variable),
            '\'' => self.quoted('\'', Kind::CharConstant, "unterminated character constant"),
            '.' if !self.rest().first().is_some_and(u8::is_ascii_digit)
                && !self.rest().is_empty() =>
            {
                self.field_or_variable(Kind::Field)
            }
            '.' | '+' | '-' | '0'..='9' => {
                self.back_to(before);
                self.number()
            }
            rune if is_alphanumeric(Some(rune)) => {
                self.back_to(before);
                self.identifier()
            }
            '(' => {
                self.paren_depth += 1;
                self.emit(Kind::LeftParen)
            }
            ')' => {
                self.paren_depth -= 1;
                if self.paren_depth < 0 {
                    return self.error("unexpected right paren");
                }
                self.emit(Kind::RightParen)
            }
            ' '..='~' => self.emit(Kind::Char),
            rune => self.error(format!(
                "unrecognized character in action: {}",
                show_rune(Some(rune))
            )),
        }
    }

    /// Back to where the character begins that `next` gave last.
    fn back_to(&mut self, pos: usize) {
        self.line -= u32::from(self.input[pos] == b'\n');
        self.pos = pos;
    }

    fn space(&mut self) -> Token {
        let spaces = left_trim_length(self.rest());
        self.line += count_lines(&self.rest()[..spaces]);
        self.skip(spaces);
        // A trim marker takes the last space.
        let last = &self.input[self.pos - 1..];
        if has_right_trim_marker(last) && last[TRIM_MARKER..].starts_with(b"}}") {
            self.back_to(self.pos - 1);
            if spaces == 1 {
                return self.right_delim();
            }
        }
        self.emit(Kind::Space)
    }

    fn identifier(&mut self) -> Token {
        self.word();
        if !self.at_terminator() {
            return self.bad_character();
        }
        let kind = match &self.input[self.start..self.pos] {
            b"block" => Kind::Block,
            b"break" => Kind::Break,
            b"continue" => Kind::Continue,
            b"define" => Kind::Define,
            b"else" => Kind::Else,
            b"end" => Kind::End,
            b"if" => Kind::If,
            b"nil" => Kind::Nil,
            b"range" => Kind::Range,
            b"template" => Kind::Template,
            b"with" => Kind::With,
            b"true" | b"false" => Kind::Bool,
            _ => Kind::Identifier,
        };
        self.emit(kind)
    }

    fn bad_character(&mut self) -> Token {
        let rune = self.peek();
        self.error(format!("bad character {}", show_rune(rune)))
    }

    fn field_or_variable(&mut self, kind: Kind) -> Token {
        if self.at_terminator() {
            return self.emit(if kind == Kind::Variable {
                kind
            } else {
                Kind::Dot
            });
        }
        self.word();
        if !self.at_terminator() {
            return self.bad_character();
        }
        self.emit(kind)
    }

    /// Over letters and digits, of which most are ASCII.
    fn word(&mut self) {
        loop {
            let rest = self.rest();
            let plain = rest.iter().take_while(|&&byte| OF_WORDS[usize::from(byte)]);
            let plain = plain.count();
            self.skip(plain);
            if !is_alphanumeric(self.peek()) {
                return;
            }
            self.next();
        }
    }

    fn at_terminator(&self) -> bool {
        match self.rest() {
            []
            | [
                b' ' | b'\t' | b'\r' | b'\n' | b'.' | b',' | b'|' | b':' | b')' | b'(',
                ..,
            ] => true,
            rest => rest.starts_with(b"}}"),
        }
    }

    fn quoted(&mut self, quote: char, kind: Kind, unterminated: &str) -> Token {
        loop {
            match self.next() {
                Some('\\') if !matches!(self.next(), None | Some('\n')) => {}
                None | Some('\n' | '\\') => return self.error(unterminated),
                Some(rune) if rune == quote => return self.emit(kind),
                Some(_) => {
                    let special =
                        |byte: &u8| matches!(byte, b'\\' | b'\n') || char::from(*byte) == quote;
                    let plain = self.rest().iter().position(special);
                    self.skip(plain.unwrap_or(self.rest().len()));
                }
            }
        }
    }

    fn raw_quoted(&mut self) -> Token {
        let Some(length) = memchr::memchr(b'`', self.rest()) else {
            self.pos = self.input.len();
            return self.error("unterminated raw quoted string");
        };
        self.line += count_lines(&self.rest()[..length]);
        self.skip(length + 1);
        self.emit(Kind::RawString)
    }

    fn number(&mut self) -> Token {
        if !self.scan_number() {
            return self.bad_number();
        }
        if matches!(self.peek(), Some('+' | '-')) {
            if !self.scan_number() || self.input[self.pos - 1] != b'i' {
                return self.bad_number();
            }
            return self.emit(Kind::Complex);
        }
        self.emit(Kind::Number)
    }

    fn bad_number(&mut self) -> Token {
        let text = String::from_utf8_lossy(&self.input[self.start..self.pos]).into_owned();
        self.error(format!("bad number syntax: {}", values::go::quote(&text)))
    }

    fn scan_number(&mut self) -> bool {
        const DECIMAL: &str = "0123456789_";
        const HEX: &str = "0123456789abcdefABCDEF_";
        self.accept("+-");
        let mut digits = DECIMAL;
        if self.accept("0") {
            if self.accept("xX") {
                digits = HEX;
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        self.accept_run(digits);
        if self.accept(".") {
            self.accept_run(digits);
        }
        if digits == DECIMAL && self.accept("eE") || digits == HEX && self.accept("pP") {
            self.accept("+-");
            self.accept_run(DECIMAL);
        }
        self.accept("i");
        if is_alphanumeric(self.peek()) {
            self.next();
            return false;
        }
        true
    }
}

fn left_trim_length(text: &[u8]) -> usize {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    text.iter().take_while(|byte| is_space(byte)).count()
}

fn count_lines(text: &[u8]) -> u32 {
    text.iter().map(|&byte| u32::from(byte == b'\n')).sum()
}

fn find(text: &[u8], pair: &[u8; 2]) -> Option<usize> {
    memchr::memchr_iter(pair[0], text).find(|at| text.get(at + 1) == Some(&pair[1]))
}

/// `TrimRight` for bytes.
trait TrimEnd {
    fn trim_ascii_end_of(&self, spaces: &[u8]) -> &[u8];
}

impl TrimEnd for [u8] {
    fn trim_ascii_end_of(&self, spaces: &[u8]) -> &[u8] {
        let kept = self
            .iter()
            .rposition(|byte| !spaces.contains(byte))
            .map_or(0, |at| at + 1);
        &self[..kept]
    }
}
