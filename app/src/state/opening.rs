//! Links that open a card: an address that works without WebAssembly, and a click that needs none.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{ComposerState, Pane};
use crate::text::query;

impl ComposerState {
    /// The address that opens a card of this composition, as it changes.
    pub(crate) fn card_href(&self, card: &str) -> impl Fn() -> String + Send + Sync + use<> {
        let links = self.links();
        let card = card.to_owned();
        move || links.with(|links| ["/?", &query::with_pair(&links.query, "show", &card)].concat())
    }

    /// Opens a card where its link was clicked. A click that asks for a new tab or window is the
    /// browser's.
    pub(crate) fn open_card(&self, event: &MouseEvent, card: &str) {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        self.card.set(card.to_owned());
        self.pane.set(Pane::Settings);
    }
}
