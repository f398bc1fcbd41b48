//! Text of several lines, and YAML for whatever has no control of its own.

use leptos::prelude::*;

use super::Bound;

/// A text box.
#[component]
pub(crate) fn AreaControl(
    /// The field.
    bound: Bound,
) -> AnyView {
    let rows = bound
        .text
        .with_untracked(|text| text.lines().count().clamp(3, 16));
    view! {
        <textarea
            class="input input--area"
            id=bound.id()
            rows=rows
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            prop:value=bound.text
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| bound.type_text(event_target_value(&event))
            on:blur=move |_| bound.leave()
        >
            {bound.text.get_untracked()}
        </textarea>
    }
    .into_any()
}
