//! From what the executor noted of a failure to what people are told: the lines around the place,
//! the calls that led there, the values involved, a hint.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use values::{Segment, ValuesPath, secret::name_says_secret, suggest::nearest};

use super::{
    ExecError, ROOT,
    error::{MAX_CHAIN, marked_message, without_marks},
    scene::{Read, Scene, Site},
};
use crate::{
    Error,
    error::{CallSite, Excerpt, Involved, MASK, Of, shortened},
    functions::TABLE,
    parse::Source,
    value::{Map, Str, Value},
};

/// More would hide the ones that matter.
const MAX_INVOLVED: usize = 8;
/// Values nested deeper are not looked for.
const MAX_DEPTH: usize = 100;

/// Adds to Helm's sentence what is known beside it.
pub(super) fn explained(made: Error, file: &str, error: &ExecError, values: Option<&Map>) -> Error {
    let scenes: Vec<&Scene> = error
        .layers()
        .filter_map(|it| it.scene.as_deref())
        .collect();
    let Some(scene) = scenes.last() else {
        return made.at(file, None, None);
    };
    let site = &scene.site;
    let (line, span) = site.span();
    let of = if site.source.name == *ROOT {
        Of::Text
    } else {
        Of::Template
    };
    let text = site.source.text.to_string_lossy();
    let headline = error
        .layers()
        .find_map(|it| marked_message(&it.text))
        .map_or_else(|| without_marks(&scene.message), without_marks);
    let involved = Named::all(&scenes, values, &scene.message);
    let hint = error
        .layers()
        .find_map(|it| it.hint.clone())
        .or_else(|| hint(&scene.message, &involved));
    let made = made
        .with_headline(headline)
        .at(
            &site.source.name.to_string_lossy(),
            Some(line),
            Some(span.start + 1),
        )
        .with_excerpt(Excerpt::new(of, &text, line, Some(span)))
        .with_chain(chain(&scenes), site.template.to_string_lossy().into_owned())
        .with_involved(involved.into_iter().map(|named| named.told).collect());
    match hint {
        Some(hint) => made.with_hint(hint),
        None => made,
    }
}

/// The calls that led to the innermost error, from outside in. Of a very long way the beginning
/// and the end are kept.
fn chain(scenes: &[&Scene]) -> Vec<CallSite> {
    let mut sites: Vec<&Site> = Vec::new();
    for (at, scene) in scenes.iter().enumerate() {
        sites.extend(scene.passed.iter().rev());
        if at + 1 < scenes.len() {
            sites.push(&scene.site);
        }
    }
    if sites.len() > MAX_CHAIN {
        sites.drain(MAX_CHAIN / 2..sites.len() - MAX_CHAIN / 2);
    }
    sites.into_iter().map(Site::call).collect()
}

impl Site {
    fn call(&self) -> CallSite {
        let (line, span) = self.span();
        CallSite {
            template: self.source.name.to_string_lossy().into_owned(),
            line,
            column: span.start + 1,
            inside: self.template.to_string_lossy().into_owned(),
            call: self.text.clone(),
        }
    }

    /// The line of the node, and the bytes of that line that are the node. Go's position of a
    /// path is that of its second name, so the node is looked for around it.
    fn span(&self) -> (usize, Range<usize>) {
        let (line, column) = self.source.place(self.pos);
        let text = line_of(&self.source, line);
        let found = (column.saturating_sub(self.text.len())..=column)
            .rev()
            .find(|&from| {
                let rest = text.get(from..).unwrap_or_default();
                from + self.text.len() > column && rest.starts_with(self.text.as_bytes())
            });
        match found {
            Some(from) => (line, from..from + self.text.len()),
            None => (
                line,
                column..column + word(text.get(column..).unwrap_or_default()),
            ),
        }
    }
}

/// The bytes of a line, counted from 1.
fn line_of(source: &Source, line: usize) -> &[u8] {
    source
        .text
        .as_bytes()
        .split(|&byte| byte == b'\n')
        .nth(line.saturating_sub(1))
        .unwrap_or_default()
}

/// The length of the word at the beginning of a text.
fn word(text: &[u8]) -> usize {
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || b"._$\"".contains(byte);
    text.iter().take_while(|byte| inner(byte)).count().max(1)
}

