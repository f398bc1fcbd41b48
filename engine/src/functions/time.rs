//! Go's `time.Time` and `time.Duration`, as far as templates can tell: UTC and fixed offsets only.

mod civil;
mod duration;
mod layout;
mod object;
mod parse;

pub use duration::Duration;
pub(crate) use object::Named;
pub use parse::parse;

use civil::Civil;

/// How Go's package time quotes a text in its errors: not as `strconv.Quote`, and byte by byte.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c < ' ' || !c.is_ascii() {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("\\x{byte:02x}"));
            }
        } else {
            if c == '"' || c == '\\' {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out.push('"');
    out
}

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;

/// A point in time with the offset that it is shown in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Nanoseconds since the Unix epoch.
    pub unix_nanos: i128,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The zone's abbreviation; empty for a bare offset.
    pub zone: String,
}

/// Seconds from Go's zero time, the first of January of year 1, to the Unix epoch.
const ZERO_TO_UNIX: i64 = 62_135_596_800;

impl Default for Time {
    /// Go's zero time: 0001-01-01 00:00:00 UTC.
    fn default() -> Self {
        Self::utc(-i128::from(ZERO_TO_UNIX) * SECOND)
    }
}

impl Time {
    /// A point in time, shown in UTC.
    #[must_use]
    pub fn utc(unix_nanos: i128) -> Self {
        Self {
            unix_nanos,
            offset: 0,
            zone: "UTC".to_owned(),
        }
    }

    /// A point in time in seconds since the Unix epoch, shown in UTC.
    #[must_use]
    pub fn unix(seconds: i64) -> Self {
        Self::utc(i128::from(seconds) * SECOND)
    }

    /// The same point, shown in UTC.
    #[must_use]
    pub fn to_utc(&self) -> Self {
        Self::utc(self.unix_nanos)
    }

    /// Whole seconds since the Unix epoch.
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        i64::try_from(self.unix_nanos.div_euclid(SECOND)).unwrap_or_default()
    }

    /// Nanoseconds within the second.
    fn nanosecond(&self) -> u32 {
        u32::try_from(self.unix_nanos.rem_euclid(SECOND)).unwrap_or_default()
    }

    /// This time later by a duration.
    #[must_use]
    pub fn add(&self, duration: Duration) -> Self {
        Self {
            unix_nanos: self.unix_nanos + i128::from(duration.0),
            ..self.clone()
        }
    }

    /// The duration since another time, at most what an `int64` of nanoseconds holds.
    #[must_use]
    pub fn since(&self, other: &Self) -> Duration {
        let difference = self.unix_nanos - other.unix_nanos;
        Duration(i64::try_from(difference).unwrap_or(if difference < 0 {
            i64::MIN
        } else {
            i64::MAX
        }))
    }

    fn civil(&self) -> Civil {
        Civil::from_unix(self.unix_seconds() + i64::from(self.offset))
    }

    /// The time in a layout of Go's, as `Format`.
    #[must_use]
    pub fn format(&self, layout: &str) -> String {
        layout::format(self, layout)
    }
}
