//! What one request may cost the server.

use std::{thread::available_parallelism, time::Duration};

use super::{ConfigError, variable};
use crate::budget::{Budget, BudgetError};

/// Bounds on requests, renders and caches.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a query; beyond it the answer is 414. The HTTP library takes 64 KB of address at most,
    /// and 64 KB of overrides compress into far less.
    pub query_bytes: usize,
    /// Bytes of a request body; beyond it the answer is 413.
    pub body_bytes: usize,
    /// `CHARTROOM_REQUEST_SECONDS`: time for a whole request, default 10 s.
    pub request_time: Duration,
    /// `CHARTROOM_RENDER_MILLIS`: time that one render may work, default 800 ms (and three times as
    /// long by the clock, when the machine is busy with others). `CHARTROOM_LIMIT_TIME` is another
    /// name for it.
    pub render_time: Duration,
    /// `CHARTROOM_LIMIT_STEPS` and its sisters: what else one render may use. Default
    /// [`engine::Limits::for_service`].
    pub render: engine::Limits,
    /// `CHARTROOM_RENDER_THREADS`: renders at the same time, default the number of CPUs.
    pub render_threads: usize,
    /// `CHARTROOM_RENDER_QUEUE`: renders that may wait for a thread, default 64; the next one is
    /// told to come back later (503).
    pub render_queue: usize,
    /// `CHARTROOM_EVENT_STREAMS`: pages that may listen for changes of a chart at the same time,
    /// default 512; the next one is told to come back later (503).
    pub event_streams: usize,
    /// `CHARTROOM_CACHE_BYTES`: memory for finished renders, default 32 MiB.
    pub cache_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_bytes: 60 << 10,
            body_bytes: 512 << 10,
            request_time: Duration::from_secs(10),
            render_time: Duration::from_millis(800),
            render: engine::Limits::for_service(),
            render_threads: available_parallelism().map_or(2, usize::from),
            render_queue: 64,
            event_streams: 512,
            cache_bytes: 32 << 20,
        }
    }
}

impl Limits {
    /// Sets what `NAME=VALUE` pairs say of renders.
    ///
    /// # Errors
    /// The first that says nothing that can be set.
    pub fn set_render(&mut self, pairs: &[String]) -> Result<(), BudgetError> {
        let mut budget = Budget {
            limits: self.render.clone(),
            time: Some(self.render_time),
        };
        for pair in pairs {
            budget.set_pair(pair)?;
        }
        self.render = budget.limits;
        self.render_time = budget.time.unwrap_or(self.render_time);
        Ok(())
    }

    pub(super) fn from_env() -> Result<Self, ConfigError> {
        let default = Self::default();
        let seconds = variable("CHARTROOM_REQUEST_SECONDS", default.request_time.as_secs())?;
        #[expect(clippy::cast_possible_truncation, reason = "the default is 800")]
        let millis = variable(
            "CHARTROOM_RENDER_MILLIS",
            default.render_time.as_millis() as u64,
        )?;
        let render = Budget {
            limits: default.render.clone(),
            time: Some(Duration::from_millis(millis)),
        };
        let Budget { limits, time } = render.or_env()?;
        Ok(Self {
            request_time: Duration::from_secs(seconds),
            render_time: time.unwrap_or(default.render_time),
            render: limits,
            render_threads: variable("CHARTROOM_RENDER_THREADS", default.render_threads)?.max(1),
            render_queue: variable("CHARTROOM_RENDER_QUEUE", default.render_queue)?,
            event_streams: variable("CHARTROOM_EVENT_STREAMS", default.event_streams)?,
            cache_bytes: variable("CHARTROOM_CACHE_BYTES", default.cache_bytes)?,
            ..default
        })
    }
}
