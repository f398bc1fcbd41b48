//! Prints a tree as YAML, byte for byte as sigs.k8s.io/yaml v1.6.0 `Marshal` does (a round trip
//! through JSON, then go-yaml v2.4.4 emitterc.go in block style).
//!
//! The tree is told to a [`Printer`] node by node, so that whoever has another tree than
//! [`Value`] prints it without a copy:
//!
//! ```
//! use values::yaml::Printer;
//!
//! let mut printer = Printer::new();
//! printer.begin_map(1);
//! printer.key("ports");
//! printer.begin_list(2);
//! printer.int(80);
//! printer.string("443");
//! printer.end_list();
//! printer.end_map();
//! assert_eq!(printer.finish().as_deref(), Ok("ports:\n- 80\n- \"443\"\n"));
//! ```

use super::analysis::Analysis;
use super::order::{natural_less, natural_less_v3, sort_by};
use super::resolve::{Resolved, resolve};
use super::token::Style;
use super::{PrintError, round_trip};
use crate::{Value, go};

mod write;

/// Columns after which a text with spaces goes on in the next line.
const WIDTH: usize = 80;
/// Spaces for each level.
const INDENT: usize = 2;
/// Bytes that a key may have to stand on one line with its value.
const SIMPLE_KEY: usize = 128;

/// Which of the two printers that Helm has is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// `toYaml`: sigs.k8s.io/yaml.
    Marshal,
    /// `toYamlPretty`: go-yaml v3.0.5 with an indentation of 2, without a round trip.
    Pretty,
}

/// The collections that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Printed already, `[]` or `{}`.
    Empty,
    List,
    /// A table that waits for a key.
    Map,
    /// A table that waits for the value of a key, which stands on the same line if it is simple.
    MapValue {
        simple: bool,
    },
}

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    Root,
    Item,
    Value,
    Key { simple: bool },
}

/// Prints a tree that it is told node by node.
///
/// Keys must come in the order of [`Printer::sort`].
#[derive(Debug)]
pub struct Printer {
    dialect: Dialect,
    out: String,
    column: usize,
    /// The current indentation; -1 outside of all collections.
    indent: isize,
    indents: Vec<isize>,
    /// Whether the last character is blank.
    whitespace: bool,
    /// Whether the line holds nothing but indentation and indicators.
    indention: bool,
    frames: Vec<Frame>,
    problem: Option<PrintError>,
}

impl Default for Printer {
    fn default() -> Self {
        Self::new()
    }
}

