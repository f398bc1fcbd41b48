//! Chart.yaml: reading, checking, and what templates see of it as `.Chart`.
//!
//! Follows pkg/chart/v2/metadata.go and dependency.go of Helm 4.3.1.

mod marshal;

use std::collections::{BTreeMap, BTreeSet};

use crate::semver::Version;
use crate::value::{Map, MapKind, Str, Value};
use crate::{Dialect, Error};

use super::decode::Decoder;
use super::refused;

/// Keys whose lists and tables Go has as nil where they are missing.
pub(crate) const SOURCES: &str = "sources";
pub(crate) const KEYWORDS: &str = "keywords";
pub(crate) const MAINTAINERS: &str = "maintainers";
const ANNOTATIONS: &str = "annotations";

/// What Chart.yaml says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// The chart's name (in a render: its alias, if the parent gives it one).
    pub name: String,
    /// A page about it.
    pub home: String,
    /// Where its source is.
    pub sources: Vec<String>,
    /// Its version, a semantic one.
    pub version: String,
    /// One sentence about it.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who looks after it; `None` for an empty entry, which is refused.
    pub maintainers: Vec<Option<Maintainer>>,
    /// A picture's address.
    pub icon: String,
    /// `v1` or `v2`.
    pub api_version: String,
    /// As old charts had it; unused.
    pub condition: String,
    /// As old charts had it; unused.
    pub tags: String,
    /// The version of what it installs.
    pub app_version: String,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Anything else.
    pub annotations: BTreeMap<String, String>,
    /// The Kubernetes versions it supports, as a range.
    pub kube_version: String,
    /// The charts it needs; `None` when the key is missing.
    pub dependencies: Option<Vec<Option<Dependency>>>,
    /// `application` (or empty) or `library`.
    pub kind: String,
    /// The keys that have a list or a table, even an empty one: Go tells it from none.
    listed: BTreeSet<&'static str>,
}

/// One maintainer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Maintainer {
    /// A name.
    pub name: String,
    /// A mail address.
    pub email: String,
    /// A page.
    pub url: String,
}

/// A chart that another needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dependency {
    /// The name of the chart.
    pub name: String,
    /// The versions that will do, as a range.
    pub version: String,
    /// Where it comes from.
    pub repository: String,
    /// Paths of values that switch it, separated by commas.
    pub condition: String,
    /// Tags that switch it.
    pub tags: Vec<String>,
    /// Whether it takes part.
    pub enabled: bool,
    /// Which of its values the parent takes over.
    pub import_values: Vec<values::Value>,
    /// The name it has in this chart.
    pub alias: String,
}

impl Metadata {
    /// Whether the chart only lends its definitions.
    #[must_use]
    pub fn is_library(&self) -> bool {
        self.kind.eq_ignore_ascii_case("library")
    }

    /// What a Chart.yaml says, checked by nobody.
    pub(crate) fn from_document(
        document: &values::Value,
        dialect: Dialect,
    ) -> Result<Self, String> {
        let mut metadata = Self::default();
        metadata.decode(document, dialect)?;
        Ok(metadata)
    }

    /// Takes over what a Chart.yaml (or a requirements.yaml) says.
    pub(super) fn decode(
        &mut self,
        document: &values::Value,
        dialect: Dialect,
    ) -> Result<(), String> {
        let mut d = Decoder::of(dialect);
        if let Some(table) = d.table(document, "v2.Metadata") {
            for (key, value) in table {
                self.decode_field(&mut d, &key.to_ascii_lowercase(), value);
            }
        }
        d.finish(())
    }

    fn decode_field(&mut self, d: &mut Decoder, key: &str, value: &values::Value) {
        const OWNER: &str = "Metadata";
        match key {
            "name" => d.field(OWNER, "name", |d| d.string(value, &mut self.name)),
            "home" => d.field(OWNER, "home", |d| d.string(value, &mut self.home)),
            "sources" => {
                self.list(SOURCES, value);
                d.field(OWNER, SOURCES, |d| d.strings(value, &mut self.sources));
            }
            "version" => d.field(OWNER, "version", |d| d.string(value, &mut self.version)),
            "description" => {
                d.field(OWNER, "description", |d| {
                    d.string(value, &mut self.description)
                });
            }
            "keywords" => {
                self.list(KEYWORDS, value);
                d.field(OWNER, KEYWORDS, |d| d.strings(value, &mut self.keywords));
            }
            "maintainers" => d.field(OWNER, MAINTAINERS, |d| {
                self.list(MAINTAINERS, value);
                if let Some(list) = d.list(value, "[]*v2.Maintainer") {
                    self.maintainers = list
                        .iter()
                        .map(|item| Maintainer::decode(d, item))
                        .collect();
                }
            }),
            "icon" => d.field(OWNER, "icon", |d| d.string(value, &mut self.icon)),
            "apiversion" => {
                d.field(OWNER, "apiVersion", |d| {
                    d.string(value, &mut self.api_version)
                });
            }
            "condition" => d.field(OWNER, "condition", |d| d.string(value, &mut self.condition)),
            "tags" => d.field(OWNER, "tags", |d| d.string(value, &mut self.tags)),
            "appversion" => {
                d.field(OWNER, "appVersion", |d| {
                    d.string(value, &mut self.app_version)
                });
            }
            "deprecated" => d.field(OWNER, "deprecated", |d| d.bool(value, &mut self.deprecated)),
            "annotations" => {
                self.list(ANNOTATIONS, value);
                d.field(OWNER, ANNOTATIONS, |d| {
                    d.string_map(value, &mut self.annotations)
                });
            }
            "kubeversion" => {
                d.field(OWNER, "kubeVersion", |d| {
                    d.string(value, &mut self.kube_version)
                });
            }
            "dependencies" => d.field(OWNER, "dependencies", |d| {
                if let Some(list) = d.list(value, "[]*v2.Dependency") {
                    self.dependencies = Some(
                        list.iter()
                            .map(|item| Dependency::decode(d, item))
                            .collect(),
                    );
                }
            }),
            "type" => d.field(OWNER, "type", |d| d.string(value, &mut self.kind)),
            _ => {}
        }
    }

