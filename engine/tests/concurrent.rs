//! A second thread changes nothing but the time: manifests, warnings and errors are the same, and of
//! several things that are wrong the same one is told.

#![expect(clippy::unwrap_used, reason = "a broken chart fails the test")]

use std::sync::Arc;

use engine::{Chart, CompiledChart, OutputOptions, RenderRequest, SourceFile, render};
use values::Map;

const META: &str = "apiVersion: v2\nname: fleet\nversion: 1.0.0\n";

/// A path and its text.
type File<'t> = (&'t str, &'t str);

/// Enough templates and manifests for threads to be started.
fn chart(more: &[File<'_>]) -> Arc<Chart> {
    let mut files = vec![
        SourceFile::new("Chart.yaml", META),
        SourceFile::new("values.yaml", "size: 3\n"),
        SourceFile::new(
            "templates/NOTES.txt",
            "Aye, {{ .Release.Name }}\n".repeat(100),
        ),
    ];
    for at in 0..60 {
        let head = "{{- /* deck */}}\nkind: ConfigMap\nmetadata:\n  name: deck";
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
    Arc::new(Chart::load(files).unwrap())
}

/// All that a render tells.
fn told(chart: &Arc<Chart>, concurrent: bool) -> String {
    let compiled = CompiledChart::compile(Arc::clone(chart)).unwrap();
    let request = RenderRequest {
        values: Map::new(),
        seed: 7,
        concurrent,
        ..RenderRequest::default()
    };
    match render(&compiled, &request) {
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
    let cases: [(&str, &[File<'_>], &str); 9] = [
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
        let chart = chart(more);
        let alone = told(&chart, false);
        assert!(alone.contains(hint), "{name}: {alone}");
        for _ in 0..5 {
            assert_eq!(told(&chart, true), alone, "{name}");
        }
    }
}
