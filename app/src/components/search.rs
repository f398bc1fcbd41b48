//! Search: the box in the header, the dialog it opens, and the line that keeps what was searched.

use leptos::ev::{KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dialog;
use crate::browser;
use crate::state::composer;
use crate::text::query;
use crate::text::search::{self, Entry, SHOWN};
use crate::text::{shortcuts, units};

/// The box in the header and its dialog.
#[component]
pub(crate) fn Search() -> AnyView {
    let state = composer();
    let links = state.links();
    let node = NodeRef::<html::Dialog>::new();
    let input = NodeRef::<html::Input>::new();
    // What is searched is gathered when the dialog opens: nobody else waits for it.
    let entries = StoredValue::new(Vec::<Entry>::new());
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let opened = RwSignal::new(0_u32);
    let mac = RwSignal::new(false);
    Effect::new(move |_| mac.set(browser::is_mac()));
    let hits = Memo::new(move |_| {
        opened.track();
        let words = typed.with(|typed| search::words(typed));
        entries.with_value(|entries| search::find(entries, &words))
    });
    let options = move || {
        let words = typed.with(|typed| search::words(typed));
        entries.with_value(|entries| {
            hits.with(|hits| search::options(entries, hits, &words, active.get(), mac.get()))
        })
    };
    let count = move || {
        let found = hits.with(Vec::len);
        match found {
            0 => "Nothing found".to_owned(),
            SHOWN.. if found > SHOWN => [
                "The first ",
                &SHOWN.to_string(),
                " of ",
                &units::count(found, "hit"),
            ]
            .concat(),
            found => units::count(found, "hit"),
        }
    };
    let open = move |event: MouseEvent| {
        event.prevent_default();
        entries.set_value(state.everything());
        opened.update(|opened| *opened += 1);
        dialog::open(node);
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    let take = move |number: usize| {
        let at = hits.with_untracked(|hits| hits.get(number).copied());
        let go = at.and_then(|at| {
            entries.with_value(|entries| entries.get(at).map(|entry| entry.go.clone()))
        });
        if let (Some(go), Some(node)) = (go, node.get_untracked()) {
            node.close();
            let searched = typed.get_untracked();
            if search::is_place(&go) && !searched.trim().is_empty() {
                state.searching.query.set(Some(searched));
            }
            state.go(go);
        }
    };
    let move_to = move |number: usize| {
        active.set(number);
        browser::show_soon(["hit-", &number.to_string()].concat());
    };
    let on_key = move |event: KeyboardEvent| {
        let last = hits.with_untracked(Vec::len).min(SHOWN).saturating_sub(1);
        let now = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => move_to(if now >= last { 0 } else { now + 1 }),
            "ArrowUp" => move_to(now.checked_sub(1).unwrap_or(last)),
            "PageDown" => move_to((now + 8).min(last)),
            "PageUp" => move_to(now.saturating_sub(8)),
            "Enter" => take(now),
            _ => return,
        }
        event.prevent_default();
    };
    let on_click = move |event: MouseEvent| {
        if let Some(number) = hit_of(&event) {
            take(number);
        }
    };
    view! {
        <a
            class="search-box"
            href=move || links.with(|links| ["/?", &query::with_pair(&links.query, "q", "")].concat())
            data-command="search"
            aria-haspopup="dialog"
            title=shortcuts::title("search")
            aria-keyshortcuts=shortcuts::aria("search")
            on:click=open
        >
            "Search"
            <kbd class="search-box__keys">{move || shortcuts::first_keys("search", mac.get())}</kbd>
        </a>
        <dialog class="dialog search" node_ref=node aria-label="Search">
            <div class="search__head">
                <input
                    class="search__input"
                    node_ref=input
                    role="combobox"
                    aria-label="Search settings, resources and commands"
                    aria-autocomplete="list"
                    aria-expanded="true"
                    aria-controls="search-hits"
                    aria-activedescendant=move || {
                        (hits.with(Vec::len) > 0).then(|| ["hit-", &active.get().to_string()].concat())
                    }
                    placeholder="Settings, resources, commands"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    on:input=move |event| {
                        active.set(0);
                        typed.set(event_target_value(&event));
                    }
                    on:keydown=on_key
                />
                <form method="dialog">
                    <button class="button button--quiet">"Close"</button>
                </form>
            </div>
            <ul
                class="search__hits"
                id="search-hits"
                role="listbox"
                aria-label="Hits"
                inner_html=options
                on:click=on_click
            ></ul>
            <p class="search__count" role="status">
                {count}
            </p>
        </dialog>
    }
    .into_any()
}

/// The line under the header that keeps what was searched: which hit this is, the others as
/// links. Without WebAssembly it is the whole search.
#[component]
pub(crate) fn SearchLine() -> AnyView {
    let state = composer();
    let shown = Memo::new(move |_| state.searching.query.with(Option::is_some));
    (move || shown.get().then(|| view! { <Line /> })).into_any()
}

#[component]
fn Line() -> AnyView {
    let state = composer();
    let links = state.links();
    let searched = Memo::new(move |_| state.searching.query.get().unwrap_or_default());
    // Where the hits lead, and all of it as HTML; an empty search finds nothing here.
    let found = Memo::new(move |_| {
        let entries = state.places();
        let words = searched.with(|searched| search::words(searched));
        let hits = if words.is_empty() {
            Vec::new()
        } else {
            search::find(&entries, &words)
        };
        hits.iter()
            .map(|at| entries[*at].clone())
            .collect::<Vec<Entry>>()
    });
    let current = Memo::new(move |_| {
        state
            .searching
            .went
            .with(|went| found.with(|found| found.iter().position(|entry| entry.go == *went)))
    });
    let list = move || {
        found.with(|found| {
            searched.with(|searched| {
                let all: Vec<usize> = (0..found.len()).collect();
                search::links(
                    found,
                    &all,
                    &search::words(searched),
                    current.get(),
                    &|go| state.address_of(go, searched),
                )
            })
        })
    };
    let go_to = move |number: usize| {
        if let Some(go) = found.with_untracked(|found| found.get(number).map(|hit| hit.go.clone()))
        {
            state.go(go);
        }
    };
    // The hit that is `by` further on, around at the ends.
    let other = move |by: usize| {
        let count = found.with(Vec::len);
        let next = match current.get() {
            Some(now) => now + by,
            None => by / count.max(1),
        };
        (count > 0).then(|| next % count)
    };
    let step = move |command: &'static str, sign: &'static str| {
        let other = move || match command {
            "next-hit" => other(1),
            _ => other(found.with(Vec::len).saturating_sub(1)),
        };
        let address = move || {
            other().and_then(|number| {
                found.with(|found| {
                    searched.with(|searched| {
                        found
                            .get(number)
                            .map(|hit| state.address_of(&hit.go, searched))
                    })
                })
            })
        };
        let label = if command == "next-hit" {
            "Next hit"
        } else {
            "Previous hit"
        };
        view! {
            <a
                class="button button--square"
                href=address
                data-command=command
                aria-label=label
                title=shortcuts::title(command)
                aria-keyshortcuts=shortcuts::aria(command)
                on:click=move |event| {
                    event.prevent_default();
                    if let Some(number) = untrack(other) {
                        go_to(number);
                    }
                }
            >
                {sign}
            </a>
        }
    };
    let count = move || {
        let all = found.with(Vec::len);
        match current.get() {
            Some(now) => [&(now + 1).to_string(), " of ", &all.to_string()].concat(),
            None => units::count(all, "hit"),
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        go_to(0);
    };
    let close = move |event: MouseEvent| {
        event.prevent_default();
        state.searching.query.set(None);
        state.field.set(String::new());
        browser::focus_first("[data-command=search]");
    };
    let first = state.preview.get_untracked().query.clone();
    let carried = first
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| {
            let [key, value] = [key, value].map(query::decode);
            view! { <input type="hidden" name=key value=value /> }
        })
        .collect_view();
    // All hits are listed until one was chosen.
    let listed = NodeRef::<html::Details>::new();
    let began_open = current.get_untracked().is_none();
    view! {
        <search class="found" aria-label="Search results">
            <form class="found__form" action="/" method="get" on:submit=submit>
                {carried}
                <input
                    class="input found__input"
                    name="q"
                    aria-label="Search settings and resources"
                    placeholder="Search"
                    autocomplete="off"
                    value=searched.get_untracked()
                    prop:value=searched
                    on:input=move |event| state.searching.query.set(Some(event_target_value(&event)))
                />
                <button class="button">"Find"</button>
            </form>
            <p class="found__count" role="status">
                {count}
            </p>
            <div class="found__steps">
                {step("previous-hit", "‹")}
                {step("next-hit", "›")}
            </div>
            <details class="found__all" node_ref=listed open=began_open>
                <summary class="button button--quiet">"All hits"</summary>
                <ol
                    class="found__hits"
                    inner_html=list
                    on:click=move |event| {
                        if let Some(number) = hit_of(&event) {
                            event.prevent_default();
                            if let Some(listed) = listed.get_untracked() {
                                listed.set_open(false);
                            }
                            go_to(number);
                        }
                    }
                ></ol>
            </details>
            <a
                class="button button--quiet found__close"
                href=move || links.with(|links| ["/?", &links.query].concat())
                on:click=close
            >
                "End search"
            </a>
        </search>
    }
    .into_any()
}

/// The number of the hit that was clicked.
fn hit_of(event: &MouseEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let hit = target.closest("[data-hit]").ok()??;
    hit.get_attribute("data-hit")?.parse().ok()
}
