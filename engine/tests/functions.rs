//! Template functions against what real Helm printed: one file per family in
//! `tests/cases/functions`, see its README.

#![expect(clippy::unwrap_used, reason = "a broken case file fails the test")]
#![allow(
    clippy::disallowed_methods,
    reason = "the cases are files; the sandbox is for the engine itself"
)]

use std::{fs, path::Path};

use base64::Engine as _;
use engine::{
    eval::{Program, TemplateFile},
    functions::{Host, TABLE},
    limits::{Limits, Meter},
    value::{Map, MapKind, Value},
};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/functions");
/// 2024-05-06 07:08:09 UTC.
const NOW: i128 = 1_714_979_289_000_000_000;

fn file(name: &str, text: &str) -> TemplateFile {
    TemplateFile {
        name: name.to_owned(),
        text: text.into(),
    }
}

fn execute(files: &[TemplateFile], values: &values::Map) -> Result<Vec<u8>, engine::Error> {
    let program = Program::compile(files)?;
    let release = Value::map([
        ("Name".into(), Value::str("case")),
        ("Namespace".into(), Value::str("default")),
        ("Revision".into(), Value::Int(1)),
    ]);
    let dot = Value::Map(Map::from_entries(
        MapKind::Values,
        [
            (
                "Values".into(),
                Value::Map(Map::from_values(MapKind::Values, values)),
            ),
            ("Release".into(), release),
        ],
    ));
    let mut host = Host::new(Meter::new(Limits::default()), 1, NOW);
    let text = program.execute("case/templates/case.yaml", &dot, &mut host);
    text.map(|text| text.as_bytes().to_vec())
}

