//! Go's `time.Duration`: nanoseconds in an `int64`.

use std::any::Any;

use crate::{
    functions::{Kind, cast},
    value::{MethodResult, Object, Str, Value},
};

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Duration(pub i64);

const MICROSECOND: i64 = 1_000;
const MILLISECOND: i64 = 1_000 * MICROSECOND;
/// Nanoseconds in a second.
pub(crate) const SECOND: i64 = 1_000 * MILLISECOND;
const MINUTE: i64 = 60 * SECOND;
/// Nanoseconds in an hour.
pub(crate) const HOUR: i64 = 60 * MINUTE;

impl std::fmt::Display for Duration {
    /// `1h2m3.5s`, as `Duration.String`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let total = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let second = SECOND.unsigned_abs();
        if total < second {
            return match total {
                0 => f.write_str("0s"),
                1..1_000 => write!(f, "{total}ns"),
                1_000..1_000_000 => write!(f, "{}µs", fraction(total, 1_000)),
                _ => write!(f, "{}ms", fraction(total, 1_000_000)),
            };
        }
        let minutes = total / (60 * second);
        let seconds = fraction(total % (60 * second), second);
        match (minutes / 60, minutes % 60) {
            (0, 0) => write!(f, "{seconds}s"),
            (0, minutes) => write!(f, "{minutes}m{seconds}s"),
            (hours, minutes) => write!(f, "{hours}h{minutes}m{seconds}s"),
        }
    }
}

/// `value / unit` with as many decimals as it takes.
fn fraction(value: u64, unit: u64) -> String {
    let rest = value % unit;
    if rest == 0 {
        return (value / unit).to_string();
    }
    let width = unit.ilog10() as usize;
    let decimals = format!("{rest:0width$}");
    format!("{}.{}", value / unit, decimals.trim_end_matches('0'))
}

impl Duration {
    /// A number of seconds; what does not fit wraps around, as in Go.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.wrapping_mul(SECOND))
    }

    fn in_units(self, unit: i64) -> f64 {
        cast::int_to_float(self.0 / unit)
            + cast::int_to_float(self.0 % unit) / cast::int_to_float(unit)
    }

    /// `Seconds()`.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.in_units(SECOND)
    }

    /// `Minutes()`.
    #[must_use]
    pub fn minutes(self) -> f64 {
        self.in_units(MINUTE)
    }

    /// `Hours()`.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.in_units(HOUR)
    }

    /// `Milliseconds()`.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        self.0 / MILLISECOND
    }

    /// `Microseconds()`.
    #[must_use]
    pub fn microseconds(self) -> i64 {
        self.0 / MICROSECOND
    }

    /// `Truncate(unit)`: towards zero.
    #[must_use]
    pub fn truncate(self, unit: Self) -> Self {
        if unit.0 <= 0 {
            self
        } else {
            Self(self.0 - self.0 % unit.0)
        }
    }

    /// `Round(unit)`: to the nearest, halves away from zero.
    #[must_use]
    pub fn round(self, unit: Self) -> Self {
        if unit.0 <= 0 {
            return self;
        }
        let rest = self.0 % unit.0;
        if self.0 < 0 {
            let rest = -rest;
            if rest.saturating_add(rest) < unit.0 {
                return Self(self.0 + rest);
            }
            Self(self.0.checked_sub(unit.0 - rest).unwrap_or(i64::MIN))
        } else {
            if rest.saturating_add(rest) < unit.0 {
                return Self(self.0 - rest);
            }
            Self(self.0.checked_add(unit.0 - rest).unwrap_or(i64::MAX))
        }
    }

    /// `time.ParseDuration`.
    ///
    /// # Errors
    /// With Go's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let invalid = || format!("time: invalid duration {}", super::quote(text));
        let (negative, mut rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if rest == "0" {
            return Ok(Self(0));
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut total: u64 = 0;
        while !rest.is_empty() {
            let (whole, after) = digits(rest);
            let (decimals, after) = match after.strip_prefix('.') {
                Some(after) => digits(after),
                None => ("", after),
            };
            if whole.is_empty() && decimals.is_empty() {
                return Err(invalid());
            }
            let end = after
                .find(|c: char| c == '.' || c.is_ascii_digit())
                .unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            if unit.is_empty() {
                let quoted = super::quote(text);
                return Err(format!("time: missing unit in duration {quoted}"));
            }
            let Some(unit) = unit_of(unit) else {
                let (unit, text) = (super::quote(unit), super::quote(text));
                return Err(format!("time: unknown unit {unit} in duration {text}"));
            };
            let mut value = parse_digits(whole)
                .and_then(|value| value.checked_mul(unit))
                .filter(|value| *value <= 1 << 63)
                .ok_or_else(invalid)?;
            if !decimals.is_empty() {
                value += decimal_part(decimals, unit);
                if value > 1 << 63 {
                    return Err(invalid());
                }
            }
            total = total
                .checked_add(value)
                .filter(|total| *total <= 1 << 63)
                .ok_or_else(invalid)?;
            rest = after;
        }
        if negative {
            return Ok(Self(total.wrapping_neg().cast_signed()));
        }
        i64::try_from(total).map(Self).map_err(|_| invalid())
    }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn parse_digits(digits: &str) -> Option<u64> {
    if digits.is_empty() {
        return Some(0);
    }
    digits.parse::<u64>().ok().filter(|value| *value <= 1 << 63)
}

/// The decimals' share of a unit, computed in floating point as Go does.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "as Go"
)]
fn decimal_part(decimals: &str, unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in decimals.bytes() {
        let Some(next) = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(u64::from(digit - b'0')))
        else {
            break;
        };
        value = next;
        scale *= 10.0;
    }
    (value as f64 * (unit as f64 / scale)) as u64
}

