//! Conversions that Sprig's functions share: numbers from anything (spf13/cast v1.7.0), text from
//! anything (Sprig's `strval` and `strslice`), and equality as `reflect.DeepEqual` sees it.

use std::cmp::Ordering;

use super::{
    CallError,
    time::{Duration, Named},
};
use crate::value::{List, ListKind, Str, Value};

/// What Go says when code follows a nil pointer, as `reflect.TypeOf(nil).Kind()` does.
pub(super) const NIL_POINTER: &str =
    "runtime error: invalid memory address or nil pointer dereference";

/// What Go says when code asks for the type of no value at all.
pub(crate) const ZERO_VALUE: &str = "reflect: call of reflect.Value.Type on zero Value";

/// The error for a slice `[start:end]` (or `[:end]` where `start` is `None`) that does not fit.
pub(super) fn slice_bounds(start: Option<i64>, end: i64, len: usize) -> CallError {
    let text = match start {
        None if end < 0 => format!("[:{end}]"),
        None => format!("[:{end}] with length {len}"),
        Some(start) if start < 0 => format!("[{start}:]"),
        Some(start) => format!("[{start}:{end}]"),
    };
    CallError(format!("runtime error: slice bounds out of range {text}"))
}

/// Go's conversion of a `float64` to `int64` on amd64: what does not fit becomes the smallest.
pub(super) fn float_to_int(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
        number as i64
    } else {
        i64::MIN
    }
}

/// Go's conversion of an `int64` to `float64`.
pub(super) fn int_to_float(number: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "Go loses the same")]
    {
        number as f64
    }
}

/// `cast.ToInt64` and `cast.ToInt`: 0 for whatever is no number.
pub(super) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(number) | Value::Int64(number) => *number,
        Value::Uint64(number) => number.cast_signed(),
        Value::Uint8(number) => i64::from(*number),
        Value::Float(number) => float_to_int(*number),
        Value::Bool(flag) => i64::from(*flag),
        Value::String(text) => text
            .as_utf8()
            .and_then(|text| parse_int(trim_zero_decimal(text), 0))
            .unwrap_or(0),
        other => other.downcast::<Named>().map_or(0, Named::number),
    }
}

/// `cast.ToFloat64`: 0 for whatever is no number.
pub(super) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(number) | Value::Int64(number) => int_to_float(*number),
        #[expect(clippy::cast_precision_loss, reason = "Go loses the same")]
        Value::Uint64(number) => *number as f64,
        Value::Uint8(number) => f64::from(*number),
        Value::Float(number) => *number,
        Value::Bool(flag) => f64::from(u8::from(*flag)),
        Value::String(text) => text.as_utf8().and_then(parse_float).unwrap_or(0.0),
        other => other
            .downcast::<Named>()
            .map_or(0.0, |named| int_to_float(named.number())),
    }
}

/// `trimZeroDecimal` of spf13/cast: `5.00` is read as `5`, `5.01` stays.
fn trim_zero_decimal(text: &str) -> &str {
    match text.trim_end_matches('0') {
        cut if cut.len() < text.len() && cut.ends_with('.') => &cut[..cut.len() - 1],
        _ => text,
    }
}

/// `strconv.ParseInt(text, base, 64)`, without its errors. Base 0 reads Go's prefixes and `_`.
pub(super) fn parse_int(text: &str, base: u32) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits) = if base == 0 {
        split_prefix(digits)?
    } else {
        (base, digits.to_owned())
    };
    if digits.is_empty() || !digits.bytes().all(|digit| (digit as char).is_digit(base)) {
        return None;
    }
    let magnitude = u64::from_str_radix(&digits, base).ok()?;
    if negative {
        if magnitude > 1 << 63 {
            None
        } else {
            Some(magnitude.wrapping_neg().cast_signed())
        }
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// Decimal text; `strconv.ParseInt` gives the nearest number even where it fails for the range.
pub(super) fn saturating_int(text: &str) -> i64 {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match parse_int(text, 10) {
        Some(value) => value,
        None if number && text.starts_with('-') => i64::MIN,
        None if number => i64::MAX,
        None => 0,
    }
}

/// The base that a prefix names, and the digits after it without `_`.
fn split_prefix(digits: &str) -> Option<(u32, String)> {
    let prefix = digits.get(..2).map(str::to_ascii_lowercase);
    let (base, rest, prefixed) = match prefix.as_deref() {
        Some("0x") => (16, &digits[2..], true),
        Some("0o") => (8, &digits[2..], true),
        Some("0b") => (2, &digits[2..], true),
        _ if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..], true),
        _ => (10, digits, false),
    };
    if !underscores_fit(rest, prefixed) {
        return None;
    }
    Some((base, rest.replace('_', "")))
}

/// Whether each `_` stands between digits (or between a prefix and a digit).
fn underscores_fit(digits: &str, prefixed: bool) -> bool {
    let mut last_is_digit = prefixed;
    for byte in digits.bytes() {
        if byte == b'_' {
            if !last_is_digit {
                return false;
            }
            last_is_digit = false;
        } else {
            last_is_digit = true;
        }
    }
    last_is_digit || digits.is_empty()
}

