//! `/api/v1/charts` and `/api/v1/charts/NAME`: the charts of this server, and the form of one.

use std::sync::Arc;

use app::wire::{Environment, shared::one as shared};
use axum::{
    Json,
    extract::{Path, State},
};
use compose::FormModel;
use serde::Serialize;
use values::Map;

use crate::{charts::LoadedChart, error::AppError, state::AppState};

/// A chart in the list.
#[derive(Debug, Serialize)]
pub struct Summary {
    name: String,
    version: String,
    app_version: String,
    description: String,
    /// SHA-256 over its files.
    digest: String,
    /// The names of its environments, `base` (none) not among them.
    environments: Vec<String>,
    /// Its archive in this Helm repository.
    archive: String,
    /// Whether it is the one that `/` shows and queries without `chart` mean.
    default: bool,
}

/// One chart with all that is needed to compose it.
#[derive(Debug, Serialize)]
pub struct Details {
    #[serde(flatten)]
    summary: Summary,
    /// The chart's own values.
    #[serde(with = "shared")]
    defaults: Arc<Map>,
    /// The values of each environment.
    #[serde(with = "shared")]
    environment_values: Arc<Vec<Environment>>,
    /// The form.
    #[serde(with = "shared")]
    form: Arc<FormModel>,
}

/// All charts, the default one first.
pub async fn list(State(state): State<AppState>) -> Json<Vec<Summary>> {
    Json(
        state
            .charts
            .iter()
            .map(|chart| summary(&state, &chart))
            .collect(),
    )
}

/// One chart.
///
/// # Errors
/// When there is none of that name.
pub async fn one(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Json<Details>, AppError> {
    let chart = state
        .charts
        .get(&name)
        .ok_or_else(|| AppError::NotFound("there is no chart of that name here".to_owned()))?;
    Ok(Json(Details {
        summary: summary(&state, &chart),
        defaults: Arc::clone(&chart.about.defaults),
        environment_values: Arc::clone(&chart.about.environments),
        form: Arc::clone(&chart.about.form),
    }))
}

fn summary(state: &AppState, chart: &LoadedChart) -> Summary {
    Summary {
        name: chart.about.info.name.clone(),
        version: chart.about.info.version.clone(),
        app_version: chart.about.info.app_version.clone(),
        description: chart.about.info.description.clone(),
        digest: chart.digest.clone(),
        environments: chart
            .about
            .environments
            .iter()
            .map(|known| known.name.clone())
            .collect(),
        archive: format!("/{}", chart.package.file_name),
        default: state.charts.first().about.info.name == chart.about.info.name,
    }
}
