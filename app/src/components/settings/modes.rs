//! Short, all or changed; and the button that takes changes back.

use compose::ValuesPath;
use leptos::prelude::*;

use crate::browser;
use crate::components::header::FORM;
use crate::state::composer;
use crate::state::mode::Mode;
use crate::text::{shortcuts, values};

/// The choice of what is shown. Without WebAssembly it submits the form.
#[component]
pub(crate) fn Modes(
    /// How many fields there are in all.
    count: usize,
) -> AnyView {
    let state = composer();
    let choices = Mode::ALL
        .into_iter()
        .map(|mode| {
            let number = (mode == Mode::All).then(|| {
                view! { <span class="segments__count">{count}</span> }
            });
            view! {
                <button
                    type="submit"
                    form=FORM
                    name="form"
                    value=mode.as_str()
                    class="segments__choice"
                    data-command=mode.command()
                    title=shortcuts::title(mode.command())
                    aria-keyshortcuts=shortcuts::aria(mode.command())
                    aria-pressed=move || if state.mode.get() == mode { "true" } else { "false" }
                    on:click=move |event| {
                        event.prevent_default();
                        state.mode.set(mode);
                    }
                >
                    {mode.title()}
                    {number}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="group" aria-label="Fields shown">
            {choices}
        </div>
    }
    .into_any()
}

/// The button that takes back what was changed at a path and beneath it; there while something is.
#[component]
pub(crate) fn Reset(
    /// The path; the root for everything.
    path: ValuesPath,
    /// Its name; what stands on it is the first word, except for everything.
    label: String,
) -> AnyView {
    let state = composer();
    let everything = path.is_root();
    let target = path.clone();
    let key = path.to_string();
    let changed = Memo::new(move |_| {
        state.layers.with(|layers| {
            if everything {
                !layers.overrides().is_empty()
            } else {
                layers.is_changed(&path)
            }
        })
    });
    view! {
        <button
            type="submit"
            form=FORM
            name="reset"
            value=key
            class="button button--quiet button--mark"
            aria-label=label
            hidden=move || !changed.get()
            on:click=move |event| {
                event.prevent_default();
                state.reset(&target);
                // The button goes; whoever pressed it goes on at the head.
                let key = state.card.get_untracked();
                browser::focus(&values::id("card", &key));
            }
        >
            {if everything { "Reset everything" } else { "Reset" }}
        </button>
    }
    .into_any()
}
