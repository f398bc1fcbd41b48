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
