//! `/api/v1/exports`: texts made around a composition, such as the command that installs it.

use axum::{
    Json,
    extract::{FromRequest as _, Path, Request, State},
    response::{IntoResponse, Response},
};

use super::super::made;
use crate::{
    compositions::{self, Composed},
    error::AppError,
    exports::{self, Context},
    origin,
    state::AppState,
};

/// The names of all exports.
pub async fn list(State(state): State<AppState>) -> Json<Vec<String>> {
    Json(state.exports.names().map(str::to_owned).collect())
}

/// One export of the query's composition.
///
/// # Errors
/// When there is none of that name, or the composition does not fit.
pub async fn one(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, AppError> {
    let origin = origin::of(request.headers(), &state.config.bind);
    let composed = Composed::from_request(request, &state).await?;
    let (mut query, left_out) = compositions::encode(&composed.chart, &composed.composition)?;
    if composed.chart.info.name != state.charts.first().info.name {
        let name = &composed.chart.info.name;
        query = if query.is_empty() {
            format!("chart={name}")
        } else {
            format!("chart={name}&{query}")
        };
    }
    let address = |path: &str| match query.as_str() {
        "" => format!("{origin}{path}"),
        query => format!("{origin}{path}?{query}"),
    };
    let secrets: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    let context = Context {
        chart: &composed.chart.info,
        release: &composed.composition.release,
        environment: &composed.composition.environment,
        origin: &origin,
        values_url: &exports::for_helm(&address("/values.yaml")),
        page_url: &address("/"),
        secrets: &secrets,
    };
    let text = state
        .exports
        .render(&name, &context)
        .map_err(|error| AppError::Internal(format!("export `{name}` failed: {error}")))?
        .ok_or_else(|| AppError::NotFound("there is no export of that name".to_owned()))?;
    Ok((made("text/plain; charset=utf-8"), text).into_response())
}
