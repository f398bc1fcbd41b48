//! The Checks tab: everything that is wrong or worth knowing in one list, gravest first, each with
//! the way to it and what mends it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::header::FORM;
use super::prose::prose;
use crate::state::{ComposerState, composer};
use crate::wire::{Check, Gravity, Mend};

/// The list.
#[component]
pub(crate) fn ChecksPanel() -> AnyView {
    let state = composer();
    view! {
        <div class="checks">
            {move || {
                let checks = state.checks.get();
                if checks.is_empty() {
                    view! {
                        <p class="checks__empty">
                            "Nothing to settle: the chart renders, every service has what it needs."
                        </p>
                    }
                        .into_any()
                } else {
                    let items: Vec<AnyView> = checks.into_iter().map(|check| item(state, check)).collect();
                    view! { <ul class="checks__list">{items}</ul> }.into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// One check.
fn item(state: ComposerState, check: Check) -> AnyView {
    let (class, gravity) = match check.gravity {
        Gravity::Error => ("check check--error", "Error"),
        Gravity::Warning => ("check check--warning", "Warning"),
        Gravity::Advice => ("check", "Advice"),
    };
    let mut tools = Vec::new();
    let Check { path, resource, .. } = check;
    if !check.card.is_empty() {
        let target = path.clone();
        let go = Callback::new(move |()| state.jump(&target));
        tools.push(button(
            "check__go",
            "field",
            path.clone(),
            path.into_any(),
            go,
        ));
    }
    if !resource.is_empty() {
        let words = ["Show ", &resource].concat();
        let go = Callback::new(move |()| state.reveal(&resource));
        tools.push(button(
            "check__go",
            "tab",
            "manifests".to_owned(),
            words.into_any(),
            go,
        ));
    }
    tools.extend(mends(state, check.mends, "panel-checks"));
    let detail = (!check.detail.is_empty())
        .then(|| view! { <p class="check__detail">{prose(&check.detail)}</p> });
    view! {
        <li class=class>
            <p class="check__head">
                <span class="check__gravity">{gravity}</span>
                <span class="check__code">{check.code}</span>
            </p>
            <div class="check__message">{prose(&check.message)}</div>
            {detail}
            <div class="check__tools">{tools}</div>
        </li>
    }
    .into_any()
}

/// The buttons of mends; `focus` is where the focus goes when they are gone.
pub(crate) fn mends(state: ComposerState, mends: Vec<Mend>, focus: &str) -> Vec<AnyView> {
    mends
        .into_iter()
        .map(|mend| {
            let focus = focus.to_owned();
            let title = mend.title.clone();
            // Without scripts a submit does one thing: it sets values, or it goes somewhere.
            let (name, value) = if mend.set.is_empty() {
                ("field", mend.jump.clone())
            } else {
                ("set", mend.set.clone())
            };
            let go = Callback::new(move |()| state.mend(&mend, &focus));
            button("button check__mend", name, value, title.into_any(), go)
        })
        .collect()
}

/// A button that is the form's own where there is no script.
pub(crate) fn button(
    class: &'static str,
    name: &'static str,
    value: String,
    words: AnyView,
    go: Callback<()>,
) -> AnyView {
    let press = move |event: MouseEvent| {
        event.prevent_default();
        go.run(());
    };
    view! {
        <button type="submit" form=FORM class=class name=name value=value on:click=press>
            {words}
        </button>
    }
    .into_any()
}
