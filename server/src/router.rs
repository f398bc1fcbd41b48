//! All routes, grouped by who calls them.

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};

use crate::{
    middleware,
    routes::{
        api, apply, assets, chart_data, exports, manifests, manifests_zip, operations, page,
        repository, values,
    },
    state::AppState,
};

/// The routes with all that surrounds them.
pub fn build(state: AppState) -> Router {
    let router = Router::new()
        // People
        .route("/", get(page::page))
        .route("/apply", post(apply::apply))
        .route("/api/fn/{*function}", post(page::server_functions))
        .route("/chart/{file}", get(chart_data::chart_data))
        .route("/style/{*path}", get(assets::asset))
        .route("/pkg/{*path}", get(assets::asset))
        // Downloads; a POST carries the composition in its body, secrets included
        .route("/values.yaml", get(values::values).post(values::values))
        .route(
            "/manifests.yaml",
            get(manifests::manifests).post(manifests::manifests),
        )
        .route(
            "/manifests.zip",
            get(manifests_zip::manifests_zip).post(manifests_zip::manifests_zip),
        )
        .route(
            "/exports/{name}",
            get(exports::export).post(exports::export),
        )
        // Helm, to whom this is a repository
        .route("/index.yaml", get(repository::index))
        .route("/{file}", get(repository::root_file))
        // Programs
        .route("/api/openapi.json", get(api::openapi::openapi))
        .route("/api/v1/charts", get(api::charts::list))
        .route("/api/v1/charts/{name}", get(api::charts::one))
        .route(
            "/api/v1/composition",
            get(api::composition::decode).post(api::composition::encode),
        )
        .route(
            "/api/v1/render",
            get(api::render::render).post(api::render::render),
        )
        .route(
            "/api/v1/values",
            get(api::values::values).post(api::values::values),
        )
        .route("/api/v1/exports", get(api::exports::list))
        .route(
            "/api/v1/exports/{name}",
            get(api::exports::one).post(api::exports::one),
        )
        .route("/api/v1/events", get(api::events::events))
        // Operators
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics))
        .fallback(async || StatusCode::NOT_FOUND);
    middleware::wrap(router, &state).with_state(state)
}
