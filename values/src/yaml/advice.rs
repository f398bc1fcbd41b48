//! go-yaml's words for what is wrong, in words for people, with how to mend it.

use super::checked::at;
use super::error::Failure;
use super::reader::Mark;
use super::tree::TOO_DEEP;
use super::{Limits, YamlError};

/// The sentence for a failure.
pub(super) fn advise(text: &str, failure: &Failure, limits: &Limits) -> YamlError {
    let here = failure.mark;
    let problem = failure.problem.as_str();
    let next = text.get(here.byte..).and_then(|rest| rest.chars().next());
    match problem {
        "control characters are not allowed" => {
            let code = u32::from(next.unwrap_or_default());
            let reason = format!(
                "the character U+{code:04X} is not allowed in YAML; remove it, or write it as an \
                 escape in double quotes"
            );
            at(place(text, here.byte), &reason)
        }
        _ if problem.contains("tab character") => at(here, TAB),
        "found character that cannot start any token" => match next {
            Some('\t') => at(here, TAB),
            Some(character) => {
                let reason = format!("no value can start with `{character}`; put it in quotes");
                at(here, &reason)
            }
            None => at(here, problem),
        },
        "mapping values are not allowed in this context" => at(
            here,
            "a `:` cannot stand here; check the indentation, and put a text that contains `: ` in \
             quotes",
        ),
        "mapping keys are not allowed in this context" => {
            at(here, "a key cannot start here; check the indentation")
        }
        "block sequence entries are not allowed in this context" => at(
            here,
            "a list item cannot start here; put it on a line of its own",
        ),
        "could not find expected ':'" => at(
            failure.context,
            "a `:` is missing behind this key, or the line is not indented",
        ),
        "did not find expected key" => at(
            here,
            "this line belongs to no table above it; align it with the keys beside it",
        ),
        "did not find expected '-' indicator" => at(
            here,
            "a list item `- ` is expected here; check the indentation",
        ),
        "did not find expected ',' or ']'" => {
            at(here, &unclosed("list", failure.context, "`,` or `]`"))
        }
        "did not find expected ',' or '}'" => {
            at(here, &unclosed("table", failure.context, "`,` or `}`"))
        }
        "did not find expected node content" => at(
            here,
            "a value is missing before this; write one, or put the text in quotes",
        ),
        "found unexpected end of stream" => {
            at(failure.context, "the quote that opens here is never closed")
        }
        "found unexpected document indicator" => at(
            failure.context,
            "the quote that opens here is not closed before the next document",
        ),
        "found unknown escape character" => {
            let escape: String = text
                .get(here.byte..)
                .unwrap_or("")
                .chars()
                .take(2)
                .collect();
            let reason = format!(
                "`{escape}` means nothing in double quotes; write `\\\\` for a backslash, or use \
                 single quotes"
            );
            at(here, &reason)
        }
        "did not find expected alphabetic or numeric character" => at(
            failure.context,
            "`*` and `&` start an alias or an anchor; put a text that starts with them in quotes",
        ),
        TOO_DEEP => {
            let reason = format!(
                "tables and lists are nested deeper than {} levels here",
                limits.depth
            );
            at(here, &reason)
        }
        "document contains excessive aliasing" => at(
            here,
            "the aliases (`*name`) unfold to far more than the text itself; write it out",
        ),
        _ if problem.starts_with("unknown anchor") => {
            let reason = format!(
                "{problem}: nothing above is marked with `&` and this name; put a text that \
                 starts with `*` in quotes"
            );
            at(here, &reason)
        }
        _ => at(here, problem),
    }
}

const TAB: &str = "a tab cannot indent YAML; use spaces";

fn unclosed(what: &str, open: Mark, missing: &str) -> String {
    format!(
        "the {what} that opens in line {} is not closed: {missing} is missing",
        open.line + 1
    )
}

/// The place of a byte.
fn place(text: &str, byte: usize) -> Mark {
    let before = text.get(..byte).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Mark {
        index: 0,
        line: before.matches('\n').count(),
        column: before[start..].chars().count(),
        byte,
    }
}
