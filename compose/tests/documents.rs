//! Changes to a person's text: each file of `cases/document` holds a text, the values it is to
//! say, and what it becomes. `UPDATE_EXPECT=1` writes the last part anew, to be read before it is
//! committed. Then what must hold for any text.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use compose::document::{carry, lines_of, parse, read, rewrite};
use compose::layers::same;
use compose::{Map, Value};
use proptest::prelude::*;

const WANTED: &str = "=== wanted\n";
const AFTER: &str = "=== after\n";

#[test]
fn texts_are_changed_as_recorded() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/document");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    for path in cases {
        let case = fs::read_to_string(&path).unwrap();
        let (before, rest) = case.split_once(WANTED).unwrap();
        let (wanted, after) = rest.split_once(AFTER).unwrap();
        let map = values::yaml::parse_map(wanted).unwrap();
        let got = rewrite(before, &map);
        assert_eq!(said(&got), Value::Map(map), "{}", path.display());
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, [before, WANTED, wanted, AFTER, &got].concat()).unwrap();
        } else {
            assert_eq!(got, after, "{}", path.display());
        }
    }
}

fn said(text: &str) -> Value {
    Value::Map(values::yaml::parse_map(text).unwrap())
}

#[test]
fn mistakes_have_a_place_and_a_way_out() {
    let error = parse("a: 1\n\tb: 2\n").unwrap_err();
    assert_eq!((error.line, error.hint.is_some()), (2, true), "{error:?}");
    let error = parse("- a\n").unwrap_err();
    assert_eq!(error.line, 1);
    assert_eq!(error.message, "values are a table at the top");
    assert!(parse("").unwrap().is_empty());
    assert!(parse("# nothing\n").unwrap().is_empty());
}

#[test]
fn a_path_has_a_line() {
    let text = "# top\na:\n  b: 1\n  c.d:\n    - x\n    - e: 1\n";
    let line = |path: &str| lines_of(text, [&path.parse().unwrap()])[0];
    assert_eq!(line("a"), Some(2));
    assert_eq!(line("a.b"), Some(3));
    assert_eq!(line("a.b.none"), None);
    assert_eq!(line(r"a.c\.d[0]"), Some(5));
    assert_eq!(line(r"a.c\.d[1].e"), Some(6));
    assert_eq!(line("z"), None);
}

#[test]
fn a_table_that_is_being_typed_is_not_taken_away() {
    let Value::Map(beneath) = said("a:\n  b:\n    c: 1\n  d: 1\n") else {
        unreachable!("a table");
    };
    let line = |text: &str| read(text, &beneath).err().map(|error| error.line);
    assert_eq!(line("a:\n"), Some(1));
    assert_eq!(line("# x\na:\n  b:\n"), Some(3));
    assert_eq!(line("a: null\n"), None);
    assert_eq!(line("a:\n  d:\n"), None);
    assert_eq!(line("z:\n"), None);
}

#[test]
fn form_edits_reach_a_text_that_was_being_mended() {
    let map = |text: &str| parse(text).unwrap();
    let base = map("a: {b: 1, c: 1}\nd: 1\ne: 1");
    let now = map("a: {b: 2, c: 1}\ne: 1\nf: {g: 1}");
    let mine = map("a: {b: 1, c: 5}\nd: 1\ne: 3");
    assert_eq!(
        carry(&base, &now, mine),
        map("a: {b: 2, c: 5}\ne: 3\nf: {g: 1}")
    );
}

/// A value without tables and lists.
fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-5_000_000_i64..5_000_000).prop_map(Value::Int),
        (-1e6..1e6_f64).prop_map(Value::Float),
        "[a-z0-9.,:#{}'\"%& -]{0,12}".prop_map(Value::from),
        "[a-z \\n#:]{0,20}".prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        Just(Value::from("true")),
        Just(Value::from("1Gi")),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-e]{1}",
        2 => "[a-z][a-zA-Z0-9_.-]{0,8}",
        1 => "[a-z0-9 :#'\"\\[{-]{0,6}",
        1 => Just("on".to_owned()),
        1 => Just("1".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            proptest::collection::btree_map(key(), inner, 0..4).prop_map(Value::Map),
        ]
    })
}

fn table() -> impl Strategy<Value = Map> {
    proptest::collection::btree_map(key(), value(), 0..5)
}

