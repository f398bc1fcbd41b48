//! Runs of Helm's command line, recorded as files: `CASE/RUN.{args,stdout,stderr}`, and
//! `CASE/RUN.{stdout,stderr}.helm3` where Helm 3 says something else, as
//! engine/tests/cases/README.md tells.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which Helm a run is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Helm {
    Three,
    Four,
}

/// Runs every case below a folder of this crate that one of the commands is for, and fails with
/// all that differs. The command is the first argument of a case, unless there is only one.
pub(crate) fn check(folder: &str, commands: &[&str], helm: Helm) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut count = 0;
    let mut differences = Vec::new();
    for case in sorted(&root).into_iter().filter(|path| path.is_dir()) {
        for run in sorted(&case) {
            if run.extension().is_none_or(|ending| ending != "args") {
                continue;
            }
            let args = text(&run);
            let mut args: Vec<&str> = args.lines().collect();
            match commands {
                [command] => args.insert(0, command),
                _ if !args.first().is_some_and(|first| commands.contains(first)) => continue,
                _ => {}
            }
            if helm == Helm::Three {
                args.splice(1..1, ["--helm", "3"]);
            }
            count += 1;
            differences.extend(difference(&case, &run, &args, helm));
        }
    }
    assert!(count > 0, "there are cases in {}", root.display());
    assert!(
        differences.is_empty(),
        "{} of {count} runs differ\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Runs every failing case of a folder with `before` in front of its arguments, and compares what
/// it says on standard error with a file of ours, `RUN.ENDING`. `UPDATE_EXPECT=1` writes them.
#[allow(
    dead_code,
    reason = "not every test that shares this file has cases of ours"
)]
pub(crate) fn check_ours(folder: &str, before: &[&str], ending: &str) {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut differences = Vec::new();
    for run in sorted(&case) {
        let is_run = run.extension().is_some_and(|ending| ending == "args");
        if !is_run || !text(&run.with_extension("stderr")).contains("Error: ") {
            continue;
        }
        let args = text(&run);
        let args: Vec<&str> = before.iter().copied().chain(args.lines()).collect();
        let (_, told, _) = output(&case, &args);
        let expected = run.with_extension(ending);
        if update {
            fs::write(&expected, &told).expect("the cases can be written");
        } else if text(&expected) != told {
            differences.push(format!("== {}\n{told}", expected.display()));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What a run prints on both streams, and its exit code.
fn output(case: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .args(args)
        .current_dir(case)
        .env_remove("HELM_NAMESPACE")
        .env_remove("HELM_DEBUG")
        .output()
        .expect("chartroom runs");
    let folder = fs::canonicalize(case).expect("the case has a path");
    let shown = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).replace(&folder.display().to_string(), "{case}")
    };
    let code = output.status.code();
    (shown(&output.stdout), shown(&output.stderr), code)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("the cases can be read").path())
        .collect();
    paths.sort();
    paths
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// What is recorded for a run: nothing if Helm printed nothing.
fn recorded(run: &Path, stream: &str, helm: Helm) -> String {
    let beside = run.with_extension(format!("{stream}.helm3"));
    if helm == Helm::Three && beside.exists() {
        return text(&beside);
    }
    text(&run.with_extension(stream))
}

/// What differs from Helm, if anything.
fn difference(case: &Path, run: &Path, args: &[&str], helm: Helm) -> Option<String> {
    let (stdout, stderr, code) = output(case, args);
    let (wanted_out, wanted_err) = (recorded(run, "stdout", helm), recorded(run, "stderr", helm));
    let wanted_code = i32::from(wanted_err.lines().any(|line| line.starts_with("Error: ")));
    if (&stdout, &stderr, code) == (&wanted_out, &wanted_err, Some(wanted_code)) {
        return None;
    }
    Some(format!(
        "== {}\n-- helm, exit code {wanted_code}\n{wanted_out}{wanted_err}\n-- chartroom, {code:?}\n{stdout}{stderr}",
        run.display(),
    ))
}
