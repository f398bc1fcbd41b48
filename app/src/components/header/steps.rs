//! Undo and redo.

use leptos::prelude::*;

use crate::state::{composer, keys};
use crate::text::shortcuts;

/// The two buttons. With nothing to take back they stay where they are and keep the focus.
#[component]
pub(crate) fn Steps() -> AnyView {
    let state = composer();
    let back = Memo::new(move |_| state.undo.with(|undo| undo.can_go_back()));
    let forward = Memo::new(move |_| state.undo.with(|undo| undo.can_go_forward()));
    let button = move |command: &'static str, label, sign, can: Memo<bool>| {
        view! {
            <button
                type="button"
                class="button button--square"
                data-command=command
                aria-label=label
                title=shortcuts::title(command)
                aria-keyshortcuts=shortcuts::aria(command)
                aria-disabled=move || (!can.get()).then_some("true")
                on:click=move |_| {
                    keys::run(state, command);
                }
            >
                {sign}
            </button>
        }
    };
    view! {
        <div class="header__steps scripted" role="group" aria-label="History of edits">
            {button("undo", "Undo", "↶", back)}
            {button("redo", "Redo", "↷", forward)}
        </div>
    }
    .into_any()
}
