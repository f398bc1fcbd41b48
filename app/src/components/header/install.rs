//! The install command: shown as it is copied.

use leptos::html;
use leptos::prelude::*;

use crate::components::copy_button::CopyButton;
use crate::components::dialog::{self, Dialog};
use crate::state::composer;
use crate::text::install;

/// The Install button and its dialog.
#[component]
pub(crate) fn Install() -> AnyView {
    let state = composer();
    let links = state.links();
    let node = NodeRef::<html::Dialog>::new();
    let command = Memo::new(move |_| {
        let fixed = state.fixed();
        let data = &fixed.data;
        links.with(|links| {
            state.composition.with(|composition| {
                install::Install {
                    release: &composition.release.name,
                    namespace: &composition.release.namespace,
                    chart: &data.chart.name,
                    version: &data.chart.version,
                    origin: &data.origin,
                    query: &links.query,
                }
                .command()
            })
        })
    });
    let note = move || {
        links.with(|links| {
            (links.secrets > 0).then(|| {
                view! {
                    <p class="dialog__note">
                        "Secrets never enter a link: give them with --set or as an existing Secret."
                    </p>
                }
            })
        })
    };
    view! {
        <button type="button" class="button button--primary" on:click=move |_| dialog::open(node)>
            "Install"
        </button>
        <Dialog node id="install-title" title="Install with Helm">
            <p class="dialog__note">
                "This server is the chart's Helm repository, and the values come from this composition's address."
            </p>
            <pre class="dialog__command" tabindex="0" aria-label="Install command">
                <code>{command}</code>
            </pre>
            {note}
            <div class="dialog__actions">
                <CopyButton
                    text=command
                    label="Copy command"
                    said="Install command copied"
                    class="button button--primary"
                />
                <span role="status">{state.said}</span>
            </div>
        </Dialog>
    }.into_any()
}
