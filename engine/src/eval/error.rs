//! Errors of executing templates: Go's chain of wrapped errors while they rise, Helm's sentence
//! when they arrive.

use super::{
    explain,
    scene::{Scene, Site},
};
use crate::{
    Dialect, Error, ErrorKind,
    error::{Excerpt, Of},
    parse::ParseError,
    value::{Map, Str},
};

/// Calls of a chain that are kept for people: a template that calls itself makes thousands.
pub(super) const MAX_CHAIN: usize = 30;

/// Where in a template something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePlace {
    /// The file, `gotpl` for the text of a `tpl` call.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Byte column, from 0 as in Go's messages.
    pub column: usize,
}

/// One error of Go's: its whole text, and the error that it wraps.
#[derive(Debug, Clone)]
pub struct ExecError {
    /// The text, that of the wrapped errors included.
    pub text: String,
    /// Where it was raised, if it was raised by the executor.
    pub place: Option<TemplatePlace>,
    /// The error it wraps with `%w`.
    pub cause: Option<Box<ExecError>>,
    /// What people are told of it.
    pub(super) scene: Option<Box<Scene>>,
    pub(super) hint: Option<String>,
}

impl ExecError {
    /// An error from outside of the executor.
    pub(super) fn plain(text: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            text: text.into(),
            place: None,
            cause: None,
            scene: None,
            hint: None,
        })
    }

    /// `fmt.Errorf("…: %w", cause)`.
    pub(super) fn wrap(before: &str, cause: Box<Self>) -> Box<Self> {
        let text = format!("{before}: {}", cause.text);
        Box::new(Self {
            text,
            place: None,
            cause: Some(cause),
            scene: None,
            hint: None,
        })
    }

    /// Adds what might help.
    pub(super) fn with_hint(mut self: Box<Self>, hint: Option<String>) -> Box<Self> {
        self.hint = hint;
        self
    }

    /// What the executor raises at a node (follows exec.go, `errorf`).
    pub(super) fn at(site: Site, message: &str, cause: Option<Box<Self>>) -> Box<Self> {
        let (line, column) = site.source.place(site.pos);
        let file = site.source.name.to_string_lossy().into_owned();
        let name = values::go::quote(&site.template.to_string_lossy());
        let context = &site.text;
        Box::new(Self {
            text: format!(
                "template: {file}:{line}:{column}: executing {name} at <{context}>: {message}"
            ),
            place: Some(TemplatePlace { file, line, column }),
            cause,
            scene: Some(Box::new(Scene {
                site,
                message: message.to_owned(),
                reads: None,
                conditions: Vec::new(),
                passed: Vec::new(),
            })),
            hint: None,
        })
    }

    /// This error and those that it wraps.
    pub(super) fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| error.cause.as_deref())
    }
}

/// The error of a text that is not a template (follows engine.go, `cleanupParseError`).
pub(super) fn parse_error(file: &str, text: &Str, error: &ParseError) -> Error {
    let excerpt = Excerpt::new(Of::Template, &text.to_string_lossy(), error.line, None);
    let sentence = parse_sentence(file, error);
    let error_at = sentence
        .with_headline(error.message.as_str())
        .at(file, Some(error.line), None)
        .with_excerpt(excerpt);
    match explain::unknown_function(&error.message) {
        Some(hint) => error_at.with_hint(hint),
        None => error_at,
    }
}

fn parse_sentence(file: &str, error: &ParseError) -> Error {
    let text = error.to_string();
    let tokens: Vec<&str> = text.split(": ").collect();
    let message = match tokens.as_slice() {
        [_, location, .., last] => format!("parse error at ({location}): {last}"),
        _ => format!("parse error in ({file}): {text}"),
    };
    Error::new(ErrorKind::Parse, message)
}

const WARN_START: &str = "HELM_ERR_START";
const WARN_END: &str = "HELM_ERR_END";

