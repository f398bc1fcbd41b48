//! The data of the first page, read on the server and handed to the browser inside the HTML.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::state::drafts::Draft;
use crate::text::query::View;
use crate::wire::{PageData, Preview};

/// What the server's HTML was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FirstPage {
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
}

/// On the server: asks the backend in context for the page of the request's query. In the
/// browser the answer is already in the HTML; being called there means that it is broken.
///
/// # Errors
/// A sentence for the page.
#[cfg(feature = "ssr")]
pub(crate) async fn first_page() -> Result<FirstPage, String> {
    use leptos::prelude::use_context;

    use crate::backend::{RequestQuery, SharedBackend};
    use crate::serverfns::report::drawn;
    use crate::state::looking::Untouched;
    use crate::state::{Tab, comparing};
    use crate::text::highlight;
    use crate::wire::Report;

    let backend = use_context::<SharedBackend>().ok_or("the server has no backend")?;
    let RequestQuery(query) = use_context::<RequestQuery>().unwrap_or_default();
    let (query, view) = crate::text::query::split_view(&query);
    let mut data = backend
        .page(query)
        .await
        .map_err(|error| error.to_string())?;
    let untouched = match view.against.as_deref() {
        Some("env") => {
            let composition = Untouched::composition(&data.composition);
            backend.preview(composition).await.ok()
        }
        _ => None,
    };
    let told = async |wanted| {
        let composition = data.composition.clone();
        let drawn = drawn(&backend, composition, wanted).await;
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
    Ok(FirstPage {
        data,
        view,
        untouched,
        comparison,
        totals,
        drafts,
        merged,
    })
}

#[cfg(feature = "ssr")]
mod submitted;

/// On the server: asks the backend in context for the page of the request's query. In the
/// browser the answer is already in the HTML; being called there means that it is broken.
///
/// # Errors
/// A sentence for the page.
#[cfg(not(feature = "ssr"))]
pub(crate) async fn first_page() -> Result<FirstPage, String> {
    Err("the page's data is missing: reload it".to_owned())
}
