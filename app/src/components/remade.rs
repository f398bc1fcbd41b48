//! What is drawn from the chart's form: drawn anew when the page gets another chart.

use leptos::prelude::*;

use crate::state::composer;

/// Draws its children anew for each chart that the page gets. All that a person has done lives in
/// the page's state, which stays.
#[component]
pub(crate) fn Remade(
    /// What is drawn from the form.
    children: ChildrenFn,
) -> AnyView {
    let chart = composer().live.chart;
    view! { <For each=move || [chart.get()] key=|number| *number children=move |_| children() /> }
        .into_any()
}
