//! The charts that take part in one render: dependencies renamed, switched off, values imported.
//!
//! Follows pkg/chart/v2/util/dependencies.go of Helm 4.3.1. Helm changes the loaded charts in
//! place; here a render has its own nodes that point to the loaded charts, so that these can be
//! shared. What Go does through pointers (an alias copies a chart, but not the charts below its
//! children) is kept by working with indices.

use crate::log::{Level, Log};
use crate::semver::is_compatible_range;
use crate::value::{Map, MapKind, Str, Value};

use super::coalesce::{Nulls, TypeMismatch, coalesce_tables, deep_copy, remove_nulls, values_of};
use super::{Chart, Dependency, Metadata};

/// A node of a [`Tree`].
pub(crate) type NodeId = usize;

/// The charts of one render, and how they hang together.
#[derive(Debug)]
pub(crate) struct Tree<'c> {
    nodes: Vec<Node<'c>>,
    metadata: Vec<Metadata>,
}

#[derive(Debug, Clone)]
struct Node<'c> {
    chart: &'c Chart,
    /// Several nodes may share one, as Go's copies of a chart do.
    metadata: usize,
    /// Default values with what is imported from below; none where they are as loaded.
    values: Option<Map>,
    parent: Option<NodeId>,
    dependencies: Vec<NodeId>,
}

impl<'c> Tree<'c> {
    /// The root of every tree.
    pub(crate) const ROOT: NodeId = 0;

