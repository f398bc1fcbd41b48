//! The one way to change the composition, and the way back.

use compose::Composition;
use compose::document::rewrite;
use leptos::prelude::*;
use values::ValuesPath;

use super::ComposerState;
use super::undo::{Snapshot, Undo};
use crate::browser;
use crate::text::changes;

impl ComposerState {
    /// Changes the composition; everything that does goes through here, so that it can be undone.
    /// Quick edits with the same `key`, if it is not empty, are one step: for a field it is the
    /// path of its value. Several values that belong together are one edit.
    pub(crate) fn edit(&self, key: &str, change: impl FnOnce(&mut Composition)) {
        let mut next = self.composition.get_untracked();
        change(&mut next);
        self.commit(key, next, None);
    }

    /// Changes a value; one that equals what lies beneath takes the user's own away.
    pub(crate) fn set(&self, path: &ValuesPath, value: values::Value) {
        let mut layers = self.layers.get_untracked();
        layers.set(path, value);
        self.edit(&path.to_string(), |now| {
            layers.overrides().clone_into(&mut now.overrides);
        });
    }

    /// Takes back what the user changed at a path and beneath it.
    pub(crate) fn reset(&self, path: &ValuesPath) {
        let mut layers = self.layers.get_untracked();
        layers.reset(path);
        self.drop_drafts_beneath(&path.to_string());
        self.edit("", |now| layers.overrides().clone_into(&mut now.overrides));
    }

    /// Chooses an environment, the user's changes staying on top.
    pub(crate) fn choose_environment(&self, name: &str) {
        self.edit("", |now| name.clone_into(&mut now.environment));
    }

    /// Takes the last step back, and says what it was.
    pub(crate) fn undo(&self) {
        self.step(Undo::back, "Undone: ", "There is nothing to undo");
    }

    /// Takes a step back forward again, and says what it was.
    pub(crate) fn redo(&self) {
        self.step(Undo::forward, "Redone: ", "There is nothing to redo");
    }

    /// Says something to the person, aloud where a screen reader listens. The same words twice
    /// are heard twice.
    pub(crate) fn say(&self, words: &str) {
        let mut words = words.to_owned();
        if self.said.with_untracked(|said| *said == words) {
            words.push('\u{a0}');
        }
        self.said.set(words);
    }

    /// What a step would bring back.
    fn snapshot(&self) -> Snapshot {
        Snapshot {
            composition: self.composition.get_untracked(),
            document: self.document.get_untracked(),
        }
    }

    /// Takes a composition, and the text of its overrides; without one, the present text is changed
    /// where it must be.
    pub(super) fn commit(&self, key: &str, next: Composition, document: Option<String>) {
        let before = self.snapshot();
        let after = Snapshot {
            document: document.unwrap_or_else(|| {
                if next.overrides == before.composition.overrides {
                    before.document.clone()
                } else {
                    rewrite(&before.document, &next.overrides)
                }
            }),
            composition: next,
        };
        if before == after {
            return;
        }
        let composed = before.composition != after.composition;
        self.undo
            .update(|undo| undo.record(key, browser::now(), before, &after));
        self.document.set(after.document);
        if composed {
            self.composition.set(after.composition);
        }
    }

    fn step(
        &self,
        take: fn(&mut Undo, Snapshot) -> Option<Snapshot>,
        did: &'static str,
        nothing: &'static str,
    ) {
        let now = self.snapshot();
        let mut found = None;
        self.undo.update(|undo| found = take(undo, now.clone()));
        let Some(then) = found else {
            self.say(nothing);
            return;
        };
        for path in changes::paths(&now.composition.overrides, &then.composition.overrides) {
            self.drop_drafts_beneath(&path.to_string());
        }
        let mut words = did.to_owned();
        let form = &self.fixed().data.form;
        words.push_str(&changes::said(form, &now.composition, &then.composition));
        self.document.set(then.document);
        self.composition.set(then.composition);
        self.say(&words);
    }
}
