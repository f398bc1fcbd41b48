//! Sprig v3.3.0, dict.go.
//!
//! Maps are shared: `set`, `unset` and the merges change them for all who hold them. Go visits
//! maps in random order; here `keys` and `values` are sorted by key, so that a render repeats.

use super::{CallError, Family, Function, Host, Rest, cast::strval};
use crate::value::{List, Map, MapKind, Str, Value};

mod merge;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Maps;
    table.extend([
        Function::new(family, "dict", "A map of keys and values", dict),
        Function::new(family, "get", "The value of a key, or empty text", get),
        Function::new(
            family,
            "set",
            "Sets a key of the map itself; gives the map",
            set,
        ),
        Function::new(
            family,
            "unset",
            "Removes a key of the map itself; gives the map",
            unset,
        ),
        Function::new(family, "hasKey", "Whether a map has a key", has_key),
        Function::new(
            family,
            "pluck",
            "The values of a key in several maps",
            pluck,
        ),
        Function::new(family, "keys", "The keys of maps, here sorted", keys),
        Function::new(
            family,
            "values",
            "The values of a map, here sorted by key",
            values,
        ),
        Function::new(family, "pick", "A new map of only these keys", pick),
        Function::new(family, "omit", "A new map without these keys", omit),
        Function::new(
            family,
            "dig",
            "The value at a path of keys, or a default",
            dig,
        ),
    ]);
    for name in ["deepCopy", "mustDeepCopy"] {
        table.push(Function::new(
            family,
            name,
            "A copy that shares nothing",
            deep_copy,
        ));
    }
    for name in ["merge", "mustMerge"] {
        table.push(Function::new(
            family,
            name,
            "Merges maps into the first, which wins",
            merge::merge,
        ));
    }
    for name in ["mergeOverwrite", "mustMergeOverwrite"] {
        table.push(Function::new(
            family,
            name,
            "Merges maps into the first, the last wins",
            merge::merge_overwrite,
        ));
    }
}

/// Keys become text; a last key without a value gets empty text.
fn dict(host: &mut Host, pairs: &[Value]) -> Result<Map, CallError> {
    let map = Map::new(MapKind::Any);
    for pair in pairs.chunks(2) {
        host.measure(&pair[0])?;
        let value = pair.get(1).cloned().unwrap_or_else(|| Value::str(""));
        map.insert(strval(&pair[0]), value);
    }
    Ok(map)
}

fn get(map: Option<Map>, key: Str) -> Value {
    map.and_then(|map| map.get(key.as_bytes()))
        .unwrap_or_else(|| Value::str(""))
}

fn set(map: Option<Map>, key: Str, value: Value) -> Result<Map, CallError> {
    let map = map.ok_or("assignment to entry in nil map")?;
    map.insert(key, value);
    Ok(map)
}

fn unset(map: Map, key: Str) -> Map {
    map.remove(key.as_bytes());
    map
}

fn has_key(map: Map, key: Str) -> bool {
    map.contains_key(key.as_bytes())
}

fn pluck(key: Str, maps: Rest<Map>) -> Value {
    Value::list(
        maps.0
            .iter()
            .filter_map(|map| map.get(key.as_bytes()))
            .collect(),
    )
}

fn keys(host: &mut Host, maps: Rest<Map>) -> Result<Value, CallError> {
    host.meter.value(maps.0.iter().map(Map::len).sum())?;
    Ok(Value::strings(maps.0.iter().flat_map(Map::keys)))
}

fn values(map: Map) -> Value {
    Value::list(map.entries().into_iter().map(|(_, value)| value).collect())
}

fn pick(map: Map, keys: Rest<Str>) -> Value {
    Value::map(keys.0.into_iter().filter_map(|key| {
        let value = map.get(key.as_bytes())?;
        Some((key, value))
    }))
}

fn omit(map: Map, keys: Rest<Str>) -> Value {
    Value::map(
        map.entries()
            .into_iter()
            .filter(|(key, _)| !keys.0.contains(key)),
    )
}

/// `dig "a" "b" "default" $map`: what is in between must be a map, or it is an error.
fn dig(arguments: &[Value]) -> Result<Value, CallError> {
    let [keys @ .., default, map] = arguments else {
        return Err("dig needs at least three arguments".into());
    };
    if keys.is_empty() {
        return Err("dig needs at least three arguments".into());
    }
    let mut map = assert_map(map)?;
    let keys = keys
        .iter()
        .map(assert_string)
        .collect::<Result<Vec<_>, _>>()?;
    let (last, path) = keys
        .split_last()
        .ok_or("dig needs at least three arguments")?;
    for key in path {
        match map.get(key.as_bytes()) {
            Some(step) => map = assert_map(&step)?,
            None => return Ok(default.clone()),
        }
    }
    Ok(map.get(last.as_bytes()).unwrap_or_else(|| default.clone()))
}

/// Go's `value.(map[string]interface {})`.
fn assert_map(value: &Value) -> Result<Map, CallError> {
    match value {
        Value::Map(map) if map.kind() == MapKind::Any => Ok(map.clone()),
        other => Err(failed_assertion(other, "map[string]interface {}")),
    }
}

fn assert_string(value: &Value) -> Result<Str, CallError> {
    value
        .as_str()
        .cloned()
        .ok_or_else(|| failed_assertion(value, "string"))
}

fn failed_assertion(value: &Value, wanted: &str) -> CallError {
    let found = if value.is_nil() {
        "nil"
    } else {
        value.go_type()
    };
    CallError(format!(
        "interface conversion: interface {{}} is {found}, not {wanted}"
    ))
}

/// Deeper containers are shared, not copied: Go's copy would never end.
const MAX_DEPTH: usize = 1_000;

fn deep_copy(host: &mut Host, value: Value) -> Result<Value, CallError> {
    if value.is_nil() {
        return Err("reflect: call of reflect.Value.Type on zero Value".into());
    }
    host.measure(&value)?;
    copy(&value, 0)
}

fn copy(value: &Value, depth: usize) -> Result<Value, CallError> {
    if depth > MAX_DEPTH {
        return Err("value is nested too deeply".into());
    }
    Ok(match value {
        Value::List(list) if list.is_nil() => list.clone().into(),
        Value::List(list) => {
            let items = list
                .iter()
                .map(|item| copy(item, depth + 1))
                .collect::<Result<Vec<_>, _>>()?;
            List::new(list.kind(), items).into()
        }
        Value::Map(map) => {
            let copied = Map::new(map.kind());
            for (key, value) in map.entries() {
                copied.insert(key, copy(&value, depth + 1)?);
            }
            copied.into()
        }
        other => other.clone(),
    })
}
