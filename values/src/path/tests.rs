//! Paths as text, and what they do to a tree.

use super::*;

fn path(text: &str) -> ValuesPath {
    text.parse().unwrap()
}

#[test]
fn reads_and_prints_what_set_reads() {
    for text in [
        "a",
        "a.b",
        "a[0].b[12]",
        r"a\.b.c\,d\=e\[0]\\",
        "a[0][1]",
        "ü.λ b",
    ] {
        assert_eq!(path(text).to_string(), text);
    }
    let keys = path(r"nodeSelector.kubernetes\.io/os");
    assert_eq!(
        keys,
        ValuesPath::of_keys(["nodeSelector", "kubernetes.io/os"])
    );
}

#[test]
fn refuses_what_is_no_path() {
    for text in [
        "", ".", "a.", "a..b", "[0]", "a[", "a[]", "a[x]", "a[-1]", "a[0]b", "a[65537]",
    ] {
        assert!(text.parse::<ValuesPath>().is_err(), "{text}");
    }
}

#[test]
fn sets_gets_removes_and_prunes() {
    let mut map = Map::new();
    path("a.b[1].c").set(&mut map, Value::Int(1));
    assert_eq!(path("a.b[1].c").get_in(&map), Some(&Value::Int(1)));
    assert_eq!(path("a.b[0]").get_in(&map), Some(&Value::Null));
    assert!(path("a.b").remove(&mut map).is_some());
    assert_eq!(map["a"], Value::Map(Map::new()));
    path("a.b").prune(&mut map);
    assert!(map.is_empty());
}

#[test]
fn pruning_stops_at_the_first_table_with_something_in_it() {
    let mut map = Map::new();
    path("a.x").set(&mut map, Value::Bool(true));
    path("a.b.c").set(&mut map, Value::Bool(true));
    path("a.b.c").remove(&mut map);
    path("a.b.c").prune(&mut map);
    assert_eq!(
        map["a"],
        Value::Map(Map::from([("x".to_owned(), Value::Bool(true))]))
    );
}
