//! The buttons that open the share panel: at its link, and at the command to install.

use leptos::prelude::*;

use crate::components::share::{self, SharePanel};
use crate::text::shortcuts;

/// The Share button.
#[component]
pub(crate) fn Share() -> AnyView {
    let panel = expect_context::<SharePanel>();
    view! {
        <button
            type="button"
            class="button"
            command="show-modal"
            commandfor=share::ID
            data-command="share"
            title=shortcuts::title("share")
            aria-keyshortcuts=shortcuts::aria("share")
            on:click=move |_| panel.show(share::COPY_LINK)
        >
            "Share"
        </button>
    }
    .into_any()
}

/// The Install button.
#[component]
pub(crate) fn Install() -> AnyView {
    let panel = expect_context::<SharePanel>();
    view! {
        <button
            type="button"
            class="button button--primary"
            command="show-modal"
            commandfor=share::ID
            data-command="install"
            title=shortcuts::title("install")
            aria-keyshortcuts=shortcuts::aria("install")
            on:click=move |_| panel.show(share::COPY_COMMAND)
        >
            "Install"
        </button>
    }
    .into_any()
}
