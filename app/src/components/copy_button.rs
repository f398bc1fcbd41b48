//! A button that copies a text.

use leptos::prelude::*;

use crate::browser;
use crate::state::composer;

/// Copies a text and says so.
#[component]
pub(crate) fn CopyButton(
    /// What it copies, read when pressed.
    #[prop(into)]
    text: Signal<String>,
    /// What stands on it.
    label: &'static str,
    /// What is said when it is done.
    #[prop(into)]
    said: String,
    /// More classes.
    #[prop(default = "button")]
    class: &'static str,
    /// Its id, for whoever leads there.
    #[prop(optional, into)]
    id: Option<String>,
    /// Whether it gives the composition on, which then comes into the history.
    #[prop(optional)]
    keep: bool,
) -> AnyView {
    let state = composer();
    let copy = move |_| {
        let done = text.with_untracked(|text| browser::copy(text));
        state.say(if done {
            &said
        } else {
            "The browser did not allow copying"
        });
    };
    view! {
        <button type="button" class=class id=id data-keep=keep.then_some("") on:click=copy>
            {label}
        </button>
    }
    .into_any()
}
