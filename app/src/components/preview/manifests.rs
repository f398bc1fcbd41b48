//! The resources, grouped by the service they belong to.

use leptos::prelude::*;

use super::resource::ResourceView;
use crate::state::composer;

/// All groups.
#[component]
pub(crate) fn ManifestsPanel() -> AnyView {
    let state = composer();
    let groups = Memo::new(move |_| state.shown.with(|shown| shown.groups.clone()));
    let failed = Memo::new(move |_| state.failure().is_some());
    let empty = Memo::new(move |_| groups.with(Vec::is_empty));
    view! {
        <div class=("manifests--stale", failed)>
            {move || {
                empty
                    .get()
                    .then(|| view! { <p class="manifests__empty">"There are no manifests to show."</p> })
            }}
            <Gone />
            <For each=move || groups.get() key=|group| group.key.clone() let:group>
                <Group key=group.key title=group.title groups />
            </For>
        </div>
    }.into_any()
}

/// What the last edit took away.
#[component]
fn Gone() -> impl IntoView {
    let state = composer();
    let gone = Memo::new(move |_| state.shown.with(|shown| shown.gone.clone()));
    move || {
        let gone = gone.get();
        (!gone.is_empty()).then(|| {
            let items = gone
                .into_iter()
                .map(|name| view! { <li><del>{name}</del></li> })
                .collect_view();
            view! {
                <section class="manifests__group" aria-label="Removed by the last edit">
                    <h3 class="manifests__title">"Removed by the last edit"</h3>
                    <ul class="manifests__gone">{items}</ul>
                </section>
            }
        })
    }
}

/// The resources of one service.
#[component]
fn Group(
    /// Its key among the groups.
    key: String,
    /// Its title.
    title: String,
    /// All groups, as they change.
    groups: Memo<Vec<crate::text::components::Group>>,
) -> AnyView {
    let id = format!("manifests-{key}");
    let ids = Memo::new(move |_| {
        groups.with(|groups| {
            let group = groups.iter().find(|group| group.key == key);
            group.map(|group| group.ids.clone()).unwrap_or_default()
        })
    });
    view! {
        <section class="manifests__group" aria-labelledby=id>
            <h3 class="manifests__title" id=id.clone()>
                {title}
            </h3>
            <For each=move || ids.get() key=Clone::clone let:id>
                <ResourceView id />
            </For>
        </section>
    }
    .into_any()
}
