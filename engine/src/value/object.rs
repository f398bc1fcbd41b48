//! Values with methods or fields: what in Go is a struct or a named type with methods.

use std::any::Any;

use super::{Str, Value};
use crate::functions::Kind;

/// What a method call gives: a value, or the text of the error that the method returned.
pub type MethodResult = Result<Value, String>;

/// A Go struct or named type, as templates see it.
pub trait Object: Any {
    /// The Go type's name, as `%T` prints it.
    fn go_type(&self) -> &str;

    /// The Go kind's name: `struct`, `ptr`, `map`, `slice` …
    fn go_kind(&self) -> &str {
        "struct"
    }

    /// What `if` makes of it; a struct is always true.
    fn truth(&self) -> bool {
        true
    }

    /// The exported field (or map entry) of that name.
    fn field(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }

    /// The types of the parameters of the method of that name, if there is one.
    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        let _ = name;
        None
    }

    /// Calls the method of that name.
    ///
    /// # Errors
    /// The text of the error that Go's method returns.
    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        let _ = args;
        Err(format!("{name} is not a method"))
    }

    /// What `range` iterates over, in order, where Go could.
    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        None
    }

    /// What `[from:to]` of it is, where it is a slice; bounds that it does not have are none of its.
    fn part(&self, from: usize, to: usize) -> Option<Value> {
        let _ = (from, to);
        None
    }

    /// The text that `fmt` prints with `%v`.
    fn print(&self) -> Str;

    /// The text that an action prints of it: text/template can take the address of a field, so that
    /// it finds a `String` method that `fmt` does not (exec.go, `printableValue`).
    fn displayed(&self) -> Str {
        self.print()
    }

    /// The fields of the Go struct, unexported ones too, which `fmt` prints one by one; none if
    /// it has a `String` method or is no struct.
    fn fmt_fields(&self) -> Option<Vec<Value>> {
        None
    }

    /// What `encoding/json` makes of it, where the order of a struct's fields does not matter.
    fn to_json(&self) -> Value {
        match self.json_fields() {
            Some(fields) => {
                Value::map(fields.into_iter().map(|(name, value)| (name.into(), value)))
            }
            None => Value::String(self.print()),
        }
    }

    /// The fields of its JSON in the order of the Go struct; none if it is no struct there.
    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }

    /// Itself, for [`Value::downcast`].
    fn as_any(&self) -> &dyn Any;
}