/// `strconv.ParseFloat(text, 64)`, `None` for its errors.
pub(super) fn parse_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Infinity may have a sign, what is not a number may not.
    if unsigned.len() < text.len() && unsigned.eq_ignore_ascii_case("nan") {
        return None;
    }
    if let Some((prefix, digits)) = unsigned.split_at_checked(2)
        && prefix.eq_ignore_ascii_case("0x")
        && !digits.is_empty()
    {
        let number = parse_hex_float(digits)?;
        return Some(if text.starts_with('-') {
            -number
        } else {
            number
        });
    }
    let number: f64 = if text.contains('_') {
        let mantissa = unsigned.split(['e', 'E']).next()?;
        if !mantissa.split('.').all(|part| underscores_fit(part, false)) {
            return None;
        }
        text.replace('_', "").parse().ok()?
    } else {
        text.parse().ok()?
    };
    let named = unsigned.starts_with(['i', 'I', 'n', 'N']);
    if number.is_infinite() && !named {
        None
    } else {
        Some(number)
    }
}

/// Hexadecimal floating point, `1.8p3`; Go wants the exponent.
fn parse_hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut number = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        number = number * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    Some(number * 2.0_f64.powi(exponent.checked_sub(shift)?))
}

/// Sprig's `strval`: bytes as text, everything else as `%v`.
pub(super) fn strval(value: &Value) -> Str {
    match value {
        Value::List(list) if list.kind() == ListKind::Byte => Str::from(bytes(list)),
        other => other.to_str(),
    }
}

/// The bytes of a `[]uint8`.
pub(super) fn bytes(list: &List) -> Vec<u8> {
    list.iter()
        .map(|item| match item {
            Value::Uint8(byte) => *byte,
            _ => 0,
        })
        .collect()
}

/// Sprig's `strslice`: the texts of a list without its nils, of nothing, or of one value.
pub(super) fn strslice(value: &Value) -> Vec<Str> {
    match value.items() {
        Some(list) => list
            .iter()
            .filter(|item| !item.is_nil())
            .map(strval)
            .collect(),
        None if value.is_nil() => Vec::new(),
        None => vec![strval(value)],
    }
}

/// Deeper containers count as equal: Go stops at pairs it has met before.
const MAX_DEPTH: usize = 1_000;

/// `reflect.DeepEqual`: same Go type, same content.
pub(super) fn deep_equal(a: &Value, b: &Value) -> bool {
    equal(a, b, 0)
}

fn equal(a: &Value, b: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) | (Value::Int64(a), Value::Int64(b)) => a == b,
        (Value::Uint64(a), Value::Uint64(b)) => a == b,
        (Value::Uint8(a), Value::Uint8(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b) == Some(Ordering::Equal),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.kind() == b.kind()
                && a.is_nil() == b.is_nil()
                && a.len() == b.len()
                && (a.address() == b.address()
                    || a.iter().zip(b.iter()).all(|(a, b)| equal(a, b, depth + 1)))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.kind() == b.kind()
                && a.len() == b.len()
                && (a.is(b)
                    || a.entries()
                        .iter()
                        .zip(b.entries())
                        .all(|((a_key, a), (b_key, b))| *a_key == b_key && equal(a, &b, depth + 1)))
        }
        (Value::Object(a), Value::Object(b)) => {
            std::rc::Rc::ptr_eq(a, b) || (a.go_type() == b.go_type() && a.print() == b.print())
        }
        _ => false,
    }
}

/// The number behind a value whose Go kind is an unsigned integer.
pub(super) fn unsigned(value: &Value) -> Option<u64> {
    match value {
        Value::Uint64(number) => Some(*number),
        Value::Uint8(number) => Some(u64::from(*number)),
        _ => None,
    }
}

/// The number behind a value whose Go kind is a signed integer, named types too.
pub(super) fn signed(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Int64(number) => Some(*number),
        other => match other.downcast::<Named>() {
            Some(named) => Some(named.number()),
            None => other.downcast::<Duration>().map(|duration| duration.0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{deep_equal, parse_float, parse_int, to_float, to_int};
    use crate::value::Value;

    #[test]
    fn integers_are_read_as_cast_reads_them() {
        for (text, want) in [
            ("5", 5),
            ("5.00", 5),
            ("5.01", 0),
            ("-7", -7),
            ("0x1f", 31),
            ("010", 8),
            ("08", 0),
            ("0b11", 3),
            ("1_000", 1000),
            ("_1", 0),
            (" 1", 0),
            ("", 0),
            ("9223372036854775808", 0),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(to_int(&Value::str(text)), want, "{text}");
        }
        assert_eq!(to_int(&Value::Float(-1.9)), -1);
        assert_eq!(to_int(&Value::Float(1e300)), i64::MIN);
        assert_eq!(to_int(&Value::Bool(true)), 1);
        assert_eq!(parse_int("77", 8), Some(63));
    }

    #[test]
    fn floats_are_read_as_strconv_reads_them() {
        for (text, want) in [
            ("1.5", 1.5),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("0x1p4", 16.0),
            ("x", 0.0),
            ("1e999", 0.0),
        ] {
            assert!(
                (to_float(&Value::str(text)) - want).abs() < f64::EPSILON,
                "{text}"
            );
        }
        assert!(parse_float("inf").is_some_and(f64::is_infinite));
    }

    #[test]
    fn deep_equality_knows_types() {
        assert!(!deep_equal(&Value::Int(1), &Value::Int64(1)));
        assert!(deep_equal(
            &Value::list(vec![Value::Nil]),
            &Value::list(vec![Value::Nil])
        ));
        assert!(!deep_equal(
            &Value::list(vec![]),
            &Value::strings(Vec::<String>::new())
        ));
    }
}
