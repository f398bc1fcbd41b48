//! The address bar: the composition, and after it how one looks at it.
//!
//! It is always replaced, never added to: an edit is taken back by undo, which knows more than an
//! address (secrets, comments), and Back leaves the page as it does anywhere. Coming forward
//! again, or reloading, finds the composition and the view in the address.

use leptos::prelude::*;

use super::marks::Against;
use super::mode::{ESSENTIALS, Mode};
use super::{ComposerState, Tab, comparing};
use crate::browser;
use crate::text::query::{View, with_pair};

impl ComposerState {
    /// A query with the keys of the view added, those that are not as a bare link has them.
    fn with_view(&self, mut query: String) -> String {
        let mut add = |key: &str, value: &str| query = with_pair(&query, key, value);
        self.card.with(|card| {
            if card != ESSENTIALS {
                add("show", card);
            }
        });
        let tab = self.tab.get();
        if tab != Tab::default() {
            add("tab", tab.as_str());
        }
        let mode = self.mode.get();
        if mode != Mode::default() {
            add("form", mode.as_str());
        }
        let against = self.looking.against.get();
        if against != Against::default() {
            add("against", against.as_str());
        }
        self.looking.filter.with(|filter| {
            if !filter.is_empty() {
                add("filter", filter);
            }
        });
        self.searching.query.with(|searched| {
            if let Some(searched) = searched {
                add("q", searched);
            }
        });
        self.field.with(|field| {
            if !field.is_empty() {
                add("field", field);
            }
        });
        let comparing = &self.comparing;
        if tab == Tab::Compare {
            let left = comparing.left.get();
            let right = comparing.right.get();
            let fixed = self.fixed();
            let usual = |view: &View| {
                self.composition
                    .with(|now| comparing::chosen(view, now, &fixed.data.environments))
            };
            let [usual_left, _] = usual(&View::default());
            let [_, usual_right] = usual(&View {
                left: Some(left.clone()),
                ..View::default()
            });
            if left != usual_left {
                add("left", &left);
            }
            if right != usual_right {
                add("right", &right);
            }
            if !comparing.mine.get() {
                add("mine", "false");
            }
        }
        if comparing.totals_open.get() {
            add("totals", "all");
        }
        query
    }
}

/// Keeps the address in step. Effects do not run on the server.
pub(crate) fn keep(state: ComposerState) {
    let links = state.links();
    let next = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let sound = links.with(|links| links.problem.is_none().then(|| links.query.clone()));
        let Some(query) = sound.map(|query| state.with_view(query)) else {
            return;
        };
        let waiting = next.try_update_value(|next| next.replace(query)).flatten();
        if waiting.is_some() {
            return;
        }
        // A browser takes many milliseconds for it, and the edit is to be seen before.
        browser::once_painted(move || {
            if let Some(query) = next.try_update_value(Option::take).flatten() {
                browser::replace_query(&query);
            }
        });
    });
}
