//! Freeing deep values: the compiler's own way is recursive, and a template can nest a list in a
//! list a million times.

use std::rc::Rc;

use super::{List, Map, Value, entries::Entries};

/// Frees these values and all that nobody else holds, without recursion.
pub(super) fn tear_down(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(mut list) => values.append(&mut list.take_items()),
            Value::Map(mut map) => values.append(&mut map.take_values()),
            _ => {}
        }
    }
}

/// Whether freeing the value may go deeper.
pub(super) fn is_container(value: &Value) -> bool {
    match value {
        Value::List(list) => !list.is_empty(),
        Value::Map(_) => true,
        _ => false,
    }
}

impl List {
    /// The items, if nobody else holds them; the list is empty then.
    fn take_items(&mut self) -> Vec<Value> {
        Rc::get_mut(self.shared())
            .map(std::mem::take)
            .unwrap_or_default()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        if let Some(items) = Rc::get_mut(self.shared())
            && items.iter().any(is_container)
        {
            tear_down(std::mem::take(items));
        }
    }
}

impl Map {
    /// The values, if nobody else holds them; the map is empty then.
    fn take_values(&mut self) -> Vec<Value> {
        let entries = Rc::get_mut(self.shared()).map(|shared| std::mem::take(shared.entries_mut()));
        entries.map(Entries::into_values).unwrap_or_default()
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        if let Some(shared) = Rc::get_mut(self.shared())
            && shared.entries_mut().values().any(is_container)
        {
            tear_down(std::mem::take(shared.entries_mut()).into_values());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::value::{Str, Value};

    #[test]
    fn deep_values_are_freed() {
        let mut value = Value::list(Vec::new());
        for _ in 0..200_000 {
            value = Value::list(vec![value]);
            value = Value::map([(Str::from("a"), value)]);
        }
        drop(value);
    }
}
