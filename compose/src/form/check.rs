//! Whether a value will do for a field, and what to say at the field when it will not.

mod input;
mod text;

use values::{Value, ValuesPath};

use super::{Choice, Control, Field, FormModel, Found, Shape, shorten};
use crate::quantity::{Kind, Quantity, explain};

pub use input::parse_input;
pub(crate) use text::matches;

/// Whether a value will do at a path; one that is not in the form will.
///
/// # Errors
/// The message to show at the field.
pub fn check(model: &FormModel, path: &ValuesPath, value: &Value) -> Result<(), String> {
    match model.find(path) {
        Some(Found::Field(field)) if field.path == *path => check_field(field, value),
        Some(Found::Card(_) | Found::Section(_))
            if !matches!(value, Value::Map(_) | Value::Null) =>
        {
            Err(format!(
                "must be a table of values, not {}",
                describe(value)
            ))
        }
        _ => Ok(()),
    }
}

/// Whether a value will do for a field. Null will do everywhere: to Helm it takes the chart's own
/// value away.
///
/// # Errors
/// The message to show at the field.
pub fn check_field(field: &Field, value: &Value) -> Result<(), String> {
    if value.is_null() {
        return Ok(());
    }
    check_control(&field.control, value)
}

/// Whether a value will do for a control.
pub(super) fn check_control(control: &Control, value: &Value) -> Result<(), String> {
    match control {
        Control::Switch => match value {
            Value::Bool(_) => Ok(()),
            Value::String(text) if matches!(text.as_str(), "true" | "false") => Err(format!(
                "must be true or false, not the text \"{text}\"; write it without quotes"
            )),
            other => Err(format!("must be true or false, not {}", describe(other))),
        },
        Control::Number { empty: true, .. } if value.as_str() == Some("") => Ok(()),
        Control::Number {
            min, max, integer, ..
        } => check_number(value, *min, *max, *integer),
        Control::Text {
            pattern,
            format,
            min_length,
            max_length,
            typed,
            ..
        } => {
            let Value::String(text) = value else {
                let scalar = !matches!(value, Value::Map(_) | Value::List(_));
                return if *typed && scalar {
                    Ok(())
                } else {
                    Err(not_text(value))
                };
            };
            text::length(text, *min_length, *max_length)?;
            text::pattern(text, pattern.as_deref())?;
            text::format(text, format.as_deref())
        }
        Control::Secret {
            pattern,
            min_length,
        } => {
            let Value::String(text) = value else {
                return Err(not_text(value));
            };
            text::length(text, *min_length, None)?;
            // The text itself must not appear in the message.
            text::pattern(text, pattern.as_deref())
                .map_err(|_| "does not have the form that the chart asks for".to_owned())
        }
        Control::Choice { options } => check_choice(value, options),
        Control::Quantity { kind, min, max } => {
            check_quantity(value, *kind, min.as_deref(), max.as_deref())
        }
        Control::Map { item } => match value {
            Value::Map(map) => map.iter().try_for_each(|(key, value)| {
                let result = if value.is_null() {
                    Ok(())
                } else {
                    check_control(item, value)
                };
                result.map_err(|message| format!("`{}` {message}", shorten(key, 60)))
            }),
            other => Err(format!(
                "must be a table of keys and values, not {}",
                describe(other)
            )),
        },
        Control::List {
            item,
            min_items,
            max_items,
        } => check_list(value, item, *min_items, *max_items),
        Control::Record { parts } => check_record(value, parts),
        Control::Yaml { shape } => match (shape, value) {
            (Shape::Any, _) | (Shape::Map, Value::Map(_)) | (Shape::List, Value::List(_)) => Ok(()),
            (Shape::Map, other) => Err(format!("must be a table, not {}", describe(other))),
            (Shape::List, other) => Err(format!("must be a list, not {}", describe(other))),
        },
    }
}

fn not_text(value: &Value) -> String {
    match value {
        Value::Map(_) | Value::List(_) => format!("must be text, not {}", describe(value)),
        other => format!(
            "must be text, not {}; in a link or on a command line, `set-string` makes it text",
            describe(other)
        ),
    }
}

