//! One service: its switch, and the link that opens its settings.

use compose::form::{Card, Field};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::components::header::FORM;
use crate::state::{composer, edits};

/// A card.
#[component]
pub(crate) fn ServiceCard(
    /// The service or section.
    card: Card,
) -> AnyView {
    let state = composer();
    let key = card.path.to_string();
    let selected = {
        let key = key.clone();
        Memo::new(move |_| state.card.with(|selected| *selected == key))
    };
    let switch = card.enabled.clone();
    let on = Memo::new(move |_| {
        switch
            .as_ref()
            .is_none_or(|field| state.layers.with(|layers| edits::is_on(layers, field)))
    });
    let path = card.path.clone();
    let changed = Memo::new(move |_| state.layers.with(|layers| layers.is_changed(&path)));
    let described = card.clone();
    let detail = Memo::new(move |_| {
        let known = state
            .layers
            .with(|layers| edits::detail(layers, &described));
        known.filter(|_| on.get())
    });
    let href = state.card_href(&key);
    let open = move |event: MouseEvent| state.open_card(&event, &key);
    view! {
        <li class="card" class=("card--selected", selected) class=("card--off", move || !on.get())>
            {match card.enabled {
                Some(field) => view! { <ServiceSwitch field title=card.title.clone() on /> }.into_any(),
                None => view! { <span class="card__blank"></span> }.into_any(),
            }}
            <a
                class="card__link"
                href=href
                aria-current=move || selected.get().then_some("true")
                on:click=open
            >
                <span class="card__title">{card.title}</span>
                <span class="visually-hidden">" settings"</span>
                <span class="card__detail" aria-hidden="true">
                    {detail}
                    {move || {
                        changed
                            .get()
                            .then(|| view! { <span class="card__mark" title="Changed by you">" ●"</span> })
                    }}
                </span>
            </a>
        </li>
    }.into_any()
}

/// The switch of a service. Without WebAssembly it submits the form with the other state.
#[component]
fn ServiceSwitch(
    /// The `enabled` field.
    field: Field,
    /// The service's title, the switch's name.
    title: String,
    /// Whether the service is on.
    on: Memo<bool>,
) -> AnyView {
    let state = composer();
    let path = field.path.clone();
    let toggled = {
        let path = path.clone();
        move || format!("{path}={}", !on.get())
    };
    let changed = {
        let path = path.clone();
        Memo::new(move |_| state.layers.with(|layers| layers.is_changed(&path)))
    };
    let toggle = move |event: MouseEvent| {
        event.prevent_default();
        state.set(&path, (!on.get_untracked()).into());
    };
    view! {
        <button
            class="switch"
            class=("switch--changed", changed)
            type="submit"
            form=FORM
            name="set"
            value=toggled
            role="switch"
            aria-label=title
            aria-checked=move || if on.get() { "true" } else { "false" }
            on:click=toggle
        ></button>
    }
    .into_any()
}
