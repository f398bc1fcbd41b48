//! Sprig v3.3.0, strings.go, and what it takes from Go's `strings`, goutils v1.1.1 and
//! xstrings v1.5.0.
//!
//! Text is bytes: lengths and cuts count bytes, and may split a character.

mod case;
mod random;
mod words;
mod wrap;

use super::{
    CallError, Family, Function, Host,
    cast::{slice_bounds, strval},
    printf,
};
use crate::value::{Map, MapKind, Str, Value};

pub(super) use case::{lower, upper};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Strings;
    table.extend([
        Function::new(family, "hello", "The text Hello!", || "Hello!"),
        Function::new(family, "trim", "Text without white space around it", trim),
        Function::new(family, "upper", "Text in upper case", |text: String| {
            upper(&text)
        }),
        Function::new(family, "lower", "Text in lower case", |text: String| {
            lower(&text)
        }),
        Function::new(
            family,
            "title",
            "Text with each word's first letter large",
            |text: String| case::title(&text),
        ),
        Function::new(
            family,
            "untitle",
            "Text with each word's first letter small",
            |text: String| case::untitle(&text),
        ),
        Function::new(
            family,
            "swapcase",
            "Text with cases swapped",
            |text: String| case::swap_case(&text),
        ),
        Function::new(
            family,
            "trunc",
            "The first bytes of a text, or the last",
            trunc,
        ),
        Function::new(
            family,
            "substr",
            "Part of a text, from and to a byte",
            substr,
        ),
        Function::new(family, "repeat", "A text several times", repeat),
        Function::new(family, "trimSuffix", "Text without this end", trim_suffix),
        Function::new(
            family,
            "trimPrefix",
            "Text without this beginning",
            trim_prefix,
        ),
        Function::new(family, "contains", "Whether a text holds another", contains),
        Function::new(
            family,
            "hasPrefix",
            "Whether a text begins with another",
            has_prefix,
        ),
        Function::new(
            family,
            "hasSuffix",
            "Whether a text ends with another",
            has_suffix,
        ),
        Function::new(
            family,
            "quote",
            "The values in double quotes, escaped as in Go",
            quote,
        ),
        Function::new(
            family,
            "squote",
            "The values in single quotes, not escaped",
            squote,
        ),
        Function::new(family, "cat", "The values with spaces between them", cat),
        Function::new(
            family,
            "indent",
            "Text with spaces before each line",
            indent,
        ),
        Function::new(
            family,
            "nindent",
            "A newline, then text with spaces before each line",
            nindent,
        ),
        Function::new(
            family,
            "replace",
            "Text with one part replaced by another",
            replace,
        ),
        Function::new(
            family,
            "plural",
            "The first text for a count of 1, else the second",
            plural,
        ),
        Function::new(family, "toString", "Any value as text", to_string),
        Function::new(
            family,
            "split",
            "The parts of a text as a map of _0, _1, …",
            split,
        ),
        Function::new(family, "splitn", "As split, at most so many parts", splitn),
        Function::new(
            family,
            "splitList",
            "The parts of a text as a list",
            split_list,
        ),
        Function::new(
            family,
            "nospace",
            "Text without white space",
            words::nospace,
        ),
        Function::new(
            family,
            "initials",
            "The first letters of the words",
            words::initials,
        ),
        Function::new(
            family,
            "abbrev",
            "Text cut to a width, with an ellipsis",
            wrap::abbrev,
        ),
        Function::new(
            family,
            "abbrevboth",
            "Text cut on both sides",
            wrap::abbrev_both,
        ),
        Function::new(family, "wrap", "Text in lines of a width", wrap::wrap),
        Function::new(
            family,
            "wrapWith",
            "Text in lines of a width, cut by a text",
            wrap::wrap_with,
        ),
        Function::new(
            family,
            "snakecase",
            "some_words_like_this",
            |text: String| words::separated(&text, '_'),
        ),
        Function::new(
            family,
            "kebabcase",
            "some-words-like-this",
            |text: String| words::separated(&text, '-'),
        ),
        Function::new(family, "camelcase", "SomeWordsLikeThis", |text: String| {
            words::pascal(&text)
        }),
    ]);
    for name in ["trimAll", "trimall"] {
        table.push(Function::new(
            family,
            name,
            "Text without these characters around it",
            trim_all,
        ));
    }
    random::register(table);
}

/// Where a text first holds another.
pub(super) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, part)
}

