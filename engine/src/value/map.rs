//! Go maps with string keys, as templates see them: shared, mutable, read in key order.

use std::{
    cell::{OnceCell, Ref, RefCell},
    rc::Rc,
};

use super::{
    Key, Str, Value,
    entries::Entries,
    watch::{Look, Origin, TableId, Watch},
};

/// The Go type of a map; it shows in `typeOf` and in error texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapKind {
    /// `map[string]interface {}`.
    Any,
    /// `common.Values`: `.Values` itself, and `.Template`.
    Values,
    /// `chartutil.Values`: the same in Helm 3.
    ValuesOfHelm3,
    /// `map[string]string`: what `split` gives.
    String,
    /// The nil `map[string]string`: without entries for ever, and `null` in JSON and YAML.
    NilString,
}

impl MapKind {
    /// The Go type's name.
    #[must_use]
    pub fn go_type(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Values => "common.Values",
            Self::ValuesOfHelm3 => "chartutil.Values",
            Self::String | Self::NilString => "map[string]string",
        }
    }

    /// What a missing entry counts as: the zero of the elements' type.
    #[must_use]
    pub fn zero(self) -> Value {
        match self {
            Self::Any | Self::Values | Self::ValuesOfHelm3 => Value::Nil,
            Self::String | Self::NilString => Value::str(""),
        }
    }

    /// Whether the elements are strings.
    #[must_use]
    pub fn is_strings(self) -> bool {
        matches!(self, Self::String | Self::NilString)
    }

    /// Whether it has the methods of `.Values`.
    #[must_use]
    pub fn is_values(self) -> bool {
        matches!(self, Self::Values | Self::ValuesOfHelm3)
    }
}

/// A map. Clones share their entries: that is what `set` and `unset` rely on.
#[derive(Clone)]
pub struct Map {
    kind: MapKind,
    shared: Rc<Shared>,
}

/// What all clones of a map have in common.
#[derive(Default)]
pub(super) struct Shared {
    entries: RefCell<Entries>,
    /// Set while somebody wants to know what is read.
    origin: OnceCell<Box<Origin>>,
}

impl Shared {
    fn of(entries: Entries) -> Rc<Self> {
        Rc::new(Self {
            entries: RefCell::new(entries),
            origin: OnceCell::new(),
        })
    }

    /// The entries, for whoever frees them.
    pub(super) fn entries_mut(&mut self) -> &mut Entries {
        self.entries.get_mut()
    }
}

impl Map {
    /// An empty map.
    #[must_use]
    pub fn new(kind: MapKind) -> Self {
        Self {
            kind,
            shared: Rc::default(),
        }
    }

    /// A map of these entries.
    #[must_use]
    pub fn from_entries(kind: MapKind, entries: impl IntoIterator<Item = (Str, Value)>) -> Self {
        Self {
            kind,
            shared: Shared::of(entries.into_iter().collect()),
        }
    }

    /// Its Go type.
    #[must_use]
    pub fn kind(&self) -> MapKind {
        self.kind
    }

