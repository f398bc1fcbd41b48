//! What a map holds, sorted by key: in a row as long as that is the quickest, then in a tree.

use std::{
    collections::{BTreeMap, btree_map},
    slice,
};

use super::{Key, Str, Value};

/// The entries of a map, in the order of their keys.
///
/// Most maps of a chart have a handful of entries, and are read far more often than changed: a row
/// is one piece of memory of the right size, where the smallest tree has room for eleven. A row may
/// have any length, but a long one becomes a tree before it is changed, so that a template that
/// fills a map entry by entry does not move all others each time.
#[derive(Debug, Clone)]
pub(crate) enum Entries {
    /// Sorted, no key twice.
    Row(Vec<(Str, Value)>),
    /// The same of a map that has been changed while it had many entries.
    Tree(BTreeMap<Str, Value>),
}

/// A longer row is not changed.
const MAX_CHANGED_ROW: usize = 32;
/// In a row of so many entries it is quicker to look at each than to halve it.
const MAX_LOOKED_THROUGH: usize = 16;

impl Entries {
    /// The entry of that key, with the key that the map has.
    #[inline]
    pub(crate) fn get_key_value(&self, key: &[u8]) -> Option<(&Str, &Value)> {
        match self {
            Self::Row(row) => {
                let found = if row.len() <= MAX_LOOKED_THROUGH {
                    row.iter().find(|(known, _)| known.as_bytes() == key)
                } else {
                    place(row, key).ok().and_then(|at| row.get(at))
                };
                found.map(|(key, value)| (key, value))
            }
            Self::Tree(tree) => tree.get_key_value(key),
        }
    }

    /// The same for a key that is looked up again and again: first where it was the last time.
    #[inline]
    pub(crate) fn get_again(&self, key: &Key) -> Option<(&Str, &Value)> {
        let Self::Row(row) = self else {
            return self.get_key_value(key.as_bytes());
        };
        let found = match row.get(key.place()) {
            Some(entry) if entry.0 == **key => entry,
            _ => {
                let place = if row.len() <= MAX_LOOKED_THROUGH {
                    row.iter().position(|(known, _)| *known == **key)
                } else {
                    place(row, key.as_bytes()).ok()
                };
                key.found_at(place?);
                row.get(key.place())?
            }
        };
        Some((&found.0, &found.1))
    }

    /// Sets an entry.
    pub(crate) fn insert(&mut self, key: Str, value: Value) {
        match self.changeable() {
            Self::Row(row) => match place(row, key.as_bytes()) {
                Ok(at) => row[at].1 = value,
                Err(at) => row.insert(at, (key, value)),
            },
            Self::Tree(tree) => {
                tree.insert(key, value);
            }
        }
    }

    /// Removes an entry.
    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<Value> {
        match self.changeable() {
            Self::Row(row) => place(row, key).ok().map(|at| row.remove(at).1),
            Self::Tree(tree) => tree.remove(key),
        }
    }

    /// Itself, in the form in which it is quickly changed.
    fn changeable(&mut self) -> &mut Self {
        if let Self::Row(row) = self
            && row.len() > MAX_CHANGED_ROW
        {
            *self = Self::Tree(std::mem::take(row).into_iter().collect());
        }
        self
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Row(row) => row.len(),
            Self::Tree(tree) => tree.len(),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries in order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        match self {
            Self::Row(row) => Iter::Row(row.iter()),
            Self::Tree(tree) => Iter::Tree(tree.iter()),
        }
    }

    /// The keys in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// The values alone.
    pub(crate) fn into_values(self) -> Vec<Value> {
        match self {
            Self::Row(row) => row.into_iter().map(|(_, value)| value).collect(),
            Self::Tree(tree) => tree.into_values().collect(),
        }
    }
}

/// Where the key stands in a row, or would.
fn place(row: &[(Str, Value)], key: &[u8]) -> Result<usize, usize> {
    row.binary_search_by(|(known, _)| known.as_bytes().cmp(key))
}

impl Default for Entries {
    fn default() -> Self {
        Self::Row(Vec::new())
    }
}

