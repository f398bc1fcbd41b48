//! Which of a stranger's overrides fit a chart's form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use values::{Map, Segment, Value, ValuesPath};

use super::check::check_field;
use super::{Control, Field, FormModel, Node, shorten};
use values::suggest::nearest;

/// How many problems are told in full.
const MAX_PROBLEMS: usize = 100;

/// Why an override does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The chart has no such value.
    Unknown,
    /// The value will not do there: its type, range, pattern, or not one of the choices.
    Invalid,
}

/// An override that does not fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it stands.
    pub path: ValuesPath,
    /// Which kind it is.
    pub kind: ProblemKind,
    /// What is wrong and how to mend it.
    pub message: String,
    /// The change that mends it, where it is likely: the same value at the path that was meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mend: Option<(ValuesPath, Value)>,
}

/// Splits overrides into those that fit and a list of what does not. Keys that the chart's schema
/// does not forbid fit although no field shows them; in a chart without a schema, values.yaml is
/// what there is.
#[must_use]
pub fn fit(model: &FormModel, overrides: &Map) -> (Map, Vec<Problem>) {
    Places::of(model).fit(overrides)
}

/// What a form has where: all that [`fit`] asks of it, for whoever asks more than once.
#[derive(Debug, Clone, Default)]
pub struct Places {
    by_path: BTreeMap<ValuesPath, Place>,
    /// The tables that admit keys beside those of the form.
    open: BTreeSet<ValuesPath>,
}

impl Places {
    /// The places of a form.
    #[must_use]
    pub fn of(model: &FormModel) -> Self {
        Self {
            by_path: places(model),
            open: model.open.clone(),
        }
    }

    /// Splits overrides as [`fit`] does.
    #[must_use]
    pub fn fit(&self, overrides: &Map) -> (Map, Vec<Problem>) {
        let mut fitter = Fitter {
            places: self,
            problems: Vec::new(),
        };
        let fitting = fitter.table(&ValuesPath::root(), overrides);
        (fitting, fitter.problems)
    }
}

/// What stands at a path of the form.
#[derive(Debug, Clone)]
enum Place {
    Field(Box<Field>),
    Table,
}

/// Every path of the form, with all the tables that lead there.
fn places(model: &FormModel) -> BTreeMap<ValuesPath, Place> {
    fn add_tables(places: &mut BTreeMap<ValuesPath, Place>, path: &ValuesPath) {
        let mut path = path.clone();
        while places.insert(path.clone(), Place::Table).is_none() {
            match path.parent() {
                Some(parent) => path = parent,
                None => return,
            }
        }
    }
    fn add_field(places: &mut BTreeMap<ValuesPath, Place>, field: &Field) {
        let place = Place::Field(Box::new(field.clone()));
        places.insert(field.path.clone(), place);
    }
    fn add_nodes(places: &mut BTreeMap<ValuesPath, Place>, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Field(field) => {
                    add_tables(places, &field.path.parent().unwrap_or_default());
                    add_field(places, field);
                }
                Node::Section(section) => {
                    add_tables(places, &section.path);
                    add_nodes(places, &section.nodes);
                }
            }
        }
    }
    let mut places = BTreeMap::new();
    for card in model.cards() {
        add_tables(&mut places, &card.path);
        if let Some(field) = &card.enabled {
            add_field(&mut places, field);
        }
        add_nodes(&mut places, &card.nodes);
    }
    places
}

struct Fitter<'p> {
    places: &'p Places,
    problems: Vec<Problem>,
}

impl Fitter<'_> {
    fn table(&mut self, path: &ValuesPath, overrides: &Map) -> Map {
        let mut fitting = Map::new();
        for (key, value) in overrides {
            let path = path.key(key);
            if let Some(value) = self.value(&path, key, value) {
                fitting.insert(key.clone(), value);
            }
        }
        fitting
    }

    /// The part of a value that fits.
    fn value(&mut self, path: &ValuesPath, key: &str, value: &Value) -> Option<Value> {
        let places = self.places;
        match places.by_path.get(path) {
            Some(Place::Field(field)) => match (&field.control, value) {
                // Entry by entry, so that one bad variable does not take the others along.
                (Control::Map { item }, Value::Map(map)) => {
                    let item = item.as_ref().clone();
                    let field = Field {
                        control: item,
                        ..(**field).clone()
                    };
                    let mut fitting = Map::new();
                    for (key, value) in map {
                        if self.judge(&path.key(key), check_field(&field, value)) {
                            fitting.insert(key.clone(), value.clone());
                        }
                    }
                    (!fitting.is_empty() || map.is_empty()).then_some(Value::Map(fitting))
                }
                _ => {
                    let result = check_field(field, value);
                    self.judge(path, result).then(|| value.clone())
                }
            },
            Some(Place::Table) => match value {
                Value::Map(map) => {
                    let fitting = self.table(path, map);
                    (!fitting.is_empty() || map.is_empty()).then_some(Value::Map(fitting))
                }
                Value::Null => Some(Value::Null),
                _ => {
                    let message = "is a table of values: set one of the values in it".to_owned();
                    self.judge(path, Err(message));
                    None
                }
            },
            None => {
                let parent = path.parent().unwrap_or_default();
                // Whatever an admitted key holds, nothing more is known about it.
                if places.open.contains(&parent) {
                    return Some(value.clone());
                }
                let near = self.nearest(&parent, key);
                let message = unknown(&parent, key, near.as_ref());
                self.tell(path, ProblemKind::Unknown, message);
                self.offer(near, value);
                None
            }
        }
    }

    fn judge(&mut self, path: &ValuesPath, result: Result<(), String>) -> bool {
        match result {
            Ok(()) => true,
            Err(message) => {
                self.tell(path, ProblemKind::Invalid, message);
                false
            }
        }
    }

    fn tell(&mut self, path: &ValuesPath, kind: ProblemKind, message: String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                path: path.clone(),
                kind,
                message,
                mend: None,
            });
        }
    }

    /// Offers the last problem's value at another path, if it would do there.
    fn offer(&mut self, near: Option<ValuesPath>, value: &Value) {
        let Some((path, Some(problem))) = near.map(|path| (path, self.problems.last_mut())) else {
            return;
        };
        if let Some(Place::Field(field)) = self.places.by_path.get(&path)
            && check_field(field, value).is_ok()
        {
            problem.mend = Some((path, value.clone()));
        }
    }

    /// The chart's own name that is nearest: beside the unknown one first, then anywhere.
    fn nearest(&self, parent: &ValuesPath, key: &str) -> Option<ValuesPath> {
        let known = |path: &ValuesPath| path.parent().as_ref() == Some(parent);
        let beside = self
            .places
            .by_path
            .keys()
            .filter(|path| known(path))
            .filter_map(ValuesPath::last_key);
        nearest(key, beside)
            .map(|name| parent.key(name))
            .or_else(|| {
                let full = parent.key(key);
                let same_key = |path: &&ValuesPath| {
                    path.segments().last() == Some(&Segment::Key(key.to_owned()))
                        && path.segments().first() == full.segments().first()
                };
                self.places.by_path.keys().find(same_key).cloned()
            })
    }
}

