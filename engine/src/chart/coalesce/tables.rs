//! Merging tables that templates and charts may share afterwards.

use super::path::Path;
use super::{CannotMerge, Nulls};
use crate::log::{Event, Log};
use crate::value::{Map, Value};

/// A merge of tables, or several. Where imports put a table into itself, Helm's process runs out of
/// stack; here only so much is done.
#[derive(Debug)]
pub(crate) struct Merge {
    nulls: Nulls,
    /// Entries that may still be looked at.
    left: usize,
}

/// As many entries as no chart has.
const MAX_ENTRIES: usize = 1 << 22;
/// Tables within each other.
const MAX_DEPTH: usize = 1_000;

impl Merge {
    /// Nothing is merged yet.
    pub(crate) fn new(nulls: Nulls) -> Self {
        Self {
            nulls,
            left: MAX_ENTRIES,
        }
    }

    /// `CoalesceTables` and `MergeTables`: `src` under `dst`, which shares its tables then.
    pub(crate) fn tables(
        &mut self,
        dst: &Map,
        src: &Map,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        self.tables_at(&Path::default(), dst, src, log)
    }

    /// `coalesceTablesFullKey`.
    pub(super) fn tables_at(
        &mut self,
        path: &Path<'_>,
        dst: &Map,
        src: &Map,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        self.enter(path.depth(), src)?;
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
                (Value::Nil, _) if self.nulls == Nulls::Remove && was_set() => {
                    dst.remove(key.as_bytes());
                }
                (Value::Map(present), Value::Map(table)) => {
                    self.tables_at(&path.join(key.as_bytes()), &present, &table, log)?;
                }
                (_, Value::Map(table)) => {
                    self.check_at(path.depth(), &table)?;
                    log.say(&Event::GivenIsNoTable {
                        path: path.join(key.as_bytes()).to_string(),
                        default: Value::Map(table).to_str().to_string_lossy().into_owned(),
                    });
                }
                (Value::Map(_), value) if !value.is_nil() => log.say(&Event::GivenIsTable {
                    path: path.join(key.as_bytes()).to_string(),
                    default: value.to_str().to_string_lossy().into_owned(),
                }),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a table can be copied: it does not contain itself, nor too much.
    pub(crate) fn check(&mut self, table: &Map) -> Result<(), CannotMerge> {
        self.check_at(0, table)
    }

    fn check_at(&mut self, depth: usize, table: &Map) -> Result<(), CannotMerge> {
        self.enter(depth, table)?;
        let entries = table.read();
        entries.values().try_for_each(|value| match value {
            Value::Map(below) => self.check_at(depth + 1, below),
            _ => Ok(()),
        })
    }

    /// Counts a table that stands so deep.
    fn enter(&mut self, depth: usize, table: &Map) -> Result<(), CannotMerge> {
        match self.left.checked_sub(1 + table.len()) {
            Some(left) if depth <= MAX_DEPTH => {
                self.left = left;
                Ok(())
            }
            _ => Err(CannotMerge::Endless),
        }
    }
}
