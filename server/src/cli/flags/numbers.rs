//! Numbers and durations on a command line, for the errors only: what Go's strconv and time refuse.

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

/// `strconv.ParseFloat(text, 32)`, without hexadecimal numbers.
pub(super) fn check_float(text: &str) -> Result<(), &'static str> {
    let number: f64 = text.parse().map_err(|_| SYNTAX)?;
    let named = text.trim_start_matches(['+', '-']).starts_with(['i', 'I']);
    if !named && number.abs() > f64::from(f32::MAX) {
        return Err(RANGE);
    }
    Ok(())
}

/// As `time.ParseDuration`, for the error only.
pub(super) fn check_duration(text: &str) -> Result<(), String> {
    let quoted = values::go::quote(text);
    let mut rest = text.trim_start_matches(['-', '+']);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(format!("time: invalid duration {quoted}"));
    }
    let mut total: f64 = 0.0;
    while !rest.is_empty() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = &rest[..rest.len() - after.len()];
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Err(format!("time: invalid duration {quoted}"));
        }
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        match &after[..end] {
            "" => return Err(format!("time: missing unit in duration {quoted}")),
            unit @ ("ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h") => {
                total += number.parse().unwrap_or(f64::INFINITY) * seconds(unit);
                rest = &after[end..];
            }
            unit => {
                let unit = values::go::quote(unit);
                return Err(format!("time: unknown unit {unit} in duration {quoted}"));
            }
        }
    }
    // Go counts nanoseconds in 63 bits.
    if total > i64::MAX as f64 / 1e9 {
        return Err(format!("time: invalid duration {quoted}"));
    }
    Ok(())
}

fn seconds(unit: &str) -> f64 {
    match unit {
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        "ns" => 1e-9,
        _ => 1e-6,
    }
}

#[cfg(test)]
mod tests {
    use super::{RANGE, SYNTAX, check_duration, check_float, check_int};

    /// As Helm 4.3.1 takes and refuses them behind --burst-limit, --qps and --timeout.
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
        assert!(check_duration(".s").is_err() && check_duration("99999999h").is_err());
        assert!(check_duration("1.5h3m").is_ok());
    }
}
