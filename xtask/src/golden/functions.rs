//! Template functions: `engine/tests/cases/functions`, in the form the README beside it tells.

use std::fs;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::process::root;

use super::{
    case_file::{Case, CaseFile, with_release},
    json,
    recorder::{Recorder, Settled, Tally, error_of, files, on_all_cores, settle},
};

/// What a case has one of: the field and its text.
type Recorded = (&'static str, String);

const FIELDS: [&str; 2] = ["expect", "error"];
const ADVICE: &str = "\n\nUse --debug flag to render out invalid YAML";

/// Records every family, and has Helm parse every name.
pub(super) fn record(recorder: &Recorder) -> anyhow::Result<Tally> {
    let folder = root().join("engine/tests/cases/functions");
    let mut tally = Tally::default();
    for path in files(&folder, ".yaml")? {
        let mut file = CaseFile::read(&path)?;
        let values = file.field("values").to_string();
        let results = on_all_cores(file.cases(), |case| record_case(recorder, case, &values));
        let before = tally.changed;
        for (index, result) in results.into_iter().enumerate() {
            if let Some((field, text)) = tally.count(&file.name(index), result) {
                file.replace(index, &FIELDS, &[(field, json::string(&text))])?;
            }
        }
        file.write(&mut tally)?;
        let family = path.file_stem().unwrap_or_default().to_string_lossy();
        println!(
            "    {family}: {} cases, {} changed",
            file.cases().len(),
            tally.changed - before
        );
    }
    let names = folder.join("names.txt");
    let text = fs::read_to_string(&names)?;
    tally.cases += 1;
    if let Err(error) = check_names(recorder, &text) {
        tally.problems.push(format!("names.txt: {error:#}"));
    }
    let text: String = text
        .lines()
        .flat_map(|line| [with_release(line), "\n".to_owned()])
        .collect();
    tally.write(&names, text.as_bytes(), false)?;
    Ok(tally)
}

fn record_case(
    recorder: &Recorder,
    case: &Case,
    values: &str,
) -> anyhow::Result<Settled<Recorded>> {
    let template = case.text("template")?;
    let recorded = FIELDS.into_iter().find_map(|field| {
        let text = case.field(field).and_then(Value::as_str)?;
        Some((field, text.to_owned()))
    });
    settle(recorded.as_ref(), || run(recorder, template, values))
}

fn run(recorder: &Recorder, template: &str, values: &str) -> anyhow::Result<Recorded> {
    let folder = recorder.folder()?;
    let helm = || recorder.template(folder.path(), ["case", "chart"]);
    folder.chart("case")?;
    folder.file("chart/values.yaml", values)?;
    let defines = template.contains("{{ define");
    if !defines {
        let helper = format!("{{{{ define \"case\" }}}}{template}{{{{ end }}}}");
        folder.file("chart/templates/_case.tpl", &helper)?;
        folder.file(
            "chart/templates/case.yaml",
            "out: {{ include \"case\" . | b64enc }}\n",
        )?;
        let output = helm()?;
        if output.status.success() {
            let text = String::from_utf8_lossy(&output.stdout);
            let encoded = text.lines().find_map(|line| line.strip_prefix("out:"));
            let bytes = decode(encoded.context("helm prints no `out:`")?.trim())?;
            return Ok(("expect", String::from_utf8_lossy(&bytes).into_owned()));
        }
        fs::remove_file(folder.path().join("chart/templates/_case.tpl"))?;
    }
    folder.file("chart/templates/case.yaml", template)?;
    let output = helm()?;
    if let Some(error) = error_of(&output) {
        return Ok(("error", error.trim_end().replace(ADVICE, "")));
    }
    if defines {
        let text = String::from_utf8_lossy(&output.stdout);
        let (_, body) = text
            .split_once("# Source: case/templates/case.yaml\n")
            .context("helm prints no `# Source:`")?;
        return Ok(("expect", body.trim_end_matches('\n').to_owned()));
    }
    bail!("`{template}` fails in a named template and succeeds outside of it")
}

/// Has Helm parse a template that calls every name and executes none.
fn check_names(recorder: &Recorder, text: &str) -> anyhow::Result<()> {
    let names = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let calls: String = names.map(|name| format!("{{{{ {name} }}}}\n")).collect();
    let folder = recorder.folder()?;
    folder.chart("case")?;
    folder.file(
        "chart/templates/case.yaml",
        &format!("{{{{ if false }}}}\n{calls}{{{{ end }}}}\n"),
    )?;
    let output = recorder.template(folder.path(), ["case", "chart"])?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// Base64 with padding.
fn decode(text: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for symbol in text
        .trim_matches('"')
        .bytes()
        .filter(|symbol| *symbol != b'=')
    {
        let digit = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => bail!("{text} is no base64"),
        };
        buffer = (buffer << 6 | u32::from(digit)) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(buffer >> bits & 0xff));
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

    #[test]
    fn base64_is_decoded() {
        for (text, wanted) in [
            ("", ""),
            ("YQ==", "a"),
            ("YWI=", "ab"),
            ("w7w/Cg==", "ü?\n"),
        ] {
            assert_eq!(super::decode(text).unwrap(), wanted.as_bytes(), "{text}");
        }
    }
}
