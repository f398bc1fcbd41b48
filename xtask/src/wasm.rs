//! The browser's half, compiled: for development quickly, for a release as small as it gets.

mod compiler;
mod functions;
mod merge;
mod never_called;
mod order;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::process::{root, run, say, step, target};
use compiler::Compiler;

/// Leptos draws views of few types: the page becomes a tenth smaller. `.cargo/config.toml` says so
/// for every build, but flags for one target take its place.
const ERASED: &str = "--cfg=erase_components";

const TARGET: &str = "wasm32-unknown-unknown";

/// The page's module as the compiler made it.
pub(crate) struct Page {
    /// Where it is.
    pub(crate) module: PathBuf,
    /// Whether it was compiled for a release, with std and all that makes it small.
    pub(crate) small: bool,
}

/// Compiles the page for the browser.
pub(crate) fn build(release: bool) -> anyhow::Result<Page> {
    // A target folder of its own: the compilers must not undo each other's work.
    let folder = target().join("wasm");
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    let title = format!("Compiling the page for the browser ({profile})");
    let mut small = false;
    if release {
        small = compiler::ensure()
            .and_then(|usual| compiler::ensure_std_source(&usual))
            .and_then(|compiler| {
                step(&format!("{title}, with std"), || {
                    run(with_std(&mut cargo(&compiler, &folder, profile)))
                })
            })
            .inspect_err(|error| {
                say(&format!(
                    "std could not be compiled with it; the page will be some 100 KB larger: {error:#}"
                ));
            })
            .is_ok();
    }
    if !small {
        let compiler = compiler::ensure()?;
        step(&title, || run(&mut cargo(&compiler, &folder, profile)))?;
    }
    Ok(Page {
        module: folder.join(TARGET).join(profile).join("app.wasm"),
        small,
    })
}

/// Binds the module to JavaScript: writes `chartroom.js` and `chartroom_bg.wasm` into the folder.
pub(crate) fn bind(page: &Page, release: bool, into: &Path) -> anyhow::Result<()> {
    let Page { module, small } = page;
    // As wasm-bindgen itself reads modules: LLVM's output needs no validation.
    let mut bound = walrus::ModuleConfig::new()
        .strict_validate(false)
        .generate_dwarf(false)
        .generate_name_section(!release)
        .generate_producers_section(false)
        .parse_file(module)
        .with_context(|| format!("cannot read {}", module.display()))?;
    if *small {
        never_called::remove(&mut bound);
    }
    wasm_bindgen_cli_support::Bindgen::new()
        .input_module("chartroom", bound)
        .typescript(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(into))
        .with_context(|| format!("wasm-bindgen cannot bind {}", module.display()))?;
    if *small {
        let file = into.join("chartroom_bg.wasm");
        let merged = merge::equal_functions(fs::read(&file)?)?;
        fs::write(&file, order::alike_together(&merged)?)?;
    }
    Ok(())
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

/// Compiles std with the page, optimised for size, and without the texts of panics and the places
/// in the source that they name: a panic then stops the module at once. Functions keep their own
/// names until [`bind`] has gone by them. Cargo calls all of it unstable, so a compiler may refuse.
fn with_std(build: &mut Command) -> &mut Command {
    build
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!(
                "{ERASED} -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
                 -Zmerge-functions=disabled"
            ),
        )
        .arg("-Zbuild-std=std,panic_abort")
        .arg("-Zbuild-std-features=optimize_for_size")
}
