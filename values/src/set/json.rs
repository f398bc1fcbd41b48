//! JSON as `encoding/json` decodes it into `any`, one value after the other out of a longer text.
//!
//! `serde_json` would do but for three things that `--set-json` shows: where a value ends (`1x=2`
//! is a 1 and the key `x`), lone surrogates (Go writes U+FFFD), and what numbers become.

use super::{MAX_DEPTH, SetError};
use crate::{Map, Value};

/// What becomes of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Every one is a float, as in Go.
    Floats,
    /// One that is written without fraction and exponent is an integer.
    AsWritten,
}

/// Reads a text that is one JSON value and nothing else.
pub(super) fn read_whole(text: &str, numbers: Numbers) -> Result<Value, SetError> {
    let (value, rest) = read_first(text, numbers)?;
    if rest.trim_start_matches(is_space).is_empty() {
        Ok(value)
    } else {
        Err(SetError::new("there is text after the JSON value"))
    }
}

/// Reads the first JSON value of a text and returns what follows it.
pub(super) fn read_first(text: &str, numbers: Numbers) -> Result<(Value, &str), SetError> {
    let mut reader = Reader {
        rest: text,
        numbers,
    };
    let value = reader.value(0)?;
    Ok((value, reader.rest))
}

struct Reader<'t> {
    rest: &'t str,
    numbers: Numbers,
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(is_space);
        self.rest.chars().next()
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.rest.strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn value(&mut self, depth: usize) -> Result<Value, SetError> {
        if depth > MAX_DEPTH {
            return Err(SetError::new(format!(
                "JSON is nested more than {MAX_DEPTH} deep"
            )));
        }
        match self.peek() {
            None => Err(SetError::new("unexpected end of JSON input")),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('"') => self.string().map(Value::String),
            Some('-' | '0'..='9') => self.number(),
            Some(c) => [
                ("true", true.into()),
                ("false", false.into()),
                ("null", Value::Null),
            ]
            .into_iter()
            .find_map(|(word, value)| self.eat(word).then_some(value))
            .ok_or_else(|| unexpected(c)),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, SetError> {
        self.eat("{");
        let mut map = Map::new();
        if self.peek() == Some('}') {
            self.eat("}");
            return Ok(Value::Map(map));
        }
        loop {
            match self.peek() {
                Some('"') => {}
                other => return Err(other.map_or_else(ended, unexpected)),
            }
            let key = self.string()?;
            match self.peek() {
                Some(':') => self.eat(":"),
                other => return Err(other.map_or_else(ended, unexpected)),
            };
            let value = self.value(depth + 1)?;
            map.insert(key, value);
            match self.peek() {
                Some(',') => self.eat(","),
                Some('}') => {
                    self.eat("}");
                    return Ok(Value::Map(map));
                }
                other => return Err(other.map_or_else(ended, unexpected)),
            };
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, SetError> {
        self.eat("[");
        let mut list = Vec::new();
        if self.peek() == Some(']') {
            self.eat("]");
            return Ok(Value::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            match self.peek() {
                Some(',') => self.eat(","),
                Some(']') => {
                    self.eat("]");
                    return Ok(Value::List(list));
                }
                other => return Err(other.map_or_else(ended, unexpected)),
            };
        }
    }

    /// Takes the longest text that is a JSON number.
    fn number(&mut self) -> Result<Value, SetError> {
        let text = self.rest;
        let digits =
            |from: usize| from + text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let byte = |at: usize| text.as_bytes().get(at).copied();
        let start = usize::from(byte(0) == Some(b'-'));
        let mut end = if byte(start) == Some(b'0') {
            start + 1
        } else {
            digits(start)
        };
        if end == start {
            return Err(SetError::new("a number has no digits"));
        }
        if byte(end) == Some(b'.') {
            let whole = end + 1;
            end = digits(whole);
            if end == whole {
                return Err(SetError::new("a number has no digits after its point"));
            }
        }
        if matches!(byte(end), Some(b'e' | b'E')) {
            let from = end + 1 + usize::from(matches!(byte(end + 1), Some(b'+' | b'-')));
            end = digits(from);
            if end == from {
                return Err(SetError::new("a number has no digits in its exponent"));
            }
        }
        self.rest = &text[end..];
        if self.numbers == Numbers::AsWritten
            && let Ok(number) = text[..end].parse::<i64>()
            && &text[..end] != "-0"
        {
            return Ok(Value::Int(number));
        }
        match text[..end].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Float(number)),
            _ => Err(SetError::new(format!(
                "the number {} is out of range",
                &text[..end]
            ))),
        }
    }

    fn string(&mut self) -> Result<String, SetError> {
        self.eat("\"");
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next() {
                None => return Err(ended()),
                Some('"') => break,
                Some(c) if c < ' ' => return Err(unexpected(c)),
                Some('\\') => text.push(escape(&mut chars)?),
                Some(c) => text.push(c),
            }
        }
        self.rest = chars.as_str();
        Ok(text)
    }
}

/// What stands behind a backslash. Half a pair of surrogates becomes U+FFFD, as in Go.
fn escape(chars: &mut std::str::Chars<'_>) -> Result<char, SetError> {
    Ok(match chars.next().ok_or_else(ended)? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let high = hex(chars)?;
            if !(0xd800..0xdc00).contains(&high) {
                return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            let mut ahead = chars.clone();
            if ahead.next() == Some('\\')
                && ahead.next() == Some('u')
                && let Ok(low @ 0xdc00..0xe000) = hex(&mut ahead)
            {
                *chars = ahead;
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            char::REPLACEMENT_CHARACTER
        }
        c @ ('"' | '\\' | '/') => c,
        c => return Err(unexpected(c)),
    })
}

fn hex(chars: &mut std::str::Chars<'_>) -> Result<u32, SetError> {
    let mut code = 0;
    for _ in 0..4 {
        let c = chars.next().ok_or_else(ended)?;
        code = code * 16 + c.to_digit(16).ok_or_else(|| unexpected(c))?;
    }
    Ok(code)
}

fn ended() -> SetError {
    SetError::new("unexpected end of JSON input")
}

fn unexpected(c: char) -> SetError {
    SetError::new(format!("unexpected character `{c}` in JSON"))
}
