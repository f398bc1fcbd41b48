//! What recorded cases have in common.

use values::{Value, go};

/// The tree as the recording chart prints it: each scalar with its Go kind.
pub(crate) fn kinds(value: &Value) -> Value {
    match value {
        Value::Null => "null".into(),
        Value::Bool(flag) => format!("bool {flag}").into(),
        Value::Int(number) => format!("int64 {number}").into(),
        Value::Float(number) => format!("float64 {}", go::json_float(*number)).into(),
        Value::String(text) => format!("string {}", go::json_string(text, false)).into(),
        Value::List(list) => Value::List(list.iter().map(kinds).collect()),
        Value::Map(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (key.clone(), kinds(value)))
                .collect(),
        ),
    }
}
