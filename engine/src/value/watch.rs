//! Who reads what: the tables that templates are given can be watched, so that it is known which
//! keys of which tables an execution looked at, and whether it changed one of them.
//!
//! Only the ways into a table's entries are told ([`Map`]'s methods are all there is), each for
//! itself: who walks a whole tree passes through them table by table. Lists and scalars are part
//! of the entry that they stand in. A table that nobody watches costs one comparison a read.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{Map, Str, Value};

/// A table of the values, by its path; the numbers are [`Watch`]'s user's.
pub(crate) type TableId = u32;

/// What was looked at in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// The entry of a key, or that there is none.
    Key(Str),
    /// Which keys there are.
    Keys,
    /// Whether there is any.
    Emptiness,
    /// All entries.
    Entries,
}

/// One look at a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Read {
    /// The table.
    pub(crate) table: TableId,
    /// What of it.
    pub(crate) look: Look,
}

/// What is told of all tables of one render.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    reads: RefCell<Vec<Read>>,
    changed: Cell<bool>,
}

impl Watch {
    /// What was read since the last time, each once, sorted.
    pub(crate) fn take(&self) -> Vec<Read> {
        let mut reads = self.reads.take();
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// Whether a watched table was changed.
    pub(crate) fn changed(&self) -> bool {
        self.changed.get()
    }

    /// Watches a table and all below it, in lists too, for changes alone. Tables that are watched
    /// already stay as they are.
    pub(crate) fn changes_below(self: &Rc<Self>, value: &Value) {
        match value {
            Value::Map(map) if map.origin().is_none() => {
                map.watch(self, None);
                map.unwatched(|entries| entries.values().for_each(|it| self.changes_below(it)));
            }
            Value::List(list) => list.iter().for_each(|item| self.changes_below(item)),
            _ => {}
        }
    }

    /// Watches a table and all below it. `below` names the table at a key of another one; a table
    /// that can be reached by two ways has both names.
    pub(crate) fn reads_below(
        self: &Rc<Self>,
        map: &Map,
        table: TableId,
        below: &mut dyn FnMut(TableId, &Str) -> TableId,
    ) {
        map.watch(self, Some(table));
        map.unwatched(|entries| {
            for (key, value) in entries {
                match value {
                    Value::Map(map) => {
                        let table = below(table, key);
                        self.reads_below(map, table, below);
                    }
                    // A list is read whole, with the entry that it stands in.
                    other => self.changes_below(other),
                }
            }
        });
    }
}

/// What a watched table knows of itself.
#[derive(Debug)]
pub(super) struct Origin {
    watch: Rc<Watch>,
    /// Its names; none if only changes are told.
    tables: RefCell<Vec<TableId>>,
}

impl Origin {
    pub(super) fn new(watch: &Rc<Watch>) -> Self {
        Self {
            watch: Rc::clone(watch),
            tables: RefCell::default(),
        }
    }

    pub(super) fn name(&self, table: TableId) {
        let mut tables = self.tables.borrow_mut();
        if !tables.contains(&table) {
            tables.push(table);
        }
    }

    pub(super) fn read(&self, look: impl Fn() -> Look) {
        for &table in self.tables.borrow().iter() {
            let look = look();
            self.watch.reads.borrow_mut().push(Read { table, look });
        }
    }

    pub(super) fn change(&self) {
        self.watch.changed.set(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::MapKind;

    fn sample() -> (Rc<Watch>, Map) {
        let tree = values::yaml::parse_map("a: {b: 1, c: [{d: 2}]}\ne: {}\n").unwrap();
        let map = Map::from_values(MapKind::Any, &tree);
        let watch = Rc::new(Watch::default());
        let mut names = 0;
        watch.reads_below(&map, 0, &mut |_, _| {
            names += 1;
            names
        });
        (watch, map)
    }

    fn read(table: TableId, look: Look) -> Read {
        Read { table, look }
    }

    #[test]
    fn each_way_into_a_table_is_told() {
        let (watch, map) = sample();
        let Some(Value::Map(a)) = map.get(b"a") else {
            panic!()
        };
        assert!(!map.contains_key(b"none"));
        assert!(!a.is_empty());
        assert_eq!((a.len(), a.keys().len()), (2, 2));
        let key = |key: &str| Look::Key(key.into());
        let expected = [
            read(0, key("a")),
            read(0, key("none")),
            read(1, Look::Keys),
            read(1, Look::Emptiness),
        ];
        assert_eq!(watch.take(), expected);
        let _ = Value::Map(map.clone()).to_str();
        let all = [0, 1, 2].map(|table| read(table, Look::Entries));
        assert_eq!(watch.take(), all);
        let _ = (a.shallow_copy(), a.entries());
        assert_eq!(watch.take(), [read(1, Look::Entries)]);
        assert!(!watch.changed());
    }

    #[test]
    fn changes_are_told_in_lists_too() {
        let (watch, map) = sample();
        let copy = map.shallow_copy();
        copy.insert("new".into(), Value::Nil);
        assert!(!watch.changed());
        let Some(Value::Map(a)) = map.get(b"a") else {
            panic!()
        };
        let Some(Value::List(c)) = a.get(b"c") else {
            panic!()
        };
        let Some(Value::Map(item)) = c.first() else {
            panic!()
        };
        item.insert("d".into(), Value::Nil);
        assert!(watch.changed());
    }

    #[test]
    fn a_table_that_is_reached_by_two_ways_has_both_names() {
        let (watch, map) = sample();
        let Some(Value::Map(a)) = map.get(b"a") else {
            panic!()
        };
        a.watch(&watch, Some(9));
        watch.take();
        let _ = a.get(b"b");
        let key = || Look::Key("b".into());
        assert_eq!(watch.take(), [read(1, key()), read(9, key())]);
    }
}
