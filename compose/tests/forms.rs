//! Whole forms: each folder of `cases/forms` is a chart's values (and schema), and `form.txt` what
//! is made of them. `UPDATE_EXPECT=1` writes that anew, to be read before it is committed.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use compose::form::{Control, Extras, Field, MAX_FIELDS, Node, Subchart, build, build_with, fit};
use compose::requirements::gaps;
use compose::{FormModel, Layers, Map, Value};
use serde_json::json;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/forms")
}

fn load(folder: &Path, schema: &str) -> (Option<serde_json::Value>, Map, String) {
    let text = fs::read_to_string(folder.join("values.yaml")).unwrap();
    let schema = fs::read_to_string(folder.join(schema)).ok();
    let schema = schema.map(|text| serde_json::from_str(&text).unwrap());
    (schema, values::yaml::parse_map(&text).unwrap(), text)
}

fn flts() -> (serde_json::Value, Map, String) {
    let chart = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chart");
    let (schema, values, text) = load(&chart, "values.schema.json");
    (schema.unwrap(), values, text)
}

/// What a case has beside values and schema: questions, and charts in it.
fn extras(folder: &Path) -> Extras {
    let mut subcharts: Vec<Subchart> = fs::read_dir(folder.join("charts"))
        .into_iter()
        .flatten()
        .map(|entry| {
            let folder = entry.unwrap().path();
            let (schema, _, values_text) = load(&folder, "schema.json");
            Subchart {
                key: folder.file_name().unwrap().to_str().unwrap().to_owned(),
                schema,
                values_text,
                extras: extras(&folder),
            }
        })
        .collect();
    subcharts.sort_by(|one, other| one.key.cmp(&other.key));
    Extras {
        questions: fs::read_to_string(folder.join("questions.yaml")).ok(),
        subcharts,
    }
}

/// The defaults of a case with those of the charts in it, but for `global`.
fn coalesced(folder: &Path, mut values: Map) -> Map {
    for subchart in extras(folder).subcharts {
        let mut own = values::yaml::parse_map(&subchart.values_text).unwrap();
        own.remove("global");
        if let Some(Value::Map(over)) = values.get(&subchart.key) {
            own = values::merge::merge_maps(own, over);
        }
        values.insert(subchart.key, Value::Map(own));
    }
    values
}

/// A form as text: one line for each thing in it.
fn outline(model: &FormModel) -> String {
    let mut out = String::new();
    for group in &model.groups {
        let _ = writeln!(out, "= {} ({})", group.title, group.id);
        for card in &group.cards {
            let switch = if card.enabled.is_some() {
                "switch"
            } else {
                "no switch"
            };
            let about = card.description.as_deref().unwrap_or_default();
            let _ = writeln!(out, "== {} [{}] {switch} {about}", card.title, card.path);
            for need in &card.requires {
                let unless: Vec<String> = need.unless.iter().map(ToString::to_string).collect();
                let _ = writeln!(out, "   needs {} unless {unless:?}", need.path);
            }
            nodes(&card.nodes, 1, &mut out);
        }
    }
    let open: Vec<String> = model.open.iter().map(|path| format!("`{path}`")).collect();
    let _ = writeln!(out, "open: {}", open.join(" "));
    out
}

fn nodes(all: &[Node], depth: usize, out: &mut String) {
    let indent = "   ".repeat(depth);
    for node in all {
        match node {
            Node::Section(section) => {
                let block = section
                    .block
                    .map(|block| format!(" ({})", block.as_str()))
                    .unwrap_or_default();
                let _ = writeln!(out, "{indent}{} [{}]{block}", section.title, section.path);
                nodes(&section.nodes, depth + 1, out);
            }
            Node::Field(field) => {
                let _ = writeln!(out, "{indent}{}", line(field));
            }
        }
    }
}

