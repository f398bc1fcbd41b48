//! Yes or no.

use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;
use crate::state::{composer, edits};

/// A switch. A browser sends nothing of one that is off, so a hidden input tells that it is there.
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
    view! {
        <input
            class="switch"
            class=("switch--changed", bound.changed)
            id=bound.id()
            type="checkbox"
            role="switch"
            form=FORM
            name=bound.name()
            value="true"
            checked=on.get_untracked()
            prop:checked=on
            aria-describedby=bound.described_by()
            on:change=move |event| bound.write(event_target_checked(&event).into())
        />
        <input type="hidden" form=FORM name=bound.named("present.") value="on" />
    }
    .into_any()
}
