//! From tokens to events, following go-yaml v2.4.4 parserc.go, with its words.

use std::collections::HashMap;

use super::error::Failure;
use super::reader::Mark;
use super::scanner::Scanner;
use super::token::{Data, Kind, Style, Token};

mod block;
mod document;
mod flow;

/// What stands in the text, in order.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

/// What an event says.
#[derive(Debug)]
pub(super) enum EventKind {
    StreamStart,
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias(String),
    Scalar(Properties, ScalarText),
    SequenceStart(Properties),
    SequenceEnd,
    MappingStart(Properties),
    MappingEnd,
}

/// Anchor and tag of a node.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) anchor: Option<String>,
    /// The full tag, empty if there is none.
    pub(super) tag: String,
}

/// The text of a scalar.
#[derive(Debug)]
pub(super) struct ScalarText {
    pub(super) value: String,
    /// Whether the text decides about the type: it is plain, or its tag is `!`.
    pub(super) implicit: bool,
    pub(super) style: Style,
}

/// What the parser expects next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirstEntry,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirstKey,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowSequenceEntryMappingKey,
    FlowSequenceEntryMappingValue,
    FlowSequenceEntryMappingEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// The parser.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    scanner: Scanner<'a>,
    state: State,
    states: Vec<State>,
    /// Where the open collections start, for messages.
    marks: Vec<Mark>,
    /// The prefixes of tags by their handles.
    tag_directives: HashMap<String, String>,
}

