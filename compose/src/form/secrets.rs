//! Which values are secrets: those that the form marks, and beside them those whose name says so.

use std::collections::BTreeSet;

pub use values::secret::name_says_secret;
use values::{Map, Segment, Value, ValuesPath};

use super::FormModel;
use crate::layers::leaves;

/// The secrets of a chart, and the values that are known to be none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecretPaths {
    secret: BTreeSet<ValuesPath>,
    plain: BTreeSet<ValuesPath>,
}

impl SecretPaths {
    /// The values at these paths and beneath them, and all text whose name says so.
    #[must_use]
    pub fn new(secret: impl IntoIterator<Item = ValuesPath>) -> Self {
        Self {
            secret: secret.into_iter().collect(),
            plain: BTreeSet::new(),
        }
    }

    /// A tree without the secrets in it, and where those stand.
    #[must_use]
    pub fn take_out(&self, tree: &Map) -> (Map, Vec<ValuesPath>) {
        let mut kept = tree.clone();
        let mut secrets = Vec::new();
        for path in leaves(tree) {
            if path
                .get_in(tree)
                .is_some_and(|value| self.covers(&path, value))
            {
                path.remove(&mut kept);
                path.prune(&mut kept);
                secrets.push(path);
            }
        }
        (kept, secrets)
    }

    /// Whether the value at a path must stay out of links and logs.
    #[must_use]
    pub fn covers(&self, path: &ValuesPath, value: &Value) -> bool {
        if self.secret.iter().any(|secret| path.starts_with(secret)) {
            return !empty(value);
        }
        match value {
            // What the form knows to be no secret is none, but what lies in it may be.
            Value::String(_) if self.plain.contains(path) => false,
            Value::String(text) if !text.is_empty() => path
                .segments()
                .iter()
                .any(|segment| matches!(segment, Segment::Key(key) if name_says_secret(key))),
            Value::List(list) => {
                list.iter()
                    .enumerate()
                    .any(|(at, item)| self.covers(&path.index(at), item))
                    || list.iter().any(env_secret)
            }
            Value::Map(map) => map
                .iter()
                .any(|(key, item)| self.covers(&path.key(key), item)),
            _ => false,
        }
    }
}

/// Nothing that could be secret.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => text.is_empty(),
        Value::List(list) => list.iter().all(empty),
        Value::Map(map) => map.values().all(empty),
        _ => false,
    }
}

/// An entry of a container's `env` that carries a secret: `{name: DB_PASSWORD, value: …}`.
fn env_secret(item: &Value) -> bool {
    let Value::Map(map) = item else { return false };
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default();
    let value = map.get("value").and_then(Value::as_str).unwrap_or_default();
    !value.is_empty() && name_says_secret(name)
}

impl FormModel {
    /// The secrets of this chart.
    #[must_use]
    pub fn secrets(&self) -> SecretPaths {
        let mut paths = SecretPaths::default();
        for field in self.fields() {
            let set = if field.secret {
                &mut paths.secret
            } else {
                &mut paths.plain
            };
            set.insert(field.path.clone());
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_hide_in_tables_and_lists() {
        let secrets = SecretPaths::new(["a.password".parse().unwrap()]);
        let path = |text: &str| text.parse::<ValuesPath>().unwrap();
        let value = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        assert!(secrets.covers(&path("a.password"), &"x".into()));
        assert!(!secrets.covers(&path("a.password"), &Value::Null));
        assert!(secrets.covers(&path("a"), &value(r#"{"password":"x"}"#)));
        assert!(secrets.covers(
            &path("env"),
            &value(r#"[{"name":"DB_PASSWORD","value":"x"}]"#)
        ));
        assert!(secrets.covers(&path("env.DB_PASSWORD"), &"x".into()));
        assert!(!secrets.covers(&path("a.user"), &"x".into()));
        let known = SecretPaths {
            plain: [path("env"), path("token.path")].into(),
            ..SecretPaths::default()
        };
        assert!(known.covers(
            &path("env"),
            &value(r#"[{"name":"DB_PASSWORD","value":"x"}]"#)
        ));
        assert!(!known.covers(&path("token.path"), &"x".into()));
    }
}
