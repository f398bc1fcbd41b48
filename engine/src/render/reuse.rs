//! Executing again only the templates that could print something else than in an earlier render.
//!
//! While a template runs, the tables of the values tell what it looks at ([`Watch`]). It prints
//! the same as long as all of that is the same, and so is whatever else it can see: the program,
//! the release, what the cluster can do, what Chart.yaml says, the clock, and its random numbers,
//! which are a template's own. So each finished render is kept with its values and what each template read;
//! the next one starts from the kept render whose values differ least, and takes over what every
//! template printed that read none of the differences.
//!
//! A chart whose templates change the values that they are given (`set .Values …`) is rendered
//! whole every time: there one template's text depends on which ran before it.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    rc::Rc,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use values::Value as Plain;

use super::{Files, execute_one, scope::Scopes};
use crate::{
    Capabilities, Error, Release,
    chart::Metadata,
    eval::{Program, limit_reached},
    functions::Host,
    limits::Usage,
    output::File,
    value::{
        Map, Str,
        watch::{Look, Read, TableId, Watch},
    },
};

/// How many renders are kept: as many people can take turns at one chart before they render whole.
const MAX_RENDERS: usize = 8;
/// How many tables have a number at most. When that is not enough, all is forgotten: link queries
/// can name any keys.
const MAX_TABLES: usize = 1 << 16;
/// With as few differences, one value that is another, no nearer render is looked for.
const FEW: usize = 2;
/// Bytes of text that the kept renders of a chart may hold, all together.
const MAX_BYTES: usize = 32 << 20;

/// What earlier renders of a chart left.
#[derive(Debug, Default)]
pub(super) struct Kept {
    renders: Mutex<Renders>,
    /// Templates of this chart change their values.
    gave_up: AtomicBool,
}

#[derive(Debug, Default)]
struct Renders {
    tables: Tables,
    /// The one used last comes first.
    latest: VecDeque<Arc<KeptRender>>,
    /// How often all was forgotten.
    generation: u64,
}

/// One finished render.
#[derive(Debug)]
struct KeptRender {
    base: Base,
    values: Arc<values::Map>,
    files: BTreeMap<String, Arc<KeptFile>>,
}

/// All that templates see beside the values, and what their random numbers follow from.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) program: Arc<Program>,
    pub(super) release: Release,
    pub(super) capabilities: Capabilities,
    /// Each chart that takes part, by its path.
    pub(super) charts: Vec<(String, Metadata)>,
    pub(super) seed: u64,
    pub(super) now_unix: i64,
}

impl Base {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.program, &other.program)
            && self.release == other.release
            && self.capabilities == other.capabilities
            && self.charts == other.charts
            && self.seed == other.seed
            && self.now_unix == other.now_unix
    }
}

/// What one template printed, and what that depends on.
#[derive(Debug)]
struct KeptFile {
    file: Arc<File>,
    /// Sorted.
    reads: Vec<Read>,
    usage: Usage,
}

impl Kept {
    /// The text of each template that is no partial, and how many had to be executed. `values` are
    /// those that the scopes hold, `plain` the same as data.
    pub(super) fn execute(
        &self,
        base: Base,
        scopes: &Scopes<'_>,
        values: &Map,
        plain: &Arc<values::Map>,
        host: &mut Host,
    ) -> Result<(Files, usize), Error> {
        if self.gave_up.load(Ordering::Relaxed) {
            let files = super::execute(&base.program, scopes, 0, host, &mut |_, _| {})?;
            let executed = files.len();
            return Ok((files, executed));
        }
        let watch = Rc::new(Watch::default());
        let (near, generation) = {
            let mut renders = self.lock();
            renders.forget_too_many_tables();
            let tables = &mut renders.tables;
            watch.reads_below(values, Tables::ROOT, &mut |table, key| {
                tables.below(table, key)
            });
            (renders.nearest(&base, plain), renders.generation)
        };
        let mut files = BTreeMap::new();
        let mut executed = 0;
        for template in scopes.templates() {
            if template.is_partial() {
                continue;
            }
            let dot = scopes.dot(template);
            watch.changes_below(&dot);
            let known = near
                .as_ref()
                .filter(|_| !watch.changed())
                .and_then(|near| near.file(&template.name));
            let file = match known {
                Some(known) => {
                    host.meter
                        .use_again(known.usage)
                        .map_err(|limit| limit_reached(&template.name, limit))?;
                    known
                }
                None => {
                    executed += 1;
                    // What the engine itself looked at.
                    watch.take();
                    let usage = host.meter.usage();
                    let text = execute_one(&base.program, scopes, template, &dot, host)?;
                    Arc::new(KeptFile {
                        file: Arc::new(File::new(text)),
                        reads: watch.take(),
                        usage: host.meter.usage().since(usage),
                    })
                }
            };
            files.insert(template.name.clone(), file);
        }
        let printed = files
            .iter()
            .map(|(name, kept)| (name.clone(), Arc::clone(&kept.file)))
            .collect();
        if watch.changed() {
            self.gave_up.store(true, Ordering::Relaxed);
            *self.lock() = Renders::default();
        } else {
            let values = Arc::clone(plain);
            let render = KeptRender {
                base,
                values,
                files,
            };
            self.lock().keep(render, generation);
        }
        Ok((printed, executed))
    }

