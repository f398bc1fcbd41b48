//! What the manifests on the page change against others: those before the last edit, or those of
//! the environment as the chart has it.

use std::collections::BTreeMap;
use std::sync::Arc;

use compose::diff::{self, LineChange};

use super::shown::{Entries, Entry};

/// What the manifests are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Against {
    /// The state before the last edit.
    #[default]
    Edit,
    /// The environment without the user's changes.
    Environment,
    /// Nothing.
    Nothing,
}

impl Against {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Edit, Self::Environment, Self::Nothing];

    /// Its name in links.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Environment => "env",
            Self::Nothing => "off",
        }
    }

    /// The one that a link names.
    pub(crate) fn named(name: Option<&str>) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|against| Some(against.as_str()) == name)
            .unwrap_or_default()
    }
}

/// How one resource changed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What it was; nothing for a new one.
    pub(crate) old: Option<Arc<Entry>>,
    /// What it is.
    new: Arc<Entry>,
    /// Line by line.
    pub(crate) changes: Vec<LineChange>,
    /// Lines added.
    pub(crate) added: usize,
    /// Lines removed.
    pub(crate) removed: usize,
    /// Runs of changed lines.
    pub(crate) hunks: usize,
}

/// How all of them changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// The changed and new ones, by id.
    pub(crate) of: BTreeMap<String, Arc<Mark>>,
    /// Those that are no longer there.
    pub(crate) gone: Vec<Arc<Entry>>,
}

impl Marks {
    /// Compares two renders. What `earlier` knows of the same pair is not computed again.
    #[must_use]
    pub(crate) fn between(old: &Entries, new: &Entries, earlier: Option<&Self>) -> Self {
        let mut marks = Self::default();
        for (id, entry) in new {
            let before = old.get(id);
            if before.is_some_and(|before| is_same(before, entry)) {
                continue;
            }
            let known = earlier.and_then(|marks| marks.of.get(id)).filter(|mark| {
                Arc::ptr_eq(&mark.new, entry)
                    && mark.old.as_ref().map(Arc::as_ptr) == before.map(Arc::as_ptr)
            });
            let mark = known.map_or_else(|| Arc::new(Mark::new(before, entry)), Arc::clone);
            marks.of.insert(id.clone(), mark);
        }
        let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
        marks.gone = gone.map(|(_, entry)| Arc::clone(entry)).collect();
        marks
    }

    /// How many resources changed, came or went.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.of.len() + self.gone.len()
    }

    /// Lines added and removed in all, whole resources among them.
    #[must_use]
    pub(crate) fn lines(&self) -> (usize, usize) {
        let marks = self.of.values();
        let (added, removed) = marks.fold((0, 0), |(added, removed), mark| {
            (added + mark.added, removed + mark.removed)
        });
        let gone: usize = self.gone.iter().map(|entry| entry.lines).sum();
        (added, removed + gone)
    }
}

impl Mark {
    fn new(old: Option<&Arc<Entry>>, new: &Arc<Entry>) -> Self {
        let before = old.map_or("", |old| old.resource.yaml.as_str());
        let changes = diff::changed_lines(before, &new.resource.yaml);
        let (added, removed) = diff::count(&changes);
        let runs = changes.chunk_by(|a, b| a.is_change() == b.is_change());
        Self {
            old: old.map(Arc::clone),
            new: Arc::clone(new),
            hunks: runs.filter(|run| run[0].is_change()).count(),
            changes,
            added,
            removed,
        }
    }
}

fn is_same(old: &Arc<Entry>, new: &Arc<Entry>) -> bool {
    Arc::ptr_eq(old, new) || old.resource.yaml == new.resource.yaml
}

#[cfg(test)]
mod tests {
    use compose::FormModel;

    use super::super::shown::tests::{preview, resource};
    use super::super::shown::{Shown, whole};
    use super::*;
    use crate::wire::Manifests;

    fn of(resources: &[(&str, &str)]) -> Entries {
        let resources = resources.iter().map(|(name, yaml)| resource(name, yaml));
        let manifests = Manifests {
            resources: resources.map(Arc::new).collect(),
            ..Manifests::default()
        };
        whole(&manifests)
    }

    #[test]
    fn changed_new_and_lost_resources_are_told_with_their_lines() {
        let marks = Marks::between(
            &of(&[("a", "x: 1\nk: 0\ny: 1"), ("b", "y: 1"), ("same", "z: 1")]),
            &of(&[
                ("a", "x: 2\nk: 0\ny: 2"),
                ("c", "z: 1\nz: 2"),
                ("same", "z: 1"),
            ]),
            None,
        );
        let a = &marks.of["service/a"];
        assert_eq!((a.added, a.removed, a.hunks), (2, 2, 2));
        assert_eq!(marks.of["service/c"].added, 2);
        assert_eq!(marks.gone[0].resource.name, "b");
        assert_eq!(marks.len(), 3);
        assert_eq!(marks.lines(), (4, 3));
    }

    #[test]
    fn the_next_edit_takes_the_marks_away() {
        let form = FormModel::default();
        let first = Shown::first(&form, &preview("1", vec![resource("a", "x: 1")]));
        let marks = |shown: &Shown| {
            let before = shown.before.as_ref()?;
            Some(Marks::between(before, &shown.resources, None).len())
        };
        let next = |shown: &Shown, digest: &str| {
            let preview = preview(digest, vec![resource("a", "x: 2")]);
            shown.next(&form, &preview, shown)
        };
        assert_eq!(marks(&first), None);
        let second = next(&first, "2");
        assert_eq!(marks(&second), Some(1));
        let again = next(&second, "2");
        assert_eq!(marks(&again), Some(1));
        let third = next(&second, "3");
        assert_eq!(marks(&third), Some(0));
    }

    #[test]
    fn what_is_known_of_the_same_pair_is_kept() {
        let (old, new) = (of(&[("a", "x: 1")]), of(&[("a", "x: 2")]));
        let first = Marks::between(&old, &new, None);
        let second = Marks::between(&old, &new, Some(&first));
        assert!(Arc::ptr_eq(&first.of["service/a"], &second.of["service/a"]));
    }
}
