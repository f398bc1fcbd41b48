//! All that the page knows while it is open. What can be computed is computed (layers, query,
//! messages); signals hold only what a person or the server said.

pub(crate) mod address;
pub(crate) mod checks;
pub(crate) mod comparing;
pub(crate) mod document;
pub(crate) mod drafts;
pub(crate) mod editing;
pub(crate) mod edits;
pub(crate) mod history;
pub(crate) mod jump;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod live;
pub(crate) mod looking;
pub(crate) mod marks;
pub(crate) mod mode;
mod opening;
pub(crate) mod previewing;
pub(crate) mod searching;
pub(crate) mod sequence;
pub(crate) mod shown;
pub(crate) mod telling;
pub(crate) mod undo;

use std::collections::BTreeMap;
use std::sync::Arc;

use compose::{Composition, Layers};
use leptos::prelude::*;
use values::Map;

use crate::first_page::FirstPage;
use crate::text::query::View;
use crate::wire::{Check, Environment, Failure, Outcome, PageData, Preview, Problem};
use comparing::Comparing;
use looking::{Looking, Untouched};
use mode::{ESSENTIALS, Mode};
use shown::Shown;

/// The tabs of the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// The resources.
    #[default]
    Manifests,
    /// What is wrong or worth knowing.
    Checks,
    /// All values, merged.
    Values,
    /// The images that the resources run.
    Images,
    /// NOTES.txt.
    Notes,
    /// Two environments side by side.
    Compare,
}

impl Tab {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 6] = [
        Self::Manifests,
        Self::Checks,
        Self::Values,
        Self::Images,
        Self::Notes,
        Self::Compare,
    ];

    /// Its name in ids and links.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Checks => "checks",
            Self::Values => "values",
            Self::Images => "images",
            Self::Notes => "notes",
            Self::Compare => "compare",
        }
    }

    /// Its name on the page.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Manifests => "Manifests",
            Self::Checks => "Checks",
            Self::Values => "Values",
            Self::Images => "Images",
            Self::Notes => "Notes",
            Self::Compare => "Compare",
        }
    }

    fn named(name: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|tab| Some(tab.as_str()) == name)
            .unwrap_or_default()
    }
}

/// The column that a narrow screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    /// The service cards.
    #[default]
    Services,
    /// The selected card's settings.
    Settings,
    /// The manifests.
    Preview,
}

impl Pane {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 3] = [Self::Services, Self::Settings, Self::Preview];

    /// Its name in ids and classes.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Settings => "settings",
            Self::Preview => "preview",
        }
    }

    /// Its name on the page.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Services => "Services",
            Self::Settings => "Settings",
            Self::Preview => "Preview",
        }
    }
}

/// How the page and its server are getting on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Connection {
    /// The preview is that of the composition.
    #[default]
    Settled,
    /// An answer is on its way.
    Waiting,
    /// The server was not reached or is busy: why. It is asked again by itself.
    Lost(String),
    /// The server refuses this composition: why. Only an edit can mend it.
    Refused(String),
}

/// What changes only when the chart does; then the page is drawn anew.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// The page's data as the server sent it; composition and preview in it are the first ones.
    pub(crate) data: PageData,
    /// How the first link asked to look at it.
    pub(crate) view: View,
}

/// The page's state: cheap to copy, provided to all components through context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ComposerState {
    fixed: StoredValue<Arc<Fixed>>,
    /// What is composed: read it anywhere, change it through [`ComposerState::edit`] only.
    pub(crate) composition: RwSignal<Composition>,
    /// The overrides as YAML, with the person's comments.
    pub(crate) document: RwSignal<String>,
    /// The overrides that the text came from which is being mended.
    mending: StoredValue<Option<Map>>,
    /// All values, merged, as HTML; empty until they are asked for.
    pub(crate) merged: RwSignal<String>,
    /// The steps that can be taken back.
    pub(crate) undo: RwSignal<undo::Undo>,
    /// The composition's layers.
    pub(crate) layers: Memo<Layers>,
    links: Memo<links::Links>,
    /// Texts in inputs that are no value yet, by path.
    pub(crate) drafts: RwSignal<BTreeMap<String, drafts::Draft>>,
    /// All that is wrong or worth knowing, gravest first.
    pub(crate) checks: Memo<Vec<Check>>,
    /// The path of the card whose service was switched last; empty at first.
    pub(crate) toggled: RwSignal<String>,
    /// The server's latest answer.
    pub(crate) preview: RwSignal<Arc<Preview>>,
    /// The last good manifests, and those before them.
    pub(crate) shown: RwSignal<Arc<Shown>>,
    /// How the manifests are looked at.
    pub(crate) looking: Looking,
    /// What the server tells of other environments.
    pub(crate) comparing: Comparing,
    /// How the page and its server are getting on.
    pub(crate) connection: RwSignal<Connection>,
    /// The chart as it changes under the page.
    pub(crate) live: live::Live,
    /// The path of the card whose settings are open, or [`ESSENTIALS`].
    pub(crate) card: RwSignal<String>,
    /// The path of the field that was gone to, which is marked.
    pub(crate) field: RwSignal<String>,
    /// How much of the form is shown.
    pub(crate) mode: RwSignal<Mode>,
    /// Rises whenever the kept compositions change.
    pub(crate) kept_count: RwSignal<u32>,
    /// What is searched, and where that led.
    pub(crate) searching: searching::Searching,
    /// The open tab of the preview.
    pub(crate) tab: RwSignal<Tab>,
    /// The column that a narrow screen shows.
    pub(crate) pane: RwSignal<Pane>,
    /// What was last said to the person: "Link copied".
    pub(crate) said: RwSignal<String>,
    /// Whether the link's problems were put aside.
    pub(crate) link_problems_closed: RwSignal<bool>,
}

