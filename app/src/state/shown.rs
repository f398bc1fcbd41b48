//! The manifests on the page: the last good render, and the one before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use compose::FormModel;

use crate::text::components::{self, Group};
use crate::wire::{Manifests, Outcome, Preview, Resource, Totals};

/// How many lines are painted before anybody looks at them: ten screens. What comes after is
/// plain text until it comes near, so that charts with thousands of resources stay quick.
const PAINTED_FIRST: usize = 500;

/// One resource of a render.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The resource.
    pub(crate) resource: Arc<Resource>,
    /// How many lines its YAML has.
    pub(crate) lines: usize,
}

/// A render's resources by id.
pub(crate) type Entries = BTreeMap<String, Arc<Entry>>;

/// The last good render.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shown {
    /// Which render this is.
    pub(super) digest: String,
    /// Its resources.
    pub(crate) resources: Entries,
    /// Those of the render before; none for the first.
    pub(crate) before: Option<Entries>,
    /// The ids in groups, in display order.
    pub(crate) groups: Vec<Group>,
    /// The resources among the first lines of the page.
    early: Vec<String>,
    /// How many lines all resources have.
    pub(crate) lines: usize,
    /// NOTES.txt.
    pub(crate) notes: Option<String>,
    /// Sums.
    pub(crate) totals: Totals,
}

impl Shown {
    /// The first render; nothing where it failed.
    #[must_use]
    pub(crate) fn first(form: &FormModel, preview: &Preview) -> Self {
        match &preview.outcome {
            Outcome::Manifests(manifests) => Self::of(
                form,
                &preview.digest,
                manifests,
                &Entries::new(),
                &Entries::new(),
            ),
            Outcome::Failed(_) => Self::default(),
        }
    }

    /// The next good render, which remembers this one. `asked_with` is what was shown when the
    /// server was asked: what it left out stands there.
    #[must_use]
    pub(crate) fn next(&self, form: &FormModel, preview: &Preview, asked_with: &Self) -> Self {
        let Outcome::Manifests(manifests) = &preview.outcome else {
            return Self::first(form, preview);
        };
        let mut next = Self::of(
            form,
            &preview.digest,
            manifests,
            &self.resources,
            &asked_with.resources,
        );
        // Where nothing was shown before, everything is new and marks would say nothing.
        if preview.digest == self.digest {
            // The same render once more (asked for again): the marks stay.
            next.before.clone_from(&self.before);
        } else if self.is_drawn() {
            next.before = Some(self.resources.clone());
        }
        next
    }

    /// Whether any render was good yet.
    #[must_use]
    pub(crate) const fn is_drawn(&self) -> bool {
        !self.digest.is_empty()
    }

    /// How many resources there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.resources.len()
    }

    /// Whether a resource is among the first lines of the page.
    #[must_use]
    pub(crate) fn is_early(&self, id: &str) -> bool {
        self.early.iter().any(|early| early == id)
    }

    fn of(
        form: &FormModel,
        digest: &str,
        manifests: &Manifests,
        known: &Entries,
        asked_with: &Entries,
    ) -> Self {
        let in_order = entries(manifests, known, asked_with);
        let groups = components::group(form, in_order.iter().map(|entry| &*entry.resource));
        let resources = by_id(in_order);
        let mut ahead = 0;
        let mut early = Vec::new();
        for id in groups.iter().flat_map(|group| &group.ids) {
            if ahead >= PAINTED_FIRST {
                break;
            }
            ahead += resources.get(id).map_or(0, |entry| entry.lines);
            early.push(id.clone());
        }
        Self {
            digest: digest.to_owned(),
            lines: resources.values().map(|entry| entry.lines).sum(),
            resources,
            before: None,
            groups,
            early,
            notes: manifests.notes.clone(),
            totals: manifests.totals.clone(),
        }
    }
}

/// The resources of a render in their order; those that the server left out are taken from
/// `asked_with`. What stayed as it was stays the same piece of memory, so that telling what changed
/// is quick.
fn entries(manifests: &Manifests, known: &Entries, asked_with: &Entries) -> Vec<Arc<Entry>> {
    let entry = |resource: &Arc<Resource>| match known.get(&resource.id) {
        Some(entry) if entry.resource == *resource => Arc::clone(entry),
        _ => Arc::new(Entry {
            resource: Arc::clone(resource),
            lines: lines_of(&resource.yaml),
        }),
    };
    let mut sent = manifests.resources.iter().peekable();
    if manifests.order.is_empty() {
        return sent.map(entry).collect();
    }
    let ids = manifests.order.iter();
    // What was sent stands in the same order.
    ids.filter_map(|id| match sent.next_if(|resource| resource.id == *id) {
        Some(resource) => Some(entry(resource)),
        None => asked_with.get(id).map(Arc::clone),
    })
    .collect()
}

