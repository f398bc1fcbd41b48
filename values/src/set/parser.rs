//! The parser of `strvals`: one pass over the characters, straight into the tree.
//!
//! Follows `parser.go` and `literal_parser.go` of Helm 4.3.1 function by function, so that even
//! what they do by accident (an end of text inside an index is no error) is the same.

use super::{MAX_DEPTH, MAX_INDEX, MAX_NESTED_NAME_LEVEL, SetError, json, typed_value};
use crate::{Map, Value, go};

/// What stands behind `=`.
pub(super) enum Mode<'r> {
    /// `--set`
    Typed,
    /// `--set-string`
    Text,
    /// `--set-json`
    Json(json::Numbers),
    /// `--set-file`
    File(&'r mut dyn FnMut(&str) -> Result<String, String>),
    /// `--set-literal`
    Literal,
}

/// Why a step ended: Go tells the two apart with `errors.Is(err, io.EOF)`, and the end of the
/// text ends the whole without an error, wherever it is met.
enum Stop {
    End,
    Error(String),
}

impl Stop {
    fn error<T>(message: impl Into<String>) -> Result<T, Self> {
        Err(Self::Error(message.into()))
    }
}

type Step<T = ()> = Result<T, Stop>;

pub(super) struct Parser<'t, 'r> {
    text: &'t str,
    mode: Mode<'r>,
    /// List items that may still be made.
    room: Option<usize>,
    /// Whether an index must have its `]`, as in Helm 3.
    closes_index: bool,
}

/// What [`Parser::until`] found: the text with its escapes undone, and the character that ended
/// it; none at the end of the text.
type Run = (String, Option<char>);

impl<'t, 'r> Parser<'t, 'r> {
    pub(super) fn new(text: &'t str, mode: Mode<'r>) -> Self {
        Self {
            text,
            mode,
            room: None,
            closes_index: false,
        }
    }

    /// The parser of Helm 3.22.0: Go compares errors with `==` there, so that the end of the text
    /// within an index, which another error wraps, is one.
    pub(super) fn for_helm3(self) -> Self {
        Self {
            closes_index: true,
            ..self
        }
    }

    pub(super) fn with_room(self, items: usize) -> Self {
        Self {
            room: Some(items),
            ..self
        }
    }

    pub(super) fn room(&self) -> usize {
        self.room.unwrap_or_default()
    }

    pub(super) fn parse(&mut self, dest: &mut Map) -> Result<(), SetError> {
        loop {
            match self.key(dest, 0) {
                Ok(()) => {}
                Err(Stop::End) => return Ok(()),
                Err(Stop::Error(message)) => return Err(SetError::new(message)),
            }
        }
    }

    fn key(&mut self, data: &mut Map, level: usize) -> Step {
        let stop: &[char] = if self.literal() {
            &['=', '[', '.']
        } else {
            &['=', '[', ',', '.']
        };
        let (key, last) = self.until(stop);
        match last {
            None if key.is_empty() => Err(Stop::End),
            None => Stop::error(format!("key {} has no value", go::quote(&key))),
            Some('[') => {
                let index = self.key_index()?;
                let mut fresh = Value::List(Vec::new());
                let list = data.get_mut(&key).unwrap_or(&mut fresh);
                let Value::List(items) = list else {
                    return Stop::error(conversion(list, "[]interface {}"));
                };
                let result = self.list_item(items, index, level, 1);
                if matches!(&fresh, Value::List(_)) && !data.contains_key(&key) {
                    set(data, key, fresh);
                }
                result
            }
            Some('=') => self.key_value(data, key),
            Some(',') => {
                let message = format!("key {} has no value (cannot end with ,)", go::quote(&key));
                set(data, key, Value::String(String::new()));
                Stop::error(message)
            }
            Some(_) => self.nested_key(data, key, level + 1),
        }
    }

