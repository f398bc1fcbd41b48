//! One line of text: names, images, quantities.

use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;
use crate::text::values;

/// A text input.
#[component]
pub(crate) fn TextControl(
    /// The field.
    bound: Bound,
    /// Its classes.
    class: &'static str,
) -> AnyView {
    let hint = bound.with_field(|field| field.examples.first().map(values::shown));
    view! {
        <input
            class=class
            id=bound.id()
            name=bound.name()
            form=FORM
            placeholder=hint
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            value=bound.text.get_untracked()
            prop:value=bound.text
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| bound.type_text(event_target_value(&event))
            on:blur=move |_| bound.leave()
        />
    }
    .into_any()
}
