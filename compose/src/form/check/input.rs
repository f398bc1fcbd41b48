//! What a person's typing means in a field.

use values::yaml::{Limits, parse_checked};
use values::{Map, Value};

use super::{check_field, describe};
use crate::form::{Control, Field, Shape, shorten};

/// The value that a person's text means in a field: a number for a number, YAML for YAML. Empty
/// text in a field that cannot hold it means null: back to what there is without it.
///
/// # Errors
/// The message to show at the field.
pub fn parse_input(field: &Field, text: &str) -> Result<Value, String> {
    let value = read(&field.control, text)?;
    check_field(field, &value)?;
    Ok(value)
}

fn read(control: &Control, text: &str) -> Result<Value, String> {
    let trimmed = text.trim();
    Ok(match control {
        Control::Switch => match trimmed {
            "true" | "on" => Value::Bool(true),
            "false" | "off" => Value::Bool(false),
            "" => Value::Null,
            other => {
                return Err(format!(
                    "must be true or false, not `{}`",
                    shorten(other, 60)
                ));
            }
        },
        Control::Number { empty: true, .. } if trimmed.is_empty() => "".into(),
        Control::Number { integer, .. } => number(trimmed, *integer)?,
        Control::Quantity { .. } if trimmed.is_empty() => Value::Null,
        Control::Quantity { .. } => trimmed.into(),
        Control::Text { typed: true, .. } => values::set::typed_value(text),
        Control::Text { .. } | Control::Secret { .. } => text.into(),
        Control::Choice { options } => options
            .iter()
            .find(|option| super::plain(&option.value) == text || option.title == text)
            .map_or_else(|| text.into(), |option| option.value.clone()),
        Control::Map { .. } | Control::Record { .. } => yaml(text, Shape::Map)?,
        Control::List { .. } => yaml(text, Shape::List)?,
        Control::Yaml { shape } => yaml(text, *shape)?,
    })
}

fn number(text: &str, integer: bool) -> Result<Value, String> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Value::Int(number));
    }
    let kind = if integer {
        "a whole number"
    } else {
        "a number"
    };
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::Float(number)),
        _ => Err(format!("must be {kind}, not `{}`", shorten(text, 60))),
    }
}

fn yaml(text: &str, shape: Shape) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(match shape {
            Shape::Any => Value::Null,
            Shape::Map => Value::Map(Map::new()),
            Shape::List => Value::List(Vec::new()),
        });
    }
    let value = parse_checked(text, &Limits::default()).map_err(|error| {
        match (error.line, error.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: {error}"),
            (Some(line), None) => format!("line {line}: {error}"),
            _ => error.to_string(),
        }
    })?;
    match (shape, &value) {
        (Shape::Map, Value::Map(_)) | (Shape::List, Value::List(_)) | (Shape::Any, _) => Ok(value),
        (Shape::Map, other) => Err(format!(
            "must be a table like `key: value`, not {}",
            describe(other)
        )),
        (Shape::List, other) => Err(format!(
            "must be a list like `- entry`, not {}",
            describe(other)
        )),
    }
}
