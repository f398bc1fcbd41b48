//! DER, written as encoding/asn1 does and read as golang.org/x/crypto/cryptobyte does: what it
//! refuses decides in which of Go's errors a certificate ends.

/// A universal type's tag.
pub(super) mod tag {
    pub(in super::super) const BOOLEAN: u8 = 0x01;
    pub(in super::super) const INTEGER: u8 = 0x02;
    pub(in super::super) const BIT_STRING: u8 = 0x03;
    pub(in super::super) const OCTET_STRING: u8 = 0x04;
    pub(in super::super) const NULL: u8 = 0x05;
    pub(in super::super) const OID: u8 = 0x06;
    pub(in super::super) const UTF8_STRING: u8 = 0x0c;
    pub(in super::super) const PRINTABLE_STRING: u8 = 0x13;
    pub(in super::super) const IA5_STRING: u8 = 0x16;
    pub(in super::super) const UTC_TIME: u8 = 0x17;
    pub(in super::super) const GENERALIZED_TIME: u8 = 0x18;
    pub(in super::super) const SEQUENCE: u8 = 0x30;
    pub(in super::super) const SET: u8 = 0x31;

    /// The context's tag of that number, for plain contents.
    pub(in super::super) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// The context's tag of that number, around others.
    pub(in super::super) const fn around(number: u8) -> u8 {
        0xa0 | number
    }
}

/// One element: tag, length, contents.
pub(super) fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(contents.len()) {
        Ok(length) if length < 0x80 => out.push(length),
        _ => {
            let bytes = contents.len().to_be_bytes();
            let bytes = without_zeros(&bytes);
            out.push(0x80 | u8::try_from(bytes.len()).unwrap_or_default());
            out.extend_from_slice(bytes);
        }
    }
    out.extend_from_slice(contents);
    out
}

/// A sequence of encoded elements.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(tag::SEQUENCE, &parts.concat())
}

/// A number that is not negative, in big-endian bytes.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let bytes = without_zeros(bytes);
    match bytes.first() {
        Some(0..0x80) => element(tag::INTEGER, bytes),
        _ => element(tag::INTEGER, &[&[0], bytes].concat()),
    }
}

/// Whole bytes as a string of bits.
pub(super) fn bit_string(bytes: &[u8]) -> Vec<u8> {
    element(tag::BIT_STRING, &[&[0], bytes].concat())
}

pub(super) fn octet_string(bytes: &[u8]) -> Vec<u8> {
    element(tag::OCTET_STRING, bytes)
}

/// An object identifier, given as its encoded contents.
pub(super) fn oid(contents: &[u8]) -> Vec<u8> {
    element(tag::OID, contents)
}

/// Big-endian bytes without leading zeros.
pub(super) fn without_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    &bytes[zeros..]
}

/// What is left to read. Each method reads one element, or is None where it is not there or not
/// well-formed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

/// An element as read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    /// With tag and length.
    pub(super) whole: &'a [u8],
    pub(super) contents: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an element of that tag is next.
    pub(super) fn peek(&self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// Any element.
    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let &[tag, first, ..] = self.0 else {
            return None;
        };
        // Tags of several bytes are not DER that X.509 uses.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (header, length) = if first < 0x80 {
            (2, usize::from(first))
        } else {
            let count = usize::from(first & 0x7f);
            if count == 0 || count > 4 {
                return None;
            }
            let bytes = self.0.get(2..2 + count)?;
            let length = bytes
                .iter()
                .fold(0_usize, |length, &byte| length << 8 | usize::from(byte));
            // The shortest form only.
            if length < 0x80 || bytes.first() == Some(&0) {
                return None;
            }
            (2 + count, length)
        };
        let whole = self.0.get(..header.checked_add(length)?)?;
        self.0 = &self.0[whole.len()..];
        Some(Element {
            tag,
            whole,
            contents: &whole[header..],
        })
    }

    /// The contents of an element of that tag.
    pub(super) fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        Some(self.any().filter(|element| element.tag == tag)?.contents)
    }

    /// An element of that tag, with tag and length.
    pub(super) fn whole(&mut self, tag: u8) -> Option<&'a [u8]> {
        Some(self.any().filter(|element| element.tag == tag)?.whole)
    }

    /// What is in an element of that tag.
    pub(super) fn enter(&mut self, tag: u8) -> Option<Self> {
        self.read(tag).map(Reader)
    }

    /// What is in an element of that tag, if it is next.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<Self>> {
        if self.peek(tag) {
            self.enter(tag).map(Some)
        } else {
            Some(None)
        }
    }

    /// The bytes of a number of any size, two's complement.
    pub(super) fn integer(&mut self) -> Option<&'a [u8]> {
        let bytes = self.read(tag::INTEGER)?;
        match bytes {
            [] | [0, 0..0x80, ..] | [0xff, 0x80..=0xff, ..] => None,
            _ => Some(bytes),
        }
    }

    /// A number that an `int64` can hold.
    pub(super) fn int64(&mut self) -> Option<i64> {
        let bytes = self.integer()?;
        let negative = bytes[0] >= 0x80;
        (bytes.len() <= 8).then(|| {
            bytes
                .iter()
                .fold(if negative { -1 } else { 0 }, |number, &byte| {
                    number << 8 | i64::from(byte)
                })
        })
    }

    /// A string of bits: its bytes, the unused bits at the end shifted out.
    pub(super) fn bit_string(&mut self) -> Option<Vec<u8>> {
        let (&unused, bytes) = self.read(tag::BIT_STRING)?.split_first()?;
        let last = bytes.last().copied().unwrap_or_default();
        if unused > 7 || bytes.is_empty() && unused != 0 || last & ((1 << unused) - 1) != 0 {
            return None;
        }
        let mut carry = 0;
        Some(
            bytes
                .iter()
                .map(|&byte| {
                    let shifted = u16::from(carry) << 8 | u16::from(byte);
                    carry = byte;
                    u8::try_from(shifted >> unused & 0xff).unwrap_or_default()
                })
                .collect(),
        )
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        match self.read(tag::BOOLEAN)? {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    /// The contents of an object identifier.
    pub(super) fn oid(&mut self) -> Option<&'a [u8]> {
        let bytes = self.read(tag::OID)?;
        let mut number: u32 = 0;
        let mut digits = 0;
        for &byte in bytes {
            if digits == 0 && byte == 0x80 || digits == 5 || number >= 1 << 24 {
                return None;
            }
            number = number << 7 | u32::from(byte & 0x7f);
            digits += 1;
            if byte < 0x80 {
                (number, digits) = (0, 0);
            }
        }
        (!bytes.is_empty() && digits == 0).then_some(bytes)
    }
}

/// An object identifier's contents in the usual notation.
pub(super) fn dotted(oid: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut number: u64 = 0;
    for &byte in oid {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            if parts.is_empty() {
                let first = (number / 40).min(2);
                parts.push(first.to_string());
                number -= first * 40;
            }
            parts.push(number.to_string());
            number = 0;
        }
    }
    parts.join(".")
}