    /// The entry of that key.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<Value> {
        self.look_up(
            |entries| entries.get_key_value(key),
            || key.into(),
            Value::clone,
        )
    }

    /// Whether there is an entry of that key, be it nil.
    #[must_use]
    pub fn contains_key(&self, key: &[u8]) -> bool {
        self.look_up(|entries| entries.get_key_value(key), || key.into(), |_| ())
            .is_some()
    }

    /// What is made of the entry of that key, in its place: `take` may not change the map.
    #[inline]
    pub(crate) fn looked_up<R>(&self, key: &Key, take: impl FnOnce(&Value) -> R) -> Option<R> {
        self.look_up(|entries| entries.get_again(key), || Str::clone(key), take)
    }

    #[inline]
    fn look_up<R>(
        &self,
        find: impl Fn(&Entries) -> Option<(&Str, &Value)>,
        key: impl Fn() -> Str,
        take: impl FnOnce(&Value) -> R,
    ) -> Option<R> {
        let entries = self.shared.entries.borrow();
        let found = find(&entries);
        if let Some(origin) = self.shared.origin.get() {
            origin.read(|| Look::Key(found.map_or_else(&key, |(known, _)| known.clone())));
        }
        found.map(|(_, value)| take(value))
    }

    /// Sets an entry, for all who share the map.
    pub fn insert(&self, key: Str, value: Value) {
        self.told_of_change();
        self.shared.entries.borrow_mut().insert(key, value);
    }

    /// Sets an entry that is the engine's own to change: no template did it.
    pub(crate) fn insert_untold(&self, key: Str, value: Value) {
        self.shared.entries.borrow_mut().insert(key, value);
    }

    /// Removes an entry, for all who share the map.
    pub fn remove(&self, key: &[u8]) -> Option<Value> {
        self.told_of_change();
        self.shared.entries.borrow_mut().remove(key)
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.told_of_read(Look::Keys);
        self.shared.entries.borrow().len()
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told_of_read(Look::Emptiness);
        self.shared.entries.borrow().is_empty()
    }

    /// The keys, sorted.
    #[must_use]
    pub fn keys(&self) -> Vec<Str> {
        self.told_of_read(Look::Keys);
        self.shared.entries.borrow().keys().cloned().collect()
    }

    /// The entries as they are now, sorted by key. A copy, so that what is done with them may
    /// change the map.
    #[must_use]
    pub fn entries(&self) -> Vec<(Str, Value)> {
        self.read()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// The entries in place, for whoever calls nothing meanwhile that could change the map.
    pub(crate) fn read(&self) -> Ref<'_, Entries> {
        self.told_of_read(Look::Entries);
        self.shared.entries.borrow()
    }

    /// A new map of the same entries, its values shared (Go's `maps.Clone`).
    #[must_use]
    pub fn shallow_copy(&self) -> Self {
        Self {
            kind: self.kind,
            shared: Shared::of(self.read().clone()),
        }
    }

    /// The same map, its entries shared, as another Go type.
    #[must_use]
    pub fn with_kind(&self, kind: MapKind) -> Self {
        Self {
            kind,
            shared: Rc::clone(&self.shared),
        }
    }

    /// The same map as a `map[string]interface {}`: what a Go function gives that took it as one.
    #[must_use]
    pub fn as_plain(&self) -> Self {
        Self {
            kind: MapKind::Any,
            shared: Rc::clone(&self.shared),
        }
    }

    /// Whether both are the same map, not just equal.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shared, &other.shared)
    }

    /// What the map shares with its clones.
    pub(super) fn shared(&mut self) -> &mut Rc<Shared> {
        &mut self.shared
    }

    /// The address of the shared entries, to find cycles and shared parts.
    #[must_use]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.shared) as usize
    }

    /// Has reads of this map told under that name, and changes of it; without a name only those.
    pub(super) fn watch(&self, watch: &Rc<Watch>, table: Option<TableId>) {
        let origin = self
            .shared
            .origin
            .get_or_init(|| Box::new(Origin::new(watch)));
        if let Some(table) = table {
            origin.name(table);
        }
    }

    /// What the map knows of itself, while it is watched.
    pub(super) fn origin(&self) -> Option<&Origin> {
        self.shared.origin.get().map(|origin| &**origin)
    }

    /// The entries, read by nobody that counts.
    pub(super) fn unwatched<R>(&self, look: impl FnOnce(&Entries) -> R) -> R {
        look(&self.shared.entries.borrow())
    }

    #[inline]
    fn told_of_read(&self, look: Look) {
        if let Some(origin) = self.shared.origin.get() {
            origin.read(|| look.clone());
        }
    }

    #[inline]
    fn told_of_change(&self) {
        if let Some(origin) = self.shared.origin.get() {
            origin.change();
        }
    }
}

impl std::fmt::Debug for Map {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.unwatched(|entries| f.debug_map().entries(entries).finish())
    }
}
