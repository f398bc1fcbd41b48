//! The page's [`Backend`]: what server functions and the first page ask for.

use std::sync::{Arc, OnceLock};

use app::{
    backend::{Answer, Backend, BackendError},
    wire::{
        Comparison, EnvironmentTotals, Export, Failure, Manifests, Outcome as Shown, PageData,
        Preview, Problem,
    },
};
use compose::{BASE, Composition, Layers, Map, merged::MergedEntry};

use crate::{
    charts::LoadedChart,
    checks,
    comparison::{self, Half},
    compositions,
    error::AppError,
    exports::Filler,
    problem::Cause,
    render::Outcome,
    state::AppState,
};

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

    fn preview(&self, composition: Composition, have: String) -> Answer<Preview> {
        let state = self.state.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&state, &composition).map_err(told)?;
            let preview = preview(&state, &chart, composition).await.map_err(told)?;
            Ok(since(&state, &have, preview))
        })
    }

    fn totals(&self, composition: Composition) -> Answer<Vec<EnvironmentTotals>> {
        let state = self.state.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&state, &composition).map_err(told)?;
            totals(&state, &chart, composition).await.map_err(told)
        })
    }

    fn compare(
        &self,
        composition: Composition,
        environments: [String; 2],
        mine: bool,
    ) -> Answer<Comparison> {
        let state = self.state.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&state, &composition).map_err(told)?;
            let composition = Composition {
                overrides: if mine {
                    composition.overrides
                } else {
                    Map::new()
                },
                ..composition
            };
            compare(&state, &chart, &composition, &environments)
                .await
                .map_err(told)
        })
    }

    fn reload(&self, composition: Composition) -> Answer<PageData> {
        let this = self.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&this.state, &composition).map_err(told)?;
            this.data(&chart, composition, Vec::new())
                .await
                .map_err(told)
        })
    }

    fn exports(&self, composition: Composition) -> Answer<Vec<Export>> {
        let this = self.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&this.state, &composition).map_err(told)?;
            let (composition, _) = compositions::fit(&this.state, &chart, composition);
            Filler::new(&this.origin, chart, composition)
                .and_then(|filler| filler.all(&this.state))
                .map_err(told)
        })
    }

    fn merged(&self, composition: Composition, filter: String) -> Answer<Vec<MergedEntry>> {
        let this = self.clone();
        Box::pin(async move {
            let chart = compositions::chart_of(&this.state, &composition).map_err(told)?;
            let (composition, _) = compositions::fit(&this.state, &chart, composition);
            let layers = compositions::layers(&chart, &composition);
            Ok(compose::merged::entries(
                &layers,
                &chart.about.secrets,
                &filter,
            ))
        })
    }
}

impl Composer {
    async fn draw(&self, query: &str) -> Result<PageData, AppError> {
        compositions::check_length(query, &self.state.config.limits)?;
        let (options, rest, mut causes) = compositions::split(query);
        // A chart that is not here is told of, on the page of the one that is.
        let chart = match compositions::chart(&self.state, &options) {
            Ok(chart) => chart,
            Err(AppError::Composition(unknown)) => {
                causes.extend(unknown);
                self.state.charts.first()
            }
            Err(other) => return Err(other),
        };
        let (composition, more) = compositions::read(&self.state, &chart, &rest);
        causes.extend(more);
        self.data(&chart, composition, causes).await
    }

