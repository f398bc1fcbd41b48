//! The report of a failed check: the tree that santhosh-tekuri/jsonschema v6.0.3 prints of what boon found.
//!
//! Follows output.go (`display`): a tree, two spaces a level.

use boon::{CompileError, ErrorKind, InstanceLocation, InstanceToken, ValidationError};
use serde_json::Value as Json;

use super::words::{percent_decoded, quote, wording};

/// The errors, a line each, without the first line that Helm removes.
pub(super) fn lines(error: &ValidationError<'_, '_>, document: &Json) -> String {
    let mut tree = Tree {
        document,
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
pub(super) fn compile_error(error: &CompileError, document: &Json) -> String {
    match error {
        CompileError::ValidationError { url, src } => {
            let metaschema = match &src.kind {
                ErrorKind::Schema { url } => *url,
                _ => src.schema_url,
            };
            let causes = lines(src, document);
            format!(
                "{} is not valid against metaschema: jsonschema validation failed with {}\n{causes}",
                values::go::quote(&with_fragment(url)),
                quote(&with_fragment(metaschema)),
            )
        }
        CompileError::LoadUrlError { url, src } => {
            format!("failing loading {}: {src}", values::go::quote(url))
        }
        CompileError::JsonPointerNotFound(location) => {
            let location = with_escaped_fragment(location);
            format!("json-pointer in {} not found", values::go::quote(&location))
        }
        CompileError::AnchorNotFound { url, reference } => format!(
            "anchor in {} not found in schema {}",
            values::go::quote(reference),
            values::go::quote(url)
        ),
        CompileError::InvalidRegex { url, regex, src } => {
            format!(
                "invalid regex {} at {}: {src}",
                quote(regex),
                values::go::quote(url)
            )
        }
        other => other.to_string(),
    }
}

/// The URL with its fragment escaped as Go does (`encode` of util.go: `PathEscape` between the slashes).
fn with_escaped_fragment(url: &str) -> String {
    let Some((url, fragment)) = url.split_once('#') else {
        return url.to_owned();
    };
    let mut out = format!("{url}#");
    for byte in percent_decoded(fragment).bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+=:@/".contains(&byte) {
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
struct Tree<'d> {
    document: &'d Json,
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
            let words = wording(error, self.document);
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

fn unescape(token: &str) -> String {
    percent_decoded(token).replace("~1", "/").replace("~0", "~")
}