/// A value involved, and what else is known of it for a hint.
struct Named<'r> {
    told: Involved,
    read: &'r Read,
}

impl<'r> Named<'r> {
    /// What the failing pipeline reads; where a template gives up by itself, what made it do so,
    /// too.
    fn all(scenes: &[&'r Scene], values: Option<&Map>, message: &str) -> Vec<Self> {
        let places = Places::new(values);
        let mut named: Vec<Self> = Vec::new();
        let Some((innermost, outer)) = scenes.split_last() else {
            return named;
        };
        let mut reads: Vec<&Read> = innermost.reads.iter().flatten().collect();
        if marked_message(message).is_some() {
            reads.extend(&innermost.conditions);
            for scene in outer.iter().rev() {
                reads.extend(&scene.conditions);
            }
        }
        for read in reads {
            let told = places.told(read);
            let is_new = !named.iter().any(|it| it.told.name() == told.name());
            if is_new && !is_surroundings(read, &told) && named.len() < MAX_INVOLVED {
                named.push(Self { told, read });
            }
        }
        named
    }
}

/// What a template always has at hand says nothing about a failure.
fn is_surroundings(read: &Read, told: &Involved) -> bool {
    const OBJECTS: [&str; 6] = [
        "Capabilities",
        "Chart",
        "Files",
        "Release",
        "Subcharts",
        "Template",
    ];
    if told.path.as_ref().is_some_and(ValuesPath::is_root) {
        return true;
    }
    if told.path.is_some() || read.value.is_none() {
        return false;
    }
    let names = read.written.trim_start_matches(['$', '.']);
    let first = names.split('.').next().unwrap_or_default();
    OBJECTS.contains(&first)
        || matches!(&read.value, Some(Value::Map(map))
            if map.contains_key(b"Values") && map.contains_key(b"Release"))
}

/// Where tables and lists stand in the values of the chart.
struct Places<'v> {
    values: Option<&'v Map>,
    by_address: HashMap<usize, ValuesPath>,
}

impl<'v> Places<'v> {
    fn new(values: Option<&'v Map>) -> Self {
        let mut places = Self {
            values,
            by_address: HashMap::new(),
        };
        if let Some(map) = values {
            places.add_map(map, ValuesPath::root(), 0);
        }
        places
    }

    fn add_map(&mut self, map: &Map, path: ValuesPath, depth: usize) {
        if depth > MAX_DEPTH || self.by_address.contains_key(&map.address()) {
            return;
        }
        for (key, value) in map.read().iter() {
            self.add(value, &|| path.key(key.to_string_lossy()), depth);
        }
        self.by_address.insert(map.address(), path);
    }

    fn add(&mut self, value: &Value, path: &dyn Fn() -> ValuesPath, depth: usize) {
        match value {
            Value::Map(map) => self.add_map(map, path(), depth + 1),
            Value::List(list) if !list.is_empty() => {
                let path = path();
                for (at, item) in list.iter().enumerate() {
                    self.add(item, &|| path.index(at), depth + 1);
                }
                self.by_address.insert(list.address(), path);
            }
            _ => {}
        }
    }

    fn path(&self, read: &Read) -> Option<ValuesPath> {
        let path = match (&read.held, &read.value) {
            (Some((map, key)), _) => {
                let path = self.by_address.get(&map.address())?;
                path.key(key.to_string_lossy())
            }
            (None, Some(Value::Map(map))) => self.by_address.get(&map.address())?.clone(),
            (None, Some(Value::List(list))) => self.by_address.get(&list.address())?.clone(),
            _ => return None,
        };
        Some(self.without_copy(path))
    }

    /// Subcharts have copies of `global`: what the user sets is the one at the top.
    fn without_copy(&self, path: ValuesPath) -> ValuesPath {
        let is_global = |segment: &Segment| matches!(segment, Segment::Key(key) if key == "global");
        let Some(at) = path.segments().iter().skip(1).position(is_global) else {
            return path;
        };
        let Some(Value::Map(_)) = self.values.and_then(|map| map.get(b"global")) else {
            return path;
        };
        ValuesPath::from(path.segments()[at + 1..].to_vec())
    }