fn line(field: &Field) -> String {
    let mut control = serde_json::to_value(&field.control).unwrap();
    let kind = control["type"].take();
    let mut words: Vec<String> = vec![kind.as_str().unwrap_or_default().to_owned()];
    for (key, value) in control.as_object().unwrap() {
        if !(value.is_null() || *value == json!(false)) {
            words.push(format!("{key}={value}"));
        }
    }
    let flags = [
        ("short", field.short),
        ("essential", field.essential),
        ("secret", field.secret),
        ("required", field.required),
        ("nullable", field.nullable),
        ("hidden", field.hidden),
    ];
    words.extend(
        flags
            .iter()
            .filter(|(_, on)| *on)
            .map(|(flag, _)| (*flag).to_owned()),
    );
    words.extend(field.inherits.iter().map(|path| format!("inherits {path}")));
    for condition in &field.when {
        let any: Vec<String> = condition
            .any
            .iter()
            .map(|value| serde_json::Value::from(value).to_string())
            .collect();
        let sign = if condition.not { "≠" } else { "=" };
        words.push(format!("when {}{sign}{}", condition.path, any.join("|")));
    }
    let default = serde_json::Value::from(&field.default);
    let about = field
        .description
        .as_deref()
        .map(|text| format!(" | {text}"))
        .unwrap_or_default();
    format!(
        "{} [{}] {} = {default}{about}",
        field.title,
        field.path,
        words.join(" ")
    )
}

#[test]
fn every_form_is_as_it_was_read_and_found_good() {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        let (schema, values, text) = load(&folder, "schema.json");
        let values = coalesced(&folder, values);
        let got = outline(&build_with(
            schema.as_ref(),
            &values,
            &text,
            &extras(&folder),
        ));
        let file = folder.join("form.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, &got).unwrap();
        }
        assert_eq!(
            got,
            fs::read_to_string(&file).unwrap_or_default(),
            "{}",
            folder.display()
        );
    }
}

#[test]
fn a_chart_fits_its_own_form() {
    for name in ["helm-create", "comments", "schema", "kubeapps"] {
        let (schema, values, text) = load(&folder().join(name), "schema.json");
        let model = build(schema.as_ref(), &values, &text);
        assert_eq!(fit(&model, &values), (values, Vec::new()), "{name}");
    }
}

#[test]
fn the_flts_chart_fits_its_own_form_in_every_environment() {
    let (schema, values, text) = flts();
    let model = build(Some(&schema), &values, &text);
    assert!(!model.truncated);
    assert_eq!(fit(&model, &values), (values.clone(), Vec::new()));
    let chart = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chart");
    for name in ["dev", "prod", "external"] {
        let text = fs::read_to_string(chart.join(format!("values-{name}.yaml"))).unwrap();
        let environment = values::yaml::parse_map(&text).unwrap();
        assert_eq!(fit(&model, &environment).1, [], "{name}");
        let layers = Layers::new(
            values.clone(),
            Some((name.to_owned(), environment)),
            Map::new(),
        );
        assert_eq!(gaps(&model, layers.full()), [], "{name}");
    }
}

#[test]
fn a_service_added_to_a_chart_is_in_its_form() {
    let (mut schema, mut values, text) = flts();
    schema["properties"]["redis"] = json!({
        "type": "object", "title": "Redis", "x-ui": {"group": "infrastructure", "order": 999},
        "properties": {"enabled": {"type": "boolean"}, "replicas": {"type": "integer", "maximum": 3}}
    });
    values.insert(
        "redis".to_owned(),
        Value::from(json!({"enabled": true, "replicas": 1})),
    );
    let model = build(Some(&schema), &values, &text);
    let group = model
        .groups
        .iter()
        .find(|group| group.id == "infrastructure")
        .unwrap();
    let card = group.cards.last().unwrap();
    assert_eq!(card.title, "Redis");
    assert!(card.enabled.is_some());
    let field = model.field(&"redis.replicas".parse().unwrap()).unwrap();
    assert!(matches!(
        field.control,
        Control::Number {
            max: Some(3.0),
            integer: true,
            ..
        }
    ));
}

#[test]
fn a_form_survives_the_wire() {
    let (schema, values, text) = flts();
    let model = build(Some(&schema), &values, &text);
    let wire = serde_json::to_string(&model).unwrap();
    assert_eq!(serde_json::from_str::<FormModel>(&wire).unwrap(), model);
}

