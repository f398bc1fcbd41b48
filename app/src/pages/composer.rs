//! The composer: header, notices, three columns, status line.

use compose::Composition;
use leptos::prelude::*;

use crate::components::header::Header;
use crate::components::later::{at_last, behind, later};
use crate::components::notices::Notices;
use crate::components::preview::PreviewPane;
use crate::components::remade::Remade;
use crate::components::services::ServicesPane;
use crate::components::settings::SettingsPane;
use crate::components::share::{ShareDialog, SharePanel};
use crate::components::status::StatusLine;
use crate::first_page::FirstPage;
use crate::state::comparing::keep_comparing;
use crate::state::looking::keep_untouched;
use crate::state::previewing::keep_previewing;
use crate::state::{ComposerState, Pane, address, composer, history, keys, live, telling};

/// The composer for the page's data.
#[component]
pub(crate) fn ComposerPage(
    /// What the server drew the page from.
    first: FirstPage,
) -> AnyView {
    let state = ComposerState::new(first);
    provide_context(state);
    provide_context(SharePanel::new());
    keep_previewing(state);
    let begin: [fn(ComposerState); 7] = [
        keep_untouched,
        keep_comparing,
        address::keep,
        telling::tell,
        keys::listen,
        history::keep_on_giving,
        keep_title,
    ];
    for begin in begin {
        behind(move || begin(state));
    }
    // Not in the task that made the state.
    let page = later(move || {
        view! {
            <div class="composer">
                <Remade>
                    {later(Header)}
                </Remade>
                {later(Notices)}
                {later(PaneBar)}
                <main class="composer__panes">
                    <Remade>
                        {later(ServicesPane)}
                        {later(SettingsPane)}
                        {later(PreviewPane)}
                    </Remade>
                </main>
                {later(StatusLine)}
                {later(ShareDialog)}
            </div>
        }
        .into_any()
    });
    // Whatever the server says meanwhile must not change what is yet to be taken over.
    at_last(move || live::listen(state));
    page
}

/// Keeps the document's title in step.
fn keep_title(state: ComposerState) {
    Effect::new(move |_| {
        let chart = &state.fixed().data.chart.name;
        let title = state.composition.with(|now| title_of(chart, now));
        // Setting it takes a browser milliseconds even where nothing changes.
        if document().title() != title {
            document().set_title(&title);
        }
    });
}

/// The document's title.
pub(crate) fn title_of(chart: &str, composition: &Composition) -> String {
    format!("{chart} · {} · Chartroom", composition.environment)
}

/// Which column a narrow screen shows.
#[component]
fn PaneBar() -> AnyView {
    let state = composer();
    let choices = Pane::ALL
        .into_iter()
        .map(|pane| {
            let chosen = Memo::new(move |_| state.pane.get() == pane);
            view! {
                <label class="pane-bar__choice">
                    <input
                        class="pane-bar__input"
                        type="radio"
                        name="pane"
                        id=format!("pane-{}", pane.as_str())
                        checked=chosen.get_untracked()
                        prop:checked=chosen
                        on:change=move |_| state.pane.set(pane)
                    />
                    {pane.title()}
                </label>
            }
        })
        .collect_view();
    view! {
        <nav class="composer__pane-bar" aria-label="Columns">
            {choices}
        </nav>
    }
    .into_any()
}
