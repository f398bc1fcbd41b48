//! The page's [`Backend`]: what server functions and the first page ask for.

use std::sync::Arc;

use app::{
    backend::{Answer, Backend, BackendError},
    wire::{Failure, Manifests, Outcome, PageData, Preview, Problem},
};
use compose::Composition;

use crate::{charts::LoadedChart, compositions, error::AppError, problem::Cause, state::AppState};

/// Answers the page, for one request.
#[derive(Debug, Clone)]
pub struct Composer {
    /// The server.
    pub state: AppState,
    /// How this request reached it.
    pub origin: String,
}

impl Backend for Composer {
    fn page(&self, query: String) -> Answer<PageData> {
        let this = self.clone();
        Box::pin(async move { this.draw(&query).await.map_err(told) })
    }

    fn preview(&self, composition: Composition) -> Answer<Preview> {
        let state = self.state.clone();
        Box::pin(async move {
            let chart = state.charts.first();
            preview(&state, &chart, composition).await.map_err(told)
        })
    }
}

impl Composer {
    async fn draw(&self, query: &str) -> Result<PageData, AppError> {
        compositions::check_length(query, &self.state.config.limits)?;
        let (options, rest, mut causes) = compositions::split(query);
        let chart = self.state.charts.first();
        if options.chart.is_some_and(|name| name != chart.info.name) {
            let message = format!(
                "the page composes `{}`, the first chart of this server; downloads and API take \
                 the others",
                chart.info.name
            );
            causes.push(Cause::new("chart", message));
        }
        let (composition, more) = compositions::read(&chart, &rest);
        causes.extend(more);
        let preview = preview(&self.state, &chart, composition.clone()).await?;
        Ok(PageData {
            chart: chart.info.clone(),
            form: chart.form.clone(),
            defaults: chart.defaults.clone(),
            environments: chart.environments.clone(),
            composition,
            problems: causes.into_iter().map(problem).collect(),
            preview,
            origin: self.origin.clone(),
        })
    }
}

/// Renders a composition; what does not fit the chart is listed, and left out of the render.
///
/// # Errors
/// When the server is busy or broken, or the composition is too long for any link.
pub async fn preview(
    state: &AppState,
    chart: &Arc<LoadedChart>,
    composition: Composition,
) -> Result<Preview, AppError> {
    let (composition, causes) = compositions::fit(chart, composition);
    let (query, left_out) = compositions::encode(chart, &composition)?;
    let mut problems: Vec<Problem> = causes.into_iter().map(problem).collect();
    problems.extend(unmet(chart, &composition));
    let input = compositions::input(chart, &composition);
    let (digest, outcome) = state.renderer.render(chart, input).await?;
    let (warnings, result) = match &outcome.result {
        Ok(rendering) => {
            let manifests = Manifests {
                resources: rendering.resources.clone(),
                notes: rendering.notes.clone(),
                totals: rendering.totals.clone(),
            };
            (rendering.warnings.clone(), Outcome::Manifests(manifests))
        }
        Err(failure) => {
            let causes = failure.causes(&chart.defaults);
            let failure = Failure {
                message: failure.message.clone(),
                place: failure.place.clone(),
                path: causes.into_iter().next().map(|cause| cause.path),
                hint: failure.hint.clone(),
            };
            (Vec::new(), Outcome::Failed(failure))
        }
    };
    Ok(Preview {
        digest,
        query,
        secrets_left_out: left_out.iter().map(ToString::to_string).collect(),
        problems,
        warnings,
        micros: outcome.micros,
        outcome: result,
    })
}

/// What the composition's services require and do not have.
fn unmet(chart: &LoadedChart, composition: &Composition) -> Vec<Problem> {
    let layers = compositions::layers(chart, composition);
    compose::requirements::unmet(&chart.form, layers.full())
        .into_iter()
        .map(|unmet| Problem {
            path: unmet.requires.to_string(),
            message: unmet.message,
        })
        .collect()
}

fn problem(cause: Cause) -> Problem {
    Problem {
        path: cause.path,
        message: cause.message,
    }
}

/// What the page is told of a failure; ours are logged here, as no middleware sees them.
fn told(error: AppError) -> BackendError {
    match error {
        AppError::Busy => BackendError::Busy,
        AppError::Internal(message) => {
            tracing::error!(message, "Failed to answer the page");
            BackendError::Internal
        }
        other => BackendError::Refused(other.to_string()),
    }
}