    fn list(&mut self, key: &'static str, value: &values::Value) {
        if !value.is_null() {
            self.listed.insert(key);
        }
    }

    /// Whether a key has a list or a table, even an empty one.
    pub(crate) fn has_list(&self, key: &str) -> bool {
        self.listed.contains(key)
    }

    /// Checks what Helm checks, and cleans the text of control characters.
    pub(super) fn validate(&mut self) -> Result<(), Error> {
        let refuse = |what: String| Err(refused(format!("validation: {what}")));
        for text in [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ] {
            sanitize(text);
        }
        self.sources
            .iter_mut()
            .chain(&mut self.keywords)
            .for_each(sanitize);
        if self.api_version.is_empty() {
            return refuse("chart.metadata.apiVersion is required".to_owned());
        }
        if self.name.is_empty() {
            return refuse("chart.metadata.name is required".to_owned());
        }
        let name = values::go::quote(&self.name);
        if matches!(self.name.as_str(), "." | "..") {
            return refuse(format!("chart.metadata.name {name} is not allowed"));
        }
        if self.name.contains('/') {
            return refuse(format!("chart.metadata.name {name} is invalid"));
        }
        if self.version.is_empty() {
            return refuse("chart.metadata.version is required".to_owned());
        }
        if Version::parse(&self.version).is_err() {
            let version = values::go::quote(&self.version);
            return refuse(format!("chart.metadata.version {version} is invalid"));
        }
        if !matches!(self.kind.as_str(), "" | "application" | "library") {
            return refuse("chart.metadata.type must be application or library".to_owned());
        }
        for maintainer in &mut self.maintainers {
            let Some(maintainer) = maintainer else {
                return refuse("maintainers must not contain empty or null nodes".to_owned());
            };
            for text in [
                &mut maintainer.name,
                &mut maintainer.email,
                &mut maintainer.url,
            ] {
                sanitize(text);
            }
        }
        self.validate_dependencies()
    }

    fn validate_dependencies(&mut self) -> Result<(), Error> {
        let refuse = |what: String| Err(refused(format!("validation: {what}")));
        let mut seen = std::collections::BTreeSet::new();
        for dependency in self.dependencies.iter_mut().flatten() {
            let Some(dependency) = dependency else {
                return refuse("dependencies must not contain empty or null nodes".to_owned());
            };
            for text in [
                &mut dependency.name,
                &mut dependency.version,
                &mut dependency.repository,
                &mut dependency.condition,
            ] {
                sanitize(text);
            }
            dependency.tags.iter_mut().for_each(sanitize);
            let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            if !dependency.alias.chars().all(allowed) {
                let name = values::go::quote(&dependency.name);
                return refuse(format!(
                    "dependency {name} has disallowed characters in the alias"
                ));
            }
            let key = dependency.name_in_parent().to_owned();
            if !seen.insert(key.clone()) {
                let key = values::go::quote(&key);
                return refuse(format!("more than one dependency with name or alias {key}"));
            }
        }
        Ok(())
    }

    /// The dependencies, all of them present once the chart is validated.
    pub fn dependencies(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().flatten().flatten()
    }

    /// The annotations as templates see them; Go's decoder leaves the map nil when the key is
    /// missing.
    pub(crate) fn annotations_value(&self) -> Map {
        let kind = match self.has_list(ANNOTATIONS) {
            true => MapKind::String,
            false => MapKind::NilString,
        };
        let entries = self.annotations.iter();
        Map::from_entries(
            kind,
            entries.map(|(key, text)| (key.as_str().into(), text.as_str().into())),
        )
    }

