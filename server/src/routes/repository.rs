//! Chartroom as a Helm repository: `/index.yaml` and `/NAME-VERSION.tgz`.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{YAML, assets};
use crate::{error::AppError, repository, state::AppState};

/// The index of all charts here.
pub async fn index(State(state): State<AppState>) -> impl IntoResponse {
    let charts = state.charts.iter().map(AsRef::as_ref);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(YAML)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, repository::index::print(charts))
}

/// A file at the root: a chart's archive, or one of the page's files (`favicon.svg`).
///
/// # Errors
/// When there is neither.
pub async fn root_file(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Result<Response, AppError> {
    let package = state
        .charts
        .iter()
        .map(|chart| &chart.package)
        .find(|p| p.file_name == name);
    let Some(package) = package else {
        return assets::answer(&state, &headers, &name);
    };
    let tag = format!("\"{}\"", package.digest);
    if assets::has(&headers, &tag) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let head = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/gzip"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ETAG, assets::tag(&tag)),
    ];
    Ok((head, package.data.clone()).into_response())
}