    /// All charts as they were loaded.
    pub(crate) fn new(chart: &'c Chart) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            metadata: Vec::new(),
        };
        tree.add(chart, None);
        tree
    }

    fn add(&mut self, chart: &'c Chart, parent: Option<NodeId>) -> NodeId {
        let id = self.nodes.len();
        self.metadata.push(chart.metadata.clone());
        self.nodes.push(Node {
            chart,
            metadata: self.metadata.len() - 1,
            values: None,
            parent,
            dependencies: Vec::new(),
        });
        for child in &chart.dependencies {
            let child = self.add(child, Some(id));
            self.nodes[id].dependencies.push(child);
        }
        id
    }

    /// The loaded chart behind a node.
    pub(crate) fn chart(&self, node: NodeId) -> &'c Chart {
        self.nodes[node].chart
    }

    /// What Chart.yaml says, alias and switched dependencies applied.
    pub(crate) fn metadata(&self, node: NodeId) -> &Metadata {
        &self.metadata[self.nodes[node].metadata]
    }

    /// The name or alias.
    pub(crate) fn name(&self, node: NodeId) -> &str {
        &self.metadata(node).name
    }

    /// A copy of the default values, with what is imported from below.
    pub(crate) fn values(&self, node: NodeId) -> Map {
        let node = &self.nodes[node];
        match &node.values {
            Some(values) => deep_copy(values),
            None => Map::from_values(MapKind::Any, &node.chart.values),
        }
    }

    /// The charts below that take part.
    pub(crate) fn dependencies(&self, node: NodeId) -> &[NodeId] {
        &self.nodes[node].dependencies
    }

    /// `parent/charts/child`, as template names and `# Source:` begin.
    pub(crate) fn full_path(&self, node: NodeId) -> String {
        match self.nodes[node].parent {
            None => self.name(node).to_owned(),
            Some(parent) => format!("{}/charts/{}", self.full_path(parent), self.name(node)),
        }
    }

    /// The charts that take part, each with its path and what its Chart.yaml says.
    pub(crate) fn participants(&self) -> Vec<(String, Metadata)> {
        let mut found = Vec::new();
        let mut open = vec![Self::ROOT];
        while let Some(node) = open.pop() {
            found.push((self.full_path(node), self.metadata(node).clone()));
            open.extend(self.dependencies(node));
        }
        found
    }

    fn set_dependencies(&mut self, node: NodeId, children: Vec<NodeId>) {
        for &child in &children {
            self.nodes[child].parent = Some(node);
        }
        self.nodes[node].dependencies = children;
    }

    /// What conditions, tags, aliases and import-values ask for: `ProcessDependencies`, or with
    /// the nulls of imported values kept `ProcessDependenciesWithMerge`.
    pub(crate) fn process_dependencies(
        &mut self,
        given: &Map,
        nulls: Nulls,
        log: &mut Log,
    ) -> Result<(), TypeMismatch> {
        self.process_enabled(Self::ROOT, given, "", log)?;
        self.process_imports(Self::ROOT, nulls, log)
    }

    fn metadata_mut(&mut self, node: NodeId) -> &mut Metadata {
        let at = self.nodes[node].metadata;
        &mut self.metadata[at]
    }

    fn declared(&mut self, node: NodeId) -> impl Iterator<Item = &mut Dependency> {
        self.metadata_mut(node)
            .dependencies
            .iter_mut()
            .flatten()
            .flatten()
    }

    fn process_enabled(
        &mut self,
        node: NodeId,
        given: &Map,
        path: &str,
        log: &mut Log,
    ) -> Result<(), TypeMismatch> {
        if self.metadata(node).dependencies.is_none() {
            return Ok(());
        }
        let declared: Vec<Dependency> = self.metadata(node).dependencies().cloned().collect();
        let existing = self.nodes[node].dependencies.clone();
        // Charts that Chart.yaml does not mention always take part.
        let mut children: Vec<NodeId> = existing
            .iter()
            .copied()
            .filter(|&child| !declared.iter().any(|wanted| self.satisfies(child, wanted)))
            .collect();
        for wanted in &declared {
            if let Some(&child) = existing
                .iter()
                .find(|&&child| self.satisfies(child, wanted))
            {
                children.push(self.copy_for(child, wanted));
            }
        }
        for dependency in self.declared(node) {
            if !dependency.alias.is_empty() {
                dependency.name.clone_from(&dependency.alias);
            }
            dependency.enabled = true;
        }
        self.set_dependencies(node, children);

        let values = values_of(self, node, given, Nulls::Remove, log)?;
        for dependency in self.declared(node) {
            apply_tags(dependency, &values, log);
        }
        for dependency in self.declared(node) {
            apply_condition(dependency, &values, path, log);
        }
        let removed: Vec<String> = self
            .declared(node)
            .filter(|dependency| !dependency.enabled)
            .map(|dependency| dependency.name.clone())
            .collect();
        let mut kept = self.nodes[node].dependencies.clone();
        kept.retain(|&child| !removed.iter().any(|name| name == self.name(child)));
        let left: Vec<Option<Dependency>> = self
            .metadata(node)
            .dependencies()
            .filter(|dependency| !removed.contains(&dependency.name))
            .cloned()
            .map(Some)
            .collect();
        for &child in &kept {
            let path = format!("{path}{}.", self.name(child));
            self.process_enabled(child, &values, &path, log)?;
        }
        self.metadata_mut(node).dependencies = (!left.is_empty()).then_some(left);
        self.set_dependencies(node, kept);
        Ok(())
    }

    fn satisfies(&self, child: NodeId, wanted: &Dependency) -> bool {
        let metadata = self.metadata(child);
        metadata.name == wanted.name && is_compatible_range(&wanted.version, &metadata.version)
    }

    /// `getAliasDependency`: the chart and its children are copied, what lies deeper is shared.
    fn copy_for(&mut self, chart: NodeId, wanted: &Dependency) -> NodeId {
        let copy = self.nodes.len();
        let mut metadata = self.metadata(chart).clone();
        if !wanted.alias.is_empty() {
            metadata.name.clone_from(&wanted.alias);
        }
        self.metadata.push(metadata);
        let node = Node {
            metadata: self.metadata.len() - 1,
            ..self.nodes[chart].clone()
        };
        let grandchildren = node.dependencies.clone();
        self.nodes.push(node);
        let copies = grandchildren
            .into_iter()
            .map(|child| {
                self.nodes.push(self.nodes[child].clone());
                self.nodes.len() - 1
            })
            .collect();
        self.set_dependencies(copy, copies);
        copy
    }

    fn process_imports(
        &mut self,
        node: NodeId,
        nulls: Nulls,
        log: &mut Log,
    ) -> Result<(), TypeMismatch> {
        for child in self.nodes[node].dependencies.clone() {
            self.process_imports(child, nulls, log)?;
        }
        if self.metadata(node).dependencies.is_none() {
            return Ok(());
        }
        let values = values_of(self, node, &Map::new(MapKind::Any), nulls, log)?;
        let imported = Map::new(MapKind::Any);
        for dependency in self.declared(node) {
            import_from(dependency, &values, &imported, nulls, log);
        }
        let values = deep_copy(&values);
        if nulls == Nulls::Remove {
            remove_nulls(&values);
        }
        coalesce_tables(&values, &imported, "", nulls, log);
        self.nodes[node].values = Some(values);
        Ok(())
    }
}

