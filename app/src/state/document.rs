//! The overrides as a text: typed by a person, kept in step with the form, kept as a draft while
//! it cannot be read.

use compose::document::{DocumentError, carry, read, rewrite};
use compose::{Composition, Map};
use leptos::prelude::*;

use super::ComposerState;
use crate::wire::DOCUMENT;

/// The text of the overrides that a page starts with.
pub(super) fn first(overrides: &Map) -> RwSignal<String> {
    RwSignal::new(rewrite("", overrides))
}

impl ComposerState {
    /// Takes a text as it was typed. One that cannot be read stays a draft, and the form goes on
    /// from the last good one; what the form changes meanwhile is brought into it once it is
    /// mended.
    pub(crate) fn type_document(&self, text: &str) {
        let now = self.composition.get_untracked();
        match self
            .layers
            .with_untracked(|layers| read(text, layers.beneath()))
        {
            Ok(mine) => {
                let base = self.mending.get_value();
                let overrides = match &base {
                    Some(base) => carry(base, &now.overrides, mine),
                    None => mine,
                };
                self.discard_document();
                let text = rewrite(text, &overrides);
                self.commit(DOCUMENT, Composition { overrides, ..now }, Some(text));
            }
            Err(error) => {
                if self.mending.with_value(Option::is_none) {
                    self.mending.set_value(Some(now.overrides));
                }
                self.keep_draft(DOCUMENT, text.to_owned(), error.message);
            }
        }
    }

    /// Goes back to the last good text.
    pub(crate) fn discard_document(&self) {
        self.mending.set_value(None);
        self.drop_draft(DOCUMENT);
    }

    /// Takes back everything that the user changed, comments of the text included.
    pub(crate) fn clear_document(&self) {
        self.drafts.update(std::collections::BTreeMap::clear);
        self.discard_document();
        let overrides = Map::new();
        let now = self.composition.get_untracked();
        self.commit("", Composition { overrides, ..now }, Some(String::new()));
    }

    /// What is wrong with the text that is being mended.
    pub(crate) fn document_error(&self) -> Option<DocumentError> {
        let draft = self.draft(DOCUMENT)?;
        self.layers
            .with(|layers| read(&draft.text, layers.beneath()).err())
    }
}
