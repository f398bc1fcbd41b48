//! The layers of a composition: the chart's defaults, an environment, the user's overrides; what
//! they come to together, and which of them set a value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use values::merge::{Mode, as_document, clean_nulls, coalesce_values, merge_maps};
use values::{Map, Segment, Value, ValuesPath};

/// The layer that set a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The chart's own values.
    Chart,
    /// The environment of that name.
    Environment(String),
    /// The user.
    User,
}

/// The three layers, and what they come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Layers {
    // First, as comparing goes by this order: most layers differ from earlier ones here only.
    overrides: Map,
    // Shared with those.
    defaults: Arc<Map>,
    environment: Option<Arc<(String, Map)>>,
    /// All three, as templates see them.
    full: Arc<Map>,
    /// Defaults and environment alone: what a reset goes back to.
    beneath: Arc<Map>,
}

impl Layers {
    /// Stacks the layers; `environment` is none for the chart's values alone.
    #[must_use]
    pub fn new(
        defaults: impl Into<Arc<Map>>,
        environment: Option<(String, Map)>,
        overrides: Map,
    ) -> Self {
        let defaults = defaults.into();
        let values = environment.as_ref().map(|(_, map)| map);
        let beneath = Arc::new(Self::stacked(&defaults, values, &Map::new()));
        let mut layers = Self {
            full: Arc::clone(&beneath),
            beneath,
            defaults,
            environment: environment.map(Arc::new),
            overrides,
        };
        layers.stack();
        layers
    }

    /// The same with other overrides.
    #[must_use]
    pub fn with_overrides(&self, overrides: Map) -> Self {
        let mut layers = Self {
            overrides,
            ..self.clone()
        };
        layers.stack();
        layers
    }

    /// The chart's own values.
    #[must_use]
    pub fn defaults(&self) -> &Arc<Map> {
        &self.defaults
    }

    /// The environment's name and values, if one is chosen.
    #[must_use]
    pub fn environment(&self) -> Option<&(String, Map)> {
        self.environment.as_deref()
    }

    /// What the user changed.
    #[must_use]
    pub const fn overrides(&self) -> &Map {
        &self.overrides
    }

    /// All values, as templates see them (subcharts' own defaults only if `defaults` holds them).
    #[must_use]
    pub fn full(&self) -> &Map {
        &self.full
    }

    /// What lies beneath the overrides: defaults and environment, as templates would see them.
    #[must_use]
    pub fn beneath(&self) -> &Map {
        &self.beneath
    }

    /// What Helm is to be given: the environment's values with the overrides merged in, nulls
    /// kept. Numbers are as a values file gives them, because `helm install -f` is how a
    /// composition is installed.
    #[must_use]
    pub fn values_for_helm(&self) -> Map {
        let environment = self.environment().map(|(_, map)| map);
        Self::for_helm(environment, &self.overrides)
    }

    /// As [`values_for_helm`](Self::values_for_helm), for whoever needs nothing but that.
    #[must_use]
    pub fn for_helm(environment: Option<&Map>, overrides: &Map) -> Map {
        let environment = environment.cloned().unwrap_or_default();
        as_document(&merge_maps(environment, overrides))
    }

    /// The value at a path and the layer that set it. A value that no layer has, or that a null
    /// took away, is null.
    #[must_use]
    pub fn effective(&self, path: &ValuesPath) -> (Value, Origin) {
        let value = path.get_in(&self.full).cloned().unwrap_or_default();
        (value, self.origin(path))
    }

    /// The value that all layers come to, if there is one.
    #[must_use]
    pub fn value(&self, path: &ValuesPath) -> Option<&Value> {
        path.get_in(&self.full)
    }

    /// The value that a reset of `path` goes back to.
    #[must_use]
    pub fn value_beneath(&self, path: &ValuesPath) -> Option<&Value> {
        path.get_in(&self.beneath)
    }

    /// The highest layer that says anything about a path: the value itself, something beneath it,
    /// or something above it that is no table.
    #[must_use]
    pub fn origin(&self, path: &ValuesPath) -> Origin {
        if says(&self.overrides, path) {
            return Origin::User;
        }
        match self.environment() {
            Some((name, map)) if says(map, path) => Origin::Environment(name.clone()),
            _ => Origin::Chart,
        }
    }

