//! `/chart/SHAPE.ndjson`: what the page needs of its chart's files, whatever is composed. The address
//! names the content, so that a browser keeps it for good.

use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};

use crate::{error::AppError, state::AppState};

/// The data of the chart that has this shape.
///
/// # Errors
/// When no chart has it (any more).
pub async fn chart_data(
    State(state): State<AppState>,
    Path(file): Path<String>,
) -> Result<impl IntoResponse, AppError> {
    let shape = file.strip_suffix(".ndjson").unwrap_or(&file);
    let chart = state.charts.iter().find(|chart| chart.about.shape == shape);
    let chart = chart
        .ok_or_else(|| AppError::NotFound("the chart has changed: reload the page".to_owned()))?;
    let lines = chart.data().to_lines();
    let lines = lines.map_err(|error| AppError::Internal(error.to_string()))?;
    let headers = [
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_TYPE, "application/x-ndjson"),
    ];
    Ok((headers, lines))
}
