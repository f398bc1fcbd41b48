//! A list by key, written once for all lists: each copy of the framework's own is code to load.

use leptos::prelude::*;

/// Draws each key; one that stays keeps its element.
#[component]
pub(crate) fn Each(
    /// The keys, in order.
    keys: Memo<Vec<String>>,
    /// How one is drawn.
    draw: fn(String) -> AnyView,
) -> AnyView {
    view! { <For each=move || keys.get() key=Clone::clone children=draw /> }.into_any()
}
