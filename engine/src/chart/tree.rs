//! The charts that take part in one render: dependencies renamed, switched off, values imported.
//!
//! Follows pkg/chart/v2/util/dependencies.go of Helm 4.3.1. Helm changes the loaded charts in
//! place; here a render has its own nodes that point to the loaded charts, so that these can be
//! shared. What Go does through pointers (an alias copies a chart, but not the charts below its
//! children) is kept by working with indices. Helm 3 copies less (`getAliasDependency` in its
//! pkg/chartutil/dependencies.go): there the aliases of a chart share its children and what it
//! says of its dependencies, so that one of them loses what the other has changed.

use std::cell::OnceCell;

use crate::Dialect;
use crate::log::{Event, Log};
use crate::semver::is_compatible_range;
use crate::value::{Map, MapKind, Str, Value};

use super::coalesce::{
    CannotMerge, Defaults, Merge, Nulls, Use, deep_copy, values_of, values_to_read,
};
use super::{Chart, Dependency, Metadata};

/// A node of a [`Tree`].
pub(crate) type NodeId = usize;

/// The charts of one render, and how they hang together.
#[derive(Debug)]
pub(crate) struct Tree<'c> {
    nodes: Vec<Node<'c>>,
    metadata: Vec<Told>,
    declared: Vec<Declared>,
}

/// What Chart.yaml says.
#[derive(Debug, Clone)]
struct Told {
    metadata: Metadata,
    /// Its dependencies, as indices: charts may share them.
    declared: Option<Vec<usize>>,
}

/// A dependency that Chart.yaml declares.
#[derive(Debug, Clone)]
struct Declared {
    dependency: Dependency,
    /// What is imported from it is imported once, whoever shares it (Go finds the imports to be of
    /// another type the second time).
    is_imported: bool,
}

