//! The chart as it changes under the open page, and the server as it comes and goes.
//!
//! While the page is looked at it listens to the server's events about the chart, if that chart
//! can change at all. A page in the background does not: browsers allow few connections to one
//! server, and whoever looks again hears the latest at once.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use super::mode::ESSENTIALS;
use super::{ComposerState, Connection, Fixed, edits};
use crate::browser;
use crate::json;
use crate::wire::{News, PageData, Trouble};

/// The wait before a server that closed the events for good is asked for them again.
const AGAIN: Duration = Duration::from_secs(5);

/// What the page knows of the chart's changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Live {
    /// Counts the charts that the page was drawn for: what depends on the form is drawn anew for
    /// each.
    pub(crate) chart: RwSignal<u32>,
    /// Why the chart's files cannot be served at present.
    pub(crate) trouble: RwSignal<Option<Trouble>>,
    /// Counts the wishes that the server be asked at once.
    pub(crate) asked: RwSignal<u32>,
    /// Whether the server has another chart than the page.
    pub(super) stale: StoredValue<bool>,
    /// Which of its files changed, in words, where the server said.
    changed: StoredValue<String>,
}

impl Live {
    pub(super) fn new() -> Self {
        Self {
            chart: RwSignal::new(0),
            trouble: RwSignal::new(None),
            asked: RwSignal::new(0),
            stale: StoredValue::new(false),
            changed: StoredValue::new(String::new()),
        }
    }
}

impl ComposerState {
    /// Asks the server at once, instead of when the next try is due.
    pub(crate) fn ask_now(&self) {
        self.live.asked.update(|count| *count += 1);
    }

    /// Takes another chart over, under everything that the person has done.
    pub(super) fn take_chart(&self, data: PageData) {
        let before = self.fixed();
        let redraw = before.data.shape != data.shape;
        let mut words = "Chart reloaded".to_owned();
        if before.data.chart.version != data.chart.version {
            words.push_str(": version ");
            words.push_str(&data.chart.version);
        } else {
            let changed = self.live.changed.get_value();
            if !changed.is_empty() {
                words.push_str(": ");
                words.push_str(&changed);
            }
        }
        if edits::find_card(&data.form, &self.card.get_untracked()).is_none() {
            self.card.set(ESSENTIALS.to_owned());
        }
        self.live.stale.set_value(false);
        let view = self.fixed().view.clone();
        self.fixed.set_value(Arc::new(Fixed { data, view }));
        if redraw {
            browser::keep_place();
            self.live.chart.update(|count| *count += 1);
        }
        self.say(&words);
    }

    /// Hears how the chart is on the server.
    fn hear(&self, news: News) {
        let stale = news.digest != self.chart_digest();
        if self.live.trouble.with_untracked(|now| *now != news.trouble) {
            self.live.trouble.set(news.trouble);
        }
        if stale {
            self.live.changed.set_value(news.changed);
            self.live.stale.set_value(true);
            self.ask_now();
        }
    }

    /// The chart that the page was drawn for.
    pub(super) fn chart_digest(&self) -> String {
        self.fixed().data.preview.chart_digest.clone()
    }

    fn is_lost(&self) -> bool {
        self.connection
            .with_untracked(|now| matches!(now, Connection::Lost(_)))
    }
}

/// Starts to listen. Effects do not run on the server, so there it does nothing.
pub(crate) fn listen(state: ComposerState) {
    Effect::new(move |_| {
        let online = window_event_listener(ev::online, move |_| {
            if state.is_lost() {
                state.ask_now();
            }
        });
        on_cleanup(move || online.remove());
        if state.fixed().data.live {
            follow(state);
        }
    });
}

/// Opens the events while the page is looked at.
fn follow(state: ComposerState) {
    let source = StoredValue::new_local(None::<EventSource>);
    let handlers = Handlers::new(state, source);
    let open = move || {
        let hidden = document().hidden();
        let running = is_alive(source);
        if hidden {
            close(source);
        } else if !running {
            handlers.with_value(|handlers| {
                source.set_value(handlers.open(&state.fixed().data.chart.name));
            });
        }
    };
    open();
    let seen = window_event_listener_untyped("visibilitychange", move |_| open());
    // A stream that the server closed for good (too many listeners) is asked for again.
    let again = set_interval_with_handle(open, AGAIN).ok();
    on_cleanup(move || {
        seen.remove();
        if let Some(again) = again {
            again.clear();
        }
        close(source);
    });
}

type Source = StoredValue<Option<EventSource>, LocalStorage>;

/// Whether the stream runs, or the browser tries to get it back.
fn is_alive(source: Source) -> bool {
    source.with_value(|source| {
        source
            .as_ref()
            .is_some_and(|source| source.ready_state() != EventSource::CLOSED)
    })
}

fn close(source: Source) {
    source.update_value(|source| {
        if let Some(source) = source.take() {
            source.close();
        }
    });
}

/// What is called when something comes: kept as long as the page, and used by each stream.
struct Handlers {
    message: Closure<dyn FnMut(MessageEvent)>,
    back: Closure<dyn FnMut()>,
    gone: Closure<dyn FnMut()>,
}

impl Handlers {
    fn new(state: ComposerState, source: Source) -> StoredValue<Self, LocalStorage> {
        StoredValue::new_local(Self {
            message: Closure::new(move |event: MessageEvent| {
                let news = event.data().as_string();
                if let Some(news) = news.and_then(|text| json::from_str(&text).ok()) {
                    state.hear(news);
                }
            }),
            back: Closure::new(move || {
                if state.is_lost() {
                    state.ask_now();
                }
            }),
            // The stream broke: whether the server is there at all, a question tells. One that
            // refuses the stream is there.
            gone: Closure::new(move || {
                if is_alive(source) && !state.is_lost() {
                    state.ask_now();
                }
            }),
        })
    }

    fn open(&self, chart: &str) -> Option<EventSource> {
        let mut address = "/api/v1/events?chart=".to_owned();
        address.push_str(&crate::text::query::encode(chart));
        let source = EventSource::new(&address).ok()?;
        source.set_onmessage(Some(self.message.as_ref().unchecked_ref()));
        source.set_onopen(Some(self.back.as_ref().unchecked_ref()));
        source.set_onerror(Some(self.gone.as_ref().unchecked_ref()));
        Some(source)
    }
}
