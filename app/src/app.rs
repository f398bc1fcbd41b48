//! The root component: waits for the page's data, then draws the composer.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::components::notice::{Notice, Tone};
use crate::pages::composer::ComposerPage;
use crate::serverfns::first_page::first_page;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Blocking: the manifests are in the server's HTML, not in a later piece of it.
    let page = Resource::new_blocking(|| (), |()| first_page());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(first) => Either::Left(view! { <ComposerPage first /> }),
                    Err(message) => {
                        Either::Right(
                            view! {
                                <main>
                                    <Notice tone=Tone::Danger title="The page could not be made">
                                        <p>{message}</p>
                                    </Notice>
                                </main>
                            },
                        )
                    }
                }
            })}
        </Suspense>
    }
}
