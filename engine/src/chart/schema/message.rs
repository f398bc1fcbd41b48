//! The report of a failed check: the tree that santhosh-tekuri/jsonschema v6.0.3 prints of what boon found.
//!
//! Follows output.go (`display`): a tree, two spaces a level.

use super::patterns;
use super::source::Source;
use super::words::{percent_decoded, quote, wording};
use crate::functions::parse_url;
use boon::{CompileError, ErrorKind, InstanceLocation, InstanceToken, ValidationError};

/// The errors, a line each, without the first line that Helm removes.
pub(super) fn lines(error: &ValidationError<'_, '_>, source: &Source) -> String {
    let mut tree = Tree {
        source,
        lines: Vec::new(),
    };
    let base = match &error.kind {
        ErrorKind::Schema { url } => url,
        _ => error.schema_url,
    };
    tree.causes(error, base, &[], 0);
    tree.lines.join("\n")
}

/// What Go says when the schema itself cannot be used.
pub(super) fn compile_error(error: &CompileError, source: &Source) -> String {
    match error {
        CompileError::ValidationError { url, src } => {
            let metaschema = match &src.kind {
                ErrorKind::Schema { url } => *url,
                _ => src.schema_url,
            };
            let causes = lines(src, source);
            format!(
                "{} is not valid against metaschema: jsonschema validation failed with {}\n{causes}",
                values::go::quote(&with_fragment(url)),
                quote(&with_fragment(metaschema)),
            )
        }
        CompileError::LoadUrlError { url, src } => {
            format!("failing loading {}: {src}", values::go::quote(url))
        }
        CompileError::JsonPointerNotFound(place) => format!(
            "json-pointer in {} not found",
            values::go::quote(&location(place, source))
        ),
        CompileError::AnchorNotFound { url, reference } => format!(
            "anchor in {} not found in schema {}",
            values::go::quote(reference),
            values::go::quote(url)
        ),
        CompileError::InvalidRegex { url, regex, src } => {
            let regex = source.written(regex);
            let reason = patterns::compile_error(regex).unwrap_or_else(|| src.to_string());
            format!(
                "invalid regex {} at {}: {reason}",
                values::go::quote(regex),
                values::go::quote(&location(url, source))
            )
        }
        CompileError::InvalidMetaSchemaUrl { url, src } => match source.dialect() {
            // Not a URL for boon, but a relative one for Go.
            Some(dialect) => match parse_url(dialect) {
                Ok(_) => format!(
                    "failing loading {}: {}",
                    values::go::quote(dialect),
                    no_loader(dialect)
                ),
                Err(reason) => format!(
                    "invalid $schema in {}: {reason}",
                    values::go::quote(&with_fragment(url))
                ),
            },
            None => format!("invalid $schema in {}: {src}", values::go::quote(url)),
        },
        CompileError::ParseIdError { loc } => format!(
            "error in parsing id at {}",
            values::go::quote(&location(loc, source))
        ),
        CompileError::ParseAnchorError { loc } => format!(
            "error in parsing anchor at {}",
            values::go::quote(&location(loc, source))
        ),
        CompileError::DuplicateId {
            url,
            id,
            ptr1,
            ptr2,
        } => duplicate("id", id, url, ptr1, ptr2),
        CompileError::DuplicateAnchor {
            anchor,
            url,
            ptr1,
            ptr2,
        } => duplicate("anchor", anchor, url, ptr1, ptr2),
        CompileError::UnsupportedDraft { url } => {
            format!("draft {} is not supported", values::go::quote(url))
        }
        CompileError::Bug(reason) if reason.is::<::regex::Error>() => {
            format!("a pattern of the schema is too large: {reason}")
        }
        other => other.to_string(),
    }
}

/// What Helm's loader says of a URL with a scheme that it does not know (`SchemeURLLoader`).
pub(super) fn no_loader(url: &str) -> String {
    format!("no URLLoader registered for {}", values::go::quote(url))
}

fn duplicate(what: &str, name: &str, url: &str, one: &str, other: &str) -> String {
    let [name, url, one, other] = [name, url, one, other].map(values::go::quote);
    format!("duplicate {what} {name} in {url} at {one} and {other}")
}

/// A place in the schema, its fragment escaped as Go does (`encode` of util.go: `PathEscape` between the slashes).
fn location(url: &str, source: &Source) -> String {
    let (url, fragment) = url.split_once('#').unwrap_or((url, ""));
    let steps: Vec<String> = fragment
        .split('/')
        .map(|step| {
            let name = unescape(step);
            escaped(&source.written(&name).replace('~', "~0").replace('/', "~1"))
        })
        .collect();
    format!("{url}#{}", steps.join("/"))
}

/// `url.PathEscape`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn with_fragment(url: &str) -> String {
    if url.contains('#') {
        url.to_owned()
    } else {
        format!("{url}#")
    }
}

/// The lines made so far.
struct Tree<'s> {
    source: &'s Source,
    lines: Vec<String>,
}

