//! One service: its switch, the link that opens its settings, and what it misses or others miss.

use compose::form::{Card, Field};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use crate::browser;
use crate::components::checks;
use crate::components::header::FORM;
use crate::components::prose::prose;
use crate::state::{ComposerState, composer, edits};
use crate::text::values;
use crate::wire::{Check, Gravity};

/// The id of a card's link, by its place among all cards.
fn link_id(place: usize) -> String {
    ["service-", &place.to_string()].concat()
}

/// A card.
#[component]
pub(crate) fn ServiceCard(
    /// The service or section.
    card: Card,
    /// Its place among all cards, to which the arrow keys go.
    place: usize,
) -> AnyView {
    let state = composer();
    let key = card.path.to_string();
    let selected = {
        let key = key.clone();
        Memo::new(move |_| state.card.with(|selected| *selected == key))
    };
    let switch = StoredValue::new(card.enabled.clone());
    let on = Memo::new(move |_| {
        switch.with_value(|field| {
            let is_on = |field| state.layers.with(|layers| edits::is_on(layers, field));
            field.as_ref().is_none_or(is_on)
        })
    });
    let path = card.path.clone();
    let changed = Memo::new(move |_| state.layers.with(|layers| layers.is_changed(&path)));
    let described = card.path.clone();
    let detail = Memo::new(move |_| {
        let known = state
            .layers
            .with(|layers| edits::detail(layers, &described));
        known.filter(|_| on.get())
    });
    let (wrong, misses) = marks(state, &key);
    let said = move || {
        let words = [
            (changed.get(), "changed by you"),
            (wrong.get(), "has errors"),
            (misses.get(), "misses a service that is off"),
        ];
        let told: Vec<&str> = words
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, word)| *word)
            .collect();
        (!told.is_empty()).then(|| told.join(", "))
    };
    let notice = gap_notice(state, &key);
    let own = StoredValue::new(key.clone());
    let toggle = move || {
        if let Some(path) =
            switch.with_value(|field| field.as_ref().map(|field| field.path.clone()))
        {
            state.toggled.set(own.get_value());
            state.set(&path, (!on.get_untracked()).into());
        }
    };
    let href = state.card_href(&key);
    let open = move |event: MouseEvent| own.with_value(|key| state.open_card(&event, key));
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => browser::focus_soon(link_id(place + 1)),
            "ArrowUp" => browser::focus_soon(link_id(place.saturating_sub(1))),
            " " => toggle(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <li
            class="card"
            class=("card--selected", selected)
            class=("card--off", move || !on.get())
            class=("card--changed", changed)
            class=("card--wrong", wrong)
            class=("card--misses", misses)
        >
            {match card.enabled {
                Some(field) => {
                    view! { <ServiceSwitch field key=key.clone() title=card.title.clone() on toggle=Callback::new(move |()| toggle()) /> }
                        .into_any()
                }
                None => view! { <span class="card__blank"></span> }.into_any(),
            }}
            <a
                class="card__link"
                id=link_id(place)
                href=href
                aria-current=move || selected.get().then_some("true")
                aria-description=said
                on:click=open
                on:keydown=on_key
            >
                <span class="card__title">{card.title}</span>
                <span class="visually-hidden">" settings"</span>
                <span class="card__detail" aria-hidden="true">
                    {detail}
                    <span class="card__marks"></span>
                </span>
            </a>
            {notice}
        </li>
    }.into_any()
}

/// Whether errors belong to a card, and whether its service misses another.
fn marks(state: ComposerState, key: &str) -> (Memo<bool>, Memo<bool>) {
    let own = key.to_owned();
    let wrong = Memo::new(move |_| {
        let is_wrong = |check: &Check| {
            check.gravity == Gravity::Error && check.card == own && check.code != Check::UNMET
        };
        state.checks.with(|checks| checks.iter().any(is_wrong))
    });
    let own = key.to_owned();
    let misses = Memo::new(move |_| {
        state
            .checks
            .with(|checks| checks.iter().any(|check| check.others.contains(&own)))
    });
    (wrong, misses)
}

/// Beside a service that is off: who misses it, and what mends that. Beside one that was just
/// switched on: what it misses itself.
fn gap_notice(state: ComposerState, key: &str) -> impl Fn() -> Option<AnyView> + Send + 'static {
    let own = key.to_owned();
    let switch_id = switch_id(key);
    let gaps = Memo::new(move |_| {
        let toggled = state.toggled.with(|toggled| *toggled == own);
        let concerns = |check: &&Check| {
            check.code == Check::UNMET
                && (check.card == own || toggled && check.others.contains(&own))
        };
        state
            .checks
            .with(|checks| checks.iter().filter(concerns).cloned().collect::<Vec<_>>())
    });
    move || {
        let gaps = gaps.get();
        if gaps.is_empty() {
            return None;
        }
        let told: Vec<AnyView> = gaps
            .into_iter()
            .map(|gap| {
                let mends = checks::mends(state, gap.mends, &switch_id);
                view! {
                    <p>{prose(&gap.message)}</p>
                    <div class="card__mends">{mends}</div>
                }
                .into_any()
            })
            .collect();
        Some(view! { <div class="card__notice">{told}</div> }.into_any())
    }
}

/// The id of a service's switch.
fn switch_id(key: &str) -> String {
    values::id("switch", key)
}

/// The switch of a service. Without WebAssembly it submits the form with the other state.
#[component]
fn ServiceSwitch(
    /// The `enabled` field.
    field: Field,
    /// The path of the card.
    key: String,
    /// The service's title, the switch's name.
    title: String,
    /// Whether the service is on.
    on: Memo<bool>,
    /// Switches it.
    toggle: Callback<()>,
) -> AnyView {
    let state = composer();
    let path = field.path.clone();
    let id = switch_id(&key);
    let toggled = {
        let path = path.clone();
        move || format!("{path}={}", !on.get())
    };
    let changed = Memo::new(move |_| state.layers.with(|layers| layers.is_changed(&path)));
    let press = move |event: MouseEvent| {
        event.prevent_default();
        toggle.run(());
    };
    view! {
        <button
            class="switch"
            class=("switch--changed", changed)
            id=id
            type="submit"
            form=FORM
            name="set"
            value=toggled
            role="switch"
            aria-label=title
            aria-checked=move || if on.get() { "true" } else { "false" }
            on:click=press
        ></button>
    }
    .into_any()
}
