//! TOML as github.com/BurntSushi/toml v1.6.0 writes it (encode.go) and reads it ([`read`]).

mod read;
mod scan;

use crate::{
    functions::{
        CallError, Family, Function, Host, ZERO_VALUE,
        time::{Duration, Time},
    },
    value::{Map, MapKind, Str, Value},
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Helm;
    table.extend([
        Function::new(
            family,
            "toToml",
            "A value as TOML, or what is wrong with it",
            to_toml,
        ),
        Function::new(
            family,
            "mustToToml",
            "A value as TOML, or an error",
            must_to_toml,
        ),
        Function::new(family, "fromToml", "The map of a TOML text", from_toml),
    ]);
}

/// How writing ended early: Go's own panics pass through `toToml`, the rest become its text.
enum Failure {
    Error(String),
    Panic(String),
}

fn to_toml(host: &mut Host, value: Value) -> Result<Str, CallError> {
    match encode(host, &value)? {
        Ok(text) => Ok(text),
        Err(Failure::Error(message)) => Ok(message.into()),
        Err(Failure::Panic(message)) => Err(CallError(message)),
    }
}

fn must_to_toml(host: &mut Host, value: Value) -> Result<Str, CallError> {
    encode(host, &value)?.map_err(|failure| match failure {
        Failure::Error(message) | Failure::Panic(message) => CallError(message),
    })
}

fn encode(host: &mut Host, value: &Value) -> Result<Result<Str, Failure>, CallError> {
    host.measure(value)?;
    let mut encoder = Encoder { out: Vec::new() };
    if value.is_nil() {
        return Ok(Err(Failure::Panic(ZERO_VALUE.to_owned())));
    }
    let result = encoder.value(&[], value, 0);
    host.meter.value(encoder.out.len())?;
    Ok(result.map(|()| encoder.out.into()))
}

/// Deeper values are refused: Go would run out of stack.
const MAX_DEPTH: usize = 1_000;

struct Encoder {
    out: Vec<u8>,
}

type Written = Result<(), Failure>;

fn is_table(value: &Value) -> bool {
    match value {
        Value::Map(_) => true,
        Value::List(_) => is_tables(value),
        _ => false,
    }
}

/// Whether a value is a list of only maps, which is written as an array of tables.
fn is_tables(value: &Value) -> bool {
    match value {
        Value::List(list) => {
            !list.is_empty() && list.iter().all(|item| matches!(item, Value::Map(_)))
        }
        _ => false,
    }
}

impl Encoder {
    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn newline(&mut self) {
        if !self.out.is_empty() {
            self.out.push(b'\n');
        }
    }

    fn indent(&mut self, key: &[Str]) {
        self.out
            .resize(self.out.len() + 2 * key.len().saturating_sub(1), b' ');
    }

    fn value(&mut self, key: &[Str], value: &Value, depth: usize) -> Written {
        if depth > MAX_DEPTH {
            return Err(Failure::Error("value is nested too deeply".to_owned()));
        }
        match value {
            Value::Nil => Ok(()),
            Value::Map(map) if map.kind() == MapKind::NilString => Ok(()),
            Value::Map(map) => {
                if key.len() == 1 {
                    self.newline();
                }
                if !key.is_empty() {
                    self.indent(key);
                    self.put("[");
                    self.key_path(key);
                    self.put("]");
                    self.newline();
                }
                self.map(key, map, depth)
            }
            Value::List(list) if is_tables(value) => {
                if key.is_empty() {
                    let message = "toml: top-level values must be Go maps or structs";
                    return Err(Failure::Error(message.to_owned()));
                }
                for item in list.iter() {
                    let Value::Map(map) = item else { continue };
                    self.newline();
                    self.indent(key);
                    self.put("[[");
                    self.key_path(key);
                    self.put("]]");
                    self.newline();
                    self.map(key, map, depth)?;
                }
                Ok(())
            }
            other => self.pair(key, other, false, depth),
        }
    }

    fn pair(&mut self, key: &[Str], value: &Value, inline: bool, depth: usize) -> Written {
        let Some(last) = key.last() else {
            return self.element(value, depth);
        };
        self.indent(key);
        self.key(last);
        self.put(" = ");
        self.element(value, depth)?;
        if !inline {
            self.newline();
        }
        Ok(())
    }

