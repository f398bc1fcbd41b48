//! What all handlers share.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::{
    assets::Assets, charts::Charts, config::Config, exports::Exports, metrics::Metrics,
    render::Renderer,
};

/// The server's state; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Inner>);

/// The fields of [`AppState`].
#[derive(Debug)]
pub struct Inner {
    /// The charts that it composes.
    pub charts: Charts,
    /// Renders for everyone, with one cache.
    pub renderer: Renderer,
    /// Style, wasm, icons.
    pub assets: Assets,
    /// Texts made around a composition: the install command and its like.
    pub exports: Exports,
    /// Counters.
    pub metrics: Metrics,
    /// Room for pages that listen for changes of a chart.
    pub event_streams: Arc<Semaphore>,
    /// What was set from outside.
    pub config: Config,
}

impl AppState {
    /// Starts everything that needs starting.
    ///
    /// # Errors
    /// When the system gives no threads, or an export's template is broken.
    pub fn new(config: Config, charts: Charts) -> anyhow::Result<Self> {
        // Leptos spawns the page's futures on it; a second server in one process finds it set.
        let _ = any_spawner::Executor::init_tokio();
        let metrics = Metrics::default();
        Ok(Self(Arc::new(Inner {
            renderer: Renderer::start(&config.limits, metrics.clone())?,
            assets: Assets::locate(config.paths.site.as_deref()),
            exports: Exports::new(config.paths.exports.as_deref())?,
            event_streams: Arc::new(Semaphore::new(config.limits.event_streams)),
            metrics,
            charts,
            config,
        })))
    }
}

impl std::ops::Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
