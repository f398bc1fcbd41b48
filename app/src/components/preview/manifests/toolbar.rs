//! What stands above the manifests: a filter, what they are compared with, the way from change to
//! change, and how many there are.

use leptos::ev;
use leptos::prelude::*;

use super::LIST;
use crate::browser;
use crate::state::composer;
use crate::state::marks::Against;
use crate::text::{download, manifest, query, shortcuts, units};

/// The bar.
#[component]
pub(super) fn Toolbar() -> AnyView {
    let state = composer();
    let looking = state.looking;
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !looking.filter.with_untracked(String::is_empty) {
            event.stop_propagation();
            looking.filter.set(String::new());
        }
    };
    let fold = move |open: bool| {
        browser::fold(LIST, "resource__fold", open);
        if open {
            browser::fold(LIST, "manifests__fold", open);
        }
    };
    view! {
        <div class="manifests-bar">
            <div class="manifests-bar__row scripted">
                <input
                    class="input manifests-bar__filter"
                    type="search"
                    aria-label="Filter manifests"
                    placeholder="Kind, name or text"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=looking.filter
                    value=looking.filter.get_untracked()
                    on:input=move |event| looking.filter.set(event_target_value(&event))
                    on:keydown=on_key
                />
                <button type="button" class="button button--quiet" on:click=move |_| fold(false)>
                    "Collapse all"
                </button>
                <button type="button" class="button button--quiet" on:click=move |_| fold(true)>
                    "Expand all"
                </button>
            </div>
            <div class="manifests-bar__row">
                <Comparison />
                <label class="manifests-bar__only scripted">
                    <input
                        type="checkbox"
                        prop:checked=looking.changes_only
                        on:change=move |event| looking.changes_only.set(event_target_checked(&event))
                    />
                    "Changes only"
                </label>
            </div>
            <div class="manifests-bar__row">
                <p class="manifests-bar__sums" role="status" inner_html=sums()></p>
                <Steps />
            </div>
        </div>
    }
    .into_any()
}

/// What the manifests are compared with: links, so that they work without WebAssembly.
#[component]
fn Comparison() -> AnyView {
    let state = composer();
    let against = state.looking.against;
    let choices = Against::ALL
        .into_iter()
        .map(|choice| {
            let title = move || match choice {
                Against::Edit => "last edit".to_owned(),
                Against::Environment => state
                    .composition
                    .with(|now| ["untouched ", &now.environment].concat()),
                Against::Nothing => "off".to_owned(),
            };
            let query = query::with_pair(
                &state.links().get_untracked().query,
                "against",
                choice.as_str(),
            );
            view! {
                <a
                    class="segments__choice"
                    href=download::download("/", &query, "")
                    aria-current=move || (against.get() == choice).then_some("true")
                    on:click=move |event| {
                        event.prevent_default();
                        against.set(choice);
                    }
                >
                    {title}
                </a>
            }
        })
        .collect_view();
    view! {
        <span class="manifests-bar__against" aria-hidden="true">
            "Changes since"
        </span>
        <div class="segments" role="group" aria-label="Mark changes against">
            {choices}
        </div>
    }
    .into_any()
}

/// Two buttons from change to change.
#[component]
fn Steps() -> AnyView {
    let state = composer();
    let looking = state.looking;
    let none = Memo::new(move |_| looking.seen.with(|seen| seen.stops == 0));
    let place = move || {
        let stops = looking.seen.with(|seen| seen.stops);
        match looking.step.get() {
            0 => units::count(stops, "change"),
            step => [&step.to_string(), " of ", &stops.to_string()].concat(),
        }
    };
    let button = move |forward: bool| {
        let (name, command, sign) = if forward {
            ("Next change", "next-change", "↓")
        } else {
            ("Previous change", "previous-change", "↑")
        };
        view! {
            <button
                type="button"
                class="button button--quiet"
                aria-label=name
                title=shortcuts::title(command)
                aria-keyshortcuts=shortcuts::aria(command)
                data-command=command
                aria-disabled=move || none.get().then_some("true")
                on:click=move |_| state.walk(forward)
            >
                {sign}
            </button>
        }
    };
    view! {
        <div class="manifests-bar__steps scripted">
            {button(false)} <span class="manifests-bar__place">{place}</span> {button(true)}
        </div>
    }
    .into_any()
}

/// How many resources and lines are shown, and what changed in all of them.
fn sums() -> Memo<String> {
    let state = composer();
    let looking = state.looking;
    Memo::new(move |_| {
        let shown = state.shown.get();
        let (seen, marks) = (looking.seen.get(), looking.marks.get());
        let mut out = String::new();
        if seen.resources < shown.len() {
            out.push_str(&seen.resources.to_string());
            out.push_str(" of ");
        }
        out.push_str(&units::count(shown.len(), "resource"));
        out.push_str(" · ");
        out.push_str(&units::count(seen.lines, "line"));
        if !looking.filter.with(String::is_empty) {
            out.push_str(" · found in ");
            out.push_str(&units::count(seen.found, "line"));
        }
        if marks.len() > 0 {
            out.push_str(" · ");
            out.push_str(&marks.len().to_string());
            out.push_str(" changed ");
            let (added, removed) = marks.lines();
            out.push_str(&manifest::delta(added, removed));
        }
        out
    })
}
