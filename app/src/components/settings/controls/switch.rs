//! Yes or no.

use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;
use crate::state::{composer, edits};

/// A switch. Without WebAssembly it submits the form with the other state.
#[component]
pub(crate) fn SwitchControl(
    /// The field.
    bound: Bound,
) -> AnyView {
    let state = composer();
    let on = Memo::new(move |_| {
        state
            .layers
            .with(|layers| bound.with_field(|field| edits::is_on(layers, field)))
    });
    let path = bound.with_field(|field| field.path.to_string());
    view! {
        <button
            class="switch"
            class=("switch--changed", bound.changed)
            id=bound.id()
            type="submit"
            form=FORM
            name="set"
            value=move || format!("{path}={}", !on.get())
            role="switch"
            aria-checked=move || if on.get() { "true" } else { "false" }
            aria-describedby=bound.described_by()
            on:click=move |event| {
                event.prevent_default();
                bound.write((!on.get_untracked()).into());
            }
        ></button>
    }
    .into_any()
}
