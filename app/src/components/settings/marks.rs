//! The marks of a field: which layer set it, whether it differs from base, reset.

use compose::Origin;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::about::about;
use super::field::Bound;
use crate::components::header::FORM;

/// The marks.
#[component]
pub(crate) fn Marks(
    /// The field.
    bound: Bound,
) -> AnyView {
    let origin = bound.origin;
    let class = move || match origin.get() {
        Origin::Chart => "origin",
        Origin::Environment(_) => "origin origin--environment",
        Origin::User => "origin origin--you",
    };
    let name = move || match origin.get() {
        Origin::Chart => "chart".to_owned(),
        Origin::Environment(name) => name,
        Origin::User => "you".to_owned(),
    };
    let label = bound.with_field(|field| ["Reset ", &field.title].concat());
    let reset = move |event: MouseEvent| {
        event.prevent_default();
        bound.reset();
        // The button goes; whoever pressed it goes on at the input.
        bound.focus();
    };
    view! {
        <span class="field__marks">
            {move || {
                bound
                    .differs
                    .get()
                    .then(|| {
                        view! {
                            <span class="field__differs" title=bound.base_text()>
                                <span aria-hidden="true">"≠"</span>
                                <span class="visually-hidden">"differs from base"</span>
                            </span>
                        }
                    })
            }}
            {move || {
                let label = label.clone();
                bound
                    .changed
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="submit"
                                form=FORM
                                name="reset"
                                value=bound.named("")
                                class="button button--quiet button--mark field__reset"
                                aria-label=label.clone()
                                title=label
                                on:click=reset
                            >
                                "↺"
                            </button>
                        }
                    })
            }}
            <span class=class>
                <span class="visually-hidden">"set by "</span>
                {name}
            </span>
            {about(bound)}
        </span>
    }
    .into_any()
}
