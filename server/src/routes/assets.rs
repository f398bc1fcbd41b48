//! The page's files: `/style/…`, `/pkg/…`, and public files at the root.
//!
//! Their names stay while their content changes with each build, so that browsers keep them but
//! ask each time whether they are still the same (`ETag`).

use axum::{
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

use crate::{error::AppError, repository::package::hex, state::AppState};

/// One file.
///
/// # Errors
/// When there is no such file.
pub async fn asset(
    State(state): State<AppState>,
    headers: HeaderMap,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, AppError> {
    answer(&state, &headers, uri.path().trim_start_matches('/'))
}

/// The answer for a path without its leading slash.
pub(super) fn answer(
    state: &AppState,
    headers: &HeaderMap,
    path: &str,
) -> Result<Response, AppError> {
    let asset = state
        .assets
        .read(path)
        .ok_or_else(|| AppError::NotFound("there is no such file here".to_owned()))?;
    let digest = hex(&Sha256::digest(&asset.data));
    let etag = format!("\"{}\"", &digest[..32]);
    if has(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag(&etag))]).into_response());
    }
    let head = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(asset.media_type),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ETAG, tag(&etag)),
    ];
    Ok((head, asset.data.into_owned()).into_response())
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
