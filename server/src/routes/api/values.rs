//! `/api/v1/values`: the values of a composition, and which layer set each that is not the
//! chart's own.

use axum::Json;
use serde::Serialize;
use values::Map;

use crate::compositions::Composed;

/// The values.
#[derive(Debug, Serialize)]
pub struct Values {
    environment: String,
    /// What differs from the chart's own: environment and overrides, as `helm install -f` takes
    /// them.
    values: Map,
    /// All values, as templates see them: with `full=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    full: Option<Map>,
    /// The paths that the overrides set.
    changed: Vec<String>,
}

/// Answers with the values.
pub async fn values(composed: Composed) -> Json<Values> {
    let layers = composed.layers();
    Json(Values {
        environment: composed.composition.environment.clone(),
        values: layers.values_for_helm(),
        full: composed.options.full.then(|| layers.full().clone()),
        changed: layers.changed().iter().map(ToString::to_string).collect(),
    })
}
