//! Tables of free keys and lists of lines: a row each, committed when an input is left.

use compose::form::{Control, Field, parse_input};
use compose::{Map, Value};
use leptos::prelude::*;

use super::Bound;
use crate::text::values;

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

/// The rows of a value.
fn rows_of(value: &Value) -> Vec<Row> {
    let pairs: Vec<(String, String)> = match value {
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), values::shown(value)))
            .collect(),
        Value::List(list) => list
            .iter()
            .map(|value| (String::new(), values::shown(value)))
            .collect(),
        _ => Vec::new(),
    };
    pairs
        .into_iter()
        .enumerate()
        .map(|(id, (key, text))| Row { id, key, text })
        .collect()
}

/// The value of the rows; those without key and text are not there yet.
fn value_of(line: &Field, rows: &[Row], keyed: bool) -> Result<Value, String> {
    if !keyed {
        let texts = rows.iter().filter(|row| !row.text.is_empty());
        let items: Result<Vec<Value>, String> =
            texts.map(|row| parse_input(line, &row.text)).collect();
        return items.map(Value::List);
    }
    let mut map = Map::new();
    for row in rows {
        if row.key.is_empty() {
            if row.text.is_empty() {
                continue;
            }
            return Err(format!("`{}` has no key", row.text));
        }
        let value =
            parse_input(line, &row.text).map_err(|message| format!("{}: {message}", row.key))?;
        if map.insert(row.key.clone(), value).is_some() {
            return Err(format!("the key `{}` stands here twice", row.key));
        }
    }
    Ok(Value::Map(map))
}

#[cfg(test)]
mod tests {
    use super::*;
    use compose::ValuesPath;

    fn line() -> Field {
        let control = Control::Text {
            pattern: None,
            format: None,
            min_length: None,
            max_length: None,
            multiline: false,
            typed: false,
        };
        let path = ValuesPath::of_keys(["env"]);
        Field::new(path, "Environment".to_owned(), control)
    }

    fn row(id: usize, key: &str, text: &str) -> Row {
        Row {
            id,
            key: key.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn rows_become_a_table_and_come_back() {
        let rows = vec![row(0, "A", "1 2"), row(1, "B", "x")];
        let value = value_of(&line(), &rows, true).expect("they are good");
        assert_eq!(rows_of(&value), rows);
    }

    #[test]
    fn a_row_not_yet_typed_is_left_out() {
        let rows = [row(0, "A", "x"), row(1, "", "")];
        let value = value_of(&line(), &rows, true).expect("they are good");
        assert_eq!(value.as_map().map(Map::len), Some(1));
    }

    #[test]
    fn a_key_twice_or_none_is_told() {
        let twice = [row(0, "A", "x"), row(1, "A", "y")];
        assert_eq!(
            value_of(&line(), &twice, true),
            Err("the key `A` stands here twice".to_owned())
        );
        assert_eq!(
            value_of(&line(), &[row(0, "", "y")], true),
            Err("`y` has no key".to_owned())
        );
    }
}
