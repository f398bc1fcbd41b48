//! `/api/v1/events`: Server-Sent Events about a chart whose files are being edited. The first one
//! says how it is now; another one follows each time that its files were read again.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::{charts::Charts, error::AppError, state::AppState};

/// How long a browser waits before it asks again when the stream ends.
const RETRY: Duration = Duration::from_secs(1);

/// How long nothing may come: shorter than what common proxies take for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What the query says.
#[derive(Debug, Deserialize)]
pub struct About {
    /// The chart; the first one without it.
    chart: Option<String>,
}

/// One listener.
struct Listener {
    charts: Charts,
    name: String,
    reloads: watch::Receiver<Option<u64>>,
    first: bool,
    _room: OwnedSemaphorePermit,
}

/// The events.
///
/// # Errors
/// When there is no such chart, or too many listen already.
pub async fn events(
    State(state): State<AppState>,
    Query(about): Query<About>,
) -> Result<impl IntoResponse, AppError> {
    let name = match about.chart {
        Some(name) => name,
        None => state.charts.first().about.info.name.clone(),
    };
    if state.charts.news(&name).is_none() {
        let message = "there is no chart of that name here";
        return Err(AppError::NotFound(message.to_owned()));
    }
    let room = Arc::clone(&state.event_streams)
        .try_acquire_owned()
        .map_err(|_| AppError::Busy)?;
    let listener = Listener {
        reloads: state.charts.reloads(),
        charts: state.charts.clone(),
        name,
        first: true,
        _room: room,
    };
    let events =
        Sse::new(stream::unfold(listener, next)).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    // Proxies that gather an answer before they pass it on do not gather this one.
    let head = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((head, events))
}

/// The next event; none once the server stops, or when the chart has another name now.
async fn next(mut listener: Listener) -> Option<(Result<Event, Infallible>, Listener)> {
    if !listener.first {
        listener.reloads.changed().await.ok()?;
    }
    (*listener.reloads.borrow_and_update())?;
    let news = listener.charts.news(&listener.name)?;
    let mut event = Event::default().data(serde_json::to_string(&news).unwrap_or_default());
    if listener.first {
        event = event.retry(RETRY);
        listener.first = false;
    }
    Some((Ok(event), listener))
}
