//! `cargo xtask build`: the page and the server; with `--release` one self-contained binary.

use std::path::PathBuf;

use crate::{
    process::{cargo, run, say, step, target},
    site,
};

/// Flags of `cargo xtask build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Optimised, with site and chart embedded: target/release/chartroom
    #[arg(long)]
    release: bool,
}

/// Builds.
pub(crate) fn run_build(release: bool) -> anyhow::Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", "chartroom", "--bin", "chartroom"]);
    if release {
        let site = site::build_whole(true)?;
        build.arg("--release").env("CHARTROOM_SITE", site);
        step("Compiling the server (release)", || run(&mut build))?;
        return Ok(target().join("release/chartroom"));
    }
    site::build_pkg(false)?;
    step("Compiling the server", || run(&mut build))?;
    Ok(target().join("debug/chartroom"))
}

/// The server alone, for checks that need no page.
pub(crate) fn server_only() -> anyhow::Result<PathBuf> {
    step("Compiling the server", || {
        run(cargo().args(["build", "--package", "chartroom", "--bin", "chartroom"]))
    })?;
    Ok(target().join("debug/chartroom"))
}

/// The command.
pub(crate) fn command(args: &Args) -> anyhow::Result<()> {
    let binary = run_build(args.release)?;
    say(&format!("Built {}", binary.display()));
    Ok(())
}
