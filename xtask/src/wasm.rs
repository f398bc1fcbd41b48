//! The browser's half, compiled: for development quickly, for a release as small as it gets.

mod compiler;
mod never_called;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::process::{root, run, say, step, target};
use compiler::Compiler;

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the page for the browser; gives the path of the module.
pub(crate) fn build(release: bool) -> anyhow::Result<PathBuf> {
    let compiler = compiler::ensure()?;
    // A target folder of its own: the two compilers must not undo each other's work.
    let folder = target().join("wasm");
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    let title = format!("Compiling the page for the browser ({profile})");
    let small = release
        && compiler::has_std_source(&compiler)
        && step(&format!("{title}, with std"), || {
            run(with_std(&mut cargo(&compiler, &folder, profile)))
        })
        .is_ok();
    if !small {
        if release {
            say("std could not be compiled with it; the page will be some 30 KB larger");
        }
        step(&title, || run(&mut cargo(&compiler, &folder, profile)))?;
    }
    Ok(folder.join(TARGET).join(profile).join("app.wasm"))
}

/// Binds the module to JavaScript: writes `chartroom.js` and `chartroom_bg.wasm` into the folder.
pub(crate) fn bind(module: &Path, release: bool, into: &Path) -> anyhow::Result<()> {
    // As wasm-bindgen itself reads modules: LLVM's output needs no validation.
    let mut page = walrus::ModuleConfig::new()
        .strict_validate(false)
        .generate_dwarf(false)
        .generate_name_section(!release)
        .generate_producers_section(false)
        .parse_file(module)
        .with_context(|| format!("cannot read {}", module.display()))?;
    never_called::remove(&mut page);
    wasm_bindgen_cli_support::Bindgen::new()
        .input_module("chartroom", page)
        .typescript(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(into))
        .with_context(|| format!("wasm-bindgen cannot bind {}", module.display()))
}

fn cargo(compiler: &Compiler, folder: &Path, profile: &str) -> Command {
    let mut build = compiler::cargo(compiler);
    build
        .current_dir(root())
        .env("CARGO_TARGET_DIR", folder)
        .args(["build", "--lib", "--package", "chartroom-app"])
        .args(["--no-default-features", "--features", "hydrate"])
        .args(["--target", TARGET, "--profile", profile, "--quiet"]);
    build
}

/// Compiles std with the page, optimised for size, and without the texts of panics: a panic then
/// stops the module at once. Cargo calls both unstable, so a compiler may refuse.
fn with_std(build: &mut Command) -> &mut Command {
    build
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "-Zunstable-options -Cpanic=immediate-abort",
        )
        .arg("-Zbuild-std=std,panic_abort")
        .arg("-Zbuild-std-features=optimize_for_size")
}
