//! Floating point numbers: strconv's `AppendFloat` and fmt's `fmtFloat`.

use super::pad::Flags;

impl Flags {
    /// `fmtFloat`; without a precision as many digits as it takes.
    pub(super) fn float(
        &self,
        number: f64,
        verb: char,
        precision: Option<usize>,
        out: &mut Vec<u8>,
    ) {
        if number.is_nan() || number.is_infinite() {
            let name = if number.is_nan() { "NaN" } else { "Inf" };
            let sign = match number {
                n if n.is_infinite() && n < 0.0 => "-",
                _ if self.plus => "+",
                _ if self.space => " ",
                _ if number.is_nan() => "",
                _ => "+",
            };
            Self {
                zero: false,
                ..*self
            }
            .pad(format!("{sign}{name}").as_bytes(), out);
            return;
        }
        let mut digits = unsigned(number.abs(), verb, precision);
        if self.sharp && verb != 'b' {
            digits = sharp(&digits, verb, precision);
        }
        let sign = if number.is_sign_negative() {
            "-"
        } else if self.plus {
            "+"
        } else if self.space {
            " "
        } else {
            ""
        };
        if self.zero
            && !self.minus
            && !sign.is_empty()
            && let Some(width) = self.width
        {
            let width = width.saturating_sub(1);
            out.extend_from_slice(format!("{sign}{digits:0>width$}").as_bytes());
            return;
        }
        self.pad(format!("{sign}{digits}").as_bytes(), out);
    }
}

/// `strconv.FormatFloat` of a number that has no sign.
fn unsigned(number: f64, verb: char, precision: Option<usize>) -> String {
    match verb {
        'f' => match precision {
            Some(precision) => format!("{number:.precision$}"),
            None => format!("{number}"),
        },
        'e' | 'E' => {
            let text = match precision {
                Some(precision) => format!("{number:.precision$e}"),
                None => format!("{number:e}"),
            };
            exponent_form(&text, verb)
        }
        'g' | 'G' => general(number, verb, precision),
        'b' => {
            let (mantissa, exponent) = parts(number);
            format!("{mantissa}p{exponent:+}")
        }
        _ => hexadecimal(number, verb, precision),
    }
}

/// Rust's `1.5e7` as Go's `1.5e+07`.
fn exponent_form(text: &str, verb: char) -> String {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{mantissa}{verb}{sign}{exponent:0>2}")
}

/// `%g`: the exponent decides between `%e` and `%f`.
fn general(number: f64, verb: char, precision: Option<usize>) -> String {
    let text = match precision {
        Some(precision) => format!("{number:.*e}", precision.max(1) - 1),
        None => format!("{number:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let count = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let mut limit = precision.map_or(6, |precision| i64::try_from(precision.max(1)).unwrap_or(6));
    if precision.is_some() && limit > count && count > exponent {
        limit = count;
    }
    let exponential = exponent < -4 || exponent >= limit;
    if exponential {
        let places = digits.len().saturating_sub(1);
        let verb = if verb == 'G' { 'E' } else { 'e' };
        let digits = if digits.is_empty() { "0" } else { digits };
        let mantissa = if places == 0 {
            digits.to_owned()
        } else {
            format!("{}.{}", &digits[..1], &digits[1..])
        };
        return exponent_form(&format!("{mantissa}e{exponent}"), verb);
    }
    let places = usize::try_from((count - exponent - 1).max(0)).unwrap_or(0);
    if exponent >= count || digits.is_empty() {
        // Whole and rounded: zeros up to the decimal point.
        let zeros = usize::try_from(exponent + 1 - count).unwrap_or(0);
        return format!("{digits}{}", "0".repeat(zeros));
    }
    if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        return format!("0.{}{digits}", "0".repeat(zeros));
    }
    if places == 0 {
        return digits.to_owned();
    }
    let point = digits.len() - places;
    format!("{}.{}", &digits[..point], &digits[point..])
}

/// The mantissa as an integer and its binary exponent.
fn parts(number: f64) -> (u64, i64) {
    let bits = number.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or_default();
    let mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 {
        (mantissa, -1_074)
    } else {
        (mantissa | 1 << 52, exponent - 1_075)
    }
}

/// `%x`: `0x1.8p+00`.
fn hexadecimal(number: f64, verb: char, precision: Option<usize>) -> String {
    let (mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    } else {
        while mantissa & (1 << 52) == 0 {
            mantissa <<= 1;
            exponent -= 1;
        }
        exponent += 52;
    }
    if let Some(precision) = precision
        && precision < 13
    {
        let shift = 52 - 4 * precision;
        let extra = mantissa & ((1 << shift) - 1);
        mantissa >>= shift;
        let half = 1_u64 << (shift - 1);
        if extra > half || (extra == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= shift;
        if mantissa & (1 << 53) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let fraction = format!("{:013x}", mantissa & ((1 << 52) - 1));
    let fraction = match precision {
        None => fraction.trim_end_matches('0').to_owned(),
        Some(precision) => format!("{fraction:0<precision$}")[..precision].to_owned(),
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let text = format!(
        "0x{}{point}{fraction}p{sign}{:02}",
        mantissa >> 52,
        exponent.unsigned_abs()
    );
    if verb == 'X' {
        text.to_uppercase()
    } else {
        text
    }
}

/// The `#` flag: a decimal point always, and the zeros that `%g` drops.
fn sharp(text: &str, verb: char, precision: Option<usize>) -> String {
    let mut missing = match verb {
        'g' | 'G' | 'x' => precision.map_or(6, |precision| i64::try_from(precision).unwrap_or(6)),
        _ => 0,
    };
    let tail_at = match verb {
        'x' | 'X' => text.find(['p', 'P']),
        _ => text.find(['e', 'E']),
    }
    .unwrap_or(text.len());
    let (head, tail) = text.split_at(tail_at);
    let mut seen = false;
    for c in head.chars().filter(|&c| c != '.') {
        seen |= c != '0';
        if seen {
            missing -= 1;
        }
    }
    let mut out = head.to_owned();
    if !head.contains('.') {
        if head == "0" {
            missing -= 1;
        }
        out.push('.');
    }
    out.push_str(&"0".repeat(usize::try_from(missing).unwrap_or(0)));
    out.push_str(tail);
    out
}

#[cfg(test)]
mod tests {
    use super::{Flags, unsigned};

    #[test]
    fn floats_look_like_strconv() {
        for (number, verb, precision, want) in [
            (1e6, 'g', None, "1e+06"),
            (123_456.0, 'g', None, "123456"),
            (1.5, 'g', None, "1.5"),
            (0.0001, 'g', None, "0.0001"),
            (0.00001, 'g', None, "1e-05"),
            (1_234_567.0, 'g', None, "1.234567e+06"),
            (0.0, 'g', None, "0"),
            (100.0, 'g', Some(3), "100"),
            (1_000.0, 'g', Some(3), "1e+03"),
            (123.456, 'g', Some(4), "123.5"),
            (2.5, 'f', Some(0), "2"),
            (2.71999, 'f', Some(2), "2.72"),
            (3.0, 'e', Some(6), "3.000000e+00"),
            (1.5, 'x', None, "0x1.8p+00"),
        ] {
            assert_eq!(unsigned(number, verb, precision), want);
        }
        let mut out = Vec::new();
        Flags {
            sharp: true,
            ..Flags::default()
        }
        .float(1.0, 'g', None, &mut out);
        assert_eq!(out, b"1.00000");
    }
}
