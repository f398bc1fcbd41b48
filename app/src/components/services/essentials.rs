//! The first entry of the column: the settings that matter in the whole chart.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::state::mode::ESSENTIALS;
use crate::state::{Pane, composer};
use crate::text::query;

/// The link that opens the essentials.
#[component]
pub(crate) fn EssentialsLink() -> AnyView {
    let state = composer();
    let links = state.links();
    let selected = Memo::new(move |_| state.card.with(|card| card == ESSENTIALS));
    let changed = Memo::new(move |_| state.layers.with(|layers| !layers.overrides().is_empty()));
    let href = move || {
        links.with(|links| ["/?", &query::with_pair(&links.query, "show", ESSENTIALS)].concat())
    };
    let open = move |event: MouseEvent| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        state.card.set(ESSENTIALS.to_owned());
        state.pane.set(Pane::Settings);
    };
    view! {
        <div class="card card--essentials" class=("card--selected", selected)>
            <a
                class="card__link"
                href=href
                aria-current=move || selected.get().then_some("true")
                on:click=open
            >
                <span class="card__title">"Essentials"</span>
                <span class="card__detail" aria-hidden="true">
                    {move || {
                        changed
                            .get()
                            .then(|| view! { <span class="card__mark" title="Changed by you">"●"</span> })
                    }}
                </span>
            </a>
        </div>
    }
    .into_any()
}
