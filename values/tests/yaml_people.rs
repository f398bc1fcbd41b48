//! YAML for people: sentences about what they typed, outlines of values files, hostile texts.

use values::Value;
use values::yaml::{self, Limits, OutlineEntry};

/// What `parse_checked` says about a text.
fn says(text: &str) -> String {
    match yaml::parse_checked(text, &Limits::default()) {
        Ok(value) => panic!("accepted as {value:?}"),
        Err(error) => {
            if let (Some(line), Some(column)) = (error.line, error.column) {
                let place = format!("line {line}, column {column}: ");
                assert!(error.message.starts_with(&place), "{error} at {place}");
            }
            error.message
        }
    }
}

#[test]
fn names_place_reason_and_remedy() {
    const COLON: &str = "a `:` cannot stand here; check the indentation, and put a text that \
                         contains `: ` in quotes";
    let cases = [
        (
            "a:\n\tb: 1\n",
            "line 2, column 1: a tab cannot indent YAML; use spaces",
        ),
        (
            "a: b\n\tc\n",
            "line 2, column 1: a tab cannot indent YAML; use spaces",
        ),
        (
            "a: 1\nb:\n  c: 2\n  c: 3\n",
            "line 4, column 3: the key \"c\" is already set in line 3; keep one of the two",
        ),
        (
            "on: 1\ntrue: 2\n",
            "line 2, column 1: the key \"true\" is already set in line 1; keep one of the two",
        ),
        ("a: b: c\n", &format!("line 1, column 5: {COLON}")),
        ("a: 1\n b: 2\n", &format!("line 2, column 3: {COLON}")),
        ("a\nb: 1\n", &format!("line 2, column 2: {COLON}")),
        (
            "a:\n    b: 1\n  c: 2\n",
            "line 3, column 3: this line belongs to no table above it; align it with the keys \
             beside it",
        ),
        (
            "a: [1, 2\nb: 3\n",
            "line 2, column 2: the list that opens in line 1 is not closed: `,` or `]` is missing",
        ),
        (
            "a: 1\nb: \"x\n",
            "line 2, column 4: the quote that opens here is never closed",
        ),
        (
            "a: @x\n",
            "line 1, column 4: no value can start with `@`; put it in quotes",
        ),
        (
            "a: *.txt\n",
            "line 1, column 4: `*` and `&` start an alias or an anchor; put a text that starts \
             with them in quotes",
        ),
        (
            "a: 1\nb: {{ .Values.x }}\n",
            "line 2, column 5: a list or table cannot be a key; put text with brackets or \
             braces, such as {{ … }}, in quotes",
        ),
        (
            "a: \"\\d\"\n",
            "line 1, column 5: `\\d` means nothing in double quotes; write `\\\\` for a \
             backslash, or use single quotes",
        ),
        (
            "a: 1\nb: x\u{1}y\n",
            "line 2, column 5: the character U+0001 is not allowed in YAML; remove it, or write \
             it as an escape in double quotes",
        ),
        (
            "a: .inf\n",
            "line 1, column 4: `.inf` is no number that a chart can use; put it in quotes if it \
             is text",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "line 2, column 1: a second document starts here, and only one is read; remove it",
        ),
        (
            "a: 1\n~: 2\n",
            "line 2, column 1: the key is empty; write a name before the `:`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(says(text), expected, "{text:?}");
    }
}

#[test]
fn refuses_too_much() {
    let deep = "a: ".to_owned() + &"[".repeat(1000) + &"]".repeat(1000);
    let nested = "tables and lists are nested deeper than 100 levels here";
    assert_eq!(says(&deep), format!("line 1, column 103: {nested}"));
    let blocks: String = (0..1000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(says(&blocks), format!("line 101, column 101: {nested}"));

    let long = "a: 1\n".repeat(2_000_000);
    assert_eq!(
        says(&long),
        "the text has 10000000 bytes, and at most 1048576 are accepted"
    );

    let bomb = alias_bomb();
    assert!(
        says(&bomb).contains("the aliases (`*name`) unfold to far more"),
        "{}",
        says(&bomb)
    );

    let few = Limits {
        nodes: 10,
        ..Limits::default()
    };
    let error = yaml::parse_checked("a: [1, 2, 3, 4, 5, 6, 7, 8]\n", &few).unwrap_err();
    assert_eq!(
        error.message,
        "line 1, column 23: the text holds more than 10 values"
    );
}

fn alias_bomb() -> String {
    let mut text = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (from, to) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        let items = vec![format!("*{from}"); 9].join(",");
        text += &format!("{to}: &{to} [{items}]\n");
    }
    text
}

#[test]
fn accepts_what_is_right() {
    let text = "base: &b {k: 1}\na:\n  <<: *b\n  k: 2\n\"x: y\": [yes, 0x10]\n...\n";
    let value = yaml::parse_checked(text, &Limits::default()).unwrap();
    assert_eq!(value, yaml::parse(text).unwrap());
    assert_eq!(yaml::parse_checked("", &Limits::default()), Ok(Value::Null));
}

/// No text may panic, overflow the stack or take for ever; a small stack shows it.
#[test]
fn survives_hostile_texts() {
    let texts = vec![
        "[".repeat(20_000),
        "{a: ".repeat(5_000),
        "- ".repeat(20_000),
        "? ".repeat(20_000),
        "- ".repeat(499) + "x",
        "[".repeat(499) + &"]".repeat(499),
        "!a ".repeat(10_000),
        "&a ".repeat(10_000),
        ": ".repeat(10_000),
        "[? ]".to_owned(),
        "[a, ".repeat(9_000),
        "{".to_owned() + &"a\n".repeat(10_000),
        "-\n".repeat(10_000),
        "\"".to_owned() + &"a\n".repeat(10_000),
        "a".repeat(100_000) + ": 1",
        "\u{feff}\u{feff}a: 1\n\u{feff}".to_owned(),
        "%TAG ! !\n".repeat(1_000),
        "a: &a {b: {<<: *a}}".to_owned(),
        "a0: &a0 [x]\n".to_owned()
            + &(1..2_000)
                .map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1))
                .collect::<String>(),
        alias_bomb(),
    ];
    let thread = std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || {
            for text in texts {
                if let Ok(value) = yaml::parse(&text) {
                    let printed = yaml::print(&value);
                    drop(yaml::parse(&printed));
                }
                drop(yaml::parse_checked(
                    &text,
                    &Limits {
                        depth: 1_000,
                        ..Limits::default()
                    },
                ));
                drop(yaml::outline(&text));
            }
        });
    thread.unwrap().join().unwrap();
}