    /// All that a page needs for a composition, beside what of its link did not fit.
    async fn data(
        &self,
        chart: &Arc<LoadedChart>,
        composition: Composition,
        causes: Vec<Cause>,
    ) -> Result<PageData, AppError> {
        let preview = preview(&self.state, chart, composition.clone()).await?;
        Ok(PageData {
            chart: chart.about.info.clone(),
            charts: self
                .state
                .charts
                .iter()
                .map(|chart| chart.about.info.clone())
                .collect(),
            form: Arc::clone(&chart.about.form),
            defaults: Arc::clone(&chart.about.defaults),
            environments: Arc::clone(&chart.about.environments),
            composition,
            problems: causes.into_iter().map(problem).collect(),
            preview,
            origin: self.origin.clone(),
            exports: self.state.exports.list(),
            live: self.state.charts.are_live(),
            shape: chart.about.shape.clone(),
            known_secrets: OnceLock::from(Arc::clone(&chart.about.secrets)),
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
    let (composition, causes) = compositions::fit(state, chart, composition);
    let (query, left_out) = compositions::encode(chart, &composition)?;
    let input = compositions::input(chart, &composition);
    let (digest, outcome) = state.renderer.render(chart, input).await?;
    let checks = checks::of(chart, &composition, &causes, &outcome.result);
    let problems: Vec<Problem> = causes.into_iter().map(problem).collect();
    let (warnings, result) = match &outcome.result {
        Ok(rendering) => {
            let manifests = Manifests {
                resources: rendering.resources.clone(),
                order: Vec::new(),
                notes: rendering.notes.clone(),
                totals: rendering.totals.clone(),
            };
            (rendering.warnings.clone(), Shown::Manifests(manifests))
        }
        Err(failure) => {
            let causes = failure.causes(&chart.about.defaults);
            let layers = compositions::layers(chart, &composition);
            let failure = Failure {
                message: failure.message.clone(),
                place: failure.place.clone(),
                path: causes.into_iter().next().map(|cause| cause.path),
                hint: failure.hint.clone(),
                explained: failure.explained(&layers, &chart.about.secrets).text,
            };
            (Vec::new(), Shown::Failed(failure))
        }
    };
    Ok(Preview {
        digest,
        chart_digest: chart.digest.clone(),
        query,
        secrets_left_out: left_out.iter().map(ToString::to_string).collect(),
        problems,
        warnings,
        checks,
        micros: outcome.micros,
        outcome: result,
    })
}

/// A preview without what stands in the render of the digest `have`, if that is still known.
fn since(state: &AppState, have: &str, preview: Preview) -> Preview {
    let known = state.renderer.kept(have);
    match (known.as_ref().map(|known| &known.result), preview.outcome) {
        (Some(Ok(known)), Shown::Manifests(manifests)) => Preview {
            outcome: Shown::Manifests(manifests.since(&known.resources)),
            ..preview
        },
        (_, outcome) => Preview { outcome, ..preview },
    }
}

/// The totals of every environment of a chart with a composition's overrides on top. One after the
/// other: most are in the cache, and no page should take all render threads for itself.
///
/// # Errors
/// As for [`preview`].
pub async fn totals(
    state: &AppState,
    chart: &Arc<LoadedChart>,
    composition: Composition,
) -> Result<Vec<EnvironmentTotals>, AppError> {
    let (composition, _) = compositions::fit(state, chart, composition);
    let named = chart
        .about
        .environments
        .iter()
        .map(|environment| &*environment.name);
    let mut all = Vec::new();
    for environment in std::iter::once(BASE).chain(named) {
        let (_, outcome) = render_in(state, chart, &composition, environment).await?;
        let totals = match &outcome.result {
            Ok(rendering) => Ok(rendering.totals.clone()),
            Err(failure) => Err(failure.message.clone()),
        };
        all.push(EnvironmentTotals {
            environment: environment.to_owned(),
            totals,
        });
    }
    Ok(all)
}

/// What differs between two environments with a composition's overrides on top.
///
/// # Errors
/// As for [`preview`]; also when there is no such environment.
pub async fn compare(
    state: &AppState,
    chart: &Arc<LoadedChart>,
    composition: &Composition,
    environments: &[String; 2],
) -> Result<Comparison, AppError> {
    let (composition, _) = compositions::fit(state, chart, composition.clone());
    let known = || {
        chart
            .about
            .environments
            .iter()
            .map(|environment| &*environment.name)
    };
    for name in environments {
        compose::composition::check_environment(name, known())
            .map_err(|message| AppError::Composition(vec![Cause::new("env", message)]))?;
    }
    let [left, right] = environments;
    let (left_layers, left_outcome) = render_in(state, chart, &composition, left).await?;
    let (right_layers, right_outcome) = render_in(state, chart, &composition, right).await?;
    let half = |environment, layers, outcome| Half {
        environment,
        layers,
        outcome,
    };
    Ok(comparison::between(
        &half(left, &left_layers, &left_outcome),
        &half(right, &right_layers, &right_outcome),
        &chart.about.secrets,
    ))
}

/// A composition in another environment: its layers and its render, from the cache where it is.
async fn render_in(
    state: &AppState,
    chart: &Arc<LoadedChart>,
    composition: &Composition,
    environment: &str,
) -> Result<(Layers, Arc<Outcome>), AppError> {
    let composition = Composition {
        environment: environment.to_owned(),
        ..composition.clone()
    };
    let input = compositions::input(chart, &composition);
    let (_, outcome) = state.renderer.render(chart, input).await?;
    Ok((compositions::layers(chart, &composition), outcome))
}

fn problem(cause: Cause) -> Problem {
    Problem {
        path: cause.path,
        message: cause.message,
        mend: cause.mend.unwrap_or_default(),
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
