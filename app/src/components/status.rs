//! The status line: what the composition needs, how the last render went, what was last said.

use leptos::prelude::*;

use crate::state::{Connection, composer};
use crate::text::units;
use crate::wire::Totals;

/// The line at the foot of the page.
#[component]
pub(crate) fn StatusLine() -> AnyView {
    let state = composer();
    let totals = Memo::new(move |_| state.shown.with(|shown| shown.totals.clone()));
    let item = move |name: &'static str, class: &'static str, text: fn(&Totals) -> String| {
        let value = Memo::new(move |_| totals.with(text));
        view! {
            <div class=class>
                <dt>{name}</dt>
                <dd class="status__value">{value}</dd>
            </div>
        }
    };
    let resources = Memo::new(move |_| state.shown.with(|shown| shown.len()));
    let errors = Memo::new(move |_| state.error_count());
    let warnings = Memo::new(move |_| state.preview.with(|preview| preview.warnings.len()));
    let micros = Memo::new(move |_| state.preview.with(|preview| preview.micros));
    let work = move || match state.connection.get() {
        Connection::Lost(_) => "server not reached".to_owned(),
        Connection::Waiting | Connection::Settled | Connection::Refused(_) => {
            format!("rendered in {}", units::micros(micros.get()))
        }
    };
    view! {
        <footer class="status" aria-label="Status">
            <dl class="status__list">
                <div class="status__item">
                    <dt>"resources"</dt>
                    <dd class="status__value">{resources}</dd>
                </div>
                {item("pods", "status__item", pods)}
                {item("CPU", "status__item", cpu)}
                {item("memory", "status__item", memory)}
                {item("storage", "status__item status__item--optional", |totals| units::bytes(totals.storage))}
            </dl>
            <div class="status__side">
                <span class="status__errors" class=("status__errors--some", move || errors.get() > 0)>
                    {move || units::count(errors.get(), "error")}
                </span>
                {move || {
                    (warnings.get() > 0).then(|| view! { <span>{units::count(warnings.get(), "warning")}</span> })
                }}
                <span class="status__item--optional">{work}</span>
                <span class="status__said" role="status">
                    {state.said}
                </span>
            </div>
        </footer>
    }.into_any()
}

fn pods(totals: &Totals) -> String {
    if totals.pods_max > totals.pods {
        format!("{} ({} at HPA max)", totals.pods, totals.pods_max)
    } else {
        totals.pods.to_string()
    }
}

fn cpu(totals: &Totals) -> String {
    format!(
        "{} / {}",
        units::cpu(totals.cpu_request),
        units::cpu(totals.cpu_limit)
    )
}

fn memory(totals: &Totals) -> String {
    format!(
        "{} / {}",
        units::bytes(totals.memory_request),
        units::bytes(totals.memory_limit)
    )
}