fn unknown(parent: &ValuesPath, key: &str, near: Option<&ValuesPath>) -> String {
    match near {
        Some(path) => format!("is not a value of this chart; did you mean `{path}`?"),
        None if parent.is_root() => {
            format!(
                "is not a value of this chart; `{}` is nowhere at its top",
                shorten(key, 60)
            )
        }
        None => format!(
            "is not a value of this chart; `{parent}` has no `{}`",
            shorten(key, 60)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::build;

    fn map(json: &str) -> Map {
        match serde_json::from_str::<Value>(json) {
            Ok(Value::Map(map)) => map,
            other => panic!("{other:?}"),
        }
    }

    fn model() -> FormModel {
        let schema = serde_json::json!({
            "type": "object", "additionalProperties": false,
            "properties": {
                "train": {"type": "object", "additionalProperties": false, "properties": {
                    "gru": {"type": "object", "additionalProperties": false,
                        "x-ui": {"group": "data"},
                        "properties": {
                            "enabled": {"type": "boolean"},
                            "replicas": {"type": "integer", "maximum": 9},
                            "env": {"type": "object", "additionalProperties": {"type": "string"}},
                            "open": {"type": "object", "properties": {"a": {"type": "string"}}}
                        }}
                }}
            }
        });
        build(Some(&schema), &Map::new(), "")
    }

    fn problems(json: &str) -> (Map, Vec<String>) {
        let (fitting, problems) = fit(&model(), &map(json));
        (
            fitting,
            problems
                .iter()
                .map(|p| format!("{}: {}", p.path, p.message))
                .collect(),
        )
    }

    #[test]
    fn what_fits_is_kept_and_the_rest_is_told() {
        let (fitting, told) = problems(
            r#"{"train":{"gru":{"enabled":false,"replica":2,"replicas":10,
                "env":{"A":"1","B":2},"open":{"a":"x","b":{"c":1}}}},"trian":{"x":1}}"#,
        );
        assert_eq!(
            fitting,
            map(
                r#"{"train":{"gru":{"enabled":false,"env":{"A":"1"},"open":{"a":"x","b":{"c":1}}}}}"#
            )
        );
        assert_eq!(
            told,
            [
                "train.gru.env.B: must be text, not `2`; in a link or on a command line, \
                 `set-string` makes it text",
                "train.gru.replica: is not a value of this chart; did you mean `train.gru.replicas`?",
                "train.gru.replicas: must be at most 9, not 10",
                "trian: is not a value of this chart; did you mean `train`?",
            ]
        );
    }

    #[test]
    fn a_typo_comes_with_what_was_meant() {
        let mend = |json: &str| fit(&model(), &map(json)).1.remove(0).mend;
        let meant = "train.gru.replicas".parse().unwrap();
        assert_eq!(
            mend(r#"{"train":{"gru":{"replica":2}}}"#),
            Some((meant, Value::Int(2)))
        );
        // What would not do there either is not offered.
        assert_eq!(mend(r#"{"train":{"gru":{"replica":"two"}}}"#), None);
        assert_eq!(mend(r#"{"train":{"gru":{"nothing":2}}}"#), None);
    }

    #[test]
    fn a_table_is_not_replaced_by_a_plain_value() {
        let (fitting, told) = problems(r#"{"train":{"gru":5}}"#);
        assert!(fitting.is_empty());
        assert_eq!(
            told,
            ["train.gru: is a table of values: set one of the values in it"]
        );
        assert_eq!(problems(r#"{"train":true}"#).1.len(), 1);
        assert_eq!(problems(r#"{"train":{"gru":null}}"#).1.len(), 0);
    }
}
