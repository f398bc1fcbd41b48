//! What Go's `fmt` prints for a value with `%v`: the default in actions, `print` and `toString`.

use super::{ListKind, Str, Value};

/// Containers deeper than this are printed as `...`: a map can be made to contain itself, where
/// Go would run out of stack.
const MAX_DEPTH: usize = 1_000;

impl Value {
    /// The text of `fmt.Sprint` for this value alone; nil prints `<nil>`.
    #[must_use]
    pub fn to_str(&self) -> Str {
        if let Self::String(text) = self {
            return text.clone();
        }
        let mut out = Vec::new();
        self.print_to(&mut out);
        out.into()
    }

    /// Appends the text of `%v`.
    pub fn print_to(&self, out: &mut Vec<u8>) {
        print(self, out, 0);
    }
}

fn print(value: &Value, out: &mut Vec<u8>, depth: usize) {
    if depth > MAX_DEPTH {
        out.extend_from_slice(b"...");
        return;
    }
    match value {
        Value::Nil => out.extend_from_slice(b"<nil>"),
        Value::Bool(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        Value::Int(number) | Value::Int64(number) => {
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Value::Uint64(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::Uint8(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::Float(number) => {
            values::go::push_float(*number, out);
        }
        Value::String(text) => out.extend_from_slice(text.as_bytes()),
        Value::List(list) => {
            out.push(b'[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                print(item, out, depth + 1);
            }
            out.push(b']');
            debug_assert!(list.kind() != ListKind::Byte || list.iter().all(|b| !b.is_nil()));
        }
        Value::Map(map) => {
            out.extend_from_slice(b"map[");
            for (index, (key, item)) in map.read().iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                out.extend_from_slice(key.as_bytes());
                out.push(b':');
                print(item, out, depth + 1);
            }
            out.push(b']');
        }
        Value::Object(object) => out.extend_from_slice(object.print().as_bytes()),
    }
}
