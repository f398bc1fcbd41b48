//! One of a few values.

use compose::Value;
use compose::form::Choice;
use compose::layers::same;
use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;
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
    // The text of an option is what a form without scripts sends.
    let text_at = move |at: usize| {
        known.with_value(|options| options.get(at).map(|option| text_of(&option.value)))
    };
    let chosen = Memo::new(move |_| {
        bound
            .value
            .with(|value| position(value).and_then(text_at).unwrap_or_default())
    });
    let other = Memo::new(move |_| {
        bound
            .value
            .with(|value| position(value).is_none().then(|| values::shown(value)))
    });
    let choose = move |event| {
        let picked = event_target_value(&event);
        let value = known.with_value(|options| {
            options
                .iter()
                .find(|option| text_of(&option.value) == picked)
                .map(|option| option.value.clone())
        });
        if let Some(value) = value {
            bound.write(value);
        }
    };
    let entries = options
        .into_iter()
        .map(|option| {
            let text = text_of(&option.value);
            let selected = chosen.with_untracked(|chosen| *chosen == text);
            view! {
                <option value=text selected=selected>
                    {option.title}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="input"
            id=bound.id()
            name=bound.name()
            form=FORM
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

/// The text of an option's value, as [`compose::form::parse_input`] reads it back.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        other => values::shown(other),
    }
}