/// Writes a table as a person might: `style` decides about comments, blank lines, braces and
/// indentation.
fn written(map: &Map, indent: usize, style: &mut impl Iterator<Item = u8>, out: &mut String) {
    let step = 2 + usize::from(style.next().unwrap_or(0) % 2) * 2;
    for (key, value) in map {
        let pad = " ".repeat(indent);
        let dice = style.next().unwrap_or(0);
        if dice.is_multiple_of(4) {
            let _ = writeln!(out, "{pad}# about {dice}");
        }
        if dice.is_multiple_of(7) {
            out.push('\n');
        }
        let name = serde_json::to_string(key).unwrap();
        let behind = if dice.is_multiple_of(3) {
            "  # note"
        } else {
            ""
        };
        match value {
            Value::Map(inner) if !inner.is_empty() && !dice.is_multiple_of(5) => {
                let _ = writeln!(out, "{pad}{name}:{behind}");
                written(inner, indent + step, style, out);
                if dice.is_multiple_of(11) {
                    let _ = writeln!(out, "{pad}    # below");
                }
            }
            Value::List(items) if !items.is_empty() && !dice.is_multiple_of(5) => {
                let _ = writeln!(out, "{pad}{name}:{behind}");
                for item in items {
                    let json = serde_json::Value::from(item).to_string();
                    let _ = writeln!(out, "{pad}- {json}{behind}");
                }
            }
            Value::String(text)
                if dice.is_multiple_of(2)
                    && text.ends_with(|c: char| c.is_ascii_lowercase())
                    && text.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                let _ = writeln!(out, "{pad}{name}: |-");
                for line in text.lines() {
                    let _ = writeln!(out, "{pad}  {line}");
                }
            }
            _ => {
                let json = serde_json::Value::from(value).to_string();
                let _ = writeln!(out, "{pad}{name}: {json}{behind}");
            }
        }
    }
}

fn text_of(map: &Map, style: &[u8]) -> String {
    let mut out = String::new();
    written(map, 0, &mut style.iter().copied().cycle(), &mut out);
    out
}

fn agree(text: &str, wanted: &Map) -> bool {
    parse(text).is_ok_and(|map| same(&Value::Map(map), &Value::Map(wanted.clone())))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1024,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_text_says_what_is_wanted(
        now in table(), wanted in table(), style in proptest::collection::vec(any::<u8>(), 1..20),
    ) {
        let text = text_of(&now, &style);
        let after = rewrite(&text, &wanted);
        prop_assert!(agree(&after, &wanted), "{text}\n->\n{after}");
        prop_assert_eq!(rewrite(&after, &wanted), after);
    }

    #[test]
    fn a_text_that_says_it_already_stays(
        now in table(), style in proptest::collection::vec(any::<u8>(), 1..20),
    ) {
        let text = text_of(&now, &style);
        if let Ok(map) = parse(&text) {
            prop_assert_eq!(rewrite(&text, &map), text);
        }
    }

    #[test]
    fn any_text_can_be_changed(
        text in "([a-c]: ?|  |- |\\n|# x|\\{|\\}|\\[|,|&a |\\*a|'|\\||\\t|---\\n|x|<<: ){0,16}",
        wanted in table(),
    ) {
        let after = rewrite(&text, &wanted);
        prop_assert!(agree(&after, &wanted), "{text}\n->\n{after}");
    }

    #[test]
    fn lines_of_other_values_stay(
        now in table(), change in key(), new in value(),
        style in proptest::collection::vec(any::<u8>(), 1..20),
    ) {
        let text = text_of(&now, &style);
        prop_assume!(agree(&text, &now));
        let mut wanted = now.clone();
        wanted.insert(change.clone(), new);
        let after = rewrite(&text, &wanted);
        for (key, value) in now.iter().filter(|(key, _)| **key != change) {
            // Each other top entry, comments inside of it included, is still there, whole.
            let part = block_of(&text, key);
            prop_assert!(after.contains(&part), "{key}: {value:?}\n{text}\n->\n{after}");
        }
    }
}

/// The lines of a top entry, as [`written`] writes it.
fn block_of(text: &str, key: &str) -> String {
    let head = format!("{}:", serde_json::to_string(key).unwrap());
    let mut lines = text
        .split_inclusive('\n')
        .skip_while(|line| !line.starts_with(&head));
    let first = lines.next().unwrap_or_default().to_owned();
    let rest = lines.take_while(|line| line.starts_with([' ', '-']) && !line.contains("# below"));
    rest.fold(first, |all, line| all + line)
}
