//! `/manifests.yaml`: what `helm template` prints for a composition.

use axum::{extract::State, response::IntoResponse};

use super::{YAML, made, rendered};
use crate::{compositions::Composed, error::AppError, state::AppState};

/// Byte for byte.
///
/// # Errors
/// When the chart fails.
pub async fn manifests(
    State(state): State<AppState>,
    composed: Composed,
) -> Result<impl IntoResponse, AppError> {
    let made_here = rendered(&state, &composed).await?;
    Ok((made(YAML), made_here.rendering()?.text.clone()))
}
