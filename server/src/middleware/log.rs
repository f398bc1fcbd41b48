//! One line in the log for each answer: a sentence with fields, never values or bodies, and of the
//! address only the path (a query is a composition).

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, Response},
};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    trace::{DefaultOnBodyChunk, DefaultOnEos, TraceLayer},
};
use tracing::{Span, info, info_span};

use super::request_id;

type Layer = TraceLayer<
    SharedClassifier<ServerErrorsAsFailures>,
    fn(&Request<Body>) -> Span,
    (),
    fn(&Response<Body>, Duration, &Span),
    DefaultOnBodyChunk,
    DefaultOnEos,
    (),
>;

/// Logs answers.
pub(super) fn layer() -> Layer {
    TraceLayer::new_for_http()
        .make_span_with(span as fn(&Request<Body>) -> Span)
        .on_request(())
        .on_response(answered as fn(&Response<Body>, Duration, &Span))
        .on_failure(())
}

fn span(request: &Request<Body>) -> Span {
    let id = request
        .headers()
        .get(request_id::NAME)
        .and_then(|id| id.to_str().ok());
    info_span!(
        "request",
        id = id.unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
    )
}

fn answered(response: &Response<Body>, time: Duration, _: &Span) {
    let status = response.status().as_u16();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a request takes seconds at most"
    )]
    let micros = time.as_micros() as u64;
    info!(status, duration_micros = micros, "Answered a request");
}
