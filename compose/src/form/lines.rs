//! Values as the text of an input, and tables and lists as rows of text, and back.

use values::{Map, Value};

use super::{Field, parse_input};

/// What an input shows for a value: nothing for null, YAML for tables and lists.
#[must_use]
pub fn shown(value: &Value) -> String {
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

/// The rows of a table (key and text) or a list (no key).
#[must_use]
pub fn rows(value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), shown(value)))
            .collect(),
        Value::List(list) => list
            .iter()
            .map(|value| (String::new(), shown(value)))
            .collect(),
        _ => Vec::new(),
    }
}

/// The value of rows; those without key and text are not there yet. `line` is a field of the kind
/// of each value; `keyed` makes a table of them, not a list.
///
/// # Errors
/// The message to show at the rows.
pub fn read_rows(line: &Field, rows: &[(String, String)], keyed: bool) -> Result<Value, String> {
    if !keyed {
        let texts = rows.iter().filter(|(_, text)| !text.is_empty());
        let items: Result<Vec<Value>, String> =
            texts.map(|(_, text)| parse_input(line, text)).collect();
        return items.map(Value::List);
    }
    let mut map = Map::new();
    for (key, text) in rows {
        if key.is_empty() {
            if text.is_empty() {
                continue;
            }
            return Err(format!("`{text}` has no key"));
        }
        let value = parse_input(line, text).map_err(|message| format!("{key}: {message}"))?;
        if map.insert(key.clone(), value).is_some() {
            return Err(format!("the key `{key}` stands here twice"));
        }
    }
    Ok(Value::Map(map))
}

#[cfg(test)]
mod tests {
    use values::ValuesPath;

    use super::*;
    use crate::form::Control;

    fn line() -> Field {
        let control = Control::Text {
            pattern: None,
            format: None,
            min_length: None,
            max_length: None,
            multiline: false,
            typed: false,
        };
        Field::new(
            ValuesPath::of_keys(["env"]),
            "Environment".to_owned(),
            control,
        )
    }

    fn row(key: &str, text: &str) -> (String, String) {
        (key.to_owned(), text.to_owned())
    }

    #[test]
    fn scalars_are_shown_bare() {
        let texts =
            [Value::Null, true.into(), 5.into(), 0.5.into(), "a b".into()].map(|v| shown(&v));
        assert_eq!(texts, ["", "true", "5", "0.5", "a b"]);
    }

    #[test]
    fn rows_become_a_table_and_come_back() {
        let typed = vec![row("A", "1 2"), row("B", "x")];
        let value = read_rows(&line(), &typed, true).expect("they are good");
        assert_eq!(rows(&value), typed);
    }

    #[test]
    fn a_row_not_yet_typed_is_left_out() {
        let typed = [row("A", "x"), row("", "")];
        let value = read_rows(&line(), &typed, true).expect("they are good");
        assert_eq!(value.as_map().map(Map::len), Some(1));
    }

    #[test]
    fn a_key_twice_or_none_is_told() {
        let twice = [row("A", "x"), row("A", "y")];
        assert_eq!(
            read_rows(&line(), &twice, true),
            Err("the key `A` stands here twice".to_owned())
        );
        assert_eq!(
            read_rows(&line(), &[row("", "y")], true),
            Err("`y` has no key".to_owned())
        );
    }
}
