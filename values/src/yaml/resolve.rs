//! Which type a scalar is of: YAML 1.1's rules as go-yaml v2.4.4 (resolve.go) has them.

use std::borrow::Cow;

use super::timestamp::is_timestamp;

/// What a scalar without quotes is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    /// Beyond `i64`.
    Uint(u64),
    Float(f64),
    /// Go keeps it as text, but quotes text that looks like it.
    Timestamp,
    Text,
}

impl Resolved {
    /// The short tag, as messages name it.
    pub(super) fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::Uint(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Timestamp => "!!timestamp",
            Self::Text => "!!str",
        }
    }
}

/// Whether a scalar without quotes is text at first sight, as most are: it begins with a letter, and
/// not as one of the words that are no text.
#[inline]
pub(super) fn is_surely_text(text: &str) -> bool {
    match text.as_bytes() {
        [first, second, ..] if first.is_ascii_alphabetic() => {
            text.len() > LONGEST_NAME
                || !matches!(
                    &[first | 0x20, second | 0x20],
                    b"ye" | b"tr" | b"on" | b"no" | b"fa" | b"of" | b"nu"
                )
        }
        _ => false,
    }
}

/// Resolves a scalar without a tag (or, if `timestamps` is off, one with another than
/// `!!timestamp`).
pub(super) fn resolve(text: &str, timestamps: bool) -> Resolved {
    match text.as_bytes().first() {
        None => Resolved::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            named(text).unwrap_or(Resolved::Text)
        }
        Some(b'.') => named(text)
            .or_else(|| dotted_float(text).map(Resolved::Float))
            .unwrap_or(Resolved::Text),
        Some(b'+' | b'-' | b'0'..=b'9') => named(text).unwrap_or_else(|| {
            if timestamps && is_timestamp(text) {
                return Resolved::Timestamp;
            }
            number(text).unwrap_or(Resolved::Text)
        }),
        _ => Resolved::Text,
    }
}

/// Bytes of the longest word that is no text.
const LONGEST_NAME: usize = "false".len();

/// The words that are no text.
fn named(text: &str) -> Option<Resolved> {
    if text.len() > LONGEST_NAME {
        return None;
    }
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Resolved::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

/// A float that starts with a dot. Here Go's own reading decides, which admits `_` only between
/// digits.
fn dotted_float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let bars_fit =
        (1..bytes.len()).all(|at| bytes[at] != b'_' || (is_digit(at - 1) && is_digit(at + 1)));
    if bars_fit {
        style_float(&text.replace('_', ""))
    } else {
        None
    }
}

/// An integer or a float.
fn number(text: &str) -> Option<Resolved> {
    if let Some(integer) = few_digits(text) {
        return Some(Resolved::Int(integer));
    }
    // Quantities and dates only begin like numbers: `100m`, `2Gi`.
    if !text.bytes().all(is_of_numbers) {
        return None;
    }
    let plain = if text.contains('_') {
        Cow::Owned(text.replace('_', ""))
    } else {
        Cow::Borrowed(text)
    };
    if let Some(integer) = parse_int(&plain) {
        return Some(integer);
    }
    if let Some(float) = style_float(&plain) {
        return Some(Resolved::Float(float));
    }
    // What Go's reading of 0b… leaves over: a sign behind the prefix.
    if let Some(rest) = plain.strip_prefix("0b") {
        return digits(rest, 2, true);
    }
    plain
        .strip_prefix("-0b")
        .and_then(|rest| digits(&format!("-{rest}"), 2, true))
}

/// Whether the byte stands in any number: digits of all bases with their prefixes and bars, signs,
/// points, exponents.
fn is_of_numbers(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
        || matches!(byte, b'_' | b'+' | b'-' | b'.' | b'x' | b'X' | b'o' | b'O')
}

/// The commonest number: decimal digits, not more than surely fit.
fn few_digits(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let is_decimal = (1..=18).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_digit)
        && (bytes.len() == 1 || bytes.first() != Some(&b'0'));
    if !is_decimal {
        return None;
    }
    let digits = bytes.iter().map(|byte| i64::from(byte - b'0'));
    Some(digits.fold(0, |number, digit| number * 10 + digit))
}

/// Go's `ParseInt(…, 0, 64)`, then `ParseUint`: the prefix tells the base.
fn parse_int(text: &str) -> Option<Resolved> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' | b'-' => text.split_at(1),
        _ => ("", text),
    };
    let lower = |index: usize| rest.as_bytes().get(index).map(u8::to_ascii_lowercase);
    let (body, base) = match (lower(0), lower(1)) {
        (Some(b'0'), Some(b'x')) if rest.len() > 2 => (&rest[2..], 16),
        (Some(b'0'), Some(b'b')) if rest.len() > 2 => (&rest[2..], 2),
        (Some(b'0'), Some(b'o')) if rest.len() > 2 => (&rest[2..], 8),
        (Some(b'0'), Some(_)) => (&rest[1..], 8),
        _ => (rest, 10),
    };
    if body.starts_with(['+', '-']) {
        return None;
    }
    if sign.len() + body.len() == text.len() {
        return digits(text, base, sign.is_empty());
    }
    digits(&format!("{sign}{body}"), base, sign.is_empty())
}

fn digits(text: &str, base: u32, unsigned: bool) -> Option<Resolved> {
    if let Ok(integer) = i64::from_str_radix(text, base) {
        return Some(Resolved::Int(integer));
    }
    if !unsigned || text.starts_with('+') {
        return None;
    }
    u64::from_str_radix(text, base).ok().map(Resolved::Uint)
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`, within the range of a `float64`.
fn style_float(text: &str) -> Option<f64> {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits =
        all_digits(whole) && all_digits(fraction) && (!whole.is_empty() || !fraction.is_empty());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && all_digits(exponent)
    });
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

/// A number of base 60, as YAML 1.1 has them. go-yaml reads them as text, but quotes them:
/// `^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$`.
pub(super) fn is_base60_float(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !body.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let Some((head, tail)) = body.split_once(':') else {
        return false;
    };
    let digits_or_bars = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    let (places, fraction) = tail.split_once('.').unwrap_or((tail, ""));
    digits_or_bars(head)
        && digits_or_bars(fraction)
        && places.split(':').all(|place| match place.as_bytes() {
            [ones] => ones.is_ascii_digit(),
            [b'0'..=b'5', ones] => ones.is_ascii_digit(),
            _ => false,
        })
}
