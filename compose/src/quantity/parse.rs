//! The grammar of quantities: a sign, digits with at most one point, one suffix.

use super::{Format, MAX, NANO, Quantity, clamp, divide_up};

/// How many digits are computed with; more than any amount within Kubernetes' cap has.
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
    // What lies below the nano-units only rounds up, so that far digits count as one more.
    let kept = fraction.len().min(MAX_DIGITS.saturating_sub(whole.len()));
    let (fraction, dropped) = fraction.split_at(kept);
    let more = dropped.bytes().any(|digit| digit != b'0');
    let nano = if whole.len() > MAX_DIGITS {
        MAX
    } else {
        let mantissa: i128 = format!("0{whole}{fraction}").parse().ok()?;
        scale(mantissa, i32::try_from(fraction.len()).ok()?, base, exponent)
    };
    let nano = if more && nano == 0 { 1 } else { nano };
    Some(Quantity { nano: clamp(if negative { -nano } else { nano }), format })
}

/// `mantissa · 10^-fraction · base^exponent` in nano-units, rounded up, capped.
fn scale(mantissa: i128, fraction: i32, base: i128, exponent: i32) -> i128 {
    if mantissa == 0 {
        return 0;
    }
    if base == 1024 {
        let factor = 1024_i128.pow(exponent.unsigned_abs());
        // First off with the digits that can only round, so that the product fits.
        let mut mantissa = mantissa;
        let mut fraction = fraction;
        while mantissa.checked_mul(factor).and_then(|n| n.checked_mul(NANO)).is_none() {
            if fraction == 0 {
                return MAX;
            }
            mantissa = divide_up(mantissa, 10);
            fraction -= 1;
        }
        return divide_up(mantissa * factor * NANO, 10_i128.pow(fraction.unsigned_abs())).min(MAX);
    }
    let power = exponent.saturating_sub(fraction).saturating_add(9);
    let factor = 10_i128.checked_pow(power.unsigned_abs());
    match factor {
        Some(factor) if power >= 0 => mantissa.checked_mul(factor).unwrap_or(MAX).min(MAX),
        Some(factor) => divide_up(mantissa, factor).min(MAX),
        None if power >= 0 => MAX,
        None => 1,
    }
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
