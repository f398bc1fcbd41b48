//! `%YAML` and `%TAG`.

use super::super::error::Failure;
use super::super::reader::Mark;
use super::super::token::{Data, Kind, Token};
use super::{Scanner, text};

/// Digits of a version number that go-yaml admits.
const MAX_NUMBER_LENGTH: usize = 2;

impl Scanner<'_> {
    pub(super) fn scan_directive(&mut self) -> Result<Token, Failure> {
        let start = self.reader.mark();
        self.reader.skip();
        let token = match self.scan_directive_name(start)?.as_slice() {
            b"YAML" => {
                let (major, minor) = self.scan_version(start)?;
                let mut token = Token::new(Kind::VersionDirective, start, self.reader.mark());
                token.data = Data::Version(major, minor);
                token
            }
            b"TAG" => {
                let (handle, prefix) = self.scan_tag_directive(start)?;
                let mut token = Token::new(Kind::TagDirective, start, self.reader.mark());
                token.data = Data::Tag(text(handle), text(prefix));
                token
            }
            _ => return Err(self.fail(start, "found unknown directive name")),
        };
        self.skip_blanks()?;
        self.skip_comment()?;
        if !self.reader.is_break_or_end(0) {
            return Err(self.fail(start, "did not find expected comment or line break"));
        }
        if self.reader.is_break(0) {
            self.reader.need(2)?;
            self.reader.skip_line();
        }
        Ok(token)
    }

    fn scan_directive_name(&mut self, start: Mark) -> Result<Vec<u8>, Failure> {
        let mut name = Vec::new();
        self.read_name(&mut name)?;
        if name.is_empty() {
            return Err(self.fail(start, "could not find expected directive name"));
        }
        if !self.reader.is_blank_or_end(0) {
            return Err(self.fail(start, "found unexpected non-alphabetical character"));
        }
        Ok(name)
    }

    fn scan_version(&mut self, start: Mark) -> Result<(u8, u8), Failure> {
        self.skip_blanks()?;
        let major = self.scan_version_number(start)?;
        if self.reader.at(0) != b'.' {
            return Err(self.fail(start, "did not find expected digit or '.' character"));
        }
        self.reader.skip();
        Ok((major, self.scan_version_number(start)?))
    }

    fn scan_version_number(&mut self, start: Mark) -> Result<u8, Failure> {
        self.reader.need(1)?;
        let (mut value, mut length) = (0_u8, 0);
        while self.reader.at(0).is_ascii_digit() {
            length += 1;
            if length > MAX_NUMBER_LENGTH {
                return Err(self.fail(start, "found extremely long version number"));
            }
            value = value * 10 + (self.reader.at(0) - b'0');
            self.reader.skip();
            self.reader.need(1)?;
        }
        if length == 0 {
            return Err(self.fail(start, "did not find expected version number"));
        }
        Ok(value)
    }

    fn scan_tag_directive(&mut self, start: Mark) -> Result<(Vec<u8>, Vec<u8>), Failure> {
        self.skip_blanks()?;
        let handle = self.scan_tag_handle(true, start)?;
        self.reader.need(1)?;
        if !self.reader.is_blank(0) {
            return Err(self.fail(start, "did not find expected whitespace"));
        }
        self.skip_blanks()?;
        let prefix = self.scan_tag_uri(&[], start)?;
        self.reader.need(1)?;
        if !self.reader.is_blank_or_end(0) {
            return Err(self.fail(start, "did not find expected whitespace or line break"));
        }
        Ok((handle, prefix))
    }
}
