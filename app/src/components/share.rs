//! The share panel: the link, what it leaves out, and each export with its text.
//!
//! The server draws it closed and without the texts; its buttons are the browser's own, so that it
//! opens and every export can be downloaded without WebAssembly. The texts are the server's: they
//! are asked for when the panel opens, and again when the composition changes under it.

use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::components::copy_button::CopyButton;
use crate::components::dialog::{self, Dialog};
use crate::serverfns::exports::exports;
use crate::state::{Connection, composer};
use crate::text::download::download;
use crate::wire::Export;

/// The id of the panel, for buttons that open it.
pub(crate) const ID: &str = "share";

/// The id of the button that copies the link.
pub(crate) const COPY_LINK: &str = "copy-link";

/// The id of the button that copies the first export, the command to install.
pub(crate) const COPY_COMMAND: &str = "copy-0";

/// What is said while there is no server.
const LOST: &str =
    "The server cannot be reached. It makes these texts: they come by themselves when it is back.";

/// The panel as its buttons and its parts know it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SharePanel {
    node: NodeRef<html::Dialog>,
    open: RwSignal<bool>,
    texts: RwSignal<Vec<Export>>,
    problem: RwSignal<String>,
    /// The link that the texts were made for.
    made_for: StoredValue<String>,
    asked: StoredValue<u32>,
}

impl SharePanel {
    /// A closed panel.
    pub(crate) fn new() -> Self {
        Self {
            node: NodeRef::new(),
            open: RwSignal::new(false),
            texts: RwSignal::new(Vec::new()),
            problem: RwSignal::new(String::new()),
            made_for: StoredValue::new(String::new()),
            asked: StoredValue::new(0),
        }
    }

    /// Opens it, with the focus on one of its buttons.
    pub(crate) fn show(self, focus: &str) {
        self.open.set(true);
        dialog::open(self.node);
        browser::focus_soon(focus.to_owned());
    }

    /// Keeps the texts those of the composition, while they can be seen.
    fn keep_filled(self) {
        let state = composer();
        let lost = Memo::new(move |_| matches!(state.connection.get(), Connection::Lost(_)));
        Effect::new(move |_| {
            // It may have been opened before WebAssembly came.
            let open = self.node.get().is_some_and(|node| node.open());
            if !(self.open.get() || open) {
                return;
            }
            state.live.chart.track();
            let composition = state.composition.get();
            let link = state.links().with(|links| links.query.clone());
            if lost.get() {
                // Texts of an earlier state would be copied as if they were of this one.
                if self.made_for.get_value() != link {
                    self.texts.set(Vec::new());
                }
                self.problem.set(LOST.to_owned());
                return;
            }
            let number = self.asked.get_value() + 1;
            self.asked.set_value(number);
            leptos::task::spawn_local(async move {
                let answer = exports(composition).await;
                if self.asked.try_get_value() != Some(number) {
                    return;
                }
                let problem = match answer {
                    Ok(texts) => {
                        self.texts.set(texts);
                        self.made_for.set_value(link);
                        String::new()
                    }
                    Err(ServerFnError::ServerError(why)) => why,
                    Err(_) => {
                        state.ask_now();
                        LOST.to_owned()
                    }
                };
                self.problem.set(problem);
            });
        });
    }
}

/// The panel.
#[component]
pub(crate) fn ShareDialog() -> AnyView {
    let state = composer();
    let panel = expect_context::<SharePanel>();
    panel.keep_filled();
    let rows: Vec<_> = state
        .fixed()
        .data
        .exports
        .iter()
        .enumerate()
        .map(|(at, about)| row(panel, at, about))
        .collect();
    view! {
        <Dialog
            node=panel.node
            id=ID
            title="Share and install"
            class="dialog dialog--wide"
            on_close=Callback::new(move |()| panel.open.set(false))
        >
            <Link />
            <section class="share__exports" aria-label="Install and export">
                <p class="dialog__note">
                    "This server is the chart\u{2019}s Helm repository. Commands take the values from this composition\u{2019}s address; files hold them."
                </p>
                <p class="share__problem" role="status">
                    {move || Some(panel.problem.get()).filter(|problem| !problem.is_empty())}
                </p>
                {rows}
            </section>
            <p class="share__said" role="status">
                {state.said}
            </p>
        </Dialog>
    }
    .into_any()
}

/// The link, and what it leaves out.
#[component]
fn Link() -> AnyView {
    let state = composer();
    let links = state.links();
    let origin = state.fixed().data.origin.clone();
    let first = [
        origin.as_str(),
        &links.with_untracked(|links| download("/", &links.query, "")),
    ]
    .concat();
    let address = Memo::new(move |_| links.with(|links| browser::page_address(&links.query)));
    let problem = move || links.with(|links| links.problem.clone());
    let left_out = move || {
        let paths = links.with(|links| links.left_out.join(", "));
        (!paths.is_empty()).then(|| {
            view! {
                <p>
                    "Left out, because a secret never enters a link: "
                    <code>{paths}</code>
                    ". Whoever installs gives them to Helm with --set-literal, or names an existing Secret."
                </p>
            }
        })
    };
    view! {
        <section class="share__link" aria-label="Link">
            <div class="share__row">
                <input
                    class="input share__address"
                    aria-label="Link"
                    readonly
                    value=first
                    prop:value=address
                />
                <CopyButton
                    text=address
                    label="Copy link"
                    said="Link copied"
                    class="button button--primary"
                    id=COPY_LINK
                    keep=true
                />
            </div>
            <p class="share__problem">{problem}</p>
            <p class="dialog__note">
                "The link carries the environment, the release settings and your changes, nothing else. Whoever opens it sees this page; nothing is kept on the server."
            </p>
            {left_out}
        </section>
    }
    .into_any()
}

/// One export.
fn row(panel: SharePanel, at: usize, about: &Export) -> AnyView {
    let links = composer().links();
    let name = about.name.clone();
    let text = Memo::new(move |_| {
        panel.texts.with(|all| {
            let own = all.iter().find(|export| export.name == name);
            own.map_or_else(String::new, |export| export.text.clone())
        })
    });
    let first = at == 0;
    let path = ["/exports/", &about.name].concat();
    let address = move || links.with(|links| download(&path, &links.query, ""));
    view! {
        <details class="share__export" name="export" open=first>
            <summary class="share__summary">
                <span class="share__title">{about.title.clone()}</span>
                " "
                <span class="share__hint">{about.description.clone()}</span>
            </summary>
            <pre class="dialog__command" tabindex="0" aria-label=about.title.clone()>
                <code>{text}</code>
            </pre>
            <div class="dialog__actions">
                <CopyButton
                    text
                    label="Copy"
                    said=["Copied: ", &about.title].concat()
                    class="button button--primary"
                    id=["copy-", &at.to_string()].concat()
                    keep=true
                />
                <a class="button" href=address download=about.file_name.clone()>
                    "Download "
                    <span class="share__file">{about.file_name.clone()}</span>
                </a>
            </div>
        </details>
    }
    .into_any()
}
