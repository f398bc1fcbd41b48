//! `/`: the composer, drawn on the server with its render in place.

use std::sync::Arc;

use app::{Files, backend::SharedBackend, first_page::FirstPage};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use crate::{
    composer::Composer, compositions, middleware::content_security_policy, origin, state::AppState,
};

/// Draws the page.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let too_long = compositions::check_length(query, &state.config.limits).is_err();
    let backend = backend(&state, request.headers());
    let files = Files {
        style: state.assets.address("style/main.css"),
        script: state.assets.address("pkg/chartroom.js"),
        wasm: state.assets.address("pkg/chartroom_bg.wasm"),
    };
    let first = Arc::new(FirstPage::of(&backend, query).await);
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            provide_context(backend.clone());
            policy();
            // The page says why; programs look at the status.
            if let (true, Some(response)) = (too_long, use_context::<ResponseOptions>()) {
                response.set_status(StatusCode::URI_TOO_LONG);
            }
        },
        move || app::shell(&files, &first),
    );
    let mut response = handler(request).await;
    // The page shows a composition as it is now, and its nonce is for once only.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The server functions: one address, told apart by the last part of the path.
pub async fn server_functions(State(state): State<AppState>, request: Request<Body>) -> Response {
    use axum::response::IntoResponse as _;

    let backend = backend(&state, request.headers());
    let context = move || provide_context(backend.clone());
    leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

fn backend(state: &AppState, headers: &HeaderMap) -> SharedBackend {
    let origin = origin::of(headers, &state.config.bind);
    Arc::new(Composer {
        state: state.clone(),
        origin,
    })
}

/// Allows the scripts that carry this answer's nonce.
fn policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&nonce)) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
