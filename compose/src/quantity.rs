//! Kubernetes quantities: `500m`, `1.5Gi`, `2e3`.
//!
//! Follows `k8s.io/apimachinery`'s `resource.ParseQuantity` and its canonical form: the same
//! texts are accepted, the same text comes out.

mod advice;
mod parse;
pub mod scale;

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use values::Value;

pub use advice::explain;

/// Nano-units in one.
const NANO: i128 = 1_000_000_000;

/// The largest amount: Kubernetes caps at Go's largest `int64`.
const MAX: i128 = i64::MAX as i128 * NANO;

/// What a quantity measures, which decides the units a person expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Cores.
    Cpu,
    /// Bytes of memory.
    Memory,
    /// Bytes of a volume.
    Storage,
}

/// The family of suffixes that a quantity was written with, and is printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// `n u m k M G T P E`
    Decimal,
    /// `Ki Mi Gi Ti Pi Ei`
    Binary,
    /// `e3`
    Exponent,
}

/// An amount as Kubernetes writes it. Compared by amount, not by notation.
#[derive(Debug, Clone, Copy)]
pub struct Quantity {
    nano: i128,
    format: Format,
}

/// A text that is no quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a quantity")]
pub struct QuantityError(pub String);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self {
        nano: 0,
        format: Format::Decimal,
    };

    /// Reads a quantity out of a value: text, or a number as YAML gives it.
    ///
    /// # Errors
    /// When it is neither, or no quantity.
    pub fn from_value(value: &Value) -> Result<Self, QuantityError> {
        match value {
            Value::String(text) => text.parse(),
            Value::Int(number) => number.to_string().parse(),
            Value::Float(number) => number.to_string().parse(),
            other => Err(QuantityError(values::go::json(other, false))),
        }
    }

    /// So many bytes, printed with binary suffixes.
    #[must_use]
    pub const fn from_bytes(bytes: i64) -> Self {
        Self {
            nano: bytes as i128 * NANO,
            format: Format::Binary,
        }
    }

    /// So many thousandths, printed with decimal suffixes.
    #[must_use]
    pub const fn from_milli(milli: i64) -> Self {
        Self {
            nano: milli as i128 * (NANO / 1000),
            format: Format::Decimal,
        }
    }

    /// Thousandths, rounded up: millicores of CPU.
    #[must_use]
    pub fn milli(&self) -> i64 {
        saturate(divide_up(self.nano, NANO / 1000))
    }

    /// Whole units, rounded up: bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> i64 {
        saturate(divide_up(self.nano, NANO))
    }

    /// Whole units as a number, for sliders and shares.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "only to draw with")]
        let nano = self.nano as f64;
        nano / 1e9
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.nano < 0
    }

    /// As many of it as there are replicas.
    #[must_use]
    pub fn times(&self, count: u32) -> Self {
        Self {
            nano: clamp(self.nano.saturating_mul(i128::from(count))),
            format: self.format,
        }
    }
}

/// Divides, rounding away from zero, as Kubernetes rounds.
fn divide_up(number: i128, by: i128) -> i128 {
    number / by + if number % by == 0 { 0 } else { number.signum() }
}

fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn clamp(nano: i128) -> i128 {
    nano.clamp(-MAX, MAX)
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nano == other.nano
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nano.cmp(&other.nano)
    }
}

impl Add for Quantity {
    type Output = Self;

    /// The sum, in the notation of the first one that is not nothing.
    fn add(self, other: Self) -> Self {
        let format = if self.nano == 0 {
            other.format
        } else {
            self.format
        };
        Self {
            nano: clamp(self.nano + other.nano),
            format,
        }
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        parse::parse(text).ok_or_else(|| QuantityError(crate::form::shorten(text, 60)))
    }
}

impl fmt::Display for Quantity {
    /// The canonical form: no fraction, the largest suffix that needs none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nano == 0 {
            return f.write_str("0");
        }
        let small = self.nano.abs() < 1024 * NANO;
        if self.format == Format::Binary && !small && self.nano % NANO == 0 {
            let mut number = self.nano / NANO;
            let mut suffix = 0;
            while number % 1024 == 0 && suffix < 6 {
                number /= 1024;
                suffix += 1;
            }
            return write!(
                f,
                "{number}{}",
                ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][suffix]
            );
        }
        let mut number = self.nano;
        let mut suffix = 0;
        while number % 1000 == 0 && suffix < 9 {
            number /= 1000;
            suffix += 1;
        }
        if self.format == Format::Exponent {
            let exponent = suffix as i32 * 3 - 9;
            return if exponent == 0 {
                write!(f, "{number}")
            } else {
                write!(f, "{number}e{exponent}")
            };
        }
        write!(
            f,
            "{number}{}",
            ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][suffix]
        )
    }
}

/// Millicores of a CPU quantity.
///
/// # Errors
/// When it is no quantity.
pub fn parse_cpu(text: &str) -> Result<i64, QuantityError> {
    text.parse::<Quantity>().map(|quantity| quantity.milli())
}

/// Bytes of a memory or storage quantity.
///
/// # Errors
/// When it is no quantity.
pub fn parse_memory(text: &str) -> Result<i64, QuantityError> {
    text.parse::<Quantity>().map(|quantity| quantity.bytes())
}

/// Millicores as a person reads them: `18.2`.
#[must_use]
pub fn format_cpu(milli: i64) -> String {
    let (sign, milli) = (if milli < 0 { "-" } else { "" }, milli.unsigned_abs());
    let text = format!("{sign}{}.{:03}", milli / 1000, milli % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Bytes as a person reads them, to one decimal: `82Gi`, `1.5Gi`.
#[must_use]
pub fn format_bytes(bytes: i64) -> String {
    let (sign, bytes) = (
        if bytes < 0 { "-" } else { "" },
        i128::from(bytes.unsigned_abs()),
    );
    let suffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let mut suffix = 0;
    while suffix < 6 && bytes >> (10 * (suffix + 1)) > 0 {
        suffix += 1;
    }
    let unit = 1_i128 << (10 * suffix);
    let mut tenths = (bytes * 10 + unit / 2) / unit;
    if tenths >= 10_240 && suffix < 6 {
        suffix += 1;
        tenths = 10;
    }
    let fraction = if tenths % 10 == 0 {
        String::new()
    } else {
        format!(".{}", tenths % 10)
    };
    format!("{sign}{}{fraction}{}", tenths / 10, suffixes[suffix])
}

#[cfg(test)]
mod tests;
