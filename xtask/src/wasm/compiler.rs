//! A compiler for the browser's half: rustup's target where it can be had, Debian's `rustc-web`
//! with a std built from its own source where it cannot.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

use super::TARGET;
use crate::{
    process::{capture, command, find, read, run, say, step, target},
    tools::apt_install,
};

/// How to compile for the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Compiler {
    /// The toolchain in use has the target.
    Usual,
    /// Debian's compiler, linked into rustup as the toolchain `web`; the linker is that of the
    /// usual toolchain.
    Debian {
        /// `rust-lld`.
        linker: PathBuf,
    },
}

/// Finds a compiler for the browser, installing what is missing.
pub(crate) fn ensure() -> anyhow::Result<Compiler> {
    let sysroot = PathBuf::from(read(command("rustc").args(["--print", "sysroot"]))?.trim());
    if has_std(&sysroot) {
        return Ok(Compiler::Usual);
    }
    let linker = sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
    if has_std(Path::new("/usr")) && has_web_toolchain() {
        return Ok(Compiler::Debian { linker });
    }
    say(&format!(
        "Adding the compilation target {TARGET} with rustup"
    ));
    // Its failure is expected where it reaches no server, and its own report of it is long.
    let added = capture(command("rustup").args(["target", "add", TARGET]));
    if added.is_ok_and(|output| output.status.success()) && has_std(&sysroot) {
        return Ok(Compiler::Usual);
    }
    println!("    rustup cannot download it here; using Debian's compiler for the web instead");
    install_debian(&linker)?;
    Ok(Compiler::Debian { linker })
}

/// `cargo`, set up for the browser.
pub(crate) fn cargo(compiler: &Compiler) -> Command {
    match compiler {
        Compiler::Usual => crate::process::cargo(),
        Compiler::Debian { linker } => {
            // Through rustup, as the cargo of this task belongs to another toolchain.
            let mut cargo = command("rustup");
            cargo.args(["run", "web", "cargo"]);
            for variable in ["RUSTUP_TOOLCHAIN", "RUSTC", "CARGO", "RUSTDOC"] {
                cargo.env_remove(variable);
            }
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            cargo
        }
    }
}

/// Whether std can be compiled with the page, from its source beside the compiler.
pub(crate) fn has_std_source(compiler: &Compiler) -> bool {
    let sysroot = match compiler {
        Compiler::Usual => read(command("rustc").args(["--print", "sysroot"]))
            .map(|path| PathBuf::from(path.trim()))
            .unwrap_or_default(),
        Compiler::Debian { .. } => PathBuf::from("/usr"),
    };
    sysroot
        .join("lib/rustlib/src/rust/library/std/Cargo.toml")
        .is_file()
}

fn has_std(sysroot: &Path) -> bool {
    let folder = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn has_web_toolchain() -> bool {
    capture(command("rustup").args(["run", "web", "rustc", "--version"]))
        .is_ok_and(|output| output.status.success())
}

fn install_debian(linker: &Path) -> anyhow::Result<()> {
    if find("apt-get").is_none() {
        bail!(
            "no compiler for {TARGET}: install it with `rustup target add {TARGET}` \
             on a machine that reaches rustup's server"
        );
    }
    if !Path::new("/usr/bin/rustc").is_file() || !Path::new("/usr/bin/cargo").is_file() {
        step(
            "Installing Debian's Rust compiler for the web (apt-get)",
            || apt_install(&["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"]),
        )?;
    }
    if !has_web_toolchain() {
        run(command("rustup").args(["toolchain", "link", "web", "/usr"]))?;
    }
    if !has_std(Path::new("/usr")) {
        step(
            "Building std for the browser from Debian's source (1 to 2 minutes, once)",
            || build_std(linker),
        )?;
    }
    Ok(())
}

fn build_std(linker: &Path) -> anyhow::Result<()> {
    let seed = target().join("wasm-std-seed");
    fs::create_dir_all(seed.join("src"))?;
    fs::write(seed.join("src/lib.rs"), "")?;
    fs::write(
        seed.join("Cargo.toml"),
        "[package]\nname = \"wasm-std-seed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\ncrate-type = [\"cdylib\"]\n\n[profile.release]\npanic = \"abort\"\n\n[workspace]\n",
    )?;
    let compiler = Compiler::Debian {
        linker: linker.to_owned(),
    };
    run(cargo(&compiler)
        .current_dir(&seed)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", seed.join("target"))
        .args(["build", "--release", "--quiet", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort"))?;
    let built = seed.join("target").join(TARGET).join("release/deps");
    let folder = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&folder).with_context(|| format!("cannot write {}", folder.display()))?;
    for entry in fs::read_dir(built)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("lib")
            && Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == "rlib")
            && !name.starts_with("libwasm_std_seed")
        {
            fs::copy(entry.path(), folder.join(name))?;
        }
    }
    Ok(())
}
