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
