//! The view over all cards: what nearly every installation of the chart sets, everything that the
//! person changed, or all cards, each to unfold.

use leptos::prelude::*;

use super::fields::{Fields, in_parts};
use super::modes::{Modes, Reset};
use super::{changed_paths, nothing};
use crate::state::mode::{ESSENTIALS, Mode};
use crate::state::{ComposerState, composer, edits};
use crate::text::plan::{self, Part};
use crate::text::values;

/// The view.
#[component]
pub(crate) fn Overview() -> AnyView {
    let state = composer();
    let changed = changed_paths(state);
    let parts = Memo::new(move |_| {
        let fixed = state.fixed();
        let form = &fixed.data.form;
        match state.mode.get() {
            Mode::Short => plan::essentials(form, None),
            Mode::Changed => changed.with(|changed| plan::essentials(form, Some(changed))),
            Mode::All => form
                .cards()
                .map(|card| Part {
                    path: card.path.to_string(),
                    title: card.title.clone(),
                    nodes: Vec::new(),
                })
                .collect(),
        }
    });
    let count = plan_count(state);
    let about = move || match state.mode.get() {
        Mode::Short => "What most installations of this chart set, of all its services.",
        Mode::All => "Every setting of the chart, by service.",
        Mode::Changed => "What you changed, in all services.",
    };
    view! {
        <div class="settings__head">
            <h3 class="settings__title" id=values::id("card", ESSENTIALS) tabindex="-1">
                "Essentials"
            </h3>
            <div class="settings__tools">
                <Reset path=compose::ValuesPath::root() label="Reset everything".to_owned() />
                <Modes count />
            </div>
        </div>
        <p class="settings__about">{about}</p>
        {move || {
            let parts = parts.get();
            if parts.is_empty() {
                return nothing(state);
            }
            parts.into_iter().map(|part| part_view(state, part)).collect_view().into_any()
        }}
    }
    .into_any()
}

/// How many fields the chart has.
fn plan_count(state: ComposerState) -> usize {
    let fixed = state.fixed();
    fixed
        .data
        .form
        .cards()
        .map(|card| plan::count(&card.nodes))
        .sum()
}

/// The fields of one card under its name, which opens it.
fn part_view(state: ComposerState, part: Part) -> AnyView {
    let id = values::id("part", &part.path);
    let href = state.card_href(&part.path);
    if part.nodes.is_empty() {
        return folded(state, part, href);
    }
    let path = part.path.clone();
    let open = move |event: leptos::ev::MouseEvent| state.open_card(&event, &path);
    view! {
        <div class="part" role="group" aria-labelledby=id.clone()>
            <h4 class="part__title" id=id.clone()>
                <a class="part__link" href=href on:click=open>
                    {part.title}
                </a>
            </h4>
            <div class="settings__fields">{in_parts(part.nodes)}</div>
        </div>
    }
    .into_any()
}

/// A card of which nothing is drawn before it is unfolded: a chart may have thousands of fields.
/// Without WebAssembly there is a link in it.
fn folded(
    state: ComposerState,
    part: Part,
    href: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let path = part.path;
    let content = move || {
        let fixed = state.fixed();
        let card = edits::find_card(&fixed.data.form, &path).filter(|_| open.get());
        card.map(|card| view! { <Fields nodes=plan::visible(&card.nodes, true) /> })
    };
    view! {
        <details class="section part" on:toggle=move |_| open.set(true)>
            <summary class="section__summary">
                <span class="section__title">{part.title}</span>
            </summary>
            <div class="settings__fields">
                <a class="part__link part__link--all" href=move || [&href(), "&form=all"].concat()>
                    "Open on its own"
                </a>
                {content}
            </div>
        </details>
    }
    .into_any()
}
