//! The user's overrides as YAML, in step with the form both ways.

use std::time::Duration;

use compose::ValuesPath;
use compose::document::lines_of;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::typing;
use crate::browser;
use crate::components::copy_button::CopyButton;
use crate::components::header::FORM;
use crate::components::prose::prose;
use crate::state::{ComposerState, composer};
use crate::text::{editor, query};
use crate::wire::DOCUMENT;

/// The largest file that is opened, in bytes; what a link cannot carry is told by the server.
const LARGEST: f64 = 1_000_000.0;

/// How long the typing must pause before the text is read.
const PAUSE: Duration = Duration::from_millis(350);

/// The text, what is wrong with it, and what to do with it.
#[component]
pub(super) fn OwnValues() -> AnyView {
    let state = composer();
    let area = NodeRef::<html::Textarea>::new();
    // The text since the last pause.
    let typed = RwSignal::new(None::<String>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // Until somebody listens, the input itself must show what is typed.
    let live = RwSignal::new(false);
    Effect::new(move |_| live.set(true));
    let text = Memo::new(move |_| {
        typed
            .get()
            .or_else(|| Some(state.draft(DOCUMENT)?.text))
            .unwrap_or_else(|| state.document.get())
    });
    let problems = Memo::new(move |_| problems(state));
    let painted = Memo::new(move |_| {
        text.with(|text| problems.with(|problems| editor::html(text, problems)))
    });
    let take = move || {
        if let Some(text) = typed.get_untracked() {
            state.type_document(&text);
            typed.set(None);
        }
    };
    let on_input = move |event| {
        typed.set(Some(event_target_value(&event)));
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(take, PAUSE).ok());
    };
    let leaving = StoredValue::new(false);
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if let Some(area) = area.get_untracked()
            && typing::on_key(&event, &area, leaving)
        {
            state.say("Tab leaves the text now");
        }
    };
    let open = move |event: leptos::ev::Event| {
        browser::read_chosen(&event, LARGEST, move |text| {
            let text = match text {
                Ok(text) => text,
                Err(message) => return state.say(message),
            };
            typed.set(None);
            state.type_document(&text);
            let read = state.draft(DOCUMENT).is_none();
            state.say(if read {
                "File opened"
            } else {
                "The file has a mistake"
            });
        });
    };
    let reset = move |_| {
        typed.set(None);
        state.clear_document();
        state.say("All values are the chart's and the environment's again");
    };
    let address = Memo::new(move |_| {
        text.with(|text| ["data:application/yaml;charset=utf-8,", &query::encode(text)].concat())
    });
    let empty = Memo::new(move |_| text.with(String::is_empty));
    let first = text.with_untracked(|text| editor::content(text));
    view! {
        <section class="values__part" aria-labelledby="values-own">
            <div class="values__head">
                <h3 class="values__title" id="values-own">
                    "Your overrides"
                </h3>
                <CopyButton text label="Copy" said="Overrides copied" class="button button--quiet" />
                <a class="button button--quiet" download="values.yaml" href=address>
                    "Download"
                </a>
                <label class="button button--quiet values__open">
                    "Open file"
                    <input
                        class="visually-hidden"
                        type="file"
                        accept=".yaml,.yml,.json,application/yaml"
                        on:change=open
                    />
                </label>
                <button type="button" class="button button--quiet" disabled=empty on:click=reset>
                    "Reset all"
                </button>
            </div>
            <p class="values__about" id="values-help">
                "What is typed here and what the form changes is the same; comments stay. Tab indents: press Escape, then Tab, to leave."
            </p>
            <div class="editor" class=("editor--live", live) class=("editor--wrong", move || state.document_error().is_some())>
                <pre class="editor__paint" aria-hidden="true" inner_html=painted></pre>
                <textarea
                    class="editor__text"
                    id=DOCUMENT
                    name=DOCUMENT
                    form=FORM
                    rows="8"
                    node_ref=area
                    placeholder="# Nothing is changed yet. Write key: value, or change the form."
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-labelledby="values-own"
                    aria-describedby="values-problems values-help"
                    aria-invalid=move || problems.with(|problems| (!problems.is_empty()).then_some("true"))
                    inner_html=first
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:blur=move |_| take()
                ></textarea>
            </div>
            <div id="values-problems" role="status" aria-label="Problems in your overrides">
                {move || problems_view(state, area, problems.get())}
            </div>
        </section>
    }
    .into_any()
}

/// The lines that will not do, and why: where the text cannot be read; else what the server has
/// against its values.
fn problems(state: ComposerState) -> Vec<(usize, String)> {
    if let Some(error) = state.document_error() {
        let message = match error.hint {
            Some(hint) => [&error.message, "; ", &hint].concat(),
            None => error.message,
        };
        return vec![(error.line, message)];
    }
    let problems = state.preview.with(|preview| preview.problems.clone());
    let paths: Vec<ValuesPath> = problems
        .iter()
        .map(|problem| problem.path.parse().unwrap_or_default())
        .collect();
    let lines = state.document.with(|text| lines_of(text, &paths));
    let mut found: Vec<(usize, String)> = lines
        .into_iter()
        .zip(problems)
        .filter_map(|(line, problem)| {
            Some((line?, [&problem.path, " ", &problem.message].concat()))
        })
        .collect();
    found.sort();
    found
}

fn problems_view(
    state: ComposerState,
    area: NodeRef<html::Textarea>,
    problems: Vec<(usize, String)>,
) -> AnyView {
    let mending = state.document_error().is_some();
    let items = problems
        .into_iter()
        .map(|(line, message)| {
            let go = move |_| {
                if let Some(area) = area.get_untracked() {
                    typing::select_line(&area, line);
                }
            };
            view! {
                <li>
                    <button type="button" class="notice__path" on:click=go>
                        "Line " {line}
                    </button>
                    ": "
                    {prose(&message)}
                </li>
            }
        })
        .collect_view();
    let note = mending.then(|| {
        view! {
            <p class="values__mending">
                "Your text waits here until it is mended. The manifests are those of the last good text; what you change in the form meanwhile is kept. "
                <button type="button" class="button button--quiet" on:click=move |_| state.discard_document()>
                    "Discard my text"
                </button>
            </p>
        }
    });
    view! {
        <ul class="values__problems">{items}</ul>
        {note}
    }
    .into_any()
}
