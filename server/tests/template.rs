//! `chartroom template` against what `helm template` printed: the cases of engine/tests/cases.

mod recorded;

use recorded::Helm;

const CASES: &str = "../engine/tests/cases/charts";

#[test]
fn prints_what_helm_prints() {
    recorded::check(CASES, &["template"], Helm::Four);
}

#[test]
fn prints_what_helm_3_prints() {
    recorded::check(CASES, &["template"], Helm::Three);
}

/// The document of `--trace json`, as docs/trace.md tells; `engine/tests/trace.rs` holds what is in it
/// against the templates. `UPDATE_EXPECT=1` writes it.
#[test]
fn traces_as_json() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/cases/traces");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .args([
            "template",
            "through",
            "--trace",
            "json",
            "--set",
            "never=1,replicas=1",
        ])
        .current_dir(&folder)
        .output()
        .expect("chartroom runs");
    let told = String::from_utf8_lossy(&output.stdout);
    let expected = folder.join("through.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&expected, &*told).expect("the cases can be written");
    }
    assert_eq!(std::fs::read_to_string(&expected).unwrap_or_default(), told);
    assert!(told.contains("\"unread\": [\n    \"never\"\n  ]"), "{told}");
}

/// With `--explain` the same failures in the voice for people, which no Helm has: `RUN.explained`,
/// written by this test with `UPDATE_EXPECT=1`, to be read before it is committed.
#[test]
fn explains_failures() {
    for case in [
        "broken-output",
        "explained",
        "failures",
        "parse-error",
        "schema",
    ] {
        let folder = format!("{CASES}/{case}");
        recorded::check_ours(&folder, &["template", "--explain"], "explained");
    }
}
