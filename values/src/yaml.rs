//! YAML as the libraries that Helm links read and print it: sigs.k8s.io/yaml v1.6.0 over
//! go-yaml v2.4.4.

use crate::{Map, Value, go};

mod advice;
mod analysis;
mod base64;
mod checked;
mod decode;
mod error;
mod order;
mod outline;
mod parser;
mod places;
mod printer;
mod quick;
mod raw;
mod reader;
mod resolve;
mod round_trip;
mod scalar;
mod scanner;
mod strict;
mod timestamp;
mod token;
mod tree;

pub use checked::parse_checked;
use decode::decode;
use error::Failure;
pub use order::{natural_less, sort_naturally};
pub use outline::{OutlineEntry, outline};
pub use places::{Place, PlaceKind, PlacedEntry, parse_places};
pub use printer::Printer;
pub use quick::{Node, read as read_quickly, read_only};
pub use strict::check_strictly;
use tree::{Document, MAX_DEPTH};

/// What is wrong with a YAML text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// Go's text, byte for byte (or, from [`parse_checked`], a sentence for people).
    pub message: String,
    /// The line, from 1, if known.
    pub line: Option<usize>,
    /// The column, from 1, if known.
    pub column: Option<usize>,
}

/// What cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PrintError {
    /// Go's text, byte for byte.
    pub message: String,
    /// Of several, Go finds the one of the first stage.
    stage: PrintStage,
}

/// The stages of printing, the first one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PrintStage {
    /// go-yaml parses the JSON.
    Parse,
    /// go-yaml reads the characters of the JSON, portion by portion.
    Read,
    /// The tree becomes JSON.
    Json,
}

impl PrintError {
    fn json(number: &str) -> Self {
        let message = format!("error marshaling into JSON: json: unsupported value: {number}");
        Self {
            message,
            stage: PrintStage::Json,
        }
    }
}

impl From<Failure> for PrintError {
    fn from(failure: Failure) -> Self {
        let stage = if failure.is_reader() {
            PrintStage::Read
        } else {
            PrintStage::Parse
        };
        Self {
            message: failure.go_message(),
            stage,
        }
    }
}

/// What [`parse_checked`] admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Nested lists and tables.
    pub depth: usize,
    /// Nodes of the tree after aliases are expanded.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 100,
            nodes: 200_000,
        }
    }
}

/// `sigs.k8s.io/yaml.Unmarshal` into `any`.
///
/// Only the first document counts; no document at all is null. Every number becomes a
/// [`Value::Float`].
///
/// # Errors
/// With Go's text.
pub fn parse(text: &str) -> Result<Value, YamlError> {
    if let Some(node) = read_quickly(text) {
        return Ok(node.into_value());
    }
    let document = Document::compose(text, MAX_DEPTH)?;
    decode(&document, MAX_DEPTH)?.into_value()
}

/// As [`parse`], but what YAML has as an integer stays one: what Go's decoder knows when it fills
/// a text field (`appVersion: 1234567` is that text, `1234567.0` is `1.234567e+06`).
///
/// # Errors
/// With Go's text.
pub fn parse_typed(text: &str) -> Result<Value, YamlError> {
    if let Some(node) = read_quickly(text) {
        return Ok(node.into_typed_value());
    }
    let document = Document::compose(text, MAX_DEPTH)?;
    decode(&document, MAX_DEPTH)?.into_typed_value()
}

/// `sigs.k8s.io/yaml.Unmarshal` into `map[string]any`; null gives an empty table.
///
/// # Errors
/// With Go's text.
pub fn parse_map(text: &str) -> Result<Map, YamlError> {
    let kind = match parse(text)? {
        Value::Map(map) => return Ok(map),
        Value::Null => return Ok(Map::new()),
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::Float(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
    };
    let message = format!(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go value \
         of type map[string]interface {{}}"
    );
    Err(YamlError {
        message,
        line: None,
        column: None,
    })
}

/// `sigs.k8s.io/yaml.Marshal`, trailing newline included.
///
/// Empty where Go fails (NaN, infinity, control characters): that is what Helm's `toYaml` makes
/// of a failure. [`try_print`] tells why.
#[must_use]
pub fn print(value: &Value) -> String {
    try_print(value).unwrap_or_default()
}

/// `sigs.k8s.io/yaml.Marshal` with its failures. For other trees than [`Value`]: [`Printer`].
///
/// # Errors
/// With Go's text.
pub fn try_print(value: &Value) -> Result<String, PrintError> {
    let mut printer = Printer::new();
    printer.value(value);
    printer.finish().map_err(|problem| match problem.stage {
        PrintStage::Json => problem,
        // The printer names one of the problems; which one Go meets first, and in which line, only
        // the whole round trip tells.
        _ => match Document::compose(&go::json(value, true), MAX_DEPTH) {
            Ok(_) => problem,
            Err(failure) => failure.into(),
        },
    })
}

/// What Helm's `toYamlPretty` prints (go-yaml v3.0.5 with an indentation of 2), trailing newline
/// included. For other trees than [`Value`]: [`Printer::pretty`].
#[must_use]
pub fn print_pretty(value: &Value) -> String {
    let mut printer = Printer::pretty();
    printer.value(value);
    printer.finish().unwrap_or_default()
}
