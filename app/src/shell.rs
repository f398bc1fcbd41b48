//! The document around the page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Loads the browser's half and lets it take over. Leptos' own `HydrationScripts` decides the
/// names of the files by the environment it was compiled in; ours are fixed.
fn loader(options: &LeptosOptions) -> String {
    let pkg = &options.site_pkg_dir;
    let name = &options.output_name;
    format!(
        "import('/{pkg}/{name}.js').then(m => \
         m.default({{module_or_path: '/{pkg}/{name}_bg.wasm'}}).then(() => m.hydrate()))"
    )
}

/// The full HTML document of the page, for the server to send.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let loader = loader(&options);
    let script = format!("/{}/{}.js", options.site_pkg_dir, options.output_name);
    let wasm = format!("/{}/{}_bg.wasm", options.site_pkg_dir, options.output_name);
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
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/style/main.css" />
                <link rel="modulepreload" href=script nonce=use_nonce() />
                <link
                    rel="preload"
                    href=wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                <MetaTags />
            </head>
            <body>
                <App />
                <script type="module" nonce=use_nonce() inner_html=loader></script>
            </body>
        </html>
    }
}