    /// Behind `key.`: what the key holds, or a new table.
    fn nested_key(&mut self, data: &mut Map, key: String, level: usize) -> Step {
        if level > MAX_NESTED_NAME_LEVEL {
            return Stop::error(format!(
                "value name nested level is greater than maximum supported nested level of \
                 {MAX_NESTED_NAME_LEVEL}"
            ));
        }
        if let Some(existing) = data.get_mut(&key) {
            let Value::Map(inner) = existing else {
                return Stop::error(conversion(existing, "map[string]interface {}"));
            };
            let result = self.key(inner, level);
            return Self::check_inner(inner, &key, result);
        }
        let mut inner = Map::new();
        let result = self.key(&mut inner, level);
        let result = Self::check_inner(&inner, &key, result);
        if !inner.is_empty() {
            set(data, key, Value::Map(inner));
        }
        result
    }

    fn check_inner(inner: &Map, key: &str, result: Step) -> Step {
        if result.is_ok() && inner.is_empty() {
            return Stop::error(format!("key map {} has no value", go::quote(key)));
        }
        result
    }

    /// Behind `key=`.
    fn key_value(&mut self, data: &mut Map, key: String) -> Step {
        match self.value()? {
            Found::Value(value) => {
                set(data, key, value);
                Ok(())
            }
            Found::Nothing => {
                set(data, key, Value::String(String::new()));
                Err(Stop::End)
            }
        }
    }

    fn list_item(&mut self, list: &mut Vec<Value>, index: i64, level: usize, depth: usize) -> Step {
        if index < 0 {
            return Stop::error(format!("negative {index} index not allowed"));
        }
        if depth > MAX_DEPTH {
            return Stop::error(format!("lists are nested more than {MAX_DEPTH} deep"));
        }
        let (rest, last) = self.until(&['[', '.', '=']);
        if !rest.is_empty() {
            return Stop::error(format!(
                "unexpected data at end of array index: {}",
                quote_runes(&rest)
            ));
        }
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        match last {
            None => Err(Stop::End),
            Some('=') => match self.value()? {
                Found::Value(value) => self.set_index(list, at, value),
                Found::Nothing => self.set_index(list, at, Value::String(String::new())),
            },
            Some('[') => {
                let next = self.key_index()?;
                match list.get_mut(at) {
                    Some(Value::List(inner)) => self.list_item(inner, next, level, depth + 1),
                    Some(Value::Null) | None => {
                        let mut inner = Vec::new();
                        self.list_item(&mut inner, next, level, depth + 1)?;
                        self.set_index(list, at, Value::List(inner))
                    }
                    Some(other) => Stop::error(conversion(other, "[]interface {}")),
                }
            }
            Some(_) => {
                let Some(existing) = list.get_mut(at) else {
                    let mut inner = Map::new();
                    self.key(&mut inner, level)?;
                    return self.set_index(list, at, Value::Map(inner));
                };
                if existing.as_map().is_none() {
                    *existing = Value::Map(Map::new());
                }
                match existing {
                    Value::Map(inner) => self.key(inner, level),
                    _ => Ok(()),
                }
            }
        }
    }

    fn set_index(&mut self, list: &mut Vec<Value>, index: usize, value: Value) -> Step {
        if index > MAX_INDEX {
            return Stop::error(format!(
                "index of {index} is greater than maximum supported index of {MAX_INDEX}"
            ));
        }
        if list.len() <= index {
            let more = index + 1 - list.len();
            if let Some(room) = &mut self.room {
                *room = room.checked_sub(more).ok_or_else(|| {
                    Stop::Error(format!("index {index} makes too many list items"))
                })?;
            }
            list.resize(index + 1, Value::Null);
        }
        list[index] = value;
        Ok(())
    }

    /// Reads `N]`. The end of the text before `]` ends all, without an error: Go's message wraps
    /// `io.EOF` there.
    fn key_index(&mut self) -> Step<i64> {
        let (digits, Some(_)) = self.until(&[']']) else {
            if self.closes_index {
                return Stop::error("error parsing index: EOF");
            }
            return Err(Stop::End);
        };
        let problem = match digits.parse::<i64>() {
            Ok(index) => return Ok(index),
            Err(error) => match error.kind() {
                std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow => {
                    "value out of range"
                }
                _ => "invalid syntax",
            },
        };
        let digits = go::quote(&digits);
        Stop::error(format!(
            "error parsing index: strconv.Atoi: parsing {digits}: {problem}"
        ))
    }

