//! `/api/v1/render`: the manifests of a composition, resource by resource.

use std::sync::Arc;

use app::wire::{Resource, Totals};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::super::rendered;
use crate::{
    compositions::{self, Composed},
    error::AppError,
    state::AppState,
};

/// A render.
#[derive(Debug, Serialize)]
struct Render<'a> {
    /// Of chart and all inputs: the same digest, the same manifests.
    digest: &'a str,
    /// The composition as a query, secrets left out.
    query: String,
    /// In install order, hooks last.
    #[serde(serialize_with = "app::wire::shared::all::serialize")]
    resources: &'a [Arc<Resource>],
    notes: Option<&'a str>,
    totals: &'a Totals,
    warnings: &'a [String],
    /// Render time in microseconds, when it was made.
    micros: u64,
}

/// Renders a composition that fits.
///
/// # Errors
/// When the chart fails, with Helm's message.
pub async fn render(
    State(state): State<AppState>,
    composed: Composed,
) -> Result<Response, AppError> {
    let made = rendered(&state, &composed).await?;
    let rendering = made.rendering()?;
    let (query, _) = compositions::encode(&composed.chart, &composed.composition)?;
    let body = Render {
        digest: &made.digest,
        query,
        resources: &rendering.resources,
        notes: rendering.notes.as_deref(),
        totals: &rendering.totals,
        warnings: &rendering.warnings,
        micros: made.outcome.micros,
    };
    Ok(axum::Json(body).into_response())
}
