//! Sprig v3.3.0, regex.go: Go's regular expressions.
//!
//! Patterns are translated from RE2's grammar, with Go's errors, to the crate's, and kept
//! compiled. Matching is in linear time, as in Go.

mod translate;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use ::regex::bytes::{Captures, Match, Regex, RegexBuilder};

use super::{CallError, Family, Function, Host, printf};
use crate::value::{List, ListKind, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Regex;
    table.extend([
        Function::new(
            family,
            "regexMatch",
            "Whether a text matches",
            |pattern: Str, text: Str| {
                compile(&pattern).is_ok_and(|regex| regex.is_match(text.as_bytes()))
            },
        ),
        Function::new(
            family,
            "mustRegexMatch",
            "Whether a text matches, or an error",
            |pattern: Str, text: Str| {
                Ok(compile(&pattern)?.is_match(text.as_bytes())) as Result<bool, CallError>
            },
        ),
        Function::new(
            family,
            "regexQuoteMeta",
            "A pattern for just this text",
            quote_meta,
        ),
    ]);
    for must in [false, true] {
        let name = |plain: &'static str, must_name: &'static str| {
            if must { must_name } else { plain }
        };
        let get = move |pattern: &Str| {
            compile(pattern).map_err(|error| {
                if must {
                    error
                } else {
                    panicked(pattern, &error)
                }
            })
        };
        table.extend([
            Function::new(
                family,
                name("regexFind", "mustRegexFind"),
                "The first match",
                move |pattern: Str, text: Str| find(&*get(&pattern)?, &text),
            ),
            Function::new(
                family,
                name("regexFindAll", "mustRegexFindAll"),
                "The first matches, or all",
                move |pattern: Str, text: Str, count: i64| find_all(&*get(&pattern)?, &text, count),
            ),
            Function::new(
                family,
                name("regexSplit", "mustRegexSplit"),
                "The parts of a text between matches",
                move |pattern: Str, text: Str, count: i64| {
                    let regex = get(&pattern)?;
                    Ok(split(&regex, &pattern, &text, count)) as Result<List, CallError>
                },
            ),
            Function::new(
                family,
                name("regexReplaceAll", "mustRegexReplaceAll"),
                "A text with all matches replaced, $1 being a group",
                move |host: &mut Host, pattern: Str, text: Str, with: Str| {
                    replace(host, &*get(&pattern)?, &text, &with, true)
                },
            ),
            Function::new(
                family,
                name("regexReplaceAllLiteral", "mustRegexReplaceAllLiteral"),
                "A text with all matches replaced by a text",
                move |host: &mut Host, pattern: Str, text: Str, with: Str| {
                    replace(host, &*get(&pattern)?, &text, &with, false)
                },
            ),
        ]);
    }
}

/// Compiled patterns are kept up to this number.
const KEPT: usize = 256;
/// What one compiled pattern may take.
const SIZE_LIMIT: usize = 4 << 20;

type Compiled = Result<Arc<Regex>, CallError>;

/// All renders share the patterns: each runs on a thread of its own, and charts use few.
static COMPILED: LazyLock<Mutex<HashMap<Str, Compiled>>> = LazyLock::new(Mutex::default);

fn compile(pattern: &Str) -> Compiled {
    let compiled = || COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = compiled().get(pattern) {
        return regex.clone();
    }
    // Others need not wait while this one is compiled.
    let regex = compile_new(&pattern.to_string_lossy());
    let mut compiled = compiled();
    if compiled.len() >= KEPT {
        compiled.clear();
    }
    compiled.insert(pattern.clone(), regex.clone());
    regex
}

fn compile_new(pattern: &str) -> Compiled {
    let parsing = |problem: &str| CallError(format!("error parsing regexp: {problem}"));
    let translated = translate::translate(pattern).map_err(|problem| parsing(&problem))?;
    RegexBuilder::new(&translated)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .build()
        .map(Arc::new)
        .map_err(|_| parsing(&format!("expression too large: `{pattern}`")))
}

/// The panic of `regexp.MustCompile`.
fn panicked(pattern: &Str, error: &CallError) -> CallError {
    let quoted = printf::format(b"%#q", &[Value::String(pattern.clone())]);
    CallError(format!(
        "regexp: Compile({}): {error}",
        String::from_utf8_lossy(&quoted)
    ))
}

