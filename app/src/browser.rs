//! The few things that only a browser has. On the server each does nothing.

mod taking_over;

use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlDocument, HtmlTextAreaElement};

pub(crate) use taking_over::{at_last, behind, is_taking_over, taking_over};
#[cfg(feature = "hydrate")]
pub(crate) use taking_over::{begin, next_part};

/// Whether this is the browser's half.
pub(crate) const IN_BROWSER: bool = cfg!(feature = "hydrate");

/// Puts the composition's query into the address bar, without a new entry in the history.
///
/// On the server: nothing.
pub(crate) fn replace_query(query: &str) {
    if !IN_BROWSER {
        return;
    }
    let window = leptos::prelude::window();
    let location = window.location();
    let path = location.pathname().unwrap_or_else(|_| "/".to_owned());
    let hash = location.hash().unwrap_or_default();
    let search = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    if location.search().is_ok_and(|now| now == search) {
        return;
    }
    let address = format!("{path}{search}{hash}");
    // Browsers refuse when a page does this hundreds of times in seconds: the next edit mends it.
    let _ = window.history().and_then(|history| {
        history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
    });
}

/// Where the page was loaded from, with a path: `http://host/path`.
///
/// On the server: empty.
pub(crate) fn page_address(query: &str) -> String {
    if !IN_BROWSER {
        return String::new();
    }
    let location = leptos::prelude::window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    if query.is_empty() {
        format!("{origin}{path}")
    } else {
        format!("{origin}{path}?{query}")
    }
}

/// Milliseconds since 1970.
///
/// On the server: 0.
pub(crate) fn now() -> f64 {
    if IN_BROWSER { js_sys::Date::now() } else { 0.0 }
}

/// A time as the person writes it. On the server: nothing.
pub(crate) fn time(at: f64) -> String {
    if !IN_BROWSER {
        return String::new();
    }
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at));
    date.to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED)
        .into()
}

/// A few random digits. On the server: none.
pub(crate) fn random() -> String {
    if IN_BROWSER {
        js_sys::Math::random().to_string().replace("0.", "")
    } else {
        String::new()
    }
}

/// Whether the keys are a Mac's. On the server: no.
pub(crate) fn is_mac() -> bool {
    IN_BROWSER
        && leptos::prelude::window()
            .navigator()
            .platform()
            .is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
}

/// What is kept in this browser under a key. On the server: nothing.
pub(crate) fn kept(key: &str) -> Option<String> {
    if !IN_BROWSER {
        return None;
    }
    storage()?.get_item(key).ok()?
}

/// Keeps a text in this browser; says whether it could. On the server: cannot.
pub(crate) fn keep(key: &str, text: &str) -> bool {
    IN_BROWSER && storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Browsers may refuse their storage altogether.
fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().local_storage().ok()?
}

/// Downloads a text as a file; says whether it could. On the server: cannot.
pub(crate) fn download(name: &str, text: &str) -> bool {
    IN_BROWSER && download_file(name, text).is_ok()
}

fn download_file(name: &str, text: &str) -> Result<(), wasm_bindgen::JsValue> {
    let parts = js_sys::Array::of1(&text.into());
    let file = web_sys::Blob::new_with_str_sequence(&parts)?;
    let address = web_sys::Url::create_object_url_with_blob(&file)?;
    let link = leptos::prelude::document().create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.unchecked_into::<web_sys::HtmlElement>().click();
    web_sys::Url::revoke_object_url(&address)
}

/// Focuses an element as soon as the page has drawn what was just changed, the folds around it
/// opened, and brings it into view.
///
/// On the server: nothing.
pub(crate) fn focus_soon(id: String) {
    if IN_BROWSER {
        leptos::prelude::request_animation_frame(move || {
            reach(leptos::prelude::document().get_element_by_id(&id));
        });
    }
}

/// The same for the first element of a selector.
pub(crate) fn focus_first(selector: &'static str) {
    if IN_BROWSER {
        leptos::prelude::request_animation_frame(move || {
            reach(
                leptos::prelude::document()
                    .query_selector(selector)
                    .ok()
                    .flatten(),
            );
        });
    }
}

