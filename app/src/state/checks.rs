//! All that is wrong or worth knowing: what the server found, and before it what is being typed.

use std::collections::BTreeMap;

use compose::form::FormModel;
use compose::layers::leaves;
use leptos::prelude::*;
use values::Map;
use values::set::{Flag, parse_bounded};

use super::{ComposerState, drafts::Draft, edits};
use crate::browser;
use crate::wire::{Check, Gravity, Mend, Preview};

/// The list, gravest first.
pub(crate) fn all(
    form: &FormModel,
    drafts: &BTreeMap<String, Draft>,
    preview: &Preview,
) -> Vec<Check> {
    let mut checks: Vec<Check> = drafts
        .iter()
        .map(|(path, draft)| Check {
            code: "draft".to_owned(),
            message: draft.message.clone(),
            path: path.clone(),
            card: edits::card_of(form, path).unwrap_or_default(),
            ..Check::default()
        })
        .collect();
    checks.extend_from_slice(&preview.checks);
    checks
}

impl ComposerState {
    /// How many errors there are, and how many warnings.
    pub(crate) fn problems(&self) -> (usize, usize) {
        self.checks.with(|checks| {
            let count = |gravity| {
                checks
                    .iter()
                    .filter(|check| check.gravity == gravity)
                    .count()
            };
            (count(Gravity::Error), count(Gravity::Warning))
        })
    }

    /// Sets several values at once, written as behind `--set`: one step to undo.
    pub(crate) fn put(&self, set: &str) {
        let mut sets = Map::new();
        if parse_bounded(Flag::Set, set, &mut sets, &mut 1_000).is_err() {
            return;
        }
        let mut layers = self.layers.get_untracked();
        for path in leaves(&sets) {
            if let Some(value) = path.get_in(&sets) {
                layers.set(&path, value.clone());
            }
        }
        self.edit("", |now| layers.overrides().clone_into(&mut now.overrides));
    }

    /// Mends something, and goes to what a person has to fill in, or else to `focus`, since the
    /// button that was pressed goes with what it mended.
    pub(crate) fn mend(&self, mend: &Mend, focus: &str) {
        self.put(&mend.set);
        if mend.jump.is_empty() {
            self.say(&[&mend.title, ": done"].concat());
            browser::focus_soon(focus.to_owned());
        } else {
            self.jump(&mend.jump);
        }
    }
}
