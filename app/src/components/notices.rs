//! The bands under the header: what of a link was left out, Helm's failure, the server's absence.

use leptos::prelude::*;

use super::checks;
use super::notice::{Notice, Tone};
use super::prose::prose;
use crate::state::{ComposerState, Connection, composer};
use crate::text::units;

/// All bands. The regions are always there, so that screen readers hear what comes into them.
#[component]
pub(crate) fn Notices() -> AnyView {
    view! {
        <div class="composer__notices">
            <LinkProblems />
            <div role="alert" aria-label="Chart failure">
                <ChartFailure />
            </div>
            <div role="alert" aria-label="Chart files">
                <ChartTrouble />
            </div>
            <div role="status" aria-label="Server">
                <ServerTrouble />
            </div>
        </div>
    }
    .into_any()
}

/// What of the link did not fit.
#[component]
fn LinkProblems() -> impl IntoView {
    let state = composer();
    move || {
        let fixed = state.fixed();
        let problems = &fixed.data.problems;
        (!problems.is_empty() && !state.link_problems_closed.get()).then(|| {
            let title = format!(
                "{} of the link left out",
                units::count(problems.len(), "part")
            );
            let items: Vec<_> = problems
                .iter()
                .map(|problem| {
                    view! {
                        <li>
                            <span class="notice__path">{problem.path.clone()}</span>
                            ": "
                            {prose(&problem.message)}
                            {meant(state, &problem.mend)}
                        </li>
                    }
                })
                .collect();
            view! {
                <section aria-label="Problems in the link">
                    <Notice
                        tone=Tone::Caution
                        title
                        on_close=Callback::new(move |()| state.link_problems_closed.set(true))
                    >
                        <ul class="notice__list">{items}</ul>
                    </Notice>
                </section>
            }
        })
    }
}

/// The button that takes what was meant most likely.
fn meant(state: ComposerState, set: &str) -> AnyView {
    if set.is_empty() {
        return ().into_any();
    }
    let set = set.to_owned();
    let words = ["Use ", &set].concat().into_any();
    let value = set.clone();
    let go = Callback::new(move |()| {
        state.put(&set);
        state.say(&["Set ", &set].concat());
    });
    checks::button("notice__mend", "set", value, words, go)
}

/// Why the chart does not render, in Helm's words.
#[component]
fn ChartFailure() -> impl IntoView {
    let state = composer();
    let failure = Memo::new(move |_| state.failure());
    move || {
        failure.get().map(|failure| {
            let kept = state.shown.with_untracked(|shown| shown.len() > 0);
            let title = if kept {
                "The chart does not render; the manifests below are the last good ones"
            } else {
                "The chart does not render"
            };
            view! {
                <Notice tone=Tone::Danger title=title>
                    <p class="notice__text">{failure.message}</p>
                    {(!failure.explained.is_empty())
                        .then(|| {
                            view! {
                                // Folded: an edit that fails should not push the page away.
                                <details class="notice__why">
                                    <summary>"Where and why"</summary>
                                    // It may be wider than the band: arrow keys must reach its end.
                                    <pre class="notice__explained" tabindex="0">
                                        {failure.explained}
                                    </pre>
                                </details>
                            }
                        })}
                    {failure.hint.map(|hint| view! { <p class="notice__hint">{hint}</p> })}
                </Notice>
            }
        })
    }
}

/// Why the chart's edited files cannot be served.
#[component]
fn ChartTrouble() -> impl IntoView {
    let state = composer();
    move || {
        state.live.trouble.get().map(|trouble| {
            let title = "The chart\u{2019}s files have an error; this is the last good chart";
            view! {
                <Notice tone=Tone::Danger title=title>
                    <p class="notice__text">{trouble.message}</p>
                    {trouble.place.map(|place| view! { <p class="notice__hint">{place}</p> })}
                </Notice>
            }
        })
    }
}

/// Why the server gives no preview.
#[component]
fn ServerTrouble() -> impl IntoView {
    let state = composer();
    let trouble = Memo::new(move |_| match state.connection.get() {
        Connection::Lost(why) => Some((
            why,
            "Your edits are kept here and in the address; the server is asked again by itself.",
            true,
        )),
        Connection::Refused(why) => {
            Some((why, "The manifests below are the last good ones.", false))
        }
        Connection::Settled | Connection::Waiting => None,
    });
    move || {
        trouble.get().map(|(why, then, again)| {
            view! {
                <Notice tone=Tone::Caution title=why>
                    <p>{then}</p>
                    {again
                        .then(|| {
                            view! {
                                <button type="button" class="button notice__action" on:click=move |_| state.ask_now()>
                                    "Try now"
                                </button>
                            }
                        })}
                </Notice>
            }
        })
    }
}
