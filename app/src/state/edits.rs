//! What the form says about cards, and how a switch is read.

use compose::form::{Card, Field, FormModel};
use compose::{Layers, Value, ValuesPath};

/// The card of a path, as a link names it.
#[must_use]
pub(crate) fn find_card<'f>(form: &'f FormModel, path: &str) -> Option<&'f Card> {
    form.cards().find(|card| card.path.to_string() == path)
}

/// Whether a switch is on: its value, or that of the path it inherits from while it has none.
#[must_use]
pub(crate) fn is_on(layers: &Layers, field: &Field) -> bool {
    match layers.value(&field.path) {
        Some(Value::Bool(on)) => *on,
        None | Some(Value::Null) => field
            .inherits
            .as_ref()
            .and_then(|path| layers.value(path))
            .and_then(Value::as_bool)
            .unwrap_or(false),
        Some(_) => false,
    }
}

/// A short word about a card that is on: replicas or size, as the layers say.
#[must_use]
pub(crate) fn detail(layers: &Layers, card: &ValuesPath) -> Option<String> {
    let text = |keys: &[&str]| {
        let mut path = card.clone();
        for key in keys {
            path = path.key(*key);
        }
        match layers.value(&path)? {
            Value::Int(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    };
    ["replicas", "replicaCount"]
        .iter()
        .find_map(|key| text(&[key]))
        .map(|replicas| format!("×{replicas}"))
        .or_else(|| {
            ["persistence", "storage"]
                .iter()
                .find_map(|key| text(&[key, "size"]))
        })
}

/// The path of the card that a value belongs to: the longest one above it.
#[must_use]
pub(crate) fn card_of(form: &FormModel, path: &str) -> Option<String> {
    let path: ValuesPath = path.parse().ok()?;
    form.cards()
        .filter(|card| path.starts_with(&card.path))
        .max_by_key(|card| card.path.len())
        .map(|card| card.path.to_string())
}
