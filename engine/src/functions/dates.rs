//! Sprig v3.3.0, date.go. "Now" comes from the host. Local time is UTC, and UTC is the only zone
//! known by name: a name that Go does not know, too, is UTC there.

use super::{
    CallError, Family, Function, Host,
    cast::{saturating_int, signed},
    time::{self, Duration, Time},
};
use crate::value::{Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Dates;
    table.extend([
        Function::new(family, "now", "The time of the render", now),
        Function::new(family, "date", "A time in a layout", date),
        Function::new(
            family,
            "htmlDate",
            "The day of a time as 2006-01-02",
            |host: &mut Host, time: Value| point(host, &time).format(HTML),
        ),
        Function::new(
            family,
            "htmlDateInZone",
            "The day of a time in a zone",
            |host: &mut Host, time: Value, _zone: Str| point(host, &time).format(HTML),
        ),
        Function::new(family, "ago", "The length of time since a time", ago),
        Function::new(
            family,
            "duration",
            "A number of seconds as a length of time",
            duration,
        ),
        Function::new(
            family,
            "durationRound",
            "A length of time in its largest unit",
            duration_round,
        ),
        Function::new(
            family,
            "toDate",
            "The time of a text in a layout",
            |layout: String, text: String| time::parse(&layout, &text).unwrap_or_default(),
        ),
        Function::new(
            family,
            "mustToDate",
            "The time of a text in a layout, or an error",
            |layout: String, text: String| time::parse(&layout, &text).map_err(CallError),
        ),
        Function::new(
            family,
            "unixEpoch",
            "A time in seconds since 1970 as text",
            |time: Time| time.unix_seconds().to_string(),
        ),
    ]);
    for name in ["dateInZone", "date_in_zone"] {
        table.push(Function::new(
            family,
            name,
            "A time in a layout, in a zone",
            date_in_zone,
        ));
    }
    for name in ["dateModify", "date_modify"] {
        table.push(Function::new(
            family,
            name,
            "A time moved by a length of time",
            date_modify,
        ));
    }
    for name in ["mustDateModify", "must_date_modify"] {
        let help = "A time moved by a length of time, or an error";
        table.push(Function::new(family, name, help, must_date_modify));
    }
}

const HTML: &str = "2006-01-02";

fn current(host: &Host) -> Time {
    Time::utc(host.now_unix_nanos)
}

fn now(host: &mut Host) -> Time {
    current(host)
}

/// A time, a number of seconds since 1970, or now for anything else; shown in UTC.
fn point(host: &Host, value: &Value) -> Time {
    match value {
        Value::Int(seconds) | Value::Int64(seconds) => Time::unix(*seconds),
        other => other
            .downcast::<Time>()
            .map_or_else(|| current(host), Time::to_utc),
    }
}

fn date(host: &mut Host, layout: String, time: Value) -> String {
    point(host, &time).format(&layout)
}

fn date_in_zone(host: &mut Host, layout: String, time: Value, _zone: Str) -> String {
    point(host, &time).format(&layout)
}

/// A length that cannot be read changes nothing.
fn date_modify(length: String, time: Time) -> Time {
    Duration::parse(&length).map_or_else(|_| time.clone(), |length| time.add(length))
}

fn must_date_modify(length: String, time: Time) -> Result<Time, CallError> {
    Ok(time.add(Duration::parse(&length)?))
}

fn ago(host: &mut Host, time: Value) -> String {
    let since = current(host).since(&point(host, &time));
    since.round(Duration::from_seconds(1)).to_string()
}

/// Only text and `int64` count; anything else is 0.
fn duration(seconds: Value) -> String {
    let seconds = match &seconds {
        Value::Int64(seconds) => *seconds,
        Value::String(text) => saturating_int(&text.to_string_lossy()),
        _ => 0,
    };
    Duration::from_seconds(seconds).to_string()
}

/// `72h` is `3d`. Text is a length of time, a number nanoseconds, a time counts until now.
fn duration_round(host: &mut Host, length: Value) -> String {
    let length = match &length {
        Value::String(text) => Duration::parse(&text.to_string_lossy()).unwrap_or_default(),
        Value::Int64(nanos) => Duration(*nanos),
        other => match other.downcast::<Time>() {
            Some(time) => current(host).since(time),
            None => Duration(0),
        },
    };
    let nanos = signed(&length.into()).unwrap_or_default().unsigned_abs();
    const HOUR: u64 = 3_600_000_000_000;
    for (unit, name) in [
        (HOUR * 24 * 365, "y"),
        (HOUR * 24 * 30, "mo"),
        (HOUR * 24, "d"),
        (HOUR, "h"),
        (HOUR / 60, "m"),
        (HOUR / 3_600, "s"),
    ] {
        if nanos > unit {
            return format!("{}{name}", nanos / unit);
        }
    }
    "0s".to_owned()
}
