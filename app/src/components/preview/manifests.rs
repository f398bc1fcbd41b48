//! The resources, grouped by the service they belong to.

mod toolbar;

use std::sync::Arc;

use leptos::prelude::*;

use super::resource::resource;
use crate::browser;
use crate::components::each::Each;
use crate::components::later::later;
use crate::state::composer;
use crate::state::looking::gone_id;
use crate::state::marks::Marks;
use crate::state::shown::Shown;
use crate::text::components::Group;
use crate::text::{manifest, query, units};
use toolbar::Toolbar;

/// The id of the element around all groups.
pub(crate) const LIST: &str = "manifests-list";

/// All groups.
#[component]
pub(crate) fn ManifestsPanel() -> AnyView {
    let state = composer();
    let groups = Memo::new(move |_| {
        let keys =
            |shown: &Arc<Shown>| shown.groups.iter().map(|group| group.key.clone()).collect();
        state.shown.with(keys)
    });
    let failed = Memo::new(move |_| state.failure().is_some());
    let empty = move || {
        let none = state.looking.seen.with(|seen| seen.resources == 0);
        none.then(|| {
            let words = match state.shown.with(|shown| shown.len()) {
                0 => "There are no manifests to show.",
                _ => "No resource fits.",
            };
            view! { <p class="manifests__empty">{words}</p> }
        })
    };
    // Behind the resources, which are taken over one group after the other.
    Effect::new(move |_| {
        browser::at_last(|| browser::tell_in_view("resource", "contentvisibilityautostatechange"));
    });
    view! {
        {later(Toolbar)}
        <div
            class="manifests"
            class=("manifests--stale", failed)
            id=LIST
            translate="no"
            on:click=move |event| act(&event)
        >
            {empty}
            <Gone />
            <Each keys=groups draw=group />
        </div>
    }
    .into_any()
}

/// What the comparison no longer finds, each with its lines.
#[component]
fn Gone() -> AnyView {
    let state = composer();
    let html = Memo::new(move |_| {
        state.looking.seen.with(|seen| {
            let mut out = String::new();
            for entry in &seen.gone {
                out.push_str("<details class=\"resource resource--gone\" id=\"");
                manifest::escape(&gone_id(&entry.resource.id), &mut out);
                out.push_str("\"><summary class=\"resource__summary\">");
                out.push_str(&manifest::gone_heading(entry));
                out.push_str("</summary><pre class=\"yaml yaml--lines\">");
                out.push_str(&manifest::gone_body(entry));
                out.push_str("</pre></details>");
            }
            out
        })
    });
    view! {
        <section
            class="manifests__group"
            aria-label="Removed"
            hidden=move || html.with(String::is_empty)
        >
            <h3 class="manifests__title">"Removed"</h3>
            <div inner_html=html></div>
        </section>
    }
    .into_any()
}

/// The resources of one service.
fn group(key: String) -> AnyView {
    let state = composer();
    let id = ["manifests-", &key].concat();
    let label = id.clone();
    let group = Memo::new(move |_| {
        state.shown.with(|shown| {
            let found = shown.groups.iter().find(|group| group.key == key);
            found.cloned().unwrap_or_default()
        })
    });
    let ids = Memo::new(move |_| group.with(|group| group.ids.clone()));
    let title = group.with_untracked(|group| group.title.clone());
    let hidden = Memo::new(move |_| {
        let seen = state.looking.seen.get();
        group.with(|group| !group.ids.iter().any(|id| seen.has(id)))
    });
    let sums = Memo::new(move |_| {
        let (shown, marks) = (state.shown.get(), state.looking.marks.get());
        group.with(|group| sums(group, &shown, &marks))
    });
    let resources = later(move || view! { <Each keys=ids draw=resource /> }.into_any());
    view! {
        <section class="manifests__group" aria-labelledby=label hidden=hidden>
            <details class="manifests__fold" open>
                <summary class="manifests__title">
                    <h3 id=id>{title}</h3>
                    <span class="manifests__sums" inner_html=sums></span>
                </summary>
                {resources}
            </details>
        </section>
    }
    .into_any()
}

/// How many resources and lines a group has, and how many of them changed.
fn sums(group: &Group, shown: &Shown, marks: &Marks) -> String {
    let (mut lines, mut added, mut removed) = (0, 0, 0);
    for id in &group.ids {
        lines += shown.resources.get(id).map_or(0, |entry| entry.lines);
        if let Some(mark) = marks.of.get(id) {
            added += mark.added;
            removed += mark.removed;
        }
    }
    let mut out = units::count(group.ids.len(), "resource");
    out.push_str(" · ");
    out.push_str(&units::count(lines, "line"));
    out.push(' ');
    out.push_str(&manifest::delta(added, removed));
    out
}

/// What the buttons in a resource do: one listener for all of them.
fn act(event: &leptos::ev::MouseEvent) {
    let state = composer();
    let Some(entry) = browser::around(event, "[data-resource]")
        .and_then(|element| element.get_attribute("data-resource"))
        .and_then(|id| {
            state
                .shown
                .with_untracked(|shown| shown.resources.get(&id).cloned())
        })
    else {
        return;
    };
    let resource = &entry.resource;
    if browser::around(event, "[data-copy]").is_some() {
        let words = if browser::copy(&resource.yaml) {
            ["Copied ", &resource.kind, " ", &resource.name].concat()
        } else {
            "The browser did not allow copying".to_owned()
        };
        state.say(&words);
    } else if let Some(link) = browser::around(event, "a[download]") {
        // What stands here, secrets too: the link that the server wrote leaves them out.
        let data = ["data:application/yaml,", &query::encode(&resource.yaml)].concat();
        let _ = link.set_attribute("href", &data);
    }
}
