//! A list of which each entry is one of a few values: a box to tick for each. The empty hidden
//! input tells a form without WebAssembly that the list is there when none is ticked.

use compose::Value;
use compose::form::{Choice, Control};
use compose::layers::same;
use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;

/// The most values that are shown as boxes.
const MAX: usize = 12;

/// The values, if a control is such a list.
pub(crate) fn options(control: &Control) -> Option<&[Choice]> {
    match control {
        Control::List { item, .. } => match &**item {
            Control::Choice { options } if options.len() <= MAX => Some(options),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a control is such a list.
pub(crate) fn fits(control: &Control) -> bool {
    options(control).is_some()
}

/// The boxes.
#[component]
pub(crate) fn ChecksControl(
    /// The field.
    bound: Bound,
    /// The values.
    options: Vec<Choice>,
) -> AnyView {
    let first = bound.id();
    let boxes = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| {
            let value = StoredValue::new(option.value);
            let on = Memo::new(move |_| {
                bound.value.with(|list| {
                    value.with_value(|value| items(list).iter().any(|item| same(item, value)))
                })
            });
            let toggle = move |event| {
                let on = event_target_checked(&event);
                let mut list = bound.value.with_untracked(|list| items(list).to_vec());
                value.with_value(|value| {
                    list.retain(|item| !same(item, value));
                    if on {
                        list.push(value.clone());
                    }
                });
                bound.write(Value::List(list));
            };
            let text = value.with_value(crate::text::values::shown);
            view! {
                <label class="checks__choice">
                    <input
                        type="checkbox"
                        id=(at == 0).then(|| first.clone())
                        form=FORM
                        name=bound.named("item.")
                        value=text
                        checked=on.get_untracked()
                        prop:checked=on
                        on:change=toggle
                    />
                    {option.title}
                </label>
            }
        })
        .collect_view();
    let title = bound.with_field(|field| field.title.clone());
    view! {
        <div class="checks" role="group" aria-label=title aria-describedby=bound.described_by()>
            <input type="hidden" form=FORM name=bound.named("item.") value="" />
            {boxes}
        </div>
    }
    .into_any()
}

fn items(list: &Value) -> &[Value] {
    match list {
        Value::List(items) => items,
        _ => &[],
    }
}
