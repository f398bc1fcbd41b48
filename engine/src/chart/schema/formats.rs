//! The `format`s in which Go's library and boon differ (format.go of santhosh-tekuri/jsonschema v6.0.3): Go's `net/url`
//! admits more than RFC 3986 does, `semver` is only there, international names only here.

use std::error::Error;
use std::net::Ipv6Addr;

use boon::Format;
use serde_json::Value as Json;

use super::patterns;
use crate::functions::{parse_url, quote_char};

/// What a check says of a text.
type Verdict = Result<(), String>;

/// The name of the format `regex` for boon, whose own one cannot be replaced.
pub(super) const REGEX: &str = "go-regexp";

/// Tells boon of the formats as Go has them.
pub(super) fn register(compiler: &mut boon::Compiler) {
    for name in ["uri", "iri"] {
        compiler.register_format(Format {
            name,
            func: |value| on_text(value, uri),
        });
    }
    for name in ["uri-reference", "iri-reference"] {
        compiler.register_format(Format {
            name,
            func: |value| on_text(value, uri_reference),
        });
    }
    compiler.register_format(Format {
        name: "uri-template",
        func: |value| on_text(value, uri_template),
    });
    compiler.register_format(Format {
        name: "semver",
        func: |value| on_text(value, semver),
    });
    compiler.register_format(Format {
        name: REGEX,
        func: |value| on_text(value, |pattern| patterns::translated(pattern).map(|_| ())),
    });
    for name in ["idn-email", "idn-hostname"] {
        compiler.register_format(Format {
            name,
            func: |_| Ok(()),
        });
    }
}

fn on_text(value: &Json, check: fn(&str) -> Verdict) -> Result<(), Box<dyn Error>> {
    match value {
        Json::String(text) => Ok(check(text)?),
        _ => Ok(()),
    }
}

/// `parseURL`: whether there is a scheme.
fn parse(text: &str) -> Result<bool, String> {
    let url = parse_url(text)?;
    let host = url.hostname();
    if host.contains(':') {
        if !url.host.contains('[') || !url.host.contains(']') {
            return Err("ipv6 address not enclosed in brackets".to_owned());
        }
        host.parse::<Ipv6Addr>()
            .map_err(|error| format!("invalid ipv6 address: {error}"))?;
    }
    Ok(!url.scheme.is_empty())
}

pub(super) fn uri(text: &str) -> Verdict {
    match parse(text)? {
        true => Ok(()),
        false => Err("relative url".to_owned()),
    }
}

pub(super) fn uri_reference(text: &str) -> Verdict {
    if text.contains('\\') {
        return Err("contains \\".to_owned());
    }
    parse(text).map(|_| ())
}

fn uri_template(text: &str) -> Verdict {
    parse(text)?;
    let path = parse_url(text)?.path;
    // Go looks only at a path that has something to escape.
    if !text.contains(['{', '}']) {
        return Ok(());
    }
    for part in path.split('/') {
        let mut opens = true;
        for brace in part.chars().filter(|c| matches!(c, '{' | '}')) {
            if (brace == '{') != opens {
                return Err("nested curly braces".to_owned());
            }
            opens = !opens;
        }
        if !opens {
            return Err("no matching closing brace".to_owned());
        }
    }
    Ok(())
}

fn semver(text: &str) -> Verdict {
    let (text, build) = match text.split_once('+') {
        Some((text, build)) => (text, Some(build)),
        None => (text, None),
    };
    if let Some(build) = build {
        if build.is_empty() {
            return Err("build is empty".to_owned());
        }
        identifiers(build, "build")?;
    }
    let (core, release) = match text.split_once('-') {
        Some((core, release)) => (core, Some(release)),
        None => (text, None),
    };
    if let Some(release) = release {
        identifiers(release, "pre-release")?;
    }
    let numbers: Vec<&str> = core.split('.').collect();
    if numbers.len() != 3 {
        return Err("versionCore must have 3 numbers separated by dot".to_owned());
    }
    for (name, number) in ["major", "minor", "patch"].into_iter().zip(numbers) {
        if number.is_empty() {
            return Err(format!("{name} is empty"));
        }
        if has_leading_zero(number) {
            return Err(format!("{name} starts with zero"));
        }
        if !is_digits(number) {
            return Err(format!("{name} contains non-digit"));
        }
    }
    Ok(())
}

fn identifiers(text: &str, kind: &str) -> Verdict {
    for identifier in text.split('.') {
        if identifier.is_empty() {
            return Err(format!("{kind} identifier is empty"));
        }
        let odd = |c: &char| !c.is_ascii_alphanumeric() && *c != '-';
        if let Some(c) = identifier.chars().find(odd) {
            return Err(format!(
                "invalid character {} in {kind} identifier",
                quote_char(c, false)
            ));
        }
        if kind == "pre-release" && is_digits(identifier) && has_leading_zero(identifier) {
            return Err("pre-release numeric identifier starts with zero".to_owned());
        }
    }
    Ok(())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0')
}
