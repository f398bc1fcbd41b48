//! The first entry of the column: the settings that matter in the whole chart.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::state::composer;
use crate::state::mode::ESSENTIALS;

/// The link that opens the essentials.
#[component]
pub(crate) fn EssentialsLink() -> AnyView {
    let state = composer();
    let selected = Memo::new(move |_| state.card.with(|card| card == ESSENTIALS));
    let changed = Memo::new(move |_| state.layers.with(|layers| !layers.overrides().is_empty()));
    let href = state.card_href(ESSENTIALS);
    let open = move |event: MouseEvent| state.open_card(&event, ESSENTIALS);
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
