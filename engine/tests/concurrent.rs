//! A second thread changes nothing but the time: manifests, warnings and errors are the same, and of
//! several things that are wrong the same one is told.

#![expect(clippy::unwrap_used, reason = "a broken chart fails the test")]

use std::sync::Arc;

use engine::{
    Ahead, Chart, CompiledChart, Dialect, Limits, OutputOptions, RenderRequest, SourceFile, render,
};
use values::Map;

const META: &str = "apiVersion: v2\nname: fleet\nversion: 1.0.0\n";

/// A path and its text.
type File<'t> = (&'t str, &'t str);

/// Enough templates and manifests for threads to be started, and long enough for each to have some.
fn files(more: &[File<'_>]) -> Vec<SourceFile> {
    let mut files = vec![
        SourceFile::new("Chart.yaml", META),
        SourceFile::new("values.yaml", "size: 3\n"),
        SourceFile::new(
            "templates/NOTES.txt",
            "Aye, {{ .Release.Name }}\n".repeat(100),
        ),
    ];
    for at in 0..60 {
        let head = "{{- range until 300 }}{{ end }}\nkind: ConfigMap\nmetadata:\n  name: deck";
        let line =
            "  line: {{ printf \"%d-%s\" .Values.size .Release.Name | quote }} # and so on\n";
        let text = format!(
            "{head}-{at}\ndata:\n{}",
            line.replace("line", "a") + &"# ~~~\n".repeat(90)
        );
        files.push(SourceFile::new(format!("templates/deck-{at}.yaml"), text));
    }
    let more = more
        .iter()
        .map(|(path, text)| SourceFile::new(*path, *text));
    files.extend(more);
    files
}

fn chart(files: &[SourceFile]) -> Arc<Chart> {
    Arc::new(Chart::load(files.to_vec()).unwrap())
}

/// All that a render tells.
fn told(chart: &Arc<Chart>, concurrent: bool) -> String {
    told_of(
        &CompiledChart::compile(Arc::clone(chart)).unwrap(),
        concurrent,
    )
}

/// The same when somebody was told of files before.
fn told_ahead(chart: &Arc<Chart>, files: &[SourceFile]) -> String {
    let mut ahead = Ahead::new(Dialect::default());
    files.iter().for_each(|file| ahead.read(file));
    // Let it parse some of them.
    std::thread::yield_now();
    told_of(
        &CompiledChart::compile_ahead(Arc::clone(chart), ahead).unwrap(),
        true,
    )
}

fn told_of(compiled: &CompiledChart, concurrent: bool) -> String {
    let request = RenderRequest {
        values: Map::new(),
        seed: 7,
        concurrent,
        ..RenderRequest::default()
    };
    match render(compiled, &request) {
        Ok(rendered) => {
            let text = rendered.to_text(&OutputOptions::default()).unwrap();
            let (hooks, notes) = (&rendered.hooks, &rendered.notes);
            format!("{text}\n{hooks:?}\n{notes:?}\n{:?}", rendered.warnings)
        }
        Err(error) => {
            let output = error.output().unwrap_or_default();
            format!("{error:#}\n{output}\n{:?}", error.hooks())
        }
    }
}

#[test]
fn the_same_is_told() {
    const HOOK: &str = "kind: Job\nmetadata: {name: x, annotations: {helm.sh/hook: NAME}}\n";
    let known = HOOK.replace("NAME", "pre-install");
    let unknown = HOOK.replace("NAME", "pre-launch");
    let schema = (
        "values.schema.json",
        r#"{"properties":{"size":{"type":"string"}}}"#,
    );
    let no_template = ("templates/deck-7.yaml.txt", "{{ if }}");
    let late = ("templates/z.yaml", "{{ .Values.size.of.what }}");
    // Executed last, and long enough that two threads read it.
    let long = format!("---\n{known}---\n{}", "# ~~~\n".repeat(90)).repeat(120);
    let long_with = |last: &str| format!("{long}---\n{last}");
    let (long_unknown, long_wrong) = (long_with(&unknown), long_with("a: b: c"));
    let change = "{{ $_ := set .Values \"size\" 9 }}";
    let random = "kind: Secret\nmetadata: {name: {{ uuidv4 | quote }}}\n";
    let last_of_boat =
        "kind: {{ (.Subcharts.boat.Template | default (dict \"Name\" \"none\")).Name | base }}\n";
    let boat = "apiVersion: v2\nname: boat\nversion: 1.0.0\n";
    let cases: [(&str, &[File<'_>], &str); 13] = [
        (
            "values that change on the way",
            &[("templates/deck-30-a.yaml", change)],
            "\"9-",
        ),
        (
            "values that change at the end",
            &[("templates/a.yaml", change)],
            "float64=3",
        ),
        (
            "random texts",
            &[
                ("templates/a.yaml", random),
                ("templates/deck-30-a.yaml", random),
            ],
            "kind: Secret",
        ),
        (
            "what a chart shows of its subcharts",
            &[
                ("charts/boat/Chart.yaml", boat),
                ("charts/boat/templates/a.yaml", "kind: Oar\n"),
                ("charts/boat/templates/b.yaml", "kind: Sail\n"),
                ("templates/a.yaml", last_of_boat),
                ("templates/deck-20-a.yaml", last_of_boat),
                ("templates/deck-30-a.yaml", last_of_boat),
                ("templates/deck-40-a.yaml", last_of_boat),
            ],
            "kind: a.yaml",
        ),
        (
            "a long file",
            &[("templates/a.yaml", &long_unknown)],
            "pre-launch",
        ),
        (
            "a long file that ends badly",
            &[("templates/a.yaml", &long_wrong)],
            "a.yaml",
        ),
        ("good", &[], "name: deck-59"),
        (
            "hooks",
            &[("templates/a.yaml", &known), ("templates/b.yaml", &unknown)],
            "pre-launch",
        ),
        (
            "no manifest",
            &[
                ("templates/a.yaml", "a: b: c"),
                ("templates/deck-9.yml", "- ["),
            ],
            "a.yaml",
        ),
        (
            "no template",
            &[no_template, ("templates/zz.yaml", "{{ end }}")],
            "unexpected {{end}}",
        ),
        (
            "the schema comes before templates",
            &[schema, no_template],
            "size",
        ),
        (
            "an error while others are read",
            &[late, ("templates/a.yaml", "a: b: c")],
            "z.yaml",
        ),
        (
            "subfolders",
            &[("templates/deep/er/x.yaml", "kind: Service\n")],
            "kind: Service",
        ),
    ];
    for (name, more, hint) in cases {
        let files = files(more);
        let chart = chart(&files);
        let alone = told(&chart, false);
        assert!(alone.contains(hint), "{name}: {alone}");
        for _ in 0..5 {
            assert_eq!(told(&chart, true), alone, "{name}");
            assert_eq!(told_ahead(&chart, &files), alone, "{name}");
        }
    }
}

/// What two threads use counts together.
#[test]
fn limits_are_the_same() {
    let chart = chart(&files(&[]));
    let told_with = |output_bytes: u64, concurrent: bool| {
        let request = RenderRequest {
            limits: Limits {
                output_bytes,
                ..Limits::default()
            },
            concurrent,
            ..RenderRequest::default()
        };
        let compiled = CompiledChart::compile(Arc::clone(&chart)).unwrap();
        render(&compiled, &request)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    let (mut too_few, mut enough) = (0, 1 << 20);
    while enough - too_few > 1 {
        let middle = u64::midpoint(too_few, enough);
        match told_with(middle, false) {
            Ok(()) => enough = middle,
            Err(_) => too_few = middle,
        }
    }
    assert!(too_few > 10_000);
    for bytes in [enough, too_few, too_few / 2 + 100] {
        assert_eq!(told_with(bytes, true), told_with(bytes, false));
    }
}

/// What is parsed ahead counts only for a template of that name and text.
#[test]
fn guesses_change_nothing() {
    const ALIAS: &str = "apiVersion: v2\nname: fleet\nversion: 1.0.0\n\
        dependencies: [{name: boat, version: 1.0.0, alias: ark}]\n";
    const BOAT: &str = "apiVersion: v2\nname: boat\nversion: 1.0.0\n";
    let mut files = files(&[
        ("charts/hull/Chart.yaml", BOAT),
        ("charts/hull/templates/a.yaml", "kind: {{ .Chart.Name }}\n"),
        ("charts/hull/templates/b.yaml", "{{ fail .Template.Name }}"),
    ]);
    files[0] = SourceFile::new("Chart.yaml", ALIAS);
    let failing = chart(&files);
    let alone = told(&failing, false);
    assert!(
        alone.contains("fleet/charts/ark/templates/b.yaml"),
        "{alone}"
    );
    files.pop();
    let good = chart(&files);
    let rendered = told(&good, false);
    assert!(rendered.contains("kind: ark"), "{rendered}");
    let others: Vec<SourceFile> = files
        .iter()
        .map(|file| match file.path.as_str() {
            "Chart.yaml" => file.clone(),
            path => SourceFile::new(path, "kind: {{ .Values.other }} # ".repeat(100)),
        })
        .collect();
    for _ in 0..5 {
        assert_eq!(told_ahead(&failing, &files), alone);
        assert_eq!(told_ahead(&good, &files), rendered);
        assert_eq!(told_ahead(&good, &others), rendered);
    }
}
