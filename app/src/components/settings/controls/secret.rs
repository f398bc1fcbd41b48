//! A secret: masked, never in a link.

use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;

/// A password input that can be looked at.
#[component]
pub(crate) fn SecretControl(
    /// The field.
    bound: Bound,
) -> AnyView {
    let revealed = RwSignal::new(false);
    let title = bound.with_field(|field| field.title.clone());
    view! {
        <input
            class="input"
            id=bound.id()
            name=bound.name()
            form=FORM
            type=move || if revealed.get() { "text" } else { "password" }
            placeholder="not set"
            autocomplete="new-password"
            spellcheck="false"
            prop:value=bound.text
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| bound.type_text(event_target_value(&event))
            on:blur=move |_| bound.leave()
        />
        <button
            type="button"
            class="button button--quiet"
            aria-label=format!("Show {title}")
            aria-pressed=move || if revealed.get() { "true" } else { "false" }
            on:click=move |_| revealed.update(|revealed| *revealed = !*revealed)
        >
            {move || if revealed.get() { "Hide" } else { "Show" }}
        </button>
        <span class="field__note">"Never enters a link."</span>
    }
    .into_any()
}
