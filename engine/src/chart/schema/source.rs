//! A schema as it is written, for errors that show it.

use serde_json::Value as Json;

use super::message::unescape;
use super::patterns::Patterns;
use super::{LOCATION, json};

/// What boon's copy of a schema was made of.
#[derive(Debug)]
pub(super) struct Source {
    text: Vec<u8>,
    /// `$schema`, without a fragment.
    dialect: Option<String>,
    patterns: Patterns,
}

impl Source {
    pub(super) fn new(text: &[u8], document: &Json, patterns: Patterns) -> Self {
        let dialect = document.get("$schema").and_then(Json::as_str);
        Self {
            text: text.to_vec(),
            dialect: dialect
                .and_then(|dialect| dialect.split('#').next())
                .map(str::to_owned),
            patterns,
        }
    }

    pub(super) fn dialect(&self) -> Option<&str> {
        self.dialect.as_deref()
    }

    /// What was written for a text that boon has.
    pub(super) fn written<'t>(&'t self, text: &'t str) -> &'t str {
        self.patterns.written(text)
    }

    /// The number below the schema at that location, as it is written.
    pub(super) fn number(&self, location: &str, below: &[&str]) -> Option<String> {
        let pointer = location.strip_prefix(LOCATION)?.trim_start_matches('#');
        let names: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
        let mut place: Vec<&str> = names.iter().map(|name| self.written(name)).collect();
        place.extend(below);
        json::number_at(&self.text, &place).map(str::to_owned)
    }
}
