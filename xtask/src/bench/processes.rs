//! Whole processes: `chartroom template` beside `helm template`.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use crate::{
    parity::environments,
    process::{capture, command, say},
    tools,
};

const ROUNDS: usize = 15;

/// Prints medians and their ratio for every environment of the FLTS chart.
pub(super) fn print(binary: &Path) -> anyhow::Result<()> {
    let helm = tools::helm()?;
    say("Whole process, `chartroom template` beside `helm template`, medians");
    println!("| composition | Helm | Chartroom | ratio |\n| --- | ---: | ---: | ---: |");
    for (name, flags) in environments()? {
        let ours = median(|| template(binary, &flags))?;
        match &helm {
            Some(helm) => {
                let theirs = median(|| template(&helm.path, &flags))?;
                let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
                let (theirs, ours) = (show(theirs), show(ours));
                println!("| flts {name} | {theirs} | {ours} | {ratio:.1} |");
            }
            None => println!("| flts {name} | skipped: no Helm here | {} | |", show(ours)),
        }
    }
    Ok(())
}

fn template(program: &Path, flags: &[String]) -> anyhow::Result<()> {
    capture(
        command(program)
            .args(["template", "flts", "chart"])
            .args(flags),
    )
    .map(drop)
}

fn median(mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    run()?;
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[ROUNDS / 2])
}

fn show(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
