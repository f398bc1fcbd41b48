//! A Kubernetes quantity: a text box, and a slider over what is usual. In a pair the track is the
//! pair's, with a thumb for each.

use leptos::prelude::*;

use super::Bound;
use super::slider::{Track, sliders};
use super::text::TextControl;

/// The box with its slider.
#[component]
pub(crate) fn QuantityControl(
    /// The field.
    bound: Bound,
) -> AnyView {
    let track = (!bound.paired).then(|| sliders(Track::of(&[bound]), &[bound]));
    view! {
        {track}
        <TextControl bound class="input input--quantity" />
    }
    .into_any()
}