    fn told(&self, read: &Read) -> Involved {
        let path = self.path(read);
        let is_secret = match &path {
            Some(path) => path
                .segments()
                .iter()
                .any(|segment| matches!(segment, Segment::Key(key) if name_says_secret(key))),
            None => read.written.split('.').any(name_says_secret),
        };
        let value = read.value.as_ref().map(|value| match value {
            Value::String(text) if is_secret && !text.is_empty() => MASK.to_owned(),
            other => told_value(other),
        });
        Involved {
            written: read.written.clone(),
            path,
            value,
            layer: None,
        }
    }
}

fn told_value(value: &Value) -> String {
    match value {
        Value::Object(object) => object.go_type().to_owned(),
        // Only the outermost level is shown: no need to turn the rest into a tree.
        Value::Map(map) => {
            let keys = map.keys().into_iter();
            let keys = keys.map(|key| (key.to_string_lossy().into_owned(), values::Value::Null));
            shortened(&values::Value::Map(keys.collect()))
        }
        Value::List(list) => shortened(&values::Value::List(vec![values::Value::Null; list.len()])),
        other => other
            .to_tree()
            .map_or_else(|_| String::new(), |tree| shortened(&tree)),
    }
}

/// What might help, as far as the values involved tell.
fn hint(message: &str, involved: &[Named<'_>]) -> Option<String> {
    if let Some(hint) = cast_hint(message, involved) {
        return Some(hint);
    }
    let missing = involved.iter().find(|it| it.told.value.is_none());
    if let Some(missing) = missing {
        return Some(not_set(missing));
    }
    let null = involved
        .iter()
        .find(|it| matches!(it.read.value, Some(Value::Nil)));
    if let Some(null) = null
        && marked_message(message).is_none()
    {
        return Some(format!("`{}` is null", null.told.written));
    }
    if message.starts_with("can't evaluate field") {
        let (scalar, field) = involved
            .iter()
            .find(|it| !matches!(it.read.value, Some(Value::Map(_) | Value::Object(_))))
            .zip(message.split(' ').nth(3))?;
        return Some(format!(
            "{}, not a table that could have `{field}`",
            is(scalar)
        ));
    }
    if message.starts_with("range can't iterate over") {
        return Some(format!("{}, not a list or table", is(involved.last()?)));
    }
    if message.contains("index out of range") {
        let list = involved
            .iter()
            .find(|it| matches!(it.read.value, Some(Value::List(_))))?;
        return Some(is(list));
    }
    None
}

/// That a number is where a text is expected, or the like.
fn cast_hint(message: &str, involved: &[Named<'_>]) -> Option<String> {
    let (_, types) = message.split_once("wrong type for value; expected ")?;
    let (wanted, got) = types.split_once("; got ")?;
    let cast = match wanted {
        "string" => "toString",
        "int" | "int64" | "float64" => wanted,
        _ => return None,
    };
    let scalar = involved.iter().rfind(|it| {
        let value = it.read.value.as_ref();
        value.is_some_and(|value| value.go_type() == got && !matches!(value, Value::Map(_)))
    })?;
    let shown = is(scalar);
    Some(format!(
        "{shown} ({got}), not a {wanted}: `{cast}` makes one of it"
    ))
}

/// What a value is.
fn is(named: &Named<'_>) -> String {
    let value = named.told.value.as_deref().unwrap_or_default();
    format!("`{}` is {value}", named.told.written)
}

/// That a value is not set, and which one is that may have been meant.
fn not_set(missing: &Named<'_>) -> String {
    let written = &missing.told.written;
    let near = missing.read.held.as_ref().and_then(|(map, key)| {
        let keys = map.keys();
        let keys: Vec<Cow<'_, str>> = keys.iter().map(Str::to_string_lossy).collect();
        let near = nearest(&key.to_string_lossy(), keys.iter().map(|key| &**key));
        near.map(str::to_owned)
    });
    match near {
        Some(near) => format!("`{written}` is not set; did you mean `{near}`?"),
        None => format!("`{written}` is not set"),
    }
}

/// “Did you mean” for `function "toYml" not defined`.
pub(super) fn unknown_function(message: &str) -> Option<String> {
    let rest = message.strip_prefix("function \"")?;
    let (name, _) = rest.split_once("\" not defined")?;
    let near = nearest(name, TABLE.iter().map(|function| function.name))?;
    Some(format!(
        "no function is named `{name}`; did you mean `{near}`?"
    ))
}
