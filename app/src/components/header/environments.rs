//! The choice of an environment: radio buttons, which a keyboard and a form know by themselves.

use compose::BASE;
use leptos::prelude::*;

use crate::state::composer;

/// Base and the chart's environments.
#[component]
pub(crate) fn Environments() -> AnyView {
    let state = composer();
    let names: Vec<String> = std::iter::once(BASE.to_owned())
        .chain(
            state
                .fixed()
                .data
                .environments
                .iter()
                .map(|environment| environment.name.clone()),
        )
        .collect();
    let choices = names
        .into_iter()
        .map(|name| {
            let own = name.clone();
            let chosen = Memo::new(move |_| {
                state
                    .composition
                    .with(|composition| composition.environment == own)
            });
            let value = name.clone();
            let choose = name.clone();
            view! {
                <label class="environments__choice">
                    <input
                        class="environments__input"
                        type="radio"
                        name="env"
                        value=value
                        checked=chosen.get_untracked()
                        prop:checked=chosen
                        on:change=move |_| state.choose_environment(&choose)
                    />
                    {name}
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="environments" role="radiogroup" aria-label="Environment">
            {choices}
        </div>
    }
    .into_any()
}