/// Where each part of Go's `strings.Split` begins and ends, at most `limit` of them.
fn parts<'a>(text: &'a [u8], separator: &[u8], limit: Option<usize>) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut rest = text;
    let room = |parts: &Vec<&[u8]>| limit.is_none_or(|limit| parts.len() + 1 < limit);
    if separator.is_empty() {
        while !rest.is_empty() {
            let end = if room(&parts) {
                char_len(rest)
            } else {
                rest.len()
            };
            let (part, after) = rest.split_at(end);
            parts.push(part);
            rest = after;
        }
        return parts;
    }
    while room(&parts) {
        let Some(index) = find(rest, separator) else {
            break;
        };
        parts.push(&rest[..index]);
        rest = &rest[index + separator.len()..];
    }
    parts.push(rest);
    parts
}

/// The bytes of the first character; 1 for what is not UTF-8.
pub(super) fn char_len(text: &[u8]) -> usize {
    if text.first().is_some_and(u8::is_ascii) {
        return 1;
    }
    let head = &text[..text.len().min(4)];
    match std::str::from_utf8(head) {
        Ok(head) => head.chars().next().map_or(1, char::len_utf8),
        Err(error) => {
            let valid = std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default();
            valid.chars().next().map_or(1, char::len_utf8)
        }
    }
}

fn trim(text: Str) -> Str {
    match text.as_utf8() {
        Some(utf8) => {
            let trimmed = utf8.trim();
            if trimmed.len() == utf8.len() {
                text
            } else {
                trimmed.into()
            }
        }
        None => Str::from_bytes(text.as_bytes().trim_ascii()),
    }
}

/// A negative count keeps the end.
fn trunc(count: i64, text: Str) -> Str {
    let bytes = text.as_bytes();
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if size >= bytes.len() {
        return text;
    }
    if count < 0 {
        Str::from_bytes(&bytes[bytes.len() - size..])
    } else {
        Str::from_bytes(&bytes[..size])
    }
}

/// A negative start means from 0; a negative or too large end means to the end.
fn substr(start: i64, end: i64, text: Str) -> Result<Str, CallError> {
    let bytes = text.as_bytes();
    let index = |number: i64| usize::try_from(number).ok();
    if start < 0 {
        let part = index(end).and_then(|end| bytes.get(..end));
        return part
            .map(Str::from_bytes)
            .ok_or_else(|| slice_bounds(None, end, bytes.len()));
    }
    let stop = index(end)
        .filter(|&end| end <= bytes.len())
        .unwrap_or(bytes.len());
    let part = index(start).and_then(|start| bytes.get(start..stop));
    part.map(Str::from_bytes).ok_or_else(|| {
        let stop = i64::try_from(stop).unwrap_or(i64::MAX);
        slice_bounds(Some(start), stop, bytes.len())
    })
}

/// The text of `strings.Repeat`, its size counted first.
pub(super) fn repeated(host: &mut Host, text: &[u8], count: i64) -> Result<Vec<u8>, CallError> {
    let size = repeated_size(host, text.len(), count)?;
    Ok(text.repeat(size.checked_div(text.len()).unwrap_or(0)))
}

/// How long a text of so many bytes is so many times, if that may be made.
fn repeated_size(host: &mut Host, length: usize, count: i64) -> Result<usize, CallError> {
    if count < 0 {
        return Err("strings: negative Repeat count".into());
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let size = length
        .checked_mul(count)
        .ok_or("strings: Repeat output length overflow")?;
    host.meter.value(size)?;
    Ok(size)
}

fn repeat(host: &mut Host, count: i64, text: Str) -> Result<Str, CallError> {
    Ok(repeated(host, text.as_bytes(), count)?.into())
}

fn trim_suffix(suffix: Str, text: Str) -> Str {
    match text.as_bytes().strip_suffix(suffix.as_bytes()) {
        Some(rest) if !suffix.is_empty() => Str::from_bytes(rest),
        _ => text,
    }
}

fn trim_prefix(prefix: Str, text: Str) -> Str {
    match text.as_bytes().strip_prefix(prefix.as_bytes()) {
        Some(rest) if !prefix.is_empty() => Str::from_bytes(rest),
        _ => text,
    }
}

fn trim_all(characters: String, text: Str) -> Str {
    match text.as_utf8() {
        Some(utf8) => utf8.trim_matches(|c| characters.contains(c)).into(),
        None => {
            let unwanted = |byte: &u8| byte.is_ascii() && characters.contains(char::from(*byte));
            let bytes = text.as_bytes();
            let start = bytes.iter().take_while(|byte| unwanted(byte)).count();
            let end = bytes[start..]
                .iter()
                .rev()
                .take_while(|byte| unwanted(byte))
                .count();
            Str::from_bytes(&bytes[start..bytes.len() - end])
        }
    }
}

fn contains(part: Str, text: Str) -> bool {
    find(text.as_bytes(), part.as_bytes()).is_some()
}

fn has_prefix(prefix: Str, text: Str) -> bool {
    text.as_bytes().starts_with(prefix.as_bytes())
}

fn has_suffix(suffix: Str, text: Str) -> bool {
    text.as_bytes().ends_with(suffix.as_bytes())
}

fn to_string(host: &mut Host, value: Value) -> Result<Str, CallError> {
    host.measure(&value)?;
    Ok(strval(&value))
}

/// Nil is left out; everything else is quoted as text.
fn quote(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    listed(host, values, |value, out| {
        let text = match value {
            Value::String(text) => text,
            other => &strval(other),
        };
        printf::quote_to(text.as_bytes(), out);
    })
}

fn squote(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    listed(host, values, |value, out| {
        out.push(b'\'');
        value.print_to(out);
        out.push(b'\'');
    })
}

fn cat(host: &mut Host, values: &[Value]) -> Result<Str, CallError> {
    listed(host, values, Value::print_to)
}

/// The values that are not nil, written one way, with spaces between them.
fn listed(
    host: &mut Host,
    values: &[Value],
    write: impl Fn(&Value, &mut Vec<u8>),
) -> Result<Str, CallError> {
    let mut out = host.buffer();
    let values = values.iter().filter(|value| !value.is_nil());
    for (index, value) in values.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        host.measure(value)?;
        write(value, &mut out);
        host.meter.value(out.len())?;
    }
    Ok(host.text(out))
}

