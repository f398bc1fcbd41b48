//! Sprig v3.3.0, list.go.
//!
//! Lists are never changed in place. Sprig's panics become errors with the same text.

use super::{
    CallError, Family, Function, Host, Rest,
    cast::{NIL_POINTER, deep_equal, strslice, strval, to_int},
};
use crate::value::{List, ListKind, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Lists;
    for name in ["list", "tuple"] {
        table.push(Function::new(family, name, "A list of the arguments", list));
    }
    for name in ["append", "push", "mustAppend", "mustPush"] {
        table.push(Function::new(
            family,
            name,
            "A new list with a value at its end",
            append,
        ));
    }
    for name in ["prepend", "mustPrepend"] {
        table.push(Function::new(
            family,
            name,
            "A new list with a value at its front",
            prepend,
        ));
    }
    for name in ["first", "mustFirst"] {
        table.push(Function::new(
            family,
            name,
            "The first item of a list",
            first,
        ));
    }
    for name in ["last", "mustLast"] {
        table.push(Function::new(family, name, "The last item of a list", last));
    }
    for name in ["rest", "mustRest"] {
        table.push(Function::new(
            family,
            name,
            "A list without its first item",
            rest,
        ));
    }
    for name in ["initial", "mustInitial"] {
        table.push(Function::new(
            family,
            name,
            "A list without its last item",
            initial,
        ));
    }
    for name in ["reverse", "mustReverse"] {
        table.push(Function::new(
            family,
            name,
            "A list, last item first",
            reverse,
        ));
    }
    for name in ["compact", "mustCompact"] {
        table.push(Function::new(
            family,
            name,
            "A list without its empty items",
            compact,
        ));
    }
    for name in ["uniq", "mustUniq"] {
        table.push(Function::new(
            family,
            name,
            "A list with each item once",
            uniq,
        ));
    }
    for name in ["without", "mustWithout"] {
        table.push(Function::new(
            family,
            name,
            "A list without these items",
            without,
        ));
    }
    for name in ["has", "mustHas"] {
        table.push(Function::new(
            family,
            name,
            "Whether a list has an item",
            has,
        ));
    }
    for name in ["slice", "mustSlice"] {
        table.push(Function::new(
            family,
            name,
            "Part of a list, from and to an index",
            slice,
        ));
    }
    for name in ["chunk", "mustChunk"] {
        table.push(Function::new(
            family,
            name,
            "A list in lists of this size",
            chunk,
        ));
    }
    table.extend([
        Function::new(family, "concat", "All lists in one", concat),
        Function::new(
            family,
            "join",
            "The items as text, a separator between them",
            join,
        ),
        Function::new(family, "sortAlpha", "The items as text, sorted", sort_alpha),
        Function::new(family, "toStrings", "The items as text", to_strings),
        Function::new(
            family,
            "until",
            "The integers from 0 to before a number",
            until,
        ),
        Function::new(
            family,
            "untilStep",
            "The integers of a range with a step",
            until_step,
        ),
        Function::new(family, "seq", "The integers of a range as text", seq),
    ]);
}

/// The items of a slice, or what Sprig says of anything else.
fn items(value: &Value, refusal: &str) -> Result<List, CallError> {
    match value.items() {
        Some(list) => Ok(list),
        None if value.is_nil() => Err(NIL_POINTER.into()),
        None => Err(CallError(format!("{refusal} {}", value.go_kind()))),
    }
}

/// A list of the size is about to be made.
fn announce(host: &mut Host, size: usize) -> Result<(), CallError> {
    Ok(host.meter.value(size)?)
}

fn list(items: &[Value]) -> Value {
    Value::list(items.to_vec())
}

fn append(host: &mut Host, list: Value, value: Value) -> Result<Value, CallError> {
    let list = items(&list, "Cannot push on type")?;
    announce(host, list.len() + 1)?;
    let mut all = Vec::with_capacity(list.len() + 1);
    all.extend_from_slice(&list);
    all.push(value);
    Ok(Value::list(all))
}

