//! What surrounds every handler, one file each.

mod compression;
mod log;
mod panic;
mod problems;
mod request_id;
mod security;
mod track;

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware};
use tower::ServiceBuilder;
use tower_http::{limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use crate::state::AppState;

pub use security::content_security_policy;

/// Puts everything around the routes.
///
/// A request passes from top to bottom, its answer from bottom to top:
/// an id comes first, so that all that follows can name it; log and counters see the final answer;
/// security headers are on every answer, errors included; compression works on the finished text;
/// bare errors of what lies below become problem documents, a panic among them; the limits on
/// body and time are nearest to the handlers. All of it runs behind the choice of a route, which
/// the counters need to know.
pub fn wrap(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let limits = &state.config.limits;
    router.layer(
        ServiceBuilder::new()
            .layer(request_id::set())
            .layer(request_id::propagate())
            .layer(log::layer())
            .layer(middleware::from_fn_with_state(state.clone(), track::track))
            .layer(middleware::from_fn(security::headers))
            .layer(compression::layer())
            .layer(middleware::from_fn(problems::problems))
            .layer(panic::layer())
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(limits.body_bytes))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                limits.request_time,
            )),
    )
}
