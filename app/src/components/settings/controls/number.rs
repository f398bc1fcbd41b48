//! A number: a box with a stepper, and a slider where the chart asks for one.

use compose::Value;
use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;

/// A number input with its buttons.
#[component]
pub(crate) fn NumberControl(
    /// The field.
    bound: Bound,
    /// The least, inclusive.
    min: Option<f64>,
    /// The most, inclusive.
    max: Option<f64>,
    /// The step of its buttons.
    step: Option<f64>,
    /// Whether fractions are refused.
    integer: bool,
    /// Whether the chart asks for a slider.
    slider: bool,
    /// What it counts.
    unit: Option<String>,
) -> AnyView {
    let title = bound.with_field(|field| field.title.clone());
    let stride = step.unwrap_or(1.0);
    let by = move |steps: f64| {
        let now = bound.value.with_untracked(number).or(min).unwrap_or(0.0);
        bound.leave();
        bound.type_text(stepped(now, steps * stride, min, max).to_string());
        bound.leave();
    };
    let range = (slider && min.is_some() && max.is_some()).then(|| {
        view! {
            <input
                class="slider"
                type="range"
                aria-label=format!("{title} slider")
                min=min
                max=max
                step=stride
                value=bound.text.get_untracked()
                prop:value=bound.text
                on:input=move |event| bound.type_text(event_target_value(&event))
                on:change=move |_| bound.leave()
            />
        }
    });
    view! {
        {range}
        <button
            type="button"
            class="button button--square"
            aria-label=format!("Decrease {title}")
            disabled=move || min.is_some_and(|min| bound.value.with(number).is_some_and(|now| now <= min))
            on:click=move |_| by(-1.0)
        >
            "−"
        </button>
        <input
            class="input input--number"
            type="number"
            id=bound.id()
            name=bound.name()
            form=FORM
            min=min
            max=max
            step=if integer { stride.to_string() } else { "any".to_owned() }
            inputmode=if integer { "numeric" } else { "decimal" }
            value=bound.text.get_untracked()
            prop:value=bound.text
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| bound.type_text(event_target_value(&event))
            on:blur=move |_| bound.leave()
        />
        <button
            type="button"
            class="button button--square"
            aria-label=format!("Increase {title}")
            disabled=move || max.is_some_and(|max| bound.value.with(number).is_some_and(|now| now >= max))
            on:click=move |_| by(1.0)
        >
            "+"
        </button>
        {unit.map(|unit| view! { <span class="field__unit">{unit}</span> })}
    }.into_any()
}

/// A value as a number.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a stepper does not count beyond 2^53"
        )]
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// One step on, inside the range, without the dust of binary fractions.
fn stepped(now: f64, by: f64, min: Option<f64>, max: Option<f64>) -> f64 {
    let next = ((now + by) * 1e9).round() / 1e9;
    next.max(min.unwrap_or(f64::NEG_INFINITY))
        .min(max.unwrap_or(f64::INFINITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_inside_and_clean() {
        assert!((stepped(0.2, 0.1, None, None) - 0.3).abs() < f64::EPSILON);
        assert_eq!(stepped(0.2, 0.1, None, None).to_string(), "0.3");
        assert_eq!(stepped(1.0, -1.0, Some(1.0), None).to_string(), "1");
        assert_eq!(stepped(19.0, 5.0, None, Some(20.0)).to_string(), "20");
    }
}
