//! Why a request gets no answer of its own: an enum that becomes a problem document.
//!
//! Handlers return it with `?`; what is ours to mend (5xx) shows no detail to the client and is
//! logged once, by the middleware `problems`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    problem::{Cause, Problem},
    render::{Explanation, Failure},
};

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Keys, paths or values that do not fit: each is named.
    #[error("the composition does not fit")]
    Composition(Vec<Cause>),
    /// The request itself cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// There is nothing at this address.
    #[error("{0}")]
    NotFound(String),
    /// The body is beyond a limit.
    #[error("{0}")]
    TooLarge(String),
    /// The query is beyond a limit.
    #[error("{0}")]
    TooLong(String),
    /// The chart failed, as Helm would; the values that it names; what explains it.
    #[error("{}", .0.message)]
    Chart(Failure, Vec<Cause>, Box<Explanation>),
    /// Too many renders at once.
    #[error("too many renders are waiting: try again in a moment")]
    Busy,
    /// A fault of ours.
    #[error("{0}")]
    Internal(String),
}

/// A message for the log that never reaches the client; carried in the response's extensions.
#[derive(Debug, Clone)]
pub struct Hidden(pub String);

impl AppError {
    /// The problem that the client sees.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let detail = self.to_string();
        match self {
            Self::Composition(errors) => {
                let title = "The composition does not fit the chart";
                let mut problem = Problem::new(StatusCode::BAD_REQUEST, "composition", title);
                problem.detail = errors.first().map(|first| match errors.len() {
                    1 => format!("`{}`: {}", first.path, first.message),
                    n => format!("`{}`: {} (and {} more)", first.path, first.message, n - 1),
                });
                problem.errors.clone_from(errors);
                problem
            }
            Self::BadRequest(_) => Problem::bare(StatusCode::BAD_REQUEST).detail(detail),
            Self::NotFound(_) => Problem::bare(StatusCode::NOT_FOUND).detail(detail),
            Self::TooLarge(_) => Problem::bare(StatusCode::PAYLOAD_TOO_LARGE).detail(detail),
            Self::TooLong(_) => Problem::bare(StatusCode::URI_TOO_LONG).detail(detail),
            Self::Chart(failure, causes, explanation) => {
                let title = "The chart does not render with these values";
                let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "chart", title);
                problem.detail = Some(failure.message.clone());
                problem.place.clone_from(&failure.place);
                problem.hint.clone_from(&failure.hint);
                problem.errors.clone_from(causes);
                problem.explanation = Explanation::clone(explanation);
                problem
            }
            Self::Busy => Problem::bare(StatusCode::SERVICE_UNAVAILABLE).detail(detail),
            Self::Internal(_) => Problem::bare(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = self.problem().into_response();
        match self {
            Self::Busy => {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            Self::Internal(message) => {
                response.extensions_mut().insert(Hidden(message));
            }
            _ => {}
        }
        response
    }
}
