//! The column of service cards, in the chart's groups.

mod card;
mod essentials;
mod group;
pub(crate) mod needs;

use compose::form::{Card, Group};
use leptos::prelude::*;

use crate::components::later::later;
use crate::state::composer;
use crate::wire::Check;
use essentials::EssentialsLink;
use group::ServiceGroup;

/// A group with what this column draws of it: the fields of its cards are most of a form.
fn group_of(group: &Group) -> Group {
    let card = |card: &Card| Card {
        path: card.path.clone(),
        title: card.title.clone(),
        description: None,
        enabled: card.enabled.clone(),
        requires: Vec::new(),
        nodes: Vec::new(),
    };
    Group {
        id: group.id.clone(),
        title: group.title.clone(),
        cards: group.cards.iter().map(card).collect(),
    }
}

/// All groups.
#[component]
pub(crate) fn ServicesPane() -> AnyView {
    let state = composer();
    let mut first = 0;
    let mut groups = Vec::new();
    for (index, group) in state.fixed().data.form.groups.iter().enumerate() {
        let of = group_of(group);
        groups.push(later(move || {
            view! { <ServiceGroup group=of index first /> }.into_any()
        }));
        first += group.cards.len();
    }
    // What a switch broke stands beside it; whoever does not see that hears it.
    Effect::new(move |_| {
        let toggled = state.toggled.get();
        let told = state.checks.with(|checks| {
            let gap = checks.iter().find(|check| {
                check.code == Check::UNMET
                    && (check.card == toggled || check.others.contains(&toggled))
            });
            gap.map(|gap| gap.message.clone())
        });
        if let Some(message) = told.filter(|_| !toggled.is_empty()) {
            state.say(&message);
        }
    });
    view! {
        <section class="composer__pane composer__pane--services services" aria-label="Services">
            <h2 class="visually-hidden">"Services"</h2>
            <EssentialsLink />
            {groups}
        </section>
    }
    .into_any()
}
