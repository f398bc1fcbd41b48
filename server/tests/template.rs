//! `chartroom template` against what `helm template` printed: the cases of engine/tests/cases.

mod recorded;

#[test]
fn prints_what_helm_prints() {
    recorded::check("../engine/tests/cases/charts", &["template"]);
}