/// What a snippet prints, or Helm's error.
fn outcome(template: &str, values: &values::Map) -> Result<String, engine::Error> {
    let text = execute(&[file("case/templates/case.yaml", template)], values)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What a snippet prints within an `include`, where nil is still `<no value>`.
fn included(template: &str, values: &values::Map) -> Result<String, engine::Error> {
    if template.contains("{{ define") {
        return outcome(template, values);
    }
    let helper = format!("{{{{ define \"case\" }}}}{template}{{{{ end }}}}");
    let files = [
        file("case/templates/_case.tpl", &helper),
        file(
            "case/templates/case.yaml",
            "{{ include \"case\" . | b64enc }}",
        ),
    ];
    let text = execute(&files, values)?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn case_files() -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(CASES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    paths.sort();
    paths
}

fn check_file(path: &Path, failures: &mut Vec<String>) -> usize {
    let text = fs::read_to_string(path).unwrap();
    let cases = values::yaml::parse_map(&text).unwrap();
    let shared = cases["values"].as_map().unwrap();
    let values::Value::List(cases) = &cases["cases"] else {
        panic!("no cases in {path:?}")
    };
    for case in cases {
        let case = case.as_map().unwrap();
        let template = case["template"].as_str().unwrap();
        let expect = case
            .get("expect")
            .and_then(values::Value::as_str)
            .map(str::to_owned);
        let error = case
            .get("error")
            .and_then(values::Value::as_str)
            .map(str::to_owned);
        let want = expect.ok_or_else(|| error.unwrap_or_default());
        let got = match &want {
            Ok(_) => included(template, shared),
            Err(_) => outcome(template, shared),
        };
        let got = got.map_err(|error| error.to_string());
        if got != want {
            let family = path.file_stem().unwrap_or_default().to_string_lossy();
            failures.push(format!(
                "{family}: {template}\n  want {want:?}\n  got  {got:?}"
            ));
        }
    }
    cases.len()
}

#[test]
fn functions_do_what_helm_recorded() {
    let mut failures = Vec::new();
    let mut count = 0;
    for path in case_files() {
        count += check_file(&path, &mut failures);
    }
    assert!(count >= 400, "only {count} cases");
    assert!(
        failures.is_empty(),
        "{} of {count} fail\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// The errors of the cases in the voice for people, which no Helm has: `tests/cases/explained`,
/// written by this test with `UPDATE_EXPECT=1`, to be read before it is committed.
#[test]
fn errors_are_explained() {
    let folder = Path::new(CASES).with_file_name("explained");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut stale = Vec::new();
    for path in case_files() {
        let cases = values::yaml::parse_map(&fs::read_to_string(&path).unwrap()).unwrap();
        let shared = cases["values"].as_map().unwrap();
        let values::Value::List(cases) = &cases["cases"] else {
            panic!("no cases in {path:?}")
        };
        let mut told = String::new();
        for case in cases.iter().filter_map(values::Value::as_map) {
            let template = case["template"].as_str().unwrap();
            if case.contains_key("error") {
                let error = outcome(template, shared).unwrap_err();
                told.push_str(&format!("{template}\n{error:#}\n\n"));
            }
        }
        let recorded = folder.join(path.with_extension("txt").file_name().unwrap());
        if update && !told.is_empty() {
            fs::write(&recorded, &told).unwrap();
        } else if fs::read_to_string(&recorded).unwrap_or_default() != told {
            stale.push(format!("{}\n{told}", recorded.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "other than recorded:\n{}",
        stale.join("\n")
    );
}

#[test]
fn names_are_those_of_helm() {
    let text = fs::read_to_string(Path::new(CASES).join("names.txt")).unwrap();
    let mut want: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    want.sort_unstable();
    let mut have: Vec<&str> = TABLE.iter().map(|function| function.name).collect();
    have.sort_unstable();
    let missing: Vec<_> = want.iter().filter(|name| !have.contains(name)).collect();
    let extra: Vec<_> = have.iter().filter(|name| !want.contains(name)).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:?}, extra {extra:?}"
    );
    have.dedup();
    assert_eq!(have.len(), TABLE.len(), "a name is registered twice");
}

/// What a hostile snippet ends with, given little.
fn refused(template: &str) -> String {
    let program = Program::compile(&[file("case", template)]).unwrap();
    let limits = Limits {
        value_size: 10_000,
        steps: 100_000,
        ..Limits::default()
    };
    let mut host = Host::new(Meter::new(limits), 1, NOW);
    let dot = Value::map([]);
    program
        .execute("case", &dot, &mut host)
        .map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn slow_functions_are_counted_before_they_run() {
    for snippet in [
        r#"{{ bcrypt "a" }}"#,
        r#"{{ htpasswd "a" "b" }}"#,
        r#"{{ derivePassword 1 "pin" "a" "b" "c" }}"#,
        r#"{{ genPrivateKey "rsa" }}"#,
        r#"{{ genPrivateKey "dsa" }}"#,
        r#"{{ range until 1000 }}{{ genPrivateKey "ed25519" }}{{ end }}"#,
        r#"{{ genCA "a" 1 }}"#,
        r#"{{ genSelfSignedCert "a" nil nil 1 }}"#,
    ] {
        let error = refused(snippet);
        assert!(error.contains("(limit `steps`)"), "{snippet}: {error:?}");
    }
}

#[test]
fn large_values_are_refused_before_they_are_made() {
    let doubled = "{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}";
    for snippet in [
        r#"{{ repeat 1000000000 "ab" }}"#,
        "{{ until 1000000000 }}",
        "{{ untilStep 0 9223372036854775807 1 }}",
        "{{ seq 1000000000 }}",
        r#"{{ indent 1000000000 "a" }}"#,
        r#"{{ nindent 1000 (repeat 1000 "\n") }}"#,
        r#"{{ replace "" (repeat 1000 "a") (repeat 1000 "b") }}"#,
        "{{ randAlphaNum 1000000000 }}",
        "{{ randBytes 1000000000 }}",
        r#"{{ printf "%1000000d" 1 }}"#,
        r#"{{ printf "%*d" 1000000 1 }}"#,
        r#"{{ regexReplaceAll "" (repeat 1000 "a") (repeat 1000 "b") }}"#,
        r#"{{ wrapWith 1 (repeat 1000 "a") (repeat 1000 "b") }}"#,
        r#"{{ join (repeat 1000 "a") (until 1000) }}"#,
    ] {
        let error = refused(snippet);
        assert!(error.contains("(limit `"), "{snippet}: {error:?}");
    }
    // Shared parts: a small value with a huge text.
    for call in [
        "print $x",
        "println $x",
        "printf \"%v\" $x",
        "toString $x",
        "quote $x",
        "squote $x",
        "cat $x",
        "html $x",
        "toJson $x",
        "toPrettyJson $x",
        "toRawJson $x",
        "toYaml $x",
        "toYamlPretty $x",
        "toToml (dict \"a\" $x)",
        "deepCopy $x",
        "join \",\" $x",
        "sortAlpha $x",
        "toStrings $x",
        "has $x (list 1)",
        "uniq (list $x $x)",
        "deepEqual $x $x",
        "dict $x 1",
        "eq $x $x",
        "toDecimal $x",
    ] {
        let error = refused(&format!("{doubled}{{{{ {call} }}}}"));
        assert!(error.contains("(limit `"), "{call}: {error:?}");
    }
}