impl Tree<'_> {
    /// The causes of an error. `base` is the schema that found them, `place` where it looked.
    fn causes(
        &mut self,
        error: &ValidationError<'_, '_>,
        base: &str,
        place: &[String],
        depth: usize,
    ) {
        for (at, cause) in error.causes.iter().enumerate() {
            // Where one schema's `format` fails, Go looks no further in that schema.
            let after_format = error.causes[..at].iter().any(|before| {
                matches!(before.kind, ErrorKind::Format { .. })
                    && before.schema_url == cause.schema_url
                    && tokens(before) == tokens(cause)
            });
            if !after_format {
                self.error(cause, &error.kind, base, place, depth);
            }
        }
    }

    fn error(
        &mut self,
        error: &ValidationError<'_, '_>,
        parent: &ErrorKind<'_, '_>,
        base: &str,
        parent_place: &[String],
        depth: usize,
    ) {
        let steps = steps(base, error.schema_url);
        let mut place = tokens(error);
        if matches!(error.kind, ErrorKind::PropertyName { .. }) {
            // boon does not say where; the schema's place tells, as far as it names properties.
            place = parent_place.to_vec();
            place.extend(steps.iter().filter_map(|step| match step {
                Step::Property(name) => Some(unescape(name)),
                _ => None,
            }));
        }
        let mut deeper = depth;
        let mut below = steps.iter().filter(|step| step.descends()).count();
        for (at, step) in steps.iter().enumerate() {
            below -= usize::from(step.descends());
            // boon leaves the level out where only one subschema failed.
            let Step::Applicator(words, of) = step else {
                continue;
            };
            if at == 0 && of(parent) {
                continue;
            }
            let place = &place[..place.len().saturating_sub(below)];
            self.line(deeper, place, words);
            deeper += 1;
        }
        // A reference that leads to one error is not worth a line.
        let skipped = error.causes.len() == 1 && matches!(error.kind, ErrorKind::Reference { .. });
        if !skipped {
            let words = wording(error, self.source);
            self.line(deeper, &place, &words);
            deeper += 1;
        }
        let base = match &error.kind {
            ErrorKind::Reference { url, .. } => url,
            _ => error.schema_url,
        };
        self.causes(error, base, &place, deeper);
    }

    fn line(&mut self, depth: usize, place: &[String], words: &str) {
        let pointer: String = place
            .iter()
            .map(|token| self.source.written(token))
            .map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1")))
            .collect();
        self.lines.push(format!(
            "{}- at {}: {words}",
            "  ".repeat(depth),
            quote(&pointer)
        ));
    }
}

/// One step from a schema to one inside it.
enum Step<'u> {
    /// Into a property of that name (as the URL has it).
    Property(&'u str),
    /// Into some other property or item.
    Inner,
    /// To a subschema of the same value, and what Go says when it fails.
    Applicator(&'static str, fn(&ErrorKind<'_, '_>) -> bool),
    /// To a subschema of the same value that adds no line.
    Same,
}

impl Step<'_> {
    fn descends(&self) -> bool {
        matches!(self, Self::Property(_) | Self::Inner)
    }
}

/// The steps from the schema at `base` to the one at `url`; none when that one is elsewhere.
fn steps<'u>(base: &str, url: &'u str) -> Vec<Step<'u>> {
    let Some(rest) = url.strip_prefix(base.trim_end_matches('#')) else {
        return Vec::new();
    };
    let mut words = rest.trim_start_matches('#').split('/').skip(1).peekable();
    let mut steps = Vec::new();
    while let Some(word) = words.next() {
        let step = match word {
            "allOf" => Step::Applicator("'allOf' failed", |kind| matches!(kind, ErrorKind::AllOf)),
            "anyOf" => Step::Applicator("'anyOf' failed", |kind| matches!(kind, ErrorKind::AnyOf)),
            "oneOf" => Step::Applicator("'oneOf' failed, none matched", |kind| {
                matches!(kind, ErrorKind::OneOf(_))
            }),
            "properties" => {
                steps.push(Step::Property(words.next().unwrap_or_default()));
                continue;
            }
            "patternProperties" | "prefixItems" => Step::Inner,
            "items"
            | "additionalItems"
            | "additionalProperties"
            | "contains"
            | "unevaluatedItems"
            | "unevaluatedProperties" => {
                words.next_if(|next| next.bytes().all(|byte| byte.is_ascii_digit()));
                steps.push(Step::Inner);
                continue;
            }
            "dependentSchemas" | "dependencies" | "$defs" | "definitions" => Step::Same,
            _ => {
                steps.push(Step::Same);
                continue;
            }
        };
        words.next();
        steps.push(step);
    }
    steps
}

/// The names and numbers on the way to where an error is.
fn tokens(error: &ValidationError<'_, '_>) -> Vec<String> {
    let InstanceLocation { tokens } = &error.instance_location;
    tokens
        .iter()
        .map(|token| match token {
            InstanceToken::Prop(name) => name.to_string(),
            InstanceToken::Item(at) => at.to_string(),
        })
        .collect()
}

/// The name that a step of a JSON pointer in a URL stands for.
pub(super) fn unescape(token: &str) -> String {
    percent_decoded(token).replace("~1", "/").replace("~0", "~")
}
