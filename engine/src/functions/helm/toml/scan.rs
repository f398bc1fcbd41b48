//! The characters of a TOML text and the scalars that they make (lex.go and the `value…` functions
//! of parse.go). Lines and words of errors are the library's, where they are off by one too.

use crate::{
    functions::{
        cast::{parse_float, parse_int},
        printf::quote_char,
        time::{self, Time},
    },
    limits::LimitReached,
    value::Value,
};

/// Why reading ended early.
#[derive(Debug)]
pub(super) enum Wrong {
    /// The text is no TOML: line and words.
    Text(usize, String),
    /// The budget is used up.
    Limit(LimitReached),
}

impl From<LimitReached> for Wrong {
    fn from(limit: LimitReached) -> Self {
        Self::Limit(limit)
    }
}

/// What reading a part gives.
pub(super) type Read<T> = Result<T, Wrong>;

/// The text, and how far it has been read.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t [u8],
    /// Where the present token begins.
    start: usize,
    at: usize,
    pub(super) line: usize,
    /// Whether the end has been read, and not stepped back from: errors are placed by it.
    ended: bool,
}

pub(super) fn is_space(c: Option<char>) -> bool {
    matches!(c, Some(' ' | '\t'))
}

pub(super) fn is_newline(c: Option<char>) -> bool {
    matches!(c, Some('\n' | '\r'))
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn is_hex(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_hexdigit())
}

