//! `cargo xtask golden`: records the expected output of all cases again, with the real Helm. One
//! file per kind of case; what has not changed stays as it is written.

mod case_file;
mod charts;
mod flts;
mod functions;
mod json;
mod oracles;
mod recorder;
mod schema;
mod tree;

use anyhow::bail;

use crate::{
    process::{find, step},
    tools::{self, HELM, HELM3},
};

use recorder::{Recorder, Tally};

/// The command.
pub(crate) fn run() -> anyhow::Result<()> {
    let Some(helm) = tools::helm()? else {
        bail!(
            "only the real Helm records expected outputs, and it cannot be had: neither helm \
             {HELM} nor go (which builds it) is on PATH"
        );
    };
    if find("go").is_none() {
        bail!("go is not on PATH: xtask/oracle, which records what Helm's libraries do, needs it");
    }
    let Some(helm3) = tools::helm3()? else {
        bail!("Helm {HELM3}, which records what `--helm 3` is compared with, cannot be built");
    };
    let recorder = Recorder::new(helm)?;
    let mut tally = Tally::default();
    let mut part = |name: &str, record: fn(&Recorder) -> anyhow::Result<Tally>| {
        let done = step(&format!("Recording {name} with Helm {HELM}"), || {
            record(&recorder)
        })?;
        println!("    {} cases, {} changed", done.cases, done.changed);
        tally.add(done);
        anyhow::Ok(())
    };
    part("whole charts", charts::record)?;
    part("the other commands", charts::record_commands)?;
    part("template functions", functions::record)?;
    part("errors of schemas", schema::record)?;
    part("--set and its sisters", tree::record_set)?;
    part("-f over -f over a chart", tree::record_merge)?;
    part("YAML, Go's numbers and strings", oracles::record_yaml)?;
    part("random texts for --set", oracles::record_strvals)?;
    part("the FLTS chart", flts::record)?;
    let helm3 = Recorder::new(helm3)?;
    let done = step(
        &format!("Recording charts and commands with Helm {HELM3}, where it says something else"),
        || charts::record_helm3(&helm3),
    )?;
    println!("    {} cases, {} changed", done.cases, done.changed);
    tally.add(done);
    finish(&tally)
}

/// Says what came of it; fails when a case could not be recorded.
fn finish(tally: &Tally) -> anyhow::Result<()> {
    println!();
    for name in &tally.unstable {
        println!(
            "UNSTABLE: {name}: Helm says this and something else; kept, better split the case"
        );
    }
    for problem in &tally.problems {
        println!("NOT RECORDED: {problem}");
    }
    println!(
        "golden: {} files written, {} of {} cases changed",
        tally.files, tally.changed, tally.cases
    );
    match tally.problems.len() {
        0 => Ok(()),
        count => bail!("{count} cases could not be recorded, see above"),
    }
}
