//! Two environments side by side: only what differs. The server draws it.

use compose::BASE;
use leptos::prelude::*;

use crate::browser;
use crate::components::header::FORM;
use crate::state::{Tab, composer};

/// The button of a page without scripts. As a text: where there are scripts, that is what the
/// browser makes of it, and the framework must not look for elements in it.
const SUBMIT: &str = "<button class=\"button\" form=\"composition\" name=\"tab\" value=\"compare\">\
                      Compare</button>";

/// Which two, and what differs between them.
#[component]
pub(crate) fn ComparePanel() -> AnyView {
    let state = composer();
    let comparing = state.comparing;
    // Part of the form without WebAssembly, but only of a page that is about comparing.
    let asked = state.tab.get_untracked() == Tab::Compare;
    let select = move |label: &'static str, name: &'static str, chosen: RwSignal<String>| {
        let fixed = state.fixed();
        let environments = fixed.data.environments.iter();
        let options = std::iter::once(BASE)
            .chain(environments.map(|environment| &*environment.name))
            .map(|name| {
                let selected = chosen.with_untracked(|chosen| chosen == name);
                view! { <option value=name.to_owned() selected=selected>{name.to_owned()}</option> }
            })
            .collect_view();
        view! {
            <label class="compare__choice">
                {label}
                <select
                    class="input"
                    name=asked.then_some(name)
                    form=FORM
                    prop:value=chosen
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    {options}
                </select>
            </label>
        }
    };
    let jump = move |event: leptos::ev::MouseEvent| {
        if let Some(path) = browser::around(&event, "[data-path]") {
            state.jump(&path.get_attribute("data-path").unwrap_or_default());
        }
    };
    let busy = move || state.tab.get() == Tab::Compare && comparing.report.with(String::is_empty);
    view! {
        <div class="compare">
            <div class="compare__choices">
                {select("Left", "left", comparing.left)} {select("Right", "right", comparing.right)}
                <label class="compare__choice">
                    <input
                        type="checkbox"
                        prop:checked=comparing.mine
                        checked=comparing.mine.get_untracked()
                        on:change=move |event| comparing.mine.set(event_target_checked(&event))
                    />
                    "With my changes"
                </label>
                <noscript inner_html=SUBMIT></noscript>
            </div>
            <p hidden=move || !busy()>"Comparing …"</p>
            <div inner_html=comparing.report on:click=jump></div>
        </div>
    }
    .into_any()
}
