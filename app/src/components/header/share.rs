//! Copies the link of the composition.

use leptos::prelude::*;

use crate::browser;
use crate::state::composer;
use crate::text::units;

/// The Share button.
#[component]
pub(crate) fn Share() -> AnyView {
    let state = composer();
    let links = state.links();
    let share = move |_| {
        let link = links.get_untracked();
        let words = match (
            &link.problem,
            browser::copy(&browser::page_address(&link.query)),
        ) {
            (Some(problem), _) => problem.clone(),
            (None, false) => {
                "The browser did not allow copying: copy the address instead".to_owned()
            }
            (None, true) if link.secrets > 0 => {
                format!(
                    "Link copied, without {}",
                    units::count(link.secrets, "secret")
                )
            }
            (None, true) => "Link copied".to_owned(),
        };
        state.said.set(words);
    };
    view! {
        <button type="button" class="button" on:click=share>
            "Share"
        </button>
    }
    .into_any()
}
