//! `html`, `js` and `urlquery`.

use crate::{
    functions::{CallError, Family, Function, Host, printf},
    value::{Str, Value},
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Builtin;
    table.extend([
        Function::new(family, "html", "The values as text, escaped for HTML", html),
        Function::new(
            family,
            "js",
            "The values as text, escaped for JavaScript",
            js,
        ),
        Function::new(
            family,
            "urlquery",
            "The values as text, escaped for a URL's query",
            urlquery,
        ),
    ]);
}

/// `evalArgs`: as `print`, but nil is `<no value>`.
fn text(host: &mut Host, values: &[Value]) -> Result<Vec<u8>, CallError> {
    let values: Vec<Value> = values
        .iter()
        .map(|value| {
            if value.is_nil() {
                Value::str("<no value>")
            } else {
                value.clone()
            }
        })
        .collect();
    super::sprint(host, &values)
}

fn html(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    let text = text(host, values)?;
    let mut out = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            other => out.push(other),
        }
    }
    host.meter.value(out.len())?;
    Ok(out.into())
}

fn js(host: &mut Host, values: &[Value]) -> Result<String, CallError> {
    let text = text(host, values)?;
    let mut out = String::with_capacity(text.len());
    for c in String::from_utf8_lossy(&text).chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '"' => out.push_str("\\\""),
            '<' | '>' | '&' | '=' | '\0'..='\u{1f}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c if c.is_ascii() || printf::is_print(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    host.meter.value(out.len())?;
    Ok(out)
}

/// `url.QueryEscape`.
fn urlquery(host: &mut Host, values: &[Value]) -> Result<String, CallError> {
    let text = text(host, values)?;
    let mut out = String::with_capacity(text.len());
    for byte in text {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    host.meter.value(out.len())?;
    Ok(out)
}
