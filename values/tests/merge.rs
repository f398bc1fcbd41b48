//! Every case recorded from `helm template -f …` (`cases/merge`) against `values::merge`.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod recorded;

use recorded::kinds;
use values::merge::{Mode, coalesce_values, merge_maps};
use values::{Map, Value};

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(list)) => list
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_recorded_case_is_as_helm_has_it() {
    let file = values::yaml::parse_map(include_str!("cases/merge/files.yaml")).unwrap();
    let chart = file["chart"].as_map().unwrap();
    let Value::List(cases) = &file["cases"] else {
        panic!("no cases")
    };
    let mut wrong = Vec::new();
    for case in cases {
        let case = case.as_map().unwrap();
        let Value::List(files) = &case["files"] else {
            panic!("no files")
        };
        let mut user = files.iter().fold(Map::new(), |base, file| {
            merge_maps(base, file.as_map().unwrap())
        });
        let mut warnings = Vec::new();
        coalesce_values(
            &mut user,
            chart,
            "c",
            Mode::Coalesce,
            &|_| false,
            &mut warnings,
        );
        let got = kinds(&Value::Map(user));
        // Helm says each of them more than once, in no order.
        warnings.sort();
        if got != case["values"] || warnings != texts(case.get("warnings")) {
            wrong.push(format!("{case:?}\n  here: {got:?} {warnings:?}"));
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
