//! Problem details (RFC 9457): the one shape of every error that a program sees.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::render::Explanation;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The body of an error answer.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// Which kind of problem: a URN that stays the same.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This very problem, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What does not fit, piece by piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Cause>,
    /// Where a chart failed: `flts/templates/kafka.yaml:12:5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How to mend it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What explains how a chart failed.
    #[serde(flatten)]
    pub explanation: Explanation,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The value path in `--set` words, or the query key.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The line in a document that was sent, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What was meant most likely, as behind `--set`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<String>,
}

impl Cause {
    /// A cause without a place in a document.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            line: None,
            column: None,
            mend: None,
        }
    }
}

impl Problem {
    /// A problem of a kind (the last part of its URN).
    #[must_use]
    pub fn new(status: StatusCode, kind: &str, title: &str) -> Self {
        Self {
            kind: format!("urn:chartroom:problem:{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
            place: None,
            hint: None,
            explanation: Explanation::default(),
        }
    }

    /// With a sentence about this very problem.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The problem behind a bare HTTP status, as middleware and extractors answer.
    #[must_use]
    pub fn bare(status: StatusCode) -> Self {
        let (kind, title) = match status {
            StatusCode::NOT_FOUND => ("not-found", "There is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method-not-allowed",
                "This address does not take this method",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "The request is too large"),
            StatusCode::URI_TOO_LONG => ("too-long", "The address is too long"),
            StatusCode::SERVICE_UNAVAILABLE => ("busy", "The server is busy"),
            StatusCode::GATEWAY_TIMEOUT => ("timeout", "The answer took too long"),
            status if status.is_server_error() => ("internal", "The server failed to answer"),
            _ => ("bad-request", "The request does not fit"),
        };
        Self::new(status, kind, title)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string_pretty(&self).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (status, headers, body + "\n").into_response()
    }
}
