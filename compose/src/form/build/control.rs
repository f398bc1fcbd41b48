//! The control that a schema asks for; where it is silent, the one of the value's shape.

use serde_json::Value as Json;
use values::Value;

use super::schema::{Flat, Schema};
use super::{record, shape};
use crate::form::{Choice, Control, Shape, name_says_secret};
use crate::quantity::{Kind, Quantity};

/// The longest pattern that is kept, and the most choices.
const MAX_PATTERN: usize = 2_000;
const MAX_CHOICES: usize = 500;

/// What is known about a place when its control is chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'v> {
    pub(super) key: &'v str,
    /// The key of the table it stands in.
    pub(super) parent: &'v str,
    pub(super) value: Option<&'v Value>,
}

/// The control for a place.
pub(super) fn control<'s>(
    schema: &Schema<'s>,
    flat: Option<&Flat<'s>>,
    place: Place<'_>,
) -> Control {
    control_at(schema, flat, place, 0)
}

pub(super) fn control_at<'s>(
    schema: &Schema<'s>,
    flat: Option<&Flat<'s>>,
    place: Place<'_>,
    depth: usize,
) -> Control {
    let by_shape = || shape::control(place.key, place.parent, place.value);
    let Some(flat) = flat else { return by_shape() };
    let types = flat.types();
    if let Some(control) = by_widget(schema, flat, place, depth) {
        return control;
    }
    if let Some(options) = choices(flat) {
        return Control::Choice { options };
    }
    if let Some(control) = quantity(flat, &types, place) {
        return control;
    }
    match types.as_slice() {
        ["boolean"] => Control::Switch,
        ["integer"] => number(flat, true),
        ["number"] | ["integer", "number"] | ["number", "integer"] => number(flat, false),
        ["string"] => text(flat, place, false),
        ["array"] => list(schema, flat, place, depth),
        ["object"] => object(schema, flat, place, depth),
        [] if flat.word("items").is_some() => list(schema, flat, place, depth),
        [] => by_shape(),
        // A number, or nothing said by an empty text: `nodePort: ""`.
        ["integer", "string"] | ["string", "integer"] if takes_only_empty_text(flat) => {
            empty_or(number(flat, true))
        }
        ["number", "string"] | ["string", "number"] if takes_only_empty_text(flat) => {
            empty_or(number(flat, false))
        }
        several
            if several
                .iter()
                .all(|name| !matches!(*name, "array" | "object")) =>
        {
            text(flat, place, true)
        }
        _ => Control::Yaml { shape: Shape::Any },
    }
}

fn takes_only_empty_text(flat: &Flat<'_>) -> bool {
    flat.text("pattern") == Some("^$") || flat.count("maxLength") == Some(0)
}

fn empty_or(control: Control) -> Control {
    match control {
        Control::Number {
            min,
            max,
            step,
            integer,
            slider,
            unit,
            ..
        } => Control::Number {
            min,
            max,
            step,
            integer,
            slider,
            unit,
            empty: true,
        },
        other => other,
    }
}

/// A control that the schema names.
fn by_widget<'s>(
    schema: &Schema<'s>,
    flat: &Flat<'s>,
    place: Place<'_>,
    depth: usize,
) -> Option<Control> {
    let ui = flat.ui();
    Some(match ui.widget? {
        "switch" => Control::Switch,
        "number" | "stepper" | "slider" => {
            let numeric = flat
                .types()
                .iter()
                .any(|name| matches!(*name, "integer" | "number"));
            if !numeric {
                return None;
            }
            number(flat, flat.types() == ["integer"])
        }
        "cpu" => quantity_control(flat, Kind::Cpu),
        "memory" => quantity_control(flat, Kind::Memory),
        "storage" => quantity_control(flat, Kind::Storage),
        "secret" | "password" => secret(flat),
        "text" => text(flat, place, flat.types() != ["string"]),
        "textarea" => match text(flat, place, flat.types() != ["string"]) {
            Control::Text {
                pattern,
                format,
                min_length,
                max_length,
                typed,
                ..
            } => Control::Text {
                pattern,
                format,
                min_length,
                max_length,
                typed,
                multiline: true,
            },
            other => other,
        },
        "map" => object(schema, flat, place, depth),
        "list" => list(schema, flat, place, depth),
        "yaml" => Control::Yaml {
            shape: yaml_shape(&flat.types()),
        },
        _ => return None,
    })
}

