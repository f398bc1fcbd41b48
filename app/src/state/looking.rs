//! How the manifests are looked at: what they are compared with, which of them are shown, and the
//! way from change to change.

use std::collections::BTreeSet;
use std::sync::Arc;

use compose::{Composition, ReleaseSettings};
use leptos::prelude::*;

use super::marks::{Against, Marks};
use super::shown::{Entries, Entry, Shown, whole};
use super::{ComposerState, Pane, Tab};
use crate::browser;
use crate::serverfns::preview::preview;
use crate::text::query::View;
use crate::wire::{Check, Gravity, Outcome, Preview};

/// The manifests of an environment as the chart has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Untouched {
    environment: String,
    release: ReleaseSettings,
    resources: Entries,
}

impl Untouched {
    /// The untouched form of a composition.
    #[must_use]
    pub(crate) fn composition(of: &Composition) -> Composition {
        Composition {
            overrides: values::Map::new(),
            ..of.clone()
        }
    }

    /// The render of it; none where the chart fails without the user's changes.
    #[must_use]
    pub(crate) fn of(composition: &Composition, preview: &Preview) -> Option<Self> {
        let Outcome::Manifests(manifests) = &preview.outcome else {
            return None;
        };
        Some(Self {
            environment: composition.environment.clone(),
            release: composition.release.clone(),
            resources: whole(manifests),
        })
    }

    fn is_of(&self, composition: &Composition) -> bool {
        self.environment == composition.environment && self.release == composition.release
    }
}

/// Which resources are shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The ids of those that are; none where all are.
    ids: Option<BTreeSet<String>>,
    /// How many that is.
    pub(crate) resources: usize,
    /// How many lines they have.
    pub(crate) lines: usize,
    /// How many of these lines hold what is looked for.
    pub(crate) found: usize,
    /// Those that are no longer there.
    pub(crate) gone: Vec<Arc<Entry>>,
    /// Where one can stop on the way from change to change.
    pub(crate) stops: usize,
}

impl Seen {
    /// Whether a resource is shown.
    #[must_use]
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(id))
    }

    fn of(shown: &Shown, marks: &Marks, filter: &str, changes_only: bool) -> Self {
        let needle = filter.trim().to_ascii_lowercase();
        let mut seen = Self::default();
        let mut ids = BTreeSet::new();
        for (id, entry) in &shown.resources {
            let mark = marks.of.get(id);
            if changes_only && mark.is_none() {
                continue;
            }
            let found = matches(entry, &needle);
            if let Some(found) = found {
                seen.found += found;
                seen.resources += 1;
                seen.lines += entry.lines;
                seen.stops += mark.map_or(0, |mark| mark.hunks);
                ids.insert(id.clone());
            }
        }
        let gone = marks.gone.iter();
        let gone = gone.filter(|entry| matches(entry, &needle).is_some());
        seen.gone = gone.map(Arc::clone).collect();
        seen.stops += seen.gone.len();
        seen.ids = (changes_only || !needle.is_empty()).then_some(ids);
        seen
    }
}

/// How many lines of a resource hold what is looked for; none where neither they nor kind and
/// name do.
fn matches(entry: &Entry, needle: &str) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    let resource = &entry.resource;
    let text = resource.yaml.to_ascii_lowercase();
    let found = text.lines().filter(|line| line.contains(needle)).count();
    let title = [&*resource.kind, &*resource.name].join(" ");
    (found > 0 || title.to_ascii_lowercase().contains(needle)).then_some(found)
}

/// How the manifests are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looking {
    /// What is looked for in kind, name and text.
    pub(crate) filter: RwSignal<String>,
    /// Whether only what changed is shown.
    pub(crate) changes_only: RwSignal<bool>,
    /// What the manifests are compared with.
    pub(crate) against: RwSignal<Against>,
    /// The environment without the user's changes, once it was asked for.
    untouched: RwSignal<Option<Arc<Untouched>>>,
    /// What changed.
    pub(crate) marks: Memo<Arc<Marks>>,
    /// Which resources are shown.
    pub(crate) seen: Memo<Arc<Seen>>,
    /// The change that was last gone to, from 1; 0 before the first.
    pub(crate) step: RwSignal<usize>,
}

impl Looking {
    /// As a link asks for it.
    #[must_use]
    pub(crate) fn new(
        view: &View,
        untouched: Option<Untouched>,
        shown: RwSignal<Arc<Shown>>,
        composition: RwSignal<Composition>,
    ) -> Self {
        let filter = RwSignal::new(view.filter.clone().unwrap_or_default());
        let changes_only = RwSignal::new(false);
        let against = RwSignal::new(Against::named(view.against.as_deref()));
        let untouched = RwSignal::new(untouched.map(Arc::new));
        let marks = Memo::new(move |earlier: Option<&Arc<Marks>>| {
            let earlier = earlier.map(|marks| &**marks);
            let shown = shown.get();
            let marks = match against.get() {
                Against::Nothing => None,
                Against::Edit => shown
                    .before
                    .as_ref()
                    .map(|before| Marks::between(before, &shown.resources, earlier)),
                Against::Environment => untouched.get().and_then(|untouched| {
                    // A page that began with a failure has nothing that could have changed.
                    let current =
                        shown.is_drawn() && composition.with_untracked(|now| untouched.is_of(now));
                    let old = &untouched.resources;
                    current.then(|| Marks::between(old, &shown.resources, earlier))
                }),
            };
            Arc::new(marks.unwrap_or_default())
        });
        let seen = Memo::new(move |_| {
            let marks = marks.get();
            let only = changes_only.get();
            shown
                .with(|shown| filter.with(|filter| Arc::new(Seen::of(shown, &marks, filter, only))))
        });
        Self {
            filter,
            changes_only,
            against,
            untouched,
            marks,
            seen,
            step: RwSignal::new(0),
        }
    }
}

