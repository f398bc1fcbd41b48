//! What the server tells of other environments, drawn: nothing in these texts is edited, so the
//! browser gets them as HTML and needs no code that makes them.

use compose::Composition;
use leptos::prelude::*;

use crate::json::Json;
use crate::wire::Report;

/// Draws a report as HTML.
///
/// # Errors
/// The server is busy, refuses the input, failed, or was not reached.
#[server(name = ReportOnComposition, prefix = "/api/fn", endpoint = "report", input = Json, output = Json)]
pub async fn report(
    /// What it is about.
    composition: Composition,
    /// What is to be told.
    wanted: Report,
) -> Result<String, ServerFnError> {
    use crate::backend::SharedBackend;

    let backend = use_context::<SharedBackend>()
        .ok_or_else(|| ServerFnError::new("the server has no backend"))?;
    drawn(&backend, composition, wanted)
        .await
        .map_err(ServerFnError::new)
}

/// Asks the backend, and draws what it answers.
#[cfg(feature = "ssr")]
pub(crate) async fn drawn(
    backend: &crate::backend::SharedBackend,
    composition: Composition,
    wanted: Report,
) -> Result<String, crate::backend::BackendError> {
    use crate::text::report;

    match wanted {
        Report::Totals => {
            let chosen = composition.environment.clone();
            let totals = backend.totals(composition).await?;
            Ok(report::totals(&totals, &chosen))
        }
        Report::Comparison { left, right, mine } => {
            let comparison = backend.compare(composition, [left, right], mine).await?;
            Ok(report::comparison(&comparison))
        }
    }
}
