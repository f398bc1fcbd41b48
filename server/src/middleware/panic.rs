//! A panic in a handler is an answer (500) like any other, and says nothing of itself outside.

use std::any::Any;

use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{error::AppError, render::pool};

/// Catches panics.
pub(super) fn layer() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(answer as fn(Box<dyn Any + Send>) -> Response)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer's signature")]
fn answer(panic: Box<dyn Any + Send>) -> Response {
    AppError::Internal(format!("a handler panicked: {}", pool::words(&*panic))).into_response()
}
