//! The head of a manifest: what Helm itself reads of it.
//!
//! Follows `SimpleHead` in pkg/release/v1/util/manifest.go of Helm 4.3.1.

use std::collections::BTreeMap;

use values::{Value, yaml};

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

const METADATA_TYPE: &str = r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#;

impl Head {
    /// Reads a document.
    pub(super) fn parse(document: &str) -> Result<Self, HeadError> {
        let value = yaml::parse_typed(document).map_err(|error| HeadError {
            message: error.message,
            line: error.line,
        })?;
        let mut head = Self::default();
        let mut d = Decoder::default();
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
