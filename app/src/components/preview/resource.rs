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
    // Texts that the server wrote are written again only when they change.
    let written = browser::is_taking_over();
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
    let mut heading_written = written;
    let heading = move || {
        let written = std::mem::take(&mut heading_written);
        drawn.with(|drawn| match drawn {
            Some((entry, mark)) if !written => manifest::heading(entry, mark.as_deref()),
            _ => String::new(),
        })
    };
    let facts = drawn.with_untracked(|drawn| match drawn {
        Some((entry, _)) if !written => {
            let link = state.links().get_untracked().query;
            manifest::facts(entry, &link)
        }
        _ => String::new(),
    });
    let mut body_written = written;
    let body = move || {
        let written = std::mem::take(&mut body_written);
        let painted = painted.get();
        drawn.with(|drawn| match drawn {
            Some((entry, mark)) if !written => manifest::body(entry, mark.as_deref(), painted),
            _ => String::new(),
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
                if !browser::is_skipped(&event) && !painted.get_untracked() {
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
