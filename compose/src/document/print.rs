//! Values as YAML inside a text of a person's own: lists indented below their key, no line folded,
//! as charts' values files are written.

use values::yaml::print_pretty;
use values::{Map, Value, go};

/// A table as a whole text.
pub(super) fn table(map: &Map) -> String {
    if map.is_empty() {
        return String::new();
    }
    print_pretty(&Value::Map(map.clone()))
}

/// `key: value` as lines, each behind `indent`, the last one closed.
pub(super) fn entry(key: &str, value: &Value, indent: &str) -> String {
    if let Some(quoted) = quoted(value) {
        return [indent, &self::key(key), ": ", &quoted, "\n"].concat();
    }
    let map = Map::from([(key.to_owned(), value.clone())]);
    indented(&print_pretty(&Value::Map(map)), indent)
}

/// A key alone, quoted if it must be.
pub(super) fn key(key: &str) -> String {
    let text = print_pretty(&Value::Map(Map::from([(key.to_owned(), Value::Null)])));
    text.trim_end().trim_end_matches(": null").to_owned()
}

/// A value on one line, in quotes, if a text in it ends with line breaks to keep: as a block it
/// would take those of the person's own text that follow, too.
fn quoted(value: &Value) -> Option<String> {
    keeps_breaks(value).then(|| go::json(value, false))
}

/// Whether a text in it ends with line breaks to keep.
fn keeps_breaks(value: &Value) -> bool {
    match value {
        Value::String(text) => text.ends_with("\n\n") || text == "\n",
        Value::List(list) => list.iter().any(keeps_breaks),
        Value::Map(map) => map.values().any(keeps_breaks),
        _ => false,
    }
}

/// What a list or table prints below its key.
pub(super) fn below(value: &Value, indent: &str) -> String {
    let indent = [indent, "  "].concat();
    if let Some(quoted) = quoted(value) {
        return [&indent, &quoted, "\n"].concat();
    }
    indented(&print_pretty(value), &indent)
}

/// A value that fits behind its key on the same line; none for one that takes lines of its own.
pub(super) fn inline(value: &Value) -> Option<String> {
    match value {
        Value::List(list) if !list.is_empty() => return None,
        Value::Map(map) if !map.is_empty() => return None,
        _ => {}
    }
    quoted(value).or_else(|| {
        let text = print_pretty(value);
        let text = text.trim_end_matches('\n');
        (!text.contains('\n')).then(|| text.to_owned())
    })
}

/// A value between brackets or braces.
pub(super) fn flow(value: &Value) -> String {
    inline(value)
        .filter(|text| !text.contains([',', '[', ']', '{', '}', '#', ':']))
        .unwrap_or_else(|| go::json(value, false))
}

fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}
