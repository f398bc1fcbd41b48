//! Schemas in the comments of values.yaml: `# @schema` blocks as helm-schema reads them, their
//! one-line form, and the modifiers of Bitnami's `## @param`.

use serde_json::{Map, Value as Json};
use values::yaml::{self, outline};
use values::{Value, ValuesPath};

use super::overlay::node_at;

/// The schema that the comments of a values file make together; none where they say nothing.
pub(super) fn schema(values_text: &str) -> Option<Json> {
    let mut root = Map::new();
    if values_text.contains("@schema") {
        for entry in outline(values_text).unwrap_or_default() {
            let path = ValuesPath::of_keys(entry.path);
            let trailing = entry.trailing.unwrap_or_default();
            for words in [block(&entry.comment), line(&trailing)]
                .into_iter()
                .flatten()
            {
                if let Some(node) = node_at(&mut root, &path) {
                    add(node, words);
                }
            }
        }
    }
    for text in values_text.lines() {
        if let Some((path, modifiers)) = super::comments::modifiers(text) {
            let words = of_modifiers(&modifiers);
            if let Some(node) = node_at(&mut root, &path).filter(|_| !words.is_empty()) {
                add(node, words);
            }
        }
    }
    root.contains_key("properties")
        .then_some(Json::Object(root))
}

/// Adds keywords that are not said yet.
fn add(node: &mut Map<String, Json>, words: Map<String, Json>) {
    for (word, value) in words {
        node.entry(word).or_insert(value);
    }
}

/// The YAML between two lines of `@schema`, and lines that begin with it.
fn block(comment: &str) -> Option<Map<String, Json>> {
    let mut text = String::new();
    let mut inside = false;
    let mut words = Map::new();
    for part in comment.lines() {
        let bare = part.trim_start_matches('#');
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        match bare.trim_start().strip_prefix("@schema") {
            Some(rest) if rest.trim().is_empty() => inside = !inside,
            Some(_) => add(&mut words, line(bare).unwrap_or_default()),
            None if inside => {
                text.push_str(bare);
                text.push('\n');
            }
            None => {}
        }
    }
    if let Ok(Value::Map(map)) = yaml::parse(&text)
        && let Json::Object(map) = Json::from(&Value::Map(map))
    {
        add(&mut words, map);
    }
    (!words.is_empty()).then(|| tidy(words))
}

/// `@schema type:[string, null]; minimum:0`
fn line(text: &str) -> Option<Map<String, Json>> {
    let rest = text
        .trim_start_matches(['#', ' '])
        .strip_prefix("@schema")?;
    let mut words = Map::new();
    for pair in rest.split(';') {
        let Some((word, value)) = pair.split_once(':') else {
            continue;
        };
        if let Ok(value) = yaml::parse(value.trim()) {
            words.insert(word.trim().to_owned(), Json::from(&value));
        }
    }
    (!words.is_empty()).then(|| tidy(words))
}

/// Leaves out what is no keyword of JSON Schema although it is called like one: `required: true`
/// says that this very key is required.
fn tidy(mut words: Map<String, Json>) -> Map<String, Json> {
    words.retain(|word, value| match word.as_str() {
        "required" => value.is_array(),
        "items" | "properties" => value.is_object(),
        _ => true,
    });
    words
}

/// `[string]`, `[array, nullable]`: what a key of another or no value takes.
fn of_modifiers(modifiers: &str) -> Map<String, Json> {
    let mut words = Map::new();
    let mut types: Vec<Json> = Vec::new();
    for modifier in modifiers.split(',').map(str::trim) {
        match modifier {
            "string" | "object" | "array" | "number" | "integer" | "boolean" => {
                types.push(modifier.into());
            }
            "nullable" => types.push("null".into()),
            _ => {}
        }
    }
    if types.iter().any(|name| name != "null") {
        words.insert("type".to_owned(), Json::Array(types));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn blocks_and_lines_become_keywords() {
        let text = "# @schema\n# type: integer\n# minimum: 1\n# required: true\n# @schema\n# -- How many\n\
                    a:\n  b: 1\nc: x # @schema enum:[x, z]; title: The c\n";
        assert_eq!(
            schema(text),
            Some(json!({"properties": {
                "a": {"type": "integer", "minimum": 1},
                "c": {"enum": ["x", "z"], "title": "The c"},
            }}))
        );
        assert_eq!(schema("a: 1\n"), None);
    }

    #[test]
    fn modifiers_say_types() {
        let text = "## @param a.b [string,nullable] Words\n## @param c Words\na: {}\n";
        assert_eq!(
            schema(text),
            Some(json!({"properties": {"a": {"properties": {"b": {"type": ["string", "null"]}}}}}))
        );
    }
}
