//! A table inside a card: a titled part of the form that folds away.

use compose::form::Section;
use leptos::prelude::*;

use super::fields::Fields;
use crate::components::prose::prose;
use crate::state::composer;
use crate::text::{plan, values};

/// A section. It is open at first if it holds something short or changed.
#[component]
pub(crate) fn FieldSection(
    /// The section.
    section: Section,
) -> AnyView {
    let state = composer();
    let changed = state
        .layers
        .with_untracked(|layers| layers.is_changed(&section.path));
    let found = state
        .field
        .with_untracked(|field| field.parse::<compose::ValuesPath>())
        .is_ok_and(|field| !field.is_root() && field.starts_with(&section.path));
    let open = changed || found || plan::any(&section.nodes, &|field| field.short);
    let id = values::id("section", &section.path.to_string());
    view! {
        <details class="section" open=open role="group" aria-labelledby=id>
            <summary class="section__summary">
                <span class="section__title" id=id.clone()>{section.title}</span>
                {section
                    .description
                    .map(|about| view! { <span class="section__about">{prose(&about)}</span> })}
            </summary>
            <div class="section__fields">
                <Fields nodes=section.nodes />
            </div>
        </details>
    }
    .into_any()
}
