//! Cases small enough to read; those recorded from Helm stand in `values/tests`.

use super::*;

fn map(json: &str) -> Map {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::Map(map)) => map,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_merge_tables_replace_lists_and_keep_nulls() {
    let base = map(r#"{"a":{"x":1,"y":[1,2]},"b":2,"c":{"z":1}}"#);
    let over = map(r#"{"a":{"y":[3],"x":null},"b":{"k":1},"c":null}"#);
    assert_eq!(
        merge_maps(base, &over),
        map(r#"{"a":{"x":null,"y":[3]},"b":{"k":1},"c":null}"#)
    );
}

#[test]
fn coalescing_removes_what_a_null_stands_over() {
    let chart = map(r#"{"a":{"x":1,"y":2},"n":null,"gone":1,"t":{"n":null,"k":1}}"#);
    let mut user = map(r#"{"a":{"x":null,"new":null},"gone":null}"#);
    let mut warnings = Vec::new();
    coalesce_values(
        &mut user,
        &chart,
        "c",
        Mode::Coalesce,
        &|_| false,
        &mut warnings,
    );
    assert_eq!(user, map(r#"{"a":{"new":null,"y":2},"t":{"k":1}}"#));
    assert!(warnings.is_empty());
}

#[test]
fn merging_keeps_nulls() {
    let chart = map(r#"{"a":{"x":1},"n":null}"#);
    let mut user = map(r#"{"a":{"x":null}}"#);
    coalesce_values(
        &mut user,
        &chart,
        "c",
        Mode::Merge,
        &|_| false,
        &mut Vec::new(),
    );
    assert_eq!(user, map(r#"{"a":{"x":null},"n":null}"#));
}

#[test]
fn tables_and_plain_values_that_meet_are_told() {
    let chart = map(r#"{"a":{"t":{"k":[1,null]},"s":1.5},"top":"x"}"#);
    let mut user = map(r#"{"a":{"t":1,"s":{"k":1}},"top":{"k":1}}"#);
    let mut warnings = Vec::new();
    coalesce_values(
        &mut user,
        &chart,
        "c",
        Mode::Coalesce,
        &|_| false,
        &mut warnings,
    );
    assert_eq!(
        warnings,
        [
            "warning: destination for c.a.s is a table. Ignoring non-table value (1.5)",
            "warning: cannot overwrite table with non table for c.a.t (map[k:[1 <nil>]])",
            "warning: skipped value for c.top: Not a table.",
        ]
    );
}

#[test]
fn a_document_has_no_integers() {
    assert_eq!(
        as_document(&Map::from([(
            "a".to_owned(),
            Value::List(vec![Value::Int(1)])
        )])),
        Map::from([("a".to_owned(), Value::List(vec![Value::Float(1.0)]))])
    );
}
