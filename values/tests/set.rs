//! Every case recorded from `helm template` with `--set` and its sisters (`cases/set`) against
//! `values::set`.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod recorded;

use std::fs;
use std::path::PathBuf;

use recorded::kinds;
use values::set::{
    Flag, parse_set, parse_set_file, parse_set_json, parse_set_literal, parse_set_string,
};
use values::{Map, Value};

fn cases() -> Vec<(String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/set");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let file = values::yaml::parse_map(&fs::read_to_string(file).unwrap()).unwrap();
        let Some(Value::List(list)) = file.get("cases") else {
            panic!("{name} has no cases")
        };
        cases.extend(list.iter().map(|case| (name.clone(), case.clone())));
    }
    cases
}

/// What Helm does with the flags, whose order among themselves does not matter.
fn apply(args: &[(Flag, String)]) -> Result<Map, String> {
    let mut args = args.to_vec();
    args.sort_by_key(|(flag, _)| *flag);
    let mut dest = Map::new();
    for (flag, text) in args {
        let mut read = |name: &str| match name {
            "note.txt" => Ok("file text\nwith a comma, too".to_owned()),
            _ => Err(format!("open {name}: no such file or directory")),
        };
        let result = match flag {
            Flag::Json => parse_set_json(&text, &mut dest),
            Flag::Set => parse_set(&text, &mut dest),
            Flag::String => parse_set_string(&text, &mut dest),
            Flag::File => parse_set_file(&text, &mut dest, &mut read),
            Flag::Literal => parse_set_literal(&text, &mut dest),
        };
        result.map_err(|error| flag.describe(&text, &error))?;
    }
    Ok(dest)
}

fn args(case: &Value) -> Vec<(Flag, String)> {
    let Some(Value::List(args)) = case.as_map().unwrap().get("args") else {
        panic!("no args")
    };
    let flag = |name: &str| match name {
        "--set-json" => Flag::Json,
        "--set" => Flag::Set,
        "--set-string" => Flag::String,
        "--set-file" => Flag::File,
        "--set-literal" => Flag::Literal,
        other => panic!("{other}"),
    };
    args.chunks(2)
        .map(|pair| {
            (
                flag(pair[0].as_str().unwrap()),
                pair[1].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
fn every_recorded_case_is_as_helm_has_it() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() > 250, "{}", cases.len());
    for (file, case) in &cases {
        let args = args(case);
        let case = case.as_map().unwrap();
        let got = apply(&args).map(|map| kinds(&Value::Map(map)));
        let wanted = match (case.get("values"), case.get("error")) {
            (Some(values), _) => Ok(values.clone()),
            (None, Some(error)) => Err(error.as_str().unwrap().to_owned()),
            _ => panic!("{file}: neither values nor error"),
        };
        if got != wanted {
            wrong.push(format!(
                "{file} {args:?}\n  Helm: {wanted:?}\n  here: {got:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
