//! Reading JSON into values, with the error texts of encoding/json's scanner.

use crate::{
    functions::printf,
    value::{Map, MapKind, Str, Value},
};

/// Deeper text is refused. Go goes on to 10,000.
const MAX_DEPTH: usize = 1_000;

/// The value of a JSON text: every number is a `float64`.
///
/// # Errors
/// With Go's text.
pub(in crate::functions) fn decode(text: &[u8]) -> Result<Value, String> {
    let mut decoder = Decoder {
        text,
        at: 0,
        out_of_range: None,
    };
    let value = decoder.value(0)?;
    decoder.space();
    if decoder.at < text.len() {
        return Err(decoder.invalid("after top-level value"));
    }
    match decoder.out_of_range {
        Some(number) => Err(format!(
            "json: cannot unmarshal number {number} into Go value of type float64"
        )),
        None => Ok(value),
    }
}

/// Why a stream has no JSON value next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotJson {
    /// It ends within one.
    Ended,
    /// Go's text, and how many bytes its scanner had seen.
    Syntax { message: String, seen: usize },
}

/// The first value of a text and where it ends, as `json.Decoder` reads a stream.
///
/// # Errors
/// When it is no JSON.
pub(crate) fn first_value(text: &str) -> Result<(Value, usize), NotJson> {
    let mut decoder = Decoder {
        text: text.as_bytes(),
        at: 0,
        out_of_range: None,
    };
    match decoder.value(0) {
        Ok(value) => Ok((value, decoder.at)),
        Err(_) if decoder.at >= text.len() => Err(NotJson::Ended),
        Err(message) => Err(NotJson::Syntax {
            message,
            seen: decoder.at + 1,
        }),
    }
}

struct Decoder<'a> {
    text: &'a [u8],
    at: usize,
    /// The first number that is too large; Go reports it after the whole text was scanned.
    out_of_range: Option<String>,
}

impl Decoder<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    /// What Go says of the next byte, or of the end.
    fn invalid(&self, context: &str) -> String {
        // At the end Go's scanner is given one more space: within a literal that is an error.
        let within = [
            "in literal",
            "in numeric",
            "after decimal",
            "in exponent",
            "in \\u",
            "in string e",
        ];
        let end = within
            .iter()
            .any(|start| context.starts_with(start))
            .then_some(b' ');
        match self.peek().or(end) {
            None => "unexpected end of JSON input".to_owned(),
            Some(byte) => {
                let shown = match byte {
                    b'\'' => r"'\''".to_owned(),
                    b'"' => "'\"'".to_owned(),
                    byte => {
                        let mut quoted = Vec::new();
                        let c = char::from(byte);
                        printf::quote_to(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut quoted);
                        let quoted = String::from_utf8_lossy(&quoted);
                        format!("'{}'", &quoted[1..quoted.len() - 1])
                    }
                };
                format!("invalid character {shown} {context}")
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        self.space();
        if depth > MAX_DEPTH {
            return Err("exceeded max depth".to_owned());
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::String(self.string()?)),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Nil),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.invalid("looking for beginning of value")),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, String> {
        const KEY: &str = "looking for beginning of object key string";
        let map = Map::new(MapKind::Any);
        self.at += 1;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(map.into());
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.invalid(KEY));
            }
            let key = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.invalid("after object key"));
            }
            self.at += 1;
            map.insert(key, self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(map.into());
                }
                _ => return Err(self.invalid("after object key:value pair")),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::list(items));
                }
                _ => return Err(self.invalid("after array element")),
            }
        }
    }

    fn literal(&mut self, name: &str, value: Value) -> Result<Value, String> {
        for expected in name.bytes() {
            if self.peek() != Some(expected) {
                let expected = char::from(expected);
                return Err(self.invalid(&format!("in literal {name} (expecting '{expected}')")));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn digits(&mut self, context: &str) -> Result<(), String> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.invalid(context));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits("in exponent of numeric literal")?;
        }
        let text = String::from_utf8_lossy(&self.text[start..self.at]);
        let number: f64 = text.parse().unwrap_or(f64::NAN);
        if !number.is_finite() && self.out_of_range.is_none() {
            self.out_of_range = Some(text.into_owned());
        }
        Ok(Value::Float(number))
    }

    fn string(&mut self) -> Result<Str, String> {
        self.at += 1;
        let mut out: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    // What is not UTF-8 becomes U+FFFD, byte by byte.
                    return Ok(match String::from_utf8(out) {
                        Ok(text) => text.into(),
                        Err(error) => replaced(error.as_bytes()).into(),
                    });
                }
                Some(b'\\') => self.escape(&mut out)?,
                Some(byte) if byte >= 0x20 => {
                    out.push(byte);
                    self.at += 1;
                }
                _ => return Err(self.invalid("in string literal")),
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.at += 1;
        let byte = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.unicode(out),
            _ => return Err(self.invalid("in string escape code")),
        };
        self.at += 1;
        out.push(byte);
        Ok(())
    }

    /// `\uXXXX`, two of them for a surrogate pair; half a pair becomes U+FFFD.
    fn unicode(&mut self, out: &mut Vec<u8>) -> Result<(), String> {
        self.at += 1;
        let first = self.four_digits()?;
        let mut c = char::from_u32(first);
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with(b"\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.four_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                c = char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            } else {
                self.at = before;
            }
        }
        let c = c.unwrap_or('\u{fffd}');
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.invalid("in \\u hexadecimal character escape"));
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

fn replaced(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn errors_are_worded_as_in_go() {
        for (text, want) in [
            ("", "unexpected end of JSON input"),
            ("{", "unexpected end of JSON input"),
            ("a", "invalid character 'a' looking for beginning of value"),
            (
                "{a",
                "invalid character 'a' looking for beginning of object key string",
            ),
            ("{\"a\" 1", "invalid character '1' after object key"),
            (
                "{\"a\":1]",
                "invalid character ']' after object key:value pair",
            ),
            ("[1}", "invalid character '}' after array element"),
            ("1 2", "invalid character '2' after top-level value"),
            (
                "trux",
                "invalid character 'x' in literal true (expecting 'e')",
            ),
            (
                "[1,]",
                "invalid character ']' looking for beginning of value",
            ),
        ] {
            assert_eq!(decode(text.as_bytes()).unwrap_err(), want, "{text}");
        }
    }
}
