//! The values: the user's own as a text to edit, and all of them, merged, to read.

mod merged;
mod own;
mod typing;

use leptos::prelude::*;

use merged::MergedValues;
use own::OwnValues;

/// Both halves.
#[component]
pub(crate) fn ValuesPanel() -> AnyView {
    view! {
        <div class="values">
            <OwnValues />
            <MergedValues />
        </div>
    }
    .into_any()
}
