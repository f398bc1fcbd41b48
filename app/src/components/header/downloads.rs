//! The downloads of the composition: plain links, so that any browser and any script can use them.

use leptos::html;
use leptos::prelude::*;

use crate::state::{Connection, composer};
use crate::text::download::download;

/// Path, extra query, title, hint of each download.
const FILES: [(&str, &str, &str, &str); 4] = [
    (
        "/values.yaml",
        "",
        "values.yaml",
        "Only what differs from the chart",
    ),
    (
        "/values.yaml",
        "full=true",
        "values.yaml, complete",
        "All values, merged",
    ),
    (
        "/manifests.yaml",
        "",
        "manifests.yaml",
        "What helm template prints",
    ),
    (
        "/manifests.zip",
        "",
        "manifests.zip",
        "One file per resource",
    ),
];

/// The Download menu.
#[component]
pub(crate) fn Downloads() -> AnyView {
    let state = composer();
    let links = state.links();
    let lost = Memo::new(move |_| matches!(state.connection.get(), Connection::Lost(_)));
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let items = FILES
        .into_iter()
        .map(|(path, extra, title, hint)| {
            let file = path.trim_start_matches('/');
            view! {
                <li>
                    <a
                        class="menu__item"
                        href=move || links.with(|links| download(path, &links.query, extra))
                        download=file
                        on:click=move |_| close()
                    >
                        <span>{title}</span>
                        <span class="menu__hint">{hint}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="menu" data-menu="" node_ref=menu>
            <summary class="menu__summary button">"Download"</summary>
            <ul class="menu__list">
                {items}
                {move || {
                    lost.get()
                        .then(|| {
                            view! {
                                <li class="menu__item menu__hint">
                                    "The server cannot be reached, and files come from there. Your edits are kept."
                                </li>
                            }
                        })
                }}
            </ul>
        </details>
    }
    .into_any()
}
