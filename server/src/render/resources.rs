//! From the engine's manifests to the resources that the page shows.

use std::collections::BTreeSet;

use app::wire::Resource;
use engine::{Hook, Manifest};
use values::{
    Value,
    yaml::{self, Node},
};

use super::images;
use crate::totals;

/// A manifest before it has a key of its own, and what makes it a hook.
pub(super) type Raw<'a> = (&'a Manifest, Option<&'a Hook>);

/// Gives each manifest a unique key and reads what the page needs of it. The parsed resources
/// that sums go over come along.
pub(super) fn identify<'a>(
    manifests: impl Iterator<Item = Raw<'a>>,
) -> (Vec<Resource>, Vec<Value>) {
    let mut taken = BTreeSet::new();
    let mut parsed = Vec::new();
    let resources = manifests
        .map(|(manifest, hook)| {
            let About {
                kind,
                name,
                component,
                images,
                counted,
            } = About::read(&manifest.content, hook.is_none());
            let key = format!("{}/{name}", kind.to_lowercase());
            let mut id = key.clone();
            let mut copy = 2;
            while !taken.insert(id.clone()) {
                id = format!("{key}/{copy}");
                copy += 1;
            }
            parsed.extend(counted);
            Resource {
                id,
                kind,
                name,
                source: manifest.name.clone(),
                hooks: hook.map(|hook| hook.events.clone()).unwrap_or_default(),
                hook_weight: hook.map_or(0, |hook| hook.weight),
                delete_policies: hook
                    .map(|hook| hook.delete_policies.clone())
                    .unwrap_or_default(),
                component,
                images,
                yaml: manifest.content.clone(),
            }
        })
        .collect();
    (resources, parsed)
}

/// What the page needs to know of a manifest.
struct About {
    kind: String,
    name: String,
    component: Option<String>,
    /// The images that its containers run.
    images: Vec<String>,
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
                images: images::of(&node),
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
            images: images::of(&value),
            counted: counts.then_some(value),
        }
    }
}
