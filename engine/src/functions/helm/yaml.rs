//! A value as YAML: what Helm's `toYaml` and `toYamlPretty` print.

use ::values::yaml::Printer;

use crate::{
    functions::{CallError, Host, time::Duration},
    value::{ListKind, MapKind, Str, Value},
};

/// Which of Helm's two printers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `toYaml`.
    Marshal,
    /// `toYamlPretty`.
    Pretty,
}

/// The YAML of a value, or the error of the JSON that Helm makes on the way.
pub(super) fn yaml(
    host: &mut Host,
    value: &Value,
    dialect: Dialect,
) -> Result<Result<Str, String>, CallError> {
    host.measure(value)?;
    let mut printer = match dialect {
        Dialect::Marshal => Printer::new(),
        Dialect::Pretty => Printer::pretty(),
    };
    let text = match tell(&mut printer, dialect, value, 0) {
        Ok(()) => printer.finish().unwrap_or_default(),
        Err(Odd) => match by_tree(value, dialect) {
            Ok(text) => text,
            Err(error) => return Ok(Err(error)),
        },
    };
    host.meter.value(text.len())?;
    Ok(Ok(text.strip_suffix('\n').unwrap_or(&text).into()))
}

/// Something that must become a plain tree before it can be printed, or cannot be printed.
struct Odd;

/// Levels that are told; a deeper value is for [`by_tree`] to refuse.
const MAX_DEPTH: usize = 500;

/// Tells the printer a value, without a copy of it.
fn tell(printer: &mut Printer, dialect: Dialect, value: &Value, depth: usize) -> Result<(), Odd> {
    if depth > MAX_DEPTH {
        return Err(Odd);
    }
    match value {
        Value::Nil => printer.null(),
        Value::Bool(flag) => printer.bool(*flag),
        Value::Int(number) | Value::Int64(number) => printer.int(*number),
        Value::Uint8(number) => printer.int(i64::from(*number)),
        Value::Float(number) if number.is_finite() => printer.float(*number),
        Value::String(text) => printer.string(text.as_utf8().ok_or(Odd)?),
        // By way of JSON the nil slice is null; the other printer knows slices.
        Value::List(list) if list.is_nil() && dialect == Dialect::Marshal => printer.null(),
        Value::List(list) if list.kind() != ListKind::Byte => {
            printer.begin_list(list.len());
            for item in list.iter() {
                tell(printer, dialect, item, depth + 1)?;
            }
            printer.end_list();
        }
        // Null for JSON, which `toYaml` goes through; go-yaml v3 makes no difference.
        Value::Map(map) if map.kind() == MapKind::NilString && dialect == Dialect::Marshal => {
            printer.null();
        }
        Value::Map(map) => {
            let map = map.read();
            let mut entries = Vec::with_capacity(map.len());
            for (key, item) in map.iter() {
                entries.push((key.as_utf8().ok_or(Odd)?, item));
            }
            printer.begin_map(entries.len());
            printer.sort(&mut entries, |(key, _)| key);
            for (key, item) in entries {
                printer.key(key);
                tell(printer, dialect, item, depth + 1)?;
            }
            printer.end_map();
        }
        // By way of JSON it is a number; the other printer knows it.
        Value::Object(object)
            if dialect == Dialect::Pretty && value.downcast::<Duration>().is_some() =>
        {
            printer.string(&object.print().to_string_lossy());
        }
        Value::Float(_) | Value::Uint64(_) | Value::List(_) | Value::Object(_) => return Err(Odd),
    }
    Ok(())
}

/// The text of a value by way of a plain tree, or why there is none.
fn by_tree(value: &Value, dialect: Dialect) -> Result<String, String> {
    if let Some(problem) = not_json(value, 0) {
        return Err(format!(
            "error marshaling into JSON: json: unsupported value: {problem}"
        ));
    }
    let tree = value.to_tree().map_err(|error| error.to_string())?;
    Ok(match dialect {
        Dialect::Marshal => ::values::yaml::print(&tree),
        Dialect::Pretty => ::values::yaml::print_pretty(&tree),
    })
}

/// The first number that JSON has no text for.
fn not_json(value: &Value, depth: usize) -> Option<String> {
    if depth > 1_000 {
        return None;
    }
    match value {
        Value::Float(number) if !number.is_finite() => Some(::values::go::format_float(*number)),
        Value::List(list) => list.iter().find_map(|item| not_json(item, depth + 1)),
        Value::Map(map) => map
            .read()
            .iter()
            .find_map(|(_, item)| not_json(item, depth + 1)),
        _ => None,
    }
}
