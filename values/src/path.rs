//! Paths into a values tree, written in the grammar of Helm's `--set` keys: `a.b[0].c\.d`.

use std::fmt;
use std::str::FromStr;

use crate::{Map, Value};

/// The largest list index a path may name: Helm's `strvals.MaxIndex`.
pub const MAX_INDEX: usize = crate::set::MAX_INDEX;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A key of a table.
    Key(String),
    /// A position in a list, from zero.
    Index(usize),
}

/// Where a value stands in a values tree. The empty path is the whole tree.
///
/// Its text is what stands before the `=` of `--set`, so a path can be copied into a command:
/// `.`, `,`, `=`, `[` and `\` in a key are escaped with a backslash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ValuesPath(Vec<Segment>);

/// Why a text is not a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Nothing at all, or nothing between two dots.
    #[error("a key is missing in the path `{0}`")]
    EmptyKey(String),
    /// `[` without `]`, or something that is no number between them.
    #[error("`{1}` in the path `{0}` is not a list index; write [0], [1], …")]
    BadIndex(String, String),
    /// An index beyond Helm's own limit.
    #[error("the index {1} in the path `{0}` is beyond Helm's limit of {MAX_INDEX}")]
    IndexTooLarge(String, usize),
    /// Text between `]` and the next `.` or `[`.
    #[error("`{1}` in the path `{0}` follows an index; write a dot or another index there")]
    AfterIndex(String, String),
    /// A path that starts with an index: the root is always a table.
    #[error("the path `{0}` starts with an index, but values are a table at the top")]
    IndexAtTop(String),
}

impl ValuesPath {
    /// The path of the whole tree.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// A path of table keys, none of which needs to be escaped by the caller.
    pub fn of_keys<S: Into<String>>(keys: impl IntoIterator<Item = S>) -> Self {
        Self(
            keys.into_iter()
                .map(|key| Segment::Key(key.into()))
                .collect(),
        )
    }

    /// The steps from the root.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is the whole tree.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// How many steps it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no steps; the same as [`Self::is_root`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This path and one key more.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        let mut longer = self.clone();
        longer.0.push(Segment::Key(key.into()));
        longer
    }

    /// This path and one index more.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut longer = self.clone();
        longer.0.push(Segment::Index(index));
        longer
    }

    /// The path one step shorter; none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// The last key, if the last step is one.
    #[must_use]
    pub fn last_key(&self) -> Option<&str> {
        match self.0.last() {
            Some(Segment::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Whether `self` is `ancestor` or lies beneath it.
    #[must_use]
    pub fn starts_with(&self, ancestor: &Self) -> bool {
        self.0.starts_with(&ancestor.0)
    }

    /// The part of this path before its first index: what can be overridden alone, since Helm
    /// replaces lists whole.
    #[must_use]
    pub fn before_list(&self) -> Self {
        let keys = self
            .0
            .iter()
            .take_while(|segment| matches!(segment, Segment::Key(_)));
        Self(keys.cloned().collect())
    }

    /// The value at this path, if there is one.
    #[must_use]
    pub fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        walk(&self.0, root)
    }

    /// The value at this path of a table; none for the root, which is not a [`Value`] here.
    #[must_use]
    pub fn get_in<'v>(&self, root: &'v Map) -> Option<&'v Value> {
        let (first, rest) = self.0.split_first()?;
        let Segment::Key(key) = first else {
            return None;
        };
        walk(rest, root.get(key)?)
    }

    /// Puts a value at this path, making tables and lists on the way. What is on the way and is
    /// neither is replaced; a list that is too short is filled with nulls. The root and paths
    /// that start with an index cannot be set: they leave the tree as it is.
    pub fn set(&self, root: &mut Map, value: Value) {
        let Some((Segment::Key(key), rest)) = self.0.split_first() else {
            return;
        };
        put(rest, root.entry(key.clone()).or_default(), value);
    }

    /// Takes the value at this path out and returns it. Tables that become empty stay (see
    /// [`Self::prune`]); of a list, later items move up.
    pub fn remove(&self, root: &mut Map) -> Option<Value> {
        let (first, rest) = self.0.split_first()?;
        let Segment::Key(key) = first else {
            return None;
        };
        if rest.is_empty() {
            return root.remove(key);
        }
        take(rest, root.get_mut(key)?)
    }

    /// Removes the empty tables on the way to this path, from its end to the root: what a tree of
    /// overrides wants after [`Self::remove`].
    pub fn prune(&self, root: &mut Map) {
        let mut path = self.parent();
        while let Some(current) = path {
            if !matches!(current.get_in(root), Some(Value::Map(map)) if map.is_empty()) {
                return;
            }
            current.remove(root);
            path = current.parent();
        }
    }
}

