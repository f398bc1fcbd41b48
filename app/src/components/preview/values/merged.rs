//! All values, merged as Helm merges them, each with its origin. The server makes the text; what
//! of it is shown is a matter of style sheets.

use std::time::Duration;

use compose::Composition;
use leptos::ev::MouseEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::serverfns::merged_values::merged_values;
use crate::state::sequence::Sequence;
use crate::state::{Tab, composer};

/// How long edits and the filter must pause before the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// What may be shown: its name in the style sheet, and on the page.
const SHOWN: [(&str, &str); 3] = [
    ("all", "All"),
    ("other", "Other than the chart's"),
    ("yours", "Changed by you"),
];

/// The merged values; asked for only while somebody looks at them.
#[component]
pub(super) fn MergedValues() -> AnyView {
    let state = composer();
    let filter = RwSignal::new(String::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let sequence = StoredValue::new(Sequence::default());
    let ask = move || {
        let composition = state.composition.get_untracked();
        let mut number = 0;
        sequence.update_value(|sequence| number = sequence.send());
        leptos::task::spawn_local(async move {
            let answer = merged_values(composition, filter.get_untracked()).await;
            // A server that is gone is told elsewhere, and the last values stay.
            if let Ok(html) = answer
                && sequence.try_update_value(|sequence| sequence.accept(number)) == Some(true)
            {
                state.merged.set(html);
            }
        });
    };
    Effect::new(move |before: Option<Option<(Composition, String)>>| {
        let before = before.flatten();
        if state.tab.get() != Tab::Values {
            return before;
        }
        let wanted = (state.composition.get(), filter.get());
        // The first ones may have come with the page.
        let there = before.is_none() && state.merged.with_untracked(|html| !html.is_empty());
        if !there && before.as_ref() != Some(&wanted) {
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        }
        Some(wanted)
    });
    let jump = move |event: MouseEvent| {
        let line = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|target| target.closest("[name=field]").ok().flatten());
        if let Some(path) = line.and_then(|line| line.get_attribute("value")) {
            event.prevent_default();
            state.jump(&path);
        }
    };
    let waiting =
        Memo::new(move |_| state.merged.with(String::is_empty) && filter.with(String::is_empty));
    let choices = SHOWN.map(|(name, title)| {
        view! {
            <label class="merged__choice">
                <input type="radio" name="merged" value=name checked=name == "all" />
                {title}
            </label>
        }
        .into_any()
    });
    view! {
        <section class="values__part merged" aria-labelledby="values-all">
            <div class="values__head">
                <h3 class="values__title" id="values-all">
                    "All values, merged"
                </h3>
                <input
                    class="input merged__filter"
                    type="search"
                    aria-label="Filter the merged values"
                    placeholder="Filter by path or value"
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| filter.set(event_target_value(&event))
                />
            </div>
            <fieldset class="merged__choices">
                <legend class="visually-hidden">"Which values are shown"</legend>
                {choices}
            </fieldset>
            <div class="merged__lines" on:click=jump inner_html=state.merged></div>
            <p class="merged__none" hidden=waiting>"There are no such values."</p>
        </section>
    }
    .into_any()
}
