//! The column of settings: the essentials of the whole chart, or one card.

mod about;
mod controls;
mod field;
mod fields;
mod heading;
mod marks;
mod modes;
mod overview;
mod pair;
mod section;

use std::collections::BTreeSet;

use compose::form::Card;
use leptos::prelude::*;

use crate::state::mode::{ESSENTIALS, Mode};
use crate::state::{ComposerState, composer};
use crate::text::plan;
use fields::in_parts;
use heading::Heading;
use overview::Overview;

/// The settings of the selected card, or the essentials.
#[component]
pub(crate) fn SettingsPane() -> AnyView {
    let state = composer();
    let selected = Memo::new(move |_| state.card.get());
    view! {
        <section class="composer__pane composer__pane--settings settings" aria-label="Settings">
            <h2 class="visually-hidden">"Settings"</h2>
            {move || {
                let fixed = state.fixed();
                let key = selected.get();
                let card = fixed.data.form.cards().find(|card| card.path.to_string() == key).cloned();
                match card {
                    Some(card) => view! { <CardSettings card /> }.into_any(),
                    None if key == ESSENTIALS => view! { <Overview /> }.into_any(),
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
) -> AnyView {
    let state = composer();
    let kept = card.clone();
    let changed = changed_paths(state);
    let nodes = Memo::new(move |_| match state.mode.get() {
        Mode::Changed => changed.with(|changed| plan::changed(&kept, changed)),
        mode => plan::visible(&kept.nodes, mode == Mode::All),
    });
    view! {
        <Heading card />
        <div class="settings__fields">
            {move || {
                let nodes = nodes.get();
                if nodes.is_empty() {
                    nothing(state)
                } else {
                    in_parts(nodes)
                }
            }}
        </div>
    }
    .into_any()
}

/// What stands where no field is to be shown.
fn nothing(state: ComposerState) -> AnyView {
    let text = if state.mode.get_untracked() == Mode::Changed {
        "You changed nothing here."
    } else {
        "There is nothing to set here."
    };
    view! { <p class="settings__none">{text}</p> }.into_any()
}

/// The paths of fields that the person changed, while only those are shown. One that is reset
/// stays until another view is chosen: whoever resets it wants to see to what.
fn changed_paths(state: ComposerState) -> Memo<BTreeSet<String>> {
    Memo::new(move |before: Option<&BTreeSet<String>>| {
        if state.mode.get() != Mode::Changed {
            return BTreeSet::new();
        }
        let mut paths = before.cloned().unwrap_or_default();
        let fixed = state.fixed();
        let drafts = state.drafts.read();
        let layers = state.layers.read();
        for field in fixed.data.form.fields() {
            let path = field.path.to_string();
            if layers.is_changed(&field.path) || drafts.contains_key(&path) {
                paths.insert(path);
            }
        }
        paths
    })
}
