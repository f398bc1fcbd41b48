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
    /// Its id, for buttons that open it without WebAssembly.
    id: &'static str,
    /// Its title.
    title: &'static str,
    /// Its classes.
    #[prop(default = "dialog")]
    class: &'static str,
    /// What happens once it is closed.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    /// What it holds.
    children: Children,
) -> AnyView {
    let close = move |_| {
        if let Some(element) = node.get_untracked() {
            element.close();
        }
    };
    let title_id = [id, "-title"].concat();
    let labelled = title_id.clone();
    let closed = move |_| {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    view! {
        <dialog class=class id=id node_ref=node aria-labelledby=labelled on:close=closed>
            <div class="dialog__head">
                <h2 class="dialog__title" id=title_id>
                    {title}
                </h2>
                <button type="button" class="button button--quiet" command="close" commandfor=id on:click=close>
                    "Close"
                </button>
            </div>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
    .into_any()
}
