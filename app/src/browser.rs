//! The few things that only a browser has. On the server each does nothing.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

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
    let address = if query.is_empty() {
        format!("{path}{hash}")
    } else {
        format!("{path}?{query}{hash}")
    };
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

/// Focuses an element as soon as the page has drawn what was just changed, the folds around it
/// opened, and brings it into view.
///
/// On the server: nothing.
pub(crate) fn focus_soon(id: String) {
    if !IN_BROWSER {
        return;
    }
    leptos::prelude::request_animation_frame(move || {
        let element = leptos::prelude::document()
            .get_element_by_id(&id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        let Some(mut element) = element else {
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
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        let quiet = web_sys::FocusOptions::new();
        quiet.set_prevent_scroll(true);
        let _ = element.focus_with_options(&quiet);
    });
}

fn ancestor(element: &web_sys::Element, selector: &str) -> Option<web_sys::HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
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
