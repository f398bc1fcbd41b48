//! The history: compositions kept in this browser, to go back to, compare, and carry elsewhere.

use leptos::ev::{Event, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialog::{self, Dialog};
use crate::browser;
use crate::state::{ComposerState, composer};
use crate::text::history::{self, Look};
use crate::text::{shortcuts, units};

/// The largest file that is read.
const LARGEST: f64 = 10_000_000.0;

/// The History button and its dialog.
#[component]
pub(crate) fn History() -> AnyView {
    let state = composer();
    let node = NodeRef::<html::Dialog>::new();
    let opened = RwSignal::new(false);
    let look = RwSignal::new(Look::default());
    let entries = Memo::new(move |_| {
        state.kept_count.track();
        if opened.get() {
            state.kept()
        } else {
            Vec::new()
        }
    });
    let list = move || {
        let fixed = state.fixed();
        entries.with(|entries| {
            state.composition.with(|now| {
                look.with(|look| {
                    history::html(entries, look, now, fixed.data.secrets(), &browser::time)
                })
            })
        })
    };
    let export = move |_| {
        let text = entries.with_untracked(|entries| history::print(entries));
        if !browser::download("chartroom-history.json", &text) {
            state.say("This browser did not make the file");
        }
    };
    let open = move |_| {
        look.set(Look::default());
        state.said.set(String::new());
        opened.set(true);
        dialog::open(node);
    };
    let save = move |_| {
        if state.keep_now() {
            state.say("Saved to the history");
        }
    };
    let close = move || {
        if let Some(node) = node.get_untracked() {
            node.close();
        }
    };
    let act = move |event: MouseEvent| {
        if let Some((act, id)) = act_of(&event) {
            run(state, look, &act, id, &close);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(id) = look.with_untracked(|look| look.renamed.clone()) else {
            return;
        };
        match event.key().as_str() {
            // On a button Enter presses the button.
            "Enter" if act_of(&event).is_none() => rename(state, look, &id),
            // The name is left as it was; the dialog stays.
            "Escape" => {
                look.update(|look| look.renamed = None);
                browser::focus_soon(["kept-rename-", &id].concat());
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <button
            type="button"
            class="button scripted"
            data-command="history"
            title=shortcuts::title("history")
            aria-keyshortcuts=shortcuts::aria("history")
            on:click=open
        >
            "History"
        </button>
        <button type="button" hidden data-command="save" on:click=save></button>
        <Dialog node id="history" title="History">
            <p class="dialog__note">
                "Compositions that were downloaded, copied or saved, kept in this browser without their secrets: "
                {history::MOST}
                " at most, of which the oldest without a star go first."
            </p>
            <div class="dialog__actions kept__bar">
                <button
                    type="button"
                    class="button button--primary"
                    title=shortcuts::title("save")
                    aria-keyshortcuts=shortcuts::aria("save")
                    on:click=save
                >
                    "Save now"
                </button>
                <button type="button" class="button" on:click=export>
                    "Export"
                </button>
                <label class="button kept__file">
                    "Import"
                    <input
                        class="visually-hidden"
                        type="file"
                        accept="application/json,.json"
                        aria-label="Import a history file"
                        on:change=move |event| import(state, &event)
                    />
                </label>
                <span class="kept__said" role="status">{state.said}</span>
            </div>
            {move || {
                (opened.get() && entries.with(Vec::is_empty))
                    .then(|| view! { <p class="dialog__note">"Nothing is kept yet."</p> })
            }}
            <div class="kept" inner_html=list on:click=act on:keydown=on_key></div>
        </Dialog>
    }
    .into_any()
}

/// What was pressed, and of which entry.
fn act_of(event: &Event) -> Option<(String, String)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let button = target.closest("[data-act]").ok()??;
    Some((
        button.get_attribute("data-act")?,
        button.get_attribute("data-id")?,
    ))
}

/// Does what a button of an entry says; the focus stays where the person is.
fn run(state: ComposerState, look: RwSignal<Look>, act: &str, id: String, close: &dyn Fn()) {
    let mut focus = ["kept-", act, "-", &id].concat();
    match act {
        "open" => {
            if let Some(entry) = state.kept().into_iter().find(|entry| entry.id == id) {
                close();
                state.open_kept(&entry);
            }
            return;
        }
        "compare" => look.update(|look| {
            look.compared = (look.compared.as_deref() != Some(id.as_str())).then_some(id);
        }),
        "rename" if look.with_untracked(|look| look.renamed.as_ref() == Some(&id)) => {
            return rename(state, look, &id);
        }
        "rename" => {
            focus = ["kept-name-", &id].concat();
            look.update(|look| look.renamed = Some(id));
        }
        "star" => {
            state.keep(|entries| {
                if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
                    entry.star = !entry.star;
                }
            });
        }
        "delete" => {
            let done = state.keep(|entries| {
                if let Some(at) = entries.iter().position(|entry| entry.id == id) {
                    entries.remove(at);
                    let neighbour = entries.get(at).or(entries.last());
                    focus = neighbour
                        .map_or_else(String::new, |entry| ["kept-delete-", &entry.id].concat());
                }
            });
            if done {
                state.say("Deleted from the history");
            }
        }
        _ => return,
    }
    if focus.is_empty() {
        browser::focus_first("dialog[open] button");
    } else {
        browser::focus_soon(focus);
    }
}

/// Takes the name that was typed for an entry.
fn rename(state: ComposerState, look: RwSignal<Look>, id: &str) {
    let title = document()
        .get_element_by_id(&["kept-name-", id].concat())
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok())
        .map(|input| input.value().trim().to_owned());
    look.update(|look| look.renamed = None);
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        state.keep(|entries| {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) {
                entry.title = title;
            }
        });
    }
    browser::focus_soon(["kept-rename-", id].concat());
}

/// Reads the chosen file and merges what is in it.
fn import(state: ComposerState, event: &Event) {
    browser::read_chosen(event, LARGEST, move |text| match text {
        Ok(text) => take(state, &text),
        Err(message) => state.say(message),
    });
}

fn take(state: ComposerState, text: &str) {
    match history::read(text, state.fixed().data.secrets()) {
        Ok(more) => {
            let mut came = 0;
            if state.keep(|entries| came = history::merge(entries, more)) {
                state.say(&[&units::count(came, "composition"), " imported"].concat());
            }
        }
        Err(message) => state.say(&message),
    }
}
