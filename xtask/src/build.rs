//! `cargo xtask build`: the page and the server; with `--release` one self-contained binary.

use std::{path::PathBuf, process::Command};

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
    /// Only what a browser loads, for `chartroom serve --site`: target/site-release or target/site
    #[arg(long)]
    site: bool,
}

/// Builds.
pub(crate) fn run_build(release: bool) -> anyhow::Result<PathBuf> {
    if !release {
        site::build_pkg()?;
        return server_only();
    }
    let site = site::build_whole()?;
    step("Compiling the server (release)", || {
        run(server().arg("--release").env("CHARTROOM_SITE", site.folder))
    })?;
    Ok(target().join("release/chartroom"))
}

/// The server alone, for checks that need no page.
pub(crate) fn server_only() -> anyhow::Result<PathBuf> {
    step("Compiling the server", || run(&mut server()))?;
    Ok(target().join("debug/chartroom"))
}

/// Builds the release's command line alone, without a page in it.
pub(crate) fn command_line() -> anyhow::Result<PathBuf> {
    step("Compiling the command line (release)", || {
        run(server().arg("--release"))
    })?;
    Ok(target().join("release/chartroom"))
}

/// `cargo build` of the server.
fn server() -> Command {
    let mut build = cargo();
    build.args(["build", "--package", "chartroom", "--bin", "chartroom"]);
    build
}

/// The command.
pub(crate) fn command(args: &Args) -> anyhow::Result<()> {
    if args.site {
        let folder = if args.release {
            site::build_whole()?.folder
        } else {
            site::build_pkg()?;
            target().join("site")
        };
        say(&format!("Built {}", folder.display()));
        return Ok(());
    }
    let binary = run_build(args.release)?;
    say(&format!("Built {}", binary.display()));
    Ok(())
}
