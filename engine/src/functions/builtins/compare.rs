//! `eq`, `ne`, `lt`, `le`, `gt` and `ge`: no two types are compared, except integers.

use std::cmp::Ordering;

use crate::{
    functions::{
        CallError, Family, Function, Host, Rest,
        args::Reflect,
        cast::{deep_equal, signed},
        printf,
    },
    value::Value,
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Builtin;
    table.extend([
        Function::new(family, "eq", "Whether a value equals one of the others", eq),
        Function::new(family, "ne", "Whether two values differ", ne),
        Function::new(family, "lt", "Whether a value is less than another", lt),
        Function::new(
            family,
            "le",
            "Whether a value is less than or equals another",
            le,
        ),
        Function::new(family, "gt", "Whether a value is greater than another", gt),
        Function::new(
            family,
            "ge",
            "Whether a value is greater than or equals another",
            ge,
        ),
    ]);
}

/// `basicKind`: what can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Basic<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    String(&'a [u8]),
    Other,
}

fn basic(value: &Value) -> Basic<'_> {
    match value {
        Value::Bool(flag) => Basic::Bool(*flag),
        Value::Uint64(number) => Basic::Uint(*number),
        Value::Uint8(number) => Basic::Uint(u64::from(*number)),
        Value::Float(number) => Basic::Float(*number),
        Value::String(text) => Basic::String(text.as_bytes()),
        other => signed(other).map_or(Basic::Other, Basic::Int),
    }
}

fn incompatible(a: &Value, b: &Value) -> CallError {
    CallError(format!(
        "incompatible types for comparison: {} and {}",
        a.go_type(),
        b.go_type()
    ))
}

fn equal(host: &mut Host, a: &Value, b: &Value) -> Result<bool, CallError> {
    Ok(match (basic(a), basic(b)) {
        (Basic::Bool(a), Basic::Bool(b)) => a == b,
        (Basic::Int(a), Basic::Int(b)) => a == b,
        (Basic::Uint(a), Basic::Uint(b)) => a == b,
        (Basic::Float(a), Basic::Float(b)) => a.partial_cmp(&b) == Some(Ordering::Equal),
        (Basic::String(a), Basic::String(b)) => a == b,
        (Basic::Int(int), Basic::Uint(uint)) | (Basic::Uint(uint), Basic::Int(int)) => {
            u64::try_from(int) == Ok(uint)
        }
        (Basic::Other, Basic::Other) => return equal_others(host, a, b),
        _ if a.is_nil() || b.is_nil() => false,
        _ => return Err(incompatible(a, b)),
    })
}

/// Lists and maps cannot be compared, except with nil.
fn equal_others(host: &mut Host, a: &Value, b: &Value) -> Result<bool, CallError> {
    if a.is_nil() || b.is_nil() {
        let is_nil = |value: &Value| match value {
            Value::List(list) => list.is_nil(),
            other => other.is_nil(),
        };
        return Ok(is_nil(a) == is_nil(b));
    }
    host.measure(a)?;
    host.measure(b)?;
    if a.go_kind() != b.go_kind() {
        let printed = |value: &Value| {
            String::from_utf8_lossy(&printf::format(b"%s", std::slice::from_ref(value)))
                .into_owned()
        };
        return Err(CallError(format!(
            "non-comparable types {}: {}, {}: {}",
            printed(a),
            a.go_type(),
            b.go_type(),
            b.to_str().to_string_lossy()
        )));
    }
    if let (Value::Object(_), Value::Object(object)) = (a, b)
        && !matches!(object.go_kind(), "map" | "slice")
    {
        return Ok(deep_equal(a, b));
    }
    let printed = printf::format(b"%s", std::slice::from_ref(b));
    Err(CallError(format!(
        "non-comparable type {}: {}",
        String::from_utf8_lossy(&printed),
        b.go_type()
    )))
}

fn eq(host: &mut Host, first: Reflect, others: Rest<Reflect>) -> Result<bool, CallError> {
    if others.0.is_empty() {
        return Err("missing argument for comparison".into());
    }
    for other in &others.0 {
        if equal(host, &first.0, &other.0)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn ne(host: &mut Host, a: Reflect, b: Reflect) -> Result<bool, CallError> {
    Ok(!equal(host, &a.0, &b.0)?)
}

fn less(a: &Value, b: &Value) -> Result<bool, CallError> {
    const BAD_TYPE: &str = "invalid type for comparison";
    Ok(match (basic(a), basic(b)) {
        (Basic::Other, _) | (_, Basic::Other) | (Basic::Bool(_), Basic::Bool(_)) => {
            return Err(BAD_TYPE.into());
        }
        (Basic::Int(a), Basic::Int(b)) => a < b,
        (Basic::Uint(a), Basic::Uint(b)) => a < b,
        (Basic::Float(a), Basic::Float(b)) => a < b,
        (Basic::String(a), Basic::String(b)) => a < b,
        (Basic::Int(a), Basic::Uint(b)) => u64::try_from(a).is_ok_and(|a| a < b) || a < 0,
        (Basic::Uint(a), Basic::Int(b)) => u64::try_from(b).is_ok_and(|b| a < b),
        _ => return Err(incompatible(a, b)),
    })
}

fn less_or_equal(host: &mut Host, a: &Value, b: &Value) -> Result<bool, CallError> {
    Ok(less(a, b)? || equal(host, a, b)?)
}

fn lt(a: Reflect, b: Reflect) -> Result<bool, CallError> {
    less(&a.0, &b.0)
}

fn le(host: &mut Host, a: Reflect, b: Reflect) -> Result<bool, CallError> {
    less_or_equal(host, &a.0, &b.0)
}

fn gt(host: &mut Host, a: Reflect, b: Reflect) -> Result<bool, CallError> {
    Ok(!less_or_equal(host, &a.0, &b.0)?)
}

fn ge(a: Reflect, b: Reflect) -> Result<bool, CallError> {
    Ok(!less(&a.0, &b.0)?)
}
