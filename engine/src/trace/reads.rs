//! From looks at numbered tables to paths of values.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use values::{Segment, Value, ValuesPath};

use super::sets::{SetId, Sets};
use super::{Document, TracedPath};
use crate::{
    chart::Chart,
    value::{
        Map, Str,
        watch::{Look, Read, TableId, Watch},
    },
};

/// The tables of the values, numbered, with their paths.
#[derive(Debug)]
pub(crate) struct Numbers {
    paths: Vec<ValuesPath>,
    below: HashMap<(TableId, Str), TableId>,
    addresses: HashSet<usize>,
}

impl Numbers {
    const ROOT: TableId = 0;

    /// Has all tables of the values told of by a watch.
    pub(crate) fn watch(values: &Map, watch: &Rc<Watch>) -> Self {
        let mut numbers = Self {
            paths: vec![ValuesPath::root()],
            below: HashMap::new(),
            addresses: HashSet::new(),
        };
        add_addresses(values, &mut numbers.addresses);
        watch.reads_below(values, Self::ROOT, &mut |table, key| {
            let path = numbers.paths[table as usize].key(key.to_string_lossy());
            numbers.paths.push(path);
            let number = TableId::try_from(numbers.paths.len() - 1).unwrap_or(TableId::MAX);
            numbers.below.insert((table, key.clone()), number);
            number
        });
        numbers
    }

    /// The tables that are told of, by their addresses.
    pub(crate) fn addresses(&self) -> HashSet<usize> {
        self.addresses.clone()
    }

    fn path(&self, read: &Read) -> Looked {
        let table = self.paths.get(read.table as usize);
        let table = table.cloned().unwrap_or_default();
        match &read.look {
            Look::Key(key) => Looked {
                path: table.key(key.to_string_lossy()),
                whole: false,
                is_way: self.below.contains_key(&(read.table, key.clone())),
            },
            look => Looked {
                path: table,
                whole: matches!(look, Look::Entries | Look::Keys),
                is_way: false,
            },
        }
    }
}

fn add_addresses(map: &Map, addresses: &mut HashSet<usize>) {
    if addresses.insert(map.address()) {
        let entries = map.read();
        let tables = entries.values().filter_map(crate::value::Value::as_map);
        tables.for_each(|table| add_addresses(table, addresses));
    }
}

/// A read as a path.
#[derive(Debug, Clone)]
struct Looked {
    path: ValuesPath,
    whole: bool,
    /// A table was looked up: only to go on from there, if anything in it was read.
    is_way: bool,
}

impl Looked {
    /// Whether it only led to another one.
    fn leads_to(&self, other: &Self) -> bool {
        self.is_way && other.path.len() > self.path.len() && other.path.starts_with(&self.path)
    }
}

/// All reads of a render as paths, and which resources depend on which.
#[derive(Debug)]
pub(super) struct Paths {
    /// For each set the numbers of its paths.
    of_sets: HashMap<SetId, Arc<[usize]>>,
    list: Vec<TracedPath>,
}

impl Paths {
    /// `used` are the sets that something printed depends on.
    pub(super) fn new(
        numbers: &Numbers,
        reads: &[Read],
        sets: &Sets,
        used: &BTreeSet<SetId>,
        given: &Given<'_>,
    ) -> Self {
        let looked: Vec<Looked> = reads
            .iter()
            .map(|read| {
                let looked = numbers.path(read);
                Looked {
                    path: given.at_the_top(looked.path),
                    ..looked
                }
            })
            .collect();
        let of_sets: Vec<(SetId, Vec<&Looked>)> = used
            .iter()
            .map(|&set| {
                let all = || {
                    sets.get(set)
                        .iter()
                        .filter_map(|&read| looked.get(read as usize))
                };
                let kept = all().filter(|way| !all().any(|other| way.leads_to(other)));
                (set, kept.collect())
            })
            .collect();
        // Ways are only paths of their own where nothing came after.
        let counted = looked.iter().filter(|it| !it.is_way);
        let counted = counted.chain(of_sets.iter().flat_map(|(_, kept)| kept.iter().copied()));
        let mut list: BTreeMap<&ValuesPath, bool> = BTreeMap::new();
        for it in counted {
            *list.entry(&it.path).or_default() |= it.whole;
        }
        let list: Vec<TracedPath> = list
            .into_iter()
            .map(|(path, whole)| TracedPath {
                path: path.clone(),
                whole,
                manifests: Vec::new(),
                hooks: Vec::new(),
            })
            .collect();
        let number = |it: &&Looked| list.binary_search_by(|known| known.path.cmp(&it.path)).ok();
        let of_sets = of_sets
            .into_iter()
            .map(|(set, kept)| {
                let numbers: BTreeSet<usize> = kept.iter().filter_map(number).collect();
                (set, numbers.into_iter().collect())
            })
            .collect();
        Self { of_sets, list }
    }

    /// The numbers of the paths in a set, without those that only led to others in it.
    pub(super) fn of(&self, set: SetId) -> Arc<[usize]> {
        self.of_sets
            .get(&set)
            .map_or_else(|| Arc::from([]), Arc::clone)
    }

