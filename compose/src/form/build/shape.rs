//! What well-known names and the shape of a value say, where no schema does.

use values::{Map, Value};

use crate::form::{Choice, Control, Shape, name_says_secret};
use crate::quantity::{Kind, Quantity};

/// The tables whose keys the user chooses, by name.
pub(super) fn is_free_map(key: &str, map: &Map) -> bool {
    let scalars = map.values().all(is_scalar);
    if !scalars {
        return false;
    }
    let lower = key.to_ascii_lowercase();
    let named = [
        "labels",
        "annotations",
        "selector",
        "env",
        "extraenv",
        "environment",
        "envvars",
    ]
    .iter()
    .any(|name| lower.ends_with(name));
    // Variables and qualified names are keys that somebody chose.
    let chosen = |key: &String| {
        key.contains('/')
            || (key.len() > 1
                && key.contains(|c: char| c.is_ascii_uppercase())
                && key
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
    };
    named || (!map.is_empty() && map.keys().all(chosen))
}

pub(super) const fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Map(_) | Value::List(_))
}

/// What a value of that name measures, if it is a quantity: `resources.requests.cpu`,
/// `persistence.size`. `parent` is the key of the table it stands in.
pub(super) fn quantity_kind(key: &str, parent: &str) -> Option<Kind> {
    let parent = parent.to_ascii_lowercase();
    let in_resources = [
        "requests",
        "limits",
        "max",
        "min",
        "default",
        "defaultrequest",
    ]
    .contains(&parent.as_str())
        || parent.ends_with("resources");
    match key {
        "cpu" if in_resources => Some(Kind::Cpu),
        "memory" if in_resources => Some(Kind::Memory),
        "ephemeral-storage" | "storage" if in_resources => Some(Kind::Storage),
        "size" | "storageSize" | "volumeSize" | "diskSize" | "sizeLimit" => Some(Kind::Storage),
        _ => None,
    }
}

/// The same, when there is a value to look at as well.
pub(super) fn quantity_of(key: &str, parent: &str, value: Option<&Value>) -> Option<Kind> {
    let kind = quantity_kind(key, parent)?;
    match value {
        Some(Value::Null) => Some(kind),
        Some(Value::String(text)) if text.is_empty() => Some(kind),
        Some(value @ Value::String(_)) => Quantity::from_value(value).is_ok().then_some(kind),
        // A plain number under `size` is a count as often as not.
        Some(value) if kind != Kind::Storage => Quantity::from_value(value).is_ok().then_some(kind),
        Some(_) => None,
        None => Some(kind),
    }
}

/// The least and most of a number of that name.
pub(super) fn range(key: &str) -> (Option<f64>, Option<f64>) {
    let lower = key.to_ascii_lowercase();
    if lower.ends_with("port") {
        (Some(0.0), Some(65_535.0))
    } else if lower.ends_with("replicas") || lower == "replicacount" {
        (Some(0.0), None)
    } else {
        (None, None)
    }
}

/// The values that Kubernetes knows for a text of that name.
pub(super) fn known_choices(key: &str, parent: &str) -> Option<&'static [&'static str]> {
    let parent = parent.to_ascii_lowercase();
    match key {
        "pullPolicy" | "imagePullPolicy" => Some(&["Always", "IfNotPresent", "Never"]),
        "type" if parent.ends_with("service") => {
            Some(&["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"])
        }
        "restartPolicy" => Some(&["Always", "OnFailure", "Never"]),
        "pathType" => Some(&["Exact", "ImplementationSpecific", "Prefix"]),
        "accessMode" => Some(&[
            "ReadWriteOnce",
            "ReadOnlyMany",
            "ReadWriteMany",
            "ReadWriteOncePod",
        ]),
        _ => None,
    }
}

/// What is often entered under a name.
pub(super) fn examples(key: &str) -> Vec<Value> {
    let texts: &[&str] = match key {
        "storageClass" | "storageClassName" => &[
            "standard",
            "gp3",
            "premium-rwo",
            "managed-csi",
            "local-path",
        ],
        _ => &[],
    };
    texts.iter().map(|text| (*text).into()).collect()
}

/// A choice of texts.
pub(super) fn choices(options: &[&str]) -> Control {
    let choice = |text: &&str| Choice {
        value: (*text).into(),
        title: (*text).to_owned(),
    };
    Control::Choice {
        options: options.iter().map(choice).collect(),
    }
}

/// Any text, and with `typed` anything else that is written on one line.
pub(super) const fn text(typed: bool) -> Control {
    Control::Text {
        pattern: None,
        format: None,
        min_length: None,
        max_length: None,
        multiline: false,
        typed,
    }
}

/// A number of that name, whole if the chart's own is.
pub(super) fn number(key: &str, integer: bool) -> Control {
    let (min, max) = range(key);
    Control::Number {
        min,
        max,
        step: None,
        integer,
        slider: false,
        unit: None,
        empty: false,
    }
}

/// The control that the value itself asks for.
pub(super) fn control(key: &str, parent: &str, value: Option<&Value>) -> Control {
    if let Some(kind) = quantity_of(key, parent, value) {
        return Control::Quantity {
            kind,
            min: None,
            max: None,
        };
    }
    match value {
        Some(Value::Bool(_)) => Control::Switch,
        Some(Value::Int(_)) => number(key, true),
        Some(Value::Float(number_now)) => number(key, number_now.fract() == 0.0),
        Some(Value::String(_)) if name_says_secret(key) => Control::Secret {
            pattern: None,
            min_length: None,
        },
        Some(Value::String(now)) => match known_choices(key, parent) {
            Some(options) if options.contains(&now.as_str()) => choices(options),
            _ => Control::Text {
                pattern: None,
                format: None,
                min_length: None,
                max_length: None,
                multiline: now.contains('\n'),
                typed: true,
            },
        },
        Some(Value::List(list)) => list_control(key, list),
        Some(Value::Map(map)) if is_free_map(key, map) => Control::Map {
            item: Box::new(text(true)),
        },
        Some(Value::Map(_)) => Control::Yaml { shape: Shape::Map },
        Some(Value::Null) | None => Control::Yaml { shape: Shape::Any },
    }
}

fn list_control(key: &str, list: &[Value]) -> Control {
    if list.is_empty() || !list.iter().all(is_scalar) {
        let value = Value::List(list.to_vec());
        return match super::record::by_shape(key, Some(&value)) {
            Some(item) => Control::List {
                item: Box::new(item),
                min_items: None,
                max_items: None,
            },
            None => Control::Yaml { shape: Shape::List },
        };
    }
    let modes = known_choices("accessMode", "").filter(|_| key == "accessModes");
    let item = if let Some(modes) = modes {
        choices(modes)
    } else if list
        .iter()
        .all(|item| matches!(item, Value::Int(_) | Value::Float(_)))
    {
        number("", false)
    } else {
        text(true)
    };
    Control::List {
        item: Box::new(item),
        min_items: None,
        max_items: None,
    }
}