    /// The value behind `=`, up to the comma that ends it.
    fn value(&mut self) -> Step<Found> {
        match self.mode {
            Mode::Literal => {
                let text = std::mem::take(&mut self.text);
                Ok(Found::Value(Value::String(text.to_owned())))
            }
            Mode::Json(numbers) => {
                if self.empty_value() {
                    return Ok(Found::Value(Value::Null));
                }
                let (value, rest) = json::read_first(self.text, numbers)
                    .map_err(|error| Stop::Error(error.message))?;
                self.text = rest;
                self.empty_value();
                Ok(Found::Value(value))
            }
            _ if self.text.is_empty() => Ok(Found::Nothing),
            _ if self.text.starts_with('{') => self.list_value().map(Found::Value),
            _ => {
                let (text, _) = self.until(&[',']);
                self.read(text).map(Found::Value)
            }
        }
    }

    /// `{a,b}`, whose items are scalars.
    fn list_value(&mut self) -> Step<Value> {
        self.text = &self.text[1..];
        let mut list = Vec::new();
        loop {
            let (text, last) = self.until(&[',', '}']);
            let Some(last) = last else {
                return Stop::error("list must terminate with '}'");
            };
            if last == '}' {
                self.text = self.text.strip_prefix(',').unwrap_or(self.text);
            }
            list.push(self.read(text)?);
            if last == '}' {
                return Ok(Value::List(list));
            }
        }
    }

    /// What the flag makes of the text of one value.
    fn read(&mut self, text: String) -> Step<Value> {
        match &mut self.mode {
            Mode::Typed => Ok(typed_value(&text)),
            Mode::File(read) => read(&text).map(Value::String).map_err(Stop::Error),
            _ => Ok(Value::String(text)),
        }
    }

    /// Takes blanks and one comma away; whether there is no value before that comma or the end.
    fn empty_value(&mut self) -> bool {
        self.text = self.text.trim_start();
        if let Some(rest) = self.text.strip_prefix(',') {
            self.text = rest;
            return true;
        }
        self.text.is_empty()
    }

    /// Takes all up to and with the first character of `stop`, undoing escapes.
    fn until(&mut self, stop: &[char]) -> Run {
        let escapes = !self.literal();
        let mut run = String::new();
        let mut chars = self.text.chars();
        let mut last = None;
        while let Some(c) = chars.next() {
            if stop.contains(&c) {
                last = Some(c);
                break;
            }
            if c == '\\' && escapes {
                run.extend(chars.next());
            } else {
                run.push(c);
            }
        }
        self.text = chars.as_str();
        (run, last)
    }

    const fn literal(&self) -> bool {
        matches!(self.mode, Mode::Literal)
    }
}

/// What stands behind `=`; nothing at all, at the end of the text, sets an empty string.
enum Found {
    Value(Value),
    Nothing,
}

/// Sets a key; an empty one is passed over without a word.
fn set(data: &mut Map, key: String, value: Value) {
    if !key.is_empty() {
        data.insert(key, value);
    }
}

/// The text of Go's panic when a value is not of the type that the path asks for.
fn conversion(value: &Value, wanted: &str) -> String {
    let has = match value {
        Value::Null => "nil",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int64",
        Value::Float(_) => "float64",
        Value::String(_) => "string",
        Value::List(_) => "[]interface {}",
        Value::Map(_) => "map[string]interface {}",
    };
    format!("unable to parse key: interface conversion: interface {{}} is {has}, not {wanted}")
}

/// A `[]rune` as `%q` prints it: `['a' 'b']`.
fn quote_runes(text: &str) -> String {
    let quote = |c: char| match c {
        '\'' => r"'\''".to_owned(),
        '"' => "'\"'".to_owned(),
        _ => {
            let quoted = go::quote(c.encode_utf8(&mut [0; 4]));
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    };
    format!(
        "[{}]",
        text.chars().map(quote).collect::<Vec<_>>().join(" ")
    )
}
