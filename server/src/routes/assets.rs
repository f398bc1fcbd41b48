//! The page's files: `/style/…`, `/pkg/…`, and public files at the root.
//!
//! The page asks for them with their content's digest (`?v=…`) and its browser keeps them for good.
//! Asked for by name alone, they are kept, too, but the browser asks each time whether they are
//! still the same (`ETag`).

use crate::{error::AppError, state::AppState};
use axum::{
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// One file.
///
/// # Errors
/// When there is no such file.
pub async fn asset(
    State(state): State<AppState>,
    headers: HeaderMap,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, AppError> {
    let path = uri.path().trim_start_matches('/');
    let mut response = answer(&state, &headers, path)?;
    if state.assets.is_current(path, uri.query()) {
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    }
    Ok(response)
}

/// The answer for a path without its leading slash.
pub(super) fn answer(
    state: &AppState,
    headers: &HeaderMap,
    path: &str,
) -> Result<Response, AppError> {
    let asset = state
        .assets
        .read(path, |encoding| accepts(headers, encoding))
        .ok_or_else(|| AppError::NotFound("there is no such file here".to_owned()))?;
    let etag = format!("\"{}\"", &asset.digest[..32]);
    let mut response = if has(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        asset.data.into_response()
    };
    let head = response.headers_mut();
    head.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.media_type),
    );
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    head.insert(header::ETAG, tag(&etag));
    if let Some(encoding) = asset.encoding {
        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if asset.varies {
        head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    Ok(response)
}

/// Whether the client takes an encoding.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            name.trim() == encoding && !matches!(weight.trim(), "q=0" | "q=0.0")
        })
}

/// Whether the client has this very version. A proxy that compressed it made the tag weak.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag)
}

/// A tag as a header: it is hexadecimal.
pub(super) fn tag(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}
