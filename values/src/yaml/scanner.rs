//! From characters to tokens, following go-yaml v2.4.4 scannerc.go, with its limits and its words.

use std::collections::{HashMap, VecDeque};

use super::error::Failure;
use super::reader::{Mark, Reader};
use super::token::{Kind, Token};

mod block;
mod directive;
mod flow;
mod keys;
mod plain;
mod tag;

use keys::SimpleKey;

/// The scanner.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    reader: Reader<'a>,
    tokens: VecDeque<Token>,
    /// Tokens taken from the queue so far.
    tokens_parsed: usize,
    /// Whether the head of the queue is final: no key can be inserted before it any more.
    token_available: bool,
    stream_started: bool,
    flow_level: usize,
    /// The columns of the open block collections; -1 outside of all.
    indent: isize,
    indents: Vec<isize>,
    simple_key_allowed: bool,
    /// One candidate for each flow level.
    simple_keys: Vec<SimpleKey>,
    /// The candidates by the number of the token that they would precede.
    simple_keys_by_token: HashMap<usize, usize>,
}

type Scan = Result<(), Failure>;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            reader: Reader::new(text),
            tokens: VecDeque::new(),
            tokens_parsed: 0,
            token_available: false,
            stream_started: false,
            flow_level: 0,
            indent: -1,
            indents: Vec::new(),
            simple_key_allowed: false,
            simple_keys: Vec::new(),
            simple_keys_by_token: HashMap::new(),
        }
    }

    /// The next token, left in place; none after the end of the stream.
    pub(super) fn peek(&mut self) -> Result<Option<&Token>, Failure> {
        if !self.token_available {
            self.fetch_more_tokens()?;
        }
        Ok(self.tokens.front())
    }

    /// Takes the token last peeked at.
    pub(super) fn take(&mut self) -> Option<Token> {
        self.token_available = false;
        self.tokens_parsed += 1;
        self.tokens.pop_front()
    }

    /// A scanner's failure at the place reached.
    fn fail(&self, context: Mark, problem: &str) -> Failure {
        Failure::scanner(problem, self.reader.mark(), context)
    }

    fn fetch_more_tokens(&mut self) -> Scan {
        loop {
            if !self.tokens.is_empty() {
                let Some(&index) = self.simple_keys_by_token.get(&self.tokens_parsed) else {
                    break;
                };
                if !self.simple_key_is_valid(index)? {
                    break;
                }
            }
            self.fetch_next_token()?;
        }
        self.token_available = true;
        Ok(())
    }

    fn fetch_next_token(&mut self) -> Scan {
        self.reader.need(1)?;
        if !self.stream_started {
            self.fetch_stream_start();
            return Ok(());
        }
        self.scan_to_next_token()?;
        self.unroll_indent(self.column());
        self.reader.need(4)?;
        if self.reader.is_end() {
            return self.fetch_stream_end();
        }
        let byte = self.reader.at(0);
        if self.reader.column() == 0 && byte == b'%' {
            return self.fetch_directive();
        }
        if self.reader.is_document_indicator() {
            let kind = if byte == b'-' {
                Kind::DocumentStart
            } else {
                Kind::DocumentEnd
            };
            return self.fetch_document_indicator(kind);
        }
        let in_block = self.flow_level == 0;
        let blank_follows = self.reader.is_blank_or_end(1);
        match byte {
            b'[' => self.fetch_flow_collection_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_collection_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_collection_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_collection_end(Kind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if blank_follows => self.fetch_block_entry(),
            b'?' if !in_block || blank_follows => self.fetch_key(),
            b':' if !in_block || blank_follows => self.fetch_value(),
            b'*' => self.fetch_anchor(Kind::Alias),
            b'&' => self.fetch_anchor(Kind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if in_block => self.fetch_block_scalar(true),
            b'>' if in_block => self.fetch_block_scalar(false),
            b'\'' => self.fetch_flow_scalar(true),
            b'"' => self.fetch_flow_scalar(false),
            _ if self.may_start_plain_scalar() => self.fetch_plain_scalar(),
            _ => Err(self.fail(
                self.reader.mark(),
                "found character that cannot start any token",
            )),
        }
    }

    fn may_start_plain_scalar(&self) -> bool {
        let byte = self.reader.at(0);
        let indicator = self.reader.is_blank_or_end(0)
            || matches!(
                byte,
                b'-' | b'?'
                    | b':'
                    | b','
                    | b'['
                    | b']'
                    | b'{'
                    | b'}'
                    | b'#'
                    | b'&'
                    | b'*'
                    | b'!'
                    | b'|'
                    | b'>'
                    | b'\''
                    | b'"'
                    | b'%'
                    | b'@'
                    | b'`'
            );
        !indicator
            || (byte == b'-' && !self.reader.is_blank(1))
            || (self.flow_level == 0
                && matches!(byte, b'?' | b':')
                && !self.reader.is_blank_or_end(1))
    }

    /// The current column, comparable with indents.
    fn column(&self) -> isize {
        isize::try_from(self.reader.column()).unwrap_or(isize::MAX)
    }

    // One function for each kind of token.

    /// Takes `length` characters as a token that carries nothing.
    fn push_indicator(&mut self, kind: Kind, length: usize) {
        let start = self.reader.mark();
        for _ in 0..length {
            self.reader.skip();
        }
        self.tokens
            .push_back(Token::new(kind, start, self.reader.mark()));
    }

    fn fetch_stream_start(&mut self) {
        self.indent = -1;
        self.simple_keys.push(SimpleKey::default());
        self.simple_key_allowed = true;
        self.stream_started = true;
        self.push_indicator(Kind::StreamStart, 0);
    }

    fn fetch_stream_end(&mut self) -> Scan {
        self.reader.close_line();
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push_indicator(Kind::StreamEnd, 0);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Scan {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_directive()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_document_indicator(&mut self, kind: Kind) -> Scan {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_collection_start(&mut self, kind: Kind) -> Scan {
        self.save_simple_key()?;
        self.increase_flow_level()?;
        self.simple_key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_collection_end(&mut self, kind: Kind) -> Scan {
        self.remove_simple_key()?;
        self.decrease_flow_level();
        self.simple_key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Scan {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(Kind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Scan {
        if self.flow_level == 0 {
            let mark = self.reader.mark();
            if !self.simple_key_allowed {
                return Err(self.fail(
                    mark,
                    "block sequence entries are not allowed in this context",
                ));
            }
            self.roll_indent(self.column(), None, Kind::BlockSequenceStart, mark)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Scan {
        if self.flow_level == 0 {
            let mark = self.reader.mark();
            if !self.simple_key_allowed {
                return Err(self.fail(mark, "mapping keys are not allowed in this context"));
            }
            self.roll_indent(self.column(), None, Kind::BlockMappingStart, mark)?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Scan {
        let index = self.simple_keys.len().saturating_sub(1);
        if self.simple_key_is_valid(index)? {
            let key = self.simple_keys[index];
            self.insert(key.token_number, Token::new(Kind::Key, key.mark, key.mark));
            let column = isize::try_from(key.mark.column).unwrap_or(isize::MAX);
            self.roll_indent(
                column,
                Some(key.token_number),
                Kind::BlockMappingStart,
                key.mark,
            )?;
            self.simple_keys[index].possible = false;
            self.simple_keys_by_token.remove(&key.token_number);
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                let mark = self.reader.mark();
                if !self.simple_key_allowed {
                    return Err(self.fail(mark, "mapping values are not allowed in this context"));
                }
                self.roll_indent(self.column(), None, Kind::BlockMappingStart, mark)?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(Kind::Value, 1);
        Ok(())
    }

    fn fetch_anchor(&mut self, kind: Kind) -> Scan {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_anchor(kind)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_tag(&mut self) -> Scan {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_tag()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_block_scalar(&mut self, literal: bool) -> Scan {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        let token = self.scan_block_scalar(literal)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_flow_scalar(&mut self, single: bool) -> Scan {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_flow_scalar(single)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_plain_scalar(&mut self) -> Scan {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_plain_scalar()?;
        self.tokens.push_back(token);
        Ok(())
    }

    /// Steps over blanks, comments and line breaks.
    fn scan_to_next_token(&mut self) -> Scan {
        loop {
            self.reader.need(1)?;
            if self.reader.column() == 0 && self.reader.is_bom() && !self.reader.is_end() {
                self.reader.skip();
            }
            self.reader.need(1)?;
            while self.reader.at(0) == b' '
                || ((self.flow_level > 0 || !self.simple_key_allowed) && self.reader.at(0) == b'\t')
            {
                self.reader.skip();
                self.reader.need(1)?;
            }
            self.skip_comment()?;
            if !self.reader.is_break(0) {
                return Ok(());
            }
            self.reader.need(2)?;
            self.reader.skip_line();
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    /// Steps over a comment, if one starts here.
    fn skip_comment(&mut self) -> Scan {
        if self.reader.at(0) == b'#' {
            while !self.reader.is_break_or_end(0) {
                self.reader.skip();
                self.reader.need(1)?;
            }
        }
        Ok(())
    }

    /// Steps over spaces and tabs.
    fn skip_blanks(&mut self) -> Scan {
        self.reader.need(1)?;
        while self.reader.is_blank(0) {
            self.reader.skip();
            self.reader.need(1)?;
        }
        Ok(())
    }

    /// Copies letters, digits, `_` and `-`.
    fn read_name(&mut self, out: &mut Vec<u8>) -> Scan {
        self.reader.need(1)?;
        while self.reader.is_alpha() {
            self.reader.read(out);
            self.reader.need(1)?;
        }
        Ok(())
    }
}

/// The text scanned. Always UTF-8 but for odd `%` escapes in tags.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
