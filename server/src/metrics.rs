//! What operators watch: requests, renders, cache. Each server has a registry of its own, so that
//! tests can run several in one process.

use std::sync::{Arc, atomic::AtomicU64};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
        info::Info,
    },
    registry::{Registry, Unit},
};

/// The media type of [`Metrics::print`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// One kind of request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The route's pattern, never the path itself: addresses are endless.
    pub route: String,
    /// The status.
    pub status: u16,
}

/// Counters and their registry; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics {
    /// Answers by route and status.
    pub requests: Family<Request, Counter>,
    /// Requests that are being answered.
    pub in_flight: Gauge,
    /// Time of whole requests.
    pub request_seconds: Histogram,
    /// Time of renders, without waiting.
    pub render_seconds: Histogram,
    /// Renders found in the cache.
    pub cache_hits: Counter<u64, AtomicU64>,
    /// Renders made.
    pub cache_misses: Counter<u64, AtomicU64>,
    registry: Arc<Registry>,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::default();
        let in_flight = Gauge::default();
        let request_seconds = Histogram::new(exponential_buckets(0.000_5, 2.0, 14));
        let render_seconds = Histogram::new(exponential_buckets(0.000_25, 2.0, 13));
        let (cache_hits, cache_misses) = (Counter::default(), Counter::default());
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);

        let mut registry = Registry::with_prefix("chartroom");
        registry.register("build", "What is running", version);
        registry.register(
            "http_requests",
            "Answers by route and status",
            requests.clone(),
        );
        registry.register(
            "http_in_flight",
            "Requests being answered",
            in_flight.clone(),
        );
        registry.register_with_unit(
            "http_request",
            "Time of whole requests",
            Unit::Seconds,
            request_seconds.clone(),
        );
        registry.register_with_unit(
            "render",
            "Time of renders, without waiting",
            Unit::Seconds,
            render_seconds.clone(),
        );
        registry.register(
            "render_cache_hits",
            "Renders found in the cache",
            cache_hits.clone(),
        );
        registry.register("render_cache_misses", "Renders made", cache_misses.clone());
        let registry = Arc::new(registry);
        Self {
            requests,
            in_flight,
            request_seconds,
            render_seconds,
            cache_hits,
            cache_misses,
            registry,
        }
    }
}

impl Metrics {
    /// All metrics in the text form that Prometheus scrapes.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}
