//! All images that the manifests run, and who runs them.

use leptos::prelude::*;

use crate::browser;
use crate::components::copy_button::CopyButton;
use crate::state::{Tab, composer};
use crate::text::{images, units};

/// The list; made only while somebody looks at it.
#[component]
pub(crate) fn ImagesPanel() -> AnyView {
    let state = composer();
    let open = Memo::new(move |_| state.tab.get() == Tab::Images);
    let html = Memo::new(move |_| match open.get() {
        true => state.shown.with(|shown| images::table(&shown.resources)),
        false => String::new(),
    });
    let names = Memo::new(move |_| {
        state.shown.with(|shown| {
            let mut names = String::new();
            for image in images::list(&shown.resources).keys() {
                names.push_str(image);
                names.push('\n');
            }
            names
        })
    });
    let sums = move || {
        let mut sums = units::count(names.with(|names| names.lines().count()), "image");
        let loose = |names: &String| {
            names
                .lines()
                .filter(|name| images::pin(name).is_err())
                .count()
        };
        match names.with(loose) {
            0 => {}
            loose => {
                sums.push_str(", ");
                sums.push_str(&loose.to_string());
                sums.push_str(" without a fixed tag");
            }
        }
        sums
    };
    let reveal = move |event: leptos::ev::MouseEvent| {
        if let Some(link) = browser::around(&event, "[data-reveal]") {
            event.prevent_default();
            state.reveal(&link.get_attribute("data-reveal").unwrap_or_default());
        }
    };
    view! {
        <div class="images">
            <p class="images__sums">
                <span>{sums}</span>
                <CopyButton text=names label="Copy list" said="Copied the list of images" />
            </p>
            <ul class="images__list" inner_html=html on:click=reveal></ul>
        </div>
    }
    .into_any()
}