    /// What templates see as `.Chart`.
    #[must_use]
    pub fn to_value(&self, is_root: bool) -> Map {
        let text = |text: &str| Value::str(text);
        let list = |items: &[String]| Value::list(items.iter().map(|item| text(item)).collect());
        let maintainers = self
            .maintainers
            .iter()
            .flatten()
            .map(Maintainer::to_value)
            .collect();
        let dependencies = self.dependencies().map(Dependency::to_value).collect();
        table([
            ("APIVersion", text(&self.api_version)),
            ("Annotations", Value::Map(self.annotations_value())),
            ("AppVersion", text(&self.app_version)),
            ("Condition", text(&self.condition)),
            ("Dependencies", Value::list(dependencies)),
            ("Deprecated", Value::Bool(self.deprecated)),
            ("Description", text(&self.description)),
            ("Home", text(&self.home)),
            ("Icon", text(&self.icon)),
            ("IsRoot", Value::Bool(is_root)),
            ("Keywords", list(&self.keywords)),
            ("KubeVersion", text(&self.kube_version)),
            ("Maintainers", Value::list(maintainers)),
            ("Name", text(&self.name)),
            ("Sources", list(&self.sources)),
            ("Tags", text(&self.tags)),
            ("Type", text(&self.kind)),
            ("Version", text(&self.version)),
        ])
    }
}

impl Maintainer {
    fn decode(d: &mut Decoder, value: &values::Value) -> Option<Self> {
        const OWNER: &str = "Maintainer";
        if value.is_null() {
            return None;
        }
        let mut maintainer = Self::default();
        for (key, value) in d.table(value, "v2.Maintainer").into_iter().flatten() {
            match key.to_ascii_lowercase().as_str() {
                "name" => d.field(OWNER, "name", |d| d.string(value, &mut maintainer.name)),
                "email" => d.field(OWNER, "email", |d| d.string(value, &mut maintainer.email)),
                "url" => d.field(OWNER, "url", |d| d.string(value, &mut maintainer.url)),
                _ => {}
            }
        }
        Some(maintainer)
    }

    fn to_value(&self) -> Value {
        Value::Map(table([
            ("Name", Value::str(self.name.as_str())),
            ("Email", Value::str(self.email.as_str())),
            ("URL", Value::str(self.url.as_str())),
        ]))
    }
}

impl Dependency {
    /// The name that it goes by in its parent: the alias, if it has one.
    #[must_use]
    pub fn name_in_parent(&self) -> &str {
        if self.alias.is_empty() {
            &self.name
        } else {
            &self.alias
        }
    }

    fn decode(d: &mut Decoder, value: &values::Value) -> Option<Self> {
        const OWNER: &str = "Dependency";
        if value.is_null() {
            return None;
        }
        let mut it = Self::default();
        for (key, value) in d.table(value, "v2.Dependency").into_iter().flatten() {
            match key.to_ascii_lowercase().as_str() {
                "name" => d.field(OWNER, "name", |d| d.string(value, &mut it.name)),
                "version" => d.field(OWNER, "version", |d| d.string(value, &mut it.version)),
                "repository" => {
                    d.field(OWNER, "repository", |d| d.string(value, &mut it.repository));
                }
                "condition" => d.field(OWNER, "condition", |d| d.string(value, &mut it.condition)),
                "tags" => d.field(OWNER, "tags", |d| d.strings(value, &mut it.tags)),
                "enabled" => d.field(OWNER, "enabled", |d| d.bool(value, &mut it.enabled)),
                "import-values" => d.field(OWNER, "import-values", |d| {
                    if let Some(list) = d.list(value, "[]interface {}") {
                        it.import_values = list.to_vec();
                    }
                }),
                "alias" => d.field(OWNER, "alias", |d| d.string(value, &mut it.alias)),
                _ => {}
            }
        }
        Some(it)
    }

    /// What is imported from it, as templates see it.
    pub(crate) fn imports(&self) -> Vec<Value> {
        self.import_values.iter().map(import_value).collect()
    }

    fn to_value(&self) -> Value {
        let tags = self
            .tags
            .iter()
            .map(|tag| Value::str(tag.as_str()))
            .collect();
        Value::Map(table([
            ("Name", Value::str(self.name.as_str())),
            ("Version", Value::str(self.version.as_str())),
            ("Repository", Value::str(self.repository.as_str())),
            ("Condition", Value::str(self.condition.as_str())),
            ("Tags", Value::list(tags)),
            ("Enabled", Value::Bool(self.enabled)),
            ("ImportValues", Value::list(self.imports())),
            ("Alias", Value::str(self.alias.as_str())),
        ]))
    }
}

/// After processing, import-values are pairs of text (Go: `map[string]string`).
fn import_value(value: &values::Value) -> Value {
    match value {
        values::Value::Map(map) => Value::Map(Map::from_values(MapKind::String, map)),
        other => Value::from(other),
    }
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Map {
    Map::from_entries(
        MapKind::Any,
        entries.map(|(key, value)| (Str::from(key), value)),
    )
}

/// Spaces of any kind become a space, what cannot be printed goes (`sanitizeString`).
fn sanitize(text: &mut String) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return;
    }
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}')
    };
    *text = text
        .chars()
        .filter_map(|c| {
            if c.is_whitespace() {
                Some(' ')
            } else {
                (!hidden(c)).then_some(c)
            }
        })
        .collect();
}
