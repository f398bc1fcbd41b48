//! The chart again, when the server has another one than the page.

use compose::Composition;
use leptos::prelude::*;

use crate::json::Json;
use crate::wire::PageData;

/// The page's data for a composition that an open page holds, after its chart has changed.
///
/// # Errors
/// The server is busy, refuses the input, failed, or was not reached.
#[server(name = ReloadChart, prefix = "/api/fn", endpoint = "reload", input = Json, output = Json)]
pub async fn reload(
    /// What is composed.
    composition: Composition,
    /// The shape of the page: form, defaults and environments are left out where they are the same.
    #[server(default)]
    shape: String,
) -> Result<PageData, ServerFnError> {
    use crate::backend::SharedBackend;
    use crate::wire::ChartData;

    let backend = use_context::<SharedBackend>()
        .ok_or_else(|| ServerFnError::new("the server has no backend"))?;
    let mut data = backend
        .reload(composition)
        .await
        .map_err(ServerFnError::new)?;
    if data.shape == shape {
        drop(data.replace_chart_data(ChartData::default()));
    }
    Ok(data)
}
