//! `X-Request-Id`: a proxy's own, or a counter with the time the server started, on every request
//! and answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use axum::http::{HeaderName, HeaderValue, Request};
use tower_http::request_id::{
    MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer,
};

/// The header.
pub(super) const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Gives each request an id.
pub(super) fn set() -> SetRequestIdLayer<Numbers> {
    let started = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    let numbers = Numbers {
        started: u64::try_from(started).unwrap_or_default(),
        next: Arc::default(),
    };
    SetRequestIdLayer::new(NAME, numbers)
}

/// Puts it on the answer.
pub(super) fn propagate() -> PropagateRequestIdLayer {
    PropagateRequestIdLayer::new(NAME)
}

/// Makes ids.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    started: u64,
    next: Arc<AtomicU64>,
}

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:x}-{number:x}", self.started);
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}
