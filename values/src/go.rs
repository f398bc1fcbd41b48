//! Go's way to print numbers and text: `fmt`'s `%v`, `encoding/json`, `strconv.Quote`.

pub(crate) mod unicode;

pub use unicode::is_letter;
use unicode::is_print;

use crate::Value;

/// A `float64` as `%v` prints it (`strconv.FormatFloat(number, 'g', -1, 64)`).
#[must_use]
pub fn format_float(number: f64) -> String {
    if let Some(whole) = whole(number, 1e6) {
        return whole.to_string();
    }
    match special(number) {
        Some(text) => text.to_owned(),
        None => shortest(&scientific(number)),
    }
}

/// Appends what [`format_float`] gives.
pub fn push_float(number: f64, out: &mut Vec<u8>) {
    use std::io::Write as _;
    // Writing to a Vec cannot fail.
    let _ = match whole(number, 1e6) {
        Some(whole) => write!(out, "{whole}"),
        None => out.write_all(format_float(number).as_bytes()),
    };
}

/// The integer that a number is, if it is one below `bound`: then Go prints no more than its digits.
pub(crate) fn whole(number: f64, bound: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the bound is below 2^53")]
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, reason = "it has come from a float64")]
    let is_whole = number.abs() < bound && whole as f64 == number;
    (is_whole && (whole != 0 || number.is_sign_positive())).then_some(whole)
}

/// A `float64` as `encoding/json` prints it. JSON has no NaN and no infinity (Go fails there);
/// they print as `%v` prints them.
#[must_use]
pub fn json_float(number: f64) -> String {
    if let Some(whole) = whole(number, 1e15) {
        return whole.to_string();
    }
    if let Some(text) = special(number) {
        return text.to_owned();
    }
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return positional(&scientific(number));
    }
    let text = exponential(&scientific(number));
    // Go cleans e-09 up to e-9.
    match text.rsplit_once("e-0") {
        Some((mantissa, digit)) => format!("{mantissa}e-{digit}"),
        None => text,
    }
}

/// A float as go-yaml prints it: as Go's `'g'`, but `.inf` and `.nan`.
#[must_use]
pub fn yaml_float(number: f64) -> String {
    if let Some(whole) = whole(number, 1e6) {
        return whole.to_string();
    }
    match special(number) {
        Some(text) => yaml_special(text).to_owned(),
        None => shortest(&scientific(number)),
    }
}

/// A `float64` with the digits of a `float32` (`strconv.FormatFloat(number, 'g', -1, 32)`): what
/// sigs.k8s.io/yaml makes of a number where the Go field wants text.
#[must_use]
pub fn format_float32(number: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "as Go's bit size 32 rounds"
    )]
    let narrow = number as f32;
    match special(f64::from(narrow)) {
        Some(text) => text.to_owned(),
        None => shortest(&format!("{narrow:e}")),
    }
}

/// A float that is a key, as sigs.k8s.io/yaml prints it.
pub(crate) fn yaml_float32(number: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "as Go's bit size 32 rounds"
    )]
    match special(f64::from(number as f32)) {
        Some(text) => yaml_special(text).to_owned(),
        None => format_float32(number),
    }
}

fn special(number: f64) -> Option<&'static str> {
    if number.is_nan() {
        Some("NaN")
    } else if number == f64::INFINITY {
        Some("+Inf")
    } else if number == f64::NEG_INFINITY {
        Some("-Inf")
    } else {
        None
    }
}

fn yaml_special(text: &str) -> &'static str {
    match text {
        "NaN" => ".nan",
        "+Inf" => ".inf",
        _ => "-.inf",
    }
}

/// The shortest digits that read back as the number, in Rust's `{:e}`.
///
/// Of two shortest texts that are equally near, Rust takes the upper and Go the one with the
/// even last digit, as rounding to that many digits does.
fn scientific(number: f64) -> String {
    let text = format!("{number:e}");
    let digits = text
        .bytes()
        .take_while(|byte| *byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    if digits < 15 {
        return text;
    }
    let rounded = format!("{number:.*e}", digits - 1);
    if rounded.parse() == Ok(number) {
        rounded
    } else {
        text
    }
}

/// Go's `'g'` from Rust's `{:e}`: plain for exponents from -4 to 5.
fn shortest(scientific: &str) -> String {
    let exponent = scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok());
    if exponent.is_some_and(|exponent: i32| !(-4..6).contains(&exponent)) {
        return exponential(scientific);
    }
    positional(scientific)
}

