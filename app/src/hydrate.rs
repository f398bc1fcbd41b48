//! What the page's loader (`shell/loader.js`) calls: [`read`], then [`next`] until nothing is left,
//! [`hydrate`], and [`next`] again until nothing is left. Each call is a task of its own, so that
//! the browser can answer a person in between.

use std::cell::RefCell;
use std::sync::Arc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::app::{App, AppProps};
use crate::browser;
use crate::first_page::FirstPage;
use crate::wire::ChartData;

thread_local! {
    /// What has been read so far; none where something could not be read.
    static FIRST: RefCell<Option<FirstPage>> = const { RefCell::new(None) };
}

/// Begins to read what the page was drawn from: what the server handed over inside it, and the
/// data of its chart, line by line.
#[wasm_bindgen]
pub fn read(chart: Vec<u8>) {
    // A release's panics have no words.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    browser::begin();
    browser::behind(|| FIRST.set(FirstPage::handed_over()));
    read_part(|first| {
        first.take_texts();
        Some(())
    });
    let chart = String::from_utf8(chart).unwrap_or_default();
    let mut lines = chart.split('\n').map(str::to_owned);
    let line = lines.next().unwrap_or_default();
    read_part(move |first| {
        let data = ChartData::from_first_line(&line).ok()?;
        drop(first.data.replace_chart_data(data));
        Some(())
    });
    for line in lines {
        read_part(move |first| {
            let form = Arc::get_mut(&mut first.data.form)?;
            ChartData::read_card(form, &line).ok()
        });
    }
    read_part(|first| {
        first.shown();
        Some(())
    });
}

/// Adds a part to what has been read, when its turn comes; where it fails, nothing has been read.
fn read_part(part: impl FnOnce(&mut FirstPage) -> Option<()> + 'static) {
    browser::behind(move || {
        FIRST.with_borrow_mut(|first| {
            if first.as_mut().and_then(part).is_none() {
                *first = None;
            }
        });
    });
}

/// Makes the page's state; its frame is the first part that follows. Nothing if the page could not
/// be made.
#[wasm_bindgen]
pub fn hydrate() {
    let Some(first) = FIRST.take() else { return };
    browser::begin();
    browser::taking_over(|| {
        leptos::mount::hydrate_body(move || App(AppProps { first }));
    });
}

/// Does the next part of what was begun; says whether there was one.
#[wasm_bindgen]
#[must_use]
pub fn next() -> bool {
    browser::next_part()
}
