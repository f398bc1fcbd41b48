//! `chartroom template` against what `helm template` printed: the cases of engine/tests/cases.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders of the cases, sorted.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/cases/charts");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("the cases are there")
        .map(|entry| entry.expect("the cases can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The runs of a case: the paths of their `.args`.
fn runs(case: &Path) -> Vec<PathBuf> {
    let mut runs: Vec<PathBuf> = fs::read_dir(case)
        .expect("the case can be read")
        .map(|entry| entry.expect("the case can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "args")
        })
        .collect();
    runs.sort();
    runs
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// What differs from Helm, if anything.
fn difference(case: &Path, run: &Path) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .arg("template")
        .args(text(run).lines())
        .current_dir(case)
        .env_remove("HELM_NAMESPACE")
        .output()
        .expect("chartroom runs");
    let folder = fs::canonicalize(case).expect("the case has a path");
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr =
        String::from_utf8_lossy(&output.stderr).replace(&folder.display().to_string(), "{case}");
    let (wanted_out, wanted_err) = (
        text(&run.with_extension("stdout")),
        text(&run.with_extension("stderr")),
    );
    let wanted_code = i32::from(wanted_err.lines().any(|line| line.starts_with("Error: ")));
    if (&stdout, &stderr, output.status.code()) == (&wanted_out, &wanted_err, Some(wanted_code)) {
        return None;
    }
    Some(format!(
        "== {}\n-- helm, exit code {wanted_code}\n{wanted_out}{wanted_err}\n-- chartroom, {}\n{stdout}{stderr}",
        run.display(),
        output.status
    ))
}

#[test]
fn prints_what_helm_prints() {
    let mut count = 0;
    let mut differences = Vec::new();
    for case in cases() {
        for run in runs(&case) {
            count += 1;
            differences.extend(difference(&case, &run));
        }
    }
    assert!(count > 0, "there are cases");
    assert!(
        differences.is_empty(),
        "{} of {count} runs differ\n{}",
        differences.len(),
        differences.join("\n")
    );
}
