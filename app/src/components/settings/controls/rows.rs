//! Tables of free keys and lists of lines: a row each, committed when an input is left.

use compose::Value;
use compose::form::{self, Control, Field};
use leptos::prelude::*;

use super::Bound;
use crate::components::header::FORM;

/// One row as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    id: usize,
    key: String,
    text: String,
}

/// An editor of rows.
#[component]
pub(crate) fn RowsControl(
    /// The field.
    bound: Bound,
    /// How each value is read.
    item: Control,
    /// Whether each row has a key: a table, not a list.
    keyed: bool,
) -> AnyView {
    let title = bound.with_field(|field| field.title.clone());
    let line = StoredValue::new(bound.with_field(|field| Field {
        control: item,
        ..field.clone()
    }));
    let rows = RwSignal::new(bound.value.with_untracked(rows_of));
    let last = StoredValue::new(bound.value.get_untracked());
    let error = RwSignal::new(None::<String>);
    // The rows are what is typed; only a change from elsewhere (reset, another environment) makes
    // them anew, so that a half-typed row is not lost.
    Effect::new(move |_| {
        let value = bound.value.get();
        if value != last.get_value() {
            rows.set(rows_of(&value));
            error.set(None);
            last.set_value(value);
        }
    });
    let commit = move || match line
        .with_value(|line| rows.with_untracked(|rows| value_of(line, rows, keyed)))
    {
        Ok(value) => {
            error.set(None);
            last.set_value(value.clone());
            bound.write(value);
        }
        Err(message) => error.set(Some(message)),
    };
    let add = move |_| {
        rows.update(|rows| {
            let id = rows.iter().map(|row| row.id + 1).max().unwrap_or(0);
            rows.push(Row {
                id,
                key: String::new(),
                text: String::new(),
            });
        });
    };
    let edit = move |id: usize, write: &dyn Fn(&mut Row)| {
        rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
                write(row);
            }
        });
        commit();
    };
    let remove = move |id: usize| {
        rows.update(|rows| rows.retain(|row| row.id != id));
        commit();
    };
    let label = StoredValue::new(title);
    let row_view = move |row: Row| {
        let id = row.id;
        let name = label.get_value();
        let of = if row.key.is_empty() {
            format!("{}", id + 1)
        } else {
            row.key.clone()
        };
        let key = keyed.then(|| {
            view! {
                <input
                    class="input"
                    form=FORM
                    name=bound.named("key.")
                    aria-label=format!("{name}: key {}", id + 1)
                    placeholder="key"
                    autocomplete="off"
                    spellcheck="false"
                    value=row.key.clone()
                    prop:value=row.key
                    on:change=move |event| {
                        let text = event_target_value(&event);
                        edit(id, &|row| row.key.clone_from(&text));
                    }
                />
            }
        });
        view! {
            <div class="entries__row" class=("entries__row--list", !keyed)>
                {key}
                <input
                    class="input"
                    form=FORM
                    name=bound.named("item.")
                    aria-label=format!("{name}: {of}")
                    placeholder="value"
                    autocomplete="off"
                    spellcheck="false"
                    value=row.text.clone()
                    prop:value=row.text
                    on:change=move |event| {
                        let text = event_target_value(&event);
                        edit(id, &|row| row.text.clone_from(&text));
                    }
                />
                <button
                    type="button"
                    class="button button--square"
                    aria-label=format!("Remove {of} from {name}")
                    on:click=move |_| remove(id)
                >
                    "×"
                </button>
            </div>
        }
    };
    view! {
        <div class="entries" role="group" aria-label=label.get_value()>
            <For each=move || rows.get() key=|row| row.id children=row_view />
            <BlankRow bound keyed />
            {move || error.get().map(|message| view! { <p class="field__message" role="alert">{message}</p> })}
            <div>
                <button
                    type="button"
                    class="button button--quiet"
                    id=bound.id()
                    aria-label=format!("Add to {}", label.get_value())
                    aria-describedby=bound.described_by()
                    on:click=add
                >
                    "+ Add"
                </button>
            </div>
        </div>
    }.into_any()
}

/// One more row, where no script adds one.
#[component]
fn BlankRow(
    /// The field.
    bound: Bound,
    /// Whether each row has a key.
    keyed: bool,
) -> AnyView {
    let input = move |prefix: &str, hint: &'static str| {
        let label = bound.with_field(|field| ["New ", hint, " of ", &field.title].concat());
        view! {
            <input
                class="input"
                form=FORM
                name=bound.named(prefix)
                placeholder=hint
                aria-label=label
                autocomplete="off"
            />
        }
    };
    view! {
        <div class="entries__row scriptless" class=("entries__row--list", !keyed)>
            {keyed.then(|| input("key.", "key"))} {input("item.", "value")}
        </div>
    }
    .into_any()
}

/// The rows of a value.
fn rows_of(value: &Value) -> Vec<Row> {
    form::rows(value)
        .into_iter()
        .enumerate()
        .map(|(id, (key, text))| Row { id, key, text })
        .collect()
}

/// The value of the rows.
fn value_of(line: &Field, rows: &[Row], keyed: bool) -> Result<Value, String> {
    let rows: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.key.clone(), row.text.clone()))
        .collect();
    form::read_rows(line, &rows, keyed)
}