    fn lock(&self) -> MutexGuard<'_, Renders> {
        self.renders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A kept render to start from.
struct Near {
    render: Arc<KeptRender>,
    changes: Changes,
}

impl Near {
    /// What a template printed, if it prints the same again.
    fn file(&self, template: &str) -> Option<Arc<KeptFile>> {
        let file = self.render.files.get(template)?;
        (!self.changes.touch(&file.reads)).then(|| Arc::clone(file))
    }
}

impl Renders {
    fn forget_too_many_tables(&mut self) {
        if self.tables.below.len() > MAX_TABLES {
            *self = Self {
                generation: self.generation + 1,
                ..Self::default()
            };
        }
    }

    /// The kept render whose values differ least.
    fn nearest(&self, base: &Base, values: &values::Map) -> Option<Near> {
        let mut nearest: Option<Near> = None;
        for render in self.latest.iter().filter(|render| render.base.is(base)) {
            let mut changes = Changes::default();
            self.tables
                .compare(Some(Tables::ROOT), &render.values, values, &mut changes);
            let count = changes.count();
            if nearest
                .as_ref()
                .is_none_or(|nearest| count < nearest.changes.count())
            {
                let render = Arc::clone(render);
                nearest = Some(Near { render, changes });
            }
            if count <= FEW {
                break;
            }
        }
        nearest
    }

    fn keep(&mut self, render: KeptRender, generation: u64) {
        // The numbers of its tables mean others by now.
        if generation != self.generation {
            return;
        }
        self.latest.push_front(Arc::new(render));
        self.latest.truncate(MAX_RENDERS);
        while self.bytes() > MAX_BYTES {
            self.latest.pop_back();
        }
    }

    /// The text that is held; what several renders share counts once.
    fn bytes(&self) -> usize {
        let mut seen = HashSet::new();
        let files = self.latest.iter().flat_map(|render| render.files.values());
        files
            .filter(|file| seen.insert(Arc::as_ptr(file)))
            // Once whole, once cut into documents.
            .map(|file| 2 * file.file.text().len())
            .sum()
    }
}

/// Numbers for the tables of the values, by their paths; the same in all kept renders.
#[derive(Debug)]
struct Tables {
    /// For each table those below it.
    below: Vec<BTreeMap<Str, TableId>>,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            below: vec![BTreeMap::new()],
        }
    }
}

impl Tables {
    /// The values themselves.
    const ROOT: TableId = 0;

    fn below(&mut self, table: TableId, key: &Str) -> TableId {
        if let Some(known) = self.find(table, key.as_bytes()) {
            return known;
        }
        let new = TableId::try_from(self.below.len()).unwrap_or(TableId::MAX);
        self.below.push(BTreeMap::new());
        self.below[table as usize].insert(key.clone(), new);
        new
    }

    fn find(&self, table: TableId, key: &[u8]) -> Option<TableId> {
        self.below[table as usize].get(key).copied()
    }

    /// What somebody who looked at the old values would see differently in the new ones.
    fn compare(
        &self,
        table: Option<TableId>,
        old: &values::Map,
        new: &values::Map,
        changes: &mut Changes,
    ) {
        // A table without a number was never looked at.
        let Some(table) = table else { return };
        let (mut others, mut keys) = (false, false);
        for (key, was) in old {
            match (was, new.get(key)) {
                (Plain::Map(was), Some(Plain::Map(is))) => {
                    self.compare(self.find(table, key.as_bytes()), was, is, changes);
                }
                (was, Some(is)) if is_same(was, is) => {}
                (was, is) => {
                    keys |= is.is_none();
                    others = true;
                    changes.look(table, Look::Key(key.as_str().into()));
                    if let Plain::Map(was) = was {
                        self.gone(self.find(table, key.as_bytes()), was, changes);
                    }
                }
            }
        }
        for key in new.keys().filter(|key| !old.contains_key(*key)) {
            keys = true;
            changes.look(table, Look::Key(key.as_str().into()));
        }
        if keys {
            changes.look(table, Look::Keys);
        }
        if keys || others {
            changes.look(table, Look::Entries);
        }
        if old.is_empty() != new.is_empty() {
            changes.look(table, Look::Emptiness);
        }
    }

    /// A table is no longer there, and so are those below it.
    fn gone(&self, table: Option<TableId>, old: &values::Map, changes: &mut Changes) {
        let Some(table) = table else { return };
        changes.gone.push(table);
        for (key, was) in old {
            if let Plain::Map(was) = was {
                self.gone(self.find(table, key.as_bytes()), was, changes);
            }
        }
    }
}

/// Whether templates can tell no difference: bit by bit, as `-0` prints another text than `0`.
fn is_same(one: &Plain, other: &Plain) -> bool {
    match (one, other) {
        (Plain::Float(one), Plain::Float(other)) => one.to_bits() == other.to_bits(),
        (Plain::List(one), Plain::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b))
        }
        (Plain::Map(one), Plain::Map(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(a, b)| a.0 == b.0 && is_same(a.1, b.1))
        }
        (one, other) => one == other,
    }
}

/// What is seen differently in other values.
#[derive(Debug, Default)]
struct Changes {
    looks: Vec<Read>,
    /// Tables that are no longer there.
    gone: Vec<TableId>,
}

impl Changes {
    fn look(&mut self, table: TableId, look: Look) {
        self.looks.push(Read { table, look });
    }

    fn count(&self) -> usize {
        self.looks.len() + self.gone.len()
    }

    /// Whether one of these reads sees a difference; they are sorted.
    fn touch(&self, reads: &[Read]) -> bool {
        self.looks
            .iter()
            .any(|look| reads.binary_search(look).is_ok())
            || self.gone.iter().any(|&table| {
                let at = reads.partition_point(|read| read.table < table);
                reads.get(at).is_some_and(|read| read.table == table)
            })
    }
}
