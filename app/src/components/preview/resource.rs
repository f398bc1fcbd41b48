//! One resource: kind and name, what the last edit changed in it, its YAML.

use leptos::prelude::*;

use crate::state::composer;
use crate::state::shown::ShownResource;

/// A resource that folds away.
#[component]
pub(crate) fn ResourceView(
    /// Its id.
    id: String,
) -> AnyView {
    let state = composer();
    let shown = Memo::new(move |_| state.shown.with(|shown| shown.resource(&id)));
    let first = shown.get_untracked();
    let (kind, name, source, hooks) = first.map_or_else(Default::default, |shown| {
        let resource = &shown.resource;
        (
            resource.kind.clone(),
            resource.name.clone(),
            resource.source.clone(),
            resource.hooks.clone(),
        )
    });
    let read = move |what: fn(&ShownResource) -> usize| {
        Memo::new(move |_| shown.with(|shown| shown.as_deref().map_or(0, what)))
    };
    let added = read(|shown| shown.added);
    let removed = read(|shown| shown.removed);
    let html = Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.html.clone())
                .unwrap_or_default()
        })
    });
    let tags = hooks
        .into_iter()
        .map(|hook| view! { <span class="resource__tag">{hook}</span> })
        .collect_view();
    view! {
        <details
            class="resource"
            class=("resource--changed", move || added.get() + removed.get() > 0)
            open
        >
            <summary class="resource__summary" title=source>
                <h4 class="resource__heading">
                    <span class="resource__kind">{kind}</span>
                    " "
                    <span class="resource__name">{name}</span>
                </h4>
                {tags}
                <span class="resource__delta">
                    {move || (added.get() > 0).then(|| view! { <span class="resource__plus">"+" {added}</span> })}
                    {move || (removed.get() > 0).then(|| view! { <span class="resource__minus">"−" {removed}</span> })}
                </span>
            </summary>
            <pre class="yaml" inner_html=html></pre>
        </details>
    }.into_any()
}
