//! Whole charts: `engine/tests/cases/charts`, and the commands beside `helm template`:
//! `server/tests/cases/commands`, in the form that engine/tests/cases/README.md tells.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::process::root;

use super::recorder::{Recorder, Settled, Tally, files, on_all_cores, settle};

/// Both streams of a run.
type Streams = (Vec<u8>, Vec<u8>);

/// Records every run of every case of `helm template`.
pub(super) fn record(recorder: &Recorder) -> anyhow::Result<Tally> {
    record_folder(recorder, "engine/tests/cases/charts", Some("template"))
}

/// Records the other commands, which the cases name themselves.
pub(super) fn record_commands(recorder: &Recorder) -> anyhow::Result<Tally> {
    record_folder(recorder, "server/tests/cases/commands", None)
}

/// Records with Helm 3 what both know: `helm template` and `helm show`.
pub(super) fn record_helm3(recorder: &Recorder) -> anyhow::Result<Tally> {
    let mut tally = record_beside(recorder, "engine/tests/cases/charts", Some("template"))?;
    tally.add(record_beside(
        recorder,
        "server/tests/cases/commands",
        None,
    )?);
    Ok(tally)
}

fn record_folder(
    recorder: &Recorder,
    folder: &str,
    command: Option<&str>,
) -> anyhow::Result<Tally> {
    let folder = root().join(folder);
    let mut tally = Tally::default();
    let runs = runs(&folder, &mut tally)?;
    let results = on_all_cores(&runs, |run| record_run(recorder, command, run));
    for (run, result) in runs.iter().zip(results) {
        if let Some((stdout, stderr)) = tally.count(&show(run), result) {
            tally.write(&run.with_extension("stdout"), &stdout, true)?;
            tally.write(&run.with_extension("stderr"), &stderr, true)?;
        }
    }
    tally.write(
        &folder.join("RECORDED"),
        (recorder.release() + "\n").as_bytes(),
        false,
    )?;
    Ok(tally)
}

/// The runs of all cases below a folder.
fn runs(folder: &Path, tally: &mut Tally) -> anyhow::Result<Vec<PathBuf>> {
    let mut runs = Vec::new();
    for case in files(folder, "")?.into_iter().filter(|path| path.is_dir()) {
        runs.extend(files(&case, ".args")?);
        for output in [".stdout", ".stderr", ".helm3"] {
            for lost in files(&case, output)? {
                let name = lost.to_string_lossy();
                let run = name.trim_end_matches(".helm3");
                if !Path::new(run).with_extension("args").is_file() {
                    tally
                        .problems
                        .push(format!("{}: it belongs to no run", show(&lost)));
                }
            }
        }
    }
    Ok(runs)
}

/// Records what Helm 3 says beside what Helm 4 said, where that is something else.
fn record_beside(
    recorder: &Recorder,
    folder: &str,
    command: Option<&str>,
) -> anyhow::Result<Tally> {
    let folder = root().join(folder);
    let mut tally = Tally::default();
    let mut runs = runs(&folder, &mut tally)?;
    if command.is_none() {
        runs.retain(|run| {
            let args = fs::read_to_string(run).unwrap_or_default();
            matches!(args.lines().next(), Some("inspect" | "lint" | "show"))
        });
    }
    let results = on_all_cores(&runs, |run| record_run_beside(recorder, command, run));
    for (run, result) in runs.iter().zip(results) {
        let Some((stdout, stderr)) = tally.count(&show(run), result) else {
            continue;
        };
        for (ending, text) in [("stdout", stdout), ("stderr", stderr)] {
            let beside = run.with_extension(format!("{ending}.helm3"));
            if text == fs::read(run.with_extension(ending)).unwrap_or_default() {
                tally.write(&beside, b"", true)?;
            } else {
                tally.write(&beside, &text, false)?;
            }
        }
    }
    tally.write(
        &folder.join("RECORDED.helm3"),
        (recorder.release() + "\n").as_bytes(),
        false,
    )?;
    Ok(tally)
}

fn record_run_beside(
    recorder: &Recorder,
    command: Option<&str>,
    run: &Path,
) -> anyhow::Result<Settled<Streams>> {
    let recorded = |ending: &str| {
        let beside = fs::read(run.with_extension(format!("{ending}.helm3")));
        beside.or_else(|_| fs::read(run.with_extension(ending)))
    };
    let recorded = (
        recorded("stdout").unwrap_or_default(),
        recorded("stderr").unwrap_or_default(),
    );
    record_against(recorder, command, run, &recorded)
}

fn record_run(
    recorder: &Recorder,
    command: Option<&str>,
    run: &Path,
) -> anyhow::Result<Settled<Streams>> {
    let recorded = |ending| fs::read(run.with_extension(ending)).unwrap_or_default();
    record_against(
        recorder,
        command,
        run,
        &(recorded("stdout"), recorded("stderr")),
    )
}

fn record_against(
    recorder: &Recorder,
    command: Option<&str>,
    run: &Path,
    recorded: &Streams,
) -> anyhow::Result<Settled<Streams>> {
    let args = fs::read_to_string(run)?;
    let case = run
        .parent()
        .context("a run is in a folder")?
        .canonicalize()?;
    settle(Some(recorded), || {
        let output = recorder.helm(&case, command.into_iter().chain(args.lines()))?;
        let stderr = without_debug(masked(output.stderr, &case));
        Ok((masked(output.stdout, &case), stderr))
    })
}

/// What Helm 3 says on standard error without what it says with `--debug` alone: that begins with
/// the time, and ends with a trace of Go's stack.
fn without_debug(text: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(text) else {
        return Vec::new();
    };
    let mut kept = String::new();
    let mut failed = false;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if !line.contains(" [debug] ") {
            failed |= line.starts_with("Error: ");
            kept.push_str(line);
        } else if failed {
            break;
        } else {
            // Some of these end with an empty line.
            lines.next_if(|line| *line == "\n");
        }
    }
    kept.into_bytes()
}

/// The text with the case's folder as `{case}`; bytes that are no text stay as they are.
fn masked(text: Vec<u8>, case: &Path) -> Vec<u8> {
    match String::from_utf8(text) {
        Ok(text) => text
            .replace(&case.display().to_string(), "{case}")
            .into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    }
}

fn show(path: &Path) -> String {
    path.strip_prefix(root())
        .map_or_else(|_| path.to_owned(), PathBuf::from)
        .display()
        .to_string()
}
