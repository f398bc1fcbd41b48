//! A list of tables whose keys are known (hosts, tolerations, variables): a small card each, to
//! fill in, move and remove. What is said nowhere can be written as YAML beneath.

use compose::form::{Control, Field};
use compose::{Map, Value, ValuesPath};
use leptos::prelude::*;

use super::Bound;
use super::area::AreaControl;
use crate::browser;
use crate::components::later::later;
use crate::components::settings::field::{Look, row};
use crate::state::composer;
use crate::text::values;

/// The editor of a list.
#[component]
pub(crate) fn RecordsControl(
    /// The list.
    bound: Bound,
    /// The fields of an item, each with its key for a path.
    parts: Vec<Field>,
) -> AnyView {
    let count = Memo::new(move |_| bound.value.with(length));
    let (title, path) = bound.with_field(|field| (field.title.clone(), field.path.clone()));
    let list = List {
        bound,
        title: StoredValue::new(title),
        path: StoredValue::new(path),
        parts: StoredValue::new(parts),
    };
    let add = move |_| {
        let at = count.get_untracked();
        list.change(|items| {
            let item = list.parts.with_value(|parts| fresh(parts));
            items.push(item);
        });
        browser::focus_soon(list.id(at, "item"));
    };
    let whole = (!bound.is_inside()).then(|| {
        view! {
            <details class="items__yaml">
                <summary>"As YAML"</summary>
                <AreaControl bound id=[&bound.id(), "-yaml"].concat() />
            </details>
        }
    });
    view! {
        <div class="items" role="group" aria-label=list.title.get_value()>
            <div class="items__list">
                {move || (0..count.get()).map(|at| item(list, at, count)).collect_view()}
            </div>
            <button
                type="button"
                class="button button--quiet"
                id=bound.id()
                aria-label=["Add to ", &list.title.get_value()].concat()
                on:click=add
            >
                "+ Add"
            </button>
            {whole}
        </div>
    }
    .into_any()
}

/// What the parts of the editor share.
#[derive(Clone, Copy)]
struct List {
    bound: Bound,
    title: StoredValue<String>,
    path: StoredValue<ValuesPath>,
    parts: StoredValue<Vec<Field>>,
}

impl List {
    fn change(self, change: impl FnOnce(&mut Vec<Value>)) {
        let mut items = match self.bound.value.get_untracked() {
            Value::List(items) => items,
            _ => Vec::new(),
        };
        change(&mut items);
        self.bound.forget_drafts();
        self.bound.write(Value::List(items));
    }

    /// The id of something of an item.
    fn id(self, at: usize, what: &str) -> String {
        self.path
            .with_value(|path| values::id(what, &path.index(at).to_string()))
    }
}

fn length(value: &Value) -> usize {
    match value {
        Value::List(items) => items.len(),
        _ => 0,
    }
}

/// One item.
fn item(list: List, at: usize, count: Memo<usize>) -> AnyView {
    let state = composer();
    let fields = list.parts.with_value(|parts| {
        parts
            .iter()
            .map(|part| {
                let key = part.path.last_key().unwrap_or_default();
                let path = list.path.with_value(|path| path.index(at).key(key));
                let field = Field {
                    path,
                    ..part.clone()
                };
                later(move || row(Bound::new(state, field), Look::Part))
            })
            .collect_view()
    });
    let number = (at + 1).to_string();
    let name = [&list.title.get_value(), " ", &number].concat();
    let swap = move |with: usize| {
        list.change(|items| {
            if at < items.len() && with < items.len() {
                items.swap(at, with);
            }
        });
        browser::focus_soon(list.id(with, "item"));
    };
    let remove = move || {
        list.change(|items| {
            if at < items.len() {
                items.remove(at);
            }
        });
        let next = if at > 0 {
            list.id(at - 1, "item")
        } else {
            list.bound.id()
        };
        browser::focus_soon(next);
    };
    let up = (at > 0).then(|| {
        tool(
            "Move up ",
            &name,
            "↑",
            Box::new(move || swap(at.saturating_sub(1))),
        )
    });
    let down = (at + 1 < count.get_untracked())
        .then(|| tool("Move down ", &name, "↓", Box::new(move || swap(at + 1))));
    let gone = tool("Remove ", &name, "×", Box::new(remove));
    view! {
        <div class="item" id=list.id(at, "item") tabindex="-1" role="group" aria-label=name.clone()>
            <div class="item__fields">{fields}</div>
            <div class="item__tools">
                {up} {down} {gone}
            </div>
        </div>
    }
    .into_any()
}

fn tool(verb: &str, name: &str, sign: &'static str, press: Box<dyn Fn()>) -> AnyView {
    let label = [verb, name].concat();
    view! {
        <button
            type="button"
            class="button button--square"
            aria-label=label.clone()
            title=label
            on:click=move |_| press()
        >
            {sign}
        </button>
    }
    .into_any()
}

/// A new item: what the chart says, and what it insists on, empty.
fn fresh(parts: &[Field]) -> Value {
    let mut item = Map::new();
    for part in parts {
        let key = part.path.last_key().unwrap_or_default();
        let value = match (&part.default, &part.control) {
            (Value::Null, _) if !part.required => continue,
            (Value::Null, Control::List { item, .. }) => match &**item {
                // A host without a path serves nothing.
                Control::Record { parts } => Value::List(vec![fresh(parts)]),
                _ => Value::List(Vec::new()),
            },
            (Value::Null, Control::Choice { options }) => options
                .first()
                .map_or(Value::Null, |option| option.value.clone()),
            (Value::Null, _) => "".into(),
            (value, _) => value.clone(),
        };
        item.insert(key.to_owned(), value);
    }
    Value::Map(item)
}
