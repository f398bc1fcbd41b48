//! `cargo xtask fuzz`: feeds what strangers may send to what reads it (`fuzz/README.md`).

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use crate::process::{cargo, command, run, step, target};

/// Flags of `cargo xtask fuzz`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// What to feed: template, values, archive, chart, set or link; all of them without
    #[arg(long)]
    target: Option<String>,
    /// How many minutes each target gets
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Another seed makes other inputs
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Feeds this one input again
    #[arg(long, requires = "target")]
    replay: Option<PathBuf>,
}

/// Inputs that each target gets in `cargo xtask test`: about a minute's work in all.
const BOUNDED: &[(&str, u32)] = &[
    ("template", 3_000),
    ("values", 5_000),
    ("archive", 5_000),
    ("chart", 20_000),
    ("set", 8_000),
    ("link", 6_000),
];

/// The command.
pub(crate) fn run_fuzz(args: &Args) -> anyhow::Result<()> {
    let mut words = vec!["--seed".to_owned(), args.seed.to_string()];
    if let Some(target) = &args.target {
        words.extend(["--target".to_owned(), target.clone()]);
    }
    match &args.replay {
        Some(file) => {
            let file = std::path::absolute(file)?;
            words.extend(["--replay".to_owned(), file.display().to_string()]);
        }
        None => words.extend(["--minutes".to_owned(), args.minutes.to_string()]),
    }
    feed(&build()?, &words)
}

/// The bounded run: the same inputs every time.
pub(crate) fn check() -> anyhow::Result<()> {
    let program = build()?;
    for (target, runs) in BOUNDED {
        let words = ["--target", target, "--runs", &runs.to_string()].map(str::to_owned);
        feed(&program, &words)?;
    }
    Ok(())
}

/// Builds the harness with debug assertions and overflow checks; what it feeds is optimised in the
/// development profile, too.
fn build() -> anyhow::Result<PathBuf> {
    step("Building the fuzzing harness", || {
        run(cargo().args(["build", "--quiet", "--package", "chartroom-fuzz"]))
    })?;
    Ok(target().join("debug/chartroom-fuzz"))
}

fn feed(program: &PathBuf, words: &[String]) -> anyhow::Result<()> {
    let folder = target().join("fuzz");
    let mut command = command(program);
    command.args(words).arg("--save").arg(&folder);
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", program.display()))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(_) => bail!("inputs failed, see above"),
        // A stack or memory that ran out ends the process without a word.
        None => bail!(
            "the process ended with {status}: the input that did it is the `…-current` in {}",
            folder.display()
        ),
    }
}
