//! NOTES.txt, as Helm prints it after an install.

use leptos::prelude::*;

use crate::state::composer;

/// The notes.
#[component]
pub(crate) fn NotesPanel() -> AnyView {
    let state = composer();
    let notes = Memo::new(move |_| state.shown.with(|shown| shown.notes.clone()));
    let text = move || match notes.get().filter(|notes| !notes.trim().is_empty()) {
        Some(notes) => view! { <pre class="yaml yaml--notes">{notes}</pre> }.into_any(),
        None => view! { <p class="manifests__empty">"This chart prints no notes."</p> }.into_any(),
    };
    text.into_any()
}
