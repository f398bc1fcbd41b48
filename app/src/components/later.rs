//! A part of the page that is taken over behind the rest, in a task of its own: many short tasks
//! leave the browser time to answer a person, one long one does not.

use std::any::Any;

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render, RenderHtml};

use crate::browser;

/// Draws something that is taken over later. `is_as_drawn` tells, when its time has come, whether
/// the page is still what the server drew; if not, it is drawn anew.
pub(crate) fn later(
    is_as_drawn: impl Fn() -> bool + 'static,
    draw: impl FnOnce() -> AnyView + 'static,
) -> AnyView {
    if !browser::IN_BROWSER {
        // The framework must not look into what it does not take over yet.
        let html = draw().to_html();
        return view! { <div inner_html=html></div> }.into_any();
    }
    if !browser::is_taking_over() {
        return view! { <div>{draw()}</div> }.into_any();
    }
    let node = NodeRef::<html::Div>::new();
    let owner = Owner::current();
    // What keeps the part alive, as long as whatever it is part of.
    let alive = StoredValue::new_local(None::<Box<dyn Any>>);
    browser::behind(move || {
        let (Some(owner), Some(Some(element))) = (owner, node.try_get_untracked()) else {
            return;
        };
        let state: Box<dyn Any> = owner.with(|| {
            if is_as_drawn() {
                return Box::new(browser::taking_over(|| {
                    draw().hydrate_from::<true>(&element)
                }));
            }
            element.set_inner_html("");
            let mut state = draw().build();
            state.mount(&element, None);
            Box::new(state)
        });
        let _ = alive.try_update_value(|alive| *alive = Some(state));
    });
    view! { <div node_ref=node></div> }.into_any()
}
