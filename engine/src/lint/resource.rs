//! The documents of a file, and what the linter reads of each (`k8sYamlStruct`).
//!
//! Helm reads them with the `YAMLOrJSONDecoder` of k8s.io/apimachinery/pkg/util/yaml: documents
//! are cut at lines that begin with `---`, one by one; what begins with a brace is tried as JSON.

use values::yaml;

use crate::Dialect;
use crate::chart::decode::Decoder;
use crate::functions::first_json_value;

/// Kind, version and name of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) kind: String,
    pub(super) api_version: String,
    pub(super) name: String,
}

impl Resource {
    /// Reads a document; an empty one is nothing.
    fn parse(text: &str, dialect: Dialect) -> Result<Option<Self>, String> {
        let (owner, go_type) = match dialect {
            Dialect::Helm3 => ("K8sYamlStruct", "rules.K8sYamlStruct"),
            Dialect::Helm4 => ("k8sYamlStruct", "rules.k8sYamlStruct"),
        };
        let value = yaml::parse_typed(text).map_err(|error| error.message)?;
        if value.is_null() {
            return Ok(None);
        }
        let mut it = Self::default();
        let mut namespace = String::new();
        let mut d = Decoder::default();
        for (key, value) in d.table(&value, go_type).into_iter().flatten() {
            match key.to_ascii_lowercase().as_str() {
                "apiversion" => {
                    d.field(owner, "apiVersion", |d| {
                        d.string(value, &mut it.api_version)
                    });
                }
                "kind" => d.field(owner, "Kind", |d| d.string(value, &mut it.kind)),
                "metadata" => d.field(owner, "Metadata", |d| {
                    const OWNER: &str = "k8sYamlMetadata";
                    let table = d.table(value, "rules.k8sYamlMetadata");
                    for (key, value) in table.into_iter().flatten() {
                        match key.to_ascii_lowercase().as_str() {
                            "name" => d.field(OWNER, "Name", |d| d.string(value, &mut it.name)),
                            "namespace" => {
                                d.field(OWNER, "Namespace", |d| d.string(value, &mut namespace));
                            }
                            _ => {}
                        }
                    }
                }),
                _ => {}
            }
        }
        d.finish(it).map(Some)
    }
}

/// The documents of a text, until one that cannot be told from the next.
#[derive(Debug)]
pub(super) struct Documents<'t> {
    rest: &'t str,
    /// How many JSON values came before; none once the text has turned out to be YAML.
    json: Option<usize>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Document {
    text: String,
    /// What is wrong with it as JSON, which Helm says rather than what is wrong as YAML.
    not_json: Option<String>,
}

impl Document {
    /// What the linter reads of it; nothing if it is empty.
    pub(super) fn resource(self, dialect: Dialect) -> Result<Option<Resource>, String> {
        Resource::parse(&self.text, dialect).map_err(|error| self.not_json.unwrap_or(error))
    }
}

impl<'t> Documents<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let json = text.trim_start().starts_with('{').then_some(0);
        Self { rest: text, json }
    }

    /// The next document that is JSON, the end, or why what follows is no JSON.
    fn next_json(&mut self, count: usize) -> Result<Option<Result<Document, String>>, String> {
        if self.rest.trim().is_empty() {
            return Ok(None);
        }
        match first_json_value(self.rest) {
            Ok(end) => {
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                self.json = Some(count + 1);
                Ok(Some(Ok(Document {
                    text: text.to_owned(),
                    not_json: None,
                })))
            }
            // After two values there is no doubt any more.
            Err(error) if count > 1 => {
                let plain = error.splitn(3, ": ").nth(2).unwrap_or(&error);
                Ok(Some(Err(plain.to_owned())))
            }
            Err(error) => {
                self.json = None;
                let start = self.rest.trim_start();
                let skipped = self.rest.len() - start.len();
                // White space is dropped up to the end of the line.
                let end = self.rest[..skipped].find('\n').map_or(skipped, |at| at + 1);
                self.rest = &self.rest[end..];
                Err(error)
            }
        }
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut not_json = None;
        if let Some(count) = self.json {
            match self.next_json(count) {
                Ok(document) => return document,
                Err(error) => not_json = Some(error),
            }
        }
        let mut text = String::new();
        while !self.rest.is_empty() {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if let Some(rest) = line.strip_prefix("---") {
                let rest = rest.trim();
                if !rest.is_empty() && !rest.starts_with('#') {
                    let error = format!("invalid Yaml document separator: {rest}");
                    return Some(Err(not_json.unwrap_or(error)));
                }
                if !text.is_empty() {
                    return Some(Ok(Document { text, not_json }));
                }
            }
            text.push_str(line);
            text.push('\n');
        }
        (!text.is_empty()).then_some(Ok(Document { text, not_json }))
    }
}
