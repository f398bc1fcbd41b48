//! From the engine's manifests to the resources that the page shows.

use std::{
    collections::BTreeSet,
    hash::{Hash, Hasher},
    sync::Arc,
};

use app::wire::{Check, Resource, Totals};
use engine::{Hook, Manifest};
use values::{
    Value,
    yaml::{self, Node},
};

use super::{images, memory::Memory};
use crate::{
    checks::advice,
    totals::{self, Part},
};

/// A manifest before it has a key of its own, and what makes it a hook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'a> {
    manifest: &'a Manifest,
    hook: Option<&'a Hook>,
}

impl<'a> Raw<'a> {
    /// An ordinary resource.
    pub(super) const fn resource(manifest: &'a Manifest) -> Self {
        let hook = None;
        Self { manifest, hook }
    }

    /// A hook.
    pub(super) const fn hook(hook: &'a Hook) -> Self {
        let manifest = &hook.manifest;
        let hook = Some(hook);
        Self { manifest, hook }
    }

    fn hooks(&self) -> (&[String], i64, &[String]) {
        self.hook.map_or((&[], 0, &[]), |hook| {
            (&hook.events, hook.weight, &hook.delete_policies)
        })
    }
}

impl Hash for Raw<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.manifest.name.hash(state);
        self.manifest.content.hash(state);
        self.hooks().hash(state);
    }
}

/// What follows from one manifest.
#[derive(Debug)]
pub(super) struct Learned {
    /// The resource, under the key that it has where no other of the render has the same.
    pub(super) resource: Arc<Resource>,
    /// What it adds to the sums.
    part: Option<Part>,
    /// What is worth knowing about it.
    pub(super) advice: Vec<Check>,
}

/// All resources of a render, and what follows from them.
#[derive(Debug)]
pub(super) struct Identified {
    pub(super) resources: Vec<Arc<Resource>>,
    pub(super) totals: Totals,
    pub(super) advice: Vec<Check>,
}

/// Gives each manifest a unique key, reads what the page needs of it, and adds up.
pub(super) fn identify(manifests: &[Raw<'_>], memory: &Memory) -> Identified {
    let learned: Vec<Arc<Learned>> = manifests.iter().map(|raw| memory.learn(raw)).collect();
    let mut taken = BTreeSet::new();
    let mut resources = Vec::with_capacity(learned.len());
    let mut advice = Vec::new();
    for one in &learned {
        let mut resource = Arc::clone(&one.resource);
        let mut copy = 2;
        while !taken.insert(resource.id.clone()) {
            Arc::make_mut(&mut resource).id = format!("{}/{copy}", one.resource.id);
            copy += 1;
        }
        let of = |check: &Check| Check {
            resource: resource.id.clone(),
            ..check.clone()
        };
        advice.extend(one.advice.iter().map(of));
        resources.push(resource);
    }
    Identified {
        resources,
        totals: totals::sum(learned.iter().filter_map(|one| one.part.as_ref())),
        advice: advice::listed(advice),
    }
}

impl Learned {
    /// Reads a manifest.
    pub(super) fn of(raw: &Raw<'_>) -> Self {
        let manifest = raw.manifest;
        let About {
            kind,
            name,
            component,
            images,
            counted,
        } = About::read(&manifest.content, raw.hook.is_none());
        let (events, weight, policies) = raw.hooks();
        let resource = Resource {
            id: format!("{}/{name}", kind.to_lowercase()),
            kind,
            name,
            source: manifest.name.clone(),
            hooks: events.to_vec(),
            hook_weight: weight,
            delete_policies: policies.to_vec(),
            component,
            images,
            yaml: manifest.content.clone(),
        };
        let counted = counted.as_ref().and_then(Value::as_map);
        Self {
            part: counted.and_then(Part::of),
            advice: counted.map_or_else(Vec::new, |table| advice::of(&resource, table)),
            resource: Arc::new(resource),
        }
    }

    /// Whether it was learned of the same manifest.
    pub(super) fn is_of(&self, raw: &Raw<'_>) -> bool {
        let Resource {
            yaml,
            source,
            hooks,
            hook_weight,
            delete_policies,
            ..
        } = &*self.resource;
        *yaml == raw.manifest.content
            && *source == raw.manifest.name
            && (&**hooks, *hook_weight, &**delete_policies) == raw.hooks()
    }
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
