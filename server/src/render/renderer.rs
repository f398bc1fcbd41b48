//! Renders with everything around it: digest, cache, threads, metrics.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{Input, Memory, Outcome, Surroundings, cache::Cache, pool::Pool, render, today};
use crate::{
    budget::Budget, charts::LoadedChart, config::Limits, error::AppError, metrics::Metrics,
};

/// Renders compositions for everyone: one digest, one render.
#[derive(Debug)]
pub struct Renderer {
    pool: Pool,
    cache: Cache<String, Outcome>,
    memory: Arc<Memory>,
    budget: Budget,
    seed: u64,
    metrics: Metrics,
}

impl Renderer {
    /// Starts the render threads.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(limits: &Limits, metrics: Metrics) -> std::io::Result<Self> {
        Ok(Self {
            pool: Pool::start(
                limits.render_threads,
                limits.render_queue,
                limits.render.depth,
            )?,
            cache: Cache::new(limits.cache_bytes),
            memory: Arc::new(Memory::new(limits.cache_bytes / 4)),
            budget: Budget {
                limits: limits.render.clone(),
                time: Some(limits.render_time),
            },
            seed: super::seed(),
            metrics,
        })
    }

    /// The digest of a chart and all inputs, and what they render to.
    ///
    /// # Errors
    /// When the server is busy or broken; a chart that fails is an [`Outcome`].
    pub async fn render(
        &self,
        chart: &Arc<LoadedChart>,
        input: Input,
    ) -> Result<(String, Arc<Outcome>), AppError> {
        let now_unix = today();
        let digest = digest(&chart.digest, &input, now_unix);
        if let Some(outcome) = self.cache.get(&digest) {
            self.metrics.cache_hits.inc();
            return Ok((digest, outcome));
        }
        self.metrics.cache_misses.inc();
        let surroundings = Surroundings {
            budget: self.budget.clone(),
            seed: self.seed,
            now_unix,
        };
        let program = Arc::clone(chart);
        let memory = Arc::clone(&self.memory);
        let outcome = self
            .pool
            .run(move || render(&program.program, &input, surroundings, &memory))
            .await?;
        #[expect(clippy::cast_precision_loss, reason = "microseconds of one render")]
        self.metrics
            .render_seconds
            .observe(outcome.micros as f64 / 1e6);
        let outcome = Arc::new(outcome);
        // A render that ran out of time may fit the next time, when the machine is less busy.
        if !outcome
            .result
            .as_ref()
            .is_err_and(|failure| failure.transient)
        {
            self.cache.put(digest.clone(), Arc::clone(&outcome));
        }
        Ok((digest, outcome))
    }

    /// A finished render, if it is still kept.
    pub(crate) fn kept(&self, digest: &str) -> Option<Arc<Outcome>> {
        self.cache.get(digest)
    }
}

/// SHA-256 over everything that a render depends on. The seed is left out: it is the same for the
/// life of the server, and a digest must not help to guess it.
fn digest(chart: &str, input: &Input, now_unix: i64) -> String {
    let mut hash = Sha256::new();
    for part in [
        chart.to_owned(),
        serde_json::to_string(&input.values).unwrap_or_default(),
        serde_json::to_string(&input.release).unwrap_or_default(),
        now_unix.to_string(),
    ] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    base16ct::lower::encode_string(&hash.finalize())
}
