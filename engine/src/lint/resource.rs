//! The documents of a file, and what the linter reads of each (`k8sYamlStruct`).
//!
//! Helm reads them with the `YAMLOrJSONDecoder` of k8s.io/apimachinery/pkg/util/yaml: documents
//! are cut at lines that begin with `---`, one by one; what begins with a brace is tried as JSON.

use values::{Value, yaml};

use crate::Dialect;
use crate::chart::decode::Decoder;
use crate::functions::{NotJson, first_json_value};

/// Kind, version and name of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) kind: String,
    pub(super) api_version: String,
    pub(super) name: String,
}

impl Resource {
    /// Reads a document; an empty one is nothing.
    fn read(value: &Value, mut d: Decoder, dialect: Dialect) -> Result<Option<Self>, String> {
        let (owner, go_type) = match dialect {
            Dialect::Helm3 => ("K8sYamlStruct", "rules.K8sYamlStruct"),
            Dialect::Helm4 => ("k8sYamlStruct", "rules.k8sYamlStruct"),
        };
        if value.is_null() {
            return Ok(None);
        }
        let mut it = Self::default();
        let mut namespace = String::new();
        for (key, value) in d.table(value, go_type).into_iter().flatten() {
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

/// The documents of a text, until one that cannot be told from the next: each as the linter reads
/// it, nothing where it is empty.
#[derive(Debug)]
pub(super) struct Documents<'t> {
    text: &'t str,
    /// Where the next document begins.
    at: usize,
    /// How many JSON values came before; none once the text has turned out to be YAML.
    json: Option<usize>,
    dialect: Dialect,
}

/// What the linter reads of a document, or Go's words for why it cannot.
type Document = Result<Option<Resource>, String>;

impl<'t> Documents<'t> {
    pub(super) fn of(text: &'t str, dialect: Dialect) -> Self {
        Self {
            text,
            at: 0,
            json: text.trim_start().starts_with('{').then_some(0),
            dialect,
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next document that is JSON, the end, or why what follows is no such JSON.
    fn next_json(&mut self, count: usize) -> Result<Option<Document>, String> {
        const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
        let rest = self.rest();
        if rest.trim_start_matches(SPACE).is_empty() {
            return Ok(None);
        }
        let (error, plain) = match first_json_value(rest) {
            Ok((value, end)) => {
                let value = value.to_tree().map_err(|error| error.to_string())?;
                match Resource::read(&value, Decoder::of_json(), self.dialect) {
                    Ok(resource) => {
                        self.at += end;
                        self.json = Some(count + 1);
                        return Ok(Some(Ok(resource)));
                    }
                    Err(error) => (error.clone(), error),
                }
            }
            Err(NotJson::Ended) => ("unexpected EOF".to_owned(), "unexpected EOF".to_owned()),
            Err(NotJson::Syntax { message, seen }) => {
                let offset = self.at + seen;
                (format!("json: offset {offset}: {message}"), message)
            }
        };
        // After two values there is no doubt any more.
        if count > 1 {
            return Ok(Some(Err(plain)));
        }
        self.json = None;
        // White space is dropped up to the end of the line.
        let space = rest.len() - rest.trim_start().len();
        self.at += rest[..space].find('\n').map_or(space, |at| at + 1);
        Err(error)
    }

    /// The next document that is YAML; nothing at the end.
    fn next_yaml(&mut self) -> Option<Document> {
        let mut text = String::new();
        while !self.rest().is_empty() {
            let rest = self.rest();
            let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
            self.at += rest.len().min(line.len() + 1);
            let line = line.strip_suffix('\r').unwrap_or(line);
            if let Some(rest) = line.strip_prefix("---") {
                let rest = rest.trim();
                if !rest.is_empty() && !rest.starts_with('#') {
                    return Some(Err(format!("invalid Yaml document separator: {rest}")));
                }
                if !text.is_empty() {
                    break;
                }
            }
            text.push_str(line);
            text.push('\n');
        }
        if text.is_empty() {
            return None;
        }
        let value = yaml::parse_typed(&text).map_err(|error| error.message);
        Some(value.and_then(|value| Resource::read(&value, Decoder::default(), self.dialect)))
    }
}

impl Iterator for Documents<'_> {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        // What is wrong with it as JSON, Helm says rather than what is wrong as YAML.
        let mut not_json = None;
        if let Some(count) = self.json {
            match self.next_json(count) {
                Ok(document) => return document,
                Err(error) => not_json = Some(error),
            }
        }
        let document = self.next_yaml()?;
        Some(document.map_err(|error| not_json.unwrap_or(error)))
    }
}
