//! The keyboard shortcuts, as the table has them, and the choice to do without single letters.

use leptos::html;
use leptos::prelude::*;

use super::dialog::{self, Dialog};
use crate::browser;
use crate::state::keys;
use crate::text::shortcuts;

/// The `?` button and its dialog.
#[component]
pub(crate) fn Help() -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    // Written when it is opened: on a Mac the keys are others.
    let table = RwSignal::new(String::new());
    let letters = RwSignal::new(true);
    let open = move |_| {
        table.set(shortcuts::help(browser::is_mac()));
        letters.set(keys::letters());
        dialog::open(node);
    };
    view! {
        <button
            type="button"
            class="button button--square scripted header__help"
            data-command="help"
            aria-label="Keyboard shortcuts"
            title=shortcuts::title("help")
            aria-keyshortcuts=shortcuts::aria("help")
            on:click=open
        >
            "?"
        </button>
        <Dialog node id="help" title="Keyboard shortcuts">
            <div class="help" inner_html=table></div>
            <label class="help__letters">
                <input
                    type="checkbox"
                    prop:checked=letters
                    on:change=move |event| keys::choose_letters(event_target_checked(&event))
                />
                "Shortcuts without Ctrl or ⌘ (single letters and signs)"
            </label>
        </Dialog>
    }
    .into_any()
}
