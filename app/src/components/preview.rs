//! The column of results: manifests, notes, merged values.

mod compare;
mod images;
mod manifests;
mod notes;
mod resource;
mod values;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::components::checks::ChecksPanel;
use crate::components::header::FORM;
use crate::components::later::later;
use crate::state::{Tab, composer};
use compare::ComparePanel;
use images::ImagesPanel;
#[cfg(feature = "ssr")]
pub(crate) use manifests::LIST;
use manifests::ManifestsPanel;
use notes::NotesPanel;
use values::ValuesPanel;

/// The tabs and the open one's panel.
#[component]
pub(crate) fn PreviewPane() -> AnyView {
    let state = composer();
    let list = NodeRef::<html::Div>::new();
    let count = move || match state.problems() {
        (0, 0) => String::new(),
        (errors, warnings) => [" (", &(errors + warnings).to_string(), ")"].concat(),
    };
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| {
            let open = Memo::new(move |_| state.tab.get() == tab);
            view! {
                <button
                    type="submit"
                    form=FORM
                    name="tab"
                    value=tab.as_str()
                    class="tabs__tab"
                    role="tab"
                    id=format!("tab-{}", tab.as_str())
                    aria-controls=format!("panel-{}", tab.as_str())
                    aria-selected=move || if open.get() { "true" } else { "false" }
                    tabindex=move || if open.get() { "0" } else { "-1" }
                    on:click=move |event| {
                        event.prevent_default();
                        state.tab.set(tab);
                    }
                >
                    {tab.title()}
                    {(tab == Tab::Checks).then_some(count)}
                </button>
            }
        })
        .collect_view();
    // The arrow keys move between tabs, as everywhere.
    let on_key = move |event: KeyboardEvent| {
        let now = Tab::ALL
            .iter()
            .position(|tab| *tab == state.tab.get_untracked())
            .unwrap_or(0);
        let last = Tab::ALL.len() - 1;
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % Tab::ALL.len(),
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        state.tab.set(Tab::ALL[next]);
        focus_child(list, next);
    };
    view! {
        <section class="composer__pane composer__pane--preview" aria-label="Preview" tabindex="-1">
            <h2 class="visually-hidden">"Preview"</h2>
            <div class="tabs">
                <div class="tabs__list" role="tablist" aria-label="Preview" node_ref=list on:keydown=on_key>
                    {tabs}
                </div>
            </div>
            <Panel tab=Tab::Manifests draw=ManifestsPanel />
            <Panel tab=Tab::Checks draw=ChecksPanel />
            <Panel tab=Tab::Values draw=ValuesPanel />
            <Panel tab=Tab::Images draw=ImagesPanel />
            <Panel tab=Tab::Notes draw=NotesPanel />
            <Panel tab=Tab::Compare draw=ComparePanel />
        </section>
    }.into_any()
}

/// The panel of a tab.
#[component]
fn Panel(
    /// Its tab.
    tab: Tab,
    /// What it shows.
    draw: fn() -> AnyView,
) -> AnyView {
    let state = composer();
    view! {
        <div
            class="tabs__panel"
            role="tabpanel"
            id=format!("panel-{}", tab.as_str())
            aria-labelledby=format!("tab-{}", tab.as_str())
            tabindex="0"
            hidden=move || state.tab.get() != tab
        >
            {later(draw)}
        </div>
    }
    .into_any()
}

fn focus_child(list: NodeRef<html::Div>, index: usize) {
    use wasm_bindgen::JsCast;

    let child = list
        .get_untracked()
        .and_then(|list| list.children().item(u32::try_from(index).unwrap_or(0)))
        .and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(child) = child {
        let _ = child.focus();
    }
}
