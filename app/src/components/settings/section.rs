//! A table inside a card: a titled part of the form that folds away, or a block for what a person
//! knows as one thing.

use compose::form::{Block, Node, Section};
use leptos::prelude::*;

use super::field::{FieldRow, Look};
use super::fields::Fields;
use super::pair::Pair;
use crate::components::prose::prose;
use crate::state::composer;
use crate::text::{plan, values};

/// A section. It is open at first if it holds something short or changed.
#[component]
pub(crate) fn FieldSection(
    /// The section.
    section: Section,
) -> AnyView {
    match section.block {
        Some(Block::Pair) => return view! { <Pair section /> }.into_any(),
        Some(block) => return block_view(block, section),
        None => {}
    }
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

/// A block: its fields side by side, as far as there is room.
fn block_view(block: Block, section: Section) -> AnyView {
    let id = values::id("section", &section.path.to_string());
    let fields = section
        .nodes
        .into_iter()
        .map(|node| match node {
            Node::Field(field) => view! { <FieldRow field=*field look=Look::Stacked /> }.into_any(),
            Node::Section(section) => view! { <FieldSection section /> }.into_any(),
        })
        .collect_view();
    view! {
        <div class=["block block--", block.as_str()].concat() role="group" aria-labelledby=id.clone()>
            <h4 class="block__title" tabindex="-1" id=id.clone()>{section.title}</h4>
            <div class="block__fields">{fields}</div>
        </div>
    }
    .into_any()
}
