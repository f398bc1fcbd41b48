//! The schema as boon is to have it: what Go reads otherwise, or boon refuses, in words that mean the same to boon.

use serde_json::{Map, Value as Json};

use super::formats::{REGEX, uri_reference};
use super::patterns::Patterns;
use crate::functions::parse_url;

/// The document for boon, and what became of its regular expressions.
pub(super) fn prepare(document: &Json) -> (Json, Patterns) {
    let mut patterns = Patterns::default();
    let prepared = schema(document, &mut patterns);
    (prepared, patterns)
}

/// A schema, or what may hold one.
fn schema(json: &Json, patterns: &mut Patterns) -> Json {
    match json {
        Json::Array(items) => items.iter().map(|item| schema(item, patterns)).collect(),
        Json::Object(entries) => Json::Object(
            entries
                .iter()
                .map(|(keyword, value)| (keyword.clone(), below(keyword, value, patterns)))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// What stands behind a keyword.
fn below(keyword: &str, value: &Json, patterns: &mut Patterns) -> Json {
    match (keyword, value) {
        ("$id" | "id", Json::String(text)) => identifier(text).into(),
        ("$ref", Json::String(text)) => plain(&with_patterns(text, patterns)).into(),
        ("$schema", Json::String(text)) => plain(text).into(),
        // Data, not schemas.
        ("const" | "default" | "enum" | "examples", value) => value.clone(),
        ("pattern", Json::String(pattern)) => patterns.take(pattern).into(),
        ("format", Json::String(format)) if format == "regex" => REGEX.into(),
        ("patternProperties", Json::Object(entries)) => named(entries, |name, value| {
            (patterns.take(name), schema(value, patterns))
        }),
        (
            "properties" | "$defs" | "definitions" | "dependencies" | "dependentSchemas",
            Json::Object(entries),
        ) => named(entries, |name, value| {
            (name.to_owned(), schema(value, patterns))
        }),
        (_, value) => schema(value, patterns),
    }
}

/// Schemas by their names.
fn named(
    entries: &Map<String, Json>,
    mut entry: impl FnMut(&str, &Json) -> (String, Json),
) -> Json {
    let entries = entries.iter().map(|(name, value)| entry(name, value));
    Json::Object(entries.collect())
}

/// A reference through `patternProperties` leads to the pattern that boon has.
fn with_patterns(reference: &str, patterns: &mut Patterns) -> String {
    const STEP: &str = "/patternProperties/";
    if uri_reference(reference).is_err() {
        return reference.to_owned();
    }
    let mut out = String::new();
    let mut rest = reference;
    while let Some(at) = rest.find(STEP) {
        let (before, after) = rest.split_at(at + STEP.len());
        let end = after.find('/').unwrap_or(after.len());
        let taken = patterns.take(&super::message::unescape(&after[..end]));
        out.push_str(before);
        out.push_str(&fragment_token(&taken));
        rest = &after[end..];
    }
    out + rest
}

/// A name as a step of a JSON pointer in a URL.
fn fragment_token(name: &str) -> String {
    let mut out = String::new();
    for c in name.replace('~', "~0").replace('/', "~1").chars() {
        match c {
            '%' | '#' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// An identifier; one that Go cannot read becomes one that boon cannot read.
fn identifier(text: &str) -> String {
    let (address, _) = text.split_once('#').unwrap_or((text, ""));
    match parse_url(address) {
        Ok(_) => plain(text),
        Err(_) => "http://[".to_owned(),
    }
}

/// The text with percent signs for what RFC 3986 does not know; itself where Go refuses it, too.
fn plain(text: &str) -> String {
    if uri_reference(text).is_err() {
        return text.to_owned();
    }
    // What stands before the path is parsed strictly by both.
    let path = match text.find("://").map(|at| at + 3) {
        Some(after) => text[after..]
            .find(['/', '?', '#'])
            .map_or(text.len(), |at| after + at),
        None => 0,
    };
    let mut out = text[..path].to_owned();
    let mut in_fragment = false;
    let mut bytes = [0; 4];
    for c in text[path..].chars() {
        let known = c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%".contains(c);
        if known || (c == '#' && !in_fragment) {
            in_fragment |= c == '#';
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
