//! `/manifests.zip`: one file per resource of a composition.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};

use super::{made, rendered};
use crate::{bundle, compositions::Composed, error::AppError, state::AppState};

/// The archive, named after the release.
///
/// # Errors
/// When the chart fails.
pub async fn manifests_zip(
    State(state): State<AppState>,
    composed: Composed,
) -> Result<impl IntoResponse, AppError> {
    let made_here = rendered(&state, &composed).await?;
    let archive = bundle::pack(&made_here.rendering()?.resources)
        .map_err(|error| AppError::Internal(format!("cannot pack the manifests: {error}")))?;
    // A release name that fits is lower-case letters, digits, dots and dashes.
    let name = format!(
        "attachment; filename=\"{}.zip\"",
        composed.composition.release.name
    );
    let name = HeaderValue::from_str(&name)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment; filename=\"manifests.zip\""));
    Ok((
        made("application/zip"),
        [(header::CONTENT_DISPOSITION, name)],
        archive,
    ))
}
