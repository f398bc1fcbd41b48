//! From a query to a composition: takes what fits, lists the rest.

use values::Map;
use values::set::{Flag, parse_bounded};

use super::{Decoded, LinkProblem, MAX_OVERRIDES, MAX_QUERY, keys, packed, percent};
use crate::composition::{Composition, check_environment_name};
use crate::form::shorten;
use crate::release::{
    MAX_API_VERSIONS, check_api_version, check_kube_version, check_namespace, check_release_name,
};
use values::suggest::nearest;

/// List items that all `set`s together may make: Helm's largest index and some.
const MAX_ITEMS: usize = 70_000;

/// Problems that are listed; a query with more is not worth more time.
const MAX_PROBLEMS: usize = 50;

/// Reads a query (without `?`). Never fails: what does not fit is listed.
#[must_use]
pub fn decode(query: &str) -> Decoded {
    decode_over(query, Composition::default())
}

/// As [`decode`], starting from a composition instead of the defaults; overrides of the query are
/// laid over its own.
#[must_use]
pub fn decode_over(query: &str, base: Composition) -> Decoded {
    let mut reader = Reader::default();
    reader.decoded.composition = base;
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() > MAX_QUERY {
        reader.problem(
            "",
            format!("the query is longer than {MAX_QUERY} bytes; nothing of it was read"),
        );
        return reader.decoded;
    }
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        match (percent::decode(key), percent::decode(value)) {
            (Some(key), Some(value)) => reader.part(key, value),
            _ => reader.problem(
                &shorten(key, 60),
                "is not UTF-8 once its `%` are decoded".to_owned(),
            ),
        }
    }
    reader.overrides();
    reader.decoded
}

#[derive(Default)]
struct Reader {
    decoded: Decoded,
    seen: Vec<String>,
    sets: Vec<(Flag, String)>,
    packed: Option<String>,
    more: bool,
}

impl Reader {
    fn problem(&mut self, part: &str, message: String) {
        self.problem_at(part, None, message);
    }

    fn problem_at(&mut self, part: &str, path: Option<String>, message: String) {
        if self.decoded.problems.len() < MAX_PROBLEMS {
            self.decoded.problems.push(LinkProblem {
                part: part.to_owned(),
                path,
                message,
            });
        } else if !self.more {
            self.more = true;
            let message = "there are more problems than are listed".to_owned();
            self.decoded.problems.push(LinkProblem {
                part: part.to_owned(),
                path: None,
                message,
            });
        }
    }

