//! Renders that use again what earlier ones printed give what a fresh render gives, whatever is
//! edited in between.

#![expect(clippy::unwrap_used, reason = "a broken case file fails the test")]
#![allow(
    clippy::disallowed_methods,
    reason = "the charts are files; the sandbox is for the engine itself"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use engine::{Chart, CompiledChart, OutputOptions, RenderRequest, Rendered, SourceFile, render};
use values::{Map, Value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn rendered(compiled: &CompiledChart, values: &Map, reuse: bool) -> Result<Rendered, String> {
    let request = RenderRequest {
        values: values.clone(),
        // An edit may break the schema: here the templates are to run.
        skip_schema: true,
        seed: 7,
        reuse,
        ..RenderRequest::default()
    };
    render(compiled, &request).map_err(|error| error.to_string())
}

/// All that a render shows.
fn shown(
    result: Result<Rendered, String>,
) -> Result<(String, Option<String>, Vec<String>), String> {
    let rendered = result?;
    let text = rendered.to_text(&OutputOptions::default());
    let text = text.map_err(|error| error.to_string())?;
    Ok((text, rendered.notes, rendered.warnings))
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.push(SourceFile::new(name, fs::read(&path).unwrap()));
        }
    }
}

fn chart(folder: &Path) -> Option<Chart> {
    let mut files = Vec::new();
    read(folder, "", &mut files);
    Chart::load(files).ok()
}

fn inline(list: &[(&str, &str)]) -> Arc<Chart> {
    let about = ("Chart.yaml", "apiVersion: v2\nname: ship\nversion: 1.0.0\n");
    let files = [&[about], list].concat();
    let files = files
        .iter()
        .map(|(path, text)| SourceFile::new(*path, *text));
    Arc::new(Chart::load(files.collect()).unwrap())
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// The paths of all values, tables too.
fn paths(map: &Map, before: &[String], found: &mut Vec<Vec<String>>) {
    for (key, value) in map {
        let path = [before, std::slice::from_ref(key)].concat();
        if let Value::Map(map) = value {
            paths(map, &path, found);
        }
        found.push(path);
    }
}

fn put(map: &mut Map, path: &[String], value: Value) {
    let (last, tables) = path.split_last().unwrap();
    let mut table = map;
    for key in tables {
        let next = table.entry(key.clone()).or_default();
        if next.as_map().is_none() {
            *next = Value::Map(Map::new());
        }
        table = next.as_map_mut().unwrap();
    }
    table.insert(last.clone(), value);
}

fn at<'v>(map: &'v Map, path: &[String]) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    let value = map.get(first)?;
    if rest.is_empty() {
        Some(value)
    } else {
        at(value.as_map()?, rest)
    }
}

/// Another value in the place of this one.
fn other(value: Option<&Value>, dice: &mut Dice) -> Value {
    match (value, dice.below(8)) {
        (_, 0) => Value::Null,
        (Some(Value::Map(_)), 1) => Value::Map(Map::new()),
        (Some(Value::Map(map)), _) => {
            let mut map = map.clone();
            map.insert("added".to_owned(), "new".into());
            Value::Map(map)
        }
        (Some(Value::Bool(flag)), _) => Value::Bool(!flag),
        (Some(Value::Float(number)), 1..4) => Value::Float(-number),
        (Some(Value::Float(number)), _) => Value::Float(number + 1.0),
        (Some(Value::List(list)), 1..4) => Value::List(list.iter().skip(1).cloned().collect()),
        (Some(Value::List(list)), _) => Value::List([&**list, list].concat()),
        (Some(Value::String(text)), 1..7) => Value::String(format!("{text}x")),
        _ => Value::String("other".to_owned()),
    }
}

/// Edits a chart's values at random; each state must render as if it were the first.
fn walk(name: &str, chart: Arc<Chart>, start: Map, steps: usize) -> usize {
    let compiled = CompiledChart::compile(Arc::clone(&chart)).unwrap();
    let fresh = CompiledChart::compile(Arc::clone(&chart)).unwrap();
    let mut merged = chart.values().clone();
    merged = values::merge::merge_maps(merged, &start);
    let mut all = Vec::new();
    paths(&merged, &[], &mut all);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut overrides = start.clone();
    let mut saved = 0;
    for step in 0..steps {
        let again = rendered(&compiled, &overrides, true);
        let plain = rendered(&fresh, &overrides, false);
        if let (Ok(again), Ok(plain)) = (&again, &plain) {
            saved += plain.executed - again.executed;
        }
        let failed = plain.is_err();
        assert_eq!(
            shown(again),
            shown(plain),
            "{name}, step {step}: {overrides:?}"
        );
        if all.is_empty() {
            break;
        }
        // Now and then back to the start: that is a kept render, too.
        if failed || dice.below(6) == 0 {
            overrides.clone_from(&start);
        }
        for _ in 0..=dice.below(2) {
            let path = &all[dice.below(all.len())];
            let now = at(&overrides, path).or_else(|| at(&merged, path));
            let new = other(now, &mut dice);
            put(&mut overrides, path, new);
        }
    }
    saved
}

