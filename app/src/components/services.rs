//! The column of service cards, in the chart's groups.

mod card;
mod essentials;
mod group;
pub(crate) mod needs;

use leptos::prelude::*;

use crate::state::composer;
use crate::wire::Check;
use essentials::EssentialsLink;
use group::ServiceGroup;

/// All groups.
#[component]
pub(crate) fn ServicesPane() -> AnyView {
    let state = composer();
    let mut first = 0;
    let mut groups = Vec::new();
    for (index, group) in state.fixed().data.form.groups.iter().enumerate() {
        groups.push(view! { <ServiceGroup group=group.clone() index first /> });
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
