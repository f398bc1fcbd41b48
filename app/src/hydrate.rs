//! What the page's loader (`shell/loader.js`) calls: [`read`], then [`next`] until nothing is left,
//! [`hydrate`], and [`next`] again until nothing is left. Each call is a task of its own, so that
//! the browser can answer a person in between.

use std::cell::RefCell;
use std::sync::Arc;

use compose::FormModel;
use compose::form::Group;
use serde::Deserialize;
use values::Map;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::app::{App, AppProps};
use crate::browser;
use crate::first_page::FirstPage;
use crate::json::{self, Tree};
use crate::wire::Environment;

thread_local! {
    /// What has been read so far; none where something could not be read.
    static FIRST: RefCell<Option<FirstPage>> = const { RefCell::new(None) };
}

/// Begins to read what the page was drawn from: what the server handed over inside it, and the
/// data of its chart, which is JSON.
#[wasm_bindgen]
pub fn read(chart: String) {
    // A release's panics have no words.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    browser::begin();
    browser::behind(|| FIRST.set(FirstPage::handed_over()));
    read_part(|first| {
        first.take_texts();
        Some(())
    });
    browser::behind(move || match json::tree(&chart) {
        Ok(tree) => read_chart(tree),
        Err(_) => FIRST.set(None),
    });
}

/// Reads the chart's data: its values, then the form, group by group.
fn read_chart(mut tree: Tree) {
    let mut form = tree.take("form");
    let groups = form.take_list("groups");
    read_part(move |first| {
        let environments = Vec::<Environment>::deserialize(tree.take("environments"));
        first.data.environments = Arc::new(environments.ok()?);
        first.data.defaults = Arc::new(Map::deserialize(tree.take("defaults")).ok()?);
        first.data.form = Arc::new(FormModel::deserialize(form).ok()?);
        Some(())
    });
    for group in groups {
        read_part(move |first| {
            let form = Arc::get_mut(&mut first.data.form)?;
            form.groups.push(Group::deserialize(group).ok()?);
            Some(())
        });
    }
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

/// Takes the page's frame over; nothing if the page could not be made.
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
