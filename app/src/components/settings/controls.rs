//! The controls, one per kind of value.

mod area;
pub(crate) mod checks;
mod choice;
mod number;
mod quantity;
mod records;
mod rows;
mod secret;
pub(crate) mod slider;
mod switch;
mod text;

use compose::form::Control;
use leptos::prelude::*;

use super::field::Bound;
use area::AreaControl;
use checks::ChecksControl;
use choice::ChoiceControl;
use number::NumberControl;
use quantity::QuantityControl;
use records::RecordsControl;
use rows::RowsControl;
use secret::SecretControl;
use switch::SwitchControl;
use text::TextControl;

/// The control of a field.
#[component]
pub(crate) fn ControlView(
    /// The field.
    bound: Bound,
) -> AnyView {
    match bound.with_field(|field| field.control.clone()) {
        Control::Switch => view! { <SwitchControl bound /> }.into_any(),
        Control::Number {
            min,
            max,
            step,
            integer,
            slider,
            unit,
            ..
        } => view! { <NumberControl bound min max step integer slider unit /> }.into_any(),
        Control::Choice { options } => view! { <ChoiceControl bound options /> }.into_any(),
        Control::Quantity { .. } => view! { <QuantityControl bound /> }.into_any(),
        Control::Secret { .. } => view! { <SecretControl bound /> }.into_any(),
        Control::Text {
            multiline: false, ..
        } => view! { <TextControl bound class="input" /> }.into_any(),
        Control::Map { item } if is_line(&item) => {
            view! { <RowsControl bound item=*item keyed=true /> }.into_any()
        }
        Control::List { item, .. } if is_line(&item) => {
            view! { <RowsControl bound item=*item keyed=false /> }.into_any()
        }
        Control::List { item, .. } if matches!(*item, Control::Record { .. }) => {
            let parts = match *item {
                Control::Record { parts } => parts,
                _ => Vec::new(),
            };
            view! { <RecordsControl bound parts /> }.into_any()
        }
        Control::List { .. } if bound.with_field(|field| checks::fits(&field.control)) => {
            let options =
                bound.with_field(|field| checks::options(&field.control).map(<[_]>::to_vec));
            view! { <ChecksControl bound options=options.unwrap_or_default() /> }.into_any()
        }
        Control::Text { .. }
        | Control::Record { .. }
        | Control::Map { .. }
        | Control::List { .. }
        | Control::Yaml { .. } => view! { <AreaControl bound /> }.into_any(),
    }
}

/// Whether a value of this kind is one line of text.
const fn is_line(control: &Control) -> bool {
    matches!(
        control,
        Control::Text {
            multiline: false,
            ..
        } | Control::Number { .. }
            | Control::Quantity { .. }
    )
}
