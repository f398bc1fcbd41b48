//! The document around the page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::app::App;
use crate::components::notice::{Notice, Tone};
use crate::components::preview::LIST;
use crate::first_page::FirstPage;

/// Where the browser finds what the page is made of.
#[derive(Debug, Clone)]
pub struct Files {
    /// The style sheet.
    pub style: String,
    /// The module that starts the wasm.
    pub script: String,
    /// The wasm.
    pub wasm: String,
}

/// Loads the browser's half, lets it take over, and marks the page as live. Leptos' own
/// `HydrationScripts` decides the names of the files by the environment it was compiled in; ours
/// are fixed.
fn loader(files: &Files, chart: &str) -> String {
    include_str!("shell/loader.js")
        .replace("{script}", &files.script)
        .replace("{wasm}", &files.wasm)
        .replace("{chart}", chart)
}

/// The full HTML document of the page, or of the sentence why there is none, for the server to
/// send.
#[must_use]
pub fn shell(files: &Files, first: &Result<FirstPage, String>) -> AnyView {
    let (title, address, body) = match first {
        Ok(first) => (first.title(), Some(first.address()), page(files, first)),
        Err(message) => ("Chartroom".to_owned(), None, failure(message.clone())),
    };
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta
                    name="description"
                    content="Compose Helm values and see, on every edit, exactly the manifests that Helm would install."
                />
                <meta name="theme-color" content="#fdfcf8" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#0d1318" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/site.webmanifest" />
                {address.map(|href| view! { <link rel="canonical" href=href /> })}
                <link rel="stylesheet" href=files.style.clone() />
                // All that stands above the manifests is painted at once: in halves it would jump.
                {first.is_ok().then(|| view! { <link rel="expect" href=["#", LIST].concat() blocking="render" /> })}
                <title>{title}</title>
            </head>
            {body}
        </html>
    }
    .into_any()
}

/// The composer, what it was drawn from, and what makes it live.
fn page(files: &Files, first: &FirstPage) -> AnyView {
    view! {
        <body>
            <App first=first.clone() />
            {first.element()}
            <script type="module" nonce=use_nonce() inner_html=loader(files, &first.chart_data())></script>
        </body>
    }
    .into_any()
}

fn failure(message: String) -> AnyView {
    view! {
        <body>
            <main>
                <Notice tone=Tone::Danger title="The page could not be made">
                    <p>{message}</p>
                </Notice>
            </main>
        </body>
    }
    .into_any()
}
