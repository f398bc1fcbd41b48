//! The API versions that the cluster has beside the built-in ones: well-known ones to tick, and an
//! input for any other. Boxes that are ticked are what a form sends, so this needs no WebAssembly.

use compose::release::{KNOWN_API_VERSIONS, check_api_version};
use leptos::html;
use leptos::prelude::*;

use crate::components::prose::prose;
use crate::state::composer;

/// Their key in a link.
pub(super) const KEY: &str = "api-versions";

/// The choice.
#[component]
pub(super) fn ApiVersions() -> AnyView {
    let state = composer();
    let input = NodeRef::<html::Input>::new();
    let chosen = Memo::new(move |_| {
        state
            .composition
            .with(|now| now.release.api_versions.clone())
    });
    let rows = Memo::new(move |_| {
        let mut rows = KNOWN_API_VERSIONS.map(str::to_owned).to_vec();
        chosen.with(|chosen| {
            let others = chosen
                .iter()
                .filter(|api| !KNOWN_API_VERSIONS.contains(&api.as_str()));
            rows.extend(others.cloned());
        });
        rows
    });
    let draft = Memo::new(move |_| state.draft(KEY));
    let add = move || {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let text = input.value().trim().to_owned();
        match check_api_version(&text) {
            _ if text.is_empty() => state.drop_draft(KEY),
            Err(message) => state.keep_draft(KEY, text, message),
            Ok(()) => {
                input.set_value("");
                state.drop_draft(KEY);
                state.say(&[&text, " added"].concat());
                choose(state, text, true);
            }
        }
    };
    let row = move |api: String| {
        let ticked = {
            let api = api.clone();
            Memo::new(move |_| chosen.with(|chosen| chosen.contains(&api)))
        };
        let value = api.clone();
        let shown = api.clone();
        view! {
            <label class="release__check">
                <input
                    type="checkbox"
                    name=KEY
                    value=value
                    checked=ticked.get_untracked()
                    prop:checked=ticked
                    on:change=move |event| choose(state, api.clone(), event_target_checked(&event))
                />
                <code>{shown}</code>
            </label>
        }
    };
    view! {
        <fieldset class="release__apis" aria-describedby="release-apis-about">
            <legend class="release__label">"Extra API versions"</legend>
            <p class="field__about" id="release-apis-about">
                "What the cluster has beside Kubernetes' own (--api-versions); charts ask for them."
            </p>
            <For each=move || rows.get() key=Clone::clone children=row />
            <div class="release__other">
                <input
                    class="input"
                    name=KEY
                    node_ref=input
                    value=draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.text.clone()))
                    aria-label="Another API version"
                    placeholder="group/version"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || draft.with(|draft| draft.is_some().then_some("true"))
                    aria-describedby=move || draft.with(|draft| draft.is_some().then_some("release-apis-message"))
                    on:change=move |_| add()
                />
                <button type="button" class="button" on:click=move |_| add()>
                    "Add"
                </button>
            </div>
            {move || {
                draft
                    .get()
                    .map(|draft| {
                        view! {
                            <p class="field__message" id="release-apis-message">
                                {prose(&draft.message)}
                            </p>
                        }
                    })
            }}
        </fieldset>
    }
    .into_any()
}

/// Takes an API version in, or out.
fn choose(state: crate::state::ComposerState, api: String, on: bool) {
    state.edit("", |now| {
        let chosen = &mut now.release.api_versions;
        chosen.retain(|other| *other != api);
        if on {
            chosen.push(api);
            chosen.sort();
        }
    });
}
