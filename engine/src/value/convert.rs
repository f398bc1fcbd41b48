//! Between the plain values tree and the values of a render.

use super::{ListKind, Map, MapKind, Str, Value};

impl From<&values::Value> for Value {
    fn from(value: &values::Value) -> Self {
        match value {
            values::Value::Null => Self::Nil,
            values::Value::Bool(flag) => Self::Bool(*flag),
            values::Value::Int(number) => Self::Int64(*number),
            values::Value::Float(number) => Self::Float(*number),
            values::Value::String(text) => Self::str(text.as_str()),
            values::Value::List(list) => Self::list(list.iter().map(Self::from).collect()),
            values::Value::Map(map) => Self::Map(Map::from_values(MapKind::Any, map)),
        }
    }
}

impl From<values::yaml::Node<'_>> for Value {
    /// As from the tree that [`values::yaml::parse`] gives: every number is a float.
    fn from(node: values::yaml::Node<'_>) -> Self {
        use values::yaml::Node;
        match node {
            Node::Null => Self::Nil,
            Node::Bool(flag) => Self::Bool(flag),
            #[expect(clippy::cast_precision_loss, reason = "as JSON's numbers read back")]
            Node::Int(number) => Self::Float(number as f64),
            Node::Float(number) => Self::Float(number),
            Node::Text(text) => Self::str(&*text),
            Node::List(list) => Self::list(list.into_iter().map(Self::from).collect()),
            Node::Map(entries) => Self::map(
                entries
                    .into_iter()
                    .map(|(key, value)| (Str::from(&*key), Self::from(value))),
            ),
        }
    }
}

impl Map {
    /// The render's map for a table of values.
    #[must_use]
    pub fn from_values(kind: MapKind, map: &values::Map) -> Self {
        Self::from_entries(
            kind,
            map.iter()
                .map(|(key, value)| (Str::from(key.as_str()), Value::from(value))),
        )
    }
}

/// A container was nested deeper than any encoder goes, or contains itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("value is nested too deeply")]
pub struct TooDeep;

/// Deeper trees are refused: a map can be made to contain itself, where Go's encoder fails too.
const MAX_DEPTH: usize = 1_000;

impl Value {
    /// The plain tree of this value, as `encoding/json` sees it: bytes as base64, text that is
    /// not UTF-8 with U+FFFD, objects by their [`to_json`](super::Object::to_json).
    ///
    /// # Errors
    /// [`TooDeep`] if it is nested more than 1,000 levels, or contains itself.
    pub fn to_tree(&self) -> Result<values::Value, TooDeep> {
        tree(self, 0)
    }
}

impl Map {
    /// The plain table, as [`Value::to_tree`].
    ///
    /// # Errors
    /// [`TooDeep`] if it is nested more than 1,000 levels, or contains itself.
    pub(crate) fn to_tree(&self) -> Result<values::Map, TooDeep> {
        table(self, 0)
    }

    /// Whether [`to_tree`](Self::to_tree) would go so deep.
    ///
    /// # Errors
    /// [`TooDeep`] as it would have it.
    pub(crate) fn check_depth(&self) -> Result<(), TooDeep> {
        self.read().values().try_for_each(|item| depth_of(item, 1))
    }
}

fn depth_of(value: &Value, depth: usize) -> Result<(), TooDeep> {
    if depth > MAX_DEPTH {
        return Err(TooDeep);
    }
    match value {
        Value::List(list) => list.iter().try_for_each(|item| depth_of(item, depth + 1)),
        Value::Map(map) => map
            .read()
            .values()
            .try_for_each(|item| depth_of(item, depth + 1)),
        _ => Ok(()),
    }
}

fn table(map: &Map, depth: usize) -> Result<values::Map, TooDeep> {
    map.read()
        .iter()
        .map(|(key, item)| Ok((key.to_string_lossy().into_owned(), tree(item, depth + 1)?)))
        .collect()
}

fn tree(value: &Value, depth: usize) -> Result<values::Value, TooDeep> {
    if depth > MAX_DEPTH {
        return Err(TooDeep);
    }
    Ok(match value {
        Value::Nil => values::Value::Null,
        Value::Bool(flag) => values::Value::Bool(*flag),
        Value::Int(number) | Value::Int64(number) => values::Value::Int(*number),
        Value::Uint8(number) => values::Value::Int(i64::from(*number)),
        #[expect(
            clippy::cast_precision_loss,
            reason = "beyond int64 only a float is left"
        )]
        Value::Uint64(number) => {
            i64::try_from(*number).map_or(values::Value::Float(*number as f64), values::Value::Int)
        }
        Value::Float(number) => values::Value::Float(*number),
        Value::String(text) => values::Value::String(text.to_string_lossy().into_owned()),
        Value::List(list) if list.is_nil() => values::Value::Null,
        Value::List(list) if list.kind() == ListKind::Byte => {
            use base64::Engine as _;
            let bytes: Vec<u8> = list
                .iter()
                .map(|item| match item {
                    Value::Uint8(byte) => *byte,
                    _ => 0,
                })
                .collect();
            values::Value::String(base64::engine::general_purpose::STANDARD.encode(bytes))
        }
        Value::List(list) => values::Value::List(
            list.iter()
                .map(|item| tree(item, depth + 1))
                .collect::<Result<_, _>>()?,
        ),
        Value::Map(map) if map.kind() == MapKind::NilString => values::Value::Null,
        Value::Map(map) => values::Value::Map(table(map, depth)?),
        Value::Object(object) => tree(&object.to_json(), depth + 1)?,
    })
}
