//! The manifests on the page: the last good render, and what it changed against the one before.

use std::collections::BTreeMap;
use std::sync::Arc;

use compose::FormModel;

use crate::text::components::{self, Group};
use crate::text::{diff, highlight};
use crate::wire::{Manifests, Outcome, Preview, Resource, Totals};

/// One resource as drawn.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShownResource {
    /// The resource.
    pub(crate) resource: Resource,
    /// Its YAML as HTML.
    pub(crate) html: String,
    /// Lines that the last edit added to it.
    pub(crate) added: usize,
    /// Lines that the last edit took from it.
    pub(crate) removed: usize,
}

impl ShownResource {
    /// Whether the last edit changed it.
    #[must_use]
    pub(crate) const fn is_changed(&self) -> bool {
        self.added + self.removed > 0
    }
}

/// The last good render.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// Which render this is.
    digest: String,
    /// The resources by id.
    resources: BTreeMap<String, Arc<ShownResource>>,
    /// The ids in groups, in display order.
    pub(crate) groups: Vec<Group>,
    /// `kind/name` of the resources that the last edit took away.
    pub(crate) gone: Vec<String>,
    /// NOTES.txt.
    pub(crate) notes: Option<String>,
    /// Sums.
    pub(crate) totals: Totals,
}

impl Shown {
    /// The first render, without marks; nothing where it failed.
    #[must_use]
    pub(crate) fn first(form: &FormModel, preview: &Preview) -> Self {
        match &preview.outcome {
            Outcome::Manifests(manifests) => {
                let resources = manifests
                    .resources
                    .iter()
                    .map(|resource| (plain(resource), resource));
                Self::of(form, &preview.digest, manifests, resources)
            }
            Outcome::Failed(_) => Self::default(),
        }
    }

    /// The next good render, with what it changed against this one.
    #[must_use]
    pub(crate) fn next(&self, form: &FormModel, preview: &Preview) -> Self {
        let Outcome::Manifests(manifests) = &preview.outcome else {
            return Self::first(form, preview);
        };
        // Where nothing was shown before, everything is new and marks would say nothing.
        if self.digest.is_empty() {
            return Self::first(form, preview);
        }
        let resources = manifests.resources.iter().map(|new| {
            let shown = match self.resources.get(&new.id) {
                Some(old) if old.resource == *new && !old.is_changed() => Arc::clone(old),
                Some(old) if old.resource.yaml == new.yaml => plain(new),
                Some(old) => changed(&old.resource.yaml, new),
                None => changed("", new),
            };
            (shown, new)
        });
        let mut next = Self::of(form, &preview.digest, manifests, resources);
        next.gone = self
            .resources
            .iter()
            .filter(|(id, _)| !next.resources.contains_key(*id))
            .map(|(_, old)| format!("{} {}", old.resource.kind, old.resource.name))
            .collect();
        next
    }

    /// A resource by its id.
    #[must_use]
    pub(crate) fn resource(&self, id: &str) -> Option<Arc<ShownResource>> {
        self.resources.get(id).map(Arc::clone)
    }

    /// How many resources there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.resources.len()
    }

    /// How many resources the last edit changed, added or took away.
    #[must_use]
    pub(crate) fn changes(&self) -> usize {
        self.resources
            .values()
            .filter(|resource| resource.is_changed())
            .count()
            + self.gone.len()
    }

    fn of<'a>(
        form: &FormModel,
        digest: &str,
        manifests: &Manifests,
        resources: impl Iterator<Item = (Arc<ShownResource>, &'a Resource)>,
    ) -> Self {
        Self {
            digest: digest.to_owned(),
            resources: resources
                .map(|(shown, resource)| (resource.id.clone(), shown))
                .collect(),
            groups: components::group(form, &manifests.resources),
            gone: Vec::new(),
            notes: manifests.notes.clone(),
            totals: manifests.totals.clone(),
        }
    }
}

fn plain(resource: &Resource) -> Arc<ShownResource> {
    Arc::new(ShownResource {
        resource: resource.clone(),
        html: highlight::yaml(&resource.yaml),
        added: 0,
        removed: 0,
    })
}

fn changed(old: &str, new: &Resource) -> Arc<ShownResource> {
    let (added, removed) = diff::counts(&diff::lines(old, &new.yaml));
    Arc::new(ShownResource {
        resource: new.clone(),
        html: highlight::yaml_against(old, &new.yaml),
        added,
        removed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Failure;

    fn resource(name: &str, yaml: &str) -> Resource {
        Resource {
            id: format!("Service/{name}"),
            kind: "Service".to_owned(),
            name: name.to_owned(),
            source: String::new(),
            hooks: Vec::new(),
            component: None,
            yaml: yaml.to_owned(),
        }
    }

    fn preview(digest: &str, resources: Vec<Resource>) -> Preview {
        Preview {
            digest: digest.to_owned(),
            query: String::new(),
            secrets_left_out: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            micros: 0,
            outcome: Outcome::Manifests(Manifests {
                resources,
                ..Manifests::default()
            }),
        }
    }

    #[test]
    fn an_edit_marks_what_it_changed_and_the_next_one_takes_the_marks_away() {
        let form = FormModel::default();
        let first = Shown::first(
            &form,
            &preview("1", vec![resource("a", "x: 1"), resource("b", "y: 1")]),
        );
        assert_eq!(first.changes(), 0);
        let second = first.next(
            &form,
            &preview("2", vec![resource("a", "x: 2"), resource("c", "z: 1")]),
        );
        let a = second.resource("Service/a").expect("a is there");
        assert_eq!((a.added, a.removed), (1, 1));
        assert_eq!(second.gone, ["Service b"]);
        assert_eq!(second.changes(), 3);
        let third = second.next(
            &form,
            &preview("3", vec![resource("a", "x: 2"), resource("c", "z: 1")]),
        );
        assert_eq!(third.changes(), 0);
        assert!(
            !third
                .resource("Service/a")
                .expect("a is there")
                .html
                .contains("<ins>")
        );
    }

    #[test]
    fn a_page_that_began_with_a_failure_shows_its_first_render_without_marks() {
        let form = FormModel::default();
        let mut failed = preview("1", Vec::new());
        failed.outcome = Outcome::Failed(Failure {
            message: "no".to_owned(),
            place: None,
            path: None,
            hint: None,
        });
        let shown = Shown::first(&form, &failed);
        assert_eq!(shown.len(), 0);
        assert_eq!(
            shown
                .next(&form, &preview("2", vec![resource("a", "x: 1")]))
                .changes(),
            0
        );
    }
}
