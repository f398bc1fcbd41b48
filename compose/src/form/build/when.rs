//! When a value makes sense at all: our `x-ui.when`, Kubeapps' `hidden`, and `if … then … else`
//! where the condition is that some value is a constant.

use serde_json::Value as Json;
use values::{Value, ValuesPath};

use super::schema::Flat;
use crate::form::Condition;

/// How many conditions a value has at most.
const MAX: usize = 10;

/// The conditions that a place states for itself.
pub(super) fn stated(flat: &Flat<'_>) -> Vec<Condition> {
    let mut all = Vec::new();
    if let Some(list) = flat.hint("when").and_then(Json::as_array) {
        all.extend(list.iter().take(MAX).filter_map(ours));
    }
    if let Some(hidden) = flat.word("hidden") {
        all.extend(kubeapps(hidden));
    }
    all
}

/// `{path, any, not}`, or a path that must be true.
fn ours(json: &Json) -> Option<Condition> {
    if let Some(path) = json.as_str() {
        return is(path.parse().ok()?, Json::Bool(true), false);
    }
    let path = json.get("path")?.as_str()?.parse().ok()?;
    let any = json
        .get("any")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let any: Vec<Value> = any
        .iter()
        .take(100)
        .map(|json| Value::from(json.clone()))
        .collect();
    Some(Condition {
        path,
        any: if any.is_empty() {
            vec![Value::Bool(true)]
        } else {
            any
        },
        not: json.get("not") == Some(&Json::Bool(true)),
    })
}

fn is(path: ValuesPath, value: Json, not: bool) -> Option<Condition> {
    (!path.is_root()).then(|| Condition {
        path,
        any: vec![Value::from(value)],
        not,
    })
}

/// Kubeapps writes paths with slashes, and says when a value is *not* shown.
fn kubeapps(hidden: &Json) -> Vec<Condition> {
    let path = |text: &str| {
        let keys = text.trim_start_matches('!').split('/');
        ValuesPath::of_keys(keys.filter(|key| !key.is_empty()))
    };
    let one = |json: &Json, not: bool| match json {
        Json::String(text) => is(path(text), Json::Bool(true), not != text.starts_with('!')),
        Json::Object(words) => {
            let value = words.get("value").cloned().unwrap_or(Json::Bool(true));
            is(path(words.get("path")?.as_str()?), value, not)
        }
        _ => None,
    };
    let Some(list) = hidden.get("conditions").and_then(Json::as_array) else {
        return one(hidden, true).into_iter().collect();
    };
    match (
        hidden.get("operator").and_then(Json::as_str),
        list.as_slice(),
    ) {
        (_, [single]) => one(single, true).into_iter().collect(),
        // Hidden when one of them holds: shown when none does.
        (Some("or"), all) => all
            .iter()
            .take(MAX)
            .filter_map(|json| one(json, true))
            .collect(),
        // “Hidden when all hold” is no list of conditions that all hold: shown always.
        _ => Vec::new(),
    }
}

/// The values of which an `if` says that they are constants; none where it says more than that.
pub(super) fn of_if(node: &Json, at: &ValuesPath, depth: usize) -> Option<Vec<Condition>> {
    let words = node.as_object()?;
    let simple = words
        .keys()
        .all(|word| matches!(word.as_str(), "properties" | "required" | "type"));
    if !simple || depth > 6 {
        return None;
    }
    let mut all = Vec::new();
    for (key, node) in words.get("properties")?.as_object()? {
        let path = at.key(key.as_str());
        let any = match (node.get("const"), node.get("enum").and_then(Json::as_array)) {
            (Some(value), _) => vec![Value::from(value.clone())],
            (None, Some(any)) => any
                .iter()
                .take(100)
                .map(|v| Value::from(v.clone()))
                .collect(),
            (None, None) => {
                all.extend(of_if(node, &path, depth + 1)?);
                continue;
            }
        };
        all.push(Condition {
            path,
            any,
            not: false,
        });
    }
    (!all.is_empty() && all.len() <= MAX).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(all: &[Condition]) -> Vec<String> {
        all.iter()
            .map(|it| format!("{} {} {:?}", it.path, it.not, it.any))
            .collect()
    }

    #[test]
    fn kubeapps_hides() {
        assert_eq!(
            told(&kubeapps(&json!({"value": false, "path": "a/b"}))),
            ["a.b true [Bool(false)]"]
        );
        assert_eq!(told(&kubeapps(&json!("a/b"))), ["a.b true [Bool(true)]"]);
        assert_eq!(told(&kubeapps(&json!("!a"))), ["a false [Bool(true)]"]);
        let both = json!([{"value": 1, "path": "a"}, "b"]);
        assert_eq!(
            kubeapps(&json!({"conditions": both, "operator": "or"})).len(),
            2
        );
        assert_eq!(
            kubeapps(&json!({"conditions": both, "operator": "and"})).len(),
            0
        );
    }

    #[test]
    fn a_constant_is_a_condition() {
        let node = json!({"properties": {"a": {"properties": {"kind": {"enum": ["x", "y"]}}}}});
        let all = of_if(&node, &ValuesPath::root(), 0);
        assert_eq!(
            told(&all.unwrap_or_default()),
            [r#"a.kind false [String("x"), String("y")]"#]
        );
        assert!(of_if(&json!({"not": {}}), &ValuesPath::root(), 0).is_none());
    }
}
