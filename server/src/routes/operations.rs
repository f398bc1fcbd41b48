//! `/healthz`, `/readyz`, `/metrics`: for those who run the server.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};

use super::made;
use crate::{metrics, state::AppState};

/// The process lives.
pub async fn healthz() -> impl IntoResponse {
    (made("text/plain; charset=utf-8"), "ok\n")
}

/// It can serve: charts are loaded and compiled before the server listens, so that it can as soon
/// as it answers.
pub async fn readyz() -> impl IntoResponse {
    (made("text/plain; charset=utf-8"), "ok\n")
}

/// The counters, as Prometheus scrapes them.
pub async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    let media_type = HeaderValue::from_static(metrics::MEDIA_TYPE);
    ([(header::CONTENT_TYPE, media_type)], state.metrics.print())
}
