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

fn record_folder(
    recorder: &Recorder,
    folder: &str,
    command: Option<&str>,
) -> anyhow::Result<Tally> {
    let folder = root().join(folder);
    let mut tally = Tally::default();
    let mut runs = Vec::new();
    for case in files(&folder, "")?.into_iter().filter(|path| path.is_dir()) {
        runs.extend(files(&case, ".args")?);
        for output in [".stdout", ".stderr"] {
            for lost in files(&case, output)? {
                if !lost.with_extension("args").is_file() {
                    tally
                        .problems
                        .push(format!("{}: it belongs to no run", show(&lost)));
                }
            }
        }
    }
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

fn record_run(
    recorder: &Recorder,
    command: Option<&str>,
    run: &Path,
) -> anyhow::Result<Settled<Streams>> {
    let args = fs::read_to_string(run)?;
    let case = run
        .parent()
        .context("a run is in a folder")?
        .canonicalize()?;
    let recorded = |ending| fs::read(run.with_extension(ending)).unwrap_or_default();
    let recorded = (recorded("stdout"), recorded("stderr"));
    settle(Some(&recorded), || {
        let output = recorder.helm(&case, command.into_iter().chain(args.lines()))?;
        Ok((masked(output.stdout, &case), masked(output.stderr, &case)))
    })
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
