//! What `--set`, its sisters and `-f` make of the values: `values/tests/cases/{set,merge}`. The
//! recording chart prints `.Values`, each scalar as its Go kind and JSON.

use std::{collections::BTreeSet, process::Output};

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::process::root;

use super::{
    case_file::{Case, CaseFile},
    json,
    recorder::{Recorder, Scratch, Settled, Tally, error_of, files, on_all_cores, settle},
};

const TEMPLATE: &str = r#"{{- define "tree" -}}
{{- if kindIs "map" . -}}
{ {{- $first := true -}}
{{- range $key, $value := . -}}
{{- if not $first -}},{{- end -}}{{- $first = false -}}
{{ $key | toJson }}:{{ include "tree" $value }}
{{- end -}} }
{{- else if kindIs "slice" . -}}
[ {{- range $index, $value := . -}}
{{- if $index -}},{{- end -}}{{ include "tree" $value }}
{{- end -}} ]
{{- else if kindIs "invalid" . -}}
"null"
{{- else -}}
{{ printf "%s %s" (kindOf .) (toRawJson .) | toJson }}
{{- end -}}
{{- end -}}
tree: {{ include "tree" .Values.AsMap | toJson }}
"#;

/// The file that cases of `--set-file` name.
const NOTE: &str = "file text\nwith a comma, too";

const FIELDS: [&str; 3] = ["values", "error", "warnings"];

/// The recorded fields of a case.
type Recorded = Vec<(&'static str, Value)>;

/// Records `values/tests/cases/set`.
pub(super) fn record_set(recorder: &Recorder) -> anyhow::Result<Tally> {
    record_folder("set", |_, case| {
        let args = texts(case.field("args")).context("`args` is no list of texts")?;
        settle(Some(&recorded(case)), || {
            let folder = chart(recorder)?;
            folder.file("note.txt", NOTE)?;
            let args = ["r", "chart"]
                .into_iter()
                .chain(args.iter().map(String::as_str));
            let output = recorder.template(folder.path(), args)?;
            Ok(match error_of(&output) {
                Some(error) => vec![("error", json!(error.trim_end_matches('\n')))],
                None => vec![("values", tree(&output)?)],
            })
        })
    })
}

/// Records `values/tests/cases/merge`.
pub(super) fn record_merge(recorder: &Recorder) -> anyhow::Result<Tally> {
    record_folder("merge", |file, case| {
        let values = file.field("chart").to_string();
        let files = case
            .field("files")
            .and_then(Value::as_array)
            .context("`files` is no list")?;
        settle(Some(&recorded(case)), || {
            let folder = chart(recorder)?;
            folder.file("chart/values.yaml", &values)?;
            let mut args = vec!["r".to_owned(), "chart".to_owned()];
            for (index, values) in files.iter().enumerate() {
                let name = format!("{index}.yaml");
                folder.file(&name, &values.to_string())?;
                args.extend(["-f".to_owned(), name]);
            }
            let output = recorder.template(folder.path(), args.iter().map(String::as_str))?;
            if let Some(error) = error_of(&output) {
                bail!("helm fails: {error}");
            }
            let mut fields = vec![("values", tree(&output)?)];
            let warnings = warnings(&output);
            if !warnings.is_empty() {
                fields.push(("warnings", json!(warnings)));
            }
            Ok(fields)
        })
    })
}

fn record_folder(
    name: &str,
    record: impl Fn(&CaseFile, &Case) -> anyhow::Result<Settled<Recorded>> + Sync,
) -> anyhow::Result<Tally> {
    let folder = root().join("values/tests/cases").join(name);
    let mut tally = Tally::default();
    for path in files(&folder, ".yaml")? {
        let mut file = CaseFile::read(&path)?;
        let results = on_all_cores(file.cases(), |case| record(&file, case));
        for (index, result) in results.into_iter().enumerate() {
            if let Some(fields) = tally.count(&file.name(index), result) {
                let fields: Vec<(&str, String)> = fields
                    .iter()
                    .map(|(field, value)| (*field, json::print(value)))
                    .collect();
                file.replace(index, &FIELDS, &fields)?;
            }
        }
        file.write(&mut tally)?;
    }
    Ok(tally)
}

fn chart(recorder: &Recorder) -> anyhow::Result<Scratch> {
    let folder = recorder.folder()?;
    folder.chart("c")?;
    folder.file("chart/templates/out.yaml", TEMPLATE)?;
    Ok(folder)
}

fn recorded(case: &Case) -> Recorded {
    let field = |name| case.field(name).map(|value| (name, value.clone()));
    ["values", "error", "warnings"]
        .into_iter()
        .filter_map(field)
        .collect()
}

fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    value?
        .as_array()?
        .iter()
        .map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// The tree that the recording chart prints.
fn tree(output: &Output) -> anyhow::Result<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    let (_, quoted) = text
        .split_once("tree: ")
        .context("helm prints no `tree:`")?;
    let text: String = serde_json::from_str(quoted.trim())?;
    Ok(serde_json::from_str(&text)?)
}

/// Helm's warnings, each once and sorted: it says them more than once, in no order.
fn warnings(output: &Output) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines()
        .map(|line| {
            let message = line.split_once("msg=").map_or(line, |(_, message)| message);
            serde_json::from_str(message).unwrap_or_else(|_| message.to_owned())
        })
        .collect()
}
