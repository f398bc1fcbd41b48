//! Quantities against what Kubernetes' own library made of the same texts (`cases/quantities.yaml`).

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use compose::{Map, Quantity, Value};

#[test]
fn every_recorded_quantity_is_as_kubernetes_has_it() {
    let file = values::yaml::parse_map(include_str!("cases/quantities.yaml")).unwrap();
    let Some(Value::List(cases)) = file.get("cases") else {
        panic!("no cases")
    };
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| judge(case.as_map()?))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// What is wrong with a case, if anything.
fn judge(case: &Map) -> Option<String> {
    let text = case["text"].as_str()?;
    let got = text.parse::<Quantity>();
    let Some(canonical) = case.get("canonical").and_then(Value::as_str) else {
        return got
            .ok()
            .map(|got| format!("{text:?}: Kubernetes refuses it, here {got}"));
    };
    let Ok(got) = got else {
        return Some(format!("{text:?}: Kubernetes has {canonical}"));
    };
    let number = |key: &str| match case.get(key) {
        Some(Value::Float(number)) => Some(*number),
        _ => None,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "the recorded ones went through it, too"
    )]
    let same = got.to_string() == canonical
        && number("milli").is_none_or(|milli| milli == got.milli() as f64)
        && number("value").is_none_or(|value| value == got.bytes() as f64);
    (!same).then(|| format!("{case:?}: here {got}, {}, {}", got.milli(), got.bytes()))
}
