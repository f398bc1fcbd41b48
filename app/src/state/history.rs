//! The kept compositions: read from and written to the browser's storage.

use std::collections::BTreeMap;

use compose::composition::check_environment;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::ComposerState;
use crate::browser;
use crate::text::history::{self, Entry};

/// Where the browser keeps them.
const KEY: &str = "chartroom.history.1";

impl ComposerState {
    /// The kept compositions, newest first.
    pub(crate) fn kept(&self) -> Vec<Entry> {
        let fixed = self.fixed();
        let secrets = fixed.data.secrets();
        browser::kept(KEY)
            .and_then(|text| history::read(&text, secrets).ok())
            .unwrap_or_default()
    }

    /// Changes the kept compositions. Where the browser does not keep them it says so to the
    /// person, and `false`.
    pub(crate) fn keep(&self, change: impl FnOnce(&mut Vec<Entry>)) -> bool {
        let mut entries = self.kept();
        change(&mut entries);
        let done = history::store(&mut entries, &|text| browser::keep(KEY, text));
        if done {
            self.kept_count.update(|count| *count += 1);
        } else {
            self.say("The history was not saved: this browser’s storage is full or switched off");
        }
        done
    }

    /// Keeps the composition as it is now; says whether it could.
    pub(crate) fn keep_now(&self) -> bool {
        let fixed = self.fixed();
        let now = self.composition.get_untracked();
        let composition = history::clean(&now, fixed.data.secrets());
        let at = browser::now();
        let entry = Entry {
            id: [&at.to_string(), "-", &browser::random()].concat(),
            at,
            title: history::title(&composition),
            star: false,
            chart: fixed.data.chart.name.clone(),
            version: fixed.data.chart.version.clone(),
            query: self.links().with_untracked(|links| links.query.clone()),
            composition,
        };
        self.keep(move |entries| history::add(entries, entry))
    }

    /// Opens a kept composition as an edit that can be undone. Secrets that are typed in now stay.
    pub(crate) fn open_kept(&self, entry: &Entry) {
        let fixed = self.fixed();
        let composition = entry.composition.clone();
        let environment = &composition.environment;
        let known = fixed.data.environments.iter().map(|own| own.name.as_str());
        if entry.chart != fixed.data.chart.name {
            return self.say(
                &[
                    "Not opened: this composition is of another chart, ",
                    &entry.chart,
                ]
                .concat(),
            );
        }
        if let Err(why) = check_environment(environment, known) {
            return self.say(&["Not opened: ", &why].concat());
        }
        self.drafts.set(BTreeMap::new());
        self.edit("", move |now| {
            let (_, secrets) = fixed.data.secrets().take_out(&now.overrides);
            let before = std::mem::replace(now, composition);
            for path in secrets {
                if let Some(value) = path.get_in(&before.overrides) {
                    path.set(&mut now.overrides, value.clone());
                }
            }
        });
        self.say(&["Opened ", &entry.title].concat());
    }
}

/// Keeps the composition whenever it is given on: a download, or a button that copies and says so
/// by `data-keep`. Effects do not run on the server.
pub(crate) fn keep_on_giving(state: ComposerState) {
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::click, move |event| {
            let given = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .and_then(|target| target.closest("a[href^='/'][download], [data-keep]").ok()?);
            if given.is_some() {
                state.keep_now();
            }
        });
        on_cleanup(move || handle.remove());
    });
}
