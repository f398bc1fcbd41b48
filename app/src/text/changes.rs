//! What differs between two compositions, in paths and in words.

use compose::form::{FormModel, Found};
use compose::{Composition, Map, Value, ValuesPath};

/// The paths at which two trees of overrides differ. Lists count as one value.
#[must_use]
pub(crate) fn paths(a: &Map, b: &Map) -> Vec<ValuesPath> {
    let mut out = Vec::new();
    walk(&ValuesPath::root(), a, b, &mut out);
    out
}

fn walk(path: &ValuesPath, a: &Map, b: &Map, out: &mut Vec<ValuesPath>) {
    let none = Map::new();
    let new = b.keys().filter(|key| !a.contains_key(*key));
    for key in a.keys().chain(new) {
        let (a, b) = (a.get(key), b.get(key));
        if a == b {
            continue;
        }
        match (a, b) {
            (Some(Value::Map(a)), Some(Value::Map(b))) => walk(&path.key(key), a, b, out),
            (Some(Value::Map(map)), None) if !map.is_empty() => {
                walk(&path.key(key), map, &none, out);
            }
            (None, Some(Value::Map(map))) if !map.is_empty() => {
                walk(&path.key(key), &none, map, out);
            }
            _ => out.push(path.key(key)),
        }
    }
}

/// What lies between two compositions, in a few words: `Kafka · Replicas and 2 more values`.
#[must_use]
pub(crate) fn said(form: &FormModel, from: &Composition, to: &Composition) -> String {
    let mut parts = Vec::new();
    if from.environment != to.environment {
        parts.push(["environment ", &to.environment].concat());
    }
    if from.release != to.release {
        parts.push("release settings".to_owned());
    }
    let paths = paths(&from.overrides, &to.overrides);
    if let [first, rest @ ..] = paths.as_slice() {
        let mut words = name(form, first);
        match rest.len() {
            0 => {}
            1 => words.push_str(" and 1 more value"),
            more => {
                words.push_str(" and ");
                words.push_str(&more.to_string());
                words.push_str(" more values");
            }
        }
        parts.push(words);
    }
    if parts.is_empty() {
        parts.push("wording of the values".to_owned());
    }
    parts.join(", ")
}

/// How the page calls a value: card and field, `Kafka · Replicas`; the path where there is none.
#[must_use]
pub(crate) fn name(form: &FormModel, path: &ValuesPath) -> String {
    let title = match form.find(path) {
        Some(Found::Field(field)) => &field.title,
        Some(Found::Section(section)) => &section.title,
        Some(Found::Card(card)) => return card.title.clone(),
        None => return path.to_string(),
    };
    let card = form
        .cards()
        .filter(|card| path.starts_with(&card.path))
        .max_by_key(|card| card.path.len());
    match card {
        Some(card) if card.title != *title => [&card.title, " · ", title].concat(),
        _ => title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, Value)]) -> Map {
        let mut map = Map::new();
        for (path, value) in pairs {
            path.parse::<ValuesPath>()
                .expect("a path")
                .set(&mut map, value.clone());
        }
        map
    }

    #[test]
    fn paths_lead_to_each_value_that_differs() {
        let a = map(&[("a.b", 1.into()), ("a.c", 2.into()), ("d", 3.into())]);
        let b = map(&[("a.b", 1.into()), ("a.c", 5.into()), ("e.f", true.into())]);
        let found: Vec<String> = paths(&a, &b).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a.c", "d", "e.f"]);
        assert!(paths(&a, &a).is_empty());
    }

    #[test]
    fn a_difference_is_told_in_few_words() {
        let form = FormModel::default();
        let base = Composition::default();
        let other = Composition {
            environment: "prod".to_owned(),
            overrides: map(&[("a", 1.into()), ("b", 2.into()), ("c", 3.into())]),
            ..Composition::default()
        };
        assert_eq!(
            said(&form, &base, &other),
            "environment prod, a and 2 more values"
        );
        assert_eq!(
            said(&form, &other, &base),
            "environment base, a and 2 more values"
        );
    }
}
