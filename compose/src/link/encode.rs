//! From a composition to a query.

use values::set::{MAX_NESTED_NAME_LEVEL, typed_value};
use values::{Map, Segment, Value};

use super::{LinkError, MAX_OVERRIDES, MAX_READABLE, MAX_URL, Query, keys, packed, percent};
use crate::composition::Composition;
use crate::form::SecretPaths;
use crate::layers::leaves;

/// Strings up to this many characters are written as `set=path=text`; longer ones, and those of
/// several lines, as JSON.
const MAX_PLAIN_TEXT: usize = 200;

/// Writes a composition as a query. What equals [`Composition::default`] is left out.
///
/// # Errors
/// When the overrides are too long for any link.
pub fn encode(composition: &Composition, secrets: &SecretPaths) -> Result<Query, LinkError> {
    encode_over(composition, &Composition::default(), secrets)
}

/// As [`encode`], leaving out the environment and release settings of `base`, which is what
/// [`super::decode_over`] will start from. Overrides of `base` are not looked at.
///
/// # Errors
/// When the overrides are too long for any link.
pub fn encode_over(
    composition: &Composition,
    base: &Composition,
    secrets: &SecretPaths,
) -> Result<Query, LinkError> {
    let (overrides, left_out) = secrets.take_out(&composition.overrides);
    let json = packed::to_json(&overrides);
    if json.len() > MAX_OVERRIDES {
        return Err(LinkError::TooLarge(json.len()));
    }
    let mut writer = Writer::default();
    settings(composition, base, &mut writer);
    let readable = Writer {
        text: writer.text.clone(),
    }
    .overrides(&overrides);
    let packed = readable
        .as_ref()
        .is_none_or(|text| text.len() > MAX_READABLE);
    let text = match readable {
        Some(text) if !packed => text,
        _ => {
            writer.pair(keys::PACKED, &packed::pack(&json));
            writer.text
        }
    };
    if text.len() > MAX_URL {
        return Err(LinkError::TooLong(text.len()));
    }
    Ok(Query {
        text,
        left_out,
        packed,
    })
}

/// Environment and release, as far as they are not those of `base`.
fn settings(composition: &Composition, base: &Composition, writer: &mut Writer) {
    let (release, beneath) = (&composition.release, &base.release);
    if composition.chart != base.chart {
        writer.pair(keys::CHART, &composition.chart);
    }
    if composition.environment != base.environment {
        writer.pair(keys::ENV, &composition.environment);
    }
    if release.name != beneath.name {
        writer.pair(keys::RELEASE, &release.name);
    }
    if release.namespace != beneath.namespace {
        writer.pair(keys::NAMESPACE, &release.namespace);
    }
    if release.kube_version != beneath.kube_version {
        writer.pair(
            keys::KUBE,
            release.kube_version.as_deref().unwrap_or_default(),
        );
    }
    if release.api_versions != beneath.api_versions {
        for api in &release.api_versions {
            writer.pair(keys::API_VERSIONS, api);
        }
        if release.api_versions.is_empty() {
            writer.pair(keys::API_VERSIONS, "");
        }
    }
    if release.is_upgrade != beneath.is_upgrade {
        writer.pair(
            keys::UPGRADE,
            if release.is_upgrade { "true" } else { "false" },
        );
    }
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn pair(&mut self, key: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(key);
        self.text.push('=');
        percent::encode_into(value, &mut self.text);
    }

    /// The query with all overrides written out; none when one of them cannot be said in Helm's
    /// grammar (an empty key, a name beyond its nesting limit) or it gets too long.
    fn overrides(mut self, overrides: &Map) -> Option<String> {
        let mut strings = Vec::new();
        let mut jsons = Vec::new();
        for path in leaves(overrides) {
            if path.len() > MAX_NESTED_NAME_LEVEL + 1 || path.segments().iter().any(is_empty_key) {
                return None;
            }
            let (flag, text) = write(path.get_in(overrides)?);
            let name = path.to_string();
            match flag {
                Flag::Set => self.pair(keys::SET, &format!("{name}={text}")),
                Flag::String => strings.push(format!("{name}={text}")),
                // A text that starts with `{` would be taken for one JSON object.
                Flag::Json if name.trim_start().starts_with('{') => {
                    jsons.push(format!("\\{name}={text}"));
                }
                Flag::Json => jsons.push(format!("{name}={text}")),
            }
            if self.text.len() > MAX_READABLE {
                return None;
            }
        }
        for text in strings {
            self.pair(keys::SET_STRING, &text);
        }
        for text in jsons {
            self.pair(keys::SET_JSON, &text);
        }
        Some(self.text)
    }
}

fn is_empty_key(segment: &Segment) -> bool {
    matches!(segment, Segment::Key(key) if key.is_empty())
}

enum Flag {
    Set,
    String,
    Json,
}

/// The shortest way to say a value so that exactly it comes back.
fn write(value: &Value) -> (Flag, String) {
    let json = || (Flag::Json, serde_json::to_string(value).unwrap_or_default());
    match value {
        Value::Null => (Flag::Set, "null".to_owned()),
        Value::Bool(flag) => (Flag::Set, flag.to_string()),
        Value::Int(number) => (Flag::Set, number.to_string()),
        Value::Float(_) | Value::Map(_) => json(),
        Value::String(text) if !is_plain_text(text) => json(),
        Value::String(text) => {
            let flag = if is_typed(text) {
                Flag::String
            } else {
                Flag::Set
            };
            let open = if text.starts_with('{') { "\\" } else { "" };
            (flag, format!("{open}{}", escape(text, &[','])))
        }
        Value::List(list) => write_list(list).unwrap_or_else(json),
    }
}

/// A list of scalars as `{a,b}`; none when that would not bring back exactly it.
fn write_list(list: &[Value]) -> Option<(Flag, String)> {
    if list.is_empty() {
        return None;
    }
    let texts = |item: &Value| matches!(item, Value::String(text) if is_plain_text(text));
    let all_texts = list.iter().all(texts);
    let any_typed = list
        .iter()
        .any(|item| matches!(item, Value::String(text) if is_typed(text)));
    if any_typed && !all_texts {
        return None;
    }
    let mut items = Vec::new();
    for item in list {
        items.push(match item {
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Int(number) => number.to_string(),
            Value::String(text) if is_plain_text(text) => escape(text, &[',', '}']),
            _ => return None,
        });
    }
    let flag = if any_typed { Flag::String } else { Flag::Set };
    Some((flag, format!("{{{}}}", items.join(","))))
}

/// Whether `--set` would make something else of a text.
fn is_typed(text: &str) -> bool {
    !matches!(typed_value(text), Value::String(_))
}

fn is_plain_text(text: &str) -> bool {
    text.len() <= MAX_PLAIN_TEXT && !text.chars().any(char::is_control)
}

fn escape(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\\' || special.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
