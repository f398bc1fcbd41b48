//! `cargo xtask bench`: how fast, in ratios to the real Helm in the same run.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use crate::{
    build,
    end2end::Server,
    parity::environments,
    process::{capture, command, say},
    tools,
};

const ROUNDS: usize = 15;

/// Prints a table.
pub(crate) fn run() -> anyhow::Result<()> {
    let binary = build::run_build(true)?;
    let helm = tools::helm()?;
    say("Whole process, `chartroom template` beside `helm template`, medians");
    println!("| composition | Helm | Chartroom | ratio |\n| --- | ---: | ---: | ---: |");
    for (name, flags) in environments()? {
        let ours = median(ROUNDS, || template(&binary, &flags))?;
        match &helm {
            Some(helm) => {
                let theirs = median(ROUNDS, || template(&helm.path, &flags))?;
                let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
                println!(
                    "| flts {name} | {} | {} | {ratio:.1} |",
                    show(theirs),
                    show(ours)
                );
            }
            None => println!("| flts {name} | (no Helm here) | {} | |", show(ours)),
        }
    }
    say("Requests to a running server, medians");
    println!("| request | time |\n| --- | ---: |");
    let server = Server::start(&binary)?;
    for path in [
        "/?env=prod",
        "/manifests.yaml?env=prod",
        "/values.yaml?env=prod",
    ] {
        let time = median(ROUNDS, || server.get(path).map(drop))?;
        println!("| GET {path} | {} |", show(time));
    }
    // A change at every request, so that no cached render answers.
    let mut count = 0;
    let time = median(ROUNDS, || {
        count += 1;
        server
            .get(&format!(
                "/manifests.yaml?env=prod&set=eval.env.lookbackRuns={count}"
            ))
            .map(drop)
    })?;
    println!(
        "| GET /manifests.yaml, each time another edit | {} |",
        show(time)
    );
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

fn median(rounds: usize, mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    run()?;
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[rounds / 2])
}

fn show(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
