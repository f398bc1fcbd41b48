//! What becomes of a text on the way that sigs.k8s.io/yaml `Marshal` sends it: written as JSON,
//! read by go-yaml. Nearly always nothing.

use std::borrow::Cow;

use super::PrintError;
use super::decode::decode;
use super::raw::Raw;
use super::tree::Document;
use crate::go;

/// Bytes of a key that are sure to stay below go-yaml's limit of 1024 characters, all escaped.
const SHORT_KEY: usize = 160;

/// The text of a value.
pub(super) fn text(text: &str) -> Result<Cow<'_, str>, PrintError> {
    if is_ordinary(text) {
        return Ok(Cow::Borrowed(text));
    }
    match read(&format!("[{}]", go::json_string(text, true)))? {
        Raw::List(mut list) => Ok(text_of(list.pop())),
        _ => Ok(Cow::Borrowed(text)),
    }
}

/// The text of a key.
pub(super) fn key(key: &str) -> Result<Cow<'_, str>, PrintError> {
    if key.len() <= SHORT_KEY && is_ordinary(key) {
        return Ok(Cow::Borrowed(key));
    }
    match read(&format!("{{{}:0}}", go::json_string(key, true)))? {
        Raw::Map(mut entries) => Ok(text_of(entries.pop().map(|(key, _)| key))),
        _ => Ok(Cow::Borrowed(key)),
    }
}

fn text_of<'a>(raw: Option<Raw>) -> Cow<'a, str> {
    match raw {
        Some(Raw::Text(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(""),
    }
}

fn read(json: &str) -> Result<Raw, PrintError> {
    Ok(decode(&Document::compose(json, 2)?, 2)?)
}

/// No character that JSON leaves as it is and go-yaml refuses or changes.
fn is_ordinary(text: &str) -> bool {
    text.is_ascii() && !text.as_bytes().contains(&0x7F)
        || !text.chars().any(|character| {
            matches!(
                character,
                '\u{7F}'..='\u{9F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
            )
        })
}