/// Does something behind the next frame; at once in a page that is not painted.
///
/// On the server: nothing.
pub(crate) fn once_painted(task: impl FnOnce() + 'static) {
    use leptos::prelude::{document, request_animation_frame, set_timeout};

    if !IN_BROWSER {
        return;
    }
    if document().hidden() {
        return task();
    }
    request_animation_frame(move || set_timeout(task, std::time::Duration::ZERO));
}

/// Brings an element into view, as little as needed, once the page has drawn it.
pub(crate) fn show_soon(id: String) {
    if IN_BROWSER {
        leptos::prelude::request_animation_frame(move || {
            if let Some(element) = leptos::prelude::document().get_element_by_id(&id) {
                show(&element, web_sys::ScrollLogicalPosition::Nearest);
            }
        });
    }
}

fn show(element: &web_sys::Element, place: web_sys::ScrollLogicalPosition) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

fn reach(element: Option<web_sys::Element>) {
    let Some(mut element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return;
    };
    // The name of a section stands in what folds it.
    if let Some(summary) = ancestor(&element, "summary") {
        element = summary;
    }
    let mut around = ancestor(&element, "details");
    while let Some(fold) = around {
        if let Some(fold) = fold.dyn_ref::<web_sys::HtmlDetailsElement>() {
            fold.set_open(true);
        }
        around = fold
            .parent_element()
            .and_then(|parent| ancestor(&parent, "details"));
    }
    show(&element, web_sys::ScrollLogicalPosition::Center);
    let quiet = web_sys::FocusOptions::new();
    quiet.set_prevent_scroll(true);
    let _ = element.focus_with_options(&quiet);
}

fn ancestor(element: &web_sys::Element, selector: &str) -> Option<web_sys::HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
}

/// Keeps the focus and how far things are scrolled over a redraw of the page that happens now.
///
/// On the server: nothing.
pub(crate) fn keep_place() {
    if !IN_BROWSER {
        return;
    }
    let focused = leptos::prelude::document()
        .active_element()
        .map(|element| element.id())
        .filter(|id| !id.is_empty());
    let scrolled: Vec<i32> = scrolling()
        .iter()
        .map(web_sys::Element::scroll_top)
        .collect();
    leptos::prelude::request_animation_frame(move || {
        for (element, top) in scrolling().iter().zip(scrolled) {
            element.set_scroll_top(top);
        }
        let focused = focused
            .and_then(|id| leptos::prelude::document().get_element_by_id(&id))
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = focused {
            let quiet = web_sys::FocusOptions::new();
            quiet.set_prevent_scroll(true);
            let _ = element.focus_with_options(&quiet);
        }
    });
}

/// The parts of the page that scroll on their own, in their order.
fn scrolling() -> Vec<web_sys::Element> {
    let all =
        leptos::prelude::document().query_selector_all("html, .composer__pane, [role=tabpanel]");
    let Ok(all) = all else { return Vec::new() };
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into().ok())
        .collect()
}

/// Copies a text; says whether it could. Pages on plain HTTP have no clipboard, so the older way
/// through a hidden text box is taken there.
///
/// On the server: cannot.
pub(crate) fn copy(text: &str) -> bool {
    if !IN_BROWSER {
        return false;
    }
    let window = leptos::prelude::window();
    if window.is_secure_context() {
        // The promise only fails where the user forbids it; nothing is to be done then.
        let _ = window.navigator().clipboard().write_text(text);
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// Brings a part of an element into view and focuses it: what it is folded into is unfolded first.
/// `part` is a class within the element, `index` says which of them.
///
/// On the server: nothing.
pub(crate) fn bring(id: &str, part: &'static str, index: usize) {
    if !IN_BROWSER {
        return;
    }
    let id = id.to_owned();
    // A frame later what was just shown is there; another one, and what came into view is drawn,
    // so that the place is right.
    leptos::prelude::request_animation_frame(move || {
        let Some(element) = leptos::prelude::document().get_element_by_id(&id) else {
            return;
        };
        while let Ok(Some(folded)) = element.closest("details:not([open])") {
            let _ = folded.set_attribute("open", "");
        }
        unfold(&element);
        let index = u32::try_from(index).unwrap_or_default();
        let parts = element.get_elements_by_class_name(part);
        let target = parts.item(index).unwrap_or(element);
        target.scroll_into_view();
        if let Some(target) = target.dyn_ref::<web_sys::HtmlElement>() {
            let _ = target.focus();
        }
        leptos::prelude::request_animation_frame(move || target.scroll_into_view());
    });
}

/// Folds (or unfolds) all that folds in the element of an id and has a class.
///
/// On the server: nothing.
pub(crate) fn fold(id: &str, class: &str, open: bool) {
    let Some(element) = IN_BROWSER
        .then(|| leptos::prelude::document().get_element_by_id(id))
        .flatten()
    else {
        return;
    };
    let all = element.get_elements_by_class_name(class);
    for index in 0..all.length() {
        let details = all.item(index);
        if let Some(details) = details.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok())
        {
            details.set_open(open);
        }
    }
}

/// Closes an open menu, the focus going back to what opened it; says whether there was one.
///
/// On the server: no.
pub(crate) fn close_menu() -> bool {
    let menu = IN_BROWSER
        .then(|| leptos::prelude::document().query_selector("[data-menu][open]"))
        .and_then(|found| found.ok().flatten());
    let Some(menu) = menu else {
        return false;
    };
    let _ = menu.remove_attribute("open");
    if let Some(summary) = menu
        .first_element_child()
        .and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = summary.focus();
    }
    true
}

