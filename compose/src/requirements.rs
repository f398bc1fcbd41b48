//! Which services that are on need one that is off.

use serde::{Deserialize, Serialize};
use values::{Map, Value, ValuesPath};

use crate::form::{Card, FormModel};

/// A service that is on without what it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// The service's table.
    pub service: ValuesPath,
    /// The service's title.
    pub title: String,
    /// The value that would have to be true.
    pub requires: ValuesPath,
    /// What could be set in its place, all of them together.
    pub unless: Vec<ValuesPath>,
    /// What is missing and how to mend it, in a sentence.
    pub message: String,
}

/// Every need that is not met, in display order of the services. `values` are all values, as
/// templates see them ([`crate::Layers::full`]).
#[must_use]
pub fn unmet(model: &FormModel, values: &Map) -> Vec<Unmet> {
    let mut out = Vec::new();
    for card in model.cards().filter(|card| is_on(model, card, values)) {
        for need in &card.requires {
            let spared = !need.unless.is_empty()
                && need.unless.iter().all(|path| is_set(path.get_in(values)));
            if spared || holds(model, &need.path, values) {
                continue;
            }
            out.push(Unmet {
                service: card.path.clone(),
                title: card.title.clone(),
                requires: need.path.clone(),
                unless: need.unless.clone(),
                message: sentence(model, card, &need.path, &need.unless, values),
            });
        }
    }
    out
}

/// Whether a card's service is on; a card without a switch is always there, but nothing that
/// needs anything.
#[must_use]
pub fn is_on(model: &FormModel, card: &Card, values: &Map) -> bool {
    card.enabled
        .as_ref()
        .is_some_and(|field| holds(model, &field.path, values))
}

/// Whether a value is true; one that is absent is what it inherits.
fn holds(model: &FormModel, path: &ValuesPath, values: &Map) -> bool {
    let mut path = path.clone();
    // A chain of inheritance that runs in a circle ends.
    for _ in 0..8 {
        match path.get_in(values) {
            Some(Value::Null) | None => {}
            value => return is_set(value),
        }
        match model.field(&path).and_then(|field| field.inherits.clone()) {
            Some(next) => path = next,
            None => return false,
        }
    }
    false
}

/// True or not empty, as templates judge.
fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Int(number)) => *number != 0,
        Some(Value::Float(number)) => *number != 0.0,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::List(list)) => !list.is_empty(),
        Some(Value::Map(map)) => !map.is_empty(),
    }
}

fn sentence(
    model: &FormModel,
    card: &Card,
    path: &ValuesPath,
    unless: &[ValuesPath],
    values: &Map,
) -> String {
    let needed = path
        .parent()
        .and_then(|parent| model.card(&parent))
        .map_or_else(|| format!("`{path}`"), |card| card.title.clone());
    let mut text = format!("{} needs {needed}: set `{path}` to true", card.title);
    let missing: Vec<String> = unless
        .iter()
        .filter(|path| !is_set(path.get_in(values)))
        .map(|path| format!("`{path}`"))
        .collect();
    if !missing.is_empty() {
        text.push_str(", or set ");
        text.push_str(&missing.join(" and "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::build;

    fn model() -> FormModel {
        let service = |title: &str, more: serde_json::Value| {
            let mut service = serde_json::json!({
                "type": "object", "title": title, "x-ui": {"group": "g"},
                "properties": {"enabled": {"type": "boolean"}}
            });
            for (key, value) in more.as_object().unwrap() {
                service["x-ui"][key] = value.clone();
            }
            service
        };
        let mut child = service(
            "GRU",
            serde_json::json!({"requires": [
                {"path": "kafka.enabled", "unless": ["external.enabled", "external.servers"]}
            ]}),
        );
        child["properties"]["enabled"] =
            serde_json::json!({"type": ["boolean", "null"], "x-ui": {"inherits": "train.enabled"}});
        let schema = serde_json::json!({"properties": {
            "kafka": service("Kafka", serde_json::json!({})),
            "train": {"type": "object", "properties": {"enabled": {"type": "boolean"}, "gru": child}},
        }});
        build(Some(&schema), &Map::new(), "")
    }

    fn told(json: &str) -> Vec<String> {
        let Value::Map(values) = serde_json::from_str(json).unwrap() else {
            panic!("no table")
        };
        unmet(&model(), &values)
            .into_iter()
            .map(|unmet| unmet.message)
            .collect()
    }

    #[test]
    fn a_need_is_told_unless_something_makes_up_for_it() {
        let full = "GRU needs Kafka: set `kafka.enabled` to true, or set `external.enabled` and \
                    `external.servers`";
        assert_eq!(told(r#"{"train":{"gru":{"enabled":true}}}"#), [full]);
        assert_eq!(
            told(r#"{"train":{"enabled":true,"gru":{"enabled":null}}}"#),
            [full]
        );
        assert!(told(r#"{"train":{"enabled":false,"gru":{}}}"#).is_empty());
        assert!(told(r#"{"train":{"gru":{"enabled":true}},"kafka":{"enabled":true}}"#).is_empty());
        assert_eq!(
            told(r#"{"train":{"gru":{"enabled":true}},"external":{"enabled":true,"servers":""}}"#),
            ["GRU needs Kafka: set `kafka.enabled` to true, or set `external.servers`"]
        );
        assert!(
            told(
                r#"{"train":{"gru":{"enabled":true}},"external":{"enabled":true,"servers":"a:1"}}"#
            )
            .is_empty()
        );
    }
}
