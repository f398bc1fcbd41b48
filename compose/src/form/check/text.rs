//! What a schema asks of a text: length, pattern, format.

use regex_lite::RegexBuilder;

use crate::form::shorten;

/// The largest program that a pattern may become.
const MAX_PROGRAM: usize = 1 << 20;

/// The longest text that is matched; a longer one is left to Helm's own check.
const MAX_TEXT: usize = 10_000;

/// Whether a pattern matches somewhere in a text; none when it is beyond this grammar (look-around
/// and back references, which only Helm's own check judges then).
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let regex = RegexBuilder::new(pattern)
        .size_limit(MAX_PROGRAM)
        .build()
        .ok()?;
    Some(regex.is_match(text))
}

pub(super) fn length(text: &str, min: Option<usize>, max: Option<usize>) -> Result<(), String> {
    let count = text.chars().count();
    match (min, max) {
        (Some(1), _) if count == 0 => Err("must not be empty".to_owned()),
        (Some(min), _) if count < min => {
            Err(format!("must have at least {min} characters, not {count}"))
        }
        (_, Some(max)) if count > max => {
            Err(format!("must have at most {max} characters, not {count}"))
        }
        _ => Ok(()),
    }
}

pub(super) fn pattern(text: &str, pattern: Option<&str>) -> Result<(), String> {
    match pattern {
        Some(pattern) if matches(pattern, text) == Some(false) => Err(format!(
            "`{}` does not have the form that the chart asks for: {}",
            shorten(text, 60),
            shorten(pattern, 120)
        )),
        _ => Ok(()),
    }
}

/// The formats that are simple enough to tell a person about. Helm's own check asserts none.
pub(super) fn format(text: &str, format: Option<&str>) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    let told = |what: &str| Err(format!("`{}` is not {what}", shorten(text, 60)));
    match format {
        Some("ipv4") if text.parse::<std::net::Ipv4Addr>().is_err() => {
            told("an IPv4 address like 10.0.0.1")
        }
        Some("ipv6") if text.parse::<std::net::Ipv6Addr>().is_err() => told("an IPv6 address"),
        Some("email") if !text.contains('@') => told("an e-mail address"),
        Some("uri" | "url") if !text.contains(':') || text.contains(' ') => {
            told("an address like https://host/path")
        }
        _ => Ok(()),
    }
}
