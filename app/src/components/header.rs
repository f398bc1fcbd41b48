//! The header: what is composed, for which environment and release, and what to do with it.

mod downloads;
mod environments;
mod release;
mod share;
mod steps;

use leptos::prelude::*;

use crate::components::help::Help;
use crate::components::history::History;
use crate::components::later::later;
use crate::components::search::{Search, SearchLine};
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
    view! {
        <header class="header">
            <h1 class="header__brand">
                <Mark />
                "Chartroom"
                <ChartName />
            </h1>
            <form
                class="header__form"
                id=FORM
                action="/apply"
                method="post"
                autocomplete="off"
                on:submit=move |event| event.prevent_default()
            >
                <Environments />
                {later(ReleaseFields)}
                <Carried />
                // First of the form's buttons, so that Enter in an input presses this one.
                <button type="submit" class="button scriptless">
                    "Apply"
                </button>
            </form>
            <div class="header__actions">
                {later(Search)}
                {later(Steps)}
                {later(History)}
                {later(Share)}
                {later(Downloads)}
                {later(Install)}
                {later(Help)}
            </div>
            {later(SearchLine)}
        </header>
    }
    .into_any()
}

/// What the page was drawn from, so that the server knows which inputs were changed, and what is
/// open in it. Once there is WebAssembly nobody submits this form, so the first page's will do.
#[component]
fn Carried() -> AnyView {
    let state = composer();
    let fixed = state.fixed();
    let mut pairs = vec![
        ("base".to_owned(), fixed.data.preview.query.clone()),
        ("show".to_owned(), state.card.get_untracked()),
    ];
    pairs.extend_from_slice(&fixed.view.carried);
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
        .into_any()
}

/// The chart's name; where the server has several, a menu of them.
#[component]
fn ChartName() -> AnyView {
    let fixed = composer().fixed();
    let (chart, charts) = (&fixed.data.chart, &fixed.data.charts);
    let name = view! {
        "▸ "
        <span class="header__chart-name">{chart.name.clone()}</span>
        " "
        {chart.version.clone()}
    };
    if charts.len() < 2 {
        return view! { <span class="header__chart">{name}</span> }.into_any();
    }
    let items: Vec<AnyView> = charts
        .iter()
        .map(|other| {
            let href = ["/?chart=", &query::encode(&other.name)].concat();
            let version = [" ", &other.version].concat();
            view! {
                <li>
                    <a
                        class="menu__item"
                        href=href
                        aria-current=(other.name == chart.name).then_some("true")
                    >
                        <span>{other.name.clone()} {version}</span>
                        <span class="menu__hint">{other.description.clone()}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <details class="menu header__charts" data-menu="">
            <summary class="menu__summary header__chart" aria-label="Chart">
                {name}
            </summary>
            <ul class="menu__list">{items}</ul>
        </details>
    }
    .into_any()
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
