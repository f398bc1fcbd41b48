//! What the scanner only knows later: where a key without `?` started, and which block collections
//! are open.

use super::super::error::Failure;
use super::super::reader::Mark;
use super::super::token::{Kind, Token};
use super::{Scan, Scanner};

/// Nested flow collections, and nested block collections, that go-yaml admits.
const MAX_LEVELS: usize = 10_000;

/// Characters within which the `:` of a key without `?` must follow.
const SIMPLE_KEY_LENGTH: usize = 1024;

/// A place at which a key without `?` may have started.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SimpleKey {
    pub(super) possible: bool,
    required: bool,
    pub(super) token_number: usize,
    pub(super) mark: Mark,
}

impl Scanner<'_> {
    pub(super) fn simple_key_is_valid(&mut self, index: usize) -> Result<bool, Failure> {
        let here = self.reader.mark();
        let Some(key) = self.simple_keys.get_mut(index) else {
            return Ok(false);
        };
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < here.line || key.mark.index + SIMPLE_KEY_LENGTH < here.index {
            if key.required {
                let context = key.mark;
                return Err(self.fail(context, "could not find expected ':'"));
            }
            key.possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn save_simple_key(&mut self) -> Scan {
        let required = self.flow_level == 0 && self.indent == self.column();
        if self.simple_key_allowed {
            let key = SimpleKey {
                possible: true,
                required,
                token_number: self.tokens_parsed + self.tokens.len(),
                mark: self.reader.mark(),
            };
            self.remove_simple_key()?;
            let index = self.simple_keys.len().saturating_sub(1);
            if let Some(last) = self.simple_keys.last_mut() {
                *last = key;
            }
            self.simple_keys_by_token.insert(key.token_number, index);
        }
        Ok(())
    }

    pub(super) fn remove_simple_key(&mut self) -> Scan {
        if let Some(&key) = self.simple_keys.last()
            && key.possible
        {
            if key.required {
                return Err(self.fail(key.mark, "could not find expected ':'"));
            }
            self.simple_keys_by_token.remove(&key.token_number);
            if let Some(last) = self.simple_keys.last_mut() {
                last.possible = false;
            }
        }
        Ok(())
    }

    pub(super) fn increase_flow_level(&mut self) -> Scan {
        let mark = self.reader.mark();
        self.simple_keys.push(SimpleKey {
            possible: false,
            required: false,
            token_number: self.tokens_parsed + self.tokens.len(),
            mark,
        });
        self.flow_level += 1;
        if self.flow_level > MAX_LEVELS {
            return Err(self.fail(mark, &format!("exceeded max depth of {MAX_LEVELS}")));
        }
        Ok(())
    }

    pub(super) fn decrease_flow_level(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.simple_keys.pop() {
                self.simple_keys_by_token.remove(&key.token_number);
            }
        }
    }

    /// Opens a block collection if `column` lies deeper; its token goes before the token
    /// `number`, or to the end.
    pub(super) fn roll_indent(
        &mut self,
        column: isize,
        number: Option<usize>,
        kind: Kind,
        mark: Mark,
    ) -> Scan {
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_LEVELS {
            let context = self.simple_keys.last().map_or(mark, |key| key.mark);
            return Err(self.fail(context, &format!("exceeded max depth of {MAX_LEVELS}")));
        }
        let token = Token::new(kind, mark, mark);
        match number {
            Some(number) => self.insert(number, token),
            None => self.tokens.push_back(token),
        }
        Ok(())
    }

    /// Closes the block collections deeper than `column`.
    pub(super) fn unroll_indent(&mut self, column: isize) {
        if self.flow_level > 0 {
            return;
        }
        let mark = self.reader.mark();
        while self.indent > column {
            self.tokens
                .push_back(Token::new(Kind::BlockEnd, mark, mark));
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    pub(super) fn insert(&mut self, number: usize, token: Token) {
        let place = number
            .saturating_sub(self.tokens_parsed)
            .min(self.tokens.len());
        self.tokens.insert(place, token);
    }
}