type Parsed = Result<Event, Failure>;

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::StreamStart,
            states: Vec::new(),
            marks: Vec::new(),
            tag_directives: HashMap::new(),
        }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Parsed {
        match self.state {
            State::StreamStart => self.parse_stream_start(),
            State::ImplicitDocumentStart => self.parse_document_start(true),
            State::DocumentStart => self.parse_document_start(false),
            State::DocumentContent => self.parse_document_content(),
            State::DocumentEnd => self.parse_document_end(),
            State::BlockNode => self.parse_node(true, false),
            State::BlockSequenceFirstEntry => self.parse_block_sequence_entry(true),
            State::BlockSequenceEntry => self.parse_block_sequence_entry(false),
            State::IndentlessSequenceEntry => self.parse_indentless_sequence_entry(),
            State::BlockMappingFirstKey => self.parse_block_mapping_key(true),
            State::BlockMappingKey => self.parse_block_mapping_key(false),
            State::BlockMappingValue => self.parse_block_mapping_value(),
            State::FlowSequenceFirstEntry => self.parse_flow_sequence_entry(true),
            State::FlowSequenceEntry => self.parse_flow_sequence_entry(false),
            State::FlowSequenceEntryMappingKey => self.parse_flow_sequence_entry_mapping_key(),
            State::FlowSequenceEntryMappingValue => self.parse_flow_sequence_entry_mapping_value(),
            State::FlowSequenceEntryMappingEnd => self.parse_flow_sequence_entry_mapping_end(),
            State::FlowMappingFirstKey => self.parse_flow_mapping_key(true),
            State::FlowMappingKey => self.parse_flow_mapping_key(false),
            State::FlowMappingValue => self.parse_flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.parse_flow_mapping_value(true),
            State::End => Err(past_the_end()),
        }
    }

    /// Kind and place of the next token.
    fn peek(&mut self) -> Result<(Kind, Mark, Mark), Failure> {
        match self.scanner.peek()? {
            Some(token) => Ok((token.kind, token.start, token.end)),
            None => Err(past_the_end()),
        }
    }

    /// The next token, taken.
    fn take(&mut self) -> Result<Token, Failure> {
        self.scanner.peek()?;
        self.scanner.take().ok_or_else(past_the_end)
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// A failure inside of the innermost open collection.
    fn fail_in_collection(&mut self, problem: &str, mark: Mark) -> Failure {
        let context = self.marks.pop().unwrap_or_default();
        Failure::parser(problem, mark, context)
    }

    /// A node: its anchor and tag, and its scalar or the start of its collection.
    fn parse_node(&mut self, block: bool, indentless_sequence: bool) -> Parsed {
        let (mut kind, start, mut token_end) = self.peek()?;
        if kind == Kind::Alias {
            let token = self.take()?;
            self.pop_state();
            return Ok(event(EventKind::Alias(name(token.data)), start, token_end));
        }
        let mut end = start;
        let mut anchor = None;
        let mut tag = None;
        while (kind == Kind::Anchor && anchor.is_none()) || (kind == Kind::Tag && tag.is_none()) {
            let token = self.take()?;
            end = token.end;
            match token.data {
                Data::Tag(handle, suffix) => tag = Some((handle, suffix, token.start)),
                data => anchor = Some(name(data)),
            }
            (kind, _, token_end) = self.peek()?;
        }
        let tag = match tag {
            Some((handle, suffix, mark)) => self.full_tag(&handle, suffix, start, mark)?,
            None => String::new(),
        };
        let properties = Properties { anchor, tag };
        match kind {
            Kind::BlockEntry if indentless_sequence => {
                self.state = State::IndentlessSequenceEntry;
                Ok(event(
                    EventKind::SequenceStart(properties),
                    start,
                    token_end,
                ))
            }
            Kind::Scalar => {
                let token = self.take()?;
                self.pop_state();
                Ok(scalar(properties, token, start))
            }
            Kind::FlowSequenceStart => {
                self.state = State::FlowSequenceFirstEntry;
                Ok(event(
                    EventKind::SequenceStart(properties),
                    start,
                    token_end,
                ))
            }
            Kind::FlowMappingStart => {
                self.state = State::FlowMappingFirstKey;
                Ok(event(EventKind::MappingStart(properties), start, token_end))
            }
            Kind::BlockSequenceStart if block => {
                self.state = State::BlockSequenceFirstEntry;
                Ok(event(
                    EventKind::SequenceStart(properties),
                    start,
                    token_end,
                ))
            }
            Kind::BlockMappingStart if block => {
                self.state = State::BlockMappingFirstKey;
                Ok(event(EventKind::MappingStart(properties), start, token_end))
            }
            _ if properties.anchor.is_some() || !properties.tag.is_empty() => {
                self.pop_state();
                let implicit = properties.tag.is_empty();
                let text = ScalarText {
                    value: String::new(),
                    implicit,
                    style: Style::Plain,
                };
                Ok(event(EventKind::Scalar(properties, text), start, end))
            }
            _ => {
                let (_, mark, _) = self.peek()?;
                Err(Failure::parser(
                    "did not find expected node content",
                    mark,
                    start,
                ))
            }
        }
    }

    fn full_tag(
        &self,
        handle: &str,
        suffix: String,
        start: Mark,
        mark: Mark,
    ) -> Result<String, Failure> {
        if handle.is_empty() {
            return Ok(suffix);
        }
        match self
            .tag_directives
            .get(handle)
            .map(|prefix| format!("{prefix}{suffix}"))
        {
            Some(tag) if !tag.is_empty() => Ok(tag),
            _ => Err(Failure::parser("found undefined tag handle", mark, start)),
        }
    }
}

fn event(kind: EventKind, start: Mark, end: Mark) -> Event {
    Event { kind, start, end }
}

/// Nothing where a node may be left out.
fn empty_scalar(mark: Mark) -> Event {
    let text = ScalarText {
        value: String::new(),
        implicit: true,
        style: Style::Plain,
    };
    event(EventKind::Scalar(Properties::default(), text), mark, mark)
}

fn scalar(properties: Properties, token: Token, start: Mark) -> Event {
    let (value, style) = match token.data {
        Data::Scalar(value, style) => (value, style),
        _ => (String::new(), Style::Plain),
    };
    let implicit = (properties.tag.is_empty() && style == Style::Plain) || properties.tag == "!";
    let text = ScalarText {
        value,
        implicit,
        style,
    };
    event(EventKind::Scalar(properties, text), start, token.end)
}

fn name(data: Data) -> String {
    match data {
        Data::Name(name) => name,
        _ => String::new(),
    }
}

fn past_the_end() -> Failure {
    let problem = "attempted to go past the end of stream; corrupted value?";
    Failure::decoder(problem.to_owned(), Mark::default())
}
