//! Two amounts of which the first must not be above the second: request and limit, fewest and
//! most. One track with two thumbs, a box for each, and a way out where they have crossed.

use compose::form::{Control, Node, Section};
use leptos::prelude::*;

use super::controls::slider::{self, Track};
use super::field::{Bound, Look, row};
use crate::state::composer;

/// The pair; what is no two fields is none, and shown one below the other.
#[component]
pub(crate) fn Pair(
    /// A section of two fields.
    section: Section,
) -> AnyView {
    let bounds: Vec<Bound> = section
        .nodes
        .into_iter()
        .filter_map(|node| match node {
            Node::Field(field) => Some(Bound::new(composer(), *field).paired()),
            Node::Section(_) => None,
        })
        .collect();
    let rows = bounds
        .iter()
        .map(|bound| row(*bound, Look::Stacked))
        .collect_view();
    let track = Track::of(&bounds);
    let crossed = match bounds.as_slice() {
        [low, high] => Some(crossing(*low, *high)),
        _ => None,
    };
    view! {
        <div class="pair" role="group" aria-label=section.title>
            {rows}
            {slider::sliders(track, &bounds)}
            {crossed}
        </div>
    }
    .into_any()
}

/// What is said while the first is above the second, with a button for each way out.
fn crossing(low: Bound, high: Bound) -> AnyView {
    let kind = low.with_field(|field| match field.control {
        Control::Quantity { kind, .. } => Some(kind),
        _ => None,
    });
    let words = if kind.is_some() {
        ["request", "limit"]
    } else {
        ["minimum", "maximum"]
    };
    let is = Memo::new(move |_| {
        let ends = [low, high].map(|end| end.value.with(|value| slider::amount(kind, value)));
        matches!(ends, [Some(low), Some(high)] if low > high)
    });
    let mend = move |raise: bool| {
        let (from, to) = if raise { (low, high) } else { (high, low) };
        let verb = if raise { "Raise " } else { "Lower " };
        let word = words[usize::from(raise)];
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    to.leave();
                    to.write(from.value.get_untracked());
                    to.focus();
                }
            >
                {verb}
                {word}
                " to "
                {from.text}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="pair__crossed" role="alert">
            {move || {
                is.get()
                    .then(|| {
                        view! {
                            <p class="field__message">
                                "The " {words[0]} " is above the " {words[1]} " of " {high.text} "."
                            </p>
                            {mend(true)}
                            {mend(false)}
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