/// Marks the message of `fail` and `required`, which Helm shows without the chain around it.
pub(crate) fn mark_message(message: &str) -> String {
    format!("{WARN_START}{message}{WARN_END}")
}

/// The text without the marks of `fail` and `required`.
pub(super) fn without_marks(text: &str) -> String {
    text.replace(WARN_START, "").replace(WARN_END, "")
}

/// The error of an execution in Helm's layout (follows engine.go, `reformatExecErrorMsg`), and what
/// people are told beside it; `values` are those given to the chart.
pub(super) fn exec_error(
    file: &str,
    error: &ExecError,
    dialect: Dialect,
    values: Option<&Map>,
) -> Error {
    let made = Error::new(ErrorKind::Execute, sentence(error, dialect));
    explain::explained(made, file, error, values)
}

fn sentence(error: &ExecError, dialect: Dialect) -> String {
    if error.place.is_none() {
        // Not raised by the executor: Helm leaves it as it is.
        return error.text.clone();
    }
    let tokens: Vec<&str> = error.text.splitn(3, ": ").collect();
    let [_, location, rest] = tokens.as_slice() else {
        return error.text.clone();
    };
    if let Some(message) = marked_message(rest) {
        return format!("execution error at ({location}): {message}");
    }
    if dialect.is_helm3() {
        // No layout at all (`cleanupExecError` in Helm 3's engine.go).
        return error.text.clone();
    }
    let mut parts: Vec<Traceable> = Vec::new();
    let mut current = Some(error);
    while let Some(error) = current {
        let Some(part) = Traceable::read(&error.text) else {
            // Not the executor's: Helm gives up its layout and prints the outermost text.
            return tokens.join(": ");
        };
        if parts.last() != Some(&part) {
            parts.push(part);
        }
        current = error.cause.as_deref();
    }
    let whole: String = parts.iter().map(Traceable::show).collect();
    whole.trim().to_owned()
}

/// The greedy `HELM_ERR_START(.*)HELM_ERR_END`.
pub(super) fn marked_message(text: &str) -> Option<&str> {
    let start = text.find(WARN_START)? + WARN_START.len();
    let end = text.rfind(WARN_END).filter(|&end| end >= start)?;
    Some(&text[start..end])
}

/// One line of Helm's trace.
#[derive(Debug, PartialEq, Eq)]
struct Traceable {
    location: String,
    executed: String,
    message: String,
}

impl Traceable {
    /// Takes an executor's message apart (follows engine.go, `parseTemplateExecErrorString`).
    fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self {
                location: String::new(),
                executed: String::new(),
                message: text.to_owned(),
            });
        }
        Self::read_executing(rest).or_else(|| Self::read_simple(rest))
    }

    fn read_executing(rest: &str) -> Option<Self> {
        let (location, after) = rest.split_once(": executing ")?;
        let after = after.strip_prefix('"')?;
        let (function, after) = after.split_once('"')?;
        let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
        Some(Self {
            location: location.to_owned(),
            executed: format!("executing \"{function}\" at <{node}>:"),
            message: without_next(message),
        })
    }

    fn read_simple(rest: &str) -> Option<Self> {
        let (location, message) = rest.rsplit_once(": ")?;
        Some(Self {
            location: location.to_owned(),
            executed: String::new(),
            message: without_next(message),
        })
    }

    fn show(&self) -> String {
        let mut out = String::new();
        if !self.location.is_empty() {
            out.push_str(&format!("{}\n  ", self.location));
        }
        if !self.executed.is_empty() {
            out.push_str(&format!("{}\n    ", self.executed));
        }
        if !self.message.is_empty() {
            out.push_str(&format!("{}\n", self.message));
        }
        out
    }
}

/// The message up to the error that it wraps.
fn without_next(message: &str) -> String {
    message
        .find(" template:")
        .map_or(message, |at| &message[..at])
        .to_owned()
}
