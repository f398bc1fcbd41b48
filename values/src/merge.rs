//! Helm's two ways to put values over one another: `MergeMaps` for what the user gives (`-f` and
//! `--set`), coalescing for the user's values over a chart's own.
//!
//! Follows Helm 4.3.1: `pkg/chart/v2/loader/load.go` and `pkg/chart/common/util/coalesce.go`.
//! Walking down into subcharts and their globals needs a chart and is left to the engine.
//!
//! Go walks its maps in random order; here warnings come in the order of the keys.

mod warning;

use crate::{Map, Value};

/// Whether nulls survive: the `merge` argument in Helm's `coalesce.go`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A null over a value of the chart removes that key.
    Coalesce,
    /// Nulls are kept, for a later pass to judge.
    Merge,
}

/// Lays `over` on `base`, as `-f` files are laid on one another: tables merge, all else is
/// replaced whole, and nulls are kept. Helm's `loader.MergeMaps`.
#[must_use]
pub fn merge_maps(mut base: Map, over: &Map) -> Map {
    merge_into(&mut base, over);
    base
}

fn merge_into(base: &mut Map, over: &Map) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(Value::Map(beneath)), Value::Map(above)) => merge_into(beneath, above),
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Fills `dst`, whose values win, with what only `src` has. Helm's `coalesceTablesFullKey`.
///
/// `prefix` is where both stand, for the warnings: a table and a value that is none met there.
///
/// Helm also writes the nulls of `dst` into `src` on the way, which nothing after it can see as
/// long as `src` is not used again; here `src` stays as it is.
pub fn coalesce_tables(
    dst: &mut Map,
    src: &Map,
    prefix: &str,
    mode: Mode,
    warnings: &mut Vec<String>,
) {
    for (key, chart) in src {
        match dst.get_mut(key) {
            None => {
                dst.insert(key.clone(), chart.clone());
            }
            Some(Value::Null) => {
                if mode == Mode::Coalesce && !chart.is_null() {
                    dst.remove(key);
                }
            }
            Some(user) => {
                let full_key = concat_prefix(prefix, key);
                match (user, chart) {
                    (Value::Map(user), Value::Map(chart)) => {
                        coalesce_tables(user, chart, &full_key, mode, warnings);
                    }
                    (_, Value::Map(_)) => warnings.push(warning::table_lost(&full_key, chart)),
                    (Value::Map(_), chart) if !chart.is_null() => {
                        warnings.push(warning::scalar_lost(&full_key, chart));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Lays the user's values, `dst`, over those of one chart: Helm's `coalesceValues`, which differs
/// from [`coalesce_tables`] at the top level only.
///
/// `prefix` is the chart's path of names (`parent.chart`), for the warnings. Keys that name a
/// subchart (`is_subchart`) keep their nulls, which the subchart's own turn judges.
pub fn coalesce_values(
    dst: &mut Map,
    chart: &Map,
    prefix: &str,
    mode: Mode,
    is_subchart: &dyn Fn(&str) -> bool,
    warnings: &mut Vec<String>,
) {
    for (key, value) in chart {
        match dst.get_mut(key) {
            Some(Value::Null) => {
                if mode == Mode::Coalesce {
                    dst.remove(key);
                }
            }
            Some(Value::Map(user)) => {
                let Value::Map(src) = value else {
                    if !value.is_null() {
                        warnings.push(warning::not_a_table(prefix, key));
                    }
                    continue;
                };
                let full_key = concat_prefix(prefix, key);
                if mode == Mode::Merge || is_subchart(key) {
                    coalesce_tables(user, src, &full_key, Mode::Merge, warnings);
                } else {
                    let mut src = src.clone();
                    clean_nulls(&mut src);
                    coalesce_tables(user, &src, &full_key, Mode::Coalesce, warnings);
                }
            }
            Some(_) => {}
            None if mode == Mode::Merge => {
                dst.insert(key.clone(), value.clone());
            }
            None if value.is_null() => {}
            None => {
                let mut value = value.clone();
                if let Value::Map(map) = &mut value {
                    clean_nulls(map);
                }
                dst.insert(key.clone(), value);
            }
        }
    }
}

/// Removes every null of a table and of the tables in it, not of lists. Helm's `cleanNilValues`.
pub fn clean_nulls(map: &mut Map) {
    map.retain(|_, value| !value.is_null());
    for value in map.values_mut() {
        if let Value::Map(inner) = value {
            clean_nulls(inner);
        }
    }
}

/// The values as a values file that says the same would give them: every number a float, since
/// `sigs.k8s.io/yaml` makes no other.
#[must_use]
pub fn as_document(map: &Map) -> Map {
    map.iter()
        .map(|(key, value)| (key.clone(), value_as_document(value)))
        .collect()
}

fn value_as_document(value: &Value) -> Value {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "Go's float64 loses the same digits"
        )]
        Value::Int(number) => Value::Float(*number as f64),
        Value::List(list) => Value::List(list.iter().map(value_as_document).collect()),
        Value::Map(map) => Value::Map(as_document(map)),
        other => other.clone(),
    }
}

/// Helm's `concatPrefix`.
fn concat_prefix(prefix: &str, key: &str) -> String {
    if prefix.is_empty() {
        key.to_owned()
    } else {
        format!("{prefix}.{key}")
    }
}

#[cfg(test)]
mod tests;
