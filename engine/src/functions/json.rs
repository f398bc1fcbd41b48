//! JSON as Go's encoding/json writes and reads it.

mod decode;
mod encode;

pub(super) use decode::decode;
pub(crate) use decode::{NotJson, first_value};
pub(super) use encode::{Style, encode};

use crate::value::Value;

/// What encoding/json calls a value that it cannot put into a Go type.
pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "bool",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    }
}
