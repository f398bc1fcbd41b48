//! Go maps with string keys, as templates see them: shared, mutable, read in key order.

use std::{
    cell::{Ref, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use super::{Str, Value};

/// The Go type of a map; it shows in `typeOf` and in error texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapKind {
    /// `map[string]interface {}`.
    Any,
    /// `common.Values`: `.Values` itself, and `.Template`.
    Values,
    /// `map[string]string`: what `split` gives.
    String,
}

impl MapKind {
    /// The Go type's name.
    #[must_use]
    pub fn go_type(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Values => "common.Values",
            Self::String => "map[string]string",
        }
    }

    /// What a missing entry counts as: the zero of the elements' type.
    #[must_use]
    pub fn zero(self) -> Value {
        match self {
            Self::Any | Self::Values => Value::Nil,
            Self::String => Value::str(""),
        }
    }
}

/// A map. Clones share their entries: that is what `set` and `unset` rely on.
#[derive(Clone)]
pub struct Map {
    kind: MapKind,
    entries: Rc<RefCell<BTreeMap<Str, Value>>>,
}

impl Map {
    /// An empty map.
    #[must_use]
    pub fn new(kind: MapKind) -> Self {
        Self {
            kind,
            entries: Rc::default(),
        }
    }

    /// A map of these entries.
    #[must_use]
    pub fn from_entries(kind: MapKind, entries: impl IntoIterator<Item = (Str, Value)>) -> Self {
        Self {
            kind,
            entries: Rc::new(RefCell::new(entries.into_iter().collect())),
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
        self.entries.borrow().get(key).cloned()
    }

    /// Whether there is an entry of that key, be it nil.
    #[must_use]
    pub fn contains_key(&self, key: &[u8]) -> bool {
        self.entries.borrow().contains_key(key)
    }

    /// Sets an entry, for all who share the map.
    pub fn insert(&self, key: Str, value: Value) {
        self.entries.borrow_mut().insert(key, value);
    }

    /// Removes an entry, for all who share the map.
    pub fn remove(&self, key: &[u8]) -> Option<Value> {
        self.entries.borrow_mut().remove(key)
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.borrow().is_empty()
    }

    /// The keys, sorted.
    #[must_use]
    pub fn keys(&self) -> Vec<Str> {
        self.entries.borrow().keys().cloned().collect()
    }

    /// The entries as they are now, sorted by key. A copy, so that what is done with them may
    /// change the map.
    #[must_use]
    pub fn entries(&self) -> Vec<(Str, Value)> {
        self.entries
            .borrow()
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// The entries in place, for whoever calls nothing meanwhile that could change the map.
    pub(crate) fn read(&self) -> Ref<'_, BTreeMap<Str, Value>> {
        self.entries.borrow()
    }

    /// A new map of the same entries, its values shared (Go's `maps.Clone`).
    #[must_use]
    pub fn shallow_copy(&self) -> Self {
        Self {
            kind: self.kind,
            entries: Rc::new(RefCell::new(self.entries.borrow().clone())),
        }
    }

    /// The same map, its entries shared, as another Go type.
    #[must_use]
    pub fn with_kind(&self, kind: MapKind) -> Self {
        Self {
            kind,
            entries: Rc::clone(&self.entries),
        }
    }

    /// The same map as a `map[string]interface {}`: what a Go function gives that took it as one.
    #[must_use]
    pub fn as_plain(&self) -> Self {
        Self {
            kind: MapKind::Any,
            entries: Rc::clone(&self.entries),
        }
    }

    /// Whether both are the same map, not just equal.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }

    /// What the map shares with its clones.
    pub(super) fn shared(&mut self) -> &mut Rc<RefCell<BTreeMap<Str, Value>>> {
        &mut self.entries
    }

    /// The address of the shared entries, to find cycles and shared parts.
    #[must_use]
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.entries) as usize
    }
}

impl std::fmt::Debug for Map {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.read().iter()).finish()
    }
}
