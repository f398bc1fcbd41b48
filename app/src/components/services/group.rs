//! One group: its title, how many of its services are on, a switch for all of them, its cards.

use compose::form::{Field, Group};
use leptos::prelude::*;

use super::card::ServiceCard;
use crate::components::checks::button;
use crate::state::{composer, edits};

/// A titled group of cards.
#[component]
pub(crate) fn ServiceGroup(
    /// The group.
    group: Group,
    /// Its place among the groups, for ids.
    index: usize,
    /// The place of its first card among all cards.
    first: usize,
) -> AnyView {
    let state = composer();
    let id = format!("group-{index}");
    let switches: Vec<Field> = group
        .cards
        .iter()
        .filter_map(|card| card.enabled.clone())
        .collect();
    let total = switches.len();
    let set = |on: &str| {
        let parts: Vec<String> = switches
            .iter()
            .map(|field| [&field.path.to_string(), "=", on].concat())
            .collect();
        StoredValue::new(parts.join(","))
    };
    let (all_on, all_off) = (set("true"), set("false"));
    let on = Memo::new(move |_| {
        state.layers.with(|layers| {
            switches
                .iter()
                .filter(|field| edits::is_on(layers, field))
                .count()
        })
    });
    let title = group.title.clone();
    let tools = (total > 1).then_some(move || {
        let (words, set) = if on.get() == 0 {
            ("All on", all_on)
        } else {
            ("All off", all_off)
        };
        let go = Callback::new(move |()| set.with_value(|set| state.put(set)));
        let words = view! {
            {words}
            <span class="visually-hidden">{[" in ", &title].concat()}</span>
        };
        button(
            "services__all",
            "set",
            set.get_value(),
            words.into_any(),
            go,
        )
    });
    let count = (total > 0).then(|| {
        view! {
            <span class="services__count">
                {on} "/" {total} <span class="visually-hidden">" on"</span>
            </span>
        }
    });
    let cards = group
        .cards
        .into_iter()
        .enumerate()
        .map(|(at, card)| view! { <ServiceCard card place=first + at /> })
        .collect_view();
    view! {
        <div class="services__group" role="group" aria-labelledby=id>
            <div class="services__head">
                <h3 class="services__title" id=id.clone()>
                    {group.title}
                </h3>
                {tools}
                {count}
            </div>
            <ul>{cards}</ul>
        </div>
    }
    .into_any()
}
