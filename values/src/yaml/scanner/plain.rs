//! Scalars without quotes.

use super::super::error::Failure;
use super::super::token::{Data, Kind, Style, Token};
use super::flow::fold;
use super::{Scanner, text};

impl Scanner<'_> {
    pub(super) fn scan_plain_scalar(&mut self) -> Result<Token, Failure> {
        let indent = usize::try_from(self.indent + 1).unwrap_or(0);
        let start = self.reader.mark();
        let mut end = start;
        let (mut out, mut blanks) = (Vec::new(), Vec::new());
        let (mut leading_break, mut trailing_breaks) = (Vec::new(), Vec::new());
        let mut leading_blanks = false;
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_indicator() || self.reader.at(0) == b'#' {
                break;
            }
            while !self.reader.is_blank_or_end(0) && !self.ends_plain_scalar() {
                if leading_blanks {
                    fold(&mut out, &mut leading_break, &mut trailing_breaks);
                    leading_blanks = false;
                } else {
                    out.append(&mut blanks);
                }
                self.reader.read(&mut out);
                end = self.reader.mark();
                self.reader.need(2)?;
            }
            if !(self.reader.is_blank(0) || self.reader.is_break(0)) {
                break;
            }
            self.reader.need(1)?;
            while self.reader.is_blank(0) || self.reader.is_break(0) {
                if self.reader.is_blank(0) {
                    if leading_blanks && self.reader.column() < indent && self.reader.at(0) == b'\t'
                    {
                        return Err(
                            self.fail(start, "found a tab character that violates indentation")
                        );
                    }
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
            if self.flow_level == 0 && self.reader.column() < indent {
                break;
            }
        }
        if leading_blanks {
            self.simple_key_allowed = true;
        }
        let mut token = Token::new(Kind::Scalar, start, end);
        token.data = Data::Scalar(text(out), Style::Plain);
        Ok(token)
    }

    /// An indicator that ends a plain scalar.
    fn ends_plain_scalar(&self) -> bool {
        match self.reader.at(0) {
            b':' => self.reader.is_blank_or_end(1),
            b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.flow_level > 0,
            _ => false,
        }
    }
}
