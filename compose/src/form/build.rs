//! From a chart's schema, values and comments to its form.
//!
//! Where the schema says something, it holds; where it is silent or missing, the value's own shape
//! and well-known names speak; titles and descriptions fall back on the comments of values.yaml.

mod annotations;
mod block;
mod cards;
mod comments;
mod control;
mod hints;
mod node;
mod overlay;
mod questions;
mod record;
mod schema;
mod shape;
mod short;
mod titles;
mod when;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use values::{Map, Value, ValuesPath};

use self::comments::Comments;
use self::overlay::Combined;
use self::schema::{Flat, Schema};
use super::{Condition, FormModel, MAX_FIELDS};

/// How deep tables may nest before they are shown as YAML.
const MAX_DEPTH: usize = 12;

/// What a chart has beside its values and schema.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// Rancher's questions.yaml.
    pub questions: Option<String>,
    /// The charts in it.
    pub subcharts: Vec<Subchart>,
}

/// A chart in another, as far as its form goes.
#[derive(Debug, Clone, Default)]
pub struct Subchart {
    /// The key of its values in its parent: its name or alias.
    pub key: String,
    /// values.schema.json.
    pub schema: Option<Json>,
    /// values.yaml as it stands.
    pub values_text: String,
    /// What it has beside them.
    pub extras: Extras,
}

/// Makes the form of a chart. `defaults` are its values (subcharts' included, under their names),
/// `values_text` is values.yaml as it stands, for the order of keys and the comments.
#[must_use]
pub fn build(schema: Option<&Json>, defaults: &Map, values_text: &str) -> FormModel {
    build_with(schema, defaults, values_text, &Extras::default())
}

/// The same, of a chart that has more than values and schema.
#[must_use]
pub fn build_with(
    schema: Option<&Json>,
    defaults: &Map,
    values_text: &str,
    extras: &Extras,
) -> FormModel {
    let combined = Combined::new(schema, extras, values_text);
    let roots = combined.roots();
    let mut builder = Builder {
        schema: Schema::new(combined.document()),
        has_schema: schema.is_some_and(Json::is_object),
        comments: Comments::read(values_text, extras),
        room: MAX_FIELDS,
        truncated: false,
        open: BTreeSet::new(),
    };
    let root = View {
        path: ValuesPath::root(),
        key: String::new(),
        flat: (builder.has_schema || roots.len() > 1).then(|| builder.schema.flatten_all(&roots)),
        value: Some(Value::Map(defaults.clone())),
        required: true,
        refs: Vec::new(),
        when: Vec::new(),
    };
    let essential = root.flat.as_ref().map(schema::Flat::essential);
    let essential = essential.unwrap_or_default();
    let mut groups = cards::groups(&mut builder, &root);
    short::mark(&mut groups);
    short::mark_essential(&mut groups, &essential);
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
    /// When the place, and all above it, makes sense.
    when: Vec<Condition>,
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
    /// A place that the schema names; none where it has no path or admits no value.
    fn child(
        &self,
        view: &View<'c>,
        flat: &Flat<'c>,
        key: &'c str,
        nodes: &[&'c Json],
        when: &[Condition],
    ) -> Option<View<'c>> {
        // An empty key has no path in Helm's grammar; `false` admits no value.
        if key.is_empty() || nodes.first().is_none_or(|node| **node == Json::Bool(false)) {
            return None;
        }
        let inner = self.schema.flatten_all(nodes);
        let mut all = view.when.clone();
        all.extend(when.iter().cloned());
        all.extend(when::stated(&inner));
        Some(View {
            path: view.path.key(key),
            key: key.to_owned(),
            value: view.map().and_then(|map| map.get(key).cloned()),
            required: flat.required().contains(key),
            flat: Some(inner),
            refs: view.refs_beneath(),
            when: all,
        })
    }

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
            for (at, (key, nodes)) in flat.properties().iter().enumerate() {
                let child = self.child(view, flat, key, nodes, &[]);
                children.extend(child.map(|child| ((*key).to_owned(), (at, child))));
            }
            // What only stands in a branch of `if` makes sense in that branch only.
            for branch in flat.branches() {
                let Some(when) = when::of_if(branch.condition, &view.path, 0) else {
                    continue;
                };
                let mut unless = when.clone();
                for condition in &mut unless {
                    condition.not = true;
                }
                // “Not both” is no list of conditions that all hold.
                let unless = (unless.len() == 1).then_some(unless);
                for (node, when) in [(branch.then, Some(when)), (branch.otherwise, unless)] {
                    let (Some(node), Some(when)) = (node, when) else {
                        continue;
                    };
                    let inner = self.schema.flatten(node);
                    for (key, nodes) in inner.properties() {
                        if children.contains_key(*key) || view_has(view, key) {
                            continue;
                        }
                        let child = self.child(view, &inner, key, nodes, &when);
                        let at = children.len();
                        children.extend(child.map(|child| ((*key).to_owned(), (at, child))));
                    }
                }
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
                        when: view.when.clone(),
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

/// Whether the chart itself has a value there, which the schema then only narrows.
fn view_has(view: &View<'_>, key: &str) -> bool {
    view.map().is_some_and(|map| map.contains_key(key))
}
