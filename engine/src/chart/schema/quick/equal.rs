//! When a value is the one that a schema names.

use serde_json::Value as Json;
use values::{Map, Value};

use super::{Fits, Unsure};

/// Whether both are the same; numbers by what they are worth.
pub(super) fn is_same(value: &Value, known: &Json) -> bool {
    match (value, known) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(flag), Json::Bool(known)) => flag == known,
        (Value::Int(_) | Value::Float(_), Json::Number(known)) => known.as_f64() == number(value),
        (Value::String(text), Json::String(known)) => text == known,
        (Value::List(list), Json::Array(known)) => {
            list.len() == known.len()
                && list
                    .iter()
                    .zip(known)
                    .all(|(item, known)| is_same(item, known))
        }
        (Value::Map(table), known) => is_same_table(table, known),
        _ => false,
    }
}

pub(super) fn is_same_table(table: &Map, known: &Json) -> bool {
    let Json::Object(known) = known else {
        return false;
    };
    table.len() == known.len()
        && table
            .iter()
            .all(|(key, value)| known.get(key).is_some_and(|known| is_same(value, known)))
}

/// What a number is worth. A schema names none beyond 2^53 here, so no two are mixed up.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// Whether no item stands twice, where that is quick to tell.
pub(super) fn are_distinct(list: &[Value]) -> Fits {
    const MANY: usize = 64;
    let is_simple = |item: &Value| matches!(item, Value::Float(_) | Value::String(_));
    if list.len() > MANY || !list.iter().all(is_simple) {
        return Err(Unsure);
    }
    Ok((1..list.len()).all(|at| !list[..at].contains(&list[at])))
}