    /// Notes which manifests and which hooks depend on what.
    pub(super) fn list(mut self, manifests: &[Document], hooks: &[Document]) -> Vec<TracedPath> {
        for (at, document) in manifests.iter().enumerate() {
            for number in document.touched() {
                self.list[number].manifests.push(at);
            }
        }
        for (at, document) in hooks.iter().enumerate() {
            for number in document.touched() {
                self.list[number].hooks.push(at);
            }
        }
        self.list
    }
}

impl Document {
    /// The numbers of all paths that it depends on.
    fn touched(&self) -> BTreeSet<usize> {
        let parts = self.lines.iter().flat_map(|line| &line.parts);
        let read = parts.flat_map(|part| part.reads.iter().chain(part.conditions.iter()));
        let omitted = self.lines.iter().flat_map(|line| line.omitted.iter());
        read.chain(omitted).copied().collect()
    }
}

/// The values that were given, and what reads them beside templates.
#[derive(Debug)]
pub(crate) struct Given<'g> {
    values: &'g values::Map,
    /// The names of subcharts on the way to each.
    subcharts: Vec<ValuesPath>,
    /// What Chart.yaml files read: conditions, tags, imported values.
    by_charts: Vec<ValuesPath>,
}

impl<'g> Given<'g> {
    pub(crate) fn new(chart: &Chart, values: &'g values::Map) -> Self {
        let mut given = Self {
            values,
            subcharts: Vec::new(),
            by_charts: Vec::new(),
        };
        given.add(chart, &ValuesPath::root());
        given
    }

    fn add(&mut self, chart: &Chart, at: &ValuesPath) {
        let under = |at: &ValuesPath, dotted: &str| {
            let keys = dotted.trim().split('.');
            keys.fold(at.clone(), |path, key| path.key(key))
        };
        let mut named = Vec::new();
        for dependency in chart.metadata().dependencies() {
            let name = match dependency.alias.as_str() {
                "" => &dependency.name,
                alias => alias,
            };
            named.push((dependency.name.as_str(), name));
            let conditions = dependency.condition.split(',');
            let conditions = conditions.filter(|it| !it.trim().is_empty());
            self.by_charts.extend(conditions.map(|it| under(at, it)));
            for tag in &dependency.tags {
                self.by_charts.push(ValuesPath::of_keys(["tags", tag]));
            }
            let child = at.key(name);
            for import in &dependency.import_values {
                let path = match import {
                    Value::String(text) => under(&child, &format!("exports.{text}")),
                    Value::Map(map) => match map.get("child").and_then(Value::as_str) {
                        Some(path) => under(&child, path),
                        None => continue,
                    },
                    _ => continue,
                };
                self.by_charts.push(path);
            }
        }
        for subchart in chart.dependencies() {
            let names = named.iter().filter(|(name, _)| *name == subchart.name());
            let names: Vec<&str> = names.map(|(_, name)| *name).collect();
            let names = if names.is_empty() {
                vec![subchart.name()]
            } else {
                names
            };
            for name in names {
                let path = at.key(name);
                self.add(subchart, &path);
                self.subcharts.push(path);
            }
        }
    }

    /// A subchart's `global.…` is a copy of the one at the top, unless it was given there.
    fn at_the_top(&self, path: ValuesPath) -> ValuesPath {
        let is_global = |segment: &Segment| matches!(segment, Segment::Key(key) if key == "global");
        let Some(at) = path.segments().iter().position(is_global) else {
            return path;
        };
        let before = ValuesPath::from(path.segments()[..at].to_vec());
        if !self.subcharts.contains(&before) || path.get_in(self.values).is_some() {
            return path;
        }
        ValuesPath::from(path.segments()[at..].to_vec())
    }

    /// The values given that nobody reads. A list is one value.
    pub(super) fn unread(&self, paths: &[TracedPath]) -> Vec<ValuesPath> {
        let mut leaves = Vec::new();
        add_leaves(&ValuesPath::root(), self.values, &mut leaves);
        let read: BTreeSet<&ValuesPath> = paths.iter().map(|it| &it.path).collect();
        let whole: BTreeSet<&ValuesPath> = paths
            .iter()
            .filter(|it| it.whole)
            .map(|it| &it.path)
            .collect();
        leaves.retain(|leaf| {
            let by_chart = |path: &ValuesPath| leaf.starts_with(path) || path.starts_with(leaf);
            if read.contains(leaf) || self.by_charts.iter().any(by_chart) {
                return false;
            }
            let mut above = leaf.parent();
            while let Some(table) = above {
                // A key that alone makes a table one that is not empty counts with it.
                let is_alone = || table.get_in(self.values).and_then(Value::as_map);
                let decides = read.contains(&table) && is_alone().is_some_and(|it| it.len() == 1);
                if whole.contains(&table) || decides {
                    return false;
                }
                above = table.parent();
            }
            true
        });
        leaves
    }
}

fn add_leaves(path: &ValuesPath, map: &values::Map, leaves: &mut Vec<ValuesPath>) {
    for (key, value) in map {
        let path = path.key(key);
        match value {
            Value::Map(inner) if !inner.is_empty() => add_leaves(&path, inner, leaves),
            _ => leaves.push(path),
        }
    }
}
