//! YAML in and out, and Go's way to print numbers and text, against what Helm's own libraries
//! made of the same cases (recorded by xtask/oracle/yaml; `cargo xtask golden` records anew).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use values::{go, yaml};

/// The cases of a folder: input and recorded answer.
fn cases(folder: &str, input: &str, answer: &str) -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let inputs = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|is| is == input));
    inputs
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let expected = fs::read_to_string(path.with_extension(answer)).unwrap();
            (name, fs::read_to_string(&path).unwrap(), expected)
        })
        .collect()
}

/// Compares all cases, then fails with those that differ.
fn compare(cases: Vec<(String, String, String)>, answer: impl Fn(&str) -> String) {
    let mut report = String::new();
    let count = cases.len();
    for (name, input, expected) in cases {
        let ours = answer(&input);
        if ours != expected {
            write!(
                report,
                "\n{name}\n  expected {expected:?}\n  got      {ours:?}"
            )
            .unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(count > 0, "no cases");
}

#[test]
fn parses_as_helms_library_does() {
    compare(
        cases("yaml-parse", "yaml", "json"),
        |input| match yaml::parse(input) {
            Err(error) => format!("error: {error}\n"),
            Ok(value) => {
                let mut out = go::json(&value, true) + "\n";
                if let Err(error) = yaml::parse_map(input) {
                    writeln!(out, "map: {error}").unwrap();
                }
                out
            }
        },
    );
}

#[test]
fn prints_as_helms_library_does() {
    compare(
        cases("yaml-print", "json", "yaml"),
        |input| match yaml::try_print(&serde_json::from_str(input).unwrap()) {
            Ok(text) => text,
            Err(error) => format!("error: {error}\n"),
        },
    );
}

#[test]
fn prints_prettily_as_helms_library_does() {
    compare(cases("yaml-print", "json", "pretty.yaml"), |input| {
        yaml::print_pretty(&serde_json::from_str(input).unwrap())
    });
}

#[test]
fn prints_floats_as_go_does() {
    compare(cases("go-text", "txt", "expected"), |input| {
        let mut out = String::new();
        for number in input
            .split_whitespace()
            .map(|word| word.parse::<f64>().unwrap())
        {
            let json = if number.is_finite() {
                go::json_float(number)
            } else {
                "error".into()
            };
            let (wide, narrow) = (go::format_float(number), go::format_float32(number));
            writeln!(out, "{wide} {json} {narrow}").unwrap();
        }
        out
    });
}

#[test]
fn prints_text_as_go_does() {
    compare(cases("go-text", "json", "expected"), |input| {
        let list: Vec<String> = serde_json::from_str(input).unwrap();
        let mut out = String::new();
        for text in list {
            let (escaped, raw) = (go::json_string(&text, true), go::json_string(&text, false));
            writeln!(out, "{}\n{escaped}\n{raw}", go::quote(&text)).unwrap();
        }
        out
    });
}