/// `%q` of a character; the end is the character 0 there.
pub(super) fn quoted(c: Option<char>) -> String {
    match c {
        None => r"'\x00'".to_owned(),
        Some(c) => quote_char(c, false),
    }
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            start: 0,
            at: 0,
            line: 1,
            ended: false,
        }
    }

    /// The next character; none at the end.
    pub(super) fn next(&mut self) -> Read<Option<char>> {
        let rest = &self.text[self.at..];
        let Some(&first) = rest.first() else {
            self.ended = true;
            return Ok(None);
        };
        if first == b'\n' {
            self.line += 1;
        }
        let head = &rest[..rest.len().min(4)];
        let chunk = head.utf8_chunks().next();
        let Some(c) = chunk.and_then(|chunk| chunk.valid().chars().next()) else {
            return Err(self.error(format!("invalid UTF-8 byte: 0x{first:02x}")));
        };
        let control = c != '\t' && c != '\n' && c != '\r' && c.is_ascii_control();
        if control || (c == '\r' && rest.get(1) != Some(&b'\n')) {
            let code = u32::from(c);
            return Err(Wrong::Text(
                self.line,
                format!("TOML files cannot contain control characters: '0x{code:02x}'"),
            ));
        }
        self.at += c.len_utf8();
        Ok(Some(c))
    }

    /// Steps back by one character.
    pub(super) fn back(&mut self) {
        if self.ended {
            self.ended = false;
            return;
        }
        self.at = self.at.saturating_sub(1);
        while self.at > 0 && self.text[self.at] & 0xc0 == 0x80 {
            self.at -= 1;
        }
        if self.text.get(self.at) == Some(&b'\n') {
            self.line -= 1;
        }
    }

    pub(super) fn accept(&mut self, wanted: char) -> Read<bool> {
        let found = self.next()? == Some(wanted);
        if !found {
            self.back();
        }
        Ok(found)
    }

    /// As the library: what fits before it fits no more stays read.
    fn accepts(&mut self, wanted: &str) -> Read<bool> {
        for c in wanted.chars() {
            if !self.accept(c)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn peek(&mut self) -> Read<Option<char>> {
        let next = self.next()?;
        self.back();
        Ok(next)
    }

    /// Leaves out spaces and tabs.
    pub(super) fn skip_spaces(&mut self) -> Read<()> {
        while is_space(self.next()?) {}
        self.back();
        self.ignore();
        Ok(())
    }

    /// The present token begins here.
    pub(super) fn ignore(&mut self) {
        self.start = self.at;
    }

    /// The present token; the next one begins behind it.
    fn emit(&mut self) -> String {
        let token = self.current();
        self.start = self.at;
        token
    }

    fn current(&self) -> String {
        String::from_utf8_lossy(&self.text[self.start..self.at]).into_owned()
    }

    /// An error of one of the library's own types.
    fn error(&self, message: String) -> Wrong {
        Wrong::Text(self.line - usize::from(self.ended), message)
    }

    /// An error that is placed on the line before.
    pub(super) fn error_before(&self, message: String) -> Wrong {
        Wrong::Text(self.line - 1, message)
    }

    /// An error that is mere words.
    pub(super) fn words(&self, message: impl Into<String>) -> Wrong {
        let after_newline = self.at >= 1 && self.text[self.at - 1] == b'\n';
        let before = usize::from(self.ended && after_newline);
        Wrong::Text(self.line - before, message.into())
    }

    /// An error about the token that has just been read.
    fn about<T>(&self, message: String) -> Read<T> {
        Err(Wrong::Text(self.line, message))
    }

    /// A comment, behind its `#`, up to the end of the line.
    pub(super) fn comment(&mut self) -> Read<()> {
        loop {
            let c = self.next()?;
            if c.is_none() || is_newline(c) {
                self.back();
                self.ignore();
                return Ok(());
            }
        }
    }

    /// One part of a key.
    pub(super) fn name(&mut self) -> Read<String> {
        match self.peek()? {
            Some('"') => {
                self.next()?;
                self.string()
            }
            Some('\'') => {
                self.next()?;
                self.raw_string()
            }
            _ => {
                let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                while self.next()?.is_some_and(bare) {}
                self.back();
                Ok(self.emit())
            }
        }
    }

    /// A value that begins with this character and is neither array nor inline table.
    pub(super) fn scalar(&mut self, first: Option<char>) -> Read<Value> {
        match first {
            Some(c) if c.is_ascii_digit() => {
                self.back();
                return self.number_or_date();
            }
            Some('"') => {
                if self.accept('"')? {
                    if self.accept('"')? {
                        return Ok(Value::str(self.long_string()?));
                    }
                    self.back();
                }
                return Ok(Value::str(self.string()?));
            }
            Some('\'') => {
                if self.accept('\'')? {
                    if self.accept('\'')? {
                        return Ok(Value::str(self.long_raw_string()?));
                    }
                    self.back();
                }
                return Ok(Value::str(self.raw_string()?));
            }
            Some('.') => return Err(self.words("floats must start with a digit, not '.'")),
            Some('i' | 'n') if self.accepts("nf")? || self.accepts("an")? => return self.float(),
            Some('-' | '+') => return self.signed_number(),
            _ => {}
        }
        if first.is_some_and(values::go::is_letter) {
            self.back();
            return self.bool();
        }
        match first {
            None => Err(self.words("unexpected EOF; expected value")),
            Some('\n') => Err(self.error_before(format!(
                "expected value but found {} instead",
                quoted(first)
            ))),
            _ => Err(self.words(format!(
                "expected value but found {} instead",
                quoted(first)
            ))),
        }
    }

    fn bool(&mut self) -> Read<Value> {
        let mut word = String::new();
        while let Some(c) = self.next()?.filter(|&c| values::go::is_letter(c)) {
            word.push(c);
        }
        self.back();
        match word.as_str() {
            "true" | "false" => {
                self.emit();
                Ok(Value::Bool(word == "true"))
            }
            _ => {
                let word = values::go::quote(&word);
                Err(self.words(format!("expected value but found {word} instead")))
            }
        }
    }
}

/// Strings.
impl Scanner<'_> {
    /// A string, behind its quote.
    fn string(&mut self) -> Read<String> {
        self.ignore();
        let mut escaped = false;
        loop {
            match self.next()? {
                None => return Err(self.words("unexpected EOF; expected '\"'")),
                Some('\n' | '\r') => {
                    return Err(self.error_before("strings cannot contain newlines".to_owned()));
                }
                Some('\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some('"') => break,
                Some(_) => {}
            }
        }
        let text = self.before_quotes(1);
        if escaped {
            self.unescape(&text)
        } else {
            Ok(text)
        }
    }

    /// The token without the quotes that end it.
    fn before_quotes(&mut self, quotes: usize) -> String {
        let text = String::from_utf8_lossy(&self.text[self.start..self.at - quotes]).into_owned();
        self.ignore();
        text
    }

    fn raw_string(&mut self) -> Read<String> {
        self.ignore();
        loop {
            match self.next()? {
                None => return Err(self.words("unexpected EOF; expected \"'\"")),
                Some('\n' | '\r') => {
                    return Err(self.error_before("strings cannot contain newlines".to_owned()));
                }
                Some('\'') => return Ok(self.before_quotes(1)),
                Some(_) => {}
            }
        }
    }

    /// A string between three quotes, behind the first three.
    fn long_string(&mut self) -> Read<String> {
        self.ignore();
        loop {
            match self.next()? {
                None => return Err(self.words("unexpected EOF; expected '\"\"\"'")),
                Some('\\') => {
                    let next = self.next()?;
                    if !is_newline(next) {
                        self.back();
                        self.escape()?;
                    }
                }
                Some('"') if self.ends('"', "unexpected '\"\"\"\"\"\"'")? => break,
                Some(_) => {}
            }
        }
        let text = self.before_quotes(3);
        self.unescape(&without_escaped_newlines(without_first_newline(&text)))
    }

    fn long_raw_string(&mut self) -> Read<String> {
        self.ignore();
        loop {
            match self.next()? {
                None => return Err(self.words("unexpected EOF; expected \"'''\"")),
                Some('\'') if self.ends('\'', "unexpected \"''''''\"")? => break,
                Some(_) => {}
            }
        }
        let text = self.before_quotes(3);
        Ok(without_first_newline(&text).to_owned())
    }

    /// Whether the quote that was read and those behind it end a long string: it may itself end in
    /// one or two of them.
    fn ends(&mut self, quote: char, too_many: &str) -> Read<bool> {
        if !self.accept(quote)? {
            return Ok(false);
        }
        if !self.accept(quote)? {
            self.back();
            return Ok(false);
        }
        if self.peek()? != Some(quote) {
            return Ok(true);
        }
        let current = &self.text[self.start..self.at];
        let five = [quote as u8; 5];
        let escaped = quote == '"' && current.ends_with(b"\\\"\"\"\"\"");
        if current.ends_with(&five) && !escaped {
            return Err(self.words(too_many));
        }
        self.back();
        self.back();
        Ok(false)
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Read<()> {
        let next = self.next()?;
        let (digits, name) = match next {
            Some('e' | 'b' | 't' | 'n' | 'f' | 'r' | '"' | ' ' | '\t' | '\\') => return Ok(()),
            Some('x') => (2, r"two hexadecimal digits after '\x'"),
            Some('u') => (4, r"four hexadecimal digits after '\u'"),
            Some('U') => (8, r"eight hexadecimal digits after '\U'"),
            other => {
                let shown = other.unwrap_or('\0');
                return Err(self.error(format!("invalid escape in string '\\{shown}'")));
            }
        };
        for _ in 0..digits {
            if !is_hex(self.next()?) {
                let current = values::go::quote(&self.current());
                return Err(self.words(format!("expected {name}, but got {current} instead")));
            }
        }
        Ok(())
    }

    /// `replaceEscapes`.
    fn unescape(&self, text: &str) -> Read<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\\') {
            out.push_str(before);
            let mut chars = after.chars();
            let name = chars.next().unwrap_or_default();
            rest = chars.as_str();
            let digits = match name {
                'b' => 0x08,
                't' => 0x09,
                'n' => 0x0a,
                'f' => 0x0c,
                'r' => 0x0d,
                'e' => 0x1b,
                '"' => 0x22,
                '\\' => 0x5c,
                'x' | 'u' | 'U' => {
                    let size = match name {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let (digits, behind) = rest.split_at_checked(size).unwrap_or((rest, ""));
                    rest = behind;
                    let code = u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
                    if char::from_u32(code).is_none() {
                        return self.about(format!(
                            "Escaped character '\\u{digits}' is not valid UTF-8."
                        ));
                    }
                    code
                }
                other => return self.about(format!("invalid escape: '\\{other}'")),
            };
            out.extend(char::from_u32(digits));
        }
        out.push_str(rest);
        Ok(out)
    }
}

fn without_first_newline(text: &str) -> &str {
    let behind = text.strip_prefix('\n');
    behind.or_else(|| text.strip_prefix("\r\n")).unwrap_or(text)
}

/// `stripEscapedNewlines`: a backslash at the end of a line takes the white space behind it along.
fn without_escaped_newlines(mut text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = text[from..].find('\\') {
        let at = from + found;
        let behind = &text[at + 1..];
        if behind.starts_with('\\') {
            from = at + 2;
            continue;
        }
        let kept = behind.trim_start_matches([' ', '\t', '\r', '\n']);
        let space = &behind[..behind.len() - kept.len()];
        if !space.contains('\n') {
            from = at + 1;
            continue;
        }
        out.push_str(&text[..at]);
        text = kept;
        from = 0;
    }
    out.push_str(text);
    out
}

/// Numbers and dates.
impl Scanner<'_> {
    fn number_or_date(&mut self) -> Read<Value> {
        if self.next()? == Some('0') {
            let next = self.next()?;
            match next {
                Some('_') => return self.decimal(),
                Some('.' | 'e' | 'E') => return self.float_rest(),
                Some('b') => return self.based("a binary", |c| matches!(c, '0' | '1')),
                Some('o') => return self.based("an octal", |c| matches!(c, '0'..='7')),
                Some('x') => return self.based("a hexadecimal", |c| c.is_ascii_hexdigit()),
                _ if is_digit(next) => {}
                _ => {
                    self.back();
                    return self.integer();
                }
            }
        }
        loop {
            let next = self.next()?;
            match next {
                Some('-' | ':') => return self.date(),
                Some('_') => return self.decimal(),
                Some('.' | 'e' | 'E') => return self.float_rest(),
                _ if is_digit(next) => {}
                _ => {
                    self.back();
                    return self.integer();
                }
            }
        }
    }

    /// A number with a prefix, behind it.
    fn based(&mut self, kind: &str, digit: impl Fn(char) -> bool) -> Read<Value> {
        let first = self.peek()?;
        if !first.is_some_and(&digit) {
            let shown = first.unwrap_or('\0');
            let message = format!("not {kind} number: '{}{shown}'", self.current());
            return Err(self.words(message));
        }
        while self.next()?.is_some_and(|c| digit(c) || c == '_') {}
        self.back();
        self.integer()
    }

    /// A number, behind its sign.
    fn signed_number(&mut self) -> Read<Value> {
        let first = self.next()?;
        match first {
            Some(c @ ('i' | 'n')) => {
                let (second, third) = if c == 'i' { ('n', 'f') } else { ('a', 'n') };
                if !self.accept(second)? || !self.accept(third)? {
                    let message = format!("invalid float: '{}'", self.current());
                    return Err(self.words(message));
                }
                return self.float();
            }
            Some('0') => {
                if let Some(prefix @ ('b' | 'o' | 'x')) = self.peek()? {
                    let current = self.current();
                    return Err(self.words(format!(
                        "cannot use sign with non-decimal numbers: '{current}{prefix}'"
                    )));
                }
            }
            Some('.') => return Err(self.words("floats must start with a digit, not '.'")),
            _ => {}
        }
        if is_digit(first) {
            return self.decimal();
        }
        Err(self.words(format!("expected a digit but got {}", quoted(first))))
    }

    fn decimal(&mut self) -> Read<Value> {
        loop {
            match self.next()? {
                Some('.' | 'e' | 'E') => return self.float_rest(),
                Some(c) if c == '_' || c.is_ascii_digit() => {}
                _ => {
                    self.back();
                    return self.integer();
                }
            }
        }
    }

    fn float_rest(&mut self) -> Read<Value> {
        let part = |c: char| c.is_ascii_digit() || "_.-+eE".contains(c);
        while self.next()?.is_some_and(part) {}
        self.back();
        self.float()
    }

    fn integer(&mut self) -> Read<Value> {
        let text = self.emit();
        let shown = values::go::quote(&text);
        if !underscores_fit(&text) {
            return self.about(format!(
                "Invalid integer {shown}: underscores must be surrounded by digits"
            ));
        }
        if has_leading_zero(&text) {
            return self.about(format!(
                "Invalid integer {shown}: cannot have leading zeroes"
            ));
        }
        match parse_int(&text, 0) {
            Some(number) => Ok(Value::Int64(number)),
            None => self.about(format!("{text} is out of range for int64")),
        }
    }

    fn float(&mut self) -> Read<Value> {
        let text = self.emit();
        let shown = values::go::quote(&text);
        let mut parts = text.split(['.', 'e', 'E']).filter(|part| !part.is_empty());
        if !parts.clone().all(underscores_fit) {
            return self.about(format!(
                "Invalid float {shown}: underscores must be surrounded by digits"
            ));
        }
        if parts.next().is_some_and(has_leading_zero) {
            return self.about(format!("Invalid float {shown}: cannot have leading zeroes"));
        }
        let behind_period = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        if !text.split('.').skip(1).all(behind_period) {
            return self.about(format!(
                "Invalid float {shown}: '.' must be followed by one or more digits"
            ));
        }
        let digits = text.replace('_', "");
        if matches!(digits.as_str(), "+nan" | "-nan") {
            return Ok(Value::Float(f64::NAN));
        }
        match parse_float(&digits) {
            Some(number) => Ok(Value::Float(number)),
            // What Rust reads as infinite is out of Go's range.
            None if digits.parse().is_ok_and(f64::is_infinite) => {
                self.about(format!("{text} is out of range for float64"))
            }
            None => self.about(format!("Invalid float value: {shown}")),
        }
    }

    fn date(&mut self) -> Read<Value> {
        let part = |c: char| c.is_ascii_digit() || "-:Tt .Zz+".contains(c);
        while self.next()?.is_some_and(part) {}
        self.back();
        let text = self.emit();
        let text = text.trim().replace('z', "Z").replace(['t', ' '], "T");
        for (layout, zone) in LAYOUTS {
            let Ok(found) = time::parse(layout, &text) else {
                continue;
            };
            if lacks_leading_zero(&text, layout) {
                break;
            }
            return Ok(Value::from(match zone {
                Some(zone) => Time {
                    zone: (*zone).to_owned(),
                    ..found
                },
                None => found,
            }));
        }
        let shown = values::go::quote(&text);
        self.about(format!("invalid datetime: {shown}"))
    }
}

