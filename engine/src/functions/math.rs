//! Sprig v3.3.0, numeric.go and the arithmetic of functions.go: integers are `int64` and wrap
//! around, `…f` functions compute in decimals (shopspring/decimal v1.4.0) and give a `float64`.

mod decimal;

use super::{
    CallError, Family, Function, Host, Rest,
    cast::{parse_int, saturating_int, to_float, to_int},
};
use crate::value::Value;
use decimal::Decimal;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Math;
    table.extend([
        Function::new(family, "int", "A value as int", |value: Value| {
            Value::Int(to_int(&value))
        }),
        Function::new(family, "int64", "A value as int64", |value: Value| {
            int64(to_int(&value))
        }),
        Function::new(family, "float64", "A value as float64", |value: Value| {
            to_float(&value)
        }),
        Function::new(family, "atoi", "Text as int, 0 if it is none", atoi),
        Function::new(family, "toDecimal", "Octal text as int64", to_decimal),
        Function::new(family, "add", "The sum", add),
        Function::new(family, "add1", "One more", |value: Value| {
            int64(to_int(&value).wrapping_add(1))
        }),
        Function::new(family, "sub", "The difference", |a: Value, b: Value| {
            int64(to_int(&a).wrapping_sub(to_int(&b)))
        }),
        Function::new(family, "mul", "The product", mul),
        Function::new(family, "div", "The quotient, cut", |a: Value, b: Value| {
            divided(to_int(&a), to_int(&b), i64::wrapping_div)
        }),
        Function::new(family, "mod", "The remainder", |a: Value, b: Value| {
            divided(to_int(&a), to_int(&b), i64::wrapping_rem)
        }),
        Function::new(family, "min", "The least as int64", min),
        Function::new(family, "maxf", "The greatest as float64", maxf),
        Function::new(family, "minf", "The least as float64", minf),
        Function::new(
            family,
            "floor",
            "The next whole number below",
            |value: Value| to_float(&value).floor(),
        ),
        Function::new(
            family,
            "ceil",
            "The next whole number above",
            |value: Value| to_float(&value).ceil(),
        ),
        Function::new(family, "round", "A number rounded to decimals", round),
        Function::new(
            family,
            "randInt",
            "A random int from one to before another",
            rand_int,
        ),
        Function::new(family, "addf", "The sum in decimals", addf),
        Function::new(family, "add1f", "One more in decimals", |value: Value| {
            fold(&value, &[Value::Int(1)], Decimal::add)
        }),
        Function::new(
            family,
            "subf",
            "The difference in decimals",
            |a: Value, b: &[Value]| fold(&a, b, Decimal::sub),
        ),
        Function::new(
            family,
            "mulf",
            "The product in decimals",
            |a: Value, b: &[Value]| fold(&a, b, Decimal::mul),
        ),
        Function::new(
            family,
            "divf",
            "The quotient in decimals",
            |a: Value, b: &[Value]| fold(&a, b, Decimal::div),
        ),
    ]);
    for name in ["max", "biggest"] {
        table.push(Function::new(family, name, "The greatest as int64", max));
    }
}

fn int64(number: i64) -> Value {
    Value::Int64(number)
}

fn atoi(text: String) -> Value {
    Value::Int(saturating_int(&text))
}

fn to_decimal(host: &mut Host, value: Value) -> Result<Value, CallError> {
    host.measure(&value)?;
    Ok(int64(
        parse_int(&value.to_str().to_string_lossy(), 8).unwrap_or(0),
    ))
}

fn add(numbers: &[Value]) -> Value {
    int64(numbers.iter().map(to_int).fold(0, i64::wrapping_add))
}

fn mul(first: Value, others: &[Value]) -> Value {
    int64(
        others
            .iter()
            .map(to_int)
            .fold(to_int(&first), i64::wrapping_mul),
    )
}

fn divided(a: i64, b: i64, divide: fn(i64, i64) -> i64) -> Result<Value, CallError> {
    if b == 0 {
        return Err("runtime error: integer divide by zero".into());
    }
    Ok(int64(divide(a, b)))
}

fn max(first: Value, others: &[Value]) -> Value {
    int64(others.iter().map(to_int).fold(to_int(&first), i64::max))
}

fn min(first: Value, others: &[Value]) -> Value {
    int64(others.iter().map(to_int).fold(to_int(&first), i64::min))
}

/// `math.Max`: not a number beats all but infinity.
fn maxf(first: Value, others: &[Value]) -> f64 {
    others.iter().map(to_float).fold(to_float(&first), |a, b| {
        if a.is_nan() || b.is_nan() {
            if a == f64::INFINITY || b == f64::INFINITY {
                f64::INFINITY
            } else {
                f64::NAN
            }
        } else if a == b && a.is_sign_negative() {
            b
        } else {
            a.max(b)
        }
    })
}

fn minf(first: Value, others: &[Value]) -> f64 {
    others.iter().map(to_float).fold(to_float(&first), |a, b| {
        if a.is_nan() || b.is_nan() {
            if a == f64::NEG_INFINITY || b == f64::NEG_INFINITY {
                f64::NEG_INFINITY
            } else {
                f64::NAN
            }
        } else if a == b && b.is_sign_negative() {
            b
        } else {
            a.min(b)
        }
    })
}

/// Up from a half (or another fraction); below zero this cuts away from zero.
fn round(value: Value, places: i64, from: Rest<f64>) -> f64 {
    let from = from.0.first().copied().unwrap_or(0.5);
    let power = 10_f64.powi(i32::try_from(places.clamp(-400, 400)).unwrap_or(0));
    let shifted = power * to_float(&value);
    let rounded = if shifted.fract() >= from {
        shifted.ceil()
    } else {
        shifted.floor()
    };
    rounded / power
}

fn rand_int(host: &mut Host, min: i64, max: i64) -> Result<Value, CallError> {
    let range = max.wrapping_sub(min);
    match u64::try_from(range) {
        Ok(range) if range > 0 => Ok(Value::Int(
            min.wrapping_add_unsigned(host.random_below(range)),
        )),
        _ => Err("invalid argument to Intn".into()),
    }
}

fn addf(numbers: &[Value]) -> Result<f64, CallError> {
    fold(&Value::Float(0.0), numbers, Decimal::add)
}

fn fold(
    first: &Value,
    others: &[Value],
    operation: fn(Decimal, Decimal) -> Result<Decimal, CallError>,
) -> Result<f64, CallError> {
    let mut result = Decimal::from_float(to_float(first))?;
    for other in others {
        result = operation(result, Decimal::from_float(to_float(other))?)?;
    }
    Ok(result.to_float())
}
