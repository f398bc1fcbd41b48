//! The values that templates work on: Go's, as far as a template can tell.
//!
//! Maps are shared and mutable (`set` in one template is visible to the next), `int`, `int64`,
//! `uint64` and `float64` are distinct types, strings are bytes, and nil is a value of its own.
//! [`values::Value`] is the plain tree outside of a render; [`Value`] is what it becomes inside.

mod convert;
mod entries;
mod key;
mod list;
mod map;
mod object;
mod print;
mod string;
mod teardown;
pub(crate) mod watch;

use std::rc::Rc;

pub(crate) use convert::TooDeep;
pub use key::Key;
pub use list::{List, ListKind};
pub use map::{Map, MapKind};
pub use object::{MethodResult, Object};
pub use string::Str;

/// One value inside a render.
///
/// Cloning is cheap: text, lists, maps and objects are shared.
#[derive(Clone, Default)]
pub enum Value {
    /// Go's nil: what a missing key and YAML's null give.
    #[default]
    Nil,
    /// `bool`.
    Bool(bool),
    /// `int`: number constants, `len`, `int`, indexes.
    Int(i64),
    /// `int64`: what `--set`, `int64` and Sprig's integer arithmetic give.
    Int64(i64),
    /// `uint64`: the parts of a `semver`.
    Uint64(u64),
    /// `uint8`: a byte of a text, as `index` gives it, or of a `[]uint8`.
    Uint8(u8),
    /// `float64`: every number of a values file.
    Float(f64),
    /// `string`.
    String(Str),
    /// A slice.
    List(List),
    /// A map with string keys.
    Map(Map),
    /// Something with methods or fields of its own, as `.Files`.
    Object(Rc<dyn Object>),
}

impl Value {
    /// A string value.
    pub fn str(text: impl Into<Str>) -> Self {
        Self::String(text.into())
    }

    /// A `[]interface {}`.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(List::new(ListKind::Any, items))
    }

    /// A `[]string`.
    pub fn strings<S: Into<Str>>(items: impl IntoIterator<Item = S>) -> Self {
        let items = items
            .into_iter()
            .map(|item| Value::String(item.into()))
            .collect();
        Self::List(List::new(ListKind::String, items))
    }

    /// A `map[string]interface {}`.
    #[must_use]
    pub fn map(entries: impl IntoIterator<Item = (Str, Value)>) -> Self {
        Self::Map(Map::from_entries(MapKind::Any, entries))
    }

    /// Whether it is nil.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// What `if` makes of it: not the zero of its type, a container that is not empty
    /// (follows `text/template`, exec.go, `isTrue`).
    #[must_use]
    pub fn truth(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(flag) => *flag,
            Self::Int(number) | Self::Int64(number) => *number != 0,
            Self::Uint64(number) => *number != 0,
            Self::Uint8(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::String(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.truth(),
        }
    }

    /// The name of its Go type, as `%T` and `typeOf` print it.
    #[must_use]
    pub fn go_type(&self) -> &str {
        match self {
            Self::Nil => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Int64(_) => "int64",
            Self::Uint64(_) => "uint64",
            Self::Uint8(_) => "uint8",
            Self::Float(_) => "float64",
            Self::String(_) => "string",
            Self::List(list) => list.kind().go_type(),
            Self::Map(map) => map.kind().go_type(),
            Self::Object(object) => object.go_type(),
        }
    }

    /// The name of its Go kind, as `kindOf` prints it.
    #[must_use]
    pub fn go_kind(&self) -> &str {
        match self {
            Self::Nil => "invalid",
            Self::List(_) => "slice",
            Self::Map(_) => "map",
            Self::Object(object) => object.go_kind(),
            _ => self.go_type(),
        }
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&Str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if Go has it as a slice: a list, or an object such as `.Capabilities.APIVersions`.
    pub(crate) fn items(&self) -> Option<List> {
        match self {
            Self::List(list) => Some(list.clone()),
            Self::Object(object) if object.go_kind() == "slice" => {
                let entries = object.entries()?.into_iter();
                Some(List::new(
                    ListKind::Any,
                    entries.map(|(_, item)| item).collect(),
                ))
            }
            _ => None,
        }
    }

    /// The map, if it is one.
    #[must_use]
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    #[must_use]
    pub fn as_list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The object of type `T`, if it is one.
    #[must_use]
    pub fn downcast<T: Object>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::String(text) => write!(f, "{:?}", text.to_string_lossy()),
            other => write!(
                f,
                "{}({})",
                other.go_type(),
                other.to_str().to_string_lossy()
            ),
        }
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<Str> for Value {
    fn from(text: Str) -> Self {
        Self::String(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}
