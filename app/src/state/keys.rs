//! The keyboard: one listener for the whole page, which finds a shortcut in the table and runs it.
//!
//! Undo in a text input: where the input is one of the form's and what it holds is a value, our
//! undo takes the whole edit back, as it does everywhere else on the page. Where the text is no
//! value yet (it is marked as wrong), or the input is not part of the composition (search, names,
//! the YAML editor), the browser's own undo works on the letters.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{ComposerState, Pane, Tab};
use crate::browser;
use crate::text::shortcuts::{self, Found};

/// Starts to listen. Effects do not run on the server, so there it does nothing.
pub(crate) fn listen(state: ComposerState) {
    // What was pressed of a shortcut of two keys.
    let begun = StoredValue::new(String::new());
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| on_key(state, begun, &event));
        on_cleanup(move || handle.remove());
    });
}

fn on_key(state: ComposerState, begun: StoredValue<String>, event: &KeyboardEvent) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let Some(pressed) = pressed(event) else {
        return;
    };
    let before = begun.get_value();
    begun.set_value(String::new());
    // A dialog keeps the keys to itself.
    let dialog = document().query_selector("dialog[open]");
    if !matches!(dialog, Ok(None)) {
        return;
    }
    if pressed == "Escape" && browser::close_menu() {
        event.prevent_default();
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let typing = target.as_ref().is_some_and(takes_letters);
    if !pressed.starts_with("Mod+") && (typing || !letters()) {
        return;
    }
    match shortcuts::find(&before, &pressed) {
        Found::Command(name) => {
            if typing && matches!(name, "undo" | "redo") && !target.as_ref().is_some_and(is_ours) {
                return;
            }
            if run(state, name) {
                event.prevent_default();
            }
        }
        Found::Begun => begun.set_value(pressed),
        Found::Nothing => {}
    }
}

/// The key as the table writes it: `Mod+Shift+Z`, `?`, `G`.
fn pressed(event: &KeyboardEvent) -> Option<String> {
    let mut key = event.key();
    let code = event.code();
    let command = (event.ctrl_key() && !event.alt_key()) || event.meta_key();
    // Letters of other alphabets: the key that stands in a Latin letter's place.
    if key.chars().count() == 1
        && !key.is_ascii()
        && let Some(letter) = code.strip_prefix("Key")
    {
        key = letter.to_owned();
    }
    if matches!(key.as_str(), "Control" | "Shift" | "Alt" | "Meta" | "") {
        return None;
    }
    let letter = key.len() == 1 && key.as_bytes()[0].is_ascii_alphabetic();
    if event.alt_key() && letter {
        return None;
    }
    let mut out = String::new();
    if command {
        out.push_str("Mod+");
    }
    // The shift in `?` is how it is typed, not what it means.
    if event.shift_key() && (letter || key.len() > 1) {
        out.push_str("Shift+");
    }
    out.push_str(&if letter { key.to_uppercase() } else { key });
    Some(out)
}

/// Whether letters typed in an element are its own.
fn takes_letters(element: &web_sys::Element) -> bool {
    element
        .matches(
            "textarea, select, [contenteditable], \
             input:not([type=radio], [type=checkbox], [type=range], [type=button])",
        )
        .unwrap_or(false)
}

/// Whether a text input is part of the composition and holds a value.
fn is_ours(element: &web_sys::Element) -> bool {
    element
        .matches(":is(.field, .release) :is(input, textarea, select):not([aria-invalid=true])")
        .unwrap_or(false)
}

/// Runs a command; says whether there was one. Those that are not of the page's state press the
/// button that carries their name in `data-command`.
pub(crate) fn run(state: ComposerState, name: &str) -> bool {
    match name {
        "undo" => state.undo(),
        "redo" => state.redo(),
        "go-services" => {
            state.pane.set(Pane::Services);
            browser::focus_first(".services [aria-current], .services a");
        }
        "go-settings" => {
            state.pane.set(Pane::Settings);
            browser::focus_first(".settings__title");
        }
        "go-preview" => {
            state.pane.set(Pane::Preview);
            browser::focus_first("[role=tab][aria-selected=true]");
        }
        "environments" => browser::focus_first(".environments__input:checked"),
        "next-tab" => turn_tab(state, 1),
        "previous-tab" => turn_tab(state, Tab::ALL.len() - 1),
        _ => {
            if let Some(tab) = name.strip_prefix("tab-") {
                return open_tab(state, tab);
            }
            return press(name);
        }
    }
    true
}

/// Opens the tab that is `by` further on, around at the end.
fn turn_tab(state: ComposerState, by: usize) {
    let now = Tab::ALL
        .iter()
        .position(|tab| *tab == state.tab.get_untracked())
        .unwrap_or(0);
    state.tab.set(Tab::ALL[(now + by) % Tab::ALL.len()]);
}

/// Where this browser keeps the choice to do without single letters.
const LETTERS: &str = "chartroom.letters";

/// Whether keys without Ctrl or ⌘ do anything: people who speak to their computer may not want it.
pub(crate) fn letters() -> bool {
    browser::kept(LETTERS).as_deref() != Some("off")
}

/// Chooses that.
pub(crate) fn choose_letters(on: bool) {
    browser::keep(LETTERS, if on { "on" } else { "off" });
}

/// Opens a tab of the preview by its number from 1.
fn open_tab(state: ComposerState, number: &str) -> bool {
    let tab = number
        .parse::<usize>()
        .ok()
        .and_then(|number| Tab::ALL.get(number.checked_sub(1)?));
    if let Some(tab) = tab {
        state.tab.set(*tab);
    }
    tab.is_some()
}

/// Presses the button of a command.
fn press(name: &str) -> bool {
    let selector = ["[data-command=", name, "]"].concat();
    let button = document()
        .query_selector(&selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}