pub(super) fn yaml_shape(types: &[&str]) -> Shape {
    match types {
        ["object"] => Shape::Map,
        ["array"] => Shape::List,
        _ => Shape::Any,
    }
}

/// `enum`, `const`, or alternatives that are all constants with titles.
fn choices(flat: &Flat<'_>) -> Option<Vec<Choice>> {
    let titled = |json: &Json, title: Option<&str>| {
        let value = Value::from(json.clone());
        let title = title.map_or_else(|| name(&value), str::to_owned);
        Choice { value, title }
    };
    let scalar = |json: &&Json| !json.is_array() && !json.is_object();
    if let Some(Json::Array(all)) = flat.word("enum") {
        let all: Vec<&Json> = all.iter().filter(scalar).take(MAX_CHOICES).collect();
        return (!all.is_empty()).then(|| all.iter().map(|json| titled(json, None)).collect());
    }
    if let Some(json) = flat.word("const").filter(scalar) {
        return Some(vec![titled(json, None)]);
    }
    for word in ["oneOf", "anyOf"] {
        let Some(Json::Array(all)) = flat.word(word) else {
            continue;
        };
        let options: Option<Vec<Choice>> = all
            .iter()
            .take(MAX_CHOICES)
            .map(|part| {
                let json = part.get("const").filter(scalar)?;
                Some(titled(json, part.get("title").and_then(Json::as_str)))
            })
            .collect();
        if let Some(options) = options.filter(|options| !options.is_empty()) {
            return Some(options);
        }
    }
    None
}

/// A value as a choice is called.
fn name(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) if text.is_empty() => "default".to_owned(),
        Value::String(text) => text.clone(),
        other => Json::from(other).to_string(),
    }
}

/// Kubeapps' sliders over `8Gi`, formats and references that say so, and well-known names.
fn quantity(flat: &Flat<'_>, types: &[&str], place: Place<'_>) -> Option<Control> {
    if !types.is_empty() && !types.contains(&"string") {
        return None;
    }
    let ui = flat.ui();
    let by_unit = match ui.unit {
        Some("m") => Some(Kind::Cpu),
        Some("Ki" | "Mi" | "Gi" | "Ti") => {
            shape::quantity_kind(place.key, place.parent).or(Some(Kind::Memory))
        }
        _ => None,
    }
    .filter(|_| ui.slider);
    let by_name = || shape::quantity_kind(place.key, place.parent);
    let named = flat
        .refs
        .iter()
        .filter_map(|reference| reference.rsplit('/').next());
    let by_reference = named
        .chain(flat.text("format"))
        .find_map(|name| by_definition(name, by_name()));
    // A name alone is not enough when the value or the pattern says otherwise.
    let kind = by_unit
        .or(by_reference.map(|kind| by_name().unwrap_or(kind)))
        .or_else(|| {
            let kind = shape::quantity_of(place.key, place.parent, place.value)?;
            let takes = flat.text("pattern").is_none_or(|pattern| {
                let probe = if kind == Kind::Cpu { "500m" } else { "10Gi" };
                crate::form::check::matches(pattern, probe).unwrap_or(true)
            });
            takes.then_some(kind)
        })?;
    Some(quantity_control(flat, kind))
}

/// `#/$defs/cpu`, `memoryQuantity`, `io.k8s.apimachinery.pkg.api.resource.Quantity`.
fn by_definition(name: &str, by_name: Option<Kind>) -> Option<Kind> {
    let lower = name.to_ascii_lowercase();
    let short = lower
        .trim_end_matches("quantity")
        .trim_end_matches(['-', '_', '.']);
    match short {
        "cpu" => Some(Kind::Cpu),
        "memory" | "mem" => Some(Kind::Memory),
        "storage" | "size" | "disk" | "volumesize" | "storagesize" => Some(Kind::Storage),
        _ if lower.ends_with("quantity") => by_name.or(Some(Kind::Memory)),
        _ => None,
    }
}

fn quantity_control(flat: &Flat<'_>, kind: Kind) -> Control {
    let ui = flat.ui();
    let unit = ui.unit.unwrap_or_default();
    let bound = |ends: Option<f64>, word: &str| {
        let given = flat.hint(word).and_then(Json::as_str).map(str::to_owned);
        given
            .or_else(|| ends.map(|number| format!("{number}{unit}")))
            .filter(|text| text.parse::<Quantity>().is_ok())
    };
    Control::Quantity {
        kind,
        min: bound(ui.min, "min"),
        max: bound(ui.max, "max"),
    }
}

