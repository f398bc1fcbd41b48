//! Texts in inputs that are no value yet: kept as typed, with what is wrong, until they are
//! mended or reset. They never reach the composition, so the last good manifests stay.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ComposerState;

/// A text that will not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// As typed.
    pub(crate) text: String,
    /// What is wrong and how to mend it.
    pub(crate) message: String,
}

impl ComposerState {
    /// The draft of an input: a values path, or a key of the link.
    pub(crate) fn draft(&self, key: &str) -> Option<Draft> {
        self.drafts.with(|drafts| drafts.get(key).cloned())
    }

    /// Keeps a draft.
    pub(crate) fn keep_draft(&self, key: &str, text: String, message: String) {
        let draft = Draft { text, message };
        self.drafts.update(|drafts| {
            drafts.insert(key.to_owned(), draft);
        });
    }

    /// Drops the draft of an input, if it has one.
    pub(crate) fn drop_draft(&self, key: &str) {
        if self
            .drafts
            .with_untracked(|drafts| drafts.contains_key(key))
        {
            self.drafts.update(|drafts| {
                drafts.remove(key);
            });
        }
    }

    /// Drops the drafts of a path and of everything beneath it.
    pub(crate) fn drop_drafts_beneath(&self, path: &str) {
        let beneath = |key: &str| {
            key.strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        if self
            .drafts
            .with_untracked(|drafts| drafts.keys().any(|key| beneath(key)))
        {
            self.drafts
                .update(|drafts| drafts.retain(|key, _| !beneath(key)));
        }
    }
}
