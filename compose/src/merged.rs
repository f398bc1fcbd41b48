//! All values as a text, entry by entry, each with the layer that set it.

use values::yaml::{print_pretty, sort_naturally};
use values::{Map, Value, ValuesPath};

use crate::form::SecretPaths;
use crate::layers::{Layers, Origin};

/// What stands for a secret.
const MASK: &str = "••••••";

/// One entry of the merged values: a table's key, or a key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedEntry {
    /// Its lines, indented, without the last line break.
    pub text: String,
    /// Where the value stands.
    pub path: ValuesPath,
    /// The layer that set it; none for a table, whose entries have their own.
    pub origin: Option<Origin>,
    /// Whether the user set it, or anything beneath it.
    pub changed: bool,
    /// Whether it, or anything beneath it, is another than the chart's own.
    pub differs: bool,
}

/// The values of all layers, secrets masked; of them those whose path or text contains `filter`,
/// whatever the case, and the tables around them.
#[must_use]
pub fn entries(layers: &Layers, secrets: &SecretPaths, filter: &str) -> Vec<MergedEntry> {
    let mut walk = Walk {
        layers,
        secrets,
        filter: filter.trim().to_lowercase(),
        out: Vec::new(),
    };
    walk.table(&ValuesPath::root(), layers.full(), "");
    walk.out
}

struct Walk<'a> {
    layers: &'a Layers,
    secrets: &'a SecretPaths,
    filter: String,
    out: Vec<MergedEntry>,
}

impl Walk<'_> {
    fn table(&mut self, path: &ValuesPath, map: &Map, indent: &str) {
        let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
        sort_naturally(&mut pairs, |(key, _)| key.as_str());
        for (key, value) in pairs {
            let path = path.key(key);
            match value {
                Value::Map(inner) if !inner.is_empty() => self.inner(path, key, inner, indent),
                _ => self.value(path, key, value, indent),
            }
        }
    }

    fn inner(&mut self, path: ValuesPath, key: &str, map: &Map, indent: &str) {
        let at = self.out.len();
        let head = printed(key, &Value::Null, indent);
        self.out.push(MergedEntry {
            text: head.trim_end_matches(" null").to_owned(),
            path: path.clone(),
            origin: None,
            changed: false,
            differs: false,
        });
        self.table(&path, map, &[indent, "  "].concat());
        let beneath = self.out.get(at + 1..).unwrap_or_default();
        let changed = beneath.iter().any(|entry| entry.changed);
        let differs = beneath.iter().any(|entry| entry.differs);
        if beneath.is_empty() {
            self.out.truncate(at);
        } else if let Some(entry) = self.out.get_mut(at) {
            (entry.changed, entry.differs) = (changed, differs);
        }
    }

    fn value(&mut self, path: ValuesPath, key: &str, value: &Value, indent: &str) {
        let text = if self.secrets.covers(&path, value) {
            printed(key, &MASK.into(), indent)
        } else {
            printed(key, value, indent)
        };
        let holds = |text: &str| text.to_lowercase().contains(&self.filter);
        if !self.filter.is_empty() && !holds(&path.to_string()) && !holds(&text) {
            return;
        }
        let origin = self.layers.origin(&path);
        self.out.push(MergedEntry {
            text,
            changed: origin == Origin::User,
            differs: self.layers.differs_from_base(&path),
            origin: Some(origin),
            path,
        });
    }
}

fn printed(key: &str, value: &Value, indent: &str) -> String {
    let map = Map::from([(key.to_owned(), value.clone())]);
    let text = print_pretty(&Value::Map(map));
    let mut out = String::with_capacity(text.len() + indent.len());
    for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Map {
        values::yaml::parse_map(text).expect("a table")
    }

    fn layers() -> Layers {
        Layers::new(
            map("a: {b: 1, c: [x], password: p, d: {}}\nz: 1\nlong: \"x\\nw\\n\""),
            Some(("prod".to_owned(), map("a: {b: 2}"))),
            map("a: {c: [w], password: mine}\nz: 1"),
        )
    }

    #[test]
    fn each_value_has_its_origin() {
        let all = entries(&layers(), &SecretPaths::default(), "");
        let lines: Vec<String> = all
            .iter()
            .map(|entry| {
                let origin = match &entry.origin {
                    None => "",
                    Some(Origin::Chart) => "chart",
                    Some(Origin::Environment(name)) => name,
                    Some(Origin::User) => "you",
                };
                let marks = (entry.changed, entry.differs);
                format!("{origin}|{}|{}|{marks:?}", entry.path, entry.text)
            })
            .collect();
        assert_eq!(
            lines,
            [
                "|a|a:|(true, true)",
                "prod|a.b|  b: 2|(false, true)",
                "you|a.c|  c:\n    - w|(true, true)",
                "chart|a.d|  d: {}|(false, false)",
                "you|a.password|  password: ••••••|(true, true)",
                "chart|long|long: |\n  x\n  w|(false, false)",
                "you|z|z: 1|(true, false)",
            ]
        );
    }

    #[test]
    fn a_filter_keeps_the_tables_around_what_it_finds() {
        let found = |filter: &str| -> Vec<String> {
            entries(&layers(), &SecretPaths::default(), filter)
                .iter()
                .map(|entry| entry.path.to_string())
                .collect()
        };
        assert_eq!(found("A.B"), ["a", "a.b"]);
        assert_eq!(found("W"), ["a", "a.c", "a.password", "long"]);
        assert_eq!(found("mine"), [""; 0]);
    }
}