    /// Takes a setting if `result` says it will do.
    fn take<T>(&mut self, part: &str, result: Result<T, String>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(message) => {
                self.problem(part, message);
                None
            }
        }
    }

    fn part(&mut self, key: String, value: String) {
        match key.as_str() {
            keys::SET => self.sets.push((Flag::Set, value)),
            keys::SET_STRING => self.sets.push((Flag::String, value)),
            keys::SET_JSON => self.sets.push((Flag::Json, value)),
            keys::API | keys::API_VERSIONS => self.api_versions(&key, &value),
            _ if self.seen.contains(&key) => {
                self.problem(
                    &key,
                    format!(
                        "stands twice; the first is taken, not `{}`",
                        shorten(&value, 60)
                    ),
                );
            }
            known if keys::ALL.contains(&known) => {
                self.seen.push(key.clone());
                self.single(&key, value);
            }
            _ => {
                let message = unknown_key(&key, &value);
                self.problem(&shorten(&key, 60), message);
            }
        }
    }

    /// A key that may stand once.
    fn single(&mut self, key: &str, value: String) {
        match key {
            keys::CHART => self.decoded.composition.chart = shorten(&value, 250),
            keys::ENV => {
                if let Some(()) = self.take(key, check_environment_name(&value)) {
                    self.decoded.composition.environment = value;
                }
            }
            keys::RELEASE => {
                if let Some(()) = self.take(key, check_release_name(&value)) {
                    self.decoded.composition.release.name = value;
                }
            }
            keys::NAMESPACE => {
                if let Some(()) = self.take(key, check_namespace(&value)) {
                    self.decoded.composition.release.namespace = value;
                }
            }
            keys::KUBE if value.is_empty() => {
                self.decoded.composition.release.kube_version = None;
            }
            keys::KUBE => {
                if let Some(()) = self.take(key, check_kube_version(&value)) {
                    self.decoded.composition.release.kube_version = Some(value);
                }
            }
            keys::UPGRADE => {
                if let Some(flag) = self.take(key, boolean(&value)) {
                    self.decoded.composition.release.is_upgrade = flag;
                }
            }
            keys::FULL => {
                if let Some(flag) = self.take(key, boolean(&value)) {
                    self.decoded.view.full = flag;
                }
            }
            keys::SHOW => self.decoded.view.show = Some(shorten(&value, 500)),
            keys::PRESET => {
                if let Some(()) = self.take(key, preset_id(&value)) {
                    self.decoded.preset = Some(value);
                }
            }
            _ => self.packed = Some(value),
        }
    }

    /// API versions replace those of the base when the first one is met.
    fn api_versions(&mut self, key: &str, value: &str) {
        if !self.seen.iter().any(|seen| seen == keys::API_VERSIONS) {
            self.seen.push(keys::API_VERSIONS.to_owned());
            self.decoded.composition.release.api_versions.clear();
        }
        for api in value.split(',').filter(|api| !api.is_empty()) {
            if self.decoded.composition.release.api_versions.len() >= MAX_API_VERSIONS {
                self.problem(
                    key,
                    format!("there are more than {MAX_API_VERSIONS} API versions"),
                );
                return;
            }
            if let Some(()) = self.take(key, check_api_version(api)) {
                self.decoded
                    .composition
                    .release
                    .api_versions
                    .push(api.to_owned());
            }
        }
    }

    /// Lays the overrides of the query over those of the base: first `z`, then as Helm does all
    /// `set-json`, all `set`, all `set-string`.
    fn overrides(&mut self) {
        let base = std::mem::take(&mut self.decoded.composition.overrides);
        let mut start = base.clone();
        if let Some(word) = self.packed.take() {
            match packed::unpack(&word) {
                Ok(map) => start = values::merge::merge_maps(start, &map),
                Err(message) => self.problem(keys::PACKED, message),
            }
        }
        let mut sets = std::mem::take(&mut self.sets);
        sets.sort_by_key(|(flag, _)| *flag);
        let mut overrides = self.lay(start, sets);
        // What a list is filled up with counts, too.
        let length = packed::to_json(&overrides).len();
        if length > MAX_OVERRIDES {
            self.problem(
                keys::SET,
                format!("the overrides come to {length} bytes, and a link carries at most {MAX_OVERRIDES}; none of them was taken"),
            );
            overrides = base;
        }
        self.decoded.composition.overrides = overrides;
    }

    /// Applies each text whole or not at all. Helm's parser leaves half of a faulty one behind,
    /// so after a fault all that was good is laid anew.
    fn lay(&mut self, start: Map, sets: Vec<(Flag, String)>) -> Map {
        let mut good: Vec<(Flag, String)> = Vec::new();
        let mut overrides = start.clone();
        let mut items = MAX_ITEMS;
        for (flag, text) in sets {
            match parse_bounded(flag, &text, &mut overrides, &mut items) {
                Ok(()) => good.push((flag, text)),
                Err(error) => {
                    let part = part_of(flag);
                    self.problem_at(
                        part,
                        path_of(&text),
                        format!("{error}; {}", mend(flag, &text)),
                    );
                    overrides = start.clone();
                    items = MAX_ITEMS;
                    for (flag, text) in &good {
                        let _ = parse_bounded(*flag, text, &mut overrides, &mut items);
                    }
                    if self.more {
                        break;
                    }
                }
            }
        }
        overrides
    }
}

const fn part_of(flag: Flag) -> &'static str {
    match flag {
        Flag::Json => keys::SET_JSON,
        Flag::String => keys::SET_STRING,
        _ => keys::SET,
    }
}

/// What stands before the first `=` that is not escaped.
fn path_of(text: &str) -> Option<String> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '=' => return (at > 0).then(|| shorten(&text[..at], 200)),
            _ => {}
        }
    }
    (!text.is_empty()).then(|| shorten(text, 200))
}

fn mend(flag: Flag, text: &str) -> String {
    let shown = shorten(text, 80);
    match flag {
        Flag::Json => {
            format!("write `set-json=path=JSON`, as after Helm's `--set-json`, not `{shown}`")
        }
        _ => format!(
            "write it as after Helm's `{}`: `path=value`, not `{shown}`",
            flag.as_str()
        ),
    }
}

fn boolean(value: &str) -> Result<bool, String> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(format!(
            "is `true` or `false`, not `{}`",
            shorten(other, 60)
        )),
    }
}

fn preset_id(value: &str) -> Result<(), String> {
    let fits = (1..=128).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if fits {
        Ok(())
    } else {
        Err(format!(
            "`{}` is not the id of a preset",
            shorten(value, 60)
        ))
    }
}

fn unknown_key(key: &str, value: &str) -> String {
    let shown = shorten(key, 60);
    if let Some(known) = nearest(key, keys::ALL) {
        return format!("`{shown}` is no key of a link; did you mean `{known}`?");
    }
    if key.contains('.') || key.contains('[') {
        return format!(
            "`{shown}` is no key of a link; to set a value, write `set={shown}={}`",
            shorten(value, 60)
        );
    }
    format!(
        "`{shown}` is no key of a link; those are {}",
        keys::ALL.join(", ")
    )
}