fn unfold(element: &web_sys::Element) {
    if let Ok(Some(details)) = element.query_selector("details") {
        let _ = details.set_attribute("open", "");
    }
}

/// Whether a `contentvisibilityautostatechange` event says that its element is out of sight.
pub(crate) fn is_skipped(event: &wasm_bindgen::JsValue) -> bool {
    js_sys::Reflect::get(event, &"skipped".into()).is_ok_and(|skipped| skipped.is_truthy())
}

/// Tells the elements of a class that are in view so, as the browser told it before anybody
/// listened.
///
/// On the server: nothing.
pub(crate) fn tell_in_view(class: &str, event: &str) {
    if !IN_BROWSER {
        return;
    }
    let height = leptos::prelude::window().inner_height();
    let height = height
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(0.0);
    let all = leptos::prelude::document().get_elements_by_class_name(class);
    for index in 0..all.length() {
        let Some(element) = all.item(index) else {
            return;
        };
        let place = element.get_bounding_client_rect();
        if place.bottom() > 0.0
            && place.top() < height
            && place.height() > 0.0
            && let Ok(event) = web_sys::Event::new(event)
        {
            let _ = element.dispatch_event(&event);
        }
    }
}

/// The element that an event is about: the nearest one around its target that fits a selector.
///
/// On the server: none.
pub(crate) fn around(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest(selector).ok().flatten()
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let document = leptos::prelude::document()
        .dyn_into::<HtmlDocument>()
        .ok()?;
    let area = document
        .create_element("textarea")
        .ok()?
        .dyn_into::<HtmlTextAreaElement>()
        .ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    // Inside an open dialog everything outside it is inert.
    let parent = document
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .or_else(|| document.body().map(Into::into))?;
    parent.append_child(&area).ok()?;
    let focused = document.active_element();
    area.select();
    let done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(element) =
        focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
    Some(done)
}

/// The text of the first element of a name within the element of an id.
#[cfg(feature = "hydrate")]
pub(crate) fn text_in(id: &str, name: &str) -> String {
    leptos::prelude::document()
        .get_element_by_id(id)
        .and_then(|element| element.query_selector(name).ok()?)
        .and_then(|part| part.text_content())
        .unwrap_or_default()
}

/// Focuses an element.
///
/// On the server: nothing.
pub(crate) fn focus(id: &str) {
    if !IN_BROWSER {
        return;
    }
    let element = leptos::prelude::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Reads the file that was chosen in a file input as text, and clears the input, so that the same
/// file can be chosen again. One of more than `largest` bytes is refused with words to say.
///
/// On the server: nothing.
pub(crate) fn read_chosen(
    event: &web_sys::Event,
    largest: f64,
    take: impl FnOnce(Result<String, &'static str>) + 'static,
) {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(input) = input else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        return;
    };
    if file.size() > largest {
        input.set_value("");
        return take(Err("This file is too large"));
    }
    let read = wasm_bindgen::closure::Closure::once(move |text: wasm_bindgen::JsValue| {
        input.set_value("");
        take(text.as_string().ok_or("This file could not be read"));
    });
    // What cannot be read rejects with an object, which is no text.
    let _ = file.text().then2(&read, &read);
    read.forget();
}