    /// Plain entries before tables, each sorted by key; nil is left out.
    fn map(&mut self, key: &[Str], map: &Map, depth: usize) -> Written {
        let (tables, plain): (Vec<_>, Vec<_>) = map
            .entries()
            .into_iter()
            .partition(|(_, item)| is_table(item));
        for (name, item) in plain.into_iter().chain(tables) {
            let mut path = key.to_vec();
            path.push(name);
            self.value(&path, &item, depth + 1)?;
        }
        Ok(())
    }

    fn inline_map(&mut self, map: &Map, depth: usize) -> Written {
        self.put("{");
        let (tables, plain): (Vec<_>, Vec<_>) = map
            .entries()
            .into_iter()
            .partition(|(_, item)| is_table(item));
        let more = !tables.is_empty();
        for (entries, trailing) in [(plain, more), (tables, false)] {
            let last = entries.len().saturating_sub(1);
            for (index, (name, item)) in entries.into_iter().enumerate() {
                if item.is_nil() {
                    continue;
                }
                self.pair(&[name], &item, true, depth + 1)?;
                if trailing || index != last {
                    self.put(", ");
                }
            }
        }
        self.put("}");
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Written {
        if depth > MAX_DEPTH {
            return Err(Failure::Error("value is nested too deeply".to_owned()));
        }
        match value {
            Value::Nil => {
                let message = "toml: cannot encode array with nil element";
                return Err(Failure::Error(message.to_owned()));
            }
            Value::Float(number) => {
                let text = match number {
                    number if number.is_nan() => "nan".to_owned(),
                    number if number.is_infinite() => {
                        if *number < 0.0 {
                            "-inf".to_owned()
                        } else {
                            "inf".to_owned()
                        }
                    }
                    number => values::go::format_float(*number),
                };
                let whole = text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-');
                self.put(&text);
                if whole {
                    self.put(".0");
                }
            }
            Value::String(text) => self.quoted(text),
            Value::List(list) => {
                self.put("[");
                for (index, item) in list.iter().enumerate() {
                    if index > 0 {
                        self.put(", ");
                    }
                    self.element(item, depth + 1)?;
                }
                self.put("]");
            }
            Value::Map(map) => self.inline_map(map, depth)?,
            Value::Object(object) => {
                if let Some(time) = value.downcast::<Time>() {
                    self.put(&time.format(match time.zone.as_str() {
                        scan::LOCAL_DATETIME => "2006-01-02T15:04:05.999999999",
                        scan::LOCAL_DATE => "2006-01-02",
                        scan::LOCAL_TIME => "15:04:05.999999999",
                        _ => "2006-01-02T15:04:05.999999999Z07:00",
                    }));
                } else if value.downcast::<Duration>().is_some() {
                    self.quoted(&object.print());
                } else {
                    return self.element(&object.to_json(), depth + 1);
                }
            }
            other => other.print_to(&mut self.out),
        }
        Ok(())
    }

    fn key_path(&mut self, key: &[Str]) {
        for (index, part) in key.iter().enumerate() {
            if index > 0 {
                self.put(".");
            }
            self.key(part);
        }
    }

    fn key(&mut self, key: &Str) {
        push_key(key.as_bytes(), &mut self.out);
    }

    fn quoted(&mut self, text: &Str) {
        push_quoted(text.as_bytes(), &mut self.out);
    }
}

/// One part of a key, in quotes if it must be.
fn push_key(key: &[u8], out: &mut Vec<u8>) {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
    if !key.is_empty() && key.iter().all(plain) {
        out.extend_from_slice(key);
    } else {
        push_quoted(key, out);
    }
}

fn push_quoted(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            8 => "\\b",
            b'\t' => "\\t",
            b'\n' => "\\n",
            12 => "\\f",
            b'\r' => "\\r",
            0..=0x1f | 0x7f => {
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                continue;
            }
            byte => {
                out.push(byte);
                continue;
            }
        };
        out.extend_from_slice(escaped.as_bytes());
    }
    out.push(b'"');
}

/// What is no TOML gives a map with the key `Error`.
fn from_toml(host: &mut Host, text: Str) -> Result<Map, CallError> {
    host.meter.value(text.len())?;
    Ok(
        read::read(text.as_bytes(), &mut host.meter)?.unwrap_or_else(|message| {
            Map::from_entries(MapKind::Any, [("Error".into(), Value::str(message))])
        }),
    )
}