/// The zones that the library gives times without one: printing tells them apart by these.
pub(super) const LOCAL_DATETIME: &str = "datetime-local";
pub(super) const LOCAL_DATE: &str = "date-local";
pub(super) const LOCAL_TIME: &str = "time-local";

/// What a date may look like, and the zone it gets if it names none.
const LAYOUTS: &[(&str, Option<&str>)] = &[
    ("2006-01-02T15:04:05.999999999Z07:00", None),
    ("2006-01-02T15:04:05.999999999", Some(LOCAL_DATETIME)),
    ("2006-01-02", Some(LOCAL_DATE)),
    ("15:04:05.999999999", Some(LOCAL_TIME)),
    ("2006-01-02T15:04Z07:00", None),
    ("2006-01-02T15:04", Some(LOCAL_DATETIME)),
    ("15:04", Some(LOCAL_TIME)),
];

/// `missingLeadingZero`: Go's own reader takes `1:02` for `01:02`.
fn lacks_leading_zero(text: &str, layout: &str) -> bool {
    layout
        .bytes()
        .zip(text.bytes().map(Some).chain(std::iter::repeat(None)))
        .take_while(|(wanted, _)| !matches!(wanted, b'.' | b'Z'))
        .any(|(wanted, found)| !wanted.is_ascii_digit() && found != Some(wanted))
}

/// `numHasLeadingZero`.
fn has_leading_zero(text: &str) -> bool {
    match text.as_bytes() {
        [b'0', second, ..] => !matches!(second, b'b' | b'o' | b'x'),
        [b'-' | b'+', b'0', _, ..] => true,
        _ => false,
    }
}

/// `numUnderscoresOK`: each stands between digits, of which the check knows the hexadecimal ones.
fn underscores_fit(text: &str) -> bool {
    if matches!(text.trim_start_matches(['+', '-']), "nan" | "inf") {
        return true;
    }
    let mut after_digit = false;
    for c in text.chars() {
        if c == '_' && !after_digit {
            return false;
        }
        after_digit = c.is_ascii_hexdigit();
    }
    after_digit
}
