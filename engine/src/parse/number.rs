//! Number constants (follows node.go, `newNumber`).

use super::{Number, unquote::unquote_char};

/// Reads a number constant; the error is the message of Go's parser.
pub(super) fn number(text: &str) -> Result<Number, String> {
    if let Some(without) = text.strip_suffix('i')
        && float(without).is_some()
    {
        return Ok(Number {
            is_complex: true,
            ..Number::default()
        });
    }
    let mut number = Number {
        uint: unsigned(text),
        int: signed(text),
        ..Number::default()
    };
    if number.int == Some(0) {
        number.uint = Some(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "Go converts the same way")]
    if let Some(int) = number.int {
        number.float = Some(int as f64);
    } else if let Some(uint) = number.uint {
        number.float = Some(uint as f64);
    } else if let Some(value) = float(text) {
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", values::go::quote(text)));
        }
        number.float = Some(value);
        #[expect(clippy::cast_possible_truncation, reason = "checked by the way back")]
        let int = value as i64;
        if int as f64 == value && int != i64::MAX {
            number.int = Some(int);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as above"
        )]
        let uint = value as u64;
        if uint as f64 == value && value >= 0.0 && uint != u64::MAX {
            number.uint = Some(uint);
        }
    }
    if number.float.is_none() {
        return Err(format!(
            "illegal number syntax: {}",
            values::go::quote(text)
        ));
    }
    let is_hex_int = text.len() > 2
        && (text.starts_with("0x") || text.starts_with("0X"))
        && !text.contains(['p', 'P']);
    number.reads_as_float = !is_hex_int && text.contains(['.', 'e', 'E', 'p', 'P']);
    Ok(number)
}

/// Reads a character constant, quotes included.
pub(super) fn character(text: &[u8]) -> Result<Number, String> {
    let (code, rest) =
        unquote_char(&text[1..], b'\'', &mut Vec::new()).map_err(|error| error.to_string())?;
    if rest != b"'" {
        return Err(format!(
            "malformed character constant: {}",
            String::from_utf8_lossy(text)
        ));
    }
    Ok(Number {
        int: Some(i64::from(code)),
        uint: Some(u64::from(code)),
        float: Some(f64::from(code)),
        ..Number::default()
    })
}

fn unsigned(text: &str) -> Option<u64> {
    let (radix, digits) = radix(text)?;
    u64::from_str_radix(&digits, radix).ok()
}

fn signed(text: &str) -> Option<i64> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = unsigned(rest)?;
    if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// The radix that a prefix names, and the digits without underscores (Go's base 0).
fn radix(text: &str) -> Option<(u32, String)> {
    if !underscores_ok(text) || text.starts_with(['+', '-']) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (radix, digits) = if let Some(digits) = lower.strip_prefix("0x") {
        (16, digits)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (8, digits)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (2, digits)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, lower.as_str())
    };
    let digits = digits.replace('_', "");
    if digits.is_empty() {
        None
    } else {
        Some((radix, digits))
    }
}

/// Underscores may stand between digits, and between a base prefix and a digit (Go's
/// `underscoreOK`).
fn underscores_ok(text: &str) -> bool {
    #[derive(PartialEq)]
    enum Last {
        Start,
        Digit,
        Underscore,
        Other,
    }
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let prefixed = ["0b", "0B", "0o", "0O", "0x", "0X"]
        .iter()
        .any(|one| text.starts_with(one));
    let is_hex = text.starts_with("0x") || text.starts_with("0X");
    let (mut last, rest) = if prefixed {
        (Last::Digit, &text[2..])
    } else {
        (Last::Start, text)
    };
    for c in rest.chars() {
        last = match c {
            _ if c.is_ascii_digit() || is_hex && c.is_ascii_hexdigit() => Last::Digit,
            '_' if last == Last::Digit => Last::Underscore,
            '_' => return false,
            _ if last == Last::Underscore => return false,
            _ => Last::Other,
        };
    }
    last != Last::Underscore
}

fn float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let unsigned = lower.trim_start_matches(['+', '-']);
    if let Some(hex) = unsigned.strip_prefix("0x") {
        let magnitude = hex_float(hex)?;
        return Some(if lower.starts_with('-') {
            -magnitude
        } else {
            magnitude
        });
    }
    // Underscores are for numbers with a base prefix only.
    if lower.contains('_') || !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    lower.parse().ok().filter(|value: &f64| value.is_finite())
}

/// `1.8p3`, the part behind `0x`; the exponent is not optional.
fn hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let shift = i32::try_from(fraction.len()).ok()?.checked_mul(4)?;
    Some(value * 2_f64.powi(exponent.parse::<i32>().ok()?.checked_sub(shift)?))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn reads_numbers_as_go_does() {
        for (text, int, float) in [
            ("1", Some(1), Some(1.0)),
            ("-1", Some(-1), Some(-1.0)),
            ("0x10", Some(16), Some(16.0)),
            ("010", Some(8), Some(8.0)),
            ("0b11", Some(3), Some(3.0)),
            ("1_000", Some(1000), Some(1000.0)),
            ("0x1_0", Some(16), Some(16.0)),
            ("1__0", None, None),
            ("_1", None, None),
            ("1.5", None, Some(1.5)),
            ("1e3", Some(1000), Some(1000.0)),
            (".5", None, Some(0.5)),
            ("0x1p4", Some(16), Some(16.0)),
        ] {
            let found = number(text).unwrap_or_default();
            assert_eq!((found.int, found.float), (int, float), "{text}");
        }
    }
}
