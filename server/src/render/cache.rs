//! What finished renders leave behind: whole ones by the digest of all their inputs, as page,
//! downloads and API ask for the same one within moments, and what was learned of manifests.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;

/// Something that holds memory.
pub(crate) trait Weighed {
    /// About how many bytes.
    fn size(&self) -> usize;
}

/// A cache bounded by the bytes it holds; the least recently used goes first.
#[derive(Debug)]
pub(crate) struct Cache<K: Hash + Eq, V> {
    capacity: usize,
    entries: Mutex<Entries<K, V>>,
}

#[derive(Debug)]
struct Entries<K: Hash + Eq, V> {
    by_key: LruCache<K, Arc<V>>,
    bytes: usize,
}

impl<K: Hash + Eq, V: Weighed> Cache<K, V> {
    /// An empty cache for `capacity` bytes.
    #[must_use]
    pub(crate) fn new(capacity: usize) -> Self {
        let entries = Entries {
            by_key: LruCache::unbounded(),
            bytes: 0,
        };
        Self {
            capacity,
            entries: Mutex::new(entries),
        }
    }

    /// What is kept under a key.
    pub(crate) fn get<Q>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: std::borrow::Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.lock().by_key.get(key).cloned()
    }

    /// Keeps something, if it is not larger than a quarter of the cache.
    pub(crate) fn put(&self, key: K, value: Arc<V>) {
        let size = value.size();
        if size > self.capacity / 4 {
            return;
        }
        let mut entries = self.lock();
        if let Some(old) = entries.by_key.put(key, value) {
            entries.bytes -= old.size();
        }
        entries.bytes += size;
        while entries.bytes > self.capacity {
            let Some((_, old)) = entries.by_key.pop_lru() else {
                return;
            };
            entries.bytes -= old.size();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries<K, V>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Outcome, Rendering};

    fn outcome(bytes: usize) -> Arc<Outcome> {
        let text = "x".repeat(bytes);
        Arc::new(
            Ok(Rendering {
                text,
                ..Rendering::default()
            })
            .into(),
        )
    }

    #[test]
    fn the_least_recently_used_goes() {
        let one = outcome(10_000);
        let cache = Cache::new(one.size() * 4 + 100);
        for name in ["a", "b", "c", "d"] {
            cache.put(name.to_owned(), outcome(10_000));
        }
        assert!(cache.get("a").is_some());
        cache.put("e".to_owned(), outcome(10_000));
        assert!(cache.get("a").is_some() && cache.get("b").is_none() && cache.get("e").is_some());
        cache.put("huge".to_owned(), outcome(100_000));
        assert!(cache.get("huge").is_none());
    }
}