#[test]
fn no_schema_makes_the_form_grow_without_bound() {
    // Every table holds twenty of its kind.
    let children: serde_json::Map<String, serde_json::Value> = (0..20)
        .map(|n| (format!("k{n}"), json!({"$ref": format!("#/$defs/t{n}")})))
        .collect();
    let defs: serde_json::Map<String, serde_json::Value> = (0..20)
        .map(|n| {
            (
                format!("t{n}"),
                json!({"type": "object", "x-ui": {"group": "g"}, "properties": children}),
            )
        })
        .collect();
    let schema = json!({"$defs": defs, "properties": children});
    let start = Instant::now();
    let model = build(Some(&schema), &Map::new(), "");
    assert!(
        model.fields().len() <= 2 * MAX_FIELDS,
        "{}",
        model.fields().len()
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );

    let wide: Map = (0..20_000)
        .map(|n| (format!("k{n}"), Value::Bool(true)))
        .collect();
    let model = build(None, &wide, "");
    assert!(model.truncated);
    assert_eq!(model.fields().len(), MAX_FIELDS);

    let mut deep = Value::Bool(true);
    for _ in 0..200 {
        deep = Value::Map(Map::from([("a".to_owned(), deep)]));
    }
    let deep = Map::from([("a".to_owned(), deep)]);
    assert!(!build(None, &deep, "").groups.is_empty());
}

#[test]
fn no_secret_of_the_flts_chart_enters_a_link() {
    let (schema, values, text) = flts();
    let model = build(Some(&schema), &values, &text);
    let mut layers = Layers::new(values, None, Map::new());
    let secrets: Vec<&Field> = model
        .fields()
        .into_iter()
        .filter(|field| field.secret)
        .collect();
    assert!(secrets.len() >= 4, "{}", secrets.len());
    for field in &secrets {
        layers.set(&field.path, "hunter2hunter2".into());
    }
    layers.set(&"kafka.enabled".parse().unwrap(), Value::Bool(false));
    let composition = compose::Composition {
        overrides: layers.overrides().clone(),
        ..Default::default()
    };
    let query = compose::link::encode(&composition, &model.secrets()).unwrap();
    assert_eq!(query.text, "set=kafka.enabled=false");
    assert_eq!(query.left_out.len(), secrets.len());
}

#[test]
fn bad_input_to_the_flts_chart_is_told_at_its_place() {
    let (schema, values, text) = flts();
    let model = build(Some(&schema), &values, &text);
    let told = |query: &str| -> Vec<String> {
        let decoded = compose::link::decode(query);
        assert_eq!(decoded.problems, [], "{query}");
        let (fitting, problems) = fit(&model, &decoded.composition.overrides);
        assert!(fitting.is_empty(), "{query}");
        problems
            .iter()
            .map(|problem| format!("{} {}", problem.path, problem.message))
            .collect()
    };
    assert_eq!(
        told("set=inference.replica=5"),
        ["inference.replica is not a value of this chart; did you mean `inference.replicas`?"]
    );
    assert_eq!(
        told("set=inference.replicas=many"),
        ["inference.replicas must be a number, not `many`"]
    );
    assert_eq!(
        told("set=inference.resources.limits.memory=2GB"),
        ["inference.resources.limits.memory `2GB` is not a quantity: write `2G` or `2Gi`"]
    );
    assert_eq!(told("set=inference=off").len(), 1);
}

#[test]
fn the_bundled_chart_has_its_eighteen_services_in_six_groups() {
    let (schema, values, text) = flts();
    let form = build(Some(&schema), &values, &text);
    let services: Vec<(&str, usize)> = form
        .groups
        .iter()
        .map(|group| {
            let switches = group.cards.iter().filter(|card| card.enabled.is_some());
            (group.id.as_str(), switches.count())
        })
        .collect();
    assert_eq!(
        services,
        [
            ("infrastructure", 5),
            ("data-pipeline", 6),
            ("inference", 2),
            ("monitoring", 2),
            ("load-testing", 2),
            ("networking", 1),
            ("shared", 0),
        ]
    );
}
