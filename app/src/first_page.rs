//! The data of the first page: read on the server, and handed to the browser inside the HTML.

#[cfg(feature = "ssr")]
mod submitted;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::state::drafts::Draft;
use crate::state::shown::Shown;
use crate::text::query::View;
#[cfg(feature = "ssr")]
use crate::wire::ChartData;
use crate::wire::{PageData, Preview};

/// The id of the element that holds it.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
const ID: &str = "first-page";

/// What the server's HTML was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FirstPage {
    /// The composition, its form and its render.
    pub(crate) data: PageData,
    /// How the link asks to look at it.
    pub(crate) view: View,
    /// The render of the environment without the user's changes, where the link compares with it.
    pub(crate) untouched: Option<Preview>,
    /// The comparison of two environments as HTML, where the link opens it.
    pub(crate) comparison: String,
    /// The totals of all environments as HTML, where the link opens them.
    pub(crate) totals: String,
    /// Texts that a form without scripts could not take, with what is wrong.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) drafts: BTreeMap<String, Draft>,
    /// All values, merged, as HTML, where the link opens their tab.
    pub(crate) merged: String,
    /// What of its render is shown, where that is known already; see [`Self::shown`].
    #[serde(skip)]
    pub(crate) known_shown: OnceLock<Arc<Shown>>,
}

impl FirstPage {
    /// What of its render is shown, worked out when it is first asked for.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        let shown = self.known_shown.get_or_init(|| {
            let shown = Shown::first(&self.data.form, &self.data.preview);
            Arc::new(shown)
        });
        Arc::clone(shown)
    }
}

#[cfg(feature = "ssr")]
impl FirstPage {
    /// Asks the backend for the page of a request's query.
    ///
    /// # Errors
    /// A sentence for the page.
    pub async fn of(backend: &crate::backend::SharedBackend, query: &str) -> Result<Self, String> {
        use crate::serverfns::report::drawn;
        use crate::state::looking::Untouched;
        use crate::state::{Tab, comparing};
        use crate::text::highlight;
        use crate::wire::Report;

        let (query, view) = crate::text::query::split_view(query);
        let mut data = backend
            .page(query)
            .await
            .map_err(|error| error.to_string())?;
        let untouched = match view.against.as_deref() {
            Some("env") => {
                let composition = Untouched::composition(&data.composition);
                backend.preview(composition, String::new()).await.ok()
            }
            _ => None,
        };
        let told = async |wanted| {
            let composition = data.composition.clone();
            let drawn = drawn(backend, composition, wanted).await;
            drawn.unwrap_or_else(|error| highlight::plain(&error.to_string()))
        };
        let comparison = if view.tab.as_deref() == Some(Tab::Compare.as_str()) {
            let [left, right] = comparing::chosen(&view, &data.composition, &data.environments);
            let mine = !view.theirs;
            told(Report::Comparison { left, right, mine }).await
        } else {
            String::new()
        };
        let totals = if view.totals {
            told(Report::Totals).await
        } else {
            String::new()
        };
        let drafts = submitted::drafts(&data, &view);
        data.problems.extend(submitted::problems(&drafts, &view));
        let merged = match view.tab.as_deref() {
            Some("values") => {
                let entries = backend.merged(data.composition.clone(), String::new());
                let entries = entries.await.map_err(|error| error.to_string())?;
                crate::text::merged::html(&entries)
            }
            _ => String::new(),
        };
        Ok(Self {
            data,
            view,
            untouched,
            comparison,
            totals,
            drafts,
            merged,
            known_shown: OnceLock::new(),
        })
    }

    /// The document's title.
    pub(crate) fn title(&self) -> String {
        crate::pages::composer::title_of(&self.data.chart.name, &self.data.composition)
    }

    /// The page's canonical address: many links may open one composition.
    pub(crate) fn address(&self) -> String {
        let query = &self.data.preview.query;
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}/{mark}{query}", self.data.origin)
    }

    /// Where the browser finds the chart's data: an address that names its content.
    pub(crate) fn chart_data(&self) -> String {
        ["/chart/", &self.data.shape, ".ndjson"].concat()
    }

    /// The element that hands it to the browser, all but the chart's data.
    pub(crate) fn element(&self) -> leptos::prelude::AnyView {
        use leptos::{nonce::use_nonce, prelude::*};

        let mut first = self.clone();
        first.leave_texts_to_html();
        drop(first.data.replace_chart_data(ChartData::default()));
        // Nothing in it may end the element.
        let json = serde_json::to_string(&first)
            .unwrap_or_default()
            .replace('<', "\\u003c");
        view! { <script type="application/json" id=ID nonce=use_nonce() inner_html=json></script> }
            .into_any()
    }

    /// Takes the texts of the manifests out: they are most of the data, and stand in the page. What
    /// HTML would not keep as it is stays, as do all where lines are marked as changed.
    fn leave_texts_to_html(&mut self) {
        if self.untouched.is_some() {
            return;
        }
        for resource in self.data.preview.resources_mut() {
            let text = &resource.yaml;
            if !text.starts_with('\n') && !text.contains(['\r', '\0']) {
                *resource = Arc::new(resource.without_text());
            }
        }
    }
}

#[cfg(feature = "hydrate")]
impl FirstPage {
    /// In the browser: what the server handed over inside the page, all but the chart's data and
    /// the texts that stand in the page; nothing if the page could not be made.
    pub(crate) fn handed_over() -> Option<Self> {
        let text = leptos::prelude::document()
            .get_element_by_id(ID)?
            .text_content()?;
        crate::json::from_str(&text).ok()
    }

    /// Takes the texts of the manifests out of the page.
    pub(crate) fn take_texts(&mut self) {
        for resource in self.data.preview.resources_mut() {
            let resource = Arc::make_mut(resource);
            if resource.yaml.is_empty() {
                let element = crate::state::looking::element_id(&resource.id);
                resource.yaml = crate::browser::text_in(&element, "pre");
            }
        }
    }
}
