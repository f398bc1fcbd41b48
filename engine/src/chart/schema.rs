//! Checking values against values.schema.json, with Helm's messages.
//!
//! Helm uses santhosh-tekuri/jsonschema v6; boon is the same author's library in Rust, so the
//! errors have the same structure, and [`message`] words them as the Go one does. Nothing is ever
//! fetched: a `$ref` to another host or file is refused. Where Go walks a map in random order,
//! errors come in the order of the keys here.

mod formats;
mod json;
mod message;
mod patterns;
mod prepare;
mod quick;
mod source;
mod words;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock};

use quick::Quick;
use serde_json::Value as Json;
use source::Source;

use crate::value::Str;

/// Where the schema lives, as far as `$ref` is concerned.
const LOCATION: &str = "file:///values.schema.json";

/// A chart's values.schema.json; compiled when it is first needed.
#[derive(Debug)]
pub struct Schema {
    text: Str,
    /// What nearly all values are checked with; none for a schema of another kind.
    quick: OnceLock<Option<Quick>>,
    compiled: OnceLock<Result<Compiled, String>>,
}

/// How far a check may go down: places that the schema refers to times levels of the values. A check
/// visits a schema at most once for a value, so this bounds its stack.
const MAX_DESCENT: usize = 50_000;

struct Compiled {
    source: Source,
    /// How many places the schema refers to.
    references: usize,
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
    /// References that were taken for "anything".
    unresolved: Vec<String>,
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled").finish_non_exhaustive()
    }
}

impl Schema {
    /// A schema of this text.
    #[must_use]
    pub fn new(text: impl Into<Str>) -> Self {
        Self {
            text: text.into(),
            quick: OnceLock::new(),
            compiled: OnceLock::new(),
        }
    }

    /// The schema as it is written.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    fn compiled(&self) -> Result<&Compiled, &String> {
        self.compiled
            .get_or_init(|| Compiled::new(self.text()))
            .as_ref()
    }

    /// The `urn:` references that nobody resolves: they admit anything, and Helm warns of them.
    /// Known after the first [`check`](Self::check).
    #[must_use]
    pub fn unresolved(&self) -> &[String] {
        match self.compiled.get() {
            Some(Ok(compiled)) => &compiled.unresolved,
            _ => &[],
        }
    }

    /// Checks values.
    ///
    /// # Errors
    /// With the text that Helm prints below the chart's name.
    pub fn check(&self, values: &values::Map) -> Result<(), String> {
        let quick = self.quick.get_or_init(|| Quick::new(self.text()));
        if quick.as_ref().is_some_and(|quick| quick.admits(values)) {
            return Ok(());
        }
        let compiled = self.compiled().map_err(Clone::clone)?;
        let values = values
            .iter()
            .map(|(key, value)| (key.clone(), Json::from(value)));
        let values = Json::Object(values.collect());
        if compiled.references.saturating_mul(depth(&values)) > MAX_DESCENT {
            return Err(format!(
                "the schema refers to itself too often for values this deep (limit {MAX_DESCENT})\n"
            ));
        }
        match compiled.schemas.validate(&values, compiled.index) {
            Ok(()) => Ok(()),
            // The new line is Helm's (JSONSchemaValidationError).
            Err(error) => Err(format!("{}\n", message::lines(&error, &compiled.source))),
        }
    }
}

impl Compiled {
    fn new(text: &[u8]) -> Result<Self, String> {
        let document = json::parse(text)?;
        let mut compiler = boon::Compiler::new();
        let unresolved = Arc::new(Mutex::new(Vec::new()));
        formats::register(&mut compiler);
        compiler.use_loader(Box::new(NoLoader(Arc::clone(&unresolved))));
        let mut schemas = boon::Schemas::new();
        let (prepared, patterns) = prepare::prepare(&document);
        let source = Source::new(text, &document, patterns);
        let refused = |error: &boon::CompileError| message::compile_error(error, &source);
        compiler
            .add_resource(LOCATION, prepared)
            .map_err(|error| refused(&error))?;
        let index = compiler
            .compile(LOCATION, &mut schemas)
            .map_err(|error| refused(&error))?;
        let unresolved = unresolved
            .lock()
            .map(|list| list.clone())
            .unwrap_or_default();
        let mut places = HashSet::new();
        references(&document, &mut places);
        Ok(Self {
            references: places.len(),
            source,
            schemas,
            index,
            unresolved,
        })
    }
}

/// The places that `$ref`s and the like of a schema lead to.
fn references<'d>(document: &'d Json, found: &mut HashSet<&'d str>) {
    match document {
        Json::Array(items) => items.iter().for_each(|item| references(item, found)),
        Json::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Json::String(place) if key.ends_with("Ref") || key == "$ref" => {
                        found.insert(place);
                    }
                    value => references(value, found),
                }
            }
        }
        _ => {}
    }
}

/// How many levels values have.
fn depth(values: &Json) -> usize {
    match values {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Json::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Fetches nothing; as in Helm, an unknown `urn:` admits everything.
struct NoLoader(Arc<Mutex<Vec<String>>>);

impl boon::UrlLoader for NoLoader {
    fn load(&self, url: &str) -> Result<Json, Box<dyn std::error::Error>> {
        if url.starts_with("urn:") {
            if let Ok(mut unresolved) = self.0.lock() {
                unresolved.push(url.to_owned());
            }
            return Ok(Json::Bool(true));
        }
        let is_known = ["http:", "https:", "file:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        match is_known {
            true => Err("schemas in other files and on other hosts are not loaded".into()),
            false => Err(message::no_loader(url).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Schema;

    fn check(schema: &str, values: &str) -> String {
        let values: serde_json::Value = serde_json::from_str(values).unwrap();
        let values = values::Value::from(values);
        match Schema::new(schema).check(values.as_map().unwrap()) {
            Ok(()) => String::new(),
            Err(text) => text,
        }
    }

    #[test]
    fn endless_descents_are_refused() {
        let mut schema = String::from(r##"{"$defs":{"d0":{}"##);
        for at in 1..20_000 {
            schema.push_str(&format!(r##","d{at}":{{"$ref":"#/$defs/d{}"}}"##, at - 1));
        }
        schema.push_str(r##"},"$ref":"#/$defs/d19999"}"##);
        assert_eq!(
            check(&schema, r#"{"a":{"b":{}}}"#),
            "the schema refers to itself too often for values this deep (limit 50000)\n"
        );
    }

    /// Many references to few places lead no deeper than one of each.
    #[test]
    fn a_place_counts_once() {
        let name = |at: usize| format!(r##""p{at}":{{"$ref":"#/$defs/text"}}"##);
        let names: Vec<String> = (0..17_000).map(name).collect();
        let schema = format!(
            r##"{{"$defs":{{"text":{{"type":"string"}}}},"properties":{{{}}}}}"##,
            names.join(",")
        );
        assert_eq!(
            check(&schema, r#"{"p7":1,"a":{"b":{}}}"#),
            "- at '/p7': got number, want string\n"
        );
    }

    /// The cases are recorded from Helm: tests/cases/README.md tells how.
    #[test]
    fn messages_are_helms() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/cases/schema.json")).unwrap();
        let wrong: Vec<String> = (cases["cases"].as_array().unwrap().iter())
            .filter_map(|case| {
                let field = |name: &str| case[name].as_str().unwrap();
                let got = check(field("schema"), field("values"));
                (got != field("error")).then(|| format!("{case}\ngot {got:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
