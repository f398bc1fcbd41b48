//! The column of one card's settings.

mod controls;
mod field;
mod fields;
mod heading;
mod marks;
mod section;

use compose::form::Card;
use leptos::prelude::*;

use crate::state::composer;
use crate::text::plan;
use fields::Fields;
use heading::Heading;

/// The settings of the selected card.
#[component]
pub(crate) fn SettingsPane() -> AnyView {
    let state = composer();
    let selected = Memo::new(move |_| state.card.get());
    let all = Memo::new(move |_| state.all_fields.get());
    view! {
        <section class="composer__pane composer__pane--settings settings" aria-label="Settings">
            <h2 class="visually-hidden">"Settings"</h2>
            {move || {
                let fixed = state.fixed();
                let card = selected.with(|path| fixed.data.form.cards().find(|card| card.path.to_string() == *path).cloned());
                match card {
                    Some(card) => view! { <CardSettings card all /> }.into_any(),
                    None => view! { <p class="settings__about">"This chart has nothing to set."</p> }.into_any(),
                }
            }}
        </section>
    }.into_any()
}

#[component]
fn CardSettings(
    /// The card.
    card: Card,
    /// Whether all fields are shown.
    all: Memo<bool>,
) -> AnyView {
    let nodes = card.nodes.clone();
    view! {
        <Heading card />
        <div class="settings__fields">
            {move || view! { <Fields nodes=plan::visible(&nodes, all.get()) /> }}
        </div>
    }
    .into_any()
}
