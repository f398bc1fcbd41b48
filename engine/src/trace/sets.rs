//! Sets of reads, each kept once: most lines of a chart share theirs with their neighbours.

use std::{collections::HashMap, rc::Rc};

/// A number for one read: a table and what of it was looked at.
pub(crate) type ReadId = u32;

/// The number of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct SetId(u32);

impl SetId {
    /// The set of nothing.
    pub(crate) const EMPTY: Self = Self(0);
}

/// All sets of one render.
#[derive(Debug)]
pub(crate) struct Sets {
    all: Vec<Rc<[ReadId]>>,
    numbers: HashMap<Rc<[ReadId]>, SetId>,
    unions: HashMap<(SetId, SetId), SetId>,
}

impl Default for Sets {
    fn default() -> Self {
        let empty: Rc<[ReadId]> = Rc::from([]);
        Self {
            all: vec![Rc::clone(&empty)],
            numbers: HashMap::from([(empty, SetId::EMPTY)]),
            unions: HashMap::new(),
        }
    }
}

impl Sets {
    /// The set of these reads.
    pub(crate) fn of(&mut self, mut reads: Vec<ReadId>) -> SetId {
        reads.sort_unstable();
        reads.dedup();
        if let Some(&known) = self.numbers.get(&*reads) {
            return known;
        }
        let number = SetId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let reads: Rc<[ReadId]> = reads.into();
        self.all.push(Rc::clone(&reads));
        self.numbers.insert(reads, number);
        number
    }

    /// All that is in one of two sets.
    pub(crate) fn union(&mut self, one: SetId, other: SetId) -> SetId {
        let pair = (one.min(other), one.max(other));
        if pair.0 == pair.1 || pair.0 == SetId::EMPTY {
            return pair.1;
        }
        if let Some(&known) = self.unions.get(&pair) {
            return known;
        }
        let reads = [self.get(pair.0), self.get(pair.1)].concat();
        let union = self.of(reads);
        self.unions.insert(pair, union);
        union
    }

    /// The reads of a set, sorted.
    pub(crate) fn get(&self, set: SetId) -> &[ReadId] {
        self.all.get(set.0 as usize).map_or(&[], |reads| reads)
    }
}

#[cfg(test)]
mod tests {
    use super::{SetId, Sets};

    #[test]
    fn a_set_is_kept_once() {
        let mut sets = Sets::default();
        let (one, two) = (sets.of(vec![2, 1, 2]), sets.of(vec![3]));
        let both = sets.union(one, two);
        assert_eq!(sets.get(both), [1, 2, 3]);
        assert_eq!(sets.union(two, one), both);
        assert_eq!(sets.of(vec![1, 2, 3]), both);
        assert_eq!(sets.union(SetId::EMPTY, two), two);
        assert_eq!(sets.union(both, one), both);
        assert!(sets.get(SetId::EMPTY).is_empty());
    }
}
