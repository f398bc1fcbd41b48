//! The status line: what the composition needs, how the last render went, what was last said.

use leptos::prelude::*;

use crate::browser;
use crate::state::{Connection, Pane, Tab, composer};
use crate::text::{download, query, units};
use crate::wire::Totals;

/// What is counted, for those who point at it.
const COUNTED: [(&str, &str); 4] = [
    (
        "pods",
        "Deployments, StatefulSets, ReplicaSets, Jobs and Pods by their replicas; an autoscaler's \
         minimum in their place; one for each DaemonSet; none for CronJobs, hooks and tests",
    ),
    (
        "CPU",
        "Requests / limits of all pods; of a pod the sum of its containers, or its largest init \
         container if that is more; a missing request is the limit",
    ),
    ("memory", "Requests / limits of all pods, counted as CPU is"),
    (
        "storage",
        "What all volume claims ask for, those of StatefulSets for each replica",
    ),
];

/// The line at the foot of the page.
#[component]
pub(crate) fn StatusLine() -> AnyView {
    let state = composer();
    let totals = Memo::new(move |_| state.shown.with(|shown| shown.totals.clone()));
    let tell: [fn(&Totals) -> String; 4] =
        [pods, cpu, memory, |totals| units::bytes(totals.storage)];
    let items = COUNTED
        .into_iter()
        .zip(tell)
        .map(|((name, counted), tell)| {
            let value = Memo::new(move |_| totals.with(tell));
            item(name, counted, value)
        })
        .collect_view();
    let resources = Memo::new(move |_| {
        state.shown.with(|shown| {
            let lines = units::count(shown.lines, "line");
            [&shown.len().to_string(), " · ", &lines].concat()
        })
    });
    let micros = Memo::new(move |_| state.preview.with(|preview| preview.micros));
    let work = move || match state.connection.get() {
        Connection::Lost(_) => "server not reached".to_owned(),
        Connection::Waiting | Connection::Settled | Connection::Refused(_) => {
            ["rendered in ", &units::micros(micros.get())].concat()
        }
    };
    view! {
        <footer class="status" aria-label="Status">
            <dl class="status__list">
                {item("resources", "All that Helm would install, hooks and tests too", resources)}
                {items}
            </dl>
            <PerEnvironment />
            <div class="status__side">
                <Faults />
                <span class="status__item--optional">{work}</span>
                <span class="status__said" role="status">
                    {state.said}
                </span>
            </div>
        </footer>
    }
    .into_any()
}

fn item(name: &'static str, counted: &'static str, value: Memo<String>) -> AnyView {
    let class = match name {
        "storage" => "status__item status__item--optional",
        _ => "status__item",
    };
    view! {
        <div class=class title=counted>
            <dt>{name}</dt>
            <dd class="status__value">{value}</dd>
        </div>
    }
    .into_any()
}

/// Changes, errors and warnings by count, each the way to the first of them.
#[component]
fn Faults() -> AnyView {
    let state = composer();
    let changes = Memo::new(move |_| state.looking.marks.with(|marks| marks.len()));
    let errors = Memo::new(move |_| state.problems().0);
    let warnings = Memo::new(move |_| state.problems().1);
    view! {
        <button
            type="button"
            class="status__jump"
            title="To the first resource that changed"
            hidden=move || changes.get() == 0
            on:click=move |_| state.walk(true)
        >
            {move || [&changes.get().to_string(), " changed"].concat()}
        </button>
        <button
            type="button"
            class="status__jump"
            class=("status__errors--some", move || errors.get() > 0)
            title="To the first error"
            on:click=move |_| state.jump_to_first_error()
        >
            {move || units::count(errors.get(), "error")}
        </button>
        <button
            type="button"
            class="status__jump"
            title="To the checks"
            hidden=move || warnings.get() == 0
            on:click=move |_| {
                state.tab.set(Tab::Checks);
                state.pane.set(Pane::Preview);
                browser::focus_first("#tab-checks");
            }
        >
            {move || units::count(warnings.get(), "warning")}
        </button>
    }
    .into_any()
}

/// The totals of every environment, in a table that unfolds; asked for when it does.
#[component]
fn PerEnvironment() -> AnyView {
    let state = composer();
    let comparing = state.comparing;
    let first = state.links().get_untracked().query;
    let html = move || {
        let table = comparing.totals.get();
        if table.is_empty() {
            // Without WebAssembly the table comes with the next page.
            let query = query::with_pair(&first, "totals", "all");
            let mut link = String::from("<a href=\"");
            crate::text::highlight::escape(&download::download("/", &query, ""), &mut link);
            link.push_str("\">Show the totals of every environment</a>");
            link
        } else {
            table
        }
    };
    let open = comparing.totals_open;
    view! {
        <details
            class="status__more"
            data-menu=""
            open=open.get_untracked()
            on:toggle=move |event| {
                use wasm_bindgen::JsCast;
                let details = event.target().and_then(|target| target.dyn_into().ok());
                if let Some(details) = details {
                    let details: web_sys::HtmlDetailsElement = details;
                    open.set(details.open());
                }
            }
        >
            <summary class="status__jump">"per environment"</summary>
            <div class="status__popover" inner_html=html></div>
        </details>
    }
    .into_any()
}

fn pods(totals: &Totals) -> String {
    let mut out = totals.pods.to_string();
    if totals.pods_max > totals.pods {
        out.push_str(" (");
        out.push_str(&totals.pods_max.to_string());
        out.push_str(" at HPA max)");
    }
    out
}

fn cpu(totals: &Totals) -> String {
    [
        &units::cpu(totals.cpu_request),
        " / ",
        &units::cpu(totals.cpu_limit),
    ]
    .concat()
}

fn memory(totals: &Totals) -> String {
    [
        &units::bytes(totals.memory_request),
        " / ",
        &units::bytes(totals.memory_limit),
    ]
    .concat()
}
