//! Every error is a problem document: bare ones (unknown route, wrong method, body too large, time
//! over) are turned into one here. What is ours to mend is logged here, once.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{error::Hidden, problem::Problem};

/// Server functions speak Leptos' own language, errors included.
const SERVER_FUNCTIONS: &str = "/api/fn/";

/// Rewrites bare errors, logs hidden ones.
pub(super) async fn problems(request: Request, next: Next) -> Response {
    let server_function = request.uri().path().starts_with(SERVER_FUNCTIONS);
    let response = next.run(request).await;
    if let Some(Hidden(message)) = response.extensions().get() {
        tracing::error!(message, "Failed to answer a request");
    }
    let status = response.status();
    let own = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media_type| {
            let media_type = media_type.as_bytes();
            media_type.starts_with(b"application/problem+json")
                || media_type.starts_with(b"text/html")
        });
    if own || server_function || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut problem = Problem::bare(status).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        let value: Option<HeaderValue> = response.headers().get(&name).cloned();
        if let Some(value) = value {
            problem.headers_mut().insert(name, value);
        }
    }
    problem
}
