//! What is to be known about a field and need not always be seen: the whole description, its path
//! to copy, the chart's own value, examples. A small button opens it as a popover, which works
//! without WebAssembly too.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::field::Bound;
use crate::browser;
use crate::state::composer;
use crate::text::highlight::escape;
use crate::text::values;

/// The button and its popover.
pub(crate) fn about(bound: Bound) -> AnyView {
    let id = [&bound.id(), "-more"].concat();
    let (label, html) = bound.with_field(|field| {
        let label = ["About ", &field.title].concat();
        (label, html(field))
    });
    let state = composer();
    let copy = move |event: MouseEvent| {
        let pressed = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| element.tag_name() == "BUTTON");
        if pressed {
            let done = bound.with_field(|field| browser::copy(&field.path.to_string()));
            let words = if done {
                "Path copied"
            } else {
                "The browser did not allow copying"
            };
            state.say(words);
        }
    };
    view! {
        <button
            type="button"
            class="about"
            popovertarget=id.clone()
            aria-label=label.clone()
            title=label
        >
            "i"
        </button>
        <div class="about__card" id=id popover="auto" inner_html=html on:click=copy></div>
    }
    .into_any()
}

/// What the popover holds. Everything of the chart's is escaped.
fn html(field: &compose::form::Field) -> String {
    let mut out = String::from("<p class=\"about__title\">");
    escape(&field.title, &mut out);
    out.push_str("</p>");
    if let Some(text) = &field.description {
        out.push_str("<p>");
        escape(text, &mut out);
        out.push_str("</p>");
    }
    out.push_str("<dl><dt>Path</dt><dd><code>");
    escape(&field.path.to_string(), &mut out);
    out.push_str(
        "</code> <button type=\"button\" class=\"button button--quiet\">Copy path</button></dd>",
    );
    if !field.secret {
        out.push_str("<dt>Chart’s value</dt><dd>");
        code(&values::shown(&field.default), &mut out);
        out.push_str("</dd>");
    }
    if !field.examples.is_empty() {
        out.push_str("<dt>Examples</dt><dd>");
        for example in &field.examples {
            code(&values::shown(example), &mut out);
            out.push(' ');
        }
        out.push_str("</dd>");
    }
    out.push_str("</dl>");
    out
}

fn code(text: &str, out: &mut String) {
    let text = text.trim_end();
    if text.is_empty() {
        out.push_str("empty");
        return;
    }
    out.push_str("<code>");
    escape(text, out);
    out.push_str("</code>");
}
