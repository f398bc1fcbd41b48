//! The head of a card's settings: title, what it is and needs, short or all, reset.

use compose::form::Card;
use leptos::prelude::*;

use super::modes::{Modes, Reset};
use crate::components::prose::prose;
use crate::components::services::needs::Needs;
use crate::state::{composer, edits};
use crate::text::{plan, values};

/// The head.
#[component]
pub(crate) fn Heading(
    /// The card.
    card: Card,
) -> AnyView {
    let state = composer();
    let count = plan::count(&card.nodes);
    let needs = card.clone();
    let switch = card.enabled.clone();
    let off = Memo::new(move |_| {
        switch
            .as_ref()
            .is_some_and(|field| !state.layers.with(|layers| edits::is_on(layers, field)))
    });
    let label = ["Reset all settings of ", &card.title].concat();
    let id = values::id("card", &card.path.to_string());
    view! {
        <div class="settings__head">
            <h3 class="settings__title" id=id tabindex="-1">{card.title}</h3>
            <div class="settings__tools">
                <Reset path=card.path label />
                <Modes count />
            </div>
        </div>
        {card.description.map(|about| view! { <p class="settings__about">{prose(&about)}</p> })}
        <Needs card=needs />
        {move || {
            off.get()
                .then(|| {
                    view! {
                        <p class="settings__requires">
                            "This service is off: none of its objects are rendered."
                        </p>
                    }
                })
        }}
    }
    .into_any()
}
