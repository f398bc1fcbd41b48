//! From the engine's manifests to the resources that the page shows.

use std::collections::BTreeSet;

use app::wire::Resource;
use values::{Value, yaml};

/// A manifest before it has a key of its own.
pub(super) struct Raw {
    /// The template that printed it.
    pub source: String,
    /// Its text.
    pub yaml: String,
    /// The hook events.
    pub hooks: Vec<String>,
}

/// Gives each manifest a unique key and reads what the page needs of it. The parsed resources
/// that are not hooks come along, for sums over them.
pub(super) fn identify(manifests: impl Iterator<Item = Raw>) -> (Vec<Resource>, Vec<Value>) {
    let mut taken = BTreeSet::new();
    let mut parsed = Vec::new();
    let resources = manifests
        .map(
            |Raw {
                 source,
                 yaml,
                 hooks,
             }| {
                let value = yaml::parse(&yaml).unwrap_or_default();
                let kind = text(&value, &["kind"]).unwrap_or_default();
                let name = text(&value, &["metadata", "name"]).unwrap_or_default();
                let component = text(
                    &value,
                    &["metadata", "labels", "app.kubernetes.io/component"],
                );
                let key = format!("{}/{name}", kind.to_lowercase());
                let mut id = key.clone();
                let mut copy = 2;
                while !taken.insert(id.clone()) {
                    id = format!("{key}/{copy}");
                    copy += 1;
                }
                let resource = Resource {
                    id,
                    kind,
                    name,
                    source,
                    hooks,
                    component,
                    yaml,
                };
                if resource.hooks.is_empty() {
                    parsed.push(value);
                }
                resource
            },
        )
        .collect();
    (resources, parsed)
}

fn text(value: &Value, path: &[&str]) -> Option<String> {
    let found = path
        .iter()
        .try_fold(value, |value, key| value.as_map()?.get(*key))?;
    found.as_str().map(str::to_owned)
}
