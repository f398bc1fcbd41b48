//! `merge` and `mergeOverwrite`: dario.cat/mergo v1.0.1, `deepMerge`, as far as maps of anything
//! reach it.

use crate::{
    functions::{CallError, Host, Rest},
    value::{List, ListKind, Map, MapKind, Value},
};

/// Deeper maps are refused: Go would run out of stack.
const MAX_DEPTH: usize = 1_000;

/// Fills what is missing or empty in the first map from the others.
pub(super) fn merge(
    host: &mut Host,
    first: Option<Map>,
    others: Rest<Map>,
) -> Result<Map, CallError> {
    merge_all(host, first, &others.0, false)
}

/// Puts what the others have into the first map, empty values too, but not beyond lists.
pub(super) fn merge_overwrite(
    host: &mut Host,
    first: Option<Map>,
    others: Rest<Map>,
) -> Result<Map, CallError> {
    merge_all(host, first, &others.0, true)
}

fn merge_all(
    host: &mut Host,
    first: Option<Map>,
    others: &[Map],
    overwrite: bool,
) -> Result<Map, CallError> {
    let first = first.unwrap_or_else(|| Map::new(MapKind::Any));
    for other in others {
        deep_merge(host, &first, other, overwrite, 0)?;
    }
    Ok(first)
}

fn deep_merge(
    host: &mut Host,
    dst: &Map,
    src: &Map,
    overwrite: bool,
    depth: usize,
) -> Result<(), CallError> {
    if depth > MAX_DEPTH {
        return Err("maps are nested too deeply to be merged".into());
    }
    for (key, new) in src.entries() {
        host.meter.step()?;
        let old = dst.get(key.as_bytes());
        if new.is_nil() {
            if overwrite {
                dst.insert(key, Value::Nil);
            }
            continue;
        }
        match &new {
            Value::Map(new) => {
                if let Some(Value::Map(old)) = &old {
                    deep_merge(host, old, new, overwrite, depth + 1)?;
                }
            }
            // mergo asks whether the whole map is empty here, not the list.
            Value::List(new) => {
                let list = if overwrite || dst.is_empty() {
                    new.clone().into()
                } else {
                    match &old {
                        Some(old) if !old.is_nil() => old.clone(),
                        _ => List::new(ListKind::Any, Vec::new()).into(),
                    }
                };
                dst.insert(key.clone(), list);
            }
            _ => {}
        }
        // What was there before, as the merge of maps above left it.
        let filled = old.as_ref().is_some_and(Value::truth);
        if filled {
            let both_maps = matches!((&old, &new), (Some(Value::Map(_)), Value::Map(_)));
            if both_maps || matches!(new, Value::List(_)) {
                continue;
            }
        }
        if overwrite || !filled {
            dst.insert(key, new);
        }
    }
    Ok(())
}
