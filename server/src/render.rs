//! The seam between the engine and the web: the only module that knows both.
//!
//! It hands charts and inputs to the engine and turns what comes back into what page, downloads
//! and API need, all of it in one pass, so that every one of them shows the same render.

mod cache;
pub(crate) mod deadline;
mod explain;
mod images;
mod memory;
pub(crate) mod pool;
mod renderer;
mod resources;

use std::{
    hash::{BuildHasher as _, RandomState},
    sync::Arc,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use app::wire::{Check, Resource, Totals};
use compose::ReleaseSettings;
use engine::{
    Capabilities, CompiledChart, ErrorKind, KubeVersion, OutputOptions, Release, RenderRequest,
};
use values::Map;

pub use explain::Explanation;
pub(crate) use memory::Memory;
pub use renderer::Renderer;
use resources::{Identified, Raw};

use crate::{budget::Budget, failure, problem::Cause};

/// Where random functions start: somewhere else each time, as with Helm, and where nobody can guess.
pub(crate) fn seed() -> u64 {
    RandomState::new().hash_one("seed")
}

/// What goes into a render, beside the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The user's values: environment and overrides, merged.
    pub values: Map,
    /// Release name, namespace and the cluster it is for.
    pub release: ReleaseSettings,
}

/// What bounds a render and what it may not take from the machine itself.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// What it may use.
    pub budget: Budget,
    /// Where its randomness starts: kept for the life of the server, so that generated secrets do
    /// not change at every keystroke, and unknown outside, so that nobody can repeat them.
    pub seed: u64,
    /// Its clock, in seconds since 1970.
    pub now_unix: i64,
}

/// A render that succeeded.
#[derive(Debug, Clone, Default)]
pub struct Rendering {
    /// Resources in install order, then hooks.
    pub resources: Vec<Arc<Resource>>,
    /// NOTES.txt.
    pub notes: Option<String>,
    /// Sums over the resources.
    pub totals: Totals,
    /// What `helm template` prints.
    pub text: String,
    /// Helm's warnings.
    pub warnings: Vec<String>,
    /// What is worth knowing about its workloads.
    pub advice: Vec<Check>,
}

/// A render that failed, as Helm would.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Helm's own sentence.
    pub message: String,
    /// The place: `flts/templates/kafka.yaml:12:5`.
    pub place: Option<String>,
    /// How to mend it.
    pub hint: Option<String>,
    /// Whether it may succeed the next time: the time was up.
    pub transient: bool,
    /// What the engine knows of it.
    error: engine::Error,
}

impl Failure {
    /// The values that it names; `defaults` are the chart's.
    #[must_use]
    pub fn causes(&self, defaults: &Map) -> Vec<Cause> {
        failure::causes(&self.message, defaults)
    }
}

/// What a render gave, with the time it took.
#[derive(Debug)]
pub struct Outcome {
    /// Manifests, or why there are none.
    pub result: Result<Rendering, Failure>,
    /// Render time in microseconds.
    pub micros: u64,
}

impl From<Result<Rendering, Failure>> for Outcome {
    fn from(result: Result<Rendering, Failure>) -> Self {
        Self { result, micros: 0 }
    }
}

impl cache::Weighed for Outcome {
    fn size(&self) -> usize {
        // Text stands twice (whole and by resource); the rest is small beside it.
        let text = match &self.result {
            Ok(rendering) => {
                2 * rendering.text.len() + rendering.notes.as_ref().map_or(0, String::len)
            }
            // The sentence stands in the error again, and what explains it is about as long.
            Err(failure) => 4 * failure.message.len(),
        };
        text + 4_096
    }
}

/// Renders on the calling thread.
#[must_use]
pub(crate) fn render(
    program: &CompiledChart,
    input: &Input,
    surroundings: Surroundings,
    memory: &Memory,
) -> Outcome {
    let started = Instant::now();
    let result = attempt(program, input, surroundings, memory);
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    Outcome { result, micros }
}

/// Seconds since 1970 at the last midnight (UTC): the clock of renders. A date in a manifest is
/// right, and a preview does not change with every second.
#[must_use]
pub fn today() -> i64 {
    const DAY: i64 = 86_400;
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or_default() / DAY * DAY
}

/// Renders, and turns the engine's answer into ours.
fn attempt(
    program: &CompiledChart,
    input: &Input,
    surroundings: Surroundings,
    memory: &Memory,
) -> Result<Rendering, Failure> {
    let release = &input.release;
    let kube_version = release
        .kube_version
        .as_deref()
        .map(KubeVersion::parse)
        .transpose()?;
    let request = RenderRequest {
        values: input.values.clone(),
        release: Release {
            is_upgrade: release.is_upgrade,
            ..Release::new(&release.name, &release.namespace)
        },
        capabilities: Capabilities::with(kube_version, &release.api_versions),
        skip_schema: false,
        include_crds: false,
        limits: surroundings.budget.begin(),
        seed: surroundings.seed,
        now_unix: surroundings.now_unix,
        reuse: true,
        // All cores render for somebody already.
        concurrent: false,
    };
    let rendered = engine::render(program, &request)?;
    let text = rendered.to_text(&OutputOptions::default())?;
    let manifests = rendered.manifests.iter().map(Raw::resource);
    let manifests: Vec<Raw> = manifests
        .chain(rendered.hooks.iter().map(Raw::hook))
        .collect();
    let Identified {
        resources,
        totals,
        advice,
    } = resources::identify(&manifests, memory);
    Ok(Rendering {
        resources,
        totals,
        advice,
        text,
        notes: rendered.notes,
        warnings: rendered.warnings,
    })
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        let place = error.template().map(|template| {
            [error.line(), error.column()]
                .into_iter()
                .map_while(|number| number)
                .fold(template.to_owned(), |place, number| {
                    format!("{place}:{number}")
                })
        });
        Self {
            message: error.to_string(),
            place,
            hint: error.hint().map(str::to_owned),
            transient: error.kind() == ErrorKind::Limit,
            error,
        }
    }
}
