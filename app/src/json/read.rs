//! Text to tree.

use super::tree::Tree;

/// So deep may lists and tables stand in each other; the text may be a person's own file.
const DEPTH: u8 = 128;

/// Reads a whole text.
pub(super) fn read(text: &str) -> Option<Tree> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: DEPTH,
    };
    let tree = reader.value()?;
    reader.peek().is_none().then_some(tree)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// How much deeper it may go.
    depth: u8,
}

impl Reader<'_> {
    /// The next byte that is not space, which stays.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        Some(bytes[self.at])
    }

    /// Takes the next byte that is not space, if it is this one.
    fn takes(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn value(&mut self) -> Option<Tree> {
        Some(match self.peek()? {
            b'{' => Tree::Map(self.items(b'}', |reader| {
                let key = reader.string()?;
                reader.takes(b':')?;
                Some((key, reader.value()?))
            })?),
            b'[' => Tree::List(self.items(b']', Self::value)?),
            b'"' => Tree::Text(self.string()?),
            b'n' => self.word("null", Tree::Null)?,
            b't' => self.word("true", Tree::Bool(true))?,
            b'f' => self.word("false", Tree::Bool(false))?,
            _ => self.number()?,
        })
    }

    fn word(&mut self, word: &str, means: Tree) -> Option<Tree> {
        let matches = self.text[self.at..].starts_with(word);
        self.at += word.len();
        matches.then_some(means)
    }

    /// What stands between an opening mark and the closing one, separated by commas.
    fn items<T>(&mut self, end: u8, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.at += 1;
        self.depth = self.depth.checked_sub(1)?;
        let mut items = Vec::new();
        if self.takes(end).is_some() {
            self.depth += 1;
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if self.takes(end).is_some() {
                self.depth += 1;
                return Some(items);
            }
            self.takes(b',')?;
        }
    }

    fn number(&mut self) -> Option<Tree> {
        let rest = &self.text[self.at..];
        let length = rest
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .count();
        let number = &rest[..length];
        self.at += length;
        // Whole numbers without a fraction mark stay whole: `values::Value` tells them apart.
        match number.parse() {
            Ok(whole) => Some(Tree::Int(whole)),
            Err(_) => number.parse().ok().map(Tree::Float),
        }
    }

    fn string(&mut self) -> Option<String> {
        self.takes(b'"')?;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .bytes()
                .position(|byte| byte == b'"' || byte == b'\\')?;
            text.push_str(&rest[..plain]);
            self.at += plain + 1;
            if rest.as_bytes()[plain] == b'"' {
                return Some(text);
            }
            let escape = *self.text.as_bytes().get(self.at)?;
            self.at += 1;
            text.push(match escape {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.escaped()?,
                b'"' | b'\\' | b'/' => char::from(escape),
                _ => return None,
            });
        }
    }

    /// What follows `\u`: a character, or the first half of a pair.
    fn escaped(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.text[self.at..].starts_with("\\u") {
            return None;
        }
        self.at += 2;
        let second = self.hex()?.checked_sub(0xDC00)?;
        char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