/// Of two entries of one key the later one counts.
impl FromIterator<(Str, Value)> for Entries {
    fn from_iter<I: IntoIterator<Item = (Str, Value)>>(entries: I) -> Self {
        let mut row: Vec<_> = entries.into_iter().collect();
        if !row.is_sorted_by(|(before, _), (behind, _)| before < behind) {
            row.sort_by(|(one, _), (other, _)| one.cmp(other));
            row.dedup_by(|later, kept| {
                let again = later.0 == kept.0;
                if again {
                    std::mem::swap(later, kept);
                }
                again
            });
        }
        Self::Row(row)
    }
}

impl<'e> IntoIterator for &'e Entries {
    type Item = (&'e Str, &'e Value);
    type IntoIter = Iter<'e>;

    fn into_iter(self) -> Iter<'e> {
        self.iter()
    }
}

/// The entries of a map, one after the other.
#[derive(Debug)]
pub(crate) enum Iter<'e> {
    Row(slice::Iter<'e, (Str, Value)>),
    Tree(btree_map::Iter<'e, Str, Value>),
}

impl<'e> Iterator for Iter<'e> {
    type Item = (&'e Str, &'e Value);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Row(row) => row.next().map(|(key, value)| (key, value)),
            Self::Tree(tree) => tree.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Row(row) => row.size_hint(),
            Self::Tree(tree) => tree.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the tests ask of a value: a number that tells it from others.
    fn shown(entries: &Entries) -> Vec<(String, String)> {
        entries
            .iter()
            .map(|(key, value)| (key.to_string_lossy().into_owned(), format!("{value:?}")))
            .collect()
    }

    #[test]
    fn it_is_what_a_tree_is() {
        // A small generator of numbers, the same in every run.
        let mut state = 7_u64;
        let mut number = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        for keys in [3, 12, 20, 100, 400] {
            let mut key = || Str::from(format!("key-{}", number(keys)));
            let start: Vec<(Str, Value)> = (0..keys / 2)
                .map(|at| (key(), Value::Int(at.cast_signed())))
                .collect();
            let again: Vec<Key> = (0..3).map(|_| key().into()).collect();
            let mut tree: BTreeMap<Str, Value> = start.iter().cloned().collect();
            let mut entries: Entries = start.into_iter().collect();
            for round in 0..1_000 {
                let (key, value) = (key(), Value::Int(round + 1_000));
                if round % 3 == 0 {
                    let (one, other) = (entries.remove(key.as_bytes()), tree.remove(&key));
                    assert_eq!(format!("{one:?}"), format!("{other:?}"));
                } else {
                    entries.insert(key.clone(), value.clone());
                    tree.insert(key.clone(), value);
                }
                let found = entries.get_key_value(key.as_bytes());
                assert_eq!(found.is_some(), round % 3 != 0);
                for again in again.iter().chain([&Key::from(key.clone())]) {
                    let found = entries.get_key_value(again.as_bytes());
                    assert_eq!(
                        format!("{:?}", entries.get_again(again)),
                        format!("{found:?}")
                    );
                }
                assert_eq!(
                    format!("{found:?}"),
                    format!("{:?}", tree.get_key_value(&key))
                );
                assert_eq!(entries.len(), tree.len());
                assert_eq!(entries.is_empty(), tree.is_empty());
            }
            assert_eq!(shown(&entries), shown(&Entries::Tree(tree.clone())));
            assert!(entries.keys().eq(tree.keys()));
            assert_eq!(entries.values().count(), tree.len());
            assert_eq!(entries.into_values().len(), tree.len());
        }
    }

    #[test]
    fn the_later_one_of_a_key_counts() {
        let given = [("b", 1), ("a", 2), ("b", 3), ("a", 4), ("b", 5)];
        let entries: Entries = given
            .into_iter()
            .map(|(key, number)| (Str::from(key), Value::Int(number)))
            .collect();
        let [a, b] =
            [b"a", b"b"].map(|key| entries.get_key_value(key).map(|(_, value)| value.clone()));
        assert!(matches!((a, b), (Some(Value::Int(4)), Some(Value::Int(5)))));
        assert_eq!(entries.len(), 2);
    }
}
