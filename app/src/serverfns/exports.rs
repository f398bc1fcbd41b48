//! Texts around a composition, for the share panel.

use compose::Composition;
use leptos::prelude::*;

use crate::json::Json;
use crate::wire::Export;

/// Fills all exports for a composition on the server.
///
/// # Errors
/// The server is busy, refuses the input, failed, or was not reached.
#[server(name = FillExports, prefix = "/api/fn", endpoint = "exports", input = Json, output = Json)]
pub async fn exports(
    /// What is composed.
    composition: Composition,
) -> Result<Vec<Export>, ServerFnError> {
    use crate::backend::SharedBackend;

    let backend = use_context::<SharedBackend>()
        .ok_or_else(|| ServerFnError::new("the server has no backend"))?;
    backend
        .exports(composition)
        .await
        .map_err(ServerFnError::new)
}
