//! The root component.

use leptos::prelude::*;

use crate::first_page::FirstPage;
use crate::pages::composer::ComposerPage;

/// The whole page.
#[component]
pub fn App(
    /// What the server drew the page from.
    first: FirstPage,
) -> AnyView {
    view! { <ComposerPage first /> }.into_any()
}
