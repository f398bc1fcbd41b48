//! The head of a manifest: what Helm itself reads of it.
//!
//! Follows `SimpleHead` in pkg/release/v1/util/manifest.go of Helm 4.3.1.

use std::{borrow::Cow, collections::BTreeMap};

use values::{
    Value,
    yaml::{self, Node},
};

use crate::Dialect;
use crate::chart::decode::Decoder;

/// Kind, version, name, namespace and annotations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: String,
    pub(super) api_version: String,
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) annotations: BTreeMap<String, String>,
}

/// Why a document is no manifest.
#[derive(Debug, Clone)]
pub(super) struct HeadError {
    /// Go's text.
    pub(super) message: String,
    /// The line in the document, if known.
    pub(super) line: Option<usize>,
}

/// The entries of a manifest that are read.
const FIELDS: [&str; 3] = ["apiVersion", "kind", "metadata"];

const METADATA_TYPE: &str = r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

impl Head {
    /// Reads a document.
    pub(super) fn parse(document: &str, dialect: Dialect) -> Result<Self, HeadError> {
        if let Some(Node::Map(entries)) = yaml::read_only(document, &FIELDS)
            && let Some(head) = Self::of_text(&entries)
        {
            return Ok(head);
        }
        let value = yaml::parse_typed(document).map_err(|error| HeadError {
            message: error.message,
            line: error.line,
        })?;
        let mut head = Self::default();
        let mut d = Decoder::of(dialect);
        for (key, value) in d.table(&value, "util.SimpleHead").into_iter().flatten() {
            match key.to_ascii_lowercase().as_str() {
                "apiversion" => d.field("SimpleHead", "apiVersion", |d| {
                    d.string(value, &mut head.api_version);
                }),
                "kind" => d.field("SimpleHead", "kind", |d| d.string(value, &mut head.kind)),
                "metadata" => d.field("SimpleHead", "metadata", |d| head.metadata(d, value)),
                _ => {}
            }
        }
        d.finish(head).map_err(|message| HeadError {
            message,
            line: None,
        })
    }

    /// The head of a table in which all that Helm reads is text, under its very names.
    fn of_text(entries: &[(Cow<'_, str>, Node<'_>)]) -> Option<Self> {
        let mut head = Self::default();
        for (key, value) in entries {
            match (&**key, value) {
                ("apiVersion", Node::Text(text)) => head.api_version = text.to_string(),
                ("kind", Node::Text(text)) => head.kind = text.to_string(),
                ("metadata", Node::Map(entries)) => head.metadata_of_text(entries)?,
                _ if is_any_of(key, &FIELDS) => return None,
                _ => {}
            }
        }
        Some(head)
    }

    fn metadata_of_text(&mut self, entries: &[(Cow<'_, str>, Node<'_>)]) -> Option<()> {
        for (key, value) in entries {
            match (&**key, value) {
                ("name", Node::Text(text)) => self.name = text.to_string(),
                ("namespace", Node::Text(text)) => self.namespace = text.to_string(),
                ("annotations", Node::Map(entries)) => {
                    for (key, value) in entries {
                        let text = value.as_str()?;
                        self.annotations.insert(key.to_string(), text.to_owned());
                    }
                }
                _ if is_any_of(key, &["name", "namespace", "annotations"]) => return None,
                _ => {}
            }
        }
        Some(())
    }

    fn metadata(&mut self, d: &mut Decoder, value: &Value) {
        for (key, value) in d.table(value, METADATA_TYPE).into_iter().flatten() {
            match key.to_ascii_lowercase().as_str() {
                "name" => d.field("", "name", |d| d.string(value, &mut self.name)),
                "annotations" => {
                    d.field("", "annotations", |d| {
                        d.string_map(value, &mut self.annotations)
                    });
                }
                // Helm does not read it; people want it.
                "namespace" => {
                    if let Value::String(namespace) = value {
                        self.namespace.clone_from(namespace);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Go's decoder takes a key in any case for a field.
fn is_any_of(key: &str, fields: &[&str]) -> bool {
    fields.iter().any(|field| key.eq_ignore_ascii_case(field))
}
