//! Sprig v3.3.0: base64 and base32 (strings.go) and the JSON that Helm leaves to it (defaults.go).

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{CallError, Family, Function, Host, json};
use crate::value::{Str, Value};

mod base;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Encoding;
    table.extend([
        Function::new(family, "b64enc", "Text in base64", b64enc),
        Function::new(
            family,
            "b64dec",
            "The text of a base64, or what is wrong with it",
            b64dec,
        ),
        Function::new(family, "b32enc", "Text in base32", b32enc),
        Function::new(
            family,
            "b32dec",
            "The text of a base32, or what is wrong with it",
            b32dec,
        ),
        Function::new(
            family,
            "mustFromJson",
            "The value of a JSON text",
            must_from_json,
        ),
    ]);
    for name in ["toPrettyJson", "mustToPrettyJson"] {
        table.push(Function::new(
            family,
            name,
            "A value as indented JSON",
            match name {
                "toPrettyJson" => to_pretty_json,
                _ => must_to_pretty_json,
            } as fn(&mut Host, Value) -> Result<Str, CallError>,
        ));
    }
    for name in ["toRawJson", "mustToRawJson"] {
        let help = "A value as JSON, without escapes for HTML";
        table.push(Function::new(family, name, help, to_raw_json));
    }
}

fn b64enc(host: &mut Host, text: Str) -> Result<String, CallError> {
    host.meter.value(text.len() / 3 * 4 + 4)?;
    Ok(STANDARD.encode(text.as_bytes()))
}

fn b64dec(text: Str) -> Str {
    base::base64(text.as_bytes()).map_or_else(Str::from, Str::from)
}

/// The bytes of a base64.
///
/// # Errors
/// Go's words for what is wrong with it.
pub(super) fn base64_bytes(text: &[u8]) -> Result<Vec<u8>, String> {
    base::base64(text)
}

fn b32enc(host: &mut Host, text: Str) -> Result<String, CallError> {
    host.meter.value(text.len() / 5 * 8 + 8)?;
    Ok(base::to_base32(text.as_bytes()))
}

fn b32dec(text: Str) -> Str {
    base::base32(text.as_bytes()).map_or_else(Str::from, Str::from)
}

fn must_from_json(text: Str) -> Result<Value, CallError> {
    json::decode(text.as_bytes()).map_err(CallError)
}

/// A value as JSON text.
pub(super) fn to_json(
    host: &mut Host,
    value: &Value,
    style: json::Style,
) -> Result<Result<Str, CallError>, CallError> {
    host.measure(value)?;
    let text = json::encode(value, style);
    if let Ok(text) = &text {
        host.meter.value(text.len())?;
    }
    Ok(text.map(Str::from).map_err(CallError))
}

const PRETTY: json::Style = json::Style {
    raw_html: false,
    pretty: true,
};

/// Errors are dropped.
fn to_pretty_json(host: &mut Host, value: Value) -> Result<Str, CallError> {
    Ok(to_json(host, &value, PRETTY)?.unwrap_or_default())
}

fn must_to_pretty_json(host: &mut Host, value: Value) -> Result<Str, CallError> {
    to_json(host, &value, PRETTY)?
}

fn to_raw_json(host: &mut Host, value: Value) -> Result<Str, CallError> {
    to_json(
        host,
        &value,
        json::Style {
            raw_html: true,
            pretty: false,
        },
    )?
}
