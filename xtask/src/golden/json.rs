//! JSON on one line, as the case files have it: a space behind each comma and colon, and what
//! cannot be seen, or what YAML refuses, escaped.

use serde_json::Value;

/// Characters that are escaped although JSON does not ask for it.
const ESCAPED: [char; 7] = [
    '\u{7f}', '\u{85}', '\u{a0}', '\u{200b}', '\u{2028}', '\u{2029}', '\u{feff}',
];

/// The value as text, the keys of maps sorted.
pub(super) fn print(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(print).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", string(key), print(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::String(text) => string(text),
        other => other.to_string(),
    }
}

/// A text in quotes.
pub(super) fn string(text: &str) -> String {
    let mut quoted = Value::from(text).to_string();
    for character in ESCAPED {
        if quoted.contains(character) {
            quoted = quoted.replace(character, &format!("\\u{:04x}", u32::from(character)));
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_on_one_line() {
        let value = serde_json::json!({"b": [1, "x\ny", null], "a": {"k\u{a0}": true}});
        assert_eq!(
            print(&value),
            r#"{"a": {"k\u00a0": true}, "b": [1, "x\ny", null]}"#
        );
    }
}
