//! `/chart/SHAPE.json`: what the page needs of its chart's files, whatever is composed. The address
//! names the content, so that a browser keeps it for good.

use app::wire::ChartData;
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
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
    let shape = file.strip_suffix(".json").unwrap_or(&file);
    let chart = state.charts.iter().find(|chart| chart.about.shape == shape);
    let chart = chart
        .ok_or_else(|| AppError::NotFound("the chart has changed: reload the page".to_owned()))?;
    let kept: (HeaderName, HeaderValue) = (
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(([kept], Json::<ChartData>(chart.data())))
}