fn number(flat: &Flat<'_>, integer: bool) -> Control {
    let ui = flat.ui();
    // For whole numbers “more than 3” is “at least 4”; for others Helm's own check tells them apart.
    let step = if integer { 1.0 } else { 0.0 };
    let min = flat
        .number("minimum")
        .or_else(|| flat.number("exclusiveMinimum").map(|bound| bound + step))
        .or(ui.min);
    let max = flat
        .number("maximum")
        .or_else(|| flat.number("exclusiveMaximum").map(|bound| bound - step))
        .or(ui.max);
    Control::Number {
        empty: false,
        min,
        max,
        step: flat.number("multipleOf").or(ui.step),
        integer,
        slider: ui.slider,
        unit: ui.unit.map(str::to_owned),
    }
}

fn pattern(flat: &Flat<'_>) -> Option<String> {
    flat.text("pattern")
        .filter(|text| text.len() <= MAX_PATTERN)
        .map(str::to_owned)
}

fn text(flat: &Flat<'_>, place: Place<'_>, typed: bool) -> Control {
    if !typed && is_secret(flat, place.key) {
        return secret(flat);
    }
    let multiline = flat.text("contentMediaType").is_some()
        || matches!(flat.text("format"), Some("textarea" | "multiline"))
        || place
            .value
            .and_then(Value::as_str)
            .is_some_and(|text| text.contains('\n'));
    Control::Text {
        pattern: pattern(flat),
        format: flat.text("format").map(str::to_owned),
        min_length: flat.count("minLength"),
        max_length: flat.count("maxLength"),
        multiline,
        typed,
    }
}

fn secret(flat: &Flat<'_>) -> Control {
    Control::Secret {
        pattern: pattern(flat),
        min_length: flat.count("minLength"),
    }
}

/// Whether the schema says that a text is a secret, or its name does.
pub(super) fn is_secret(flat: &Flat<'_>, key: &str) -> bool {
    flat.text("format") == Some("password")
        || flat.flag("writeOnly")
        || flat.ui().secret
        || (name_says_secret(key) && flat.hint("secret") != Some(&Json::Bool(false)))
}

/// A list of one kind of items; where the schema does not say of which, its name and what the
/// chart has in it do.
fn list<'s>(schema: &Schema<'s>, flat: &Flat<'s>, place: Place<'_>, depth: usize) -> Control {
    let item = flat.word("items").map(|node| schema.flatten(node));
    let inner = Place {
        key: "",
        parent: "",
        value: None,
    };
    let item = item.map(|item| {
        record::by_schema(schema, &item, depth + 1)
            .unwrap_or_else(|| control_at(schema, Some(&item), inner, depth + 1))
    });
    let known = match item {
        Some(item) if depth < 4 && is_plain(&item) => Some(item),
        _ => record::by_shape(place.key, place.value),
    };
    match known {
        Some(item) => Control::List {
            item: Box::new(item),
            min_items: flat.count("minItems"),
            max_items: flat.count("maxItems"),
        },
        None => Control::Yaml { shape: Shape::List },
    }
}

fn object<'s>(schema: &Schema<'s>, flat: &Flat<'s>, place: Place<'_>, depth: usize) -> Control {
    let empty = values::Map::new();
    let map = place.value.and_then(Value::as_map).unwrap_or(&empty);
    if let Some(node) = flat.additional() {
        let item = schema.flatten(node);
        let inner = Place {
            key: "",
            parent: place.key,
            value: None,
        };
        let item = control_at(schema, Some(&item), inner, depth + 1);
        if depth < 3 && is_plain(&item) {
            return Control::Map {
                item: Box::new(item),
            };
        }
    } else if flat.is_open() && flat.properties().is_empty() && shape::is_free_map(place.key, map) {
        return Control::Map {
            item: Box::new(shape::text(true)),
        };
    }
    Control::Yaml { shape: Shape::Map }
}

/// Whether a control fits into one row of a table or list.
const fn is_plain(control: &Control) -> bool {
    !matches!(
        control,
        Control::Map { .. } | Control::List { .. } | Control::Yaml { .. }
    )
}
