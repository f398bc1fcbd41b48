//! A band that says something and its title.

use leptos::prelude::*;

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something to know.
    Caution,
    /// Something that failed.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Caution => "notice",
            Self::Danger => "notice notice--danger",
        }
    }
}

/// A band with a title, and what the children say.
#[component]
pub(crate) fn Notice(
    /// How grave it is.
    tone: Tone,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// What closing it does; without it the notice stays as long as its cause.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    /// The text.
    children: Children,
) -> AnyView {
    view! {
        <div class=tone.class()>
            <div class="notice__body">
                <p class="notice__title">{title}</p>
                {children()}
            </div>
            {on_close
                .map(|close| {
                    view! {
                        <button type="button" class="button button--quiet" on:click=move |_| close.run(())>
                            "Dismiss"
                        </button>
                    }
                })}
        </div>
    }.into_any()
}
