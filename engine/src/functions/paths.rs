//! Sprig's paths (Go's `path`; the `os…` functions are the same on Linux) and URLs (url.go).

mod url;

use super::{CallError, Family, Function};
use crate::value::{Map, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Paths;
    for name in ["base", "osBase"] {
        table.push(Function::new(
            family,
            name,
            "The last element of a path",
            base,
        ));
    }
    for name in ["dir", "osDir"] {
        table.push(Function::new(
            family,
            name,
            "A path without its last element",
            dir,
        ));
    }
    for name in ["clean", "osClean"] {
        table.push(Function::new(
            family,
            name,
            "The shortest path that means the same",
            |path: Str| clean(path.as_bytes()),
        ));
    }
    for name in ["ext", "osExt"] {
        table.push(Function::new(
            family,
            name,
            "The file name extension of a path",
            ext,
        ));
    }
    for name in ["isAbs", "osIsAbs"] {
        table.push(Function::new(
            family,
            name,
            "Whether a path begins at the root",
            |path: Str| path.as_bytes().starts_with(b"/"),
        ));
    }
    table.extend([
        Function::new(family, "urlParse", "The parts of a URL as a map", url_parse),
        Function::new(family, "urlJoin", "The URL of its parts", url_join),
    ]);
}

/// `path.Clean`.
fn clean(path: &[u8]) -> Str {
    let rooted = path.starts_with(b"/");
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => match parts.last() {
                Some(&last) if last != b".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    let joined = parts.join(&b'/');
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/", joined.as_slice()].concat().into(),
        (false, true) => ".".into(),
        (false, false) => joined.into(),
    }
}

/// `path.Base`.
fn base(path: Str) -> Str {
    let bytes = path.as_bytes();
    if bytes.is_empty() {
        return ".".into();
    }
    let end = bytes
        .iter()
        .rposition(|&byte| byte != b'/')
        .map_or(0, |last| last + 1);
    if end == 0 {
        return "/".into();
    }
    let start = bytes[..end]
        .iter()
        .rposition(|&byte| byte == b'/')
        .map_or(0, |slash| slash + 1);
    Str::from_bytes(&bytes[start..end])
}

/// `path.Dir`.
fn dir(path: Str) -> Str {
    let bytes = path.as_bytes();
    let end = bytes
        .iter()
        .rposition(|&byte| byte == b'/')
        .map_or(0, |slash| slash + 1);
    clean(&bytes[..end])
}

/// `path.Ext`.
fn ext(path: Str) -> Str {
    let bytes = path.as_bytes();
    match bytes.iter().rposition(|&byte| byte == b'.' || byte == b'/') {
        Some(dot) if bytes[dot] == b'.' => Str::from_bytes(&bytes[dot..]),
        _ => Str::default(),
    }
}

/// As Go's `url.Parse`, with its errors.
pub(crate) fn parse_url(text: &str) -> Result<url::Url, String> {
    url::Url::parse(text)
}

fn url_parse(text: String) -> Result<Value, CallError> {
    let url = url::Url::parse(&text).map_err(|error| format!("unable to parse url: {error}"))?;
    let userinfo = url
        .user
        .as_ref()
        .map(url::User::to_string)
        .unwrap_or_default();
    Ok(Value::map([
        ("scheme".into(), Value::str(url.scheme.as_str())),
        ("host".into(), Value::str(url.host.as_str())),
        ("hostname".into(), Value::str(url.hostname())),
        ("path".into(), Value::str(url.path.as_str())),
        ("query".into(), Value::str(url.query.as_str())),
        ("opaque".into(), Value::str(url.opaque.as_str())),
        ("fragment".into(), Value::str(url.fragment.as_str())),
        ("userinfo".into(), Value::str(userinfo)),
    ]))
}

/// An entry that must be text if it is there.
fn part(map: &Map, key: &str) -> Result<String, CallError> {
    match map.get(key.as_bytes()) {
        None => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.to_string_lossy().into_owned()),
        Some(Value::Nil) => Err(super::cast::NIL_POINTER.into()),
        Some(other) => Err(CallError(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            other.go_kind()
        ))),
    }
}

fn url_join(map: Map) -> Result<String, CallError> {
    let mut url = url::Url {
        scheme: part(&map, "scheme")?,
        host: part(&map, "host")?,
        path: part(&map, "path")?,
        query: part(&map, "query")?,
        opaque: part(&map, "opaque")?,
        fragment: part(&map, "fragment")?,
        ..url::Url::default()
    };
    let userinfo = part(&map, "userinfo")?;
    if !userinfo.is_empty() {
        let parsed = url::Url::parse(&format!("proto://{userinfo}@host"))
            .map_err(|error| format!("unable to parse userinfo in dict: {error}"))?;
        url.user = parsed.user;
    }
    Ok(url.to_string())
}
