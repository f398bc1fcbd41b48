//! The functions that templates may call: Go's own, Sprig's as far as Helm admits them, Helm's.
//!
//! One file per family, each with its part of the table; [`table`] is the whole. A function is a
//! plain typed Rust `fn`; [`args`] turns it into what the evaluator calls and tells the evaluator
//! the Go types of its parameters, so that argument errors read as Go's. Functions return errors
//! without a place: the evaluator adds it.

pub mod args;
mod builtins;
mod cast;
mod crypto;
mod dates;
mod defaults;
mod encoding;
mod helm;
mod host;
mod json;
mod lists;
mod maps;
mod math;
mod paths;
mod printf;
mod reflect;
mod regex;
mod semver;
mod strings;
pub mod time;

use std::{collections::HashMap, sync::LazyLock};

pub use args::{Kind, Rest};
pub(crate) use builtins::len;
pub(crate) use cast::ZERO_VALUE;
pub use host::Host;
pub(crate) use json::{NotJson, first_value as first_json_value};
pub(crate) use paths::parse_url;
pub(crate) use printf::{quote_char, quote_to};
pub(crate) use regex::translate as translate_regex;

use crate::Dialect;
use crate::value::Value;

/// Why a function refused: the text that follows `error calling NAME: `.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CallError(pub String);

impl From<String> for CallError {
    fn from(message: String) -> Self {
        Self(message)
    }
}

impl From<&str> for CallError {
    fn from(message: &str) -> Self {
        Self(message.to_owned())
    }
}

/// What a function gives.
pub type CallResult = Result<Value, CallError>;

/// The family of a function: the Sprig file it comes from, or who else defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// Go's text/template: `and`, `eq`, `index`, `len`, `printf` …
    Builtin,
    /// Sprig's defaults: `default`, `empty`, `coalesce`, `ternary` …
    Defaults,
    /// Sprig's strings.
    Strings,
    /// Sprig's lists.
    Lists,
    /// Sprig's dictionaries.
    Maps,
    /// Sprig's numbers.
    Math,
    /// Sprig's dates.
    Dates,
    /// Sprig's encodings, JSON, YAML and TOML.
    Encoding,
    /// Sprig's hashes, keys and certificates.
    Crypto,
    /// Sprig's regular expressions.
    Regex,
    /// Sprig's semantic versions.
    Semver,
    /// Sprig's paths and URLs.
    Paths,
    /// Sprig's reflection: `kindOf`, `typeOf`, `deepEqual` …
    Reflect,
    /// Helm's own: `include`, `tpl`, `required`, `fail`, `lookup`, `toYaml` …
    Helm,
}

impl Family {
    /// Its name, as a heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Builtin => "Go's own",
            Self::Defaults => "Defaults",
            Self::Strings => "Strings",
            Self::Lists => "Lists",
            Self::Maps => "Dictionaries",
            Self::Math => "Numbers",
            Self::Dates => "Dates",
            Self::Encoding => "Encodings",
            Self::Crypto => "Hashes, keys and certificates",
            Self::Regex => "Regular expressions",
            Self::Semver => "Semantic versions",
            Self::Paths => "Paths and URLs",
            Self::Reflect => "Types",
            Self::Helm => "Helm's own",
        }
    }

    /// Where its functions come from.
    #[must_use]
    pub fn origin(self) -> &'static str {
        match self {
            Self::Builtin => "text/template of Go 1.26",
            Self::Helm => "Helm 4.3.1",
            _ => "Sprig 3.3.0, as far as Helm admits it",
        }
    }
}

/// Functions that the evaluator carries out itself, as they need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Special {
    /// Stops at its first false argument.
    And,
    /// Stops at its first true argument.
    Or,
    /// Tells a nil that Go holds as an `interface {}` from no value at all.
    Len,
    /// Refuses its first argument, in words that name it as the template does.
    Call,
    /// Executes a named template into a string.
    Include,
    /// Parses and executes a string as a template.
    Tpl,
}

/// How a function is carried out.
pub enum Call {
    /// By this code.
    Native(args::BoxedNative),
    /// By the evaluator.
    Special(Special),
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Native(_) => f.write_str("Native"),
            Self::Special(special) => write!(f, "{special:?}"),
        }
    }
}

/// One entry of the table.
#[derive(Debug)]
pub struct Function {
    /// The name that templates call.
    pub name: &'static str,
    /// Where it comes from.
    pub family: Family,
    /// What it does, in one line.
    pub help: &'static str,
    /// The Go types of its fixed parameters.
    pub params: &'static [Kind],
    /// The Go type of the elements of its variadic parameter, if it has one.
    pub variadic: Option<Kind>,
    /// Its code.
    pub call: Call,
}

impl Function {
    /// An entry for plain code.
    pub fn new<A, F: args::Native<A>>(
        family: Family,
        name: &'static str,
        help: &'static str,
        code: F,
    ) -> Self {
        Self {
            name,
            family,
            help,
            params: F::PARAMS,
            variadic: F::VARIADIC,
            call: Call::Native(code.boxed()),
        }
    }
}

/// All functions, by family.
pub static TABLE: LazyLock<Vec<Function>> = LazyLock::new(|| {
    let mut table = Vec::with_capacity(ABOUT);
    register(&mut table);
    table
});

/// Room for all functions, so that the table is never moved while it grows: it is made anew in
/// every process.
const ABOUT: usize = 256;

/// Adds every family to the table.
fn register(table: &mut Vec<Function>) {
    builtins::register(table);
    defaults::register(table);
    strings::register(table);
    lists::register(table);
    maps::register(table);
    math::register(table);
    dates::register(table);
    encoding::register(table);
    crypto::register(table);
    regex::register(table);
    semver::register(table);
    paths::register(table);
    reflect::register(table);
    helm::register(table);
}

/// All functions, by name.
static BY_NAME: LazyLock<HashMap<&str, &Function, foldhash::fast::RandomState>> =
    LazyLock::new(|| TABLE.iter().map(|it| (it.name, it)).collect());

/// The function of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied()
}

/// What `funcMap` of Helm 3 (pkg/engine/funcs.go) does not have yet.
const NOT_IN_HELM3: [&str; 13] = [
    "durationDays",
    "durationHours",
    "durationMicroseconds",
    "durationMilliseconds",
    "durationMinutes",
    "durationNanoseconds",
    "durationRoundTo",
    "durationSeconds",
    "durationTruncateTo",
    "durationWeeks",
    "mustToDuration",
    "mustToToml",
    "mustToYaml",
];

impl Dialect {
    /// The function of that name, if this Helm has it.
    #[must_use]
    pub fn function(self, name: &str) -> Option<&'static Function> {
        find(name).filter(|found| !(self.is_helm3() && NOT_IN_HELM3.contains(&found.name)))
    }
}
