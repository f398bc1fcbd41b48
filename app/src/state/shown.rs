//! The manifests on the page: the last good render, and the one before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use compose::FormModel;

use crate::text::components::{self, Group};
use crate::wire::{Manifests, Outcome, Preview, Resource, Totals};

/// How many lines are painted before anybody looks at them: several screens. What comes after is
/// plain text until it comes near, so that charts with thousands of resources stay quick.
const PAINTED_FIRST: usize = 2_000;

/// One resource of a render.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The resource.
    pub(crate) resource: Resource,
    /// How many lines its YAML has.
    pub(crate) lines: usize,
}

/// A render's resources by id.
pub(crate) type Entries = BTreeMap<String, Arc<Entry>>;

/// The last good render.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Which render this is.
    digest: String,
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
            Outcome::Manifests(manifests) => {
                Self::of(form, &preview.digest, manifests, &Entries::new())
            }
            Outcome::Failed(_) => Self::default(),
        }
    }

    /// The next good render, which remembers this one.
    #[must_use]
    pub(crate) fn next(&self, form: &FormModel, preview: &Preview) -> Self {
        let Outcome::Manifests(manifests) = &preview.outcome else {
            return Self::first(form, preview);
        };
        let mut next = Self::of(form, &preview.digest, manifests, &self.resources);
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

    fn of(form: &FormModel, digest: &str, manifests: &Manifests, known: &Entries) -> Self {
        let resources = entries(manifests, known);
        let groups = components::group(form, &manifests.resources);
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

/// The resources of a render by id. What stayed as it was stays the same piece of memory, so that
/// telling what changed is quick.
pub(crate) fn entries(manifests: &Manifests, known: &Entries) -> Entries {
    let entry = |resource: &Resource| match known.get(&resource.id) {
        Some(entry) if entry.resource == *resource => Arc::clone(entry),
        _ => Arc::new(Entry {
            resource: resource.clone(),
            lines: resource.yaml.lines().count(),
        }),
    };
    let resources = manifests.resources.iter();
    resources
        .map(|resource| (resource.id.clone(), entry(resource)))
        .collect()
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
                resources,
                ..Manifests::default()
            }),
        }
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
        let next = shown.next(&form, &preview("2", vec![resource("a", "x: 1")]));
        assert!(next.before.is_none());
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
