//! The header: what is composed, for which environment and release, and what to do with it.

mod downloads;
mod environments;
mod release;
mod share;
mod steps;

use leptos::prelude::*;

use crate::state::composer;
use crate::text::query;
use downloads::Downloads;
use environments::Environments;
use release::ReleaseFields;
use share::{Install, Share};
use steps::Steps;

/// The id of the form that carries the composition where there is no WebAssembly.
pub(crate) const FORM: &str = "composition";

/// The page's header.
#[component]
pub(crate) fn Header() -> AnyView {
    let chart = composer().fixed().data.chart.clone();
    view! {
        <header class="header">
            <h1 class="header__brand">
                <Mark />
                "Chartroom"
                <span class="header__chart">
                    "▸ " <span class="header__chart-name">{chart.name}</span> " " {chart.version}
                </span>
            </h1>
            <form
                class="header__form"
                id=FORM
                action="/"
                method="get"
                autocomplete="off"
                on:submit=move |event| event.prevent_default()
            >
                <Environments />
                <ReleaseFields />
                <Carried />
                <noscript>
                    <button class="button">"Apply"</button>
                </noscript>
            </form>
            <div class="header__actions">
                <Steps />
                <Share />
                <Downloads />
                <Install />
            </div>
        </header>
    }
    .into_any()
}

/// What the link says beside the inputs of the header, so that submitting the form keeps it.
#[component]
fn Carried() -> impl IntoView {
    let state = composer();
    // The first query only: once there is WebAssembly nobody submits this form.
    let first = state.preview.get_untracked().query.clone();
    let inputs = ["env", "release", "namespace", "kube"];
    query::pairs(&first)
        .into_iter()
        .filter(|(key, _)| !inputs.contains(&key.as_str()))
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect_view()
}

/// The mark: a compass needle.
#[component]
fn Mark() -> AnyView {
    view! {
        <svg class="header__mark" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" stroke-width="1.2" />
            <path d="M10 1.5l2.2 7.6L10 18.5 7.8 9.1z" fill="currentColor" />
        </svg>
    }
    .into_any()
}
