//! `/values.yaml`: what `helm install -f` needs for a composition; all values with `full=true`.

use axum::response::IntoResponse;
use values::{Value, yaml};

use super::{YAML, made};
use crate::compositions::Composed;

/// The environment's values with the overrides merged in; or all, as templates see them.
pub async fn values(composed: Composed) -> impl IntoResponse {
    let layers = composed.layers();
    let values = if composed.options.full {
        layers.full().clone()
    } else {
        layers.values_for_helm()
    };
    (made(YAML), yaml::print(&Value::Map(values)))
}