fn check_number(
    value: &Value,
    min: Option<f64>,
    max: Option<f64>,
    integer: bool,
) -> Result<(), String> {
    let number = match value {
        #[expect(clippy::cast_precision_loss, reason = "only compared with a range")]
        Value::Int(number) => *number as f64,
        Value::Float(number) => *number,
        Value::String(text) if text.trim().parse::<f64>().is_ok() => {
            return Err(format!(
                "must be a number, not the text \"{}\"",
                shorten(text, 40)
            ));
        }
        other => return Err(format!("must be a number, not {}", describe(other))),
    };
    if integer && number.fract() != 0.0 {
        return Err(format!("must be a whole number, not {number}"));
    }
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        return Err(format!("must be {}, not {number}", range(min, max)));
    }
    Ok(())
}

fn range<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("between {min} and {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "anything".to_owned(),
    }
}

fn check_choice(value: &Value, options: &[Choice]) -> Result<(), String> {
    if options
        .iter()
        .any(|option| crate::layers::same(&option.value, value))
    {
        return Ok(());
    }
    let names: Vec<String> = options
        .iter()
        .take(12)
        .map(|option| format!("`{}`", shorten(&plain(&option.value), 40)))
        .collect();
    let more = if options.len() > 12 { " …" } else { "" };
    let near = match value {
        Value::String(text) => values::suggest::nearest(
            text,
            options.iter().filter_map(|option| option.value.as_str()),
        ),
        _ => None,
    };
    let near = near
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    Err(format!(
        "must be one of {}{more}, not {}{near}",
        names.join(", "),
        describe(value)
    ))
}

fn check_quantity(
    value: &Value,
    kind: Kind,
    min: Option<&str>,
    max: Option<&str>,
) -> Result<(), String> {
    let quantity = match value {
        // Nothing is how a chart says that there is none.
        Value::String(text) if text.is_empty() => return Ok(()),
        Value::String(text) => text.parse::<Quantity>().map_err(|_| explain(text, kind))?,
        Value::Int(_) | Value::Float(_) => {
            Quantity::from_value(value).map_err(|error| error.to_string())?
        }
        other => return Err(format!("must be a quantity, not {}", describe(other))),
    };
    if quantity.is_negative() {
        return Err(format!("must not be below zero, as {} is", describe(value)));
    }
    let bound = |text: Option<&str>| text.and_then(|text| text.parse::<Quantity>().ok());
    if bound(min).is_some_and(|min| quantity < min) || bound(max).is_some_and(|max| quantity > max)
    {
        return Err(format!("must be {}, not {}", range(min, max), plain(value)));
    }
    Ok(())
}

fn check_list(
    value: &Value,
    item: &Control,
    min: Option<usize>,
    max: Option<usize>,
) -> Result<(), String> {
    let Value::List(list) = value else {
        return Err(format!("must be a list, not {}", describe(value)));
    };
    if min.is_some_and(|min| list.len() < min) || max.is_some_and(|max| list.len() > max) {
        return Err(format!(
            "must have {} entries, not {}",
            range(min, max),
            list.len()
        ));
    }
    for (at, entry) in list.iter().enumerate() {
        check_control(item, entry).map_err(|message| format!("entry {} {message}", at + 1))?;
    }
    Ok(())
}

/// Each known key on its own; what a table lacks or has beside them is left to Helm's own check.
fn check_record(value: &Value, parts: &[Field]) -> Result<(), String> {
    let Value::Map(map) = value else {
        return Err(format!("must be a table, not {}", describe(value)));
    };
    for part in parts {
        let key = part.path.last_key().unwrap_or_default();
        match map.get(key) {
            Some(value) => check_field(part, value),
            None if part.required => Err("is missing".to_owned()),
            None => Ok(()),
        }
        .map_err(|message| format!("`{}` {message}", shorten(key, 60)))?;
    }
    Ok(())
}

/// A value as a message names it.
fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a table".to_owned(),
        other => format!("`{}`", shorten(&plain(other), 60)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::Value::from(other).to_string(),
    }
}

#[cfg(test)]
mod tests;
