//! Values as text in an input.

use compose::Value;

/// What an input shows for a value: nothing for null, YAML for tables and lists.
#[must_use]
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::List(list) if list.is_empty() => String::new(),
        Value::Map(map) if map.is_empty() => String::new(),
        Value::List(_) | Value::Map(_) => values::yaml::print(value),
    }
}

/// An id for the element of a path: the path, with what an id must not hold replaced.
#[must_use]
pub(crate) fn id(prefix: &str, path: &str) -> String {
    let mut out = String::with_capacity(prefix.len() + path.len() + 1);
    out.push_str(prefix);
    out.push('-');
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') {
            out.push(c);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_shown_bare() {
        let shown =
            [Value::Null, true.into(), 5.into(), 0.5.into(), "a b".into()].map(|v| shown(&v));
        assert_eq!(shown, ["", "true", "5", "0.5", "a b"]);
    }

    #[test]
    fn ids_of_different_paths_differ() {
        assert_eq!(id("f", "a.b-c"), "f-a.b-c");
        assert_eq!(id("f", r"a\.b c"), "f-a_5c_.b_20_c");
    }
}