fn unit_of(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

impl Object for Duration {
    fn go_type(&self) -> &'static str {
        "time.Duration"
    }

    fn go_kind(&self) -> &'static str {
        "int64"
    }

    fn truth(&self) -> bool {
        self.0 != 0
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        Some(match name {
            "Seconds" | "Minutes" | "Hours" | "Milliseconds" | "Microseconds" | "Nanoseconds"
            | "String" | "Abs" => &[],
            "Round" | "Truncate" => &[Kind::Int64],
            _ => return None,
        })
    }

    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        let unit = || args.first().and_then(cast::signed).map_or(Self(0), Self);
        Ok(match name {
            "Seconds" => Value::Float(self.seconds()),
            "Minutes" => Value::Float(self.minutes()),
            "Hours" => Value::Float(self.hours()),
            "Milliseconds" => Value::Int64(self.milliseconds()),
            "Microseconds" => Value::Int64(self.microseconds()),
            "Nanoseconds" => Value::Int64(self.0),
            "String" => Value::str(self.to_string()),
            "Abs" => Self(self.0.checked_abs().unwrap_or(i64::MAX)).into(),
            "Round" => self.round(unit()).into(),
            "Truncate" => self.truncate(unit()).into(),
            _ => return Err(format!("{name} is not a method")),
        })
    }

    fn print(&self) -> Str {
        self.to_string().into()
    }

    fn to_json(&self) -> Value {
        Value::Int64(self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl From<Duration> for Value {
    fn from(duration: Duration) -> Self {
        Self::Object(std::rc::Rc::new(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn durations_are_read_and_printed() {
        for (text, want) in [
            ("1h2m3s", "1h2m3s"),
            ("90s", "1m30s"),
            ("1.5h", "1h30m0s"),
            ("1500ms", "1.5s"),
            ("1us", "1µs"),
            ("-1.5ms", "-1.5ms"),
            ("0", "0s"),
        ] {
            assert_eq!(Duration::parse(text).unwrap().to_string(), want, "{text}");
        }
        for (text, want) in [
            ("", r#"time: invalid duration """#),
            ("1", r#"time: missing unit in duration "1""#),
            ("1x", r#"time: unknown unit "x" in duration "1x""#),
            ("s", r#"time: invalid duration "s""#),
        ] {
            assert_eq!(Duration::parse(text).unwrap_err(), want);
        }
    }
}
