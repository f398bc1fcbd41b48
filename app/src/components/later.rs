//! A part of the page that is taken over behind the rest, in a task of its own: many short tasks
//! leave the browser time to answer a person, one long one does not.

use std::any::Any;

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::RenderHtml;

use crate::browser;

/// Draws something that is taken over later. It stands in an element of its own, which lays
/// nothing out and says with `data-later` that it waits.
pub(crate) fn later(draw: impl FnOnce() -> AnyView + 'static) -> AnyView {
    part(Box::new(draw))
}

/// Written once for all parts: each copy is code to load.
fn part(draw: Box<dyn FnOnce() -> AnyView>) -> AnyView {
    if !browser::IN_BROWSER {
        // The framework must not look into what it does not take over yet.
        let html = draw().to_html();
        return view! { <div class="later" data-later="" inner_html=html></div> }.into_any();
    }
    if !browser::is_taking_over() {
        return view! { <div class="later">{draw()}</div> }.into_any();
    }
    let node = NodeRef::<html::Div>::new();
    let owner = Owner::current();
    // What keeps the part alive, as long as whatever it is part of.
    let alive = StoredValue::new_local(None::<Box<dyn Any>>);
    browser::behind(move || {
        let (Some(owner), Some(Some(element))) = (owner, node.try_get_untracked()) else {
            return;
        };
        let _ = element.remove_attribute("data-later");
        let state = owner.with(|| browser::taking_over(|| draw().hydrate_from::<true>(&element)));
        let state: Box<dyn Any> = Box::new(state);
        let _ = alive.try_update_value(|alive| *alive = Some(state));
    });
    view! { <div class="later" node_ref=node></div> }.into_any()
}

/// Does something behind the parts so far, in a task of its own. On the server: never.
pub(crate) fn behind(start: impl FnOnce() + 'static) {
    browser::behind(with_owner(start));
}

/// Does something once every part has been taken over. On the server: never.
pub(crate) fn at_last(start: impl FnOnce() + 'static) {
    browser::at_last(with_owner(start));
}

/// Does it as part of what is being drawn now.
fn with_owner(start: impl FnOnce() + 'static) -> impl FnOnce() + 'static {
    let owner = Owner::current();
    move || {
        if let Some(owner) = owner {
            owner.with(start);
        }
    }
}
