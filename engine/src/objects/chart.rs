//! `.Chart` as templates see it: a map in Helm 4, a Go struct in Helm 3.
//!
//! Follows `recAllTpls` in Helm 3's pkg/engine/engine.go, and the structs of its
//! pkg/chart/metadata.go and dependency.go.

use std::any::Any;
use std::rc::Rc;

use crate::Dialect;
use crate::chart::metadata::{KEYWORDS, MAINTAINERS, SOURCES};
use crate::chart::{Dependency, Maintainer, Metadata};
use crate::value::{List, ListKind, Object, Str, Value};

/// The template's object for this metadata.
#[must_use]
pub fn chart(metadata: &Metadata, is_root: bool, dialect: Dialect) -> Value {
    match dialect {
        Dialect::Helm3 => Struct::of_chart(metadata, is_root).into_value(),
        Dialect::Helm4 => Value::Map(metadata.to_value(is_root)),
    }
}

/// A Go struct, or a pointer to one.
#[derive(Debug)]
struct Struct {
    go_type: &'static str,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: &'static str,
    /// Its name in JSON; none if it is not there.
    json: Option<&'static str>,
    /// Left out of JSON when it is the zero of its type.
    omits_empty: bool,
    value: Value,
}

/// A field that JSON leaves out when it is empty.
fn field(name: &'static str, json: &'static str, value: impl Into<Value>) -> Field {
    Field {
        name,
        json: Some(json),
        omits_empty: true,
        value: value.into(),
    }
}

/// A field that is always in JSON.
fn always(name: &'static str, json: &'static str, value: impl Into<Value>) -> Field {
    Field {
        omits_empty: false,
        ..field(name, json, value)
    }
}

/// A slice; Go's decoder leaves it nil when the key is missing, not when it `is_there` and empty.
fn list(kind: ListKind, items: Vec<Value>, is_there: bool) -> Value {
    Value::List(if items.is_empty() && !is_there {
        List::nil(kind)
    } else {
        List::new(kind, items)
    })
}

fn strings(texts: &[String], is_there: bool) -> Value {
    let items = texts.iter().map(|text| text.as_str().into());
    list(ListKind::String, items.collect(), is_there)
}

impl Struct {
    /// `struct { chart.Metadata; IsRoot bool }`: the fields of the inner struct are its own, too.
    fn of_chart(metadata: &Metadata, is_root: bool) -> Self {
        let inner = Self::of_metadata(metadata).into_value();
        let mut fields = Self::of_metadata(metadata).fields;
        fields.push(Field {
            json: None,
            ..always("Metadata", "", inner)
        });
        fields.push(always("IsRoot", "IsRoot", is_root));
        Self {
            go_type: "struct { chart.Metadata; IsRoot bool }",
            fields,
        }
    }

    fn of_metadata(from: &Metadata) -> Self {
        let maintainers = from.maintainers.iter().flatten();
        let maintainers = maintainers.map(|it| Self::of_maintainer(it).into_value());
        let dependencies = from.dependencies();
        let dependencies = dependencies.map(|it| Self::of_dependency(it).into_value());
        Self {
            go_type: "chart.Metadata",
            fields: vec![
                field("Name", "name", &*from.name),
                field("Home", "home", &*from.home),
                field(
                    "Sources",
                    "sources",
                    strings(&from.sources, from.has_list(SOURCES)),
                ),
                field("Version", "version", &*from.version),
                field("Description", "description", &*from.description),
                field(
                    "Keywords",
                    "keywords",
                    strings(&from.keywords, from.has_list(KEYWORDS)),
                ),
                field(
                    "Maintainers",
                    "maintainers",
                    list(
                        ListKind::Maintainers,
                        maintainers.collect(),
                        from.has_list(MAINTAINERS),
                    ),
                ),
                field("Icon", "icon", &*from.icon),
                field("APIVersion", "apiVersion", &*from.api_version),
                field("Condition", "condition", &*from.condition),
                field("Tags", "tags", &*from.tags),
                field("AppVersion", "appVersion", &*from.app_version),
                field("Deprecated", "deprecated", from.deprecated),
                field("Annotations", "annotations", from.annotations_value()),
                field("KubeVersion", "kubeVersion", &*from.kube_version),
                field(
                    "Dependencies",
                    "dependencies",
                    list(
                        ListKind::Dependencies,
                        dependencies.collect(),
                        from.dependencies.is_some(),
                    ),
                ),
                field("Type", "type", &*from.kind),
            ],
        }
    }

    fn of_maintainer(from: &Maintainer) -> Self {
        Self {
            go_type: "*chart.Maintainer",
            fields: vec![
                field("Name", "name", &*from.name),
                field("Email", "email", &*from.email),
                field("URL", "url", &*from.url),
            ],
        }
    }

    fn of_dependency(from: &Dependency) -> Self {
        Self {
            go_type: "*chart.Dependency",
            fields: vec![
                always("Name", "name", &*from.name),
                field("Version", "version", &*from.version),
                always("Repository", "repository", &*from.repository),
                field("Condition", "condition", &*from.condition),
                field("Tags", "tags", strings(&from.tags, false)),
                field("Enabled", "enabled", from.enabled),
                field(
                    "ImportValues",
                    "import-values",
                    list(ListKind::Any, from.imports(), false),
                ),
                field("Alias", "alias", &*from.alias),
            ],
        }
    }

    /// The fields without those that an embedded struct lends: it is a field itself.
    fn own_fields(&self) -> &[Field] {
        let embedded = self.fields.iter().position(|it| it.name == "Metadata");
        &self.fields[embedded.unwrap_or_default()..]
    }

    fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }
}

impl Object for Struct {
    fn go_type(&self) -> &str {
        self.go_type
    }

    fn go_kind(&self) -> &str {
        if self.go_type.starts_with('*') {
            "ptr"
        } else {
            "struct"
        }
    }

    fn field(&self, name: &str) -> Option<Value> {
        let found = self.fields.iter().find(|field| field.name == name)?;
        Some(found.value.clone())
    }

    fn print(&self) -> Str {
        let mut out = b"{".to_vec();
        for (index, field) in self.own_fields().iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            field.value.print_to(&mut out);
        }
        out.push(b'}');
        out.into()
    }

    fn fmt_fields(&self) -> Option<Vec<Value>> {
        let fields = self.own_fields().iter();
        Some(fields.map(|field| field.value.clone()).collect())
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let shown = self
            .fields
            .iter()
            .filter(|field| !field.omits_empty || field.value.truth())
            .filter_map(|field| Some((field.json?, field.value.clone())));
        Some(shown.collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