    /// Whether the user changed the value at a path, or anything beneath it.
    #[must_use]
    pub fn is_changed(&self, path: &ValuesPath) -> bool {
        says(&self.overrides, path)
    }

    /// The paths that the user changed, each to a value that is no table with something in it.
    #[must_use]
    pub fn changed(&self) -> Vec<ValuesPath> {
        leaves(&self.overrides)
    }

    /// Whether the value at a path is another than the chart's own.
    #[must_use]
    pub fn differs_from_base(&self, path: &ValuesPath) -> bool {
        let mut base = path.get_in(&self.defaults).cloned().unwrap_or_default();
        if let Value::Map(map) = &mut base {
            clean_nulls(map);
        }
        !same(&base, self.value(path).unwrap_or(&Value::Null))
    }

    /// Changes a value. One that equals what lies beneath needs no override, and loses the one it
    /// has. A path into a list changes a copy of the whole list, since Helm replaces lists whole.
    /// The root itself and paths that start with an index cannot be set.
    pub fn set(&mut self, path: &ValuesPath, value: Value) {
        let target = path.before_list();
        if target.is_root() {
            return;
        }
        let mut value = value;
        if target != *path {
            let mut copy = Map::new();
            target.set(&mut copy, self.value(&target).cloned().unwrap_or_default());
            path.set(&mut copy, value);
            value = target.remove(&mut copy).unwrap_or_default();
        }
        let value = tidy(value);
        target.remove(&mut self.overrides);
        target.prune(&mut self.overrides);
        let beneath = target.get_in(&self.beneath);
        let needed = match (beneath, &value) {
            (Some(beneath), value) => !same(beneath, value),
            (None, Value::Null) => false,
            (None, _) => true,
        };
        if needed {
            let value = match (beneath, value) {
                (Some(Value::Map(beneath)), Value::Map(map)) => {
                    Value::Map(difference(beneath, &map))
                }
                (_, value) => value,
            };
            target.set(&mut self.overrides, value);
        }
        self.stack();
    }

    /// Takes back what the user changed at a path and beneath it.
    pub fn reset(&mut self, path: &ValuesPath) {
        let target = path.before_list();
        if target.is_root() {
            return self.reset_all();
        }
        if target.remove(&mut self.overrides).is_some() {
            target.prune(&mut self.overrides);
            self.stack();
        }
    }

    /// Takes back all that the user changed.
    pub fn reset_all(&mut self) {
        self.overrides.clear();
        self.stack();
    }

    /// Puts other overrides in the place of those there are, without those that say what lies
    /// beneath anyway.
    pub fn replace_overrides(&mut self, overrides: &Map) {
        self.overrides = self.minimal(overrides);
        self.stack();
    }

    /// Only what `overrides` says differently from the layers beneath.
    #[must_use]
    pub fn minimal(&self, overrides: &Map) -> Map {
        prune_equal(&self.beneath, overrides)
    }

    /// Puts the overrides on top of what lies beneath.
    fn stack(&mut self) {
        self.full = if self.overrides.is_empty() {
            Arc::clone(&self.beneath)
        } else {
            let environment = self.environment().map(|(_, map)| map);
            Arc::new(Self::stacked(&self.defaults, environment, &self.overrides))
        };
    }

    /// What three layers come to, for whoever needs nothing but that.
    #[must_use]
    pub fn stacked(defaults: &Map, environment: Option<&Map>, overrides: &Map) -> Map {
        let environment = environment.cloned().unwrap_or_default();
        let mut full = merge_maps(environment, overrides);
        let mut ignored = Vec::new();
        coalesce_values(
            &mut full,
            defaults,
            "",
            Mode::Coalesce,
            &|_| false,
            &mut ignored,
        );
        full
    }

    /// As [`stacked`](Self::stacked), for whoever looks at these paths alone: all else is left out.
    #[must_use]
    pub fn stacked_at(
        paths: &[ValuesPath],
        defaults: &Map,
        environment: Option<&Map>,
        overrides: &Map,
    ) -> Map {
        let environment = environment.map(|map| only(map, paths));
        Self::stacked(
            &only(defaults, paths),
            environment.as_ref(),
            &only(overrides, paths),
        )
    }
}

