//! The values of the FLTS chart.

use std::fs;

use crate::process::root;

/// A row for each leaf of values.yaml, in its order, with its `# --` comment.
pub(super) fn table() -> anyhow::Result<String> {
    let text = fs::read_to_string(root().join("chart/values.yaml"))?;
    let defaults = values::Value::Map(values::yaml::parse_map(&text)?);
    let mut table =
        String::from("| Key | Type | Default | Description |\n| --- | --- | --- | --- |\n");
    for entry in values::yaml::outline(&text)? {
        let Some(value) = lookup(&defaults, &entry.path) else {
            continue;
        };
        if value.as_map().is_some_and(|map| !map.is_empty()) {
            continue;
        }
        let key = entry.path.join(".");
        let default = serde_json::Value::from(value)
            .to_string()
            .replace('|', "\\|");
        let description = description(&entry.comment).replace('|', "\\|");
        let kind = kind(value);
        table.push_str(&format!(
            "| `{key}` | {kind} | `{default}` | {description} |\n"
        ));
    }
    Ok(table)
}

fn lookup<'v>(value: &'v values::Value, path: &[String]) -> Option<&'v values::Value> {
    path.iter()
        .try_fold(value, |value, key| value.as_map()?.get(key))
}

fn kind(value: &values::Value) -> &'static str {
    match value {
        values::Value::Null => "any",
        values::Value::Bool(_) => "bool",
        values::Value::Int(_) => "int",
        values::Value::Float(number) if number.fract() == 0.0 => "int",
        values::Value::Float(_) => "float",
        values::Value::String(_) => "string",
        values::Value::List(_) => "list",
        values::Value::Map(_) => "object",
    }
}

/// What follows the last `-- ` of a comment block, on one line.
fn description(comment: &str) -> String {
    let text = comment.rsplit_once("-- ").map_or("", |(_, text)| text);
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
