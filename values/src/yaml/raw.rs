//! What go-yaml decodes before JSON narrows it: integers are still integers, keys still typed.

use std::fmt;

use super::YamlError;
use crate::{Map, Value, go};

/// Go's `any` as go-yaml fills it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl Raw {
    /// A text that differs for keys that Go holds apart.
    pub(super) fn identity(&self) -> String {
        match self {
            Self::Text(text) => format!("s{text}"),
            Self::Float(float) if *float == 0.0 => "f0".to_owned(),
            Self::Float(float) => format!("f{float}"),
            Self::Int(integer) => format!("i{integer}"),
            Self::Uint(integer) => format!("u{integer}"),
            other => other.to_string(),
        }
    }

    /// The key that sigs.k8s.io/yaml writes into JSON.
    pub(super) fn key(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Int(integer) => Some(integer.to_string()),
            Self::Float(float) => Some(go::yaml_float32(*float)),
            Self::Bool(flag) => Some(flag.to_string()),
            Self::Null | Self::Uint(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// What `encoding/json` reads back: every number is a `float64`.
    pub(super) fn into_value(self) -> Result<Value, YamlError> {
        self.check_keys()?;
        self.convert(false)
    }

    /// As [`into_value`](Self::into_value), before JSON makes integers floats.
    pub(super) fn into_typed_value(self) -> Result<Value, YamlError> {
        self.check_keys()?;
        self.convert(true)
    }

    /// Keys are looked at before any value becomes JSON.
    fn check_keys(&self) -> Result<(), YamlError> {
        match self {
            Self::List(list) => list.iter().try_for_each(Self::check_keys),
            Self::Map(entries) => entries.iter().try_for_each(|(key, value)| match key {
                Self::Null | Self::Uint(_) | Self::List(_) | Self::Map(_) => {
                    Err(unsupported_key(key, value))
                }
                _ => value.check_keys(),
            }),
            _ => Ok(()),
        }
    }

    fn convert(self, typed: bool) -> Result<Value, YamlError> {
        #[expect(clippy::cast_precision_loss, reason = "as JSON's numbers read back")]
        Ok(match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Int(integer) if typed => Value::Int(integer),
            Self::Int(integer) => Value::Float(integer as f64),
            Self::Uint(integer) => Value::Float(integer as f64),
            Self::Float(float) if float.is_finite() => Value::Float(float),
            Self::Float(float) => {
                return Err(failure(&format!(
                    "json: unsupported value: {}",
                    infinite(float)
                )));
            }
            Self::Text(text) => Value::String(text),
            Self::List(list) => return list_into_value(list, typed),
            Self::Map(entries) => return map_into_value(entries, typed),
        })
    }
}

fn list_into_value(list: Vec<Raw>, typed: bool) -> Result<Value, YamlError> {
    let mut out = Vec::with_capacity(list.len());
    for item in list {
        out.push(item.convert(typed)?);
    }
    Ok(Value::List(out))
}

fn map_into_value(entries: Vec<(Raw, Raw)>, typed: bool) -> Result<Value, YamlError> {
    let mut map = Map::new();
    for (key, value) in entries {
        match key.key() {
            Some(key) => map.insert(key, value.convert(typed)?),
            None => return Err(unsupported_key(&key, &value)),
        };
    }
    Ok(Value::Map(map))
}

/// Go's name for a float that JSON cannot hold.
fn infinite(float: f64) -> &'static str {
    if float.is_nan() {
        "NaN"
    } else if float > 0.0 {
        "+Inf"
    } else {
        "-Inf"
    }
}

fn unsupported_key(key: &Raw, value: &Raw) -> YamlError {
    let kind = match key {
        Raw::Uint(_) => "uint64",
        _ => "%!s(<nil>)",
    };
    let top = |raw: &Raw| match raw {
        Raw::Null => "<nil>".to_owned(),
        other => other.to_string(),
    };
    let (key, value) = (top(key), top(value));
    failure(&format!(
        "unsupported map key of type: {kind}, key: {key}, value: {value}"
    ))
}

fn failure(problem: &str) -> YamlError {
    YamlError {
        message: format!("error converting YAML to JSON: {problem}"),
        line: None,
        column: None,
    }
}

/// As Go's `%#v` prints it inside of a map or slice.
impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("interface {}(nil)"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Int(integer) => write!(f, "{integer}"),
            Self::Uint(integer) => write!(f, "{integer:#x}"),
            Self::Float(float) => f.write_str(&go::format_float(*float)),
            Self::Text(text) => f.write_str(&go::quote(text)),
            Self::List(list) => {
                f.write_str("[]interface {}{")?;
                for (index, item) in list.iter().enumerate() {
                    write!(f, "{}{item}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
            Self::Map(entries) => {
                f.write_str("map[interface {}]interface {}{")?;
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_by_key(|(key, _)| match key {
                    Self::Text(text) => text.clone(),
                    other => other.to_string(),
                });
                for (index, (key, value)) in sorted.into_iter().enumerate() {
                    write!(f, "{}{key}:{value}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}
