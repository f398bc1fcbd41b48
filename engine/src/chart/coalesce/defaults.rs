//! What a chart's defaults add to the values that are given.

use super::path::Path;
use super::{Nulls, deep_copy, deep_copy_value};
use crate::log::{Event, Log};
use crate::value::{Map, MapKind, Str, Value};

/// What becomes of defaults that nobody has given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// They are copied: templates may change the values.
    Change,
    /// They are shared: the values are only read.
    Read,
}

/// A table of defaults, as it was loaded or as it became. Nobody changes it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Defaults<'d> {
    Loaded(&'d values::Map),
    Made(&'d Map),
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum DefaultValue<'d> {
    Loaded(&'d values::Value),
    Made(&'d Value),
}

/// How defaults are added to a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filling {
    /// What is done with the table.
    pub(super) purpose: Use,
    /// What a null that is given does.
    pub(super) nulls: Nulls,
    /// Whether nulls among the defaults are no defaults (`trimNilValues`).
    pub(super) clean: bool,
}

impl Defaults<'_> {
    /// Looks at each default, in the order of the keys.
    pub(super) fn each(self, mut look: impl FnMut(&[u8], DefaultValue<'_>)) {
        match self {
            Self::Loaded(map) => {
                for (key, value) in map {
                    look(key.as_bytes(), DefaultValue::Loaded(value));
                }
            }
            Self::Made(map) => {
                for (key, value) in &*map.read() {
                    look(key.as_bytes(), DefaultValue::Made(value));
                }
            }
        }
    }

    /// What is made of the table among them of this key, if it is one.
    fn table<R>(self, key: &[u8], look: impl FnOnce(Defaults<'_>) -> R) -> Option<R> {
        match self {
            Self::Loaded(map) => match map.get(std::str::from_utf8(key).ok()?) {
                Some(values::Value::Map(table)) => Some(look(Defaults::Loaded(table))),
                _ => None,
            },
            Self::Made(map) => match map.read().get_key_value(key) {
                Some((_, Value::Map(table))) => Some(look(Defaults::Made(table))),
                _ => None,
            },
        }
    }
}

impl<'d> DefaultValue<'d> {
    /// Whether it is null.
    pub(super) fn is_nil(self) -> bool {
        matches!(
            self,
            Self::Loaded(values::Value::Null) | Self::Made(Value::Nil)
        )
    }

    /// The table that it is.
    pub(super) fn table(self) -> Option<Defaults<'d>> {
        match self {
            Self::Loaded(values::Value::Map(table)) => Some(Defaults::Loaded(table)),
            Self::Made(Value::Map(table)) => Some(Defaults::Made(table)),
            _ => None,
        }
    }

    /// The value that it becomes.
    pub(super) fn value(self, purpose: Use, clean: bool) -> Value {
        let has_nulls = clean && self.table().is_some_and(has_nulls);
        match self {
            Self::Made(value) if purpose == Use::Read && !has_nulls => value.clone(),
            Self::Made(value) if !has_nulls => deep_copy_value(value),
            Self::Loaded(value) if !has_nulls => value.into(),
            _ => self.table().map_or(Value::Nil, |table| {
                let copy = Map::new(MapKind::Any);
                table.each(|key, default| {
                    if !default.is_nil() {
                        copy.insert(key.into(), default.value(purpose, true));
                    }
                });
                Value::Map(copy)
            }),
        }
    }
}

fn has_nulls(table: Defaults<'_>) -> bool {
    let mut found = false;
    table.each(|_, default| {
        found = found || default.is_nil() || default.table().is_some_and(has_nulls);
    });
    found
}

impl Filling {
    /// Adds what is missing in a table (`coalesceTablesFullKey`, where the defaults are nobody
    /// else's).
    pub(super) fn fill(self, table: &Map, defaults: Defaults<'_>, path: &Path<'_>, log: &mut Log) {
        defaults.each(|key, default| self.add(table, key, default, path, log));
    }

    fn add(
        self,
        table: &Map,
        key: &[u8],
        default: DefaultValue<'_>,
        path: &Path<'_>,
        log: &mut Log,
    ) {
        if self.clean && default.is_nil() {
            return;
        }
        let Some(given) = table.get(key) else {
            return table.insert(key.into(), default.value(self.purpose, self.clean));
        };
        match (given, default.table()) {
            (Value::Nil, _) if self.nulls == Nulls::Remove && !default.is_nil() => {
                table.remove(key);
            }
            (Value::Nil, _) => {}
            (Value::Map(given), Some(defaults)) => {
                self.fill(&given, defaults, &path.join(key), log);
            }
            (Value::Map(_), None) if !default.is_nil() => log.say(&Event::GivenIsTable {
                path: path.join(key).to_string(),
                default: self.shown(default),
            }),
            (_, Some(_)) => log.say(&Event::GivenIsNoTable {
                path: path.join(key).to_string(),
                default: self.shown(default),
            }),
            _ => {}
        }
    }

    fn shown(self, default: DefaultValue<'_>) -> String {
        let value = default.value(Use::Read, self.clean);
        value.to_str().to_string_lossy().into_owned()
    }
}

/// A copy of values to which defaults are to be added, for who only reads it: what is changed on the
/// way is copied, the rest is shared. What stands at a key that `is_added_to` is changed anyhow.
pub(super) fn copied_to_fill(
    given: &Map,
    defaults: Defaults<'_>,
    is_added_to: impl Fn(&[u8]) -> bool,
) -> Map {
    let entries = given.read();
    Map::from_entries(
        MapKind::Any,
        entries.iter().map(|(key, value)| {
            let value = match value {
                Value::Map(table) if is_added_to(key.as_bytes()) => Value::Map(deep_copy(table)),
                other => copied_below(other, key, defaults),
            };
            (key.clone(), value)
        }),
    )
}

fn copied_below(value: &Value, key: &Str, defaults: Defaults<'_>) -> Value {
    let copied = match value {
        Value::Map(table) => defaults.table(key.as_bytes(), |defaults| {
            let entries = table.read();
            Value::Map(Map::from_entries(
                MapKind::Any,
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), copied_below(value, key, defaults))),
            ))
        }),
        _ => None,
    };
    copied.unwrap_or_else(|| value.clone())
}
