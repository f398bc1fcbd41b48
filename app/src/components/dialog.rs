//! A modal dialog: the browser's own element, which keeps focus and closes with Escape.

use leptos::html;
use leptos::prelude::*;

/// Opens a dialog; on the server, and when it is open, nothing.
pub(crate) fn open(dialog: NodeRef<html::Dialog>) {
    if let Some(element) = dialog.get_untracked()
        && !element.open()
    {
        let _ = element.show_modal();
    }
}

/// A dialog with a title and a button that closes it.
#[component]
pub(crate) fn Dialog(
    /// To open it with [`open`].
    node: NodeRef<html::Dialog>,
    /// The id of its title.
    id: &'static str,
    /// Its title.
    title: &'static str,
    /// What it holds.
    children: Children,
) -> AnyView {
    let close = move |_| {
        if let Some(element) = node.get_untracked() {
            element.close();
        }
    };
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=id>
            <div class="dialog__head">
                <h2 class="dialog__title" id=id>
                    {title}
                </h2>
                <button type="button" class="button button--quiet" on:click=close>
                    "Close"
                </button>
            </div>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
    .into_any()
}
