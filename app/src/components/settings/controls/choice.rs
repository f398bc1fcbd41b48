//! One of a few values.

use compose::Value;
use compose::form::Choice;
use compose::layers::same;
use leptos::prelude::*;

use super::Bound;
use crate::text::values;

/// A select. A value that is none of the options is shown as one more.
#[component]
pub(crate) fn ChoiceControl(
    /// The field.
    bound: Bound,
    /// The values and their names.
    options: Vec<Choice>,
) -> AnyView {
    let known = StoredValue::new(options.clone());
    let position = move |value: &Value| {
        known.with_value(|options| options.iter().position(|option| same(&option.value, value)))
    };
    let chosen = Memo::new(move |_| {
        bound
            .value
            .with(|value| position(value).map_or_else(String::new, |at| at.to_string()))
    });
    let other = Memo::new(move |_| {
        bound
            .value
            .with(|value| position(value).is_none().then(|| values::shown(value)))
    });
    let choose = move |event| {
        let picked = event_target_value(&event).parse::<usize>().ok();
        let value = picked.and_then(|at| {
            known.with_value(|options| options.get(at).map(|option| option.value.clone()))
        });
        if let Some(value) = value {
            bound.write(value);
        }
    };
    let entries = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| {
            let at = at.to_string();
            let selected = chosen.with_untracked(|chosen| *chosen == at);
            view! {
                <option value=at selected=selected>
                    {option.title}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="input"
            id=bound.id()
            prop:value=chosen
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:change=choose
        >
            {move || {
                other
                    .get()
                    .map(|text| {
                        view! {
                            <option value="" selected disabled>
                                {if text.is_empty() { "not set".to_owned() } else { text }}
                            </option>
                        }
                    })
            }}
            {entries}
        </select>
    }
    .into_any()
}
