//! Writing JSON: `Marshal`, `MarshalIndent` and an encoder that does not escape HTML.

use crate::{
    functions::cast::bytes,
    value::{ListKind, MapKind, Value},
};

/// How JSON is laid out.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::functions) struct Style {
    /// Whether `<`, `>` and `&` are left as they are.
    pub(in crate::functions) raw_html: bool,
    /// Whether every value has its own line, indented by two spaces.
    pub(in crate::functions) pretty: bool,
}

/// Deeper values are refused; Go looks for cycles from here on.
const MAX_DEPTH: usize = 1_000;

/// The JSON text of a value.
///
/// # Errors
/// With Go's text for what JSON cannot hold.
pub(in crate::functions) fn encode(value: &Value, style: Style) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    write(value, style, 0, &mut out)?;
    Ok(out)
}

fn write(value: &Value, style: Style, depth: usize, out: &mut Vec<u8>) -> Result<(), String> {
    if depth > MAX_DEPTH {
        let name = value.go_type();
        return Err(format!(
            "json: unsupported value: encountered a cycle via {name}"
        ));
    }
    match value {
        Value::Nil => out.extend_from_slice(b"null"),
        Value::Bool(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        Value::Int(_) | Value::Int64(_) | Value::Uint64(_) | Value::Uint8(_) => value.print_to(out),
        Value::Float(number) if !number.is_finite() => {
            let name = values::go::format_float(*number);
            return Err(format!("json: unsupported value: {name}"));
        }
        Value::Float(number) => {
            out.extend_from_slice(values::go::json_float(*number).as_bytes());
        }
        Value::String(text) => string(text.as_bytes(), style, out),
        Value::List(list) if list.is_nil() => out.extend_from_slice(b"null"),
        Value::List(list) if list.kind() == ListKind::Byte => {
            use base64::Engine as _;
            let text = base64::engine::general_purpose::STANDARD.encode(bytes(list));
            string(text.as_bytes(), style, out);
        }
        Value::List(list) => {
            out.push(b'[');
            for (index, item) in list.iter().enumerate() {
                item_start(index, style, depth + 1, out);
                write(item, style, depth + 1, out)?;
            }
            end(list.is_empty(), style, depth, out);
            out.push(b']');
        }
        Value::Map(map) if map.kind() == MapKind::NilString => out.extend_from_slice(b"null"),
        Value::Map(map) => write_entries(map.read().iter(), style, depth, out)?,
        Value::Object(object) => match object.json_fields() {
            Some(fields) => {
                let fields = fields.iter().map(|(key, item)| (*key, item));
                write_entries(fields, style, depth, out)?;
            }
            None => write(&object.to_json(), style, depth + 1, out)?,
        },
    }
    Ok(())
}

fn write_entries<'e, K: AsRef<[u8]>>(
    entries: impl Iterator<Item = (K, &'e Value)>,
    style: Style,
    depth: usize,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let mut is_empty = true;
    out.push(b'{');
    for (index, (key, item)) in entries.enumerate() {
        is_empty = false;
        item_start(index, style, depth + 1, out);
        string(key.as_ref(), style, out);
        out.extend_from_slice(if style.pretty { b": " } else { b":" });
        write(item, style, depth + 1, out)?;
    }
    end(is_empty, style, depth, out);
    out.push(b'}');
    Ok(())
}

fn item_start(index: usize, style: Style, depth: usize, out: &mut Vec<u8>) {
    if index > 0 {
        out.push(b',');
    }
    line(style, depth, out);
}

fn end(empty: bool, style: Style, depth: usize, out: &mut Vec<u8>) {
    if !empty {
        line(style, depth, out);
    }
}

fn line(style: Style, depth: usize, out: &mut Vec<u8>) {
    if style.pretty {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    }
}

/// Text in quotes; each byte that is not UTF-8 becomes `\ufffd`.
fn string(text: &[u8], style: Style, out: &mut Vec<u8>) {
    out.push(b'"');
    // Nearly every text stands for itself.
    if text.iter().all(|byte| stands_for_itself(*byte)) {
        out.extend_from_slice(text);
        out.push(b'"');
        return;
    }
    for chunk in text.utf8_chunks() {
        values::go::json_quoted(chunk.valid(), !style.raw_html, |piece| {
            out.extend_from_slice(piece.as_bytes());
        });
        for _ in chunk.invalid() {
            out.extend_from_slice(b"\\ufffd");
        }
    }
    out.push(b'"');
}

/// Whether it is printed as it is in every style.
fn stands_for_itself(byte: u8) -> bool {
    values::go::stands_for_itself(byte) && !matches!(byte, b'<' | b'>' | b'&')
}
