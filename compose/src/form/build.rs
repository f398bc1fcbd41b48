//! From a chart's schema, values and comments to its form.
//!
//! Where the schema says something, it holds; where it is silent or missing, the value's own shape
//! and well-known names speak; titles and descriptions fall back on the comments of values.yaml.

mod cards;
mod comments;
mod control;
mod hints;
mod node;
mod schema;
mod shape;
mod short;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use values::{Map, Value, ValuesPath};

use self::comments::Comments;
use self::schema::{Flat, Schema};
use super::{FormModel, MAX_FIELDS};

/// How deep tables may nest before they are shown as YAML.
const MAX_DEPTH: usize = 12;

/// Makes the form of a chart. `defaults` are its values (subcharts' included, under their names),
/// `values_text` is values.yaml as it stands, for the order of keys and the comments.
#[must_use]
pub fn build(schema: Option<&Json>, defaults: &Map, values_text: &str) -> FormModel {
    let no_schema = Json::Null;
    let mut builder = Builder {
        schema: Schema::new(schema.unwrap_or(&no_schema)),
        has_schema: schema.is_some_and(Json::is_object),
        comments: Comments::read(values_text),
        room: MAX_FIELDS,
        truncated: false,
        open: BTreeSet::new(),
    };
    let root = View {
        path: ValuesPath::root(),
        key: String::new(),
        flat: builder.has_schema.then(|| builder.schema.root()),
        value: Some(Value::Map(defaults.clone())),
        required: true,
        refs: Vec::new(),
    };
    let mut groups = cards::groups(&mut builder, &root);
    short::mark(&mut groups);
    FormModel {
        groups,
        open: builder.open,
        truncated: builder.truncated,
    }
}

/// What the parts of the build share.
struct Builder<'c> {
    schema: Schema<'c>,
    has_schema: bool,
    comments: Comments,
    /// Fields that may still be made.
    room: usize,
    truncated: bool,
    open: BTreeSet<ValuesPath>,
}

/// One place in the values: what the schema says about it, and the chart's own value.
#[derive(Debug, Clone)]
struct View<'c> {
    path: ValuesPath,
    key: String,
    flat: Option<Flat<'c>>,
    value: Option<Value>,
    required: bool,
    /// The `$ref`s of the places above, so that a shape that holds itself is not followed for ever.
    refs: Vec<&'c str>,
}

impl<'c> View<'c> {
    /// The references that lead to the places beneath.
    fn refs_beneath(&self) -> Vec<&'c str> {
        let own = self.flat.iter().flat_map(|flat| flat.refs.iter().copied());
        self.refs.iter().copied().chain(own).collect()
    }

    /// Whether the schema leads back to a shape that this place is part of.
    fn is_circular(&self) -> bool {
        self.flat
            .as_ref()
            .is_some_and(|flat| flat.refs.iter().any(|r| self.refs.contains(r)))
    }

    fn map(&self) -> Option<&Map> {
        self.value.as_ref().and_then(Value::as_map)
    }
}

impl<'c> Builder<'c> {
    /// The places one step beneath a table, in display order.
    fn children(&mut self, view: &View<'c>) -> Vec<View<'c>> {
        let resources = node::resources(view);
        let view = match &resources {
            Some(filled) => {
                let tables = ["requests", "limits"].map(|table| view.path.key(table));
                self.open
                    .extend(tables.into_iter().chain([view.path.clone()]));
                filled
            }
            None => view,
        };
        let mut children: BTreeMap<String, (usize, View<'c>)> = BTreeMap::new();
        if let Some(flat) = &view.flat {
            for (at, (key, node)) in flat.properties().iter().enumerate() {
                // An empty key has no path in Helm's grammar; `false` admits no value.
                if key.is_empty() || **node == Json::Bool(false) {
                    continue;
                }
                let child = View {
                    path: view.path.key(*key),
                    key: (*key).to_owned(),
                    value: view.map().and_then(|map| map.get(*key).cloned()),
                    required: flat.required().contains(key),
                    flat: Some(self.schema.flatten(node)),
                    refs: view.refs_beneath(),
                };
                children.insert((*key).to_owned(), (at, child));
            }
        }
        let admits = view.flat.as_ref().is_none_or(Flat::is_open);
        if let Some(map) = view.map().filter(|_| admits) {
            for (key, value) in map.iter().filter(|(key, _)| !key.is_empty()) {
                children.entry(key.clone()).or_insert_with(|| {
                    let child = View {
                        path: view.path.key(key),
                        key: key.clone(),
                        flat: view
                            .flat
                            .as_ref()
                            .and_then(Flat::additional)
                            .map(|node| self.schema.flatten(node)),
                        value: Some(value.clone()),
                        required: false,
                        refs: view.refs_beneath(),
                    };
                    (usize::MAX, child)
                });
            }
        }
        if admits && (self.has_schema || view.map().is_none_or(Map::is_empty)) {
            self.open.insert(view.path.clone());
        }
        let mut children: Vec<(usize, View<'c>)> = children.into_values().collect();
        children.sort_by_cached_key(|(at, child)| {
            let order = child.flat.as_ref().and_then(|flat| flat.ui().order);
            let position = self.comments.position(&child.path);
            // A person asks for resources before limiting them.
            let rank = child.key != "requests";
            (
                order.unwrap_or(i64::MAX),
                position,
                *at,
                rank,
                child.key.clone(),
            )
        });
        children.into_iter().map(|(_, child)| child).collect()
    }
}