/// How many lines a text has, whether or not the last one ends.
fn lines_of(text: &str) -> usize {
    let ends = text.bytes().filter(|byte| *byte == b'\n').count();
    ends + usize::from(!text.is_empty() && !text.ends_with('\n'))
}

/// The resources of a whole render by id.
pub(crate) fn whole(manifests: &Manifests) -> Entries {
    by_id(entries(manifests, &Entries::new(), &Entries::new()))
}

fn by_id(entries: Vec<Arc<Entry>>) -> Entries {
    let with_id = |entry: Arc<Entry>| (entry.resource.id.clone(), entry);
    entries.into_iter().map(with_id).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::wire::Failure;

    pub(in crate::state) fn resource(name: &str, yaml: &str) -> Resource {
        Resource {
            id: format!("service/{name}"),
            kind: "Service".to_owned(),
            name: name.to_owned(),
            yaml: yaml.to_owned(),
            ..Resource::default()
        }
    }

    pub(in crate::state) fn preview(digest: &str, resources: Vec<Resource>) -> Preview {
        Preview {
            digest: digest.to_owned(),
            chart_digest: String::new(),
            query: String::new(),
            secrets_left_out: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            checks: Vec::new(),
            micros: 0,
            outcome: Outcome::Manifests(Manifests {
                resources: resources.into_iter().map(Arc::new).collect(),
                ..Manifests::default()
            }),
        }
    }

    #[test]
    fn what_the_server_left_out_is_what_was_shown_when_it_was_asked() {
        let form = FormModel::default();
        let [a, b, c] =
            [("a", "x: 1"), ("b", "y: 1"), ("c", "z: 1")].map(|(name, yaml)| resource(name, yaml));
        let asked_with = Shown::first(&form, &preview("1", vec![a.clone(), b.clone()]));
        // Meanwhile an earlier question was answered.
        let other = resource("b", "y: 2");
        let shown = asked_with.next(&form, &preview("2", vec![a.clone(), other]), &asked_with);
        let mut answer = preview("3", vec![a, b, c]);
        if let Outcome::Manifests(manifests) = &mut answer.outcome {
            let base = asked_with.resources.values();
            let base: Vec<_> = base.map(|entry| Arc::clone(&entry.resource)).collect();
            *manifests = std::mem::take(manifests).since(&base);
            assert_eq!(manifests.resources.len(), 1);
        }
        let next = shown.next(&form, &answer, &asked_with);
        let texts: Vec<&str> = next
            .resources
            .values()
            .map(|entry| entry.resource.yaml.as_str())
            .collect();
        assert_eq!(texts, ["x: 1", "y: 1", "z: 1"]);
    }

    #[test]
    fn a_page_that_began_with_a_failure_has_nothing_to_compare_with() {
        let form = FormModel::default();
        let mut failed = preview("1", Vec::new());
        failed.outcome = Outcome::Failed(Failure {
            message: "no".to_owned(),
            place: None,
            path: None,
            hint: None,
            explained: String::new(),
        });
        let shown = Shown::first(&form, &failed);
        assert!(!shown.is_drawn());
        let next = shown.next(&form, &preview("2", vec![resource("a", "x: 1")]), &shown);
        assert!(next.before.is_none());
    }

    #[test]
    fn lines_are_counted_as_they_are_read() {
        for text in ["", "a", "a\n", "a\nb", "a\n\nb\n", "\n"] {
            assert_eq!(lines_of(text), text.lines().count(), "{text:?}");
        }
    }

    #[test]
    fn what_comes_late_is_not_painted_at_first() {
        let long = "x: 1\n".repeat(PAINTED_FIRST);
        let resources = ["a", "b", "c"].map(|name| resource(name, &long));
        let shown = Shown::first(&FormModel::default(), &preview("1", resources.to_vec()));
        assert!(shown.is_early("service/a") && !shown.is_early("service/b"));
        assert_eq!(shown.lines, 3 * PAINTED_FIRST);
    }
}
