//! The stream, its documents and their directives.

use super::super::error::Failure;
use super::super::reader::Mark;
use super::super::token::{Data, Kind};
use super::{EventKind, Parsed, Parser, State, empty_scalar, event};

/// Handles that every document knows.
const DEFAULT_TAG_DIRECTIVES: [(&str, &str); 2] = [("!", "!"), ("!!", "tag:yaml.org,2002:")];

impl Parser<'_> {
    pub(super) fn parse_stream_start(&mut self) -> Parsed {
        let token = self.take()?;
        if token.kind != Kind::StreamStart {
            let problem = "did not find expected <stream-start>";
            return Err(Failure::parser(problem, token.start, Mark::default()));
        }
        self.state = State::ImplicitDocumentStart;
        Ok(event(EventKind::StreamStart, token.start, token.end))
    }

    pub(super) fn parse_document_start(&mut self, implicit: bool) -> Parsed {
        let (mut kind, mut start, mut end) = self.peek()?;
        if !implicit {
            while kind == Kind::DocumentEnd {
                self.take()?;
                (kind, start, end) = self.peek()?;
            }
        }
        let explicit = matches!(
            kind,
            Kind::VersionDirective | Kind::TagDirective | Kind::DocumentStart | Kind::StreamEnd
        );
        if implicit && !explicit {
            self.process_directives()?;
            self.states.push(State::DocumentEnd);
            self.state = State::BlockNode;
        } else if kind == Kind::StreamEnd {
            self.take()?;
            self.state = State::End;
            return Ok(event(EventKind::StreamEnd, start, end));
        } else {
            self.process_directives()?;
            let (kind, mark, token_end) = self.peek()?;
            if kind != Kind::DocumentStart {
                let problem = "did not find expected <document start>";
                return Err(Failure::parser(problem, mark, Mark::default()));
            }
            end = token_end;
            self.take()?;
            self.states.push(State::DocumentEnd);
            self.state = State::DocumentContent;
        }
        Ok(event(EventKind::DocumentStart, start, end))
    }

    pub(super) fn parse_document_content(&mut self) -> Parsed {
        let (kind, start, _) = self.peek()?;
        match kind {
            Kind::VersionDirective
            | Kind::TagDirective
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {
                self.pop_state();
                Ok(empty_scalar(start))
            }
            _ => self.parse_node(true, false),
        }
    }

    pub(super) fn parse_document_end(&mut self) -> Parsed {
        let (kind, start, mut end) = self.peek()?;
        if kind == Kind::DocumentEnd {
            self.take()?;
        } else {
            end = start;
        }
        self.tag_directives.clear();
        self.state = State::DocumentStart;
        Ok(event(EventKind::DocumentEnd, start, end))
    }

    fn process_directives(&mut self) -> Result<(), Failure> {
        let mut versioned = false;
        loop {
            let (kind, mark, _) = self.peek()?;
            if !matches!(kind, Kind::VersionDirective | Kind::TagDirective) {
                break;
            }
            let fail = |problem| Failure::parser(problem, mark, Mark::default());
            match self.take()?.data {
                Data::Version(..) if versioned => {
                    return Err(fail("found duplicate %YAML directive"));
                }
                Data::Version(1, 1) => versioned = true,
                Data::Tag(handle, prefix) => {
                    if self.tag_directives.insert(handle, prefix).is_some() {
                        return Err(fail("found duplicate %TAG directive"));
                    }
                }
                _ => return Err(fail("found incompatible YAML document")),
            }
        }
        for (handle, prefix) in DEFAULT_TAG_DIRECTIVES {
            self.tag_directives
                .entry(handle.to_owned())
                .or_insert_with(|| prefix.to_owned());
        }
        Ok(())
    }
}
