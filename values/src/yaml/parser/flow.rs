//! Flow sequences and mappings.

use super::super::token::Kind;
use super::{EventKind, Parsed, Parser, Properties, State, empty_scalar, event};

impl Parser<'_> {
    pub(super) fn parse_flow_sequence_entry(&mut self, first: bool) -> Parsed {
        if first {
            let token = self.take()?;
            self.marks.push(token.start);
        }
        let (mut kind, mut start, mut end) = self.peek()?;
        if kind != Kind::FlowSequenceEnd {
            if !first {
                if kind != Kind::FlowEntry {
                    return Err(self.fail_in_collection("did not find expected ',' or ']'", start));
                }
                self.take()?;
                (kind, start, end) = self.peek()?;
            }
            if kind == Kind::Key {
                self.take()?;
                self.state = State::FlowSequenceEntryMappingKey;
                let properties = Properties::default();
                return Ok(event(EventKind::MappingStart(properties), start, end));
            }
            if kind != Kind::FlowSequenceEnd {
                self.states.push(State::FlowSequenceEntry);
                return self.parse_node(false, false);
            }
        }
        self.take()?;
        self.pop_state();
        self.marks.pop();
        Ok(event(EventKind::SequenceEnd, start, end))
    }

    pub(super) fn parse_flow_sequence_entry_mapping_key(&mut self) -> Parsed {
        let (kind, _, end) = self.peek()?;
        if !matches!(kind, Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd) {
            self.states.push(State::FlowSequenceEntryMappingValue);
            return self.parse_node(false, false);
        }
        // The token is dropped, whatever it is, as in go-yaml and in libyaml.
        self.take()?;
        self.state = State::FlowSequenceEntryMappingValue;
        Ok(empty_scalar(end))
    }

    pub(super) fn parse_flow_sequence_entry_mapping_value(&mut self) -> Parsed {
        let (kind, start, _) = self.peek()?;
        if kind == Kind::Value {
            self.take()?;
            let (kind, ..) = self.peek()?;
            if !matches!(kind, Kind::FlowEntry | Kind::FlowSequenceEnd) {
                self.states.push(State::FlowSequenceEntryMappingEnd);
                return self.parse_node(false, false);
            }
        }
        self.state = State::FlowSequenceEntryMappingEnd;
        Ok(empty_scalar(start))
    }

    pub(super) fn parse_flow_sequence_entry_mapping_end(&mut self) -> Parsed {
        let (_, start, _) = self.peek()?;
        self.state = State::FlowSequenceEntry;
        Ok(event(EventKind::MappingEnd, start, start))
    }

    pub(super) fn parse_flow_mapping_key(&mut self, first: bool) -> Parsed {
        if first {
            let token = self.take()?;
            self.marks.push(token.start);
        }
        let (mut kind, mut start, mut end) = self.peek()?;
        if kind != Kind::FlowMappingEnd {
            if !first {
                if kind != Kind::FlowEntry {
                    return Err(self.fail_in_collection("did not find expected ',' or '}'", start));
                }
                self.take()?;
                (kind, start, end) = self.peek()?;
            }
            if kind == Kind::Key {
                self.take()?;
                let (kind, start, _) = self.peek()?;
                if matches!(kind, Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd) {
                    self.state = State::FlowMappingValue;
                    return Ok(empty_scalar(start));
                }
                self.states.push(State::FlowMappingValue);
                return self.parse_node(false, false);
            }
            if kind != Kind::FlowMappingEnd {
                self.states.push(State::FlowMappingEmptyValue);
                return self.parse_node(false, false);
            }
        }
        self.take()?;
        self.pop_state();
        self.marks.pop();
        Ok(event(EventKind::MappingEnd, start, end))
    }

    pub(super) fn parse_flow_mapping_value(&mut self, empty: bool) -> Parsed {
        let (kind, mut start, _) = self.peek()?;
        if !empty && kind == Kind::Value {
            self.take()?;
            let (kind, next, _) = self.peek()?;
            if !matches!(kind, Kind::FlowEntry | Kind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.parse_node(false, false);
            }
            start = next;
        }
        self.state = State::FlowMappingKey;
        Ok(empty_scalar(start))
    }
}