fn indented(host: &mut Host, spaces: i64, text: &Str, lead: &[u8]) -> Result<Str, CallError> {
    let padding = repeated_size(host, 1, spaces)?;
    let text = text.as_bytes();
    let lines = memchr::memchr_iter(b'\n', text).count() + 1;
    let size = padding
        .checked_mul(lines)
        .and_then(|size| size.checked_add(text.len() + lead.len()))
        .unwrap_or(usize::MAX);
    host.meter.value(size)?;
    let mut out = host.buffer();
    out.reserve(size);
    out.extend_from_slice(lead);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text) {
        out.resize(out.len() + padding, b' ');
        out.extend_from_slice(&text[start..=end]);
        start = end + 1;
    }
    out.resize(out.len() + padding, b' ');
    out.extend_from_slice(&text[start..]);
    Ok(host.text(out))
}

/// Empty lines are indented, too.
fn indent(host: &mut Host, spaces: i64, text: Str) -> Result<Str, CallError> {
    indented(host, spaces, &text, b"")
}

fn nindent(host: &mut Host, spaces: i64, text: Str) -> Result<Str, CallError> {
    indented(host, spaces, &text, b"\n")
}

/// Empty text is found before each character and at the end.
fn replace(host: &mut Host, old: Str, new: Str, text: Str) -> Result<Str, CallError> {
    let bytes = text.as_bytes();
    let pieces = if old.is_empty() {
        let mut pieces: Vec<&[u8]> = vec![b""];
        pieces.extend(parts(bytes, b"", None));
        pieces.push(b"");
        if bytes.is_empty() {
            pieces.pop();
            pieces.push(b"");
        }
        pieces
    } else {
        parts(bytes, old.as_bytes(), None)
    };
    if pieces.len() == 1 {
        return Ok(text);
    }
    let size = new
        .len()
        .checked_mul(pieces.len() - 1)
        .and_then(|size| size.checked_add(bytes.len()))
        .unwrap_or(usize::MAX);
    host.meter.value(size)?;
    let mut out = Vec::with_capacity(size);
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(new.as_bytes());
        }
        out.extend_from_slice(piece);
    }
    Ok(out.into())
}

fn plural(one: Str, many: Str, count: i64) -> Str {
    if count == 1 { one } else { many }
}

fn numbered(parts: &[&[u8]]) -> Map {
    Map::from_entries(
        MapKind::String,
        parts.iter().enumerate().map(|(index, part)| {
            (
                Str::from(format!("_{index}")),
                Value::String(Str::from_bytes(part)),
            )
        }),
    )
}

fn split(host: &mut Host, separator: Str, text: Str) -> Result<Map, CallError> {
    host.meter.value(text.len())?;
    Ok(numbered(&parts(
        text.as_bytes(),
        separator.as_bytes(),
        None,
    )))
}

/// 0 parts are none, a negative number means all.
fn splitn(host: &mut Host, separator: Str, count: i64, text: Str) -> Result<Map, CallError> {
    host.meter.value(text.len())?;
    if count == 0 {
        return Ok(Map::new(MapKind::String));
    }
    Ok(numbered(&parts(
        text.as_bytes(),
        separator.as_bytes(),
        usize::try_from(count).ok(),
    )))
}

fn split_list(host: &mut Host, separator: Str, text: Str) -> Result<Value, CallError> {
    host.meter.value(text.len())?;
    let parts = parts(text.as_bytes(), separator.as_bytes(), None);
    Ok(Value::strings(parts.into_iter().map(Str::from_bytes)))
}
