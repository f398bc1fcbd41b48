//! Numbers on a command line, for the errors only: what Go's strconv refuses.

const SYNTAX: &str = "invalid syntax";
const RANGE: &str = "value out of range";

/// `strconv.ParseInt(text, 0, 64)`: prefixes and underscores as in Go's source.
pub(super) fn check_int(text: &str) -> Result<(), &'static str> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, body) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some(zero) if zero.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    let plain = body.replace('_', "");
    let misplaced =
        body.ends_with('_') || body.contains("__") || (radix == 10 && body.starts_with('_'));
    if misplaced || plain.is_empty() || !plain.chars().all(|c| c.is_digit(radix)) {
        return Err(SYNTAX);
    }
    let limit = i128::from(i64::MAX) + i128::from(negative);
    match i128::from_str_radix(&plain, radix) {
        Ok(number) if number <= limit => Ok(()),
        _ => Err(RANGE),
    }
}

/// `strconv.ParseFloat(text, 32)`; hexadecimal numbers and underscores, which nobody writes here,
/// are taken as they are.
pub(super) fn check_float(text: &str) -> Result<(), &'static str> {
    if text.contains("0x") || (text.contains('_') && text.contains(|c: char| c.is_ascii_digit())) {
        return Ok(());
    }
    let number: f64 = text.parse().map_err(|_| SYNTAX)?;
    let named = text.trim_start_matches(['+', '-']).starts_with(['i', 'I']);
    if !named && number.abs() > f64::from(f32::MAX) {
        return Err(RANGE);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{RANGE, SYNTAX, check_float, check_int};

    /// As Helm 4.3.1 takes and refuses them behind --burst-limit and --qps.
    #[test]
    fn numbers_are_gos() {
        for good in ["5", "-5", "0x10", "1_000", "0", "0b1", "010"] {
            assert_eq!(check_int(good), Ok(()), "{good}");
        }
        assert_eq!(check_int("99999999999999999999"), Err(RANGE));
        for bad in ["x", "", "1__0", "08", "0x"] {
            assert_eq!(check_int(bad), Err(SYNTAX), "{bad}");
        }
        assert_eq!(check_float("NaN"), Ok(()));
        assert_eq!(check_float("1e99"), Err(RANGE));
        assert_eq!(check_float("x"), Err(SYNTAX));
        assert_eq!(check_float("0x1p4"), Ok(()));
        assert_eq!(check_float("1_000"), Ok(()));
    }
}
