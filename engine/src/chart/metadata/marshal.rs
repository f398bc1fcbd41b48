//! Chart.yaml as `helm show chart` prints it: what Helm understood of it, not what is written.
//!
//! Follows the struct tags of pkg/chart/v2/metadata.go and dependency.go of Helm 4.3.1.

use values::{Map, Value, yaml};

use super::{Dependency, Maintainer, Metadata};
use crate::Error;
use crate::chart::refused;

impl Metadata {
    /// The metadata as YAML, empty fields left out, keys sorted.
    ///
    /// # Errors
    /// With Go's sentence when something in it cannot be printed.
    pub fn to_yaml(&self) -> Result<String, Error> {
        let mut fields = Fields::default();
        fields.text("name", &self.name);
        fields.text("home", &self.home);
        fields.texts("sources", &self.sources);
        fields.text("version", &self.version);
        fields.text("description", &self.description);
        fields.texts("keywords", &self.keywords);
        let maintainers = self.maintainers.iter().map(|item| match item {
            Some(maintainer) => maintainer.to_tree(),
            None => Value::Null,
        });
        fields.list("maintainers", maintainers.collect());
        fields.text("icon", &self.icon);
        fields.text("apiVersion", &self.api_version);
        fields.text("condition", &self.condition);
        fields.text("tags", &self.tags);
        fields.text("appVersion", &self.app_version);
        fields.switch("deprecated", self.deprecated);
        if !self.annotations.is_empty() {
            let annotations = self.annotations.iter();
            let annotations = annotations
                .map(|(key, text)| (key.clone(), Value::String(text.as_str().into())))
                .collect();
            fields
                .0
                .insert("annotations".into(), Value::Map(annotations));
        }
        fields.text("kubeVersion", &self.kube_version);
        let dependencies = self.dependencies.iter().flatten().map(|item| match item {
            Some(dependency) => dependency.to_tree(),
            None => Value::Null,
        });
        fields.list("dependencies", dependencies.collect());
        fields.text("type", &self.kind);
        yaml::try_print(&Value::Map(fields.0)).map_err(|error| refused(error.to_string()))
    }
}

impl Maintainer {
    fn to_tree(&self) -> Value {
        let mut fields = Fields::default();
        fields.text("name", &self.name);
        fields.text("email", &self.email);
        fields.text("url", &self.url);
        Value::Map(fields.0)
    }
}

impl Dependency {
    fn to_tree(&self) -> Value {
        let mut fields = Fields::default();
        fields.always("name", &self.name);
        fields.text("version", &self.version);
        fields.always("repository", &self.repository);
        fields.text("condition", &self.condition);
        fields.texts("tags", &self.tags);
        fields.switch("enabled", self.enabled);
        fields.list("import-values", self.import_values.clone());
        fields.text("alias", &self.alias);
        Value::Map(fields.0)
    }
}

/// The fields of a struct, those with `omitempty` only when they say something.
#[derive(Default)]
struct Fields(Map);

impl Fields {
    fn always(&mut self, key: &str, text: &str) {
        self.0.insert(key.into(), Value::String(text.into()));
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.always(key, text);
        }
    }

    fn texts(&mut self, key: &str, texts: &[String]) {
        let items = texts.iter().map(|text| Value::String(text.as_str().into()));
        self.list(key, items.collect());
    }

    fn list(&mut self, key: &str, items: Vec<Value>) {
        if !items.is_empty() {
            self.0.insert(key.into(), Value::List(items));
        }
    }

    fn switch(&mut self, key: &str, on: bool) {
        if on {
            self.0.insert(key.into(), Value::Bool(true));
        }
    }
}
