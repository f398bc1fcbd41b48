//! Errors of schemas: `engine/tests/cases/schema.json`, in the form the README beside it tells.

use std::fs;

use anyhow::Context as _;
use serde::Serialize as _;
use serde_json::{Value, json, ser::PrettyFormatter};

use crate::process::root;

use super::recorder::{Recorder, Settled, Tally, error_of, on_all_cores, settle};

const PREFIX: &str =
    "values don't meet the specifications of the schema(s) in the following chart(s):\nc:\n";

/// Records the error of each case.
pub(super) fn record(recorder: &Recorder) -> anyhow::Result<Tally> {
    let path = root().join("engine/tests/cases/schema.json");
    let old = fs::read_to_string(&path)?;
    let mut document: Value = serde_json::from_str(&old).context("schema.json")?;
    let same = document.clone();
    let mut tally = Tally::default();
    document["recorded"] = recorder.release().into();
    let cases = document["cases"]
        .as_array_mut()
        .context("schema.json has no list `cases`")?;
    let results = on_all_cores(cases, |case| record_case(recorder, case));
    for (index, (case, result)) in cases.iter_mut().zip(results).enumerate() {
        let name = format!("engine/tests/cases/schema.json case {}", index + 1);
        if let Some(error) = tally.count(&name, result) {
            case["error"] = json!(error);
        }
    }
    if document != same {
        tally.write(&path, &print(&document)?, false)?;
    }
    Ok(tally)
}

fn record_case(recorder: &Recorder, case: &Value) -> anyhow::Result<Settled<String>> {
    let text = |name: &str| {
        case[name]
            .as_str()
            .with_context(|| format!("`{name}` is no text"))
    };
    let (schema, values) = (text("schema")?, text("values")?);
    let recorded = case["error"].as_str().map(str::to_owned);
    settle(recorded.as_ref(), || {
        let folder = recorder.folder()?;
        folder.chart("c")?;
        folder.file("chart/values.schema.json", schema)?;
        folder.file("chart/templates/out.yaml", "a: b\n")?;
        folder.file("values.yaml", values)?;
        let output = recorder.template(folder.path(), ["r", "chart", "-f", "values.yaml"])?;
        let error = error_of(&output).unwrap_or_default();
        let error = error.strip_prefix(PREFIX).unwrap_or(&error);
        Ok(error.strip_suffix('\n').unwrap_or(error).to_owned())
    })
}

fn print(document: &Value) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    let format = PrettyFormatter::with_indent(b" ");
    document.serialize(&mut serde_json::Serializer::with_formatter(
        &mut text, format,
    ))?;
    text.push(b'\n');
    Ok(text)
}
