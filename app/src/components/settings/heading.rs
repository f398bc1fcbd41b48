//! The head of a card's settings: title, what it is and needs, short or all, reset.

use compose::form::Card;
use leptos::prelude::*;

use crate::components::header::FORM;
use crate::components::prose::prose;
use crate::state::{composer, edits};
use crate::text::{plan, values};

/// The head.
#[component]
pub(crate) fn Heading(
    /// The card.
    card: Card,
) -> AnyView {
    let state = composer();
    let count = plan::count(&card.nodes);
    let path = card.path.clone();
    let changed = Memo::new(move |_| state.layers.with(|layers| layers.is_changed(&path)));
    let path = card.path.clone();
    let reset = move |_| state.reset(&path);
    let fixed = state.fixed();
    let needs: Vec<String> = card
        .requires
        .iter()
        .map(|requirement| edits::title_of_switch(&fixed.data.form, &requirement.path))
        .collect();
    let switch = card.enabled.clone();
    let off = Memo::new(move |_| {
        switch
            .as_ref()
            .is_some_and(|field| !state.layers.with(|layers| edits::is_on(layers, field)))
    });
    let title = card.title.clone();
    let id = values::id("card", &card.path.to_string());
    view! {
        <div class="settings__head">
            <h3 class="settings__title" id=id tabindex="-1">{card.title}</h3>
            <div class="settings__tools">
                {move || {
                    let reset = reset.clone();
                    let label = format!("Reset all settings of {title}");
                    changed
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button--quiet button--mark"
                                    aria-label=label
                                    on:click=reset
                                >
                                    "Reset"
                                </button>
                            }
                        })
                }}
                <div class="segments" role="group" aria-label="Fields shown">
                    <Choice all=false label="Short".to_owned() />
                    <Choice all=true label=format!("All {count}") />
                </div>
            </div>
        </div>
        {card.description.map(|about| view! { <p class="settings__about">{prose(&about)}</p> })}
        {(!needs.is_empty())
            .then(|| view! { <p class="settings__requires">"Needs " {needs.join(", ")} "."</p> })}
        {move || {
            off.get()
                .then(|| {
                    view! {
                        <p class="settings__requires">
                            "This service is off: none of its objects are rendered."
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

#[component]
fn Choice(
    /// Whether it stands for all fields.
    all: bool,
    /// What stands on it.
    label: String,
) -> AnyView {
    let state = composer();
    view! {
        <button
            type="submit"
            form=FORM
            name="form"
            value=if all { "all" } else { "short" }
            class="segments__choice"
            aria-pressed=move || if state.all_fields.get() == all { "true" } else { "false" }
            on:click=move |event| {
                event.prevent_default();
                state.all_fields.set(all);
            }
        >
            {label}
        </button>
    }
    .into_any()
}