fn prepend(host: &mut Host, list: Value, value: Value) -> Result<Value, CallError> {
    let list = items(&list, "Cannot prepend on type")?;
    announce(host, list.len() + 1)?;
    let mut all = Vec::with_capacity(list.len() + 1);
    all.push(value);
    all.extend_from_slice(&list);
    Ok(Value::list(all))
}

fn first(list: Value) -> Result<Value, CallError> {
    Ok(items(&list, "Cannot find first on type")?
        .first()
        .cloned()
        .unwrap_or_default())
}

fn last(list: Value) -> Result<Value, CallError> {
    Ok(items(&list, "Cannot find last on type")?
        .last()
        .cloned()
        .unwrap_or_default())
}

/// The rest of an empty list is the nil slice.
fn rest(list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot find rest on type")?;
    Ok(match list.split_first() {
        Some((_, rest)) => List::new(ListKind::Any, rest.to_vec()),
        None => List::nil(ListKind::Any),
    })
}

fn initial(list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot find initial on type")?;
    Ok(match list.split_last() {
        Some((_, initial)) => List::new(ListKind::Any, initial.to_vec()),
        None => List::nil(ListKind::Any),
    })
}

fn reverse(list: Value) -> Result<Value, CallError> {
    let list = items(&list, "Cannot find reverse on type")?;
    Ok(Value::list(list.iter().rev().cloned().collect()))
}

fn compact(list: Value) -> Result<Value, CallError> {
    let list = items(&list, "Cannot compact on type")?;
    Ok(Value::list(
        list.iter().filter(|item| item.truth()).cloned().collect(),
    ))
}

fn uniq(host: &mut Host, list: Value) -> Result<Value, CallError> {
    let list = items(&list, "Cannot find uniq on type")?;
    let mut found: Vec<Value> = Vec::new();
    for item in list.iter() {
        if !contains(host, &found, item)? {
            found.push(item.clone());
        }
    }
    Ok(Value::list(found))
}

fn contains(host: &mut Host, haystack: &[Value], needle: &Value) -> Result<bool, CallError> {
    let size = host.measure(needle)?;
    host.meter.work(size.saturating_mul(haystack.len()) / 16)?;
    Ok(haystack.iter().any(|item| deep_equal(needle, item)))
}

fn without(host: &mut Host, list: Value, omit: &[Value]) -> Result<Value, CallError> {
    let list = items(&list, "Cannot find without on type")?;
    let mut kept = Vec::new();
    for item in list.iter() {
        if !contains(host, omit, item)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

/// Nothing is in nil.
fn has(host: &mut Host, needle: Value, haystack: Value) -> Result<bool, CallError> {
    if haystack.is_nil() {
        return Ok(false);
    }
    contains(host, &items(&haystack, "Cannot find has on type")?, &needle)
}

/// The slice of an empty list is nil. A list keeps its type.
fn slice(of: Value, indices: &[Value]) -> Result<Value, CallError> {
    let list = items(&of, "list should be type of slice or array but")?;
    if list.is_empty() {
        return Ok(Value::Nil);
    }
    let start = indices.first().map_or(0, to_int);
    let end = indices.get(1).map(to_int);
    let range = usize::try_from(start).ok().zip(match end {
        Some(end) => usize::try_from(end).ok(),
        None => Some(list.len()),
    });
    let part = range.and_then(|(start, end)| match &of {
        Value::Object(object) => object.part(start, end),
        _ => Some(List::new(list.kind(), list.get(start..end)?.to_vec()).into()),
    });
    part.ok_or_else(|| "reflect.Value.Slice: slice index out of bounds".into())
}

fn chunk(size: i64, list: Value) -> Result<List, CallError> {
    let list = items(&list, "Cannot chunk type")?;
    let size = match usize::try_from(size) {
        Ok(size) if size > 0 => size,
        // Sprig divides before it looks: what comes to no chunk at all is no error.
        Err(_) if list.len() > 1 && list.len() as u64 - 1 <= size.unsigned_abs() => {
            return Ok(List::new(ListKind::List, Vec::new()));
        }
        _ => return Err("runtime error: makeslice: len out of range".into()),
    };
    let chunks = list
        .chunks(size)
        .map(|chunk| Value::list(chunk.to_vec()))
        .collect();
    Ok(List::new(ListKind::List, chunks))
}

/// Without items it is the nil slice.
fn concat(host: &mut Host, lists: &[Value]) -> Result<List, CallError> {
    let mut all = Vec::new();
    for list in lists {
        match list.items() {
            Some(list) => {
                announce(host, all.len() + list.len())?;
                all.extend_from_slice(&list);
            }
            None if list.is_nil() => return Err(NIL_POINTER.into()),
            None => {
                return Err(CallError(format!(
                    "Cannot concat type {} as list",
                    list.go_kind()
                )));
            }
        }
    }
    Ok(if all.is_empty() {
        List::nil(ListKind::Any)
    } else {
        List::new(ListKind::Any, all)
    })
}

/// The texts with a separator between them, its size counted first.
pub(super) fn join_texts(
    host: &mut Host,
    separator: &Str,
    texts: &[Str],
) -> Result<Str, CallError> {
    let size =
        texts.iter().map(Str::len).sum::<usize>() + separator.len() * texts.len().saturating_sub(1);
    host.meter.value(size)?;
    let mut out = Vec::with_capacity(size);
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(separator.as_bytes());
        }
        out.extend_from_slice(text.as_bytes());
    }
    Ok(out.into())
}

