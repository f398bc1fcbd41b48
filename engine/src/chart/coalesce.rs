//! Values of a chart and its subcharts, put together as Helm does.
//!
//! Follows pkg/chart/common/util/coalesce.go of Helm 4.3.1. Maps are Go's here: what Helm shares
//! between parent and child (tables inside `global`) is shared, so that a template that changes
//! one changes both. What Helm 3 does otherwise is in its pkg/chartutil/coalesce.go. Where Go walks a map in random order, it is the order of the keys here.

use crate::log::{Event, Log};
use crate::value::{List, Map, MapKind, Str, Value};

use super::tree::{NodeId, Tree};

/// The key of the values that every chart sees.
pub(crate) const GLOBAL: &str = "global";

/// Values that cannot be put together: somebody gave a scalar where a subchart's values belong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct TypeMismatch(String);

/// What happens to nulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// They remove the key (`CoalesceValues`).
    Remove,
    /// They stay for a later step (`MergeValues`).
    Keep,
}

/// A copy that shares nothing.
pub(crate) fn deep_copy(map: &Map) -> Map {
    Map::from_entries(
        MapKind::Any,
        map.read()
            .iter()
            .map(|(key, value)| (key.clone(), deep_copy_value(value))),
    )
}

fn deep_copy_value(value: &Value) -> Value {
    match value {
        Value::Map(map) => Value::Map(deep_copy(map)),
        Value::List(list) => Value::List(List::new(
            list.kind(),
            list.iter().map(deep_copy_value).collect(),
        )),
        other => other.clone(),
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

fn joined(prefix: &str, key: &Str) -> String {
    join(prefix, &key.to_string_lossy())
}

/// `CoalesceValues` and `MergeValues`: the chart's defaults under `given`, subcharts included.
pub(crate) fn values_of(
    tree: &Tree<'_>,
    node: NodeId,
    given: &Map,
    nulls: Nulls,
    log: &mut Log,
) -> Result<Map, TypeMismatch> {
    let merged = deep_copy(given);
    coalesce(tree, node, &merged, "", nulls, log)?;
    Ok(merged)
}

fn coalesce(
    tree: &Tree<'_>,
    node: NodeId,
    dest: &Map,
    prefix: &str,
    nulls: Nulls,
    log: &mut Log,
) -> Result<(), TypeMismatch> {
    coalesce_own(tree, node, dest, prefix, nulls, log);
    let sub_prefix = join(prefix, tree.name(node));
    for &child in tree.dependencies(node) {
        let name = tree.name(child);
        let child_values = match dest.get(name.as_bytes()) {
            None => {
                let fresh = Map::new(MapKind::Any);
                dest.insert(name.into(), Value::Map(fresh.clone()));
                fresh
            }
            Some(Value::Map(map)) => map,
            Some(other) => {
                return Err(TypeMismatch(format!(
                    "type mismatch on {name}: {}",
                    not_a_bool(&other)
                )));
            }
        };
        coalesce_globals(&child_values, dest, &sub_prefix, log);
        coalesce(tree, child, &child_values, &sub_prefix, nulls, log)?;
    }
    Ok(())
}

/// Passes the parent's globals (`src`) on to a child's values (`dest`).
fn coalesce_globals(dest: &Map, src: &Map, prefix: &str, log: &mut Log) {
    let table = |map: &Map| match map.get(GLOBAL.as_bytes()) {
        None => Some(Map::new(MapKind::Any)),
        Some(Value::Map(map)) => Some(map),
        Some(_) => None,
    };
    let Some(dest_globals) = table(dest) else {
        log.say(&Event::GlobalsOfChild);
        return;
    };
    let Some(src_globals) = table(src) else {
        log.say(&Event::GlobalsOfParent);
        return;
    };
    for (key, value) in src_globals.entries() {
        let present = dest_globals.get(key.as_bytes());
        match (value, present) {
            (Value::Map(table), None) => {
                dest_globals.insert(key, Value::Map(table.shallow_copy()));
            }
            (Value::Map(table), Some(Value::Map(present))) => {
                let copy = table.shallow_copy();
                coalesce_tables(&copy, &present, &joined(prefix, &key), Nulls::Keep, log);
                dest_globals.insert(key, Value::Map(copy));
            }
            (Value::Map(_), Some(_)) => {
                let key = key.to_string_lossy().into_owned();
                log.say(&Event::GlobalConflict { key });
            }
            (_, Some(Value::Map(_))) => {
                let key = key.to_string_lossy().into_owned();
                log.say(&Event::GlobalIsTable { key });
            }
            (value, _) => dest_globals.insert(key, value),
        }
    }
    dest.insert(GLOBAL.into(), Value::Map(dest_globals));
}

/// The chart's own defaults under `given`.
fn coalesce_own(
    tree: &Tree<'_>,
    node: NodeId,
    given: &Map,
    prefix: &str,
    nulls: Nulls,
    log: &mut Log,
) {
    let sub_prefix = join(prefix, tree.name(node));
    let defaults = tree.values(node);
    // Helm 3 keeps nulls among the chart's own defaults.
    let clean = |nulls| nulls == Nulls::Remove && !tree.dialect().is_helm3();
    for (key, default) in defaults.entries() {
        let Some(value) = given.get(key.as_bytes()) else {
            if clean(nulls) {
                match &default {
                    Value::Nil => continue,
                    Value::Map(table) => remove_nulls(table),
                    _ => {}
                }
            }
            given.insert(key, default);
            continue;
        };
        match (value, default) {
            (Value::Nil, _) if nulls == Nulls::Remove => {
                given.remove(key.as_bytes());
            }
            (Value::Map(dest), Value::Map(src)) => {
                let is_subchart = tree
                    .dependencies(node)
                    .iter()
                    .any(|&child| key == *tree.name(child));
                let nulls = if is_subchart { Nulls::Keep } else { nulls };
                if clean(nulls) {
                    remove_nulls(&src);
                }
                coalesce_tables(&dest, &src, &joined(&sub_prefix, &key), nulls, log);
            }
            (Value::Map(_), default) if !default.is_nil() => {
                let path = joined(&sub_prefix, &key);
                log.say(&Event::DefaultIsNoTable { path });
            }
            _ => {}
        }
    }
}

/// `coalesceTablesFullKey`: `src` under `dst`.
pub(crate) fn coalesce_tables(dst: &Map, src: &Map, prefix: &str, nulls: Nulls, log: &mut Log) {
    let original = src.entries();
    for (key, value) in dst.entries() {
        if value.is_nil() {
            src.insert(key, Value::Nil);
        }
    }
    for (key, value) in src.entries() {
        let Some(present) = dst.get(key.as_bytes()) else {
            dst.insert(key, value);
            continue;
        };
        let was_set = || {
            original
                .iter()
                .any(|(known, value)| *known == key && !value.is_nil())
        };
        match (present, value) {
            (Value::Nil, _) if nulls == Nulls::Remove && was_set() => {
                dst.remove(key.as_bytes());
            }
            (Value::Map(present), Value::Map(table)) => {
                coalesce_tables(&present, &table, &joined(prefix, &key), nulls, log);
            }
            (_, Value::Map(table)) => log.say(&Event::GivenIsNoTable {
                path: joined(prefix, &key),
                default: Value::Map(table).to_str().to_string_lossy().into_owned(),
            }),
            (Value::Map(_), value) if !value.is_nil() => log.say(&Event::GivenIsTable {
                path: joined(prefix, &key),
                default: value.to_str().to_string_lossy().into_owned(),
            }),
            _ => {}
        }
    }
}

/// `trimNilValues`: takes every null out, in tables below, too.
fn remove_nulls(map: &Map) {
    let mut nulls = Vec::new();
    for (key, value) in &*map.read() {
        match value {
            Value::Nil => nulls.push(key.clone()),
            Value::Map(table) => remove_nulls(table),
            _ => {}
        }
    }
    for key in nulls {
        map.remove(key.as_bytes());
    }
}

/// What Go's `%t` prints for something that is no boolean.
fn not_a_bool(value: &Value) -> String {
    match value {
        Value::Nil => "%!t(<nil>)".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::List(list) => {
            let items: Vec<String> = list.iter().map(not_a_bool).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(map) => {
            let items: Vec<String> = map
                .entries()
                .iter()
                .map(|(key, value)| {
                    format!(
                        "%!t(string={}):{}",
                        key.to_string_lossy(),
                        not_a_bool(value)
                    )
                })
                .collect();
            format!("map[{}]", items.join(" "))
        }
        other => format!(
            "%!t({}={})",
            other.go_type(),
            other.to_str().to_string_lossy()
        ),
    }
}
