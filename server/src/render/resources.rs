//! From the engine's manifests to the resources that the page shows.

use std::collections::BTreeSet;

use app::wire::Resource;
use values::{
    Value,
    yaml::{self, Node},
};

use crate::totals;

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
/// that sums go over come along.
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
                let About {
                    kind,
                    name,
                    component,
                    counted,
                } = About::read(&yaml, hooks.is_empty());
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
                parsed.extend(counted);
                resource
            },
        )
        .collect();
    (resources, parsed)
}

/// What the page needs to know of a manifest.
struct About {
    kind: String,
    name: String,
    component: Option<String>,
    /// The whole resource, if sums go over its kind.
    counted: Option<Value>,
}

const KIND: &[&str] = &["kind"];
const NAME: &[&str] = &["metadata", "name"];
const COMPONENT: &[&str] = &["metadata", "labels", "app.kubernetes.io/component"];

impl About {
    /// Reads a manifest; only one that counts is made a tree of its own.
    fn read(yaml: &str, counts: bool) -> Self {
        if let Some(node) = yaml::read_quickly(yaml) {
            let text = |path: &[&str]| {
                let found = path.iter().try_fold(&node, |node, key| node.get(key))?;
                found.as_str().map(str::to_owned)
            };
            let (kind, name, component) = (text(KIND), text(NAME), text(COMPONENT));
            let counts = counts && kind.as_deref().is_some_and(totals::counts);
            return Self {
                kind: kind.unwrap_or_default(),
                name: name.unwrap_or_default(),
                component,
                counted: counts.then(|| Node::into_value(node)),
            };
        }
        let value = yaml::parse(yaml).unwrap_or_default();
        let text = |path: &[&str]| {
            let found = path
                .iter()
                .try_fold(&value, |value, key| value.as_map()?.get(*key))?;
            found.as_str().map(str::to_owned)
        };
        Self {
            kind: text(KIND).unwrap_or_default(),
            name: text(NAME).unwrap_or_default(),
            component: text(COMPONENT),
            counted: counts.then_some(value),
        }
    }
}
