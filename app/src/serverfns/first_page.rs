//! The data of the first page, read on the server and handed to the browser inside the HTML.

use serde::{Deserialize, Serialize};

use crate::text::query::View;
use crate::wire::PageData;

/// What the server's HTML was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FirstPage {
    /// The composition, its form and its render.
    pub(crate) data: PageData,
    /// How the link asks to look at it.
    pub(crate) view: View,
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

    let backend = use_context::<SharedBackend>().ok_or("the server has no backend")?;
    let RequestQuery(query) = use_context::<RequestQuery>().unwrap_or_default();
    let (query, view) = crate::text::query::split_view(&query);
    let data = backend
        .page(query)
        .await
        .map_err(|error| error.to_string())?;
    Ok(FirstPage { data, view })
}

/// On the server: asks the backend in context for the page of the request's query. In the
/// browser the answer is already in the HTML; being called there means that it is broken.
///
/// # Errors
/// A sentence for the page.
#[cfg(not(feature = "ssr"))]
pub(crate) async fn first_page() -> Result<FirstPage, String> {
    Err("the page's data is missing: reload it".to_owned())
}
