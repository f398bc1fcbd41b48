//! Both readers must agree on every text that the quick one reads.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use proptest::prelude::*;

use super::super::decode::decode;
use super::super::tree::{Document, MAX_DEPTH};
use super::{Node, read, read_only};
use crate::Value;

/// What the port of go-yaml reads, typed and not.
fn slowly(text: &str) -> Option<(Value, Value)> {
    let document = Document::compose(text, MAX_DEPTH).ok()?;
    let raw = decode(&document, MAX_DEPTH).ok()?;
    let typed = raw.clone().into_typed_value().ok()?;
    Some((raw.into_value().ok()?, typed))
}

/// What is left of a table when only these keys are wanted.
fn only<'t>(node: Node<'t>, keys: &[&str]) -> Node<'t> {
    match node {
        Node::Map(entries) => Node::Map(
            entries
                .into_iter()
                .map(|(key, value)| match keys.contains(&&*key) {
                    true => (key, value),
                    false => (key, Node::Null),
                })
                .collect(),
        ),
        other => other,
    }
}

/// Whether the quick reader reads the text; then both agree.
fn is_read(text: &str) -> bool {
    let node = read(text);
    for keys in [&["a", "d"][..], &["b"], &[]] {
        let wanted = node.clone().map(|node| only(node, keys));
        let found = read_only(text, keys).map(|node| only(node, keys));
        assert_eq!(found, wanted, "{text:?}");
    }
    let Some(node) = node else { return false };
    let quickly = (node.clone().into_value(), node.into_typed_value());
    assert_eq!(Some(quickly), slowly(text), "{text:?}");
    true
}

#[test]
fn reads_what_charts_print() {
    for text in [
        "a: 1\n",
        "a: 1",
        "---\n# x\na: 1\n",
        "# x\n\n---\na: 1\n",
        "a:\n  b: c\n  d:\n  - 1\n  - e: f\n    g: h\n  -\n    i: j\nk: l\n",
        "- a\n- - b\n  - c\n-   d: e\n    f: g\n",
        "a: x # y\nb: 'it''s' # y\nc: \"d\\n\\u00e9\"\n",
        "a: one\n  two\n\n  three\nb:\n  four\n  five\n",
        "a: 'one\n  two\n\n  three'\nb: \"x\n  y\"\n",
        "a: |\n  x\n    y\n\n  z\n\nb: |-\n\n  x\n\nc: |+\n  x\n\nd: >\n  x\n  y\n\n   z\n  w\n",
        "a: |\n  tab\there",
        "a: {}\nb: []\nc: [a, 'b', \"c\", 1]\nd: {\"e\":1,\"f\":{\"g\":[true,null]}}\n",
        "{\"a\": 1,\n \"b\": [1, 2]}\n",
        "1: a\ntrue: b\n1.5: c\n2001-01-01: d\n\"e\": f\n'g': h\n",
        "a: ~\nb: null\nc:\nd: yes\ne: 0x10\nf: 0o7\ng: 1e3\nh: 12:30:45\ni: 18446744073709551615\n",
        "a: ü\nb: \"ü\"\nc: |\n  ü\n",
        "a: b:c\nurl: http://x:80/#y\n",
        "a:\n- :9001\n- ?x\n- -y\nb: :c\n:d: ?e f\n?g: h\n",
    ] {
        assert!(is_read(text), "{text:?}");
    }
}

#[test]
fn leaves_the_rest() {
    for text in [
        "",
        "a",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "? a\n: b\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "<<: {a: 1}\n",
        "a: 1\na: 2\n",
        "1: a\n\"1\": b\n",
        "a: .inf\n",
        "~: a\n",
        "a:\tb\n",
        "a: b: c\n",
        "a: 1\n  b: 2\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: \u{85}\n",
        "a: |2\n    b\n",
        "- a\nb: c\n",
        "a: 'b' c\n",
        "a: x # y\n  z\n",
    ] {
        assert!(!is_read(text), "{text:?}");
    }
}

/// Pieces that mean something to YAML.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop_oneof![
            Just("\n"), Just("\n  "), Just("\n    "), Just("\n- "), Just("\n  - "), Just("\n "),
            Just("\n\n"), Just("\n   \n"),
        ],
        4 => prop_oneof![
            Just("a: "), Just("b:"), Just("c: x"), Just("\"d\": "), Just("'e': "), Just("1: "),
        ],
        3 => prop_oneof![
            Just("x"), Just("1"), Just("0.5"), Just("true"), Just("~"), Just("y z"), Just("ü"),
            Just("'q'"), Just("\"r\""), Just("'a''b'"), Just("\"\\n\""), Just("-1"), Just("1e3"),
        ],
        2 => prop_oneof![
            Just("- "), Just("-"), Just(" "), Just("  "), Just(":"), Just(": "), Just(" #"),
            Just("#"), Just("|"), Just("|-\n"), Just("|+\n"), Just(">\n"), Just("|\n"), Just(">-\n"),
        ],
        1 => prop_oneof![
            Just("["), Just("]"), Just("{"), Just("}"), Just(","), Just(", "), Just("{}"),
            Just("[]"), Just("[a, b]"), Just("{a: b}"), Just("{\"a\":1}"), Just("'"), Just("\""),
            Just("\\"), Just("\t"), Just("---\n"), Just("..."), Just("&a "), Just("*a"), Just("!"),
            Just("?"), Just("? "), Just("%"), Just("@"), Just("\r"), Just("<<: "), Just("\u{2028}"),
        ],
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn both_readers_agree(pieces in proptest::collection::vec(piece(), 0..14)) {
        is_read(&pieces.concat());
    }
}
