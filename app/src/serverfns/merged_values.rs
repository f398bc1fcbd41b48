//! All values of a composition, merged, as a ready piece of HTML: it is only read.

use compose::Composition;
use leptos::prelude::*;

use crate::json::Json;

/// The merged values that contain `filter`, as HTML.
///
/// # Errors
/// The server is busy, refuses the input, failed, or was not reached.
#[server(name = MergedValues, prefix = "/api/fn", endpoint = "merged", input = Json, output = Json)]
pub async fn merged_values(
    /// What is composed.
    composition: Composition,
    /// What paths or values must contain; empty for all.
    filter: String,
) -> Result<String, ServerFnError> {
    use crate::backend::SharedBackend;

    let backend = use_context::<SharedBackend>()
        .ok_or_else(|| ServerFnError::new("the server has no backend"))?;
    let entries = backend
        .merged(composition, filter)
        .await
        .map_err(ServerFnError::new)?;
    Ok(crate::text::merged::html(&entries))
}