/// The part of a layer that says what stands at these paths.
fn only(layer: &Map, paths: &[ValuesPath]) -> Map {
    fn keep(segments: &[Segment], from: &Map, into: &mut Map) {
        let Some((Segment::Key(key), rest)) = segments.split_first() else {
            return;
        };
        match from.get(key) {
            None => {}
            Some(Value::Map(inner)) if !rest.is_empty() => {
                let table = into.entry(key.clone()).or_insert_with(|| Map::new().into());
                if let Value::Map(table) = table {
                    keep(rest, inner, table);
                }
            }
            // What is no table is the answer for all that would stand in it.
            Some(value) => drop(into.insert(key.clone(), value.clone())),
        }
    }
    let mut part = Map::new();
    for path in paths {
        keep(path.segments(), layer, &mut part);
    }
    part
}

/// Whether two values are the same to a person: numbers by what they are, not how they are held.
#[must_use]
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "Go's float64 loses the same digits"
        )]
        (Value::Int(int), Value::Float(float)) | (Value::Float(float), Value::Int(int)) => {
            *int as f64 == *float
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|((ka, a), (kb, b))| ka == kb && same(a, b))
        }
        (a, b) => a == b,
    }
}

/// The paths of a tree to all that is no table with something in it. Lists count as one value.
#[must_use]
pub fn leaves(map: &Map) -> Vec<ValuesPath> {
    fn walk(path: &ValuesPath, map: &Map, out: &mut Vec<ValuesPath>) {
        for (key, value) in map {
            let path = path.key(key);
            match value {
                Value::Map(inner) if !inner.is_empty() => walk(&path, inner, out),
                _ => out.push(path),
            }
        }
    }
    let mut out = Vec::new();
    walk(&ValuesPath::root(), map, &mut out);
    out
}

/// Whether a layer says anything about a path.
#[must_use]
pub fn says(layer: &Map, path: &ValuesPath) -> bool {
    let mut map = layer;
    for segment in path.segments() {
        let Segment::Key(key) = segment else {
            return true;
        };
        match map.get(key) {
            None => return false,
            Some(Value::Map(inner)) => map = inner,
            Some(_) => return true,
        }
    }
    !path.is_root() || !layer.is_empty()
}

/// What must lie over `beneath` so that it becomes `wanted`: keys that are gone become null.
fn difference(beneath: &Map, wanted: &Map) -> Map {
    let mut over = Map::new();
    for key in beneath.keys().filter(|key| !wanted.contains_key(*key)) {
        over.insert(key.clone(), Value::Null);
    }
    for (key, value) in wanted {
        let value = match (beneath.get(key), value) {
            (Some(beneath), value) if same(beneath, value) => continue,
            (Some(Value::Map(beneath)), Value::Map(map)) => Value::Map(difference(beneath, map)),
            (_, value) => value.clone(),
        };
        over.insert(key.clone(), value);
    }
    over
}

/// The part of `overrides` that says anything new over `beneath`.
fn prune_equal(beneath: &Map, overrides: &Map) -> Map {
    let mut out = Map::new();
    for (key, value) in overrides {
        match (beneath.get(key), value) {
            (Some(Value::Map(beneath)), Value::Map(over)) => {
                let inner = prune_equal(beneath, over);
                if !inner.is_empty() {
                    out.insert(key.clone(), Value::Map(inner));
                }
            }
            (Some(beneath), value) if same(beneath, value) => {}
            (_, value) => {
                out.insert(key.clone(), tidy(value.clone()));
            }
        }
    }
    out
}

/// Whole numbers as integers: they read better in a link, and [`Layers::values_for_helm`] gives
/// them back as a file would.
pub(crate) fn tidy(value: Value) -> Value {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
            Value::Int(number as i64)
        }
        Value::List(list) => Value::List(list.into_iter().map(tidy).collect()),
        Value::Map(map) => Value::Map(
            map.into_iter()
                .map(|(key, value)| (key, tidy(value)))
                .collect(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests;
