//! Items of lists that are tables: hosts, tolerations, variables. Their fields come from the
//! schema, from what Kubernetes calls them, or from the items that the chart itself has.

use std::collections::BTreeMap;

use values::{Map, Value, ValuesPath};

use super::control::{Place, control_at};
use super::schema::{Flat, Schema};
use super::shape;
use super::titles::humanize;
use crate::form::{Control, Field, Shape};

/// How many fields an item may have, and how deep lists of tables may nest, before it is YAML.
const MAX_PARTS: usize = 24;
const MAX_DEPTH: usize = 3;

/// The item that a schema describes, if it names its keys.
pub(super) fn by_schema<'s>(schema: &Schema<'s>, flat: &Flat<'s>, depth: usize) -> Option<Control> {
    let types = flat.types();
    let table = types.is_empty() || types == ["object"];
    let count = flat.properties().len();
    if !table || count == 0 || count > MAX_PARTS || depth > MAX_DEPTH {
        return None;
    }
    // One that only names the first of many keys is not known.
    if count == 1 && flat.is_open() {
        return None;
    }
    let parts = flat.properties().iter().map(|(key, nodes)| {
        let inner = schema.flatten_all(nodes);
        let place = Place {
            key,
            parent: "",
            value: None,
        };
        let title = inner
            .text("title")
            .map_or_else(|| humanize(key), str::to_owned);
        let default = inner.word("default").map(|json| Value::from(json.clone()));
        let control = match control_at(schema, Some(&inner), place, depth + 1) {
            // By its name alone a table is not known to hold texts only.
            Control::Map { .. } if inner.additional().is_none() => {
                Control::Yaml { shape: Shape::Map }
            }
            control => control,
        };
        Field {
            description: inner.text("description").map(str::to_owned),
            default: default.unwrap_or_default(),
            required: flat.required().contains(key),
            nullable: inner.is_nullable(),
            ..part(key, title, control)
        }
    });
    Some(record(parts.collect()))
}

/// The item that a list of that name has in Kubernetes; else what the items have that are there.
pub(super) fn by_shape(key: &str, list: Option<&Value>) -> Option<Control> {
    let items = match list {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let maps: Vec<&Map> = items.iter().filter_map(Value::as_map).collect();
    if maps.len() != items.len() {
        return None;
    }
    let known = known(key).filter(|parts| {
        let has = |name: &String| parts.iter().any(|part| part.path.last_key() == Some(name));
        maps.iter().all(|map| map.keys().all(has))
    });
    match known {
        Some(parts) => Some(record(parts)),
        None if maps.is_empty() => None,
        None => derived(&maps, 0),
    }
}

/// The fields that the items have between them.
fn derived(maps: &[&Map], depth: usize) -> Option<Control> {
    let mut seen: BTreeMap<(usize, &String), &Value> = BTreeMap::new();
    for map in maps {
        for (key, value) in *map {
            let kept = seen.entry((rank(key), key)).or_insert(value);
            if kept.is_null() {
                *kept = value;
            }
        }
    }
    if seen.is_empty() || seen.len() > MAX_PARTS || depth > MAX_DEPTH {
        return None;
    }
    let parts = seen.into_iter().map(|((_, key), value)| {
        let control = match value {
            Value::List(list) if !list.is_empty() && list.iter().all(|i| i.as_map().is_some()) => {
                let inner: Vec<&Map> = list.iter().filter_map(Value::as_map).collect();
                let item = derived(&inner, depth + 1);
                item.map_or(Control::Yaml { shape: Shape::List }, list_of)
            }
            Value::Null => shape::text(true),
            value => shape::control(key, "", Some(value)),
        };
        part(key, humanize(key), control)
    });
    Some(record(parts.collect()))
}

/// What an item is called comes first.
fn rank(key: &str) -> usize {
    const FIRST: [&str; 8] = [
        "name", "host", "key", "path", "pathType", "operator", "value", "effect",
    ];
    FIRST
        .iter()
        .position(|known| *known == key)
        .unwrap_or(FIRST.len())
}

fn record(mut parts: Vec<Field>) -> Control {
    // What can only be written as YAML is out of the way until it is there.
    for part in &mut parts {
        part.hidden = matches!(part.control, Control::Yaml { .. }) && !part.required;
    }
    Control::Record { parts }
}

fn list_of(item: Control) -> Control {
    Control::List {
        item: Box::new(item),
        min_items: None,
        max_items: None,
    }
}

fn part(key: &str, title: String, control: Control) -> Field {
    Field {
        secret: matches!(control, Control::Secret { .. }),
        ..Field::new(ValuesPath::of_keys([key]), title, control)
    }
}

/// The lists that Kubernetes has under these names.
fn known(key: &str) -> Option<Vec<Field>> {
    let text = |key: &str| part(key, humanize(key), shape::text(false));
    let must = |key: &str| Field {
        required: true,
        ..text(key)
    };
    let choice = |key: &str, options: &[&str]| part(key, humanize(key), shape::choices(options));
    Some(match key {
        "tolerations" => vec![
            text("key"),
            choice("operator", &["Exists", "Equal"]),
            text("value"),
            choice("effect", &["NoSchedule", "PreferNoSchedule", "NoExecute"]),
            part(
                "tolerationSeconds",
                "Seconds".to_owned(),
                shape::number("tolerationSeconds", true),
            ),
        ],
        "tls" | "extraTls" => vec![
            must("secretName"),
            part("hosts", "Hosts".to_owned(), list_of(shape::text(false))),
        ],
        "env" | "extraEnv" | "extraEnvs" | "extraEnvVars" | "envVars" | "extraEnvironmentVars" => {
            vec![
                must("name"),
                text("value"),
                part(
                    "valueFrom",
                    "Value from".to_owned(),
                    Control::Yaml { shape: Shape::Map },
                ),
            ]
        }
        "imagePullSecrets" => vec![must("name")],
        "volumeMounts" | "extraVolumeMounts" => vec![
            must("name"),
            must("mountPath"),
            text("subPath"),
            part("readOnly", "Read-only".to_owned(), Control::Switch),
        ],
        "hostAliases" => vec![
            must("ip"),
            part(
                "hostnames",
                "Host names".to_owned(),
                list_of(shape::text(false)),
            ),
        ],
        _ => return None,
    })
}
