//! The column of service cards, in the chart's groups.

mod card;
mod essentials;
mod group;

use leptos::prelude::*;

use crate::state::composer;
use essentials::EssentialsLink;
use group::ServiceGroup;

/// All groups.
#[component]
pub(crate) fn ServicesPane() -> AnyView {
    let groups = composer()
        .fixed()
        .data
        .form
        .groups
        .iter()
        .enumerate()
        .map(|(index, group)| view! { <ServiceGroup group=group.clone() index /> })
        .collect_view();
    view! {
        <section class="composer__pane composer__pane--services services" aria-label="Services">
            <h2 class="visually-hidden">"Services"</h2>
            <EssentialsLink />
            {groups}
        </section>
    }
    .into_any()
}
