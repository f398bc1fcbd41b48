//! The grammar of quantities: a sign, digits with at most one point, one suffix.

use super::{Format, MAX, NANO, Quantity, clamp, divide_up};

/// How many digits before the point are computed with; more than any amount within Kubernetes' cap
/// has.
const MAX_DIGITS: usize = 36;

pub(super) fn parse(text: &str) -> Option<Quantity> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = &rest[..digits(rest)];
    let rest = &rest[whole.len()..];
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(after) => after.split_at(digits(after)),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (base, exponent, format) = suffix_of(suffix)?;
    let whole = whole.trim_start_matches('0');
    let nano = if whole.len() > MAX_DIGITS {
        MAX
    } else {
        scale(format!("0{whole}").parse().ok()?, fraction, base, exponent)
    };
    Some(Quantity {
        nano: clamp(if negative { -nano } else { nano }),
        format,
    })
}

/// `whole.fraction · base^exponent` in nano-units, rounded up, capped.
fn scale(whole: i128, fraction: &str, base: i128, exponent: i32) -> i128 {
    let power = if base == 10 {
        exponent.saturating_add(9)
    } else {
        exponent
    };
    let factor = base.checked_pow(power.unsigned_abs());
    if power < 0 {
        // Below the nano-units nothing is left but the rounding.
        let some = whole != 0 || fraction.bytes().any(|digit| digit != b'0');
        let Some(factor) = factor else {
            return i128::from(some);
        };
        let more = fraction.bytes().any(|digit| digit != b'0') && whole % factor == 0;
        return (divide_up(whole, factor) + i128::from(more)).min(MAX);
    }
    let unit = if base == 10 { 1 } else { NANO };
    let factor = factor.and_then(|factor| factor.checked_mul(unit));
    let Some(factor) = factor.filter(|factor| *factor <= MAX) else {
        let some = whole != 0 || fraction.bytes().any(|digit| digit != b'0');
        return if some { MAX } else { 0 };
    };
    // Horner's scheme from the last digit; rounding up at each step is rounding up once.
    let part = fraction.bytes().rev().fold(0, |sum: i128, digit| {
        divide_up(sum + i128::from(digit - b'0') * factor, 10)
    });
    whole
        .checked_mul(factor)
        .map_or(MAX, |nano| nano.saturating_add(part).min(MAX))
}

fn suffix_of(suffix: &str) -> Option<(i128, i32, Format)> {
    let decimal = |exponent| Some((10, exponent, Format::Decimal));
    let binary = |exponent| Some((1024, exponent, Format::Binary));
    match suffix {
        "n" => decimal(-9),
        "u" => decimal(-6),
        "m" => decimal(-3),
        "" => decimal(0),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        _ => {
            let exponent = suffix.strip_prefix(['e', 'E'])?;
            let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            Some((10, exponent.parse().ok()?, Format::Exponent))
        }
    }
}
