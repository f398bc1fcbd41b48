//! `/api/v1/composition`: between a query and what it says.

use axum::{
    Json,
    extract::{RawQuery, State},
};
use compose::Composition;
use serde::Serialize;

use crate::{
    compositions::{self, Composed},
    error::AppError,
    problem::Cause,
    state::AppState,
};

/// What a query says.
#[derive(Debug, Serialize)]
pub struct Decoded {
    composition: Composition,
    /// What of the query does not fit, and was left out.
    problems: Vec<Cause>,
}

/// Reads a query as the page does: takes what fits, lists the rest.
///
/// # Errors
/// When the query is too long or names a chart that is not here.
pub async fn decode(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Decoded>, AppError> {
    let query = query.unwrap_or_default();
    compositions::check_length(&query, &state.config.limits)?;
    let (options, rest, mut problems) = compositions::split(&query);
    let chart = compositions::chart(&state, &options)?;
    let (composition, more) = compositions::read(&state, &chart, &rest);
    problems.extend(more);
    Ok(Json(Decoded {
        composition,
        problems,
    }))
}

/// A composition as a query.
#[derive(Debug, Serialize)]
pub struct Encoded {
    /// The query, without `?`.
    query: String,
    /// Paths of secrets that it leaves out.
    secrets_left_out: Vec<String>,
}

/// Writes a composition that fits as a query.
///
/// # Errors
/// When it is too long for any link.
pub async fn encode(composed: Composed) -> Result<Json<Encoded>, AppError> {
    let (query, left_out) = compositions::encode(&composed.chart, &composed.composition)?;
    let secrets_left_out = left_out.iter().map(ToString::to_string).collect();
    Ok(Json(Encoded {
        query,
        secrets_left_out,
    }))
}
