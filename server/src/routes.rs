//! Handlers, one file per action: extract, call, answer.

pub mod api;
pub mod apply;
pub mod assets;
pub mod chart_data;
pub mod exports;
pub mod manifests;
pub mod manifests_zip;
pub mod operations;
pub mod page;
pub mod repository;
pub mod values;

use std::sync::Arc;

use axum::http::{HeaderValue, header};

use crate::{
    compositions::Composed,
    error::AppError,
    render::{Outcome, Rendering},
    state::AppState,
};

/// YAML (RFC 9512).
const YAML: &str = "application/yaml; charset=utf-8";

/// Headers of what is made for one composition: never kept by others, since a new version of the
/// server or chart may answer otherwise.
fn made(media_type: &'static str) -> [(header::HeaderName, HeaderValue); 2] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// The render of a composition, for those who have no use for one that failed.
async fn rendered(state: &AppState, composed: &Composed) -> Result<Made, AppError> {
    let (digest, outcome) = state
        .renderer
        .render(&composed.chart, composed.input())
        .await?;
    if let Err(failure) = &outcome.result {
        let causes = failure.causes(&composed.chart.about.defaults);
        let explanation = failure.explained(&composed.layers(), &composed.chart.about.secrets);
        return Err(AppError::Chart(
            failure.clone(),
            causes,
            Box::new(explanation),
        ));
    }
    Ok(Made { digest, outcome })
}

/// A render that succeeded.
struct Made {
    digest: String,
    outcome: Arc<Outcome>,
}

impl Made {
    fn rendering(&self) -> Result<&Rendering, AppError> {
        self.outcome
            .result
            .as_ref()
            .map_err(|failure| AppError::Internal(failure.message.clone()))
    }
}
