//! Flags, padding, integers and hexadecimal text (fmt/format.go).

use super::quote::{self, quote_to, quote_to_ascii};

/// The flags of one verb.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are the flags of fmt")]
pub(super) struct Flags {
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    pub(super) minus: bool,
    pub(super) plus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v`.
    pub(super) plus_v: bool,
    /// `%#v`.
    pub(super) sharp_v: bool,
}

impl Flags {
    /// Text padded to the width; characters count, not bytes.
    pub(super) fn pad(&self, text: &[u8], out: &mut Vec<u8>) {
        let Some(width) = self.width else {
            return out.extend_from_slice(text);
        };
        let missing = width.saturating_sub(quote::char_count(text));
        // Zeros are padded to the left only.
        let filler = if self.zero && !self.minus { b'0' } else { b' ' };
        if !self.minus {
            out.resize(out.len() + missing, filler);
        }
        out.extend_from_slice(text);
        if self.minus {
            out.resize(out.len() + missing, filler);
        }
    }

    /// Text cut to the precision and padded.
    pub(super) fn pad_cut(&self, text: &[u8], out: &mut Vec<u8>) {
        self.pad(self.cut(text), out);
    }

    fn cut<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let Some(precision) = self.precision else {
            return text;
        };
        let mut end = 0;
        for _ in 0..precision {
            if end >= text.len() {
                return text;
            }
            end += crate::functions::strings::char_len(&text[end..]);
        }
        &text[..end]
    }

    pub(super) fn quoted(&self, text: &[u8], out: &mut Vec<u8>) {
        let text = self.cut(text);
        let mut quoted = Vec::new();
        if self.sharp && quote::can_backquote(text) {
            quoted.push(b'`');
            quoted.extend_from_slice(text);
            quoted.push(b'`');
        } else if self.plus {
            quote_to_ascii(text, &mut quoted);
        } else {
            quote_to(text, &mut quoted);
        }
        self.pad(&quoted, out);
    }

    /// The bytes of a text in hexadecimal.
    pub(super) fn hex(&self, text: &[u8], upper: bool, out: &mut Vec<u8>) {
        let text = &text[..self
            .precision
            .map_or(text.len(), |size| size.min(text.len()))];
        let prefix: &[u8] = if upper { b"0X" } else { b"0x" };
        let mut digits = Vec::with_capacity(text.len() * 2);
        for (index, byte) in text.iter().enumerate() {
            if self.space && index > 0 {
                digits.push(b' ');
            }
            if self.sharp && (self.space || index == 0) {
                digits.extend_from_slice(prefix);
            }
            let pair = if upper {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            };
            digits.extend_from_slice(pair.as_bytes());
        }
        self.pad(&digits, out);
    }

    /// `fmtInteger`.
    pub(super) fn integer(
        &self,
        magnitude: u64,
        negative: bool,
        base: u32,
        verb: char,
        out: &mut Vec<u8>,
    ) {
        if self.precision == Some(0) && magnitude == 0 {
            Self {
                zero: false,
                ..*self
            }
            .pad(b"", out);
            return;
        }
        let signed = negative || self.plus || self.space;
        let least = match (self.precision, self.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if self.zero && !self.minus => {
                width.saturating_sub(usize::from(signed))
            }
            _ => 0,
        };
        let digits = match base {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 if verb == 'X' => format!("{magnitude:X}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        };
        let digits = format!("{digits:0>least$}");
        let prefix = match base {
            2 if self.sharp => "0b",
            8 if self.sharp && !digits.starts_with('0') => "0",
            16 if self.sharp && verb == 'X' => "0X",
            16 if self.sharp => "0x",
            _ => "",
        };
        let octal = if verb == 'O' { "0o" } else { "" };
        let sign = if negative {
            "-"
        } else if self.plus {
            "+"
        } else if self.space {
            " "
        } else {
            ""
        };
        let text = format!("{sign}{octal}{prefix}{digits}");
        Self {
            zero: false,
            ..*self
        }
        .pad(text.as_bytes(), out);
    }

    /// `fmtUnicode`: `U+0041`, with `#` also `'A'`.
    pub(super) fn unicode(&self, number: u64) -> String {
        let least = self.precision.unwrap_or(4).max(4);
        let mut text = format!("U+{number:0least$X}");
        if self.sharp
            && let Some(c) = u32::try_from(number).ok().and_then(char::from_u32)
            && quote::is_print(c)
        {
            text.push_str(&format!(" '{c}'"));
        }
        text
    }
}
