//! `time.Time` as a value in templates: its methods.

use std::any::Any;

use super::{Duration, Time, civil::DAYS, civil::MONTHS};
use crate::{
    functions::Kind,
    value::{MethodResult, Object, Str, Value},
};

impl Object for Time {
    fn go_type(&self) -> &'static str {
        "time.Time"
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        Some(match name {
            "Unix" | "UnixMilli" | "UnixMicro" | "UnixNano" | "Year" | "Month" | "Day" | "Hour"
            | "Minute" | "Second" | "Nanosecond" | "YearDay" | "Weekday" | "UTC" | "Local"
            | "IsZero" | "String" => &[],
            "Format" => &[Kind::String],
            "Add" | "Truncate" | "Round" => &[Kind::Int64],
            "Sub" | "After" | "Before" | "Equal" | "Compare" => &[Kind::Time],
            "AddDate" => &[Kind::Int, Kind::Int, Kind::Int],
            _ => return None,
        })
    }

    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        let civil = self.civil();
        let int = |index: usize| args.get(index).map_or(0, crate::functions::cast::to_int);
        let duration = || match args.first() {
            Some(value) => Duration(crate::functions::cast::signed(value).unwrap_or_default()),
            None => Duration(0),
        };
        let other = || {
            args.first()
                .and_then(|value| value.downcast::<Self>())
                .cloned()
        };
        let number = |number: u32| Value::Int(i64::from(number));
        let nanos = |nanos: i128| Value::Int64(i64::try_from(nanos).unwrap_or_default());
        Ok(match name {
            "Unix" => Value::Int64(self.unix_seconds()),
            "UnixMilli" => nanos(self.unix_nanos.div_euclid(1_000_000)),
            "UnixMicro" => nanos(self.unix_nanos.div_euclid(1_000)),
            "UnixNano" => nanos(self.unix_nanos),
            "Year" => Value::Int(civil.year),
            "Month" => Named::month(civil.month).into(),
            "Day" => number(civil.day),
            "Hour" => number(civil.hour),
            "Minute" => number(civil.minute),
            "Second" => number(civil.second),
            "Nanosecond" => number(self.nanosecond()),
            "YearDay" => number(civil.year_day()),
            "Weekday" => Named::weekday(civil.weekday()).into(),
            "UTC" | "Local" => self.to_utc().into(),
            "IsZero" => Value::Bool(self.unix_nanos == Self::default().unix_nanos),
            "String" => Value::String(self.print()),
            "Format" => {
                let layout = args
                    .first()
                    .and_then(Value::as_str)
                    .cloned()
                    .unwrap_or_default();
                Value::str(self.format(&layout.to_string_lossy()))
            }
            "Add" => self.add(duration()).into(),
            "Sub" => other().map_or(Value::Nil, |other| self.since(&other).into()),
            "After" => other()
                .is_some_and(|other| self.unix_nanos > other.unix_nanos)
                .into(),
            "Before" => other()
                .is_some_and(|other| self.unix_nanos < other.unix_nanos)
                .into(),
            "Equal" => other()
                .is_some_and(|other| self.unix_nanos == other.unix_nanos)
                .into(),
            "Compare" => {
                Value::Int(other().map_or(0, |other| self.unix_nanos.cmp(&other.unix_nanos) as i64))
            }
            "Truncate" => self.truncate(duration()).into(),
            "Round" => {
                let unit = duration();
                self.add(Duration(unit.0 / 2)).truncate(unit).into()
            }
            "AddDate" => self.add_date(int(0), int(1), int(2)).into(),
            _ => return Err(format!("{name} is not a method")),
        })
    }

    /// As `Time.String`, without the monotonic clock that Go adds to `now`.
    fn print(&self) -> Str {
        self.format("2006-01-02 15:04:05.999999999 -0700 MST")
            .into()
    }

    fn to_json(&self) -> Value {
        Value::str(self.format("2006-01-02T15:04:05.999999999Z07:00"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Time {
    /// Down to a multiple of a unit since Go's zero time.
    fn truncate(&self, unit: Duration) -> Self {
        if unit.0 <= 0 {
            return self.clone();
        }
        let since_zero = self.unix_nanos - Self::default().unix_nanos;
        let rest = since_zero.rem_euclid(i128::from(unit.0));
        Self {
            unix_nanos: self.unix_nanos - rest,
            ..self.clone()
        }
    }

    /// Later by years, months and days; what does not exist runs on into the next month.
    fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
        let mut civil = self.civil();
        let month = i64::from(civil.month) - 1 + months.clamp(-1_000_000, 1_000_000);
        let years = years.clamp(-1_000_000, 1_000_000);
        let day = i64::from(civil.day) - 1;
        civil.year += years + month.div_euclid(12);
        civil.month = u32::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
        civil.day = 1;
        let days = days.clamp(-100_000_000, 100_000_000) + day;
        let seconds = civil.to_unix() + days * 86_400 - i64::from(self.offset);
        Self {
            unix_nanos: i128::from(seconds) * super::SECOND + i128::from(self.nanosecond()),
            ..self.clone()
        }
    }
}

impl From<Time> for Value {
    fn from(time: Time) -> Self {
        Self::Object(std::rc::Rc::new(time))
    }
}

/// `time.Month` and `time.Weekday`: numbers that print as names.
#[derive(Debug)]
pub(crate) struct Named {
    go_type: &'static str,
    number: i64,
    name: &'static str,
}

impl Named {
    /// The number.
    pub(crate) fn number(&self) -> i64 {
        self.number
    }

    /// Those of its type below it, from zero.
    pub(crate) fn below(&self) -> impl Iterator<Item = Value> + use<> {
        let is_month = self.go_type == "time.Month";
        (0..self.number).map(move |number| {
            let number = u32::try_from(number).unwrap_or_default();
            if is_month {
                Self::month(number).into()
            } else {
                Self::weekday(number as usize).into()
            }
        })
    }

    fn month(month: u32) -> Self {
        let index = (month as usize).checked_sub(1);
        let name = index.and_then(|index| MONTHS.get(index)).copied();
        let name = name.unwrap_or("%!Month(0)");
        Self {
            go_type: "time.Month",
            number: i64::from(month),
            name,
        }
    }

    fn weekday(day: usize) -> Self {
        let name = DAYS.get(day).copied().unwrap_or_default();
        Self {
            go_type: "time.Weekday",
            number: i64::try_from(day).unwrap_or_default(),
            name,
        }
    }
}

impl Object for Named {
    fn go_type(&self) -> &str {
        self.go_type
    }

    fn go_kind(&self) -> &'static str {
        "int"
    }

    fn truth(&self) -> bool {
        self.number != 0
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        (name == "String").then_some(&[])
    }

    fn call(&self, _name: &str, _args: &[Value]) -> MethodResult {
        Ok(Value::str(self.name))
    }

    fn print(&self) -> Str {
        self.name.into()
    }

    fn to_json(&self) -> Value {
        Value::Int(self.number)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl From<Named> for Value {
    fn from(named: Named) -> Self {
        Self::Object(std::rc::Rc::new(named))
    }
}
