//! Random texts against what Helm 4.3.1's own `strvals` made of them (`cases/strvals`). A line is
//! `[flag, text laid before, text, tree, error]`; in the tree each scalar has its Go kind before
//! it. Errors of `--set-json` are not compared: Helm never prints them.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use values::set::{parse_set, parse_set_json, parse_set_literal, parse_set_string};
use values::{Map, Value, go};

fn kinds(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => "null".into(),
        Value::Bool(flag) => format!("b{flag}").into(),
        Value::Int(number) => format!("i{number}").into(),
        Value::Float(number) => format!("f{}", go::json_float(*number)).into(),
        Value::String(text) => format!("s{text}").into(),
        Value::List(list) => list.iter().map(kinds).collect(),
        Value::Map(map) => {
            serde_json::Value::Object(map.iter().map(|(k, v)| (k.clone(), kinds(v))).collect())
        }
    }
}

#[test]
fn random_texts_are_read_as_helm_reads_them() {
    let mut wrong = Vec::new();
    for line in include_str!("cases/strvals/random.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |at: usize| case[at].as_str().unwrap_or_default();
        let mut dest = Map::new();
        parse_set(text(1), &mut dest).unwrap();
        let result = match text(0) {
            "set" => parse_set(text(2), &mut dest),
            "set-string" => parse_set_string(text(2), &mut dest),
            "set-json" => parse_set_json(text(2), &mut dest),
            _ => parse_set_literal(text(2), &mut dest),
        };
        let error = result
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        let same = if text(0) == "set-json" {
            error.is_empty() == text(4).is_empty()
        } else {
            error == text(4)
        };
        // What stands in the tree after a fault counts, too.
        let tree = kinds(&Value::Map(dest));
        if !same || tree != case[3] {
            wrong.push(format!("{line}\n  here: {tree} {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