#[derive(Debug, Clone)]
struct Node<'c> {
    chart: &'c Chart,
    /// Several nodes may share one, as Go's copies of a chart do.
    metadata: usize,
    /// Default values with what is imported from below; none where they are as loaded.
    values: Option<Map>,
    /// The default values as they are loaded, for whoever only reads them.
    to_share: OnceCell<Map>,
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
            declared: Vec::new(),
        };
        tree.add(chart, None);
        tree
    }

    fn add(&mut self, chart: &'c Chart, parent: Option<NodeId>) -> NodeId {
        let id = self.nodes.len();
        let metadata = chart.metadata.clone();
        let has_dependencies = metadata.dependencies.is_some();
        let dependencies: Vec<Dependency> = metadata.dependencies().cloned().collect();
        let first = self.declared.len();
        self.declared
            .extend(dependencies.into_iter().map(|dependency| Declared {
                dependency,
                is_imported: false,
            }));
        self.metadata.push(Told {
            metadata,
            declared: has_dependencies.then(|| (first..self.declared.len()).collect()),
        });
        self.nodes.push(Node {
            chart,
            metadata: self.metadata.len() - 1,
            values: None,
            to_share: OnceCell::new(),
            parent,
            dependencies: Vec::new(),
        });
        for child in &chart.dependencies {
            let child = self.add(child, Some(id));
            self.nodes[id].dependencies.push(child);
        }
        id
    }

    /// The Helm that this render follows.
    pub(crate) fn dialect(&self) -> Dialect {
        self.chart(Self::ROOT).dialect()
    }

    /// The loaded chart behind a node.
    pub(crate) fn chart(&self, node: NodeId) -> &'c Chart {
        self.nodes[node].chart
    }

    /// What Chart.yaml says, alias and switched dependencies applied.
    pub(crate) fn metadata(&self, node: NodeId) -> &Metadata {
        &self.told(node).metadata
    }

    fn told(&self, node: NodeId) -> &Told {
        &self.metadata[self.nodes[node].metadata]
    }

    /// The name or alias.
    pub(crate) fn name(&self, node: NodeId) -> &str {
        &self.metadata(node).name
    }

    /// The default values, with what is imported from below.
    pub(crate) fn defaults(&self, node: NodeId, purpose: Use) -> Defaults<'_> {
        let node = &self.nodes[node];
        match (&node.values, purpose) {
            (Some(values), _) => Defaults::Made(values),
            (None, Use::Change) => Defaults::Loaded(&node.chart.values),
            (None, Use::Read) => Defaults::Made(
                node.to_share
                    .get_or_init(|| Map::from_values(MapKind::Any, &node.chart.values)),
            ),
        }
    }

    /// The charts below that take part.
    pub(crate) fn dependencies(&self, node: NodeId) -> &[NodeId] {
        &self.nodes[node].dependencies
    }

    /// Whether a chart of that name is among those below.
    pub(crate) fn has_below(&self, node: NodeId, name: &[u8]) -> bool {
        let below = self.dependencies(node);
        below
            .iter()
            .any(|&child| self.name(child).as_bytes() == name)
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

    /// What conditions, tags, aliases and import-values ask for: `ProcessDependencies`, which is
    /// `ProcessDependenciesWithMerge` in Helm 3.
    pub(crate) fn process_dependencies(
        &mut self,
        given: &Map,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        self.process_enabled(Self::ROOT, given, "", log)?;
        self.process_imports(Self::ROOT, &mut Merge::new(Nulls::Keep), log)?;
        for told in &mut self.metadata {
            let declared = told.declared.as_ref();
            told.metadata.dependencies = declared.map(|all| {
                all.iter()
                    .map(|&at| Some(self.declared[at].dependency.clone()))
                    .collect()
            });
        }
        Ok(())
    }

    /// The indices of what a chart declares; none when its Chart.yaml has no such key.
    fn declared(&self, node: NodeId) -> Option<Vec<usize>> {
        self.told(node).declared.clone()
    }

    fn process_enabled(
        &mut self,
        node: NodeId,
        given: &Map,
        path: &str,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        let Some(declared) = self.declared(node) else {
            return Ok(());
        };
        let existing = self.nodes[node].dependencies.clone();
        // Charts that Chart.yaml does not mention always take part.
        let mut children: Vec<NodeId> = existing
            .iter()
            .copied()
            .filter(|&child| !declared.iter().any(|&wanted| self.satisfies(child, wanted)))
            .collect();
        for &wanted in &declared {
            if let Some(&child) = existing
                .iter()
                .find(|&&child| self.satisfies(child, wanted))
            {
                children.push(self.copy_for(child, wanted));
            }
        }
        for &at in &declared {
            let dependency = &mut self.declared[at].dependency;
            if !dependency.alias.is_empty() {
                dependency.name.clone_from(&dependency.alias);
            }
            dependency.enabled = true;
        }
        self.set_dependencies(node, children);

        let values = values_to_read(self, node, given, Nulls::Remove, log)?;
        for &at in &declared {
            apply_tags(&mut self.declared[at].dependency, &values, log);
        }
        for &at in &declared {
            apply_condition(&mut self.declared[at].dependency, &values, path, log);
        }
        let dependencies = declared.iter().map(|&at| &self.declared[at].dependency);
        let removed: Vec<String> = dependencies
            .filter(|dependency| !dependency.enabled)
            .map(|dependency| dependency.name.clone())
            .collect();
        let mut kept = self.nodes[node].dependencies.clone();
        kept.retain(|&child| !removed.iter().any(|name| name == self.name(child)));
        let left: Vec<usize> = declared
            .into_iter()
            .filter(|&at| !removed.contains(&self.declared[at].dependency.name))
            .collect();
        for &child in &kept {
            let path = format!("{path}{}.", self.name(child));
            self.process_enabled(child, &values, &path, log)?;
        }
        let told = self.nodes[node].metadata;
        self.metadata[told].declared = (!left.is_empty()).then_some(left);
        self.set_dependencies(node, kept);
        Ok(())
    }

    fn satisfies(&self, child: NodeId, wanted: usize) -> bool {
        let metadata = self.metadata(child);
        let wanted = &self.declared[wanted].dependency;
        metadata.name == wanted.name && is_compatible_range(&wanted.version, &metadata.version)
    }

    /// `getAliasDependency`: the chart and its children are copied, what lies deeper is shared.
    fn copy_for(&mut self, chart: NodeId, wanted: usize) -> NodeId {
        let helm3 = self.dialect().is_helm3();
        let copy = self.nodes.len();
        let mut told = self.told(chart).clone();
        let wanted = &self.declared[wanted].dependency;
        if !wanted.alias.is_empty() {
            told.metadata.name.clone_from(&wanted.alias);
        }
        if !helm3 {
            for at in told.declared.iter_mut().flatten() {
                self.declared.push(self.declared[*at].clone());
                *at = self.declared.len() - 1;
            }
        }
        self.metadata.push(told);
        let node = Node {
            metadata: self.metadata.len() - 1,
            ..self.nodes[chart].clone()
        };
        let grandchildren = node.dependencies.clone();
        self.nodes.push(node);
        if helm3 {
            return copy;
        }
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
        merge: &mut Merge,
        log: &mut Log,
    ) -> Result<(), CannotMerge> {
        for child in self.nodes[node].dependencies.clone() {
            self.process_imports(child, merge, log)?;
        }
        let Some(declared) = self.declared(node) else {
            return Ok(());
        };
        let nothing = Map::new(MapKind::Any);
        let mut dependencies = declared.iter().map(|&at| &self.declared[at].dependency);
        if dependencies.all(|it| it.import_values.is_empty()) {
            let values = values_to_read(self, node, &nothing, Nulls::Keep, log)?;
            self.nodes[node].values = Some(values);
            return Ok(());
        }
        let values = values_of(self, node, nothing, Nulls::Keep, log)?;
        let imported = Map::new(MapKind::Any);
        for at in declared {
            import_from(&mut self.declared[at], &values, &imported, merge, log)?;
        }
        // The tables of both are the same.
        merge.check(&values)?;
        merge.check(&imported)?;
        let values = deep_copy(&values);
        merge.tables(&values, &imported, log)?;
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
            Some(_) => log.say(&Event::TagIsNoBool {
                tag: tag.clone(),
                chart: dependency.name.clone(),
            }),
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
            Some(_) => log.say(&Event::ConditionIsNoBool {
                path: condition.to_owned(),
                chart: dependency.name.clone(),
            }),
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
    declared: &mut Declared,
    values: &Map,
    imported: &Map,
    merge: &mut Merge,
    log: &mut Log,
) -> Result<(), CannotMerge> {
    let dependency = &mut declared.dependency;
    if std::mem::replace(&mut declared.is_imported, true) {
        dependency.import_values.clear();
        return Ok(());
    }
    let name = dependency.name.clone();
    let mut pairs = Vec::new();
    for import in std::mem::take(&mut dependency.import_values) {
        let (child, parent, named) = match &import {
            values::Value::Map(map) => {
                let part = |key: &str| {
                    map.get(key).map_or_else(
                        || "<nil>".to_owned(),
                        |value| Value::from(value).to_str().to_string_lossy().into_owned(),
                    )
                };
                (part("child"), part("parent"), true)
            }
            values::Value::String(text) => (format!("exports.{text}"), ".".to_owned(), false),
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
            Ok(table) => {
                merge.tables(imported, &nested(&parent, table), log)?;
            }
            Err(error) => log.say(&Event::ImportMissing {
                chart: named.then(|| name.clone()),
                error,
            }),
        }
    }
    dependency.import_values = pairs;
    Ok(())
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
