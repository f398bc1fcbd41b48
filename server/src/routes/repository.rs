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
    let charts: Vec<_> = state.charts.iter().collect();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(YAML)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (
        headers,
        repository::index::print(charts.iter().map(AsRef::as_ref)),
    )
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
    let mut charts = state.charts.iter();
    let Some(chart) = charts.find(|chart| chart.package.file_name == name) else {
        return assets::answer(&state, &headers, &name);
    };
    let package = &chart.package;
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
