//! Helm's `--set` grammar and its sisters: `--set-string`, `--set-json`, `--set-file` and
//! `--set-literal`, each laid straight into a tree of values.
//!
//! Follows `pkg/strvals` of Helm 4.3.1, whose errors are repeated byte for byte; two limits of
//! ours stand beside Helm's, both far beyond what anyone writes by hand.

mod json;
mod parser;

use crate::merge::merge_maps;
use crate::{Map, Value};
use json::Numbers;
use parser::{Mode, Parser};

/// The largest list index: Helm's `strvals.MaxIndex`.
pub const MAX_INDEX: usize = 65_536;

/// The deepest name, counted in dots: Helm's `strvals.MaxNestedNameLevel`.
pub const MAX_NESTED_NAME_LEVEL: usize = 30;

/// How deep lists in lists (`a[0][0]…`) and the values of `--set-json` may nest. Helm has no limit
/// (or Go's, of 10,000, in JSON); a Rust stack needs one.
pub const MAX_DEPTH: usize = 500;

/// Why a `--set` text was refused; what Helm prints behind `failed parsing --set data: `.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SetError {
    /// Helm's own sentence where Helm has one.
    pub message: String,
}

impl SetError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

/// The flags of `helm` that set values, in the order in which Helm applies them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// `--set-json`
    Json,
    /// `--set`
    Set,
    /// `--set-string`
    String,
    /// `--set-file`
    File,
    /// `--set-literal`
    Literal,
}

impl Flag {
    /// The flag as it is written on a command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "--set-json",
            Self::Set => "--set",
            Self::String => "--set-string",
            Self::File => "--set-file",
            Self::Literal => "--set-literal",
        }
    }

    /// The error as `helm` prints it: with the flag, and for `--set-json` with the text instead
    /// of the reason.
    #[must_use]
    pub fn describe(self, text: &str, error: &SetError) -> String {
        match self {
            Self::Json if text.trim().starts_with('{') => {
                format!("failed parsing --set-json data JSON: {text}")
            }
            Self::Json => format!("failed parsing --set-json data {text}"),
            _ => format!("failed parsing {} data: {error}", self.as_str()),
        }
    }
}

/// Lays `a.b=1,c={x,y}` into `dest`: `strvals.ParseInto`.
///
/// # Errors
/// Helm's own. What stands before the fault is in `dest` by then, as with Helm.
pub fn parse_set(text: &str, dest: &mut Map) -> Result<(), SetError> {
    Parser::new(text, Mode::Typed).parse(dest)
}

/// As [`parse_set`], with every value a string: `strvals.ParseIntoString`.
///
/// # Errors
/// As [`parse_set`].
pub fn parse_set_string(text: &str, dest: &mut Map) -> Result<(), SetError> {
    Parser::new(text, Mode::Text).parse(dest)
}

/// Lays `a.b={"x":1},c=[1]` or one whole JSON object into `dest`: what Helm does for
/// `--set-json` (`pkg/cli/values/options.go` and `strvals.ParseJSON`).
///
/// # Errors
/// Helm prints the whole text instead of these; see [`Flag::describe`].
pub fn parse_set_json(text: &str, dest: &mut Map) -> Result<(), SetError> {
    if text.trim().starts_with('{') {
        return merge_object(text, dest, Numbers::Floats);
    }
    Parser::new(text, Mode::Json(Numbers::Floats)).parse(dest)
}

/// What Helm 3.22.0 does for any of the flags: an index without its `]` is an error, and
/// `--set-json` takes no whole object. `read` is asked for the file of `--set-file`.
///
/// # Errors
/// As [`parse_set`], or that of `read`.
pub fn parse_as_helm3(
    flag: Flag,
    text: &str,
    dest: &mut Map,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<(), SetError> {
    let mode = match flag {
        Flag::Json => Mode::Json(Numbers::Floats),
        Flag::Set => Mode::Typed,
        Flag::String => Mode::Text,
        Flag::File => Mode::File(read),
        Flag::Literal => Mode::Literal,
    };
    Parser::new(text, mode).for_helm3().parse(dest)
}

/// Lays one whole JSON object into `dest`.
fn merge_object(text: &str, dest: &mut Map, numbers: Numbers) -> Result<(), SetError> {
    let Value::Map(map) = json::read_whole(text.trim(), numbers)? else {
        return Err(SetError::new("not a JSON object"));
    };
    *dest = merge_maps(std::mem::take(dest), &map);
    Ok(())
}

/// As [`parse_set_string`], with each value replaced by what `read` makes of it:
/// `strvals.ParseIntoFile`. `read` gets a file's name and says in its error why it could not be read.
///
/// # Errors
/// As [`parse_set`], or that of `read`.
pub fn parse_set_file(
    text: &str,
    dest: &mut Map,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<(), SetError> {
    Parser::new(text, Mode::File(read)).parse(dest)
}

/// Lays `a.b=text` into `dest`, the text as it is to its end: `strvals.ParseLiteralInto`.
///
/// # Errors
/// As [`parse_set`].
pub fn parse_set_literal(text: &str, dest: &mut Map) -> Result<(), SetError> {
    Parser::new(text, Mode::Literal).parse(dest)
}

/// As [`parse_set`], [`parse_set_string`] or [`parse_set_json`], for texts of strangers: all lists
/// together may grow by at most `items`, which is counted down. (`a[65536]=1` is ten bytes that
/// make 65,537 items.) Whole numbers in JSON stay integers, so that a link brings back what went
/// into it; [`crate::merge::as_document`] makes of them what Helm has.
///
/// # Errors
/// As those, or that there are too many list items. [`Flag::File`] is refused: a stranger's text
/// must not name files.
pub fn parse_bounded(
    flag: Flag,
    text: &str,
    dest: &mut Map,
    items: &mut usize,
) -> Result<(), SetError> {
    let mode = match flag {
        Flag::Set => Mode::Typed,
        Flag::String => Mode::Text,
        Flag::Literal => Mode::Literal,
        Flag::File => return Err(SetError::new("files cannot be read here")),
        Flag::Json if text.trim().starts_with('{') => {
            return merge_object(text, dest, Numbers::AsWritten);
        }
        Flag::Json => Mode::Json(Numbers::AsWritten),
    };
    let mut parser = Parser::new(text, mode).with_room(*items);
    let result = parser.parse(dest);
    *items = parser.room();
    result
}

/// What `--set` makes of the text of one value: `true`, `false`, `null` and whole numbers without
/// leading zeros become what they say, all else stays text. `strvals.typedVal`.
#[must_use]
pub fn typed_value(text: &str) -> Value {
    if equal_fold(text, "true") {
        return Value::Bool(true);
    }
    if equal_fold(text, "false") {
        return Value::Bool(false);
    }
    if equal_fold(text, "null") {
        return Value::Null;
    }
    if text == "0" {
        return Value::Int(0);
    }
    if !text.starts_with('0')
        && let Ok(number) = text.parse::<i64>()
    {
        return Value::Int(number);
    }
    Value::String(text.to_owned())
}

/// Go's `strings.EqualFold` against a word of ASCII letters: the long s and the Kelvin sign fold
/// to letters, too.
fn equal_fold(text: &str, word: &str) -> bool {
    let fold = |c: char| match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        _ => c.to_ascii_lowercase(),
    };
    text.chars().map(fold).eq(word.chars())
}