fn join(host: &mut Host, separator: Str, list: Value) -> Result<Str, CallError> {
    host.measure(&list)?;
    join_texts(host, &separator, &strslice(&list))
}

/// Anything but a list, nil too, is a list of its text.
fn sort_alpha(host: &mut Host, list: Value) -> Result<Value, CallError> {
    host.measure(&list)?;
    if list.items().is_none() {
        return Ok(Value::strings([strval(&list)]));
    }
    let mut texts = strslice(&list);
    texts.sort();
    Ok(Value::strings(texts))
}

fn to_strings(host: &mut Host, value: Value) -> Result<Value, CallError> {
    host.measure(&value)?;
    Ok(match value {
        Value::List(list) if list.kind() == ListKind::String => list.into(),
        other => Value::strings(strslice(&other)),
    })
}

fn until(host: &mut Host, count: i64) -> Result<List, CallError> {
    Ok(ints(steps(host, 0, count, if count < 0 { -1 } else { 1 })?))
}

fn until_step(host: &mut Host, start: i64, stop: i64, step: i64) -> Result<List, CallError> {
    Ok(ints(steps(host, start, stop, step)?))
}

fn ints(numbers: Vec<i64>) -> List {
    List::new(ListKind::Int, numbers.into_iter().map(Value::Int).collect())
}

/// The integers from `start` to before `stop`; none if the step leads away from it.
fn steps(host: &mut Host, start: i64, stop: i64, step: i64) -> Result<Vec<i64>, CallError> {
    let distance = if stop < start {
        if step >= 0 {
            return Ok(Vec::new());
        }
        start.abs_diff(stop)
    } else {
        if step <= 0 {
            return Ok(Vec::new());
        }
        stop.abs_diff(start)
    };
    let count = usize::try_from(distance.div_ceil(step.unsigned_abs())).unwrap_or(usize::MAX);
    announce(host, count)?;
    host.meter.work(count)?;
    Ok(
        std::iter::successors(Some(start), |number| number.checked_add(step))
            .take(count)
            .collect(),
    )
}

/// As the command `seq`: `end`, `start end` or `start step end`, all inclusive.
fn seq(host: &mut Host, numbers: Rest<i64>) -> Result<Str, CallError> {
    let (start, step, end) = match *numbers.0 {
        [end] => (1, if end < 1 { -1 } else { 1 }, end),
        [start, end] => (start, if end < start { -1 } else { 1 }, end),
        [start, step, end] if end >= start || step <= 0 => (start, step, end),
        _ => return Ok(Str::default()),
    };
    let past = if end < start {
        end.wrapping_sub(1)
    } else {
        end.wrapping_add(1)
    };
    let texts: Vec<Str> = steps(host, start, past, step)?
        .iter()
        .map(|number| number.to_string().into())
        .collect();
    join_texts(host, &" ".into(), &texts)
}
