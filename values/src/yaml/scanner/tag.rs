//! Anchors, aliases and tags.

use super::super::error::Failure;
use super::super::reader::{Mark, width};
use super::super::token::{Data, Kind, Token};
use super::{Scanner, text};

impl Scanner<'_> {
    pub(super) fn scan_anchor(&mut self, kind: Kind) -> Result<Token, Failure> {
        let start = self.reader.mark();
        self.reader.skip();
        let mut name = Vec::new();
        self.read_name(&mut name)?;
        let end = self.reader.mark();
        let ends_well = self.reader.is_blank_or_end(0)
            || matches!(
                self.reader.at(0),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if name.is_empty() || !ends_well {
            return Err(self.fail(
                start,
                "did not find expected alphabetic or numeric character",
            ));
        }
        let mut token = Token::new(kind, start, end);
        token.data = Data::Name(text(name));
        Ok(token)
    }

    pub(super) fn scan_tag(&mut self) -> Result<Token, Failure> {
        let start = self.reader.mark();
        self.reader.need(2)?;
        let (handle, suffix);
        if self.reader.at(1) == b'<' {
            self.reader.skip();
            self.reader.skip();
            handle = Vec::new();
            suffix = self.scan_tag_uri(&[], start)?;
            if self.reader.at(0) != b'>' {
                return Err(self.fail(start, "did not find the expected '>'"));
            }
            self.reader.skip();
        } else {
            let head = self.scan_tag_handle(false, start)?;
            if head.len() > 1 && head.starts_with(b"!") && head.ends_with(b"!") {
                suffix = self.scan_tag_uri(&[], start)?;
                handle = head;
            } else {
                let rest = self.scan_tag_uri(&head, start)?;
                // The tag `!` alone has no handle.
                (handle, suffix) = if rest.is_empty() {
                    (rest, b"!".to_vec())
                } else {
                    (b"!".to_vec(), rest)
                };
            }
        }
        self.reader.need(1)?;
        if !self.reader.is_blank_or_end(0) {
            return Err(self.fail(start, "did not find expected whitespace or line break"));
        }
        let mut token = Token::new(Kind::Tag, start, self.reader.mark());
        token.data = Data::Tag(text(handle), text(suffix));
        Ok(token)
    }

    pub(super) fn scan_tag_handle(
        &mut self,
        directive: bool,
        start: Mark,
    ) -> Result<Vec<u8>, Failure> {
        self.reader.need(1)?;
        if self.reader.at(0) != b'!' {
            return Err(self.fail(start, "did not find expected '!'"));
        }
        let mut handle = Vec::new();
        self.reader.read(&mut handle);
        self.read_name(&mut handle)?;
        if self.reader.at(0) == b'!' {
            self.reader.read(&mut handle);
        } else if directive && handle != b"!" {
            return Err(self.fail(start, "did not find expected '!'"));
        }
        Ok(handle)
    }

    /// The rest of a tag that starts with `head` (whose `!` is dropped).
    pub(super) fn scan_tag_uri(&mut self, head: &[u8], start: Mark) -> Result<Vec<u8>, Failure> {
        let mut uri = head.get(1..).unwrap_or_default().to_vec();
        let mut found = !head.is_empty();
        self.reader.need(1)?;
        while self.reader.is_alpha()
            || matches!(
                self.reader.at(0),
                b';' | b'/'
                    | b'?'
                    | b':'
                    | b'@'
                    | b'&'
                    | b'='
                    | b'+'
                    | b'$'
                    | b','
                    | b'.'
                    | b'!'
                    | b'~'
                    | b'*'
                    | b'\''
                    | b'('
                    | b')'
                    | b'['
                    | b']'
                    | b'%'
            )
        {
            if self.reader.at(0) == b'%' {
                self.scan_uri_escapes(start, &mut uri)?;
            } else {
                self.reader.read(&mut uri);
            }
            self.reader.need(1)?;
            found = true;
        }
        if !found {
            return Err(self.fail(start, "did not find expected tag URI"));
        }
        Ok(uri)
    }

    /// One character written as `%` escapes.
    fn scan_uri_escapes(&mut self, start: Mark, out: &mut Vec<u8>) -> Result<(), Failure> {
        let mut left = None;
        while left != Some(0) {
            self.reader.need(3)?;
            let digits = (hex(self.reader.at(1)), hex(self.reader.at(2)));
            let (b'%', (Some(high), Some(low))) = (self.reader.at(0), digits) else {
                return Err(self.fail(start, "did not find URI escaped octet"));
            };
            let octet = high * 16 + low;
            let count = match left {
                None => match width(octet) {
                    0 => return Err(self.fail(start, "found an incorrect leading UTF-8 octet")),
                    count => count,
                },
                Some(_) if octet & 0xC0 != 0x80 => {
                    return Err(self.fail(start, "found an incorrect trailing UTF-8 octet"));
                }
                Some(count) => count,
            };
            out.push(octet);
            for _ in 0..3 {
                self.reader.skip();
            }
            left = Some(count - 1);
        }
        Ok(())
    }
}

/// The value of a hexadecimal digit.
pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
