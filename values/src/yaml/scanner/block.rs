//! Literal (`|`) and folded (`>`) scalars.

use super::super::error::Failure;
use super::super::reader::Mark;
use super::super::token::{Data, Kind, Style, Token};
use super::{Scanner, text};

/// What becomes of the line breaks at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Result<Token, Failure> {
        let start = self.reader.mark();
        self.reader.skip();
        let (chomping, increment) = self.scan_block_header(start)?;
        self.skip_blanks()?;
        self.skip_comment()?;
        if !self.reader.is_break_or_end(0) {
            return Err(self.fail(start, "did not find expected comment or line break"));
        }
        if self.reader.is_break(0) {
            self.reader.need(2)?;
            self.reader.skip_line();
        }

        let mut indent = match increment {
            0 => 0,
            _ => usize::try_from(self.indent).unwrap_or(0) + increment,
        };
        let (mut out, mut leading_break, mut trailing_breaks) =
            (Vec::new(), Vec::new(), Vec::new());
        let mut end = self.scan_block_breaks(&mut indent, &mut trailing_breaks, start)?;
        self.reader.need(1)?;
        let mut leading_blank = false;
        while self.reader.column() == indent && !self.reader.is_end() {
            let trailing_blank = self.reader.is_blank(0);
            let folds = !literal
                && !leading_blank
                && !trailing_blank
                && leading_break.first() == Some(&b'\n');
            if folds {
                if trailing_breaks.is_empty() {
                    out.push(b' ');
                }
                leading_break.clear();
            } else {
                out.append(&mut leading_break);
            }
            out.append(&mut trailing_breaks);
            leading_blank = self.reader.is_blank(0);
            while !self.reader.is_break_or_end(0) {
                self.reader.read(&mut out);
                self.reader.need(1)?;
            }
            self.reader.need(2)?;
            self.reader.read_line(&mut leading_break);
            end = self.scan_block_breaks(&mut indent, &mut trailing_breaks, start)?;
        }
        if chomping != Chomping::Strip {
            out.append(&mut leading_break);
        }
        if chomping == Chomping::Keep {
            out.append(&mut trailing_breaks);
        }
        let mut token = Token::new(Kind::Scalar, start, end);
        let style = if literal {
            Style::Literal
        } else {
            Style::Folded
        };
        token.data = Data::Scalar(text(out), style);
        Ok(token)
    }

    /// The chomping and indentation indicators, in either order.
    fn scan_block_header(&mut self, start: Mark) -> Result<(Chomping, usize), Failure> {
        self.reader.need(1)?;
        if let Some(chomping) = self.scan_chomping() {
            self.reader.need(1)?;
            let increment = self.scan_increment(start)?;
            return Ok((chomping, increment));
        }
        let increment = self.scan_increment(start)?;
        let mut chomping = Chomping::Clip;
        if increment > 0 {
            self.reader.need(1)?;
            chomping = self.scan_chomping().unwrap_or(Chomping::Clip);
        }
        Ok((chomping, increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.reader.at(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.reader.skip();
        Some(chomping)
    }

    fn scan_increment(&mut self, start: Mark) -> Result<usize, Failure> {
        match self.reader.at(0) {
            b'0' => Err(self.fail(start, "found an indentation indicator equal to 0")),
            digit @ b'1'..=b'9' => {
                self.reader.skip();
                Ok(usize::from(digit - b'0'))
            }
            _ => Ok(0),
        }
    }

    /// Indentation and empty lines; finds the indentation out if it is not known (0). Gives
    /// the place after the last line break.
    fn scan_block_breaks(
        &mut self,
        indent: &mut usize,
        breaks: &mut Vec<u8>,
        start: Mark,
    ) -> Result<Mark, Failure> {
        let mut end = self.reader.mark();
        let mut max_indent = 0;
        loop {
            self.reader.need(1)?;
            while (*indent == 0 || self.reader.column() < *indent) && self.reader.at(0) == b' ' {
                self.reader.skip();
                self.reader.need(1)?;
            }
            max_indent = max_indent.max(self.reader.column());
            if (*indent == 0 || self.reader.column() < *indent) && self.reader.at(0) == b'\t' {
                return Err(self.fail(
                    start,
                    "found a tab character where an indentation space is expected",
                ));
            }
            if !self.reader.is_break(0) {
                break;
            }
            self.reader.need(2)?;
            self.reader.read_line(breaks);
            end = self.reader.mark();
        }
        if *indent == 0 {
            *indent = max_indent
                .max(usize::try_from(self.indent + 1).unwrap_or(0))
                .max(1);
        }
        Ok(end)
    }
}
