//! What a service requires and who requires it, each with the way there.

use compose::form::Card;
use compose::requirements::{needed_by, needs};
use leptos::prelude::*;

use crate::components::checks::button;
use crate::state::{ComposerState, Pane, composer, edits};

/// Both lists; nothing for a card that has neither.
#[component]
pub(crate) fn Needs(
    /// The card.
    card: Card,
) -> AnyView {
    let state = composer();
    let form = &state.fixed().data.form;
    view! {
        {list(state, "Needs", needs(form, &card))}
        {list(state, "Needed by", needed_by(form, &card))}
    }
    .into_any()
}

fn list(state: ComposerState, title: &'static str, cards: Vec<&Card>) -> AnyView {
    if cards.is_empty() {
        return ().into_any();
    }
    let items: Vec<AnyView> = cards
        .into_iter()
        .map(|card| {
            let (key, switch) = (card.path.to_string(), card.enabled.clone());
            let target = key.clone();
            let go = Callback::new(move |()| {
                state.card.set(target.clone());
                state.pane.set(Pane::Settings);
            });
            let off = move || {
                let is_on = |field| state.layers.with(|layers| edits::is_on(layers, field));
                let on = switch.as_ref().is_none_or(is_on);
                if on { "" } else { " (off)" }
            };
            let words = view! {
                {card.title.clone()}
                <span class="needs__off">{off}</span>
            };
            view! { <li>{button("needs__go", "show", key, words.into_any(), go)}</li> }.into_any()
        })
        .collect();
    view! {
        <div class="needs">
            <span class="needs__title">{title}</span>
            <ul class="needs__list" aria-label=title>
                {items}
            </ul>
        </div>
    }
    .into_any()
}
