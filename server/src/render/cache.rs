//! Finished renders by the digest of all their inputs: page, downloads and API ask for the same
//! one within moments.

use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;

use super::Outcome;

/// A cache bounded by the bytes it holds; the least recently used goes first.
#[derive(Debug)]
pub(crate) struct Cache {
    capacity: usize,
    entries: Mutex<Entries>,
}

#[derive(Debug)]
struct Entries {
    by_digest: LruCache<String, Arc<Outcome>>,
    bytes: usize,
}

impl Cache {
    /// An empty cache for `capacity` bytes.
    #[must_use]
    pub(crate) fn new(capacity: usize) -> Self {
        let entries = Entries {
            by_digest: LruCache::unbounded(),
            bytes: 0,
        };
        Self {
            capacity,
            entries: Mutex::new(entries),
        }
    }

    /// A finished render.
    pub(crate) fn get(&self, digest: &str) -> Option<Arc<Outcome>> {
        self.lock().by_digest.get(digest).cloned()
    }

    /// Keeps a render, if it is not larger than a quarter of the cache.
    pub(crate) fn put(&self, digest: String, outcome: Arc<Outcome>) {
        let size = outcome.size();
        if size > self.capacity / 4 {
            return;
        }
        let mut entries = self.lock();
        if let Some(old) = entries.by_digest.put(digest, outcome) {
            entries.bytes -= old.size();
        }
        entries.bytes += size;
        while entries.bytes > self.capacity {
            let Some((_, old)) = entries.by_digest.pop_lru() else {
                return;
            };
            entries.bytes -= old.size();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Rendering;

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