/// Whether a match is one for Go, too: the crate's search in bytes finds empty text also between
/// the bytes of one character.
fn fits(text: &[u8], start: usize, end: usize) -> bool {
    start != end || text.get(start).is_none_or(|byte| byte & 0xC0 != 0x80)
}

/// All matches.
fn matches<'r, 't: 'r>(regex: &'r Regex, text: &'t [u8]) -> impl Iterator<Item = Match<'t>> + 'r {
    regex
        .find_iter(text)
        .filter(|found| fits(text, found.start(), found.end()))
}

fn find(regex: &Regex, text: &Str) -> Result<Str, CallError> {
    let found = matches(regex, text.as_bytes()).next();
    Ok(found
        .map(|found| Str::from_bytes(found.as_bytes()))
        .unwrap_or_default())
}

/// How many matches are wanted: a negative number means all.
fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Without a match it is the nil slice.
fn find_all(regex: &Regex, text: &Str, count: i64) -> Result<List, CallError> {
    let found: Vec<Value> = matches(regex, text.as_bytes())
        .take(limit(count))
        .map(|found| Value::String(Str::from_bytes(found.as_bytes())))
        .collect();
    Ok(if found.is_empty() {
        List::nil(ListKind::String)
    } else {
        List::new(ListKind::String, found)
    })
}

/// `Regexp.Split`.
fn split(regex: &Regex, pattern: &Str, text: &Str, count: i64) -> List {
    if count == 0 {
        return List::nil(ListKind::String);
    }
    let bytes = text.as_bytes();
    if !pattern.is_empty() && bytes.is_empty() {
        return List::new(ListKind::String, vec![Value::str("")]);
    }
    let mut parts = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for found in matches(regex, bytes).take(limit(count)) {
        if count > 0 && parts.len() + 1 == limit(count) {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(Value::String(Str::from_bytes(&bytes[begin..end])));
        }
        begin = found.end();
    }
    if end != bytes.len() {
        parts.push(Value::String(Str::from_bytes(&bytes[begin..])));
    }
    List::new(ListKind::String, parts)
}

fn replace(
    host: &mut Host,
    regex: &Regex,
    text: &Str,
    with: &Str,
    expanded: bool,
) -> Result<Str, CallError> {
    let bytes = text.as_bytes();
    host.meter.work(bytes.len() / 16)?;
    let mut out = Vec::new();
    let mut last = 0;
    for captures in regex.captures_iter(bytes) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if !fits(bytes, whole.start(), whole.end()) {
            continue;
        }
        out.extend_from_slice(&bytes[last..whole.start()]);
        last = whole.end();
        if expanded {
            expand(with.as_bytes(), &captures, &mut out);
        } else {
            out.extend_from_slice(with.as_bytes());
        }
        host.meter.value(out.len())?;
    }
    out.extend_from_slice(&bytes[last..]);
    Ok(out.into())
}

/// `Regexp.Expand`: `$name` takes as many letters, digits and underscores as it can.
fn expand(template: &[u8], captures: &Captures<'_>, out: &mut Vec<u8>) {
    let mut rest = template;
    while let Some(dollar) = rest.iter().position(|&byte| byte == b'$') {
        out.extend_from_slice(&rest[..dollar]);
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix(b"$") {
            out.push(b'$');
            rest = after;
            continue;
        }
        let Some((name, after)) = group_name(rest) else {
            out.push(b'$');
            continue;
        };
        rest = after;
        let group = match name.parse::<usize>() {
            Ok(number) => captures.get(number),
            Err(_) => captures.name(&translate::crate_name(name)),
        };
        if let Some(group) = group {
            out.extend_from_slice(group.as_bytes());
        }
    }
    out.extend_from_slice(rest);
}

/// The name behind a `$`, in braces or not.
fn group_name(rest: &[u8]) -> Option<(&str, &[u8])> {
    let braced = rest.starts_with(b"{");
    let start = usize::from(braced);
    let text = match std::str::from_utf8(&rest[start..]) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&rest[start..start + error.valid_up_to()]).ok()?,
    };
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let name = &text[..end];
    let mut after = &rest[start + end..];
    if name.is_empty() {
        return None;
    }
    if braced {
        after = after.strip_prefix(b"}")?;
    }
    Some((name, after))
}

/// `regexp.QuoteMeta`.
fn quote_meta(text: Str) -> Str {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.into()
}
