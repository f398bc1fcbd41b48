//! `/manifests.yaml`: what `helm template` prints for a composition, or one resource of it.

use axum::{extract::State, response::IntoResponse};

use super::{YAML, made, rendered};
use crate::{compositions::Composed, error::AppError, problem::Cause, state::AppState};

/// Byte for byte; with `resource=deployment/web` that one alone.
///
/// # Errors
/// When the chart fails or has no such resource.
pub async fn manifests(
    State(state): State<AppState>,
    composed: Composed,
) -> Result<impl IntoResponse, AppError> {
    let made_here = rendered(&state, &composed).await?;
    let rendering = made_here.rendering()?;
    let text = match &composed.options.resource {
        None => rendering.text.clone(),
        Some(id) => {
            let mut resources = rendering.resources.iter();
            let found = resources.find(|resource| resource.id == *id);
            let found = found.ok_or_else(|| {
                let message = format!("the chart makes no `{id}` with these values");
                AppError::Composition(vec![Cause::new("resource", message)])
            })?;
            format!("{}\n", found.yaml.trim_end())
        }
    };
    Ok((made(YAML), text))
}
