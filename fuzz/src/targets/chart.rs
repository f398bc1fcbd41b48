//! Charts within charts: dependencies, values put together, templates that change them. An input is
//! a list of files, each behind a line `=== PATH`.

use std::sync::Arc;

use engine::{Chart, CompiledChart, Limits, OutputOptions, RenderRequest, SourceFile, render};

use super::{Target, kind};

pub(crate) struct Charts;

impl Target for Charts {
    fn name(&self) -> &'static str {
        "chart"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "\n=== Chart.yaml\n",
            "\n=== values.yaml\n",
            "\n=== charts/a/values.yaml\n",
            "\n=== charts/a/charts/b/values.yaml\n",
            "\n=== charts/a/templates/t.yaml\n",
            "dependencies:\n",
            "- name: a\n  version: '*'\n",
            "  alias: c\n",
            "  condition: a.on,on\n",
            "  tags: [t]\n",
            "  import-values: [e]\n",
            "  import-values: [{child: x, parent: x}, {child: x, parent: x.y}]\n",
            "  import-values: [{child: x, parent: .}]\n",
            "global: {g: {h: 1}}\n",
            "global:\n",
            "tags: {t: false}\n",
            "exports: {e: {x: {y: 1}}}\n",
            "x: {y: {z: 1}}\n",
            "x: null\n",
            "y: ~\n",
            "a: {on: true}\n",
            "a: 5\n",
            "on: false\n",
            "type: library\n",
            "apiVersion: v1\n",
            "{{ toYaml .Values }}",
            "{{ .Subcharts | toJson }}",
            "{{ $_ := set .Values \"x\" 1 }}",
            "{{ $_ := set .Values.global \"g\" .Values }}",
            "{{ $_ := unset .Values \"x\" }}",
            "{{ $_ := mergeOverwrite .Values (dict \"x\" (dict \"y\" 2)) }}",
            "{{ range $k, $v := .Values }}{{ $_ := set $v \"z\" $k }}{{ end }}",
            "{{ randAlphaNum 5 }}",
            "{{ fail \"x\" }}",
            "{{ .Template.Name }}",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let Ok(chart) = Chart::load(files(input)) else {
            return Ok("no chart".to_owned());
        };
        let chart = Arc::new(chart);
        let alone = rendered(&chart, false);
        if rendered(&chart, true) != alone {
            return Err("two threads render something else".to_owned());
        }
        Ok(kind(&alone.unwrap_or_else(|message| message)))
    }
}

fn files(input: &[u8]) -> Vec<SourceFile> {
    let input = String::from_utf8_lossy(input);
    let mut files: Vec<SourceFile> = input
        .split("=== ")
        .filter_map(|file| file.split_once('\n'))
        .map(|(path, text)| SourceFile::new(path.trim(), text))
        .collect();
    // Enough to do for two threads, before the other templates of the outermost chart.
    let work = "{{- range until 2000 }}{{ end }}";
    let comment = format!("{{{{- /* {} */ -}}}}", "~".repeat(9_000));
    for name in ["z1", "z2", "z3"] {
        let text = format!("{comment}{work}\n{name}: {{{{ .Values.x | quote }}}}\n");
        files.push(SourceFile::new(format!("templates/{name}.yaml"), text));
    }
    files
}

fn rendered(chart: &Arc<Chart>, concurrent: bool) -> Result<String, String> {
    let request = RenderRequest {
        limits: Limits {
            steps: 100_000,
            output_bytes: 1 << 20,
            value_size: 1 << 18,
            ..Limits::default()
        },
        concurrent,
        ..RenderRequest::default()
    };
    let compiled = CompiledChart::compile(Arc::clone(chart)).map_err(|error| error.to_string())?;
    let rendered = render(&compiled, &request).map_err(|error| error.to_string())?;
    let text = rendered
        .to_text(&OutputOptions::default())
        .map_err(|error| error.to_string())?;
    Ok(format!("{text}\n{:?}", rendered.warnings))
}
