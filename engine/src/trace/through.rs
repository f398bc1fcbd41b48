//! What functions do to the origins of a text: the rules of docs/trace.md.
//!
//! A function that is not named here gives a text of its own: it is printed by the action that
//! prints it.

use super::spans::{Origin, Spans};

/// A text that goes into a function, and where it came from, if that is known.
pub(crate) struct Argument<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) spans: &'t Spans,
}

/// The origins of what a function made of its arguments; none if it is a new text. `call` is the
/// origin of what the function adds.
pub(crate) fn through(
    function: &str,
    arguments: &[Argument<'_>],
    result: &[u8],
    call: Origin,
) -> Option<Spans> {
    match function {
        "trim" | "trimAll" | "trimall" | "trimPrefix" | "trimSuffix" | "trunc" | "substr" => {
            within(arguments.last()?, result)
        }
        "indent" | "nindent" => lines_within(arguments.last()?, result, call),
        "cat" | "print" | "printf" | "println" | "quote" | "squote" | "toString" => {
            containing(arguments, result, call)
        }
        "lower" | "replace" | "title" | "untitle" | "upper" => {
            line_by_line(arguments.last()?, result)
        }
        _ => None,
    }
}

/// The result is a part of the argument.
fn within(argument: &Argument<'_>, result: &[u8]) -> Option<Spans> {
    let text = argument.text;
    let start = if text.starts_with(result) {
        0
    } else if text.ends_with(result) {
        text.len() - result.len()
    } else {
        memchr::memmem::find(text, result)?
    };
    let mut spans = Spans::default();
    spans.extend_from(argument.spans, start..start + result.len());
    Some(spans)
}

/// The result is the argument, with something put before its lines, and perhaps a line before it.
fn lines_within(argument: &Argument<'_>, result: &[u8], call: Origin) -> Option<Spans> {
    let split = |text: &[u8]| text.split(|&byte| byte == b'\n').map(<[u8]>::len).collect();
    let (given, made): (Vec<usize>, Vec<usize>) = (split(argument.text), split(result));
    let before = made.len().checked_sub(given.len())?;
    let mut spans = Spans::default();
    let mut from = 0;
    let mut to = 0;
    for line in &made[..before] {
        spans.push(line + 1, call);
        to += line + 1;
    }
    for (given, made) in given.iter().zip(&made[before..]) {
        let added = made.checked_sub(*given)?;
        let line = from..(from + given + 1).min(argument.text.len());
        if result.get(to + added..to + made)? != argument.text.get(from..from + given)? {
            return None;
        }
        spans.push(added, call);
        spans.extend_from(argument.spans, line);
        from += given + 1;
        to += made + 1;
    }
    Some(spans)
}

/// The result holds the arguments as they are, in their order, among other text.
fn containing(arguments: &[Argument<'_>], result: &[u8], call: Origin) -> Option<Spans> {
    let mut spans = Spans::default();
    let mut at = 0;
    let mut any = false;
    for argument in arguments.iter().filter(|it| !it.text.is_empty()) {
        let Some(found) = memchr::memmem::find(&result[at..], argument.text) else {
            continue;
        };
        spans.push(found, call);
        spans.extend(argument.spans, |origin| origin);
        at += found + argument.text.len();
        any = true;
    }
    spans.push(result.len() - at, call);
    any.then_some(spans)
}

/// The result has the lines of the argument, each changed. A changed line comes from where its
/// first printed letter came from.
fn line_by_line(argument: &Argument<'_>, result: &[u8]) -> Option<Spans> {
    let lines = argument.spans.lines(argument.text);
    let made: Vec<&[u8]> = result.split_inclusive(|&byte| byte == b'\n').collect();
    if lines.len() != made.len() {
        return None;
    }
    let mut spans = Spans::default();
    let mut at = 0;
    for (runs, made) in lines.iter().zip(made) {
        let mut given = argument.text.get(at..)?;
        let mut first = None;
        for run in runs {
            let (text, rest) = given.split_at_checked(run.len)?;
            if !text.trim_ascii().is_empty() {
                first = first.or(Some(run.origin));
            }
            given = rest;
            at += run.len;
        }
        let origin = first.or_else(|| runs.first().map(|run| run.origin))?;
        let verbatim = false;
        spans.push(made.len(), Origin { verbatim, ..origin });
    }
    Some(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::sets::SetId;

    fn origin(pos: u32) -> Origin {
        Origin {
            source: 0,
            pos,
            verbatim: true,
            frame: 0,
            reads: SetId::EMPTY,
            conditions: SetId::EMPTY,
        }
    }

    /// The places of the result's runs, the argument standing at 100 and the call at 0.
    fn places(function: &str, text: &str, result: &str) -> Option<Vec<(usize, u32)>> {
        let mut spans = Spans::default();
        spans.push(text.len(), origin(100));
        let arguments = [Argument {
            text: text.as_bytes(),
            spans: &spans,
        }];
        let call = Origin {
            verbatim: false,
            ..origin(0)
        };
        let made = through(function, &arguments, result.as_bytes(), call)?;
        let total: usize = made.runs().iter().map(|run| run.len).sum();
        assert_eq!(total, result.len(), "each byte has an origin");
        let run = |run: &crate::trace::spans::Run| (run.len, run.origin.pos);
        Some(made.runs().iter().map(run).collect())
    }

    #[test]
    fn parts_stay_where_they_came_from() {
        assert_eq!(places("trim", " a\n", "a"), Some(vec![(1, 101)]));
        assert_eq!(places("trimSuffix", "a-b-", "a-b"), Some(vec![(3, 100)]));
        assert_eq!(places("trunc", "abc", "bc"), Some(vec![(2, 101)]));
        assert_eq!(places("trim", "a", ""), Some(vec![]));
    }

    #[test]
    fn indented_lines_stay_where_they_came_from() {
        assert_eq!(
            places("nindent", "a\nb", "\n  a\n  b"),
            Some(vec![(3, 0), (2, 100), (2, 0), (1, 102)])
        );
        assert_eq!(
            places("indent", "a\n", " a\n "),
            Some(vec![(1, 0), (2, 100), (1, 0)])
        );
        assert_eq!(places("indent", "a\n", " b\n "), None);
        assert_eq!(
            places("indent", "a\nb", " a\n b"),
            Some(vec![(1, 0), (2, 100), (1, 0), (1, 102)])
        );
    }

    #[test]
    fn quoted_text_stays_where_it_came_from() {
        assert_eq!(
            places("quote", "ab", "\"ab\""),
            Some(vec![(1, 0), (2, 100), (1, 0)])
        );
        assert_eq!(places("quote", "a\"b", "\"a\\\"b\""), None);
        assert_eq!(
            places("printf", "ab", "x: ab"),
            Some(vec![(3, 0), (2, 100)])
        );
    }

    #[test]
    fn changed_lines_come_from_their_first_letter() {
        assert_eq!(
            places("upper", "a\n b", "A\n B"),
            Some(vec![(2, 100), (2, 102)])
        );
        assert_eq!(places("replace", "a,b", "a\nb"), None);
        assert_eq!(places("b64enc", "a", "YQ=="), None);
    }
}
