//! `cargo xtask build`: the page and the server; with `--release` one self-contained binary.

use std::{path::PathBuf, process::Command};

use crate::{
    process::{self, cargo, run, say, step, target},
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
        run(optimised().env("CHARTROOM_SITE", site.folder))
    })?;
    Ok(target().join("release/chartroom"))
}

/// The server alone, for checks that need no page.
pub(crate) fn server_only() -> anyhow::Result<PathBuf> {
    step("Compiling the server", || run(&mut server("build")))?;
    Ok(target().join("debug/chartroom"))
}

/// Builds the release's command line alone, without a page in it.
pub(crate) fn command_line() -> anyhow::Result<PathBuf> {
    step("Compiling the command line (release)", || {
        run(&mut optimised())
    })?;
    Ok(target().join("release/chartroom"))
}

/// The same with the names of its functions, for `cargo xtask order`.
pub(crate) fn command_line_with_names() -> anyhow::Result<PathBuf> {
    step("Compiling the command line (release, with names)", || {
        run(optimised().args(["-C", "strip=none"]))
    })?;
    Ok(target().join("release/chartroom"))
}

/// `cargo build` or `cargo rustc` of the server.
fn server(subcommand: &str) -> Command {
    let mut build = cargo();
    build.args([subcommand, "--package", "chartroom", "--bin", "chartroom"]);
    build
}

/// `cargo rustc` of the release, with the system's C library in it where that can be: a quarter of
/// a small chart's time goes by while three libraries are mapped and joined, and such a binary runs
/// on a Linux with an older library, too.
fn optimised() -> Command {
    let mut build = server("rustc");
    build.args(["--release", "--"]);
    if static_libc().is_some() {
        build.args(["-C", "target-feature=+crt-static"]);
        build.args(["-C", "relocation-model=static"]);
    }
    build
}

/// glibc's static half where it is installed beside the other one, as Debian does and Fedora does
/// not; for this machine only, and not where Rust's own default is another library.
pub(crate) fn static_libc() -> Option<PathBuf> {
    if !cfg!(all(
        target_os = "linux",
        target_env = "gnu",
        target_arch = "x86_64"
    )) {
        return None;
    }
    let mut ask = process::command("cc");
    let found = ask.arg("-print-file-name=libc.a").output().ok()?;
    // Of a file that is not there, the compiler repeats the name.
    let path = PathBuf::from(String::from_utf8(found.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
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
