//! `/api/v1/exports`: texts made around a composition, such as the command that installs it.

use axum::{
    Json,
    extract::{Path, Request, State},
    response::{IntoResponse as _, Response},
};

use super::super::{exports::filled, made};
use crate::{error::AppError, state::AppState};

/// All exports.
pub async fn list(State(state): State<AppState>) -> Json<Vec<app::wire::Export>> {
    Json(state.exports.list())
}

/// One export of a composition.
///
/// # Errors
/// When there is none of that name, or the composition does not fit.
pub async fn one(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, AppError> {
    let (_, text) = filled(&state, &name, request).await?;
    Ok((made("text/plain; charset=utf-8"), text).into_response())
}