impl ComposerState {
    /// The state that the server's HTML was drawn from.
    #[must_use]
    pub(crate) fn new(first: FirstPage) -> Self {
        let shown = first.shown();
        let FirstPage {
            data,
            view,
            untouched,
            comparison,
            totals,
            drafts,
            merged,
            known_shown: _,
        } = first;
        let preview = Arc::new(data.preview.clone());
        let target = view
            .field
            .as_ref()
            .and_then(|path| jump::Target::of(&data.form, path));
        let mode = match Mode::named(view.form.as_deref()) {
            Mode::Short if target.as_ref().is_some_and(|target| target.hidden_in_short) => {
                Mode::All
            }
            mode => mode,
        };
        let (aim, field) = target.map_or((None, String::new()), |target| {
            (Some(target.card), target.field)
        });
        let card = aim
            .or(view.show.clone())
            .filter(|path| edits::find_card(&data.form, path).is_some())
            .unwrap_or_else(|| ESSENTIALS.to_owned());
        let composition = RwSignal::new(data.composition.clone());
        let shown = RwSignal::new(shown);
        let untouched = untouched.and_then(|preview| Untouched::of(&data.composition, &preview));
        let looking = Looking::new(&view, untouched, shown, composition);
        let compared = comparing::chosen(&view, &data.composition, &data.environments);
        let comparing = Comparing::new(&view, compared, comparison, totals);
        let document = document::first(&data.composition.overrides);
        let tab = Tab::named(view.tab.as_deref());
        let searching = searching::Searching::new(view.q.clone(), &field);
        let fixed = StoredValue::new(Arc::new(Fixed { data, view }));
        let live = live::Live::new();
        let layers = Memo::new(move |before: Option<&Layers>| {
            live.chart.track();
            let data = &fixed.get_value().data;
            composition.with(|composition| match before {
                Some(before) if lies_over(before, data, composition) => {
                    before.with_overrides(composition.overrides.clone())
                }
                _ => layers_of(data, composition),
            })
        });
        let links = Memo::new(move |_| {
            live.chart.track();
            let data = &fixed.get_value().data;
            composition.with(|composition| links::of(data, composition))
        });
        let drafts = RwSignal::new(drafts);
        let preview = RwSignal::new(preview);
        let checks = Memo::new(move |_| {
            live.chart.track();
            let form = &fixed.get_value().data.form;
            drafts.with(|drafts| preview.with(|preview| checks::all(form, drafts, preview)))
        });
        Self {
            fixed,
            composition,
            document,
            mending: StoredValue::new(None),
            merged: RwSignal::new(merged),
            undo: RwSignal::default(),
            layers,
            links,
            drafts,
            checks,
            toggled: RwSignal::new(String::new()),
            preview,
            shown,
            looking,
            comparing,
            connection: RwSignal::new(Connection::Settled),
            live,
            card: RwSignal::new(card),
            kept_count: RwSignal::new(0),
            searching,
            field: RwSignal::new(field),
            mode: RwSignal::new(mode),
            tab: RwSignal::new(tab),
            pane: RwSignal::new(Pane::Services),
            said: RwSignal::new(String::new()),
            link_problems_closed: RwSignal::new(false),
        }
    }

    /// What changes only when the chart does.
    pub(crate) fn fixed(&self) -> Arc<Fixed> {
        self.fixed.get_value()
    }

    /// Helm's failure, if the latest render failed.
    pub(crate) fn failure(&self) -> Option<Failure> {
        self.preview.with(|preview| match &preview.outcome {
            Outcome::Failed(failure) => Some(failure.clone()),
            Outcome::Manifests(_) => None,
        })
    }

    /// The server's messages for one field.
    pub(crate) fn server_message(&self, path: &str) -> Option<String> {
        self.preview
            .with(|preview| message_for(&preview.problems, path))
    }
}

/// The state of the page that this component stands in.
pub(crate) fn composer() -> ComposerState {
    expect_context()
}

fn message_for(problems: &[Problem], path: &str) -> Option<String> {
    problems
        .iter()
        .find(|problem| problem.path == path)
        .map(|problem| problem.message.clone())
}

/// A composition's layers over a chart's values.
pub(crate) fn layers_of(data: &PageData, composition: &Composition) -> Layers {
    let environment = environment_values(&data.environments, &composition.environment)
        .map(|values| (composition.environment.clone(), values.clone()));
    Layers::new(
        Arc::clone(&data.defaults),
        environment,
        composition.overrides.clone(),
    )
}

/// Whether layers differ from those of a composition in their overrides at most.
fn lies_over(layers: &Layers, data: &PageData, composition: &Composition) -> bool {
    let environment = layers.environment().map(|(name, _)| name);
    Arc::ptr_eq(layers.defaults(), &data.defaults)
        && environment.map_or(compose::BASE, String::as_str) == composition.environment
}

fn environment_values<'a>(environments: &'a [Environment], name: &str) -> Option<&'a Map> {
    environments
        .iter()
        .find(|environment| environment.name == name)
        .map(|found| &found.values)
}
