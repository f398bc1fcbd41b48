//! `cargo xtask test`: everything that CI checks, in one command, with one summary at its end.

use std::{path::Path, process::Command};

use anyhow::{anyhow, bail};

use crate::{
    bench::sizes,
    build, differential, docs, end2end, fuzz, install, openapi, parity,
    process::{capture, cargo, command, run, say},
    site, tools,
};

/// Flags of `cargo xtask test`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(crate) struct Args {
    #[command(flatten)]
    parity: parity::Args,
}

/// The checks so far.
#[derive(Debug, Default)]
struct Report {
    lines: Vec<String>,
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Report {
    fn add(&mut self, name: &str, result: anyhow::Result<()>) {
        match result {
            Ok(()) => {
                self.passed += 1;
                self.lines.push(format!("passed   {name}"));
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED: {name}: {error:#}");
                self.lines.push(format!("FAILED   {name}: {error:#}"));
            }
        }
    }

    fn skip(&mut self, name: &str, why: &str) {
        self.skipped += 1;
        self.lines.push(format!("skipped  {name}: {why}"));
    }

    fn walk(&mut self, name: &str, result: anyhow::Result<Option<bool>>) {
        match result {
            Ok(Some(true)) => self.add(name, Ok(())),
            Ok(Some(false)) => self.add(name, Err(anyhow!("see above"))),
            Ok(None) => self.skip(name, "npm or a browser is missing"),
            Err(error) => self.add(name, Err(error)),
        }
    }

    fn tally(&mut self, name: &str, result: anyhow::Result<parity::Tally>) {
        let shown = result.as_ref().map_or_else(
            |_| name.to_owned(),
            |tally| {
                format!(
                    "{name} ({} of {} agree)",
                    tally.passed,
                    tally.passed + tally.failed
                )
            },
        );
        self.add(
            &shown,
            result.and_then(|tally| match tally.failed {
                0 => Ok(()),
                failed => bail!("{failed} differ, see above"),
            }),
        );
    }
}

/// Runs all checks, even after one failed.
pub(crate) fn run_checks(args: &Args) -> anyhow::Result<()> {
    let mut report = Report::default();
    code(&mut report);
    chart_documents(&mut report);
    strangers(&mut report);
    match build::run_build(false) {
        Ok(binary) => programs(&mut report, args, &binary)?,
        Err(error) => report.add("build", Err(error)),
    }
    println!();
    for line in &report.lines {
        println!("{line}");
    }
    println!(
        "\nchecks: {} passed, {} failed, {} skipped",
        report.passed, report.failed, report.skipped
    );
    if report.failed > 0 {
        bail!("{} of the checks failed", report.failed);
    }
    Ok(())
}

fn code(report: &mut Report) {
    let mut check = |name: &str, what: &str, command: &mut Command| {
        say(what);
        report.add(name, run(command));
    };
    check(
        "cargo fmt",
        "Formatting",
        cargo().args(["fmt", "--all", "--check"]),
    );
    check(
        "cargo clippy",
        "Clippy",
        cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ]),
    );
    check(
        "cargo test",
        "Unit and case tests",
        cargo().args(["test", "--workspace", "--no-fail-fast"]),
    );
}

fn chart_documents(report: &mut Report) {
    for file in docs::files() {
        report.add(&format!("{file} up to date"), docs::check(file));
    }
}

/// Random templates and inputs.
fn strangers(report: &mut Report) {
    let name = "random templates, Helm's engine and ours";
    if differential::can_run() {
        report.add(name, differential::check_bounded());
    } else {
        report.skip(name, "go, which builds Helm's engine, is not here");
    }
    report.add("fuzzing", fuzz::check());
}

fn programs(report: &mut Report, args: &Args, binary: &Path) -> anyhow::Result<()> {
    match tools::helm()? {
        Some(helm) => {
            report.add("helm lint --strict", lint(&helm.path));
            report.tally(
                "comparison with the real Helm",
                parity::compare_all(&args.parity, binary, &helm),
            );
            report.tally(
                "install command with the real Helm",
                install::check(binary, &helm, tools::helm3()?.as_ref()),
            );
        }
        None => {
            let why = "neither helm nor go is here; the recorded outputs were compared";
            report.skip("helm lint --strict", why);
            report.skip("comparison with the real Helm", why);
            report.skip("install command with the real Helm", why);
        }
    }
    match openapi::check(binary) {
        Ok(Some(tally)) => report.tally("manifests against Kubernetes' API", Ok(tally)),
        Ok(None) => report.skip(
            "manifests against Kubernetes' API",
            "its document cannot be had",
        ),
        Err(error) => report.add("manifests against Kubernetes' API", Err(error)),
    }
    report.walk(
        "browser tests of the page of `cargo xtask serve`",
        end2end::check_development(binary),
    );
    match site::build_whole() {
        Ok(site) => {
            let name = "size of a release's page";
            if site.small {
                report.add(name, sizes::check(&site.folder));
            } else {
                report.skip(name, "this compiler cannot compile std with it");
            }
            report.walk("browser tests", end2end::check(binary, &site.folder));
        }
        Err(error) => report.add("a release's page", Err(error)),
    }
    Ok(())
}

fn lint(helm: &Path) -> anyhow::Result<()> {
    for (name, flags) in parity::environments()? {
        say(&format!("helm lint --strict ({name})"));
        let output = capture(
            command(helm)
                .args(["lint", "--strict", "chart"])
                .args(flags),
        )?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let more = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!("{name}: {}{}", text.trim(), more.trim());
        }
    }
    Ok(())
}
