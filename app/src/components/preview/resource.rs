//! One resource: kind and name, what changed in it, where it comes from, its YAML.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser;
use crate::state::composer;
use crate::state::looking::element_id;
use crate::text::manifest;

/// A resource that folds away. Its text is painted when it comes near the part that is seen.
pub(super) fn resource(id: String) -> AnyView {
    let state = composer();
    let looking = state.looking;
    let element = element_id(&id);
    let painted = RwSignal::new(state.shown.with_untracked(|shown| shown.is_early(&id)));
    let hidden = {
        let id = id.clone();
        Memo::new(move |_| looking.seen.with(|seen| !seen.has(&id)))
    };
    // What is drawn, and what it is marked against; both stay the same memory until they change.
    let drawn = {
        let id = id.clone();
        Memo::new(move |_| {
            let entry = state
                .shown
                .with(|shown| shown.resources.get(&id).map(Arc::clone));
            let mark = looking
                .marks
                .with(|marks| marks.of.get(&id).map(Arc::clone));
            entry.map(|entry| (entry, mark))
        })
    };
    let heading = move || {
        drawn.with(|drawn| {
            let drawn = drawn.as_ref();
            drawn
                .map(|(entry, mark)| manifest::heading(entry, mark.as_deref()))
                .unwrap_or_default()
        })
    };
    let facts = drawn.with_untracked(|drawn| {
        let link = state.links().get_untracked().query;
        let facts = drawn
            .as_ref()
            .map(|(entry, _)| manifest::facts(entry, &link));
        facts.unwrap_or_default()
    });
    let body = move || {
        let painted = painted.get();
        drawn.with(|drawn| {
            let drawn = drawn.as_ref();
            drawn
                .map(|(entry, mark)| manifest::body(entry, mark.as_deref(), painted))
                .unwrap_or_default()
        })
    };
    let changed =
        move || drawn.with(|drawn| drawn.as_ref().is_some_and(|(_, mark)| mark.is_some()));
    let lines = drawn.with_untracked(|drawn| drawn.as_ref().map(|(entry, _)| entry.lines));
    view! {
        <article
            class="resource"
            class=("resource--changed", changed)
            id=element
            data-resource=id
            data-lines=lines
            hidden=hidden
            on:contentvisibilityautostatechange=move |event| {
                if !browser::is_skipped(&event) {
                    painted.set(true);
                }
            }
        >
            <details class="resource__fold" open>
                <summary class="resource__summary" inner_html=heading></summary>
                <p class="resource__facts" inner_html=facts></p>
                <pre class="yaml yaml--lines" inner_html=body></pre>
            </details>
        </article>
    }
    .into_any()
}
