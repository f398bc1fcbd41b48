//! The overrides as a YAML text that a person edits, comments, order and style of their own.
//!
//! The text and the tree of overrides say the same at all times: [`parse`] reads the text as Helm
//! reads it, and [`rewrite`] changes as little of it as it can when the tree was changed elsewhere
//! (in the form, by a reset, by a link).
//!
//! What goes with a key that is taken away: its lines, the comment behind it, comments below it
//! that are indented deeper, and the comment lines right above it, which speak of it. A comment at
//! the very top of the text stays, as it may speak of the whole.

mod edit;
mod print;

use values::yaml::{Limits, Place, PlaceKind, parse_checked, parse_places};
use values::{Map, Segment, Value, ValuesPath};

use crate::layers::{same, tidy};

/// Why a text is no overrides.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DocumentError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it, where that is known.
    pub hint: Option<String>,
}

/// Reads a text as Helm reads a values file; an empty one says nothing.
///
/// # Errors
/// Where it is no YAML, or no table.
pub fn parse(text: &str) -> Result<Map, DocumentError> {
    let wrong = |line: Option<usize>, column: Option<usize>, sentence: &str| {
        // The sentence says the place, too, which stands beside it here.
        let bare = sentence
            .strip_prefix("line ")
            .and_then(|rest| rest.split_once(": "))
            .map_or(sentence, |(_, bare)| bare);
        let (message, hint) = match bare.split_once("; ") {
            Some((message, hint)) => (message, Some(hint.to_owned())),
            None => (bare, None),
        };
        DocumentError {
            // What is missing at the end is missing in the last line that there is.
            line: line.unwrap_or(1).min(text.lines().count().max(1)),
            column: column.unwrap_or(1),
            message: message.to_owned(),
            hint,
        }
    };
    match parse_checked(text, &Limits::default()) {
        Ok(Value::Null) => Ok(Map::new()),
        Ok(value) => match tidy(value) {
            Value::Map(map) => Ok(map),
            _ => Err(wrong(
                None,
                None,
                "values are a table at the top; write lines like `key: value`",
            )),
        },
        Err(error) => Err(wrong(error.line, error.column, &error.message)),
    }
}

/// Changes a text so that it says `wanted`: comments, blank lines, order and style of what stays
/// the same are left alone. A text that cannot be changed in place (tabs, anchors, whatever we did
/// not foresee) is printed anew where it must be, and whole in the worst case.
#[must_use]
pub fn rewrite(text: &str, wanted: &Map) -> String {
    if text.is_empty() && wanted.is_empty() {
        return String::new();
    }
    let says = |text: &str| {
        parse(text).is_ok_and(|map| same(&Value::Map(map), &Value::Map(wanted.clone())))
    };
    if says(text) {
        return text.to_owned();
    }
    if let Ok((now, place)) = parse_places(text, &Limits::default()) {
        let now = match now {
            Value::Map(map) => map,
            _ => Map::new(),
        };
        for depth in [usize::MAX, 1] {
            let edited = edit::edit(text, place.as_ref(), &now, wanted, depth);
            if let Some(edited) = edited.filter(|edited| says(edited)) {
                return edited;
            }
        }
    }
    let mut whole = leading_comments(text).to_owned();
    whole.push_str(&print::table(wanted));
    if says(&whole) {
        return whole;
    }
    values::yaml::print(&Value::Map(wanted.clone()))
}

/// The lines, from 1, that say what stands at paths; none for what the text does not hold.
#[must_use]
pub fn lines_of<'p>(
    text: &str,
    paths: impl IntoIterator<Item = &'p ValuesPath>,
) -> Vec<Option<usize>> {
    let place = parse_places(text, &Limits::default()).ok();
    let place = place.as_ref().and_then(|(_, place)| place.as_ref());
    let line = |path| Some(line_at(text, start_of(place?, path)?));
    paths.into_iter().map(line).collect()
}

fn start_of(mut place: &Place, path: &ValuesPath) -> Option<usize> {
    let mut at = None;
    for segment in path.segments() {
        match (segment, &place.kind) {
            (Segment::Key(key), PlaceKind::Table { entries, .. }) => {
                let entry = entries.iter().find(|entry| entry.key == *key)?;
                at = Some(entry.start);
                place = &entry.value;
            }
            (Segment::Index(index), PlaceKind::List(items)) => {
                place = items.get(*index)?;
                at = Some(place.start);
            }
            _ => return None,
        }
    }
    at
}

fn line_at(text: &str, at: usize) -> usize {
    1 + text.get(..at).unwrap_or_default().matches('\n').count()
}

/// Reads a text that lies over other values while somebody types it. A key of the chart with
/// nothing behind it is not finished: YAML has null there, and Helm would drop the whole table.
///
/// # Errors
/// Where it is no YAML, or no table, or not finished.
pub fn read(text: &str, beneath: &Map) -> Result<Map, DocumentError> {
    let map = parse(text)?;
    unfinished(text, beneath).map_or(Ok(map), Err)
}

/// Brings what was changed between `base` and `now` into `mine`, which came from `base`, too.
#[must_use]
pub fn carry(base: &Map, now: &Map, mut mine: Map) -> Map {
    let none = Map::new();
    for key in base.keys().chain(now.keys()) {
        match (base.get(key), now.get(key)) {
            (before, after) if before == after => {}
            (before, Some(Value::Map(after))) if matches!(mine.get(key), Some(Value::Map(_))) => {
                let before = before.and_then(Value::as_map).unwrap_or(&none);
                if let Some(Value::Map(inner)) = mine.remove(key) {
                    mine.insert(key.clone(), Value::Map(carry(before, after, inner)));
                }
            }
            (_, Some(after)) => {
                mine.insert(key.clone(), after.clone());
            }
            (_, None) => {
                mine.remove(key);
            }
        }
    }
    mine
}

/// The first table beneath that a text takes away by a key with nothing behind it.
fn unfinished(text: &str, beneath: &Map) -> Option<DocumentError> {
    let (_, place) = parse_places(text, &Limits::default()).ok()?;
    let (key, start) = unfinished_in(place.as_ref()?, beneath)?;
    let before = text.get(..start).unwrap_or_default();
    Some(DocumentError {
        line: line_at(text, start),
        column: 1 + before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count(),
        message: ["nothing stands under `", &key, "` yet"].concat(),
        hint: Some(
            "go on, or write `null` to take the chart's whole table away as Helm does".to_owned(),
        ),
    })
}

fn unfinished_in(place: &Place, beneath: &Map) -> Option<(String, usize)> {
    let PlaceKind::Table { entries, .. } = &place.kind else {
        return None;
    };
    entries.iter().find_map(|entry| {
        let Some(Value::Map(inner)) = beneath.get(&entry.key) else {
            return None;
        };
        if entry.value.start == entry.value.end && entry.value.kind == PlaceKind::Scalar {
            return Some((entry.key.clone(), entry.start));
        }
        unfinished_in(&entry.value, inner)
    })
}

/// The comments and blank lines that a text starts with.
fn leading_comments(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if !(bare.is_empty() || bare.starts_with('#')) || !line.ends_with('\n') {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or_default()
}
