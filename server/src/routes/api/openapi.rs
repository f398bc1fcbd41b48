//! `/api/openapi.json`: the description of the API. Written by hand (an interface is designed, not
//! derived), and held against the routes by a test.

use axum::{
    http::{HeaderValue, header},
    response::IntoResponse,
};

/// The document.
pub const DOCUMENT: &str = include_str!("openapi.json");

/// The document as an answer.
pub async fn openapi() -> impl IntoResponse {
    let head = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (head, DOCUMENT)
}
