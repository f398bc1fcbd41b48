//! Rancher's questions.yaml: which values a person is asked for, how they are called, what they
//! may be, and when the question makes sense.

use serde_json::{Map, Value as Json, json};
use values::yaml;
use values::{Value, ValuesPath};

use super::overlay::node_at;

/// How many questions are read.
const MAX_QUESTIONS: usize = 1_000;

/// The schema that the questions make together; none where there are none.
pub(super) fn schema(text: &str) -> Option<Json> {
    let Ok(document) = yaml::parse_map(text) else {
        return None;
    };
    let mut root = Map::new();
    for (order, question) in maps(document.get("questions"))
        .take(MAX_QUESTIONS)
        .enumerate()
    {
        let path = add(&mut root, question, order, &[]);
        let Some(path) = path else { continue };
        let parent = question.get("show_subquestion_if");
        for sub in maps(question.get("subquestions")).take(100) {
            let wanted = parent.cloned().unwrap_or(Value::Bool(true));
            let condition = json!({"path": path.to_string(), "any": [Json::from(&wanted)]});
            add(&mut root, sub, order, &[condition]);
        }
    }
    root.contains_key("properties")
        .then_some(Json::Object(root))
}

fn maps(list: Option<&Value>) -> impl Iterator<Item = &values::Map> {
    let items = match list {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(Value::as_map)
}

/// Adds one question, and gives the path that it asks for.
fn add(
    root: &mut Map<String, Json>,
    question: &values::Map,
    order: usize,
    conditions: &[Json],
) -> Option<ValuesPath> {
    let text = |word: &str| {
        question
            .get(word)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let path: ValuesPath = text("variable")?.parse().ok()?;
    let node = node_at(root, &path).filter(|_| !path.is_root())?;
    for (word, from) in [("title", "label"), ("description", "description")] {
        if let Some(text) = text(from) {
            node.insert(word.to_owned(), text.into());
        }
    }
    let number = |word: &str| match question.get(word) {
        Some(value @ (Value::Int(_) | Value::Float(_))) => Some(Json::from(value)),
        _ => None,
    };
    let options: Vec<Json> = match question.get("options") {
        Some(Value::List(options)) => options.iter().map(Json::from).collect(),
        _ => Vec::new(),
    };
    match text("type") {
        Some("boolean") => drop(node.insert("type".to_owned(), "boolean".into())),
        Some("int") => drop(node.insert("type".to_owned(), "integer".into())),
        Some("float") => drop(node.insert("type".to_owned(), "number".into())),
        Some("enum") if options.iter().all(|option| !option.is_object()) && !options.is_empty() => {
            node.insert("enum".to_owned(), Json::Array(options));
        }
        Some("password") => drop(node.insert("format".to_owned(), "password".into())),
        _ => {}
    }
    for (word, from) in [
        ("minimum", "min"),
        ("maximum", "max"),
        ("minLength", "min_length"),
        ("maxLength", "max_length"),
    ] {
        if let Some(number) = number(from) {
            node.insert(word.to_owned(), number);
        }
    }
    if let Some(pattern) = text("valid_chars") {
        node.insert("pattern".to_owned(), ["^", pattern, "*$"].concat().into());
    }
    let mut when = conditions.to_vec();
    when.extend(text("show_if").into_iter().flat_map(conditions_of));
    let mut ui = json!({"order": order, "short": true});
    if text("type") == Some("multiline") {
        ui["widget"] = "textarea".into();
    }
    if !when.is_empty() {
        ui["when"] = Json::Array(when);
    }
    node.insert("x-ui".to_owned(), ui);
    Some(path)
}

/// `a.b=true&&c=x`: all of these.
fn conditions_of(text: &str) -> Vec<Json> {
    text.split("&&")
        .filter_map(|part| {
            let (path, value, not) = match part.split_once("!=") {
                Some((path, value)) => (path, value, true),
                None => {
                    let (path, value) = part.split_once('=')?;
                    (path, value.trim_start_matches('='), false)
                }
            };
            let value = values::set::typed_value(value.trim());
            Some(json!({"path": path.trim(), "any": [Json::from(&value)], "not": not}))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_how_a_value_is_set() {
        let text = "questions:\n- variable: db.kind\n  label: Database\n  type: enum\n  options: [a, b]\n  \
                    show_if: db.on=true&&x!=no\n- variable: \"\"\n";
        assert_eq!(
            schema(text),
            Some(json!({"properties": {"db": {"properties": {"kind": {
                "title": "Database", "enum": ["a", "b"],
                "x-ui": {"order": 0, "short": true, "when": [
                    {"path": "db.on", "any": [true], "not": false},
                    {"path": "x", "any": ["no"], "not": true},
                ]},
            }}}}}))
        );
        assert_eq!(schema("questions: 5"), None);
        assert_eq!(schema("]["), None);
    }
}
