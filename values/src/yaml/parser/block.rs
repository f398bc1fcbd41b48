//! Block sequences and mappings.

use super::super::token::Kind;
use super::{EventKind, Parsed, Parser, State, empty_scalar, event};

impl Parser<'_> {
    pub(super) fn parse_block_sequence_entry(&mut self, first: bool) -> Parsed {
        if first {
            let token = self.take()?;
            self.marks.push(token.start);
        }
        let (kind, start, end) = self.peek()?;
        match kind {
            Kind::BlockEntry => {
                self.take()?;
                let (kind, ..) = self.peek()?;
                if matches!(kind, Kind::BlockEntry | Kind::BlockEnd) {
                    self.state = State::BlockSequenceEntry;
                    return Ok(empty_scalar(end));
                }
                self.states.push(State::BlockSequenceEntry);
                self.parse_node(true, false)
            }
            Kind::BlockEnd => {
                self.take()?;
                self.pop_state();
                self.marks.pop();
                Ok(event(EventKind::SequenceEnd, start, end))
            }
            _ => Err(self.fail_in_collection("did not find expected '-' indicator", start)),
        }
    }

    pub(super) fn parse_indentless_sequence_entry(&mut self) -> Parsed {
        let (kind, start, end) = self.peek()?;
        if kind != Kind::BlockEntry {
            self.pop_state();
            return Ok(event(EventKind::SequenceEnd, start, start));
        }
        self.take()?;
        let (kind, ..) = self.peek()?;
        if matches!(
            kind,
            Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd
        ) {
            self.state = State::IndentlessSequenceEntry;
            return Ok(empty_scalar(end));
        }
        self.states.push(State::IndentlessSequenceEntry);
        self.parse_node(true, false)
    }

    pub(super) fn parse_block_mapping_key(&mut self, first: bool) -> Parsed {
        if first {
            let token = self.take()?;
            self.marks.push(token.start);
        }
        let (kind, start, end) = self.peek()?;
        match kind {
            Kind::Key => {
                self.take()?;
                let (kind, ..) = self.peek()?;
                if matches!(kind, Kind::Key | Kind::Value | Kind::BlockEnd) {
                    self.state = State::BlockMappingValue;
                    return Ok(empty_scalar(end));
                }
                self.states.push(State::BlockMappingValue);
                self.parse_node(true, true)
            }
            Kind::BlockEnd => {
                self.take()?;
                self.pop_state();
                self.marks.pop();
                Ok(event(EventKind::MappingEnd, start, end))
            }
            _ => Err(self.fail_in_collection("did not find expected key", start)),
        }
    }

    pub(super) fn parse_block_mapping_value(&mut self) -> Parsed {
        let (kind, start, end) = self.peek()?;
        if kind != Kind::Value {
            self.state = State::BlockMappingKey;
            return Ok(empty_scalar(start));
        }
        self.take()?;
        let (kind, ..) = self.peek()?;
        if matches!(kind, Kind::Key | Kind::Value | Kind::BlockEnd) {
            self.state = State::BlockMappingKey;
            return Ok(empty_scalar(end));
        }
        self.states.push(State::BlockMappingKey);
        self.parse_node(true, true)
    }
}
