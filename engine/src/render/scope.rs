//! What each chart's templates see, and in which order the templates run.
//!
//! Follows `allTemplates` and `sortTemplates` in pkg/engine/engine.go of Helm 4.3.1.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::capabilities::Capabilities;
use crate::chart::tree::{NodeId, Tree};
use crate::objects::{self, Files};
use crate::value::{Map, MapKind, Str, Value};

/// One template file of a chart that takes part.
#[derive(Debug)]
pub(super) struct Template<'c> {
    /// `chart/charts/sub/templates/file.yaml`.
    pub(super) name: String,
    /// Its text.
    pub(super) text: &'c Str,
    /// `chart/charts/sub/templates`.
    base_path: String,
    /// The dot of its chart; all templates of a chart share one map.
    dot: Map,
}

impl Template<'_> {
    /// Whether it is only there to be included.
    pub(super) fn is_partial(&self) -> bool {
        self.name
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with('_'))
    }
}

/// The templates of all charts, in the order in which Helm parses and runs them.
#[derive(Debug)]
pub(super) struct Scopes<'c> {
    templates: Vec<Template<'c>>,
    values: Map,
    values_kind: MapKind,
}

impl<'c> Scopes<'c> {
    /// Gathers the templates of the tree and what they see.
    pub(super) fn build(
        tree: &Tree<'c>,
        values: &Map,
        release: Value,
        capabilities: &Capabilities,
    ) -> Self {
        let values_kind = tree.dialect().values_kind();
        let shared = Shared {
            tree,
            release,
            capabilities: objects::capabilities(capabilities, tree.dialect()),
            values_kind,
        };
        let mut templates = BTreeMap::new();
        shared.gather(Tree::ROOT, Some(values.clone()), &mut templates);
        // The deepest folders first, and in them the last names first.
        let mut templates: Vec<Template<'c>> = templates.into_values().rev().collect();
        templates.sort_by_cached_key(|it| Reverse(it.name.matches('/').count()));
        Self {
            templates,
            values: values.clone(),
            values_kind,
        }
    }

    /// The templates.
    pub(super) fn templates(&self) -> &[Template<'c>] {
        &self.templates
    }

    /// The values of the chart itself, those of its subcharts within.
    pub(super) fn values(&self) -> &Map {
        &self.values
    }

    /// The dot for a template, which then knows its name.
    pub(super) fn dot(&self, template: &Template<'_>) -> Value {
        let about = Map::from_entries(
            self.values_kind,
            [
                (Str::from("Name"), Value::str(template.name.as_str())),
                (
                    Str::from("BasePath"),
                    Value::str(template.base_path.as_str()),
                ),
            ],
        );
        template
            .dot
            .insert_untold("Template".into(), Value::Map(about));
        Value::Map(template.dot.with_kind(self.values_kind))
    }
}

/// What is the same for all charts of a render.
struct Shared<'t, 'c> {
    tree: &'t Tree<'c>,
    release: Value,
    capabilities: Value,
    values_kind: MapKind,
}

impl<'c> Shared<'_, 'c> {
    /// `recAllTpls`: the scope of one chart, its subcharts' scopes inside.
    fn gather(
        &self,
        node: NodeId,
        values: Option<Map>,
        templates: &mut BTreeMap<String, Template<'c>>,
    ) -> Map {
        let tree = self.tree;
        let chart = tree.chart(node);
        let metadata = tree.metadata(node);
        let values = match values {
            Some(map) => map.with_kind(self.values_kind),
            None => Map::new(self.values_kind),
        };
        let subcharts = Map::new(MapKind::Any);
        let scope = Map::from_entries(
            MapKind::Any,
            [
                (
                    "Chart",
                    objects::chart(metadata, node == Tree::ROOT, tree.dialect()),
                ),
                (
                    "Files",
                    Files::new(chart.shared_files().iter().cloned()).into_value(),
                ),
                ("Release", self.release.clone()),
                ("Capabilities", self.capabilities.clone()),
                ("Values", Value::Map(values.clone())),
                ("Subcharts", Value::Map(subcharts.clone())),
            ]
            .map(|(key, value)| (Str::from(key), value)),
        );
        for &child in tree.dependencies(node) {
            let name = tree.name(child);
            let below = self.gather(child, table(&values, name), templates);
            subcharts.insert(name.into(), Value::Map(below));
        }
        let path = tree.full_path(node);
        let base_path = format!("{path}/templates");
        for file in chart.templates() {
            let base = file.path.rsplit('/').next().unwrap_or(&file.path);
            if metadata.is_library() && !base.starts_with('_') {
                continue;
            }
            let name = format!("{path}/{}", file.path);
            let template = Template {
                name: name.clone(),
                text: &file.data,
                base_path: base_path.clone(),
                dot: scope.clone(),
            };
            templates.insert(name, template);
        }
        scope
    }
}

/// The table at a dotted path, as Helm looks up a subchart's values by its name.
fn table(values: &Map, path: &str) -> Option<Map> {
    let mut table = values.clone();
    for key in path.split('.') {
        match table.get(key.as_bytes()) {
            Some(Value::Map(next)) => table = next,
            _ => return None,
        }
    }
    Some(table)
}
