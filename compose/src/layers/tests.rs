//! What lies over what, and what a change leaves behind.

use super::*;

fn map(json: &str) -> Map {
    match serde_json::from_str::<Value>(json) {
        Ok(Value::Map(map)) => map,
        other => panic!("{other:?}"),
    }
}

fn path(text: &str) -> ValuesPath {
    text.parse().unwrap()
}

fn layers(overrides: &str) -> Layers {
    Layers::new(
        map(
            r#"{"a":{"enabled":true,"replicas":1.0,"env":{"X":"1"},"list":[1.0,{"k":"v"}]},"n":null,"gone":1.0}"#,
        ),
        Some((
            "prod".to_owned(),
            map(r#"{"a":{"replicas":3.0},"gone":null}"#),
        )),
        map(overrides),
    )
}

#[test]
fn each_value_knows_its_layer() {
    let layers = layers(r#"{"a":{"env":{"Y":"2"}}}"#);
    let prod = Origin::Environment("prod".to_owned());
    assert_eq!(
        layers.effective(&path("a.enabled")),
        (Value::Bool(true), Origin::Chart)
    );
    assert_eq!(
        layers.effective(&path("a.replicas")),
        (Value::Float(3.0), prod.clone())
    );
    assert_eq!(
        layers.effective(&path("a.env.Y")),
        ("2".into(), Origin::User)
    );
    assert_eq!(layers.origin(&path("a.env")), Origin::User);
    assert_eq!(layers.origin(&path("a.env.X")), Origin::Chart);
    assert_eq!(layers.effective(&path("gone")), (Value::Null, prod));
    assert_eq!(
        layers.effective(&path("a.list[1].k")),
        ("v".into(), Origin::Chart)
    );
    assert!(layers.differs_from_base(&path("a.replicas")));
    assert!(!layers.differs_from_base(&path("a.enabled")));
    assert!(!layers.differs_from_base(&path("n")));
}

#[test]
fn a_value_that_lies_beneath_anyway_is_no_override() {
    let mut layers = layers("{}");
    layers.set(&path("a.replicas"), Value::Int(5));
    assert_eq!(layers.overrides(), &map(r#"{"a":{"replicas":5}}"#));
    layers.set(&path("a.replicas"), Value::Int(3));
    assert!(layers.overrides().is_empty());
    layers.set(&path("a.replicas"), Value::Float(7.0));
    assert_eq!(layers.overrides(), &map(r#"{"a":{"replicas":7}}"#));
    assert_eq!(
        layers.values_for_helm(),
        map(r#"{"a":{"replicas":7.0},"gone":null}"#)
    );
    layers.reset(&path("a.replicas"));
    assert!(layers.overrides().is_empty());
    assert_eq!(layers.value(&path("a.replicas")), Some(&Value::Float(3.0)));
}

#[test]
fn a_table_leaves_only_its_difference_and_removed_keys_become_null() {
    let mut layers = layers("{}");
    layers.set(&path("a.env"), Value::Map(map(r#"{"Y":"2"}"#)));
    assert_eq!(
        layers.overrides(),
        &map(r#"{"a":{"env":{"X":null,"Y":"2"}}}"#)
    );
    assert_eq!(
        layers.value(&path("a.env")),
        Some(&Value::Map(map(r#"{"Y":"2"}"#)))
    );
    layers.set(&path("a.env"), Value::Map(map(r#"{"X":"1"}"#)));
    assert!(layers.overrides().is_empty());
}

#[test]
fn a_change_inside_a_list_overrides_the_whole_list() {
    let mut layers = layers("{}");
    layers.set(&path("a.list[1].k"), "w".into());
    assert_eq!(layers.overrides(), &map(r#"{"a":{"list":[1,{"k":"w"}]}}"#));
    assert_eq!(layers.changed(), [path("a.list")]);
    layers.set(&path("a.list[1].k"), "v".into());
    assert!(layers.overrides().is_empty());
}

#[test]
fn overrides_can_be_replaced_and_are_made_minimal() {
    let mut layers = layers("{}");
    layers.replace_overrides(&map(
        r#"{"a":{"enabled":true,"replicas":3,"env":{"X":null}},"new":{}}"#,
    ));
    assert_eq!(
        layers.overrides(),
        &map(r#"{"a":{"env":{"X":null}},"new":{}}"#)
    );
    layers.reset_all();
    assert!(layers.changed().is_empty());
}

#[test]
fn a_table_can_be_emptied() {
    let mut layers = layers("{}");
    layers.set(&path("a.env"), Value::Map(Map::new()));
    assert_eq!(layers.value(&path("a.env")), Some(&Value::Map(Map::new())));
    assert_eq!(layers.overrides(), &map(r#"{"a":{"env":{"X":null}}}"#));
}
