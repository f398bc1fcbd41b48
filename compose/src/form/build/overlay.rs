//! What stands beside a chart's schema and says the same things in other words, as schemas of
//! their own: `@schema` comments, Rancher's questions, the schemas of subcharts. They are folded
//! in behind the chart's own schema, which holds.

use serde_json::{Map, Value as Json, json};
use values::ValuesPath;

use super::Extras;
use super::annotations;
use super::questions;

/// Where the schemas of subcharts lie in the combined document, so that references find them.
const SUBCHARTS: &str = "x-subcharts";

/// How deep subcharts may nest.
const MAX_SUBCHARTS: usize = 6;

/// A schema document that holds all of them, and the nodes to read at the root, the first over
/// the others.
#[derive(Debug)]
pub(super) struct Combined {
    document: Json,
    overlays: Vec<Json>,
}

impl Combined {
    /// Combines a chart's schema with what stands beside it.
    pub(super) fn new(schema: Option<&Json>, extras: &Extras, values_text: &str) -> Self {
        let mut document = match schema {
            Some(Json::Object(words)) => words.clone(),
            _ => Map::new(),
        };
        let mut overlays = Vec::new();
        if let Some(text) = &extras.questions {
            overlays.extend(questions::schema(text));
        }
        overlays.extend(annotations::schema(values_text));
        let mut shelf = Map::new();
        overlays.extend(subcharts(extras, &mut shelf, 0));
        if !shelf.is_empty() {
            document.insert(SUBCHARTS.to_owned(), Json::Object(shelf));
        }
        Self {
            document: Json::Object(document),
            overlays,
        }
    }

    /// The document that references point into.
    pub(super) const fn document(&self) -> &Json {
        &self.document
    }

    /// What is said about the root, in order of precedence.
    pub(super) fn roots(&self) -> Vec<&Json> {
        std::iter::once(&self.document)
            .chain(&self.overlays)
            .collect()
    }
}

/// What subcharts say about their values, under the names that they have in their parent.
fn subcharts(extras: &Extras, shelf: &mut Map<String, Json>, depth: usize) -> Option<Json> {
    if extras.subcharts.is_empty() || depth >= MAX_SUBCHARTS {
        return None;
    }
    let mut properties = Map::new();
    for subchart in &extras.subcharts {
        let mut parts = Vec::new();
        if let Some(schema) = &subchart.schema {
            let name = shelf.len().to_string();
            let home = ["#/", SUBCHARTS, "/", &name].concat();
            let mut schema = schema.clone();
            rehome(&mut schema, &home, 0);
            shelf.insert(name, schema);
            parts.push(json!({ "$ref": home }));
        }
        parts.extend(annotations::schema(&subchart.values_text));
        parts.extend(subcharts(&subchart.extras, shelf, depth + 1));
        // Keys that a schema does not name are the parent's to judge: `global` comes in there.
        properties.insert(subchart.key.clone(), json!({ "allOf": parts }));
    }
    Some(json!({ "properties": properties }))
}

/// Turns references to a document's own parts into ones to where it lies now.
fn rehome(node: &mut Json, home: &str, depth: usize) {
    if depth > 200 {
        return;
    }
    match node {
        Json::Object(words) => {
            for (word, value) in words {
                match value {
                    Json::String(reference) if word == "$ref" => {
                        if let Some(rest) = reference.strip_prefix('#') {
                            *reference = [home, rest].concat();
                        }
                    }
                    value => rehome(value, home, depth + 1),
                }
            }
        }
        Json::Array(items) => {
            for item in items {
                rehome(item, home, depth + 1);
            }
        }
        _ => {}
    }
}

/// The node of a path in a schema that is being written, made on the way.
pub(super) fn node_at<'j>(
    root: &'j mut Map<String, Json>,
    path: &ValuesPath,
) -> Option<&'j mut Map<String, Json>> {
    let mut node = root;
    for segment in path.segments() {
        let values::Segment::Key(key) = segment else {
            return None;
        };
        let properties = node
            .entry("properties")
            .or_insert_with(|| Json::Object(Map::new()))
            .as_object_mut()?;
        node = properties
            .entry(key.as_str())
            .or_insert_with(|| Json::Object(Map::new()))
            .as_object_mut()?;
    }
    Some(node)
}