/// Keeps the untouched environment at hand while the manifests are compared with it. Effects do
/// not run on the server.
pub(crate) fn keep_untouched(state: ComposerState) {
    let looking = state.looking;
    Effect::new(move |_| {
        let wanted = looking.against.get() == Against::Environment;
        let composition = state.composition.get();
        let known = looking.untouched.with_untracked(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| known.is_of(&composition))
        });
        if !wanted || known {
            return;
        }
        let composition = Untouched::composition(&composition);
        leptos::task::spawn_local(async move {
            if let Ok(preview) = preview(composition.clone(), String::new()).await {
                let untouched = Untouched::of(&composition, &preview);
                // The page may be gone by now, and this with it.
                let _ = looking.untouched.try_set(untouched.map(Arc::new));
            }
        });
    });
    // Another comparison has other changes: the way through them begins anew.
    Effect::new(move |_| {
        looking.marks.track();
        looking.step.set(0);
    });
}

impl ComposerState {
    /// Opens the manifests at a resource: unfolded, in view and focused. What hides it (a filter)
    /// is put aside.
    pub(crate) fn reveal(&self, resource: &str) {
        if self
            .shown
            .with_untracked(|shown| !shown.resources.contains_key(resource))
        {
            return;
        }
        if !self.looking.seen.with_untracked(|seen| seen.has(resource)) {
            self.looking.filter.set(String::new());
            self.looking.changes_only.set(false);
        }
        self.open_manifests();
        browser::bring(&element_id(resource), "resource__summary", 0);
    }

    /// Goes to the field of the first error; where none has a field, to the list of them.
    pub(crate) fn jump_to_first_error(&self) {
        let path = self.checks.with_untracked(|checks| {
            let placed = |check: &&Check| check.gravity == Gravity::Error && !check.card.is_empty();
            checks.iter().find(placed).map(|check| check.path.clone())
        });
        match path {
            Some(path) => self.jump(&path),
            None => {
                self.tab.set(Tab::Checks);
                self.pane.set(Pane::Preview);
            }
        }
    }

    /// Goes to the next change (or the one before), around at the end.
    pub(crate) fn walk(&self, forward: bool) {
        let (seen, marks) = (
            self.looking.seen.get_untracked(),
            self.looking.marks.get_untracked(),
        );
        if seen.stops == 0 {
            return self.say("There are no marked changes");
        }
        let now = self.looking.step.get_untracked();
        let next = match (forward, now) {
            (true, now) if now < seen.stops => now + 1,
            (true, _) => 1,
            (false, 0 | 1) => seen.stops,
            (false, now) => now - 1,
        };
        self.looking.step.set(next);
        self.open_manifests();
        let gone = seen
            .gone
            .iter()
            .map(|entry| (gone_id(&entry.resource.id), 1));
        let shown = self.shown.get_untracked();
        let ids = shown.groups.iter().flat_map(|group| &group.ids);
        let changed = ids
            .filter(|id| seen.has(id))
            .filter_map(|id| Some((element_id(id), marks.of.get(id)?.hunks)));
        let mut left = next;
        for (element, hunks) in gone.chain(changed) {
            if left <= hunks {
                browser::bring(&element, "hunk", left - 1);
                break;
            }
            left -= hunks;
        }
        let (next, stops) = (next.to_string(), seen.stops.to_string());
        self.say(&["Change ", &next, " of ", &stops].concat());
    }

    fn open_manifests(&self) {
        self.tab.set(Tab::Manifests);
        self.pane.set(Pane::Preview);
    }
}

/// The id of a resource's element.
pub(crate) fn element_id(resource: &str) -> String {
    ["resource-", resource].concat()
}

/// The id of the element of a resource that is no longer there.
pub(crate) fn gone_id(resource: &str) -> String {
    ["gone-", resource].concat()
}

#[cfg(test)]
mod tests {
    use compose::FormModel;

    use super::super::shown::tests::{preview as render, resource};
    use super::*;

    #[test]
    fn a_filter_looks_at_kind_name_and_text() {
        let resources = vec![
            resource("web", "port: 80\nx: 1"),
            resource("db", "port: 5432"),
        ];
        let shown = Shown::first(&FormModel::default(), &render("1", resources));
        let seen = |filter: &str| {
            let seen = Seen::of(&shown, &Marks::default(), filter, false);
            (seen.resources, seen.lines, seen.found)
        };
        assert_eq!(seen(""), (2, 3, 0));
        assert_eq!(seen("PORT"), (2, 3, 2));
        assert_eq!(seen("service web"), (1, 2, 0));
        assert_eq!(seen("5432"), (1, 1, 1));
        assert_eq!(seen("nothing"), (0, 0, 0));
    }

    #[test]
    fn changes_only_leaves_out_what_stayed() {
        let form = FormModel::default();
        let first = Shown::first(
            &form,
            &render(
                "1",
                vec![
                    resource("a", "x: 1"),
                    resource("b", "y: 1"),
                    resource("c", "z: 1"),
                ],
            ),
        );
        let second = first.next(
            &form,
            &render("2", vec![resource("a", "x: 2"), resource("b", "y: 1")]),
            &first,
        );
        let before = second.before.as_ref().expect("there was a render before");
        let marks = Marks::between(before, &second.resources, None);
        let seen = Seen::of(&second, &marks, "", true);
        assert!(seen.has("service/a") && !seen.has("service/b"));
        assert_eq!((seen.resources, seen.gone.len(), seen.stops), (1, 1, 2));
    }
}