impl Printer {
    /// A printer for one document, as `toYaml` prints.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Dialect::Marshal)
    }

    /// A printer for one document, as `toYamlPretty` prints: lists indented below their key, no
    /// line ever folded, floats with exponents from a million on.
    #[must_use]
    pub fn pretty() -> Self {
        Self::with(Dialect::Pretty)
    }

    fn with(dialect: Dialect) -> Self {
        Self {
            dialect,
            out: String::with_capacity(256),
            column: 0,
            indent: -1,
            indents: Vec::with_capacity(16),
            whitespace: true,
            indention: true,
            frames: Vec::with_capacity(16),
            problem: None,
        }
    }

    /// The text, with a line break at its end.
    ///
    /// # Errors
    /// What the tree held that JSON or go-yaml refuses, in Go's words.
    pub fn finish(mut self) -> Result<String, PrintError> {
        self.write_indent();
        match self.problem {
            Some(problem) => Err(problem),
            None => Ok(self.out),
        }
    }

    /// Sorts the entries of a table into the order in which they are to be told.
    pub fn sort<T: Copy>(&self, entries: &mut [T], key: impl for<'k> Fn(&'k T) -> &'k str) {
        match self.dialect {
            Dialect::Marshal => sort_by(entries, |a, b| natural_less(key(a), key(b))),
            Dialect::Pretty => sort_by(entries, |a, b| natural_less_v3(key(a), key(b))),
        }
    }

    /// A whole tree.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.null(),
            Value::Bool(flag) => self.bool(*flag),
            Value::Int(number) => self.int(*number),
            Value::Float(number) => self.float(*number),
            Value::String(text) => self.string(text),
            Value::List(list) => {
                self.begin_list(list.len());
                list.iter().for_each(|item| self.value(item));
                self.end_list();
            }
            Value::Map(map) => {
                self.begin_map(map.len());
                let mut entries: Vec<_> = map.iter().collect();
                self.sort(&mut entries, |(key, _)| key.as_str());
                for (key, value) in entries {
                    self.key(key);
                    self.value(value);
                }
                self.end_map();
            }
        }
    }

    /// Null.
    pub fn null(&mut self) {
        self.plain("null");
    }

    /// A boolean.
    pub fn bool(&mut self, flag: bool) {
        self.plain(if flag { "true" } else { "false" });
    }

    /// An integer.
    pub fn int(&mut self, number: i64) {
        self.plain(&number.to_string());
    }

    /// An integer beyond `i64`.
    pub fn uint(&mut self, number: u64) {
        self.plain(&number.to_string());
    }

    /// A float: as JSON has it and go-yaml reads it back, a whole one below 2^64 as an integer.
    pub fn float(&mut self, number: f64) {
        if self.dialect == Dialect::Pretty {
            return self.plain(&go::yaml_float(number));
        }
        if !number.is_finite() {
            let name = go::format_float(number);
            self.fail(PrintError::json(&name));
            return self.plain("null");
        }
        if let Some(number) = go::whole(number, 1e15) {
            return self.int(number);
        }
        let json = go::json_float(number);
        match resolve(&json, false) {
            Resolved::Int(number) => self.int(number),
            Resolved::Uint(number) => self.uint(number),
            _ => self.plain(&go::yaml_float(number)),
        }
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        let context = self.begin_node();
        if self.dialect == Dialect::Pretty {
            return self.write_text(text, context);
        }
        match round_trip::text(text) {
            Ok(text) => self.write_text(&text, context),
            Err(problem) => self.fail(problem),
        }
    }

    /// A list of `length` items; they follow, then [`Printer::end_list`].
    pub fn begin_list(&mut self, length: usize) {
        let context = self.begin_node();
        if length == 0 {
            return self.empty('[', ']');
        }
        // With toYaml, a list stands below its key without indentation.
        let indentless =
            self.dialect == Dialect::Marshal && context == Context::Value && !self.indention;
        self.increase_indent(false, indentless);
        self.frames.push(Frame::List);
    }

    /// The end of a list.
    pub fn end_list(&mut self) {
        self.end();
    }

    /// A table of `length` entries; keys and values follow by turns, then [`Printer::end_map`].
    pub fn begin_map(&mut self, length: usize) {
        self.begin_node();
        if length == 0 {
            return self.empty('{', '}');
        }
        self.increase_indent(false, false);
        self.frames.push(Frame::Map);
    }

    /// A key; its value follows.
    pub fn key(&mut self, key: &str) {
        let key = match self.dialect {
            Dialect::Pretty => key.into(),
            Dialect::Marshal => round_trip::key(key).unwrap_or_else(|problem| {
                self.fail(problem);
                key.into()
            }),
        };
        self.write_indent();
        let analysis = self.analyze(&key);
        let simple = !analysis.multiline && key.len() <= SIMPLE_KEY;
        if !simple {
            self.write_indicator("?", true, false, true);
        }
        self.write_analyzed(&key, analysis, Context::Key { simple });
        self.expect(Frame::MapValue { simple });
    }

    /// The end of a table.
    pub fn end_map(&mut self) {
        self.end();
    }

    fn fail(&mut self, problem: PrintError) {
        if self
            .problem
            .as_ref()
            .is_none_or(|known| known.stage < problem.stage)
        {
            self.problem = Some(problem);
        }
    }

    fn end(&mut self) {
        if self.frames.pop() != Some(Frame::Empty) {
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn empty(&mut self, open: char, close: char) {
        self.write_indicator(open.encode_utf8(&mut [0; 4]), true, true, false);
        self.write_indicator(close.encode_utf8(&mut [0; 4]), false, false, false);
        self.frames.push(Frame::Empty);
    }

    /// The table's next state.
    fn expect(&mut self, state: Frame) {
        if let Some(frame) = self.frames.last_mut() {
            *frame = state;
        }
    }

    /// What stands before a node in its collection.
    fn begin_node(&mut self) -> Context {
        match self.frames.last().copied() {
            Some(Frame::List) => {
                self.write_indent();
                self.write_indicator("-", true, false, true);
                Context::Item
            }
            Some(Frame::MapValue { simple }) => {
                if simple {
                    self.write_indicator(":", false, false, false);
                } else {
                    self.write_indent();
                    self.write_indicator(":", true, false, true);
                }
                self.expect(Frame::Map);
                Context::Value
            }
            _ => Context::Root,
        }
    }

    /// A scalar that needs no quotes.
    fn plain(&mut self, text: &str) {
        self.begin_node();
        self.write_plain(text, true);
    }

    fn analyze(&self, text: &str) -> Analysis {
        Analysis::of(text, self.dialect == Dialect::Pretty)
    }

    /// Columns after which a text with spaces goes on in the next line.
    fn width(&self) -> usize {
        match self.dialect {
            Dialect::Marshal => WIDTH,
            Dialect::Pretty => usize::MAX,
        }
    }

    fn write_text(&mut self, text: &str, context: Context) {
        self.write_analyzed(text, self.analyze(text), context);
    }

    fn write_analyzed(&mut self, text: &str, analysis: Analysis, context: Context) {
        let simple_key = context == Context::Key { simple: true };
        self.increase_indent(true, false);
        match analysis.style_of(text, simple_key) {
            Style::Plain => self.write_plain(text, !simple_key),
            Style::SingleQuoted => self.write_single_quoted(text, !simple_key),
            Style::DoubleQuoted => self.write_double_quoted(text, !simple_key),
            Style::Literal | Style::Folded => self.write_literal(text),
        }
        self.indent = self.indents.pop().unwrap_or(-1);
    }
}