#[test]
fn charts_of_the_cases_render_as_fresh_after_any_edits() {
    let mut charts = 0;
    let mut saved = 0;
    let cases = Path::new(ROOT).join("tests/cases/charts");
    let mut folders: Vec<PathBuf> = fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("chart"))
        .filter(|folder| folder.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        if let Some(chart) = chart(&folder) {
            charts += 1;
            saved += walk(&folder.to_string_lossy(), Arc::new(chart), Map::new(), 40);
        }
    }
    assert!(charts > 20, "{charts} charts");
    assert!(saved > charts, "nothing was used again: {saved}");
}

#[test]
fn the_chart_that_comes_along_renders_as_fresh_after_any_edits() {
    let chart = Arc::new(chart(&Path::new(ROOT).join("../chart")).unwrap());
    for (name, text) in chart.environments() {
        let start = values::yaml::parse_map(&text).unwrap();
        let saved = walk(&name, Arc::clone(&chart), start, 25);
        assert!(
            saved > 200,
            "{name}: only {saved} templates were used again"
        );
    }
}

/// What a chart of these templates executes at each of these values, checked against a fresh one.
#[track_caller]
fn check(templates: &[(&str, &str)], steps: &[(&str, usize)]) {
    let chart = inline(templates);
    let compiled = CompiledChart::compile(Arc::clone(&chart)).unwrap();
    for (values, executed) in steps {
        let values = values::yaml::parse_map(values).unwrap();
        let again = rendered(&compiled, &values, true);
        let fresh = CompiledChart::compile(Arc::clone(&chart)).unwrap();
        let count = again.as_ref().map_or(0, |rendered| rendered.executed);
        let plain = rendered(&fresh, &values, false);
        assert_eq!(shown(again), shown(plain), "{values:?}");
        assert_eq!(count, *executed, "executed at {values:?}");
    }
}

#[test]
fn only_what_reads_a_change_is_executed() {
    check(
        &[
            ("values.yaml", "a: {b: 1, c: 2}\nd: [1]\n"),
            ("templates/1.yaml", "b: {{ .Values.a.b }}"),
            ("templates/2.yaml", "c: {{ .Values.a.c }}"),
            ("templates/3.yaml", "all: {{ .Values.a | toJson }}"),
            ("templates/4.yaml", "some: {{ if .Values.a }}yes{{ end }}"),
            ("templates/5.yaml", "many: {{ len .Values.a }}"),
            ("templates/6.yaml", "list: {{ index .Values.d 0 }}"),
        ],
        &[
            ("{}", 6),
            ("{}", 0),
            ("a: {b: 5}", 2),
            ("a: {c: 5}", 2),
            ("a: {d: 5}", 2),
            ("a: {b: null}", 3),
            ("a: {b: null, c: null}", 4),
            ("{}", 2),
            ("d: [2]", 1),
            ("d: [2]\ne: 1", 0),
        ],
    );
}

#[test]
fn zeros_of_both_signs_are_told_apart() {
    let template = [("templates/1.yaml", "a: {{ .Values.a }}")];
    check(&template, &[("a: 0.0", 1), ("a: -0.0", 1), ("a: -0.0", 0)]);
}

#[test]
fn random_texts_stay_those_of_a_fresh_render() {
    let random = "r: {{ randAlphaNum 8 }}{{ if .Values.more }}{{ randAlphaNum 3 }}{{ end }}";
    check(
        &[
            ("values.yaml", "x: 1"),
            ("templates/1.yaml", "r: {{ randAlphaNum 8 }}"),
            ("templates/2.yaml", random),
            ("templates/3.yaml", "x: {{ .Values.x }}"),
        ],
        // What one draws is nothing to the other.
        &[("{}", 3), ("x: 2", 1), ("more: true", 1), ("more: true", 0)],
    );
}

#[test]
fn templates_that_change_their_values_are_all_executed() {
    let change = "{{ if .Values.go }}{{ $_ := set .Values.a \"b\" 5 }}{{ end }}";
    check(
        &[
            ("values.yaml", "a: {b: 1}\ngo: false\n"),
            ("templates/1.yaml", "b: {{ .Values.a.b }}"),
            ("templates/2.yaml", change),
            ("templates/3.yaml", "b: {{ .Values.a.b }}"),
        ],
        // With the change, what runs behind it is executed; from then on all is.
        &[("{}", 3), ("go: true", 2), ("{}", 3), ("{}", 3)],
    );
}

#[test]
fn globals_that_charts_share_are_followed_by_both_ways() {
    let list = [
        ("values.yaml", "global: {g: {x: 1}}\n"),
        ("templates/1.yaml", "x: {{ .Values.global.g.x }}"),
        (
            "charts/boat/Chart.yaml",
            "apiVersion: v2\nname: boat\nversion: 1.0.0\n",
        ),
        (
            "charts/boat/templates/2.yaml",
            "x: {{ .Values.global.g.x }}",
        ),
        (
            "templates/3.yaml",
            "x: {{ .Subcharts.boat.Values.global.g.x }}",
        ),
    ];
    check(
        &list,
        &[
            ("{}", 3),
            ("global: {g: {x: 2}}", 3),
            // The parent's globals win, and there they are as at first.
            ("boat: {global: {g: {x: 3}}}", 0),
            ("boat: {global: {g: {x: 4}}}", 0),
            ("boat: {global: {g: {y: 4}}}", 0),
        ],
    );
}
