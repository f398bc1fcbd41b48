//! What must hold for any text: nothing panics, paths come back, strangers' texts stay within bounds.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use proptest::prelude::*;
use values::set::{
    Flag, parse_bounded, parse_set, parse_set_json, parse_set_literal, parse_set_string,
};
use values::{Map, Segment, Value, ValuesPath};

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9_-]{1,8}", r"[a.,=\[\]\\{} ü]{1,6}", "\\PC{1,6}"]
}

fn path() -> impl Strategy<Value = ValuesPath> {
    let segment =
        prop_oneof![3 => key().prop_map(Segment::Key), 1 => (0..50_usize).prop_map(Segment::Index)];
    (key(), proptest::collection::vec(segment, 0..6)).prop_map(|(first, mut rest)| {
        rest.insert(0, Segment::Key(first));
        ValuesPath::from(rest)
    })
}

proptest! {
    #[test]
    fn a_path_comes_back(path in path()) {
        prop_assert_eq!(path.to_string().parse::<ValuesPath>(), Ok(path));
    }

    #[test]
    fn a_path_survives_the_wire(path in path(), empty in 0..4_usize) {
        let mut segments = path.segments().to_vec();
        if empty > 0 && empty < segments.len() {
            segments[empty] = Segment::Key(String::new());
        }
        let path = ValuesPath::from(segments);
        let wire = serde_json::to_string(&path).unwrap();
        prop_assert_eq!(serde_json::from_str::<ValuesPath>(&wire).unwrap(), path);
    }

    #[test]
    fn set_reads_the_paths_that_are_printed(path in path()) {
        let mut wanted = Map::new();
        path.set(&mut wanted, Value::Int(1));
        let mut got = Map::new();
        prop_assert_eq!(parse_set(&format!("{path}=1"), &mut got), Ok(()));
        prop_assert_eq!(got, wanted);
    }

    #[test]
    fn a_removed_path_leaves_nothing(path in path()) {
        prop_assume!(path.segments().iter().all(|segment| matches!(segment, Segment::Key(_))));
        let mut map = Map::new();
        path.set(&mut map, Value::Bool(true));
        prop_assert_eq!(path.remove(&mut map), Some(Value::Bool(true)));
        path.prune(&mut map);
        prop_assert!(map.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in r"([ab.,=\[\]\\{}0123456789\-]|\PC){0,40}") {
        let _ = text.parse::<ValuesPath>();
        for parse in [parse_set, parse_set_string, parse_set_json, parse_set_literal] {
            let mut once = Map::new();
            let _ = parse(&text, &mut once);
        }
        let mut room = 100;
        for flag in [Flag::Set, Flag::String, Flag::Json, Flag::Literal] {
            let _ = parse_bounded(flag, &text, &mut Map::new(), &mut room);
        }
        prop_assert!(room <= 100);
    }
}

#[test]
fn small_texts_cannot_make_large_lists() {
    let mut room = 70_000;
    let mut map = Map::new();
    let text = (0..20)
        .map(|n| format!("a{n}[65536]=x"))
        .collect::<Vec<_>>()
        .join(",");
    let error = parse_bounded(Flag::Set, &text, &mut map, &mut room).unwrap_err();
    assert_eq!(error.to_string(), "index 65536 makes too many list items");
}

#[test]
fn deep_texts_do_not_overflow_the_stack() {
    let lists = format!("a{}=1", "[0]".repeat(100_000));
    assert!(parse_set(&lists, &mut Map::new()).is_err());
    let json = format!("a={}", "[".repeat(100_000));
    assert!(parse_set_json(&json, &mut Map::new()).is_err());
    assert!(parse_set_json(&"{\"a\":".repeat(100_000), &mut Map::new()).is_err());
}
