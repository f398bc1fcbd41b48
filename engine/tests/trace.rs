//! Traces: where lines come from and what they depend on, for cases that were checked by hand; and
//! what must hold for any chart.

#![expect(clippy::unwrap_used, reason = "a broken case fails the test")]
#![allow(
    clippy::disallowed_methods,
    reason = "the cases are files; the sandbox is for the engine itself"
)]

use std::{fmt::Write as _, fs, path::Path, sync::Arc};

use engine::{
    Chart, CompiledChart, OutputOptions, RenderRequest, SourceFile, Traced, render, render_traced,
    trace::{Call, Document, Trace},
};
use values::{Map, Value, ValuesPath};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

/// The chart in a folder, if it can be loaded.
fn load(folder: &Path) -> Option<CompiledChart> {
    fn add(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                add(&entry.path(), &format!("{name}/"), files);
            } else {
                files.push(SourceFile::new(name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    add(folder, "", &mut files);
    let chart = Chart::load(files).ok()?;
    CompiledChart::compile(Arc::new(chart)).ok()
}

/// A request that gives all of the chart's values, so that each of them counts as given.
fn request(chart: &CompiledChart, more: &Map) -> RenderRequest {
    let values = values::merge::merge_maps(chart.chart().values().clone(), more);
    RenderRequest {
        values,
        skip_schema: true,
        seed: 7,
        now_unix: 1_714_979_289,
        ..RenderRequest::default()
    }
}

/// Every chart of the cases, and that of the repository in each of its environments.
fn all_charts() -> Vec<(String, CompiledChart, RenderRequest)> {
    let mut charts = Vec::new();
    for case in fs::read_dir(Path::new(CASES).join("charts")).unwrap() {
        let folder = case.unwrap().path();
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().join("Chart.yaml").exists()
                && let Some(chart) = load(&entry.path())
            {
                let request = request(&chart, &Map::new());
                charts.push((entry.path().display().to_string(), chart, request));
            }
        }
    }
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../chart");
    let environments = load(&ours).unwrap().chart().environments();
    for (name, text) in environments {
        let chart = load(&ours).unwrap();
        let values = values::yaml::parse_map(&text).unwrap();
        let request = request(&chart, &values);
        charts.push((name, chart, request));
    }
    charts
}

/// Every byte of every line has a place in a template.
fn assert_whole(name: &str, content: &str, document: &Document) {
    assert_eq!(document.lines.len(), content.lines().count(), "{name}");
    for (text, line) in content.lines().zip(&document.lines) {
        let place = line.place();
        assert!(
            place.is_some_and(|it| it.line > 0 && it.template.contains("/templates/")),
            "{name}: {text:?}: {line:?}"
        );
        let mut at = 0;
        for part in &line.parts {
            assert_eq!(part.start, at, "{name}: {text:?}: {line:?}");
            at = part.end;
        }
        assert_eq!(at, text.len(), "{name}: {text:?}: {line:?}");
    }
}

#[test]
fn a_traced_render_is_the_same_render_and_each_line_has_a_place() {
    let mut count = 0;
    for (name, chart, request) in all_charts() {
        let plain = render(&chart, &request);
        let traced = render_traced(&chart, &request);
        let (plain, Traced { rendered, trace }) = match (plain, traced) {
            (Ok(plain), Ok(traced)) => (plain, traced),
            (Err(plain), Err(traced)) => {
                assert_eq!(format!("{plain:#}"), format!("{traced:#}"), "{name}");
                continue;
            }
            (plain, traced) => panic!("{name}: {plain:?} {traced:?}"),
        };
        let text = |it: &engine::Rendered| it.to_text(&OutputOptions::default()).unwrap();
        assert_eq!(text(&plain), text(&rendered), "{name}");
        assert_eq!(plain.notes, rendered.notes, "{name}");
        for (manifest, document) in rendered.manifests.iter().zip(&trace.manifests) {
            assert_whole(&name, &manifest.content, document);
            count += document.lines.len();
        }
        for (hook, document) in rendered.hooks.iter().zip(&trace.hooks) {
            assert_whole(&name, &hook.manifest.content, document);
        }
    }
    assert!(count > 10_000, "only {count} lines");
}

/// Another value of the same type.
fn other(value: &Value) -> Value {
    match value {
        Value::Null => "other".into(),
        Value::Bool(flag) => Value::Bool(!flag),
        Value::Int(number) => Value::Int(number + 7),
        Value::Float(number) => Value::Float(number + 7.0),
        Value::String(text) => format!("{text}other").into(),
        Value::List(list) => Value::List([list.as_slice(), &["other".into()]].concat()),
        Value::Map(map) => Value::Map(map.clone()),
    }
}

#[test]
fn what_is_never_read_changes_nothing() {
    let mut count = 0;
    for (name, chart, mut request) in all_charts() {
        let Ok(Traced { rendered, trace }) = render_traced(&chart, &request) else {
            continue;
        };
        // All at once: each of them alone is part of that.
        for path in &trace.unread {
            let value = path.get_in(&request.values).unwrap();
            let value = other(value);
            path.set(&mut request.values, value);
            count += 1;
        }
        let again = render(&chart, &request).unwrap();
        let text = |it: &engine::Rendered| it.to_text(&OutputOptions::default()).unwrap();
        assert_eq!(text(&rendered), text(&again), "{name}: {:?}", trace.unread);
        assert_eq!(rendered.notes, again.notes, "{name}");
    }
    assert!(count > 0, "something is never read");
}

/// What is read matters: of the values that a manifest depends on, and of no others, a change may
/// change it.
#[test]
fn what_changes_a_manifest_is_among_what_it_depends_on() {
    let chart = load(&Path::new(CASES).join("traces/through")).unwrap();
    let request = request(&chart, &Map::new());
    let Traced { rendered, trace } = render_traced(&chart, &request).unwrap();
    for path in [
        "name",
        "replicas",
        "labels.team",
        "crane.height",
        "kid.size",
        "global.zone",
    ] {
        let path: ValuesPath = path.parse().unwrap();
        let mut changed = request.clone();
        let value = other(path.get_in(&request.values).unwrap());
        path.set(&mut changed.values, value);
        let again = render(&chart, &changed).unwrap();
        for (at, (was, is)) in rendered.manifests.iter().zip(&again.manifests).enumerate() {
            let depends = trace.paths.iter().any(|it| {
                it.manifests.contains(&at)
                    && (it.path == path || (it.whole && path.starts_with(&it.path)))
            });
            assert!(
                depends || was.content == is.content,
                "{path} and {}",
                was.name
            );
        }
    }
}

fn listed(trace: &Trace, numbers: &[usize]) -> String {
    let path = |number: &usize| {
        let it = &trace.paths[*number];
        format!("{}{}", it.path, if it.whole { ".*" } else { "" })
    };
    numbers.iter().map(path).collect::<Vec<_>>().join(", ")
}

fn shown(trace: &Trace, content: &str, document: &Document, out: &mut String) {
    for (text, line) in content.lines().zip(&document.lines) {
        writeln!(out, "{text}").unwrap();
        for (at, part) in line.parts.iter().enumerate() {
            let mark = if at == line.main { '*' } else { ' ' };
            let place = &part.place;
            let (template, line, column) = (&place.template, place.line, place.column);
            write!(
                out,
                "   {mark}{}..{} {template}:{line}:{column}",
                part.start, part.end
            )
            .unwrap();
            if let Some((line, column)) = place.in_text {
                write!(out, " (text {line}:{column})").unwrap();
            }
            let mut call = part.call;
            while let Some(Call {
                parent,
                place,
                call: text,
            }) = call.map(|it| &trace.calls[it])
            {
                write!(out, " < {text} {}:{}", place.line, place.column).unwrap();
                call = *parent;
            }
            for (word, numbers) in [("reads", &part.reads), ("if", &part.conditions)] {
                if !numbers.is_empty() {
                    write!(out, "  {word} {}", listed(trace, numbers)).unwrap();
                }
            }
            out.push('\n');
        }
        if !line.omitted.is_empty() {
            writeln!(
                out,
                "    nothing printed for {}",
                listed(trace, &line.omitted)
            )
            .unwrap();
        }
    }
}

#[test]
fn traces_are_as_checked_by_hand() {
    let folder = Path::new(CASES).join("traces");
    for case in fs::read_dir(&folder).unwrap().flatten() {
        if !case.path().is_dir() {
            continue;
        }
        let chart = load(&case.path()).unwrap();
        let Traced { rendered, trace } =
            render_traced(&chart, &request(&chart, &Map::new())).unwrap();
        let mut out = String::new();
        for (manifest, document) in rendered.manifests.iter().zip(&trace.manifests) {
            let (kind, name, template) = (&manifest.kind, &manifest.resource_name, &manifest.name);
            writeln!(out, "# {kind} {name} ({template})").unwrap();
            shown(&trace, &manifest.content, document, &mut out);
        }
        let unread: Vec<String> = trace.unread.iter().map(ToString::to_string).collect();
        writeln!(out, "# never read: {}", unread.join(", ")).unwrap();
        let expected = case.path().with_extension("txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &out).unwrap();
        }
        assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), out);
    }
}
