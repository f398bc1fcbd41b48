//! JSON with the syntax errors of Go's `encoding/json`.

use serde_json::Value as Json;

/// Parses one JSON document.
///
/// # Errors
/// With the text of Go's decoder.
pub(super) fn parse(text: &[u8]) -> Result<Json, String> {
    serde_json::from_slice(text).map_err(|error| {
        let mut scanner = Scanner { text, at: 0 };
        match scanner.document() {
            Err(message) => message,
            // What Go admits and serde_json does not: depth, lone surrogates, ….
            Ok(()) => error.to_string(),
        }
    })
}

/// The number at a place of a document, as it is written there.
pub(super) fn number_at<'t>(text: &'t [u8], place: &[&str]) -> Option<&'t str> {
    let mut scanner = Scanner { text, at: 0 };
    for name in place {
        scanner.go_to(name).ok()??;
    }
    scanner.space();
    let start = scanner.at;
    scanner.number().ok()?;
    std::str::from_utf8(&text[start..scanner.at]).ok()
}

/// Walks the text as Go's scanner does (encoding/json/scanner.go) to find its first error.
struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
}

/// Deeper texts are serde_json's to refuse.
const MAX_DEPTH: usize = 128;

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), String> {
        self.space();
        if self.at >= self.text.len() {
            return Err("EOF".to_owned());
        }
        self.value(0)?;
        self.space();
        match self.at < self.text.len() {
            true => Err("invalid character after top-level value".to_owned()),
            false => Ok(()),
        }
    }

    /// Goes to the item of that name or number in what stands here; of several of one name the last one counts.
    fn go_to(&mut self, name: &str) -> Result<Option<()>, String> {
        let close = match self.next()? {
            b'{' => b'}',
            b'[' => b']',
            _ => return Ok(None),
        };
        self.at += 1;
        let mut found = None;
        let mut index = 0_usize;
        while self.next()? != close {
            let is_it = if close == b'}' {
                let start = self.at;
                self.string()?;
                let key = serde_json::from_slice::<String>(&self.text[start..self.at]);
                self.next()?;
                self.at += 1;
                key.is_ok_and(|key| key == name)
            } else {
                name == index.to_string()
            };
            if is_it {
                found = Some(self.at);
            }
            self.value(0)?;
            index += 1;
            if self.next()? == b',' {
                self.at += 1;
            }
        }
        Ok(found.map(|at| self.at = at))
    }

    fn space(&mut self) {
        while self
            .text
            .get(self.at)
            .is_some_and(|byte| b" \t\r\n".contains(byte))
        {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Result<u8, String> {
        self.space();
        self.text
            .get(self.at)
            .copied()
            .ok_or_else(|| "unexpected EOF".to_owned())
    }

    fn unexpected<T>(&self, what: &str) -> Result<T, String> {
        let rest = String::from_utf8_lossy(&self.text[self.at..]);
        let quoted = match rest.chars().next() {
            None => return Err("unexpected EOF".to_owned()),
            Some('\'') => r"'\''".to_owned(),
            Some('"') => "'\"'".to_owned(),
            Some(c) => {
                let quoted = values::go::quote(&c.to_string());
                format!("'{}'", quoted.trim_matches('"'))
            }
        };
        Err(format!("invalid character {quoted} {what}"))
    }

    fn value(&mut self, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Ok(());
        }
        match self.next()? {
            b'{' => self.items(b'}', depth),
            b'[' => self.items(b']', depth),
            b'"' => self.string(),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.unexpected("looking for beginning of value"),
        }
    }

    fn items(&mut self, close: u8, depth: usize) -> Result<(), String> {
        self.at += 1;
        if self.next()? == close {
            self.at += 1;
            return Ok(());
        }
        loop {
            if close == b'}' {
                if self.next()? != b'"' {
                    return self.unexpected("looking for beginning of object key string");
                }
                self.string()?;
                if self.next()? != b':' {
                    return self.unexpected("after object key");
                }
                self.at += 1;
            }
            self.value(depth + 1)?;
            match self.next()? {
                b',' => self.at += 1,
                byte if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ if close == b'}' => return self.unexpected("after object key:value pair"),
                _ => return self.unexpected("after array element"),
            }
        }
    }

    fn string(&mut self) -> Result<(), String> {
        self.at += 1;
        loop {
            match self.text.get(self.at) {
                None => return Err("unexpected EOF".to_owned()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.text.get(self.at) {
                        None => return Err("unexpected EOF".to_owned()),
                        Some(byte) if b"bfnrt\\/\"".contains(byte) => self.at += 1,
                        Some(b'u') => {
                            self.at += 1;
                            for _ in 0..4 {
                                let digit = self.text.get(self.at);
                                if !digit.is_some_and(u8::is_ascii_hexdigit) {
                                    return self.unexpected("in \\u hexadecimal character escape");
                                }
                                self.at += 1;
                            }
                        }
                        Some(_) => return self.unexpected("in string escape code"),
                    }
                }
                Some(byte) if *byte < 0x20 => return self.unexpected("in string literal"),
                Some(_) => self.at += 1,
            }
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), String> {
        for expected in word.chars() {
            if self.text.get(self.at).copied().map(char::from) != Some(expected) {
                return self.unexpected(&format!("in literal {word} (expecting '{expected}')"));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self, what: &str) -> Result<(), String> {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start {
            self.unexpected(what)
        } else {
            Ok(())
        }
    }

    fn number(&mut self) -> Result<(), String> {
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if self
            .text
            .get(self.at)
            .is_some_and(|byte| b"eE".contains(byte))
        {
            self.at += 1;
            if self
                .text
                .get(self.at)
                .is_some_and(|byte| b"+-".contains(byte))
            {
                self.at += 1;
            }
            self.digits("in exponent of numeric literal")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn errors_are_gos() {
        for (text, want) in [
            ("", "EOF"),
            ("{", "unexpected EOF"),
            ("{} {}", "invalid character after top-level value"),
            (
                r#"{"a":}"#,
                "invalid character '}' looking for beginning of value",
            ),
            (r#"{"a" 1}"#, "invalid character '1' after object key"),
            (
                r#"{"a":1 2}"#,
                "invalid character '2' after object key:value pair",
            ),
            ("[1 2]", "invalid character '2' after array element"),
            (
                "{a}",
                "invalid character 'a' looking for beginning of object key string",
            ),
            (
                "trux",
                "invalid character 'x' in literal true (expecting 'e')",
            ),
            (
                "[1.]",
                "invalid character ']' after decimal point in numeric literal",
            ),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err(), want, "{text}");
        }
    }
}