/// `processDependencyTags`, for one dependency.
fn apply_tags(dependency: &mut Dependency, values: &Map, log: &mut Log) {
    let Some(Value::Map(tags)) = values.get(b"tags") else {
        return;
    };
    let (mut any_true, mut any_false) = (false, false);
    for tag in &dependency.tags {
        match tags.get(tag.as_bytes()) {
            None => {}
            Some(Value::Bool(true)) => any_true = true,
            Some(Value::Bool(false)) => any_false = true,
            Some(_) => log.push(
                Level::Warn,
                "returned non-bool value",
                vec![("tag", tag.clone()), ("chart", dependency.name.clone())],
            ),
        }
    }
    dependency.enabled = any_true || !any_false;
}

/// `processDependencyConditions`, for one dependency: the first path that has a boolean decides.
fn apply_condition(dependency: &mut Dependency, values: &Map, path: &str, log: &mut Log) {
    let conditions = dependency.condition.trim().to_owned();
    for condition in conditions
        .split(',')
        .filter(|condition| !condition.is_empty())
    {
        match value_at(values, &format!("{path}{condition}")) {
            None => {}
            Some(Value::Bool(enabled)) => {
                dependency.enabled = enabled;
                break;
            }
            Some(_) => log.push(
                Level::Warn,
                "returned non-bool value",
                vec![
                    ("path", condition.to_owned()),
                    ("chart", dependency.name.clone()),
                ],
            ),
        }
    }
}

/// `PathValue`: what stands at a dotted path, unless it is a table.
fn value_at(values: &Map, path: &str) -> Option<Value> {
    let (tables, key) = match path.rsplit_once('.') {
        Some((tables, key)) => (Some(tables), key),
        None => (None, path),
    };
    let table = match tables {
        Some(tables) => table_at(values, tables).ok()?,
        None => values.clone(),
    };
    table
        .get(key.as_bytes())
        .filter(|value| !matches!(value, Value::Map(_)))
}

/// `Table`: the table at a dotted path, or the sentence that names what is not one.
fn table_at(values: &Map, path: &str) -> Result<Map, String> {
    let mut table = values.clone();
    for key in path.split('.') {
        match table.get(key.as_bytes()) {
            Some(Value::Map(next)) => table = next,
            _ => return Err(format!("{} is not a table", values::go::quote(key))),
        }
    }
    Ok(table)
}

/// Collects what one dependency exports into `imported`.
fn import_from(
    dependency: &mut Dependency,
    values: &Map,
    imported: &Map,
    nulls: Nulls,
    log: &mut Log,
) {
    let name = dependency.name.clone();
    let mut pairs = Vec::new();
    for import in std::mem::take(&mut dependency.import_values) {
        let (child, parent, missing, named) = match &import {
            values::Value::Map(map) => {
                let part = |key: &str| {
                    map.get(key).map_or_else(
                        || "<nil>".to_owned(),
                        |value| Value::from(value).to_str().to_string_lossy().into_owned(),
                    )
                };
                let missing = "ImportValues missing table from chart";
                (part("child"), part("parent"), missing, true)
            }
            values::Value::String(text) => (
                format!("exports.{text}"),
                ".".to_owned(),
                "ImportValues missing table",
                false,
            ),
            _ => continue,
        };
        pairs.push(values::Value::Map(
            [
                ("child".to_owned(), child.as_str().into()),
                ("parent".to_owned(), parent.as_str().into()),
            ]
            .into(),
        ));
        match table_at(values, &format!("{name}.{child}")) {
            Ok(table) => coalesce_tables(imported, &nested(&parent, table), "", nulls, log),
            Err(error) => {
                let mut attributes = Vec::new();
                if named {
                    attributes.push(("chart", name.clone()));
                }
                attributes.push(("error", error));
                log.push(Level::Warn, missing, attributes);
            }
        }
    }
    dependency.import_values = pairs;
}

/// `pathToMap`: the table at the end of a dotted path.
fn nested(path: &str, table: Map) -> Map {
    if path == "." {
        return table;
    }
    path.rsplit('.').fold(table, |inner, key| {
        Map::from_entries(MapKind::Any, [(Str::from(key), Value::Map(inner))])
    })
}
