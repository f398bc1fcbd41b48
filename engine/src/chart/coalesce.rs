//! Values of a chart and its subcharts, put together as Helm does.
//!
//! Follows pkg/chart/common/util/coalesce.go of Helm 4.3.1. Maps are Go's here: what Helm shares
//! between parent and child (tables inside `global`) is shared, so that a template that changes
//! one changes both. What Helm 3 does otherwise is in its pkg/chartutil/coalesce.go. Where Go walks a
//! map in random order, it is the order of the keys here.
//!
//! A render puts values together several times: to find out which charts take part, to import values,
//! and for the templates. Only the last time somebody changes them; before, tables are shared wherever
//! nothing is added to them.

mod defaults;
mod path;
mod tables;

use crate::log::{Event, Log};
use crate::value::{List, Map, MapKind, Value};

use super::tree::{NodeId, Tree};
pub(crate) use defaults::{Defaults, Use};
use defaults::{Filling, copied_to_fill};
use path::Path;
pub(crate) use tables::Merge;

/// The key of the values that every chart sees.
pub(crate) const GLOBAL: &str = "global";

/// Values that cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CannotMerge {
    /// Somebody gave a scalar where a subchart's values belong.
    #[error("{0}")]
    TypeMismatch(String),
    /// A table was put into itself, or too often into others.
    #[error("import-values puts a table into itself, or too many tables into each other")]
    Endless,
}

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

/// `CoalesceValues` and `MergeValues`: the chart's defaults under `given`, subcharts included. What is
/// given is changed; what comes of it is the caller's.
pub(crate) fn values_of(
    tree: &Tree<'_>,
    node: NodeId,
    given: Map,
    nulls: Nulls,
    log: &mut Log,
) -> Result<Map, CannotMerge> {
    let way = Way {
        tree,
        nulls,
        purpose: Use::Change,
    };
    way.coalesce(node, &given, &Path::default(), log)?;
    Ok(given)
}

/// The same for who only reads what comes of it: it shares tables with what is given and with the
/// defaults.
pub(crate) fn values_to_read(
    tree: &Tree<'_>,
    node: NodeId,
    given: &Map,
    nulls: Nulls,
    log: &mut Log,
) -> Result<Map, CannotMerge> {
    let way = Way {
        tree,
        nulls,
        purpose: Use::Read,
    };
    let given = copied_to_fill(given, tree.defaults(node, Use::Read), |key| {
        is_added_to(tree, node, key)
    });
    way.coalesce(node, &given, &Path::default(), log)?;
    Ok(given)
}

/// Whether more is added to what stands at this key of a chart's values, from above or below.
fn is_added_to(tree: &Tree<'_>, node: NodeId, key: &[u8]) -> bool {
    key == GLOBAL.as_bytes() || tree.has_below(node, key)
}

/// How the values of a tree of charts are put together.
#[derive(Debug, Clone, Copy)]
struct Way<'t, 'c> {
    tree: &'t Tree<'c>,
    nulls: Nulls,
    purpose: Use,
}

impl Way<'_, '_> {
    fn coalesce(
        self,
        node: NodeId,
        dest: &Map,
        path: &Path<'_>,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        let tree = self.tree;
        let path = path.join(tree.name(node).as_bytes());
        self.coalesce_own(node, dest, &path, log);
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
                    return Err(CannotMerge::TypeMismatch(format!(
                        "type mismatch on {name}: {}",
                        not_a_bool(&other)
                    )));
                }
            };
            coalesce_globals(&child_values, dest, &path, log)?;
            self.coalesce(child, &child_values, &path, log)?;
        }
        Ok(())
    }

    /// The chart's own defaults under `given`.
    fn coalesce_own(self, node: NodeId, given: &Map, path: &Path<'_>, log: &mut Log) {
        let tree = self.tree;
        // Helm 3 keeps nulls among the chart's own defaults.
        let clean = |nulls| nulls == Nulls::Remove && !tree.dialect().is_helm3();
        tree.defaults(node, self.purpose).each(|key, default| {
            let purpose = match is_added_to(tree, node, key) {
                true => Use::Change,
                false => self.purpose,
            };
            let Some(value) = given.get(key) else {
                let clean = clean(self.nulls);
                if !(clean && default.is_nil()) {
                    given.insert(key.into(), default.value(purpose, clean));
                }
                return;
            };
            match (value, default.table()) {
                (Value::Nil, _) if self.nulls == Nulls::Remove => {
                    given.remove(key);
                }
                (Value::Map(table), Some(defaults)) => {
                    let nulls = match tree.has_below(node, key) {
                        true => Nulls::Keep,
                        false => self.nulls,
                    };
                    let filling = Filling {
                        purpose,
                        nulls,
                        clean: clean(nulls),
                    };
                    filling.fill(&table, defaults, &path.join(key), log);
                }
                (Value::Map(_), None) if !default.is_nil() => {
                    let path = path.join(key).to_string();
                    log.say(&Event::DefaultIsNoTable { path });
                }
                _ => {}
            }
        });
    }
}

/// Passes the parent's globals (`src`) on to a child's values (`dest`).
fn coalesce_globals(
    dest: &Map,
    src: &Map,
    path: &Path<'_>,
    log: &mut Log,
) -> Result<(), CannotMerge> {
    let table = |map: &Map| match map.get(GLOBAL.as_bytes()) {
        None => Some(Map::new(MapKind::Any)),
        Some(Value::Map(map)) => Some(map),
        Some(_) => None,
    };
    let Some(dest_globals) = table(dest) else {
        log.say(&Event::GlobalsOfChild);
        return Ok(());
    };
    let Some(src_globals) = table(src) else {
        log.say(&Event::GlobalsOfParent);
        return Ok(());
    };
    for (key, value) in src_globals.entries() {
        let present = dest_globals.get(key.as_bytes());
        match (value, present) {
            (Value::Map(table), None) => {
                dest_globals.insert(key, Value::Map(table.shallow_copy()));
            }
            (Value::Map(table), Some(Value::Map(present))) => {
                let copy = table.shallow_copy();
                let path = path.join(key.as_bytes());
                Merge::new(Nulls::Keep).tables_at(&path, &copy, &present, log)?;
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
    Ok(())
}

/// What Go's `%t` prints for something that is no boolean.
fn not_a_bool(value: &Value) -> String {
    match value {
        Value::Nil => "%!t(<nil>)".to_owned(),
        other => no_bool_within(other),
    }
}

fn no_bool_within(value: &Value) -> String {
    match value {
        Value::Nil => "<nil>".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::List(list) => {
            let items: Vec<String> = list.iter().map(no_bool_within).collect();
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
                        no_bool_within(value)
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
