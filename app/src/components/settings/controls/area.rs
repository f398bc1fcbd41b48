//! Text of several lines, and YAML for whatever has no control of its own.

use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;

/// The most lines that are shown at once.
const MAX_ROWS: usize = 24;

/// A text box with its lines numbered; the one that a message names is marked.
#[component]
pub(crate) fn AreaControl(
    /// The field.
    bound: Bound,
    /// The id of the box, where the field's own is another control's.
    #[prop(optional, into)]
    id: Option<String>,
) -> AnyView {
    let rows = Memo::new(move |_| bound.text.with(|text| text.lines().count().max(3)));
    let bad = Memo::new(move |_| bound.message.with(|message| line_of(message.as_deref()?)));
    let lines = move || {
        let mut html = String::new();
        for line in 1..=rows.get().min(MAX_ROWS) {
            let number = line.to_string();
            let (before, after) = if bad.get() == Some(line) {
                ("<mark>", "</mark>\n")
            } else {
                ("", "\n")
            };
            html.push_str(before);
            html.push_str(&number);
            html.push_str(after);
        }
        html
    };
    view! {
        <div class="area">
            <div class="area__lines" aria-hidden="true" inner_html=lines></div>
            <textarea
                class="input input--area"
                id=id.unwrap_or_else(|| bound.id())
                form=FORM
                name=bound.name()
                rows=move || rows.get().min(MAX_ROWS)
                aria-label=bound.with_field(|field| field.title.clone())
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=bound.text
                aria-invalid=bound.invalid()
                aria-describedby=bound.described_by()
                on:input=move |event| bound.type_text(event_target_value(&event))
                on:blur=move |_| bound.leave()
            >
                {bound.text.get_untracked()}
            </textarea>
        </div>
    }
    .into_any()
}

/// The line that a message is about: `line 3, column 5: …`.
fn line_of(message: &str) -> Option<usize> {
    let rest = message.strip_prefix("line ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    rest[..end].parse().ok()
}
