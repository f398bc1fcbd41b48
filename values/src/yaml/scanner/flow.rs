//! Quoted scalars.

use super::super::error::Failure;
use super::super::reader::Mark;
use super::super::token::{Data, Kind, Style, Token};
use super::tag::hex;
use super::{Scanner, text};

impl Scanner<'_> {
    pub(super) fn scan_flow_scalar(&mut self, single: bool) -> Result<Token, Failure> {
        let start = self.reader.mark();
        let quote = if single { b'\'' } else { b'"' };
        self.reader.skip();
        let (mut out, mut blanks) = (Vec::new(), Vec::new());
        let (mut leading_break, mut trailing_breaks) = (Vec::new(), Vec::new());
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_indicator() {
                return Err(self.fail(start, "found unexpected document indicator"));
            }
            if self.reader.is_end() {
                return Err(self.fail(start, "found unexpected end of stream"));
            }
            let mut leading_blanks = self.scan_flow_text(single, start, &mut out)?;
            self.reader.need(1)?;
            if self.reader.at(0) == quote {
                break;
            }
            while self.reader.is_blank(0) || self.reader.is_break(0) {
                if self.reader.is_blank(0) {
                    if leading_blanks {
                        self.reader.skip();
                    } else {
                        self.reader.read(&mut blanks);
                    }
                } else {
                    self.reader.need(2)?;
                    if leading_blanks {
                        self.reader.read_line(&mut trailing_breaks);
                    } else {
                        blanks.clear();
                        self.reader.read_line(&mut leading_break);
                        leading_blanks = true;
                    }
                }
                self.reader.need(1)?;
            }
            if leading_blanks {
                fold(&mut out, &mut leading_break, &mut trailing_breaks);
            } else {
                out.append(&mut blanks);
            }
        }
        self.reader.skip();
        let mut token = Token::new(Kind::Scalar, start, self.reader.mark());
        let style = if single {
            Style::SingleQuoted
        } else {
            Style::DoubleQuoted
        };
        token.data = Data::Scalar(text(out), style);
        Ok(token)
    }

    /// Characters up to a blank or the closing quote; true after an escaped line break.
    fn scan_flow_text(
        &mut self,
        single: bool,
        start: Mark,
        out: &mut Vec<u8>,
    ) -> Result<bool, Failure> {
        while !self.reader.is_blank_or_end(0) {
            match self.reader.at(0) {
                b'\'' if single && self.reader.at(1) == b'\'' => {
                    out.push(b'\'');
                    self.reader.skip();
                    self.reader.skip();
                }
                b'\'' if single => break,
                b'"' if !single => break,
                b'\\' if !single && self.reader.is_break(1) => {
                    self.reader.need(3)?;
                    self.reader.skip();
                    self.reader.skip_line();
                    return Ok(true);
                }
                b'\\' if !single => self.scan_escape(start, out)?,
                _ => self.reader.read(out),
            }
            self.reader.need(2)?;
        }
        Ok(false)
    }

    /// A `\` and what it stands for.
    fn scan_escape(&mut self, start: Mark, out: &mut Vec<u8>) -> Result<(), Failure> {
        let mut length = 0;
        match self.reader.at(1) {
            b'0' => out.push(0),
            b'a' => out.push(0x07),
            b'b' => out.push(0x08),
            b't' | b'\t' => out.push(b'\t'),
            b'n' => out.push(b'\n'),
            b'v' => out.push(0x0B),
            b'f' => out.push(0x0C),
            b'r' => out.push(b'\r'),
            b'e' => out.push(0x1B),
            byte @ (b' ' | b'"' | b'\'' | b'\\') => out.push(byte),
            b'N' => out.extend_from_slice("\u{85}".as_bytes()),
            b'_' => out.extend_from_slice("\u{A0}".as_bytes()),
            b'L' => out.extend_from_slice("\u{2028}".as_bytes()),
            b'P' => out.extend_from_slice("\u{2029}".as_bytes()),
            b'x' => length = 2,
            b'u' => length = 4,
            b'U' => length = 8,
            _ => return Err(self.fail(start, "found unknown escape character")),
        }
        self.reader.skip();
        self.reader.skip();
        if length == 0 {
            return Ok(());
        }
        self.reader.need(length)?;
        let mut value = 0_u32;
        for ahead in 0..length {
            let Some(digit) = hex(self.reader.at(ahead)) else {
                return Err(self.fail(start, "did not find expected hexdecimal number"));
            };
            value = (value << 4) + u32::from(digit);
        }
        let Some(character) = char::from_u32(value) else {
            return Err(self.fail(start, "found invalid Unicode character escape code"));
        };
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        for _ in 0..length {
            self.reader.skip();
        }
        Ok(())
    }
}

/// Folds line breaks: one becomes a space, more lose the first.
pub(super) fn fold(out: &mut Vec<u8>, leading_break: &mut Vec<u8>, trailing_breaks: &mut Vec<u8>) {
    if leading_break.first() == Some(&b'\n') {
        leading_break.clear();
        if trailing_breaks.is_empty() {
            out.push(b' ');
        }
    } else {
        out.append(leading_break);
    }
    out.append(trailing_breaks);
}
