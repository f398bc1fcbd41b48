//! Helm's functions for lengths of time (funcs.go, "Duration helpers").

use crate::{
    functions::{
        CallError, Family, Function,
        cast::{parse_float, signed},
        time::Duration,
    },
    value::Value,
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Helm;
    table.extend([
        Function::new(
            family,
            "mustToDuration",
            "A length of time, or an error",
            must_to_duration,
        ),
        Function::new(
            family,
            "durationSeconds",
            "A length of time in seconds",
            |value: Value| or_zero(&value).seconds(),
        ),
        Function::new(
            family,
            "durationMilliseconds",
            "A length of time in milliseconds",
            |value: Value| Value::Int64(or_zero(&value).milliseconds()),
        ),
        Function::new(
            family,
            "durationMicroseconds",
            "A length of time in microseconds",
            |value: Value| Value::Int64(or_zero(&value).microseconds()),
        ),
        Function::new(
            family,
            "durationNanoseconds",
            "A length of time in nanoseconds",
            |value: Value| Value::Int64(or_zero(&value).0),
        ),
        Function::new(
            family,
            "durationMinutes",
            "A length of time in minutes",
            |value: Value| or_zero(&value).minutes(),
        ),
        Function::new(
            family,
            "durationHours",
            "A length of time in hours",
            |value: Value| or_zero(&value).hours(),
        ),
        Function::new(
            family,
            "durationDays",
            "A length of time in days",
            |value: Value| or_zero(&value).hours() / 24.0,
        ),
        Function::new(
            family,
            "durationWeeks",
            "A length of time in weeks",
            |value: Value| or_zero(&value).hours() / 24.0 / 7.0,
        ),
        Function::new(
            family,
            "durationRoundTo",
            "A length of time, rounded",
            round_to,
        ),
        Function::new(
            family,
            "durationTruncateTo",
            "A length of time, cut",
            truncate_to,
        ),
    ]);
}

/// `asDuration`: text such as `1h30m`, or a number of seconds.
fn duration(value: &Value) -> Result<Duration, String> {
    if let Some(duration) = value.downcast::<Duration>() {
        return Ok(*duration);
    }
    match value {
        Value::Nil => Err("invalid duration".to_owned()),
        Value::String(text) => {
            let text = text.to_string_lossy();
            let trimmed = text.trim();
            if trimmed.is_empty() {
                return Err("empty duration".to_owned());
            }
            if let Ok(duration) = Duration::parse(trimmed) {
                return Ok(duration);
            }
            match parse_float(trimmed) {
                Some(seconds) => from_float(seconds),
                None => Err(format!(
                    "could not parse duration {}",
                    values::go::quote(&text)
                )),
            }
        }
        Value::Uint64(seconds) => i64::try_from(*seconds)
            .ok()
            .and_then(|seconds| seconds.checked_mul(1_000_000_000))
            .map(Duration)
            .ok_or_else(|| format!("duration seconds overflow: {seconds}")),
        Value::Uint8(seconds) => Ok(Duration(i64::from(*seconds) * 1_000_000_000)),
        Value::Float(seconds) => from_float(*seconds),
        other => match signed(other) {
            Some(seconds) => seconds
                .checked_mul(1_000_000_000)
                .map(Duration)
                .ok_or_else(|| format!("duration seconds overflow: {seconds}")),
            None => Err(format!("unsupported duration type {}", other.go_type())),
        },
    }
}

fn from_float(seconds: f64) -> Result<Duration, String> {
    const MOST: f64 = 9_223_372_036.854_776;
    let printed = values::go::format_float(seconds);
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {printed}"));
    }
    if seconds.abs() > MOST {
        return Err(format!("duration seconds overflow: {printed}"));
    }
    Ok(Duration(crate::functions::cast::float_to_int(
        seconds * 1e9,
    )))
}

fn or_zero(value: &Value) -> Duration {
    duration(value).unwrap_or_default()
}

fn must_to_duration(value: Value) -> Result<Duration, CallError> {
    duration(&value).map_err(CallError)
}

fn round_to(value: Value, unit: Value) -> Duration {
    match (duration(&value), duration(&unit)) {
        (Ok(duration), Ok(unit)) => duration.round(unit),
        (Ok(duration), Err(_)) => duration,
        (Err(_), _) => Duration(0),
    }
}

fn truncate_to(value: Value, unit: Value) -> Duration {
    match (duration(&value), duration(&unit)) {
        (Ok(duration), Ok(unit)) => duration.truncate(unit),
        (Ok(duration), Err(_)) => duration,
        (Err(_), _) => Duration(0),
    }
}
