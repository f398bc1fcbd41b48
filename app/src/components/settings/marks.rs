//! The marks of a field: which layer set it, whether it differs from base, reset.

use compose::Origin;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::field::Bound;

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
    let label = bound.with_field(|field| format!("Reset {}", field.title));
    let reset = move |_| {
        bound.reset();
        // The button goes; whoever pressed it goes on at the input.
        if let Some(input) = document()
            .get_element_by_id(&bound.id())
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = input.focus();
        }
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
            <span class=class>
                <span class="visually-hidden">"set by "</span>
                {name}
            </span>
            {move || {
                let label = label.clone();
                bound
                    .changed
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
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
        </span>
    }
    .into_any()
}