/// Every part of a text is a text, too.
#[test]
fn survives_half_texts() {
    let text = "%YAML 1.1\n--- # c\na: &x !!str \"\\u00e9\\\n  b\"\nb: |2-\n   c\n\
                ? [d, {e: 'f''', *x : g}]\n: >+\n  h\n\n<<: {i: 0x1F}\nj: é\u{85}k\r\n- l\n...\n";
    for (end, _) in text.char_indices() {
        drop(yaml::parse(&text[..end]));
        drop(yaml::parse(&text[end..]));
        drop(yaml::outline(&text[..end]));
        drop(yaml::parse_checked(&text[end..], &Limits::default()));
    }
}

fn entry(path: &str, line: usize, comment: &str, trailing: Option<&str>) -> OutlineEntry {
    OutlineEntry {
        path: path.split('/').map(str::to_owned).collect(),
        line,
        comment: comment.to_owned(),
        trailing: trailing.map(str::to_owned),
    }
}

#[test]
fn outlines_keys_and_comments() {
    let text = "\
# License

# -- Number of pods
# (each with its own volume)
replicas: 1 # at least 1
image: # where from
  # @schema type:string
  tag: \"a # b\"   # which
  ## @param image.pull When
  pull: Always#x
script: |  # shell
  # not a comment
  echo

# -- Last
\"quoted key\": {a: 1, b: [2]} # flow
list:
  # first
  - name: x # n
    value: y
empty: # nothing
text: one
  # two
";
    let expected = [
        entry(
            "replicas",
            5,
            "-- Number of pods\n(each with its own volume)",
            Some("at least 1"),
        ),
        entry("image", 6, "", Some("where from")),
        entry("image/tag", 8, "@schema type:string", Some("which")),
        entry("image/pull", 10, "@param image.pull When", None),
        entry("script", 11, "", Some("shell")),
        entry("quoted key", 16, "-- Last", Some("flow")),
        entry("quoted key/a", 16, "-- Last", Some("flow")),
        entry("quoted key/b", 16, "-- Last", Some("flow")),
        entry("list", 17, "", None),
        entry("list/0/name", 19, "first", Some("n")),
        entry("list/0/value", 20, "", None),
        entry("empty", 21, "", Some("nothing")),
        entry("text", 22, "", None),
    ];
    let entries = yaml::outline(text).unwrap();
    for (ours, expected) in entries.iter().zip(&expected) {
        assert_eq!(ours, expected);
    }
    assert_eq!(entries.len(), expected.len());
}
