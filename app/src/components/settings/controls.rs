//! The controls, one per kind of value.

mod area;
mod choice;
mod number;
mod rows;
mod secret;
mod switch;
mod text;

use compose::form::Control;
use leptos::prelude::*;

use super::field::Bound;
use area::AreaControl;
use choice::ChoiceControl;
use number::NumberControl;
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
        Control::Quantity { .. } => {
            view! { <TextControl bound class="input input--quantity" /> }.into_any()
        }
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
        Control::Text { .. }
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
