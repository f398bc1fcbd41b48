//! The characters of a YAML text, handed to the scanner in the portions in which go-yaml v2.4.4
//! (readerc.go) buffers them.
//!
//! The portions matter: go-yaml refuses a control character when it loads the 512 bytes around
//! it, before it reports any other mistake in them.

use super::error::Failure;

/// A place in the text. All counts start at 0; columns are characters, not bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Characters before it.
    pub(super) index: usize,
    /// Line breaks before it.
    pub(super) line: usize,
    /// Characters before it on its line.
    pub(super) column: usize,
    /// Bytes before it.
    pub(super) byte: usize,
}

/// Bytes that go-yaml loads at once.
const PORTION: usize = 512;

/// The text and the place reached in it.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// The next byte to scan.
    pos: usize,
    /// Characters that are checked but not scanned yet.
    unread: usize,
    /// Where go-yaml's buffer starts; only its flawed look for a byte order mark needs it.
    buffer_start: usize,
    /// The portion that is loaded: what starts at `decoded` is not checked yet.
    raw_start: usize,
    raw_end: usize,
    decoded: usize,
    eof: bool,
    started: bool,
    mark: Mark,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // As go-yaml's newParser: nothing at all reads as one empty line.
        let text = if text.is_empty() { "\n" } else { text };
        Self {
            bytes: text.as_bytes(),
            pos: 0,
            unread: 0,
            buffer_start: 0,
            raw_start: 0,
            raw_end: 0,
            decoded: 0,
            eof: false,
            started: false,
            mark: Mark::default(),
        }
    }

    /// The place of the next character.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            byte: self.pos,
            ..self.mark
        }
    }

    pub(super) fn column(&self) -> usize {
        self.mark.column
    }

    /// At the end of the text go-yaml counts one more line if the last one is not closed.
    pub(super) fn close_line(&mut self) {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
    }

    /// Makes `length` characters available (fewer, at the end of the text).
    pub(super) fn need(&mut self, length: usize) -> Result<(), Failure> {
        if self.unread >= length {
            return Ok(());
        }
        if !self.started {
            self.started = true;
            while !self.eof && self.raw_end - self.decoded < 3 {
                self.load();
            }
            if self.bytes.starts_with(b"\xef\xbb\xbf") {
                self.decoded = 3;
                self.pos = 3;
            }
        }
        self.buffer_start = self.pos;
        let mut first = true;
        while self.unread < length {
            if !first || self.decoded == self.raw_end {
                self.load();
            }
            first = false;
            self.decode()?;
            if self.eof {
                self.unread += 1;
                break;
            }
        }
        Ok(())
    }

    /// Checks the characters of the loaded portion.
    fn decode(&mut self) -> Result<(), Failure> {
        while self.decoded < self.raw_end {
            let first = self.bytes[self.decoded];
            let length = width(first);
            if length > self.raw_end - self.decoded {
                break;
            }
            if !is_allowed(&self.bytes[self.decoded..self.decoded + length]) {
                let mut mark = self.mark();
                mark.byte = self.decoded;
                return Err(Failure::reader("control characters are not allowed", mark));
            }
            self.decoded += length;
            self.unread += 1;
        }
        Ok(())
    }

    fn load(&mut self) {
        let full = self.decoded == self.raw_start && self.raw_end - self.raw_start == PORTION;
        if full || self.eof {
            return;
        }
        self.raw_start = self.decoded;
        if self.raw_end == self.bytes.len() {
            self.eof = true;
        } else {
            self.raw_end = self.bytes.len().min(self.raw_start + PORTION);
        }
    }

    /// The byte `ahead` of the place reached, NUL beyond the end.
    pub(super) fn at(&self, ahead: usize) -> u8 {
        self.bytes.get(self.pos + ahead).copied().unwrap_or(0)
    }

    /// Steps over one character.
    pub(super) fn skip(&mut self) {
        self.mark.index += 1;
        self.mark.column += 1;
        self.unread = self.unread.saturating_sub(1);
        self.pos += width(self.at(0)).max(1);
    }

    /// Steps over one line break, if there is one.
    pub(super) fn skip_line(&mut self) {
        if self.at(0) == b'\r' && self.at(1) == b'\n' {
            self.mark.index += 1;
            self.unread = self.unread.saturating_sub(1);
            self.pos += 1;
            self.advance_line(1);
        } else if self.is_break(0) {
            self.advance_line(width(self.at(0)).max(1));
        }
    }

    fn advance_line(&mut self, bytes: usize) {
        self.mark.index += 1;
        self.mark.column = 0;
        self.mark.line += 1;
        self.unread = self.unread.saturating_sub(1);
        self.pos += bytes;
    }

    /// Copies one character and steps over it.
    pub(super) fn read(&mut self, out: &mut Vec<u8>) {
        let length = width(self.at(0)).max(1);
        out.extend_from_slice(
            self.bytes
                .get(self.pos..self.pos + length)
                .unwrap_or_default(),
        );
        self.skip();
    }

    /// Copies one line break (as a line feed, but U+2028 and U+2029 as they are).
    pub(super) fn read_line(&mut self, out: &mut Vec<u8>) {
        match (self.at(0), self.at(1), self.at(2)) {
            (b'\r', b'\n', _) | (b'\r' | b'\n', ..) | (0xC2, 0x85, _) => out.push(b'\n'),
            (0xE2, 0x80, last @ (0xA8 | 0xA9)) => out.extend_from_slice(&[0xE2, 0x80, last]),
            _ => return,
        }
        self.skip_line();
    }

    /// Whether go-yaml takes the place for a byte order mark. It looks at the start of its
    /// buffer rather than at the place.
    pub(super) fn is_bom(&self) -> bool {
        self.bytes
            .get(self.buffer_start..)
            .is_some_and(|rest| rest.starts_with(b"\xef\xbb\xbf"))
    }

    pub(super) fn is_end(&self) -> bool {
        self.at(0) == 0
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.at(ahead), b' ' | b'\t')
    }

    pub(super) fn is_break(&self, ahead: usize) -> bool {
        match self.at(ahead) {
            b'\r' | b'\n' => true,
            0xC2 => self.at(ahead + 1) == 0x85,
            0xE2 => self.at(ahead + 1) == 0x80 && matches!(self.at(ahead + 2), 0xA8 | 0xA9),
            _ => false,
        }
    }

    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.at(ahead) == 0 || self.is_break(ahead)
    }

    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// A letter, a digit, `_` or `-`.
    pub(super) fn is_alpha(&self) -> bool {
        let byte = self.at(0);
        byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
    }

    /// `---` or `...` at the start of a line, followed by a blank.
    pub(super) fn is_document_indicator(&self) -> bool {
        self.mark.column == 0
            && matches!(
                (self.at(0), self.at(1), self.at(2)),
                (b'-', b'-', b'-') | (b'.', b'.', b'.')
            )
            && self.is_blank_or_end(3)
    }
}

/// The bytes of the character that starts with `byte`; 0 if none does.
pub(super) fn width(byte: u8) -> usize {
    match byte {
        0x00..=0x7F => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 0,
    }
}

/// Whether YAML admits the character (its bytes given).
fn is_allowed(bytes: &[u8]) -> bool {
    match bytes {
        [byte] => matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E),
        [0xC2, byte] => *byte == 0x85 || *byte >= 0xA0,
        [0xEF, 0xBF, byte] => *byte <= 0xBD,
        _ => true,
    }
}