fn walk<'v>(segments: &[Segment], mut value: &'v Value) -> Option<&'v Value> {
    for segment in segments {
        value = match (segment, value) {
            (Segment::Key(key), Value::Map(map)) => map.get(key)?,
            (Segment::Index(index), Value::List(list)) => list.get(*index)?,
            _ => return None,
        };
    }
    Some(value)
}

fn put(segments: &[Segment], slot: &mut Value, value: Value) {
    let Some((segment, rest)) = segments.split_first() else {
        *slot = value;
        return;
    };
    match segment {
        Segment::Key(key) => {
            if slot.as_map().is_none() {
                *slot = Value::Map(Map::new());
            }
            if let Value::Map(map) = slot {
                put(rest, map.entry(key.clone()).or_default(), value);
            }
        }
        Segment::Index(index) => {
            if *index > MAX_INDEX {
                return;
            }
            if !matches!(slot, Value::List(_)) {
                *slot = Value::List(Vec::new());
            }
            if let Value::List(list) = slot {
                if list.len() <= *index {
                    list.resize(index + 1, Value::Null);
                }
                put(rest, &mut list[*index], value);
            }
        }
    }
}

fn take(segments: &[Segment], value: &mut Value) -> Option<Value> {
    let (segment, rest) = segments.split_first()?;
    match (segment, value) {
        (Segment::Key(key), Value::Map(map)) if rest.is_empty() => map.remove(key),
        (Segment::Key(key), Value::Map(map)) => take(rest, map.get_mut(key)?),
        (Segment::Index(index), Value::List(list)) if rest.is_empty() => {
            (*index < list.len()).then(|| list.remove(*index))
        }
        (Segment::Index(index), Value::List(list)) => take(rest, list.get_mut(*index)?),
        _ => None,
    }
}

/// Whether a character of a key needs a backslash before it.
const fn is_special(c: char) -> bool {
    matches!(c, '.' | ',' | '=' | '[' | '\\')
}

impl fmt::Display for ValuesPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    if at > 0 {
                        f.write_str(".")?;
                    }
                    for c in key.chars() {
                        if is_special(c) {
                            f.write_str("\\")?;
                        }
                        write!(f, "{c}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl FromStr for ValuesPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Self::read(text, false)
    }
}

impl ValuesPath {
    /// Reads a path; `empty` says whether keys may be empty, which values may have and Helm's
    /// grammar has not.
    fn read(text: &str, empty: bool) -> Result<Self, PathError> {
        let mut segments = Vec::new();
        let mut chars = text.chars().peekable();
        loop {
            segments.push(Segment::Key(read_key(text, &mut chars, empty)?));
            while chars.next_if_eq(&'[').is_some() {
                segments.push(Segment::Index(read_index(text, &mut chars)?));
            }
            match chars.next() {
                None => return Ok(Self(segments)),
                Some('.') => {}
                Some(_) => {
                    let rest = text.rsplit(']').next().unwrap_or_default();
                    return Err(PathError::AfterIndex(text.to_owned(), rest.to_owned()));
                }
            }
        }
    }
}

type Chars<'t> = std::iter::Peekable<std::str::Chars<'t>>;

/// Reads up to the next unescaped `.` or `[`, which stay. `,` and `=` need no backslash here, as
/// a path alone has no value after it.
fn read_key(text: &str, chars: &mut Chars<'_>, empty: bool) -> Result<String, PathError> {
    let mut key = String::new();
    while let Some(c) = chars.next_if(|c| !matches!(c, '.' | '[')) {
        if c == '\\' {
            key.extend(chars.next());
        } else {
            key.push(c);
        }
    }
    if key.is_empty() && !empty {
        return Err(if chars.peek() == Some(&'[') && text.starts_with('[') {
            PathError::IndexAtTop(text.to_owned())
        } else {
            PathError::EmptyKey(text.to_owned())
        });
    }
    Ok(key)
}

fn read_index(text: &str, chars: &mut Chars<'_>) -> Result<usize, PathError> {
    let mut digits = String::new();
    let mut closed = false;
    for c in chars.by_ref() {
        if c == ']' {
            closed = true;
            break;
        }
        digits.push(c);
    }
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !closed || !plain {
        return Err(PathError::BadIndex(text.to_owned(), digits));
    }
    match digits.parse::<usize>() {
        Ok(index) if index <= MAX_INDEX => Ok(index),
        Ok(index) => Err(PathError::IndexTooLarge(text.to_owned(), index)),
        Err(_) => Err(PathError::IndexTooLarge(text.to_owned(), usize::MAX)),
    }
}

impl From<Vec<Segment>> for ValuesPath {
    fn from(segments: Vec<Segment>) -> Self {
        Self(segments)
    }
}

/// On the wire a path is its text. One thing is lost: the path of an empty key at the top is the
/// root's.
impl serde::Serialize for ValuesPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ValuesPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self::root());
        }
        Self::read(&text, true).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
