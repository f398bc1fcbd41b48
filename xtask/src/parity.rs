//! `cargo xtask parity`: `chartroom template` beside the real `helm template`, byte for byte, on
//! the FLTS chart and on what `helm create` makes.

mod cases;
mod random;

use std::{
    path::{Path, PathBuf},
    process::Output,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::bail;

use crate::{
    process::{capture, command, step, target},
    tools::{self, Helm},
};

pub(crate) use cases::{Case, environments};

/// Flags of `cargo xtask parity`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Random compositions to draw from the chart's schema
    #[arg(long, default_value_t = 200)]
    pub(crate) random: usize,
    /// The seed they are drawn with
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Upstream's values files, each to be rendered with the FLTS chart as they are
    #[arg(long, value_name = "DIR")]
    pub(crate) upstream: Option<PathBuf>,
}

/// What a comparison came to.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    /// Cases that agree.
    pub(crate) passed: usize,
    /// Cases that differ.
    pub(crate) failed: usize,
}

/// The command.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let binary = crate::build::server_only()?;
    let Some(helm) = tools::helm()? else {
        println!("SKIPPED: the comparison with the real Helm: neither helm nor go is here");
        return Ok(());
    };
    let tally = compare_all(args, &binary, &helm)?;
    println!("parity: {} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        bail!(
            "{} comparisons with Helm {} differ",
            tally.failed,
            helm.version
        );
    }
    Ok(())
}

/// Compares every case with both Helms.
pub(crate) fn compare_all(args: &Args, binary: &Path, helm: &Helm) -> anyhow::Result<Tally> {
    let scratch = target().join("parity");
    let cases = cases::all(args, helm, &scratch)?;
    let mut tally = step(
        &format!(
            "Comparing {} compositions with Helm {}",
            cases.len(),
            helm.version
        ),
        || Ok(compare(&cases, |case| against(case, binary, helm, "4"))),
    )?;
    match tools::helm3()? {
        Some(helm3) => {
            let cases = cases::for_helm3(&cases);
            let more = step(
                &format!(
                    "Comparing {} compositions with Helm {}",
                    cases.len(),
                    helm3.version
                ),
                || Ok(compare(&cases, |case| against(case, binary, &helm3, "3"))),
            )?;
            tally.passed += more.passed;
            tally.failed += more.failed;
        }
        None => println!("    SKIPPED: Helm 3: neither helm3 nor go is here"),
    }
    Ok(tally)
}

/// Runs the cases on all cores; prints each difference.
fn compare(cases: &[Case], check: impl Fn(&Case) -> Result<(), String> + Sync) -> Tally {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = check(case);
                    let mut tally = tally
                        .lock()
                        .unwrap_or_else(|poisoned| poisoned.into_inner());
                    match result {
                        Ok(()) => tally.passed += 1,
                        Err(difference) => {
                            tally.failed += 1;
                            println!("DIFFERS: {}\n{difference}", case.show());
                        }
                    }
                }
            });
        }
    });
    tally
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn template(program: &Path, before: &[&str], case: &Case) -> Result<Output, String> {
    let mut command = command(program);
    command.arg("template").args(before).args(&case.args);
    // What a user's own Helm is set up with must not matter.
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("HELM_") {
            command.env_remove(variable);
        }
    }
    capture(&mut command).map_err(|error| format!("{error:#}"))
}

/// Ours beside that of a Helm, whose major version is told to ours.
fn against(case: &Case, binary: &Path, helm: &Helm, major: &str) -> Result<(), String> {
    let theirs = template(&helm.path, &[], case)?;
    let ours = template(binary, &["--helm", major], case)?;
    let mut report = String::new();
    if theirs.status.code() != ours.status.code() {
        report.push_str(&format!(
            "exit code: Helm {:?}, ours {:?}\n",
            theirs.status, ours.status
        ));
    }
    if theirs.stdout != ours.stdout {
        report.push_str(&difference("stdout", &theirs.stdout, &ours.stdout));
    }
    let (theirs, ours) = (sorted_lines(&theirs.stderr), sorted_lines(&ours.stderr));
    if theirs != ours {
        report.push_str(&difference("stderr", theirs.as_bytes(), ours.as_bytes()));
    }
    if report.is_empty() {
        Ok(())
    } else {
        Err(report)
    }
}

/// Several warnings, or several errors of one schema, come in the random order of a Go map.
fn sorted_lines(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// The documents of a YAML stream, as Helm separates them.
pub(crate) fn documents(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n---\n")
        .map(|document| document.trim_start_matches("---\n"))
}

/// At most the first lines of a difference.
fn difference(name: &str, theirs: &[u8], ours: &[u8]) -> String {
    const LINES: usize = 40;
    let (theirs, ours) = (
        String::from_utf8_lossy(theirs),
        String::from_utf8_lossy(ours),
    );
    let diff = similar::TextDiff::from_lines(&theirs, &ours);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header("helm", "chartroom")
        .to_string();
    let shown: Vec<&str> = text.lines().take(LINES).collect();
    format!("{name}:\n{}\n", shown.join("\n"))
}
