//! Decimal numbers as shopspring/decimal v1.4.0 computes with them: `0.1 + 0.2` is `0.3`.

use crate::functions::CallError;

/// `value · 10^exponent`. Where 38 digits do not hold a result (Go's grow without bound), the
/// floating point result takes its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    value: i128,
    exponent: i32,
}

/// Digits behind the point that a division gives.
const DIVISION_PRECISION: i32 = 16;

impl Decimal {
    /// The shortest decimal that reads as this number.
    pub(super) fn from_float(number: f64) -> Result<Self, CallError> {
        if !number.is_finite() {
            let name = values::go::format_float(number);
            return Err(CallError(format!("Cannot create a Decimal from {name}")));
        }
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let decimals = mantissa
            .split_once('.')
            .map_or(0, |(_, decimals)| decimals.len());
        Ok(Self {
            value: mantissa.replace('.', "").parse().unwrap_or(0),
            exponent: exponent.parse::<i32>().unwrap_or(0) - i32::try_from(decimals).unwrap_or(0),
        })
    }

    /// The nearest floating point number.
    pub(super) fn to_float(self) -> f64 {
        format!("{}e{}", self.value, self.exponent)
            .parse()
            .unwrap_or(f64::NAN)
    }

    fn scaled(self, exponent: i32) -> Option<i128> {
        let places = u32::try_from(self.exponent - exponent).ok()?;
        self.value.checked_mul(10_i128.checked_pow(places)?)
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        Some((self.scaled(exponent)?, other.scaled(exponent)?, exponent))
    }

    pub(super) fn add(self, other: Self) -> Result<Self, CallError> {
        let exact = self.aligned(other).and_then(|(a, b, exponent)| {
            Some(Self {
                value: a.checked_add(b)?,
                exponent,
            })
        });
        exact.map_or_else(|| Self::from_float(self.to_float() + other.to_float()), Ok)
    }

    pub(super) fn sub(self, other: Self) -> Result<Self, CallError> {
        self.add(Self {
            value: -other.value,
            ..other
        })
    }

    pub(super) fn mul(self, other: Self) -> Result<Self, CallError> {
        let exact = self.value.checked_mul(other.value).map(|value| Self {
            value,
            exponent: self.exponent + other.exponent,
        });
        exact.map_or_else(|| Self::from_float(self.to_float() * other.to_float()), Ok)
    }

    /// To 16 digits behind the point, halves away from zero.
    pub(super) fn div(self, other: Self) -> Result<Self, CallError> {
        if other.value == 0 {
            return Err("decimal division by 0".into());
        }
        self.divided(other)
            .map_or_else(|| Self::from_float(self.to_float() / other.to_float()), Ok)
    }

    fn divided(self, other: Self) -> Option<Self> {
        let shift = self.exponent - other.exponent + DIVISION_PRECISION;
        let power = 10_i128.checked_pow(shift.unsigned_abs())?;
        let (a, b) = if shift < 0 {
            (self.value, other.value.checked_mul(power)?)
        } else {
            (self.value.checked_mul(power)?, other.value)
        };
        let (mut quotient, rest) = (a / b, a % b);
        if rest.unsigned_abs().checked_mul(2)? >= b.unsigned_abs() {
            quotient += if (a < 0) == (b < 0) { 1 } else { -1 };
        }
        Some(Self {
            value: quotient,
            exponent: -DIVISION_PRECISION,
        })
    }
}
