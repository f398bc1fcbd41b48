//! TOML as github.com/BurntSushi/toml v1.6.0 writes it (encode.go), and as the crate `toml`
//! reads it: what is wrong with a text is worded differently.

use crate::{
    functions::{
        CallError, Family, Function, Host,
        time::{self, Duration, Time},
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
        let message = "reflect: call of reflect.Value.Type on zero Value";
        return Ok(Err(Failure::Panic(message.to_owned())));
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
                    self.put(&time.format("2006-01-02T15:04:05.999999999Z07:00"));
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
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
        if !key.is_empty() && key.as_bytes().iter().all(plain) {
            self.out.extend_from_slice(key.as_bytes());
        } else {
            self.quoted(key);
        }
    }

    fn quoted(&mut self, text: &Str) {
        self.out.push(b'"');
        for &byte in text.as_bytes() {
            match byte {
                b'"' => self.put("\\\""),
                b'\\' => self.put("\\\\"),
                8 => self.put("\\b"),
                b'\t' => self.put("\\t"),
                b'\n' => self.put("\\n"),
                12 => self.put("\\f"),
                b'\r' => self.put("\\r"),
                0..=0x1f | 0x7f => self.put(&format!("\\u{byte:04x}")),
                byte => self.out.push(byte),
            }
        }
        self.out.push(b'"');
    }
}

/// What is no TOML gives a map with the key `Error`.
fn from_toml(host: &mut Host, text: Str) -> Result<Map, CallError> {
    host.meter.value(text.len())?;
    let text = text.to_string_lossy();
    Ok(match text.parse::<toml::Table>() {
        Ok(table) => table_value(&table),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            let line = text.as_bytes()[..start]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
                + 1;
            let message = format!("toml: line {line}: {}", error.message());
            Map::from_entries(MapKind::Any, [("Error".into(), Value::str(message))])
        }
    })
}

fn table_value(table: &toml::Table) -> Map {
    Map::from_entries(
        MapKind::Any,
        table
            .iter()
            .map(|(key, value)| (Str::from(key.as_str()), from_parsed(value))),
    )
}

fn from_parsed(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::str(text.as_str()),
        toml::Value::Integer(number) => Value::Int64(*number),
        toml::Value::Float(number) => Value::Float(*number),
        toml::Value::Boolean(flag) => Value::Bool(*flag),
        toml::Value::Datetime(datetime) => {
            let text = datetime.to_string();
            let layouts = [
                "2006-01-02T15:04:05Z07:00",
                "2006-01-02T15:04:05",
                "2006-01-02",
                "15:04:05",
            ];
            let time = layouts
                .iter()
                .find_map(|layout| time::parse(layout, &text).ok());
            time.map_or_else(|| Value::str(text), Value::from)
        }
        toml::Value::Array(items) => {
            let all_tables = !items.is_empty()
                && items
                    .iter()
                    .all(|item| matches!(item, toml::Value::Table(_)));
            let items = items.iter().map(from_parsed).collect();
            if all_tables {
                crate::value::List::new(crate::value::ListKind::Map, items).into()
            } else {
                Value::list(items)
            }
        }
        toml::Value::Table(table) => table_value(table).into(),
    }
}
