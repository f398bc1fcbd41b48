//! Go's own functions: text/template of Go 1.26, funcs.go. (`slice` is Sprig's, which hides Go's.)

mod compare;
mod escape;

use super::{
    Call, CallError, Family, Function, Host, Kind, Rest, Special, args::Reflect, cast::signed,
    printf,
};
use crate::value::{Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Builtin;
    for (name, help, special) in [
        ("and", "The first false argument, or the last", Special::And),
        ("or", "The first true argument, or the last", Special::Or),
        (
            "call",
            "Calls a function value; templates have none",
            Special::Call,
        ),
    ] {
        table.push(Function {
            name,
            family,
            help,
            params: &[Kind::Reflect],
            variadic: Some(Kind::Reflect),
            call: Call::Special(special),
        });
    }
    table.push(Function {
        name: "len",
        family,
        help: "The number of items or bytes",
        params: &[Kind::Reflect],
        variadic: None,
        call: Call::Special(Special::Len),
    });
    table.extend([
        Function::new(family, "not", "Whether a value is false or empty", not),
        Function::new(
            family,
            "index",
            "An item of a list or map, or of one within it",
            index,
        ),
        Function::new(family, "print", "The values as text", print),
        Function::new(
            family,
            "println",
            "The values as text and a newline",
            println,
        ),
        Function::new(
            family,
            "printf",
            "Text made after a pattern",
            printf::printf,
        ),
    ]);
    compare::register(table);
    escape::register(table);
}

fn not(value: Reflect) -> bool {
    !value.0.truth()
}

/// The size of what Go can measure: objects by what they iterate over. What is nil is one that Go
/// holds as an `interface {}`; the evaluator knows the others.
pub(crate) fn len(value: &Value) -> Result<Value, CallError> {
    let size = match value {
        Value::Nil => return Err("len of nil pointer".into()),
        Value::String(text) => text.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        Value::Object(object) if matches!(object.go_kind(), "map" | "slice") => {
            object.entries().map_or(0, |entries| entries.len())
        }
        // Go looks behind pointers first.
        other => {
            let behind = other.go_type().trim_start_matches('*').to_owned();
            return Err(CallError(format!("len of type {behind}")));
        }
    };
    Ok(Value::Int(i64::try_from(size).unwrap_or(i64::MAX)))
}

/// `indexArg`: a position may be one past the end, and then fails later.
fn position(index: &Value, size: usize) -> Result<usize, CallError> {
    let number = match index {
        Value::Nil => return Err("cannot index slice/array with nil".into()),
        Value::Uint64(number) => number.cast_signed(),
        Value::Uint8(number) => i64::from(*number),
        other => signed(other).ok_or_else(|| {
            CallError(format!(
                "cannot index slice/array with type {}",
                other.go_type()
            ))
        })?,
    };
    match usize::try_from(number) {
        Ok(position) if position <= size => Ok(position),
        _ => Err(CallError(format!("index out of range: {number}"))),
    }
}

/// `prepareArg` for a map's key.
fn key(index: &Value) -> Result<Str, CallError> {
    match index {
        Value::String(key) => Ok(key.clone()),
        Value::Nil => Err("value is nil; should be of type string".into()),
        other => Err(CallError(format!(
            "value has type {}; should be string",
            other.go_type()
        ))),
    }
}

fn index(item: Reflect, indexes: Rest<Reflect>) -> Result<Value, CallError> {
    let mut item = item.0;
    if item.is_nil() {
        return Err("index of untyped nil".into());
    }
    for Reflect(index) in indexes.0 {
        item = match &item {
            Value::Nil => return Err("index of nil pointer".into()),
            Value::List(list) => {
                let position = position(&index, list.len())?;
                list.get(position)
                    .cloned()
                    .ok_or("reflect: slice index out of range")?
            }
            Value::String(text) => {
                let position = position(&index, text.len())?;
                let byte = text.as_bytes().get(position);
                let byte = *byte.ok_or("reflect: string index out of range")?;
                Value::Uint8(byte)
            }
            Value::Map(map) => map
                .get(key(&index)?.as_bytes())
                .unwrap_or_else(|| map.kind().zero()),
            Value::Object(object) if object.go_kind() == "map" => object
                .field(&key(&index)?.to_string_lossy())
                .unwrap_or_default(),
            Value::Object(object) if object.go_kind() == "slice" => {
                let entries = object.entries().unwrap_or_default();
                let position = position(&index, entries.len())?;
                let entry = entries.into_iter().nth(position);
                entry.ok_or("reflect: slice index out of range")?.1
            }
            other => {
                // Go looks behind a pointer first.
                let kind = other.go_type().trim_start_matches('*');
                return Err(CallError(format!("can't index item of type {kind}")));
            }
        };
    }
    Ok(item)
}

/// `fmt.Sprint`: a space between two values of which none is text.
fn sprint(host: &mut Host, values: &[Value]) -> Result<Vec<u8>, CallError> {
    let mut out = Vec::new();
    let mut after_text = true;
    for (index, value) in values.iter().enumerate() {
        let is_text = matches!(value, Value::String(_));
        host.measure(value)?;
        if index > 0 && !is_text && !after_text {
            out.push(b' ');
        }
        value.print_to(&mut out);
        host.meter.value(out.len())?;
        after_text = is_text;
    }
    Ok(out)
}

fn print(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    Ok(sprint(host, values)?.into())
}

fn println(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    let mut out = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        host.measure(value)?;
        value.print_to(&mut out);
        host.meter.value(out.len())?;
    }
    out.push(b'\n');
    Ok(out.into())
}
