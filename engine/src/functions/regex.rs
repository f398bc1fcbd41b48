//! Sprig v3.3.0, regex.go: Go's regular expressions.
//!
//! Patterns are translated from RE2's grammar, with Go's errors, to the crate's, and kept
//! compiled. Matching is in linear time, as in Go.

mod translate;

pub(crate) use translate::translate;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use regex_automata::{
    Match,
    meta::{Config, Regex},
    util::{captures::Captures, syntax},
};

use super::{CallError, Family, Function, Host, printf};
use crate::value::{List, ListKind, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Regex;
    table.extend([
        Function::new(
            family,
            "regexMatch",
            "Whether a text matches",
            |host: &mut Host, pattern: Str, text: Str| {
                let found = is_match(host, &pattern, &text);
                // A limit that was reached ends the render by itself.
                found.unwrap_or_default()
            },
        ),
        Function::new(
            family,
            "mustRegexMatch",
            "Whether a text matches, or an error",
            |host: &mut Host, pattern: Str, text: Str| is_match(host, &pattern, &text),
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
        let get = move |host: &mut Host, pattern: &Str, text: &Str| {
            let regex = compile(host, pattern).map_err(|error| {
                if must {
                    error
                } else {
                    panicked(pattern, &error)
                }
            })?;
            host.meter.work(search_steps(pattern, text))?;
            Ok(regex) as Compiled
        };
        table.extend([
            Function::new(
                family,
                name("regexFind", "mustRegexFind"),
                "The first match",
                move |host: &mut Host, pattern: Str, text: Str| {
                    find(&*get(host, &pattern, &text)?, &text)
                },
            ),
            Function::new(
                family,
                name("regexFindAll", "mustRegexFindAll"),
                "The first matches, or all",
                move |host: &mut Host, pattern: Str, text: Str, count: i64| {
                    let regex = get(host, &pattern, &text)?;
                    find_all(host, &regex, &text, count)
                },
            ),
            Function::new(
                family,
                name("regexSplit", "mustRegexSplit"),
                "The parts of a text between matches",
                move |host: &mut Host, pattern: Str, text: Str, count: i64| {
                    let regex = get(host, &pattern, &text)?;
                    split(host, &regex, &pattern, &text, count)
                },
            ),
            Function::new(
                family,
                name("regexReplaceAll", "mustRegexReplaceAll"),
                "A text with all matches replaced, $1 being a group",
                move |host: &mut Host, pattern: Str, text: Str, with: Str| {
                    let regex = get(host, &pattern, &text)?;
                    replace(host, &regex, &text, &with, true)
                },
            ),
            Function::new(
                family,
                name("regexReplaceAllLiteral", "mustRegexReplaceAllLiteral"),
                "A text with all matches replaced by a text",
                move |host: &mut Host, pattern: Str, text: Str, with: Str| {
                    let regex = get(host, &pattern, &text)?;
                    replace(host, &regex, &text, &with, false)
                },
            ),
        ]);
    }
}

/// Compiled patterns are kept up to this number.
const KEPT: usize = 256;

type Compiled = Result<Arc<Regex>, CallError>;

/// A pattern that is kept: what it came to within a limit.
struct Kept {
    limit: usize,
    compiled: Result<Arc<Regex>, Unusable>,
}

/// Why a pattern cannot be used.
#[derive(Clone)]
enum Unusable {
    /// It is none, in Go's words.
    Wrong(CallError),
    /// It is larger than the limit.
    TooLarge,
}

/// All renders share the patterns: each runs on a thread of its own, and charts use few.
static COMPILED: LazyLock<Mutex<HashMap<Str, Kept, foldhash::fast::RandomState>>> =
    LazyLock::new(Mutex::default);

fn compile(host: &mut Host, pattern: &Str) -> Compiled {
    let limit = host.meter.regex_limit();
    let patterns = || COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = patterns()
        .get(pattern)
        .filter(|kept| kept.limit == limit)
        .map(|kept| kept.compiled.clone());
    let compiled = match kept {
        Some(compiled) => compiled,
        None => {
            host.meter
                .work(states(pattern).saturating_mul(COMPILE_STEPS))?;
            // Others need not wait while this one is compiled.
            let compiled = compile_new(&pattern.to_string_lossy(), limit);
            let mut patterns = patterns();
            if patterns.len() >= KEPT {
                patterns.clear();
            }
            let kept = Kept {
                limit,
                compiled: compiled.clone(),
            };
            patterns.insert(pattern.clone(), kept);
            compiled
        }
    };
    compiled.map_err(|unusable| match unusable {
        Unusable::Wrong(error) => error,
        Unusable::TooLarge => host.meter.regex_too_large().into(),
    })
}

fn compile_new(pattern: &str, limit: usize) -> Result<Arc<Regex>, Unusable> {
    let translated = translate::translate(pattern).map_err(|problem| {
        Unusable::Wrong(CallError(format!("error parsing regexp: {problem}")))
    })?;
    // As `regex::bytes::Regex` does, but for the automaton of all states: it takes most of the time
    // of compiling a small pattern, and texts are too short to earn it back.
    let config = Config::new()
        .utf8_empty(false)
        .dfa(false)
        .nfa_size_limit(Some(limit))
        .hybrid_cache_capacity(limit);
    Regex::builder()
        .configure(config)
        .syntax(syntax::Config::new().utf8(false))
        .build(&translated)
        .map(Arc::new)
        // What was translated is a regular expression: only its size can be refused.
        .map_err(|_| Unusable::TooLarge)
}

/// Steps that compiling one state counts as.
const COMPILE_STEPS: usize = 4;
/// Go refuses parts that are repeated more often, within each other, too.
const MAX_REPEATS: usize = 1_000;

/// About how many states a pattern has: its characters, each as often as it may be repeated.
fn states(pattern: &Str) -> usize {
    let mut repeats = 1_usize;
    let mut number = None;
    for &byte in pattern.as_bytes() {
        number = match (byte, number) {
            (b'{', _) => Some(0),
            (b'0'..=b'9', Some(before)) => Some(usize::saturating_add(
                usize::saturating_mul(before, 10),
                usize::from(byte - b'0'),
            )),
            (b',' | b'}', Some(count)) => {
                repeats = repeats.saturating_mul(count.max(1)).min(MAX_REPEATS);
                (byte == b',').then_some(0)
            }
            _ => None,
        };
    }
    pattern.len().saturating_mul(repeats)
}

/// What a search through a text counts as: a pattern of many states may look at all of them for
/// each byte, and nobody can ask for the time meanwhile.
fn search_steps(pattern: &Str, text: &Str) -> usize {
    text.len().saturating_mul(1 + states(pattern) / 16) / 4
}

fn is_match(host: &mut Host, pattern: &Str, text: &Str) -> Result<bool, CallError> {
    let regex = compile(host, pattern)?;
    host.meter.work(search_steps(pattern, text))?;
    Ok(regex.is_match(text.as_bytes()))
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
fn matches<'r, 't: 'r>(regex: &'r Regex, text: &'t [u8]) -> impl Iterator<Item = Match> + 'r {
    regex
        .find_iter(text)
        .filter(|found| fits(text, found.start(), found.end()))
}

fn find(regex: &Regex, text: &Str) -> Result<Str, CallError> {
    let bytes = text.as_bytes();
    let found = matches(regex, bytes).next();
    Ok(found
        .map(|found| Str::from_bytes(&bytes[found.range()]))
        .unwrap_or_default())
}

/// How many matches are wanted: a negative number means all.
fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Without a match it is the nil slice.
fn find_all(host: &mut Host, regex: &Regex, text: &Str, count: i64) -> Result<List, CallError> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for one in matches(regex, bytes).take(limit(count)) {
        host.meter.work(1)?;
        found.push(Value::String(Str::from_bytes(&bytes[one.range()])));
    }
    Ok(if found.is_empty() {
        List::nil(ListKind::String)
    } else {
        List::new(ListKind::String, found)
    })
}

/// `Regexp.Split`.
fn split(
    host: &mut Host,
    regex: &Regex,
    pattern: &Str,
    text: &Str,
    count: i64,
) -> Result<List, CallError> {
    if count == 0 {
        return Ok(List::nil(ListKind::String));
    }
    let bytes = text.as_bytes();
    if !pattern.is_empty() && bytes.is_empty() {
        return Ok(List::new(ListKind::String, vec![Value::str("")]));
    }
    let mut parts = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for found in matches(regex, bytes).take(limit(count)) {
        host.meter.work(1)?;
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
    Ok(List::new(ListKind::String, parts))
}

fn replace(
    host: &mut Host,
    regex: &Regex,
    text: &Str,
    with: &Str,
    expanded: bool,
) -> Result<Str, CallError> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut last = 0;
    for captures in regex.captures_iter(bytes) {
        let Some(whole) = captures.get_match() else {
            continue;
        };
        if !fits(bytes, whole.start(), whole.end()) {
            continue;
        }
        out.extend_from_slice(&bytes[last..whole.start()]);
        last = whole.end();
        if expanded {
            expand(with.as_bytes(), bytes, &captures, &mut out);
        } else {
            out.extend_from_slice(with.as_bytes());
        }
        host.meter.value(out.len())?;
    }
    out.extend_from_slice(&bytes[last..]);
    Ok(out.into())
}

/// `Regexp.Expand`: `$name` takes as many letters, digits and underscores as it can.
fn expand(template: &[u8], text: &[u8], captures: &Captures, out: &mut Vec<u8>) {
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
            Ok(number) => captures.get_group(number),
            Err(_) => captures.get_group_by_name(&translate::crate_name(name)),
        };
        if let Some(group) = group {
            out.extend_from_slice(&text[group.range()]);
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
