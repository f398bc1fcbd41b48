//! One group: its title, how many of its services are on, its cards.

use compose::form::{Field, Group};
use leptos::prelude::*;

use super::card::ServiceCard;
use crate::state::{composer, edits};

/// A titled group of cards.
#[component]
pub(crate) fn ServiceGroup(
    /// The group.
    group: Group,
    /// Its place among the groups, for ids.
    index: usize,
) -> AnyView {
    let state = composer();
    let id = format!("group-{index}");
    let switches: Vec<Field> = group
        .cards
        .iter()
        .filter_map(|card| card.enabled.clone())
        .collect();
    let total = switches.len();
    let on = Memo::new(move |_| {
        state.layers.with(|layers| {
            switches
                .iter()
                .filter(|field| edits::is_on(layers, field))
                .count()
        })
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
        .map(|card| view! { <ServiceCard card /> })
        .collect_view();
    view! {
        <div class="services__group" role="group" aria-labelledby=id>
            <div class="services__head">
                <h3 class="services__title" id=id.clone()>
                    {group.title}
                </h3>
                {count}
            </div>
            <ul>{cards}</ul>
        </div>
    }
    .into_any()
}
