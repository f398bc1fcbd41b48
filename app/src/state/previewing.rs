//! Keeps the preview in step with the composition: waits for a pause in the edits, asks the
//! server, and asks again when it was not there.

use std::sync::Arc;
use std::time::Duration;

use compose::Composition;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::sequence::Sequence;
use super::shown::Shown;
use super::{ComposerState, Connection};
use crate::serverfns::preview::preview;
use crate::serverfns::reload::reload;
use crate::wire::{Outcome, PageData, Preview};

/// How long the edits must pause before the server is asked while it is still busy with an earlier
/// one. The first edit is sent at once.
const PAUSE: Duration = Duration::from_millis(60);

/// The first wait before a server that was lost is asked again; it doubles from there.
const FIRST_RETRY: Duration = Duration::from_millis(1000);

/// The longest wait before a server that was lost is asked again.
const LONGEST_RETRY: Duration = Duration::from_secs(15);

/// What came back: the render, and the chart where it is another than the page's.
type Answer = (Preview, Option<PageData>);

/// What was shown when the server was asked: an answer leaves out what stands there.
type AskedWith = Arc<Shown>;

/// What the loop remembers.
#[derive(Debug, Clone, Copy)]
struct Loop {
    state: ComposerState,
    sequence: StoredValue<Sequence>,
    timer: StoredValue<Option<TimeoutHandle>>,
    retry: StoredValue<Duration>,
}

/// Starts the loop. Effects do not run on the server, so there it does nothing.
pub(crate) fn keep_previewing(state: ComposerState) {
    let previews = Loop {
        state,
        sequence: StoredValue::new(Sequence::default()),
        timer: StoredValue::new(None),
        retry: StoredValue::new(FIRST_RETRY),
    };
    Effect::new(move |before: Option<(Composition, u32)>| {
        let now = (state.composition.get(), state.live.asked.get());
        if let Some((composition, asked)) = before {
            let settled = state
                .connection
                .with_untracked(|now| matches!(now, Connection::Settled));
            if asked != now.1 || composition != now.0 {
                previews.retry.set_value(FIRST_RETRY);
                let at_once = asked != now.1 || settled;
                previews.ask_in(if at_once { Duration::ZERO } else { PAUSE });
            }
        }
        now
    });
}

impl Loop {
    fn ask_in(self, wait: Duration) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer
            .set_value(set_timeout_with_handle(move || self.ask(), wait).ok());
    }

    fn ask(self) {
        let composition = self.state.composition.get_untracked();
        let mut number = 0;
        self.sequence
            .update_value(|sequence| number = sequence.send());
        if self
            .state
            .connection
            .with_untracked(|now| !matches!(now, Connection::Lost(_)))
        {
            self.state.connection.set(Connection::Waiting);
        }
        let shown = self.state.shown.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = if self.state.live.stale.get_value() {
                let before = self.state.fixed();
                let data = reload(composition, before.data.shape.clone()).await;
                data.map(|mut data| {
                    if data.shape == before.data.shape {
                        drop(data.replace_chart_data(before.data.chart_data()));
                    }
                    (data.preview.clone(), Some(data))
                })
            } else {
                let preview = preview(composition, shown.digest.clone()).await;
                preview.map(|preview| (preview, None))
            };
            self.take(number, answer, &shown);
        });
    }

    fn take(self, number: u64, answer: Result<Answer, ServerFnError>, asked_with: &AskedWith) {
        let (mut newer, mut last) = (false, false);
        // The page may be gone by now, and these with it.
        let open = self.sequence.try_update_value(|sequence| {
            last = sequence.is_last(number);
            newer = answer.is_ok() && sequence.accept(number);
        });
        if open.is_none() {
            return;
        }
        match answer {
            Ok((preview, chart)) if newer => {
                self.retry.set_value(FIRST_RETRY);
                if let Some(chart) = chart {
                    self.state.take_chart(chart);
                }
                let other_chart = preview.chart_digest != self.state.chart_digest();
                self.state.show(preview, asked_with);
                if last {
                    self.state.connection.set(Connection::Settled);
                }
                // The server was started again with another chart, or its files were edited.
                if other_chart {
                    self.state.live.stale.set_value(true);
                    self.state.ask_now();
                }
            }
            Ok(_) => {}
            Err(error) if last => self.fail(&error),
            Err(_) => {}
        }
    }

    fn fail(self, error: &ServerFnError) {
        match error {
            ServerFnError::ServerError(message) if !is_passing(message) => {
                self.state
                    .connection
                    .set(Connection::Refused(message.clone()));
            }
            ServerFnError::ServerError(message) => self.ask_again(message.clone()),
            _ => self.ask_again("The server cannot be reached".to_owned()),
        }
    }

    fn ask_again(self, why: String) {
        self.state.connection.set(Connection::Lost(why));
        let wait = self.retry.get_value();
        self.retry.set_value((wait * 2).min(LONGEST_RETRY));
        self.ask_in(wait);
    }
}

/// Whether a server's own message says that it may answer later.
fn is_passing(message: &str) -> bool {
    use crate::backend::BackendError;

    message == BackendError::Busy.to_string() || message == BackendError::Internal.to_string()
}

impl ComposerState {
    /// Takes a new answer in: a failed render leaves the last good manifests where they are.
    fn show(&self, preview: Preview, asked_with: &AskedWith) {
        let preview = Arc::new(preview);
        if let Outcome::Manifests(_) = preview.outcome {
            let form = self.fixed();
            let shown = self.shown.get_untracked();
            let next = shown.next(&form.data.form, &preview, asked_with);
            self.shown.set(Arc::new(next));
        }
        self.preview.set(preview);
    }
}
