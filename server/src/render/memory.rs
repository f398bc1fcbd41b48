//! What was learned of manifests in earlier renders: an edit changes few of them, and what a page
//! needs to know of one follows from its text alone.

use std::{
    hash::{BuildHasher as _, RandomState},
    sync::Arc,
};

use super::{
    cache::{Cache, Weighed},
    resources::{Learned, Raw},
};

/// Manifests by a hash of all that they are made of.
#[derive(Debug)]
pub(crate) struct Memory {
    /// Unknown outside, so that nobody can make manifests that share a hash.
    hasher: RandomState,
    learned: Cache<u64, Learned>,
}

impl Memory {
    /// Knows nothing yet; may hold `capacity` bytes.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            learned: Cache::new(capacity),
        }
    }

    /// What is known of a manifest; of a new one, it is learned.
    pub(super) fn learn(&self, manifest: &Raw<'_>) -> Arc<Learned> {
        let hash = self.hasher.hash_one(manifest);
        let known = self.learned.get(&hash);
        known
            .filter(|known| known.is_of(manifest))
            .unwrap_or_else(|| {
                let learned = Arc::new(Learned::of(manifest));
                self.learned.put(hash, Arc::clone(&learned));
                learned
            })
    }
}

impl Weighed for Learned {
    fn size(&self) -> usize {
        // Beside the text there are a few short ones.
        self.resource.yaml.len() + 1_024 + 512 * self.advice.len()
    }
}

#[cfg(test)]
mod tests {
    use engine::Manifest;

    use super::*;

    fn manifest(name: &str) -> Manifest {
        Manifest {
            name: "chart/templates/a.yaml".to_owned(),
            kind: "ConfigMap".to_owned(),
            api_version: "v1".to_owned(),
            resource_name: name.to_owned(),
            namespace: String::new(),
            content: format!("kind: ConfigMap\nmetadata:\n  name: {name}\n"),
        }
    }

    #[test]
    fn what_is_known_is_the_same_memory_and_the_oldest_is_forgotten() {
        let manifests: Vec<Manifest> = ["a", "b", "c", "d", "e"].map(manifest).into();
        let raw = |at: usize| Raw::resource(&manifests[at]);
        let size = Learned::of(&raw(0)).size();
        // None may take more than a quarter.
        let memory = Memory::new(4 * size);
        let a = memory.learn(&raw(0));
        assert!(Arc::ptr_eq(&a, &memory.learn(&raw(0))));
        (1..5).for_each(|at| drop(memory.learn(&raw(at))));
        assert!(!Arc::ptr_eq(&a, &memory.learn(&raw(0))));
    }

    #[test]
    fn the_same_text_elsewhere_is_another_resource() {
        let (here, mut there) = (manifest("a"), manifest("a"));
        there.name = "chart/templates/b.yaml".to_owned();
        let memory = Memory::new(1 << 20);
        for manifest in [&here, &there] {
            let learned = memory.learn(&Raw::resource(manifest));
            assert_eq!(learned.resource.source, manifest.name);
        }
    }
}
