//! Whole charts: `engine/tests/cases/charts`, in the form its README tells.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::process::root;

use super::recorder::{Recorder, Settled, Tally, files, on_all_cores, settle};

/// Both streams of a run.
type Streams = (Vec<u8>, Vec<u8>);

/// Records every run of every case.
pub(super) fn record(recorder: &Recorder) -> anyhow::Result<Tally> {
    let folder = root().join("engine/tests/cases/charts");
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
    let results = on_all_cores(&runs, |run| record_run(recorder, run));
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

fn record_run(recorder: &Recorder, run: &Path) -> anyhow::Result<Settled<Streams>> {
    let args = fs::read_to_string(run)?;
    let case = run
        .parent()
        .context("a run is in a folder")?
        .canonicalize()?;
    let recorded = |ending| fs::read(run.with_extension(ending)).unwrap_or_default();
    let recorded = (recorded("stdout"), recorded("stderr"));
    settle(Some(&recorded), || {
        let output = recorder.template(&case, args.lines())?;
        let stderr =
            String::from_utf8_lossy(&output.stderr).replace(&case.display().to_string(), "{case}");
        Ok((output.stdout, stderr.into_bytes()))
    })
}

fn show(path: &Path) -> String {
    path.strip_prefix(root())
        .map_or_else(|_| path.to_owned(), PathBuf::from)
        .display()
        .to_string()
}