/// Without an exponent.
fn positional(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits = mantissa.replace('.', "");
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let point = exponent + 1;
    if point <= 0 {
        return format!("{sign}0.{}{digits}", zeros(-point));
    }
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if point >= length {
        return format!("{sign}{digits}{}", zeros(point - length));
    }
    let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
    format!("{sign}{whole}.{fraction}")
}

/// Go's exponents have a sign and two digits.
fn exponential(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>2}")
}

/// Text as `strconv.Quote` (and `%q`) prints it.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    quoted(text, |piece| out.push_str(piece));
    out.push('"');
    out
}

/// What stands between the quotes of [`quote`], piece by piece.
pub fn quoted(text: &str, mut put: impl FnMut(&str)) {
    pieces(text, stands_for_itself, &mut put, |character, put| {
        let mut itself = [0; 4];
        put(match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{07}' => "\\a",
            '\u{08}' => "\\b",
            '\u{0C}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{0B}' => "\\v",
            _ if is_print(character) => character.encode_utf8(&mut itself),
            _ => {
                let code = u32::from(character);
                let (letter, digits) = match code {
                    ..0x80 => ('x', 2),
                    0x80..0x1_0000 => ('u', 4),
                    _ => ('U', 8),
                };
                return put(&format!("\\{letter}{code:0digits$x}"));
            }
        });
    });
}

/// What stands for itself in a text is put at once, up to the first character that may not.
fn pieces<P: FnMut(&str)>(
    text: &str,
    stands_for_itself: impl Fn(u8) -> bool,
    put: &mut P,
    mut escape: impl FnMut(char, &mut P),
) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !stands_for_itself(byte)) {
        let (plain, behind) = rest.split_at(at);
        if !plain.is_empty() {
            put(plain);
        }
        let mut behind = behind.chars();
        if let Some(character) = behind.next() {
            escape(character, put);
        }
        rest = behind.as_str();
    }
    put(rest);
}

/// Whether a byte of text is printed as it is between quotes: ASCII's visible ones and spaces, but
/// for quote and backslash.
#[inline]
#[must_use]
pub fn stands_for_itself(byte: u8) -> bool {
    const STANDS: [bool; 256] = {
        let mut stands = [false; 256];
        let mut byte = b' ';
        while byte <= b'~' {
            stands[byte as usize] = byte != b'"' && byte != b'\\';
            byte += 1;
        }
        stands
    };
    STANDS[usize::from(byte)]
}

/// Text as `encoding/json` prints it; `escape_html` as `json.Marshal` does for `<`, `>` and `&`.
#[must_use]
pub fn json_string(text: &str, escape_html: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    json_quoted(text, escape_html, |piece| out.push_str(piece));
    out.push('"');
    out
}

/// What stands between the quotes of [`json_string`], piece by piece.
pub fn json_quoted(text: &str, escape_html: bool, mut put: impl FnMut(&str)) {
    let stands = |byte| stands_for_itself(byte) && !matches!(byte, b'<' | b'>' | b'&');
    pieces(text, stands, &mut put, |character, put| {
        let mut itself = [0; 4];
        put(match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{08}' => "\\b",
            '\u{0C}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '<' | '>' | '&' if !escape_html => character.encode_utf8(&mut itself),
            '\0'..='\u{1F}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                return put(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => character.encode_utf8(&mut itself),
        });
    });
}

/// A tree as `encoding/json` prints it: keys sorted, no spaces, and NaN and infinity, at which Go
/// fails, as [`json_float`] has them.
#[must_use]
pub fn json(value: &Value, escape_html: bool) -> String {
    let mut out = String::new();
    write_json(value, escape_html, &mut out);
    out
}

fn write_json(value: &Value, escape_html: bool, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Int(number) => out.push_str(&number.to_string()),
        Value::Float(number) => out.push_str(&json_float(*number)),
        Value::String(text) => out.push_str(&json_string(text, escape_html)),
        Value::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                write_json(item, escape_html, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (key, item)) in map.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&json_string(key, escape_html));
                out.push(':');
                write_json(item, escape_html, out);
            }
            out.push('}');
        }
    }
}
