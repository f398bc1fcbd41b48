//! Renders a composition: the answer to every edit.

use compose::Composition;
use leptos::prelude::*;

use crate::json::Json;
use crate::wire::Preview;

/// Renders a composition on the server. A chart that fails is an answer, too.
///
/// Resources that stand in the render of the digest `have` as they are now are left out, if the
/// server still knows that render.
///
/// # Errors
/// The server is busy, refuses the input, failed, or was not reached.
#[server(name = PreviewComposition, prefix = "/api/fn", endpoint = "preview", input = Json, output = Json)]
pub async fn preview(
    /// What to render.
    composition: Composition,
    /// The digest of a render that whoever asks has; empty for none.
    #[server(default)]
    have: String,
) -> Result<Preview, ServerFnError> {
    use crate::backend::SharedBackend;

    let backend = use_context::<SharedBackend>()
        .ok_or_else(|| ServerFnError::new("the server has no backend"))?;
    backend
        .preview(composition, have)
        .await
        .map_err(ServerFnError::new)
}
