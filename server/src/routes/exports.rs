//! `/exports/NAME`: an export as a file to save.

use axum::{
    extract::{FromRequest as _, Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::made;
use crate::{
    compositions::Composed,
    error::AppError,
    exports::{Export, Filler},
    origin,
    state::AppState,
};

/// One export, under the name that its template gives it.
///
/// # Errors
/// When there is none of that name, or the composition does not fit.
pub async fn export(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, AppError> {
    let (export, text) = filled(&state, &name, request).await?;
    let saved = format!("attachment; filename=\"{}\"", export.about.file_name);
    // The name was checked when the template was read.
    let saved =
        HeaderValue::from_str(&saved).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let head = [(header::CONTENT_DISPOSITION, saved)];
    Ok((made("text/plain; charset=utf-8"), head, text).into_response())
}

/// The export of a name for a request's composition.
pub(super) async fn filled<'s>(
    state: &'s AppState,
    name: &str,
    request: Request,
) -> Result<(&'s Export, String), AppError> {
    let export = state
        .exports
        .get(name)
        .ok_or_else(|| AppError::NotFound("there is no export of that name".to_owned()))?;
    let origin = origin::of(request.headers(), &state.config.bind);
    let composed = Composed::from_request(request, state).await?;
    let filler = Filler::new(&origin, composed.chart, composed.composition)?;
    Ok((export, filler.fill(state, export)?))
}
