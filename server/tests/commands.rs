//! The other commands against what Helm's printed: the cases of server/tests/cases/commands.

mod recorded;

use std::process::{Command, Output};

use recorded::Helm;

#[test]
fn print_what_helm_prints() {
    recorded::check(
        "tests/cases/commands",
        &["inspect", "lint", "show"],
        Helm::Four,
    );
}

#[test]
fn print_what_helm_3_prints() {
    recorded::check(
        "tests/cases/commands",
        &["inspect", "lint", "show"],
        Helm::Three,
    );
}

fn chartroom(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .args(args)
        .current_dir(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cases/commands/show"
        ))
        .output()
        .expect("chartroom runs")
}

/// Helm has no such command.
#[test]
fn show_schema_prints_the_file() {
    let output = chartroom(&["show", "schema", "full"]);
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "{\"type\": \"object\"}\n\n"
    );
    assert!(chartroom(&["show", "schema", "bare"]).stdout.is_empty());
}

#[test]
fn show_without_a_command_helps() {
    for args in [
        &["show"][..],
        &["show", "nothing", "full"],
        &["show", "values", "--help"],
    ] {
        let output = chartroom(args);
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stdout).contains("chartroom show [COMMAND]"));
    }
}

/// What Helm would fetch or run, and what is not there yet, is refused in a sentence.
#[test]
fn refusals_say_why() {
    for (args, why) in [
        (
            &["show", "chart", "full", "--repo", "https://example.com"][..],
            "charts are not fetched",
        ),
        (
            &["template", "full", "--dry-run=server"],
            "renders without a cluster",
        ),
        (
            &["template", "v1", "--dependency-update"],
            "--dependency-update is refused",
        ),
        (
            &["template", "full", "--post-renderer", "cat"],
            "post-renderers are not run",
        ),
        (
            &["template", "full", "-f", "https://example.com/v.yaml"],
            "values are not fetched",
        ),
        (
            &["show", "chart", "full.tgz", "--verify"],
            "provenance of charts is not verified",
        ),
        (
            &["show", "chart", "oci://example.com/full"],
            "charts are not fetched",
        ),
        (
            &["show", "values", "full", "--jsonpath", "{.a}"],
            "--jsonpath is not supported",
        ),
    ] {
        let output = chartroom(args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(why), "{told}");
    }
}

/// Nothing is unpacked, so what Helm's findings show of its temporary folder is a name of ours.
#[test]
fn a_packed_chart_is_linted_as_if_unpacked() {
    let output = Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .args(["lint", "deps.tgz"])
        .current_dir(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cases/commands/lint"
        ))
        .output()
        .expect("chartroom runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains(
            "[WARNING] /tmp/helm-lint/deps: chart directory is missing these dependencies: gone\n"
        ),
        "{told}"
    );
}

/// Helm tells this in its log, without the word `Error`.
#[test]
fn unknown_colors_are_told_in_the_log() {
    for args in [
        &["template", "bare", "--color", "x"][..],
        &["show", "chart", "bare", "--colour=x"],
        &["lint", "bare", "--color", "x"],
    ] {
        let output = chartroom(args);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "level=WARN msg=\"command failed\" error=\"invalid color mode \\\"x\\\": must be one of: never, auto, always\"\n"
        );
    }
}
