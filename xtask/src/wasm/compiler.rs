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
    let sysroot = sysroot()?;
    if has_std(&sysroot) {
        return Ok(Compiler::Usual);
    }
    if has_std(Path::new("/usr")) && has_web_toolchain() {
        return Ok(Compiler::Debian { linker: linker()? });
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
    install_debian()?;
    let linker = linker()?;
    if !has_std(Path::new("/usr")) {
        step(
            "Building std for the browser from Debian's source (1 to 2 minutes, once)",
            || build_std(&linker),
        )?;
    }
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

/// A compiler that has the source of std beside it, so that std can be compiled with the page: the
/// given one if its source is there or rustup brings it, else Debian's.
///
/// # Errors
/// Neither can be had here.
pub(crate) fn ensure_std_source(usual: &Compiler) -> anyhow::Result<Compiler> {
    let sysroot = match usual {
        Compiler::Usual => sysroot()?,
        Compiler::Debian { .. } => PathBuf::from("/usr"),
    };
    if has_std_source(&sysroot) {
        return Ok(usual.clone());
    }
    if *usual == Compiler::Usual {
        say("Adding the source of std with rustup");
        let added = capture(command("rustup").args(["component", "add", "rust-src"]));
        if added.is_ok_and(|output| output.status.success()) && has_std_source(&sysroot) {
            return Ok(Compiler::Usual);
        }
        println!("    rustup cannot download it here; using Debian's compiler for the web instead");
    }
    install_debian()?;
    if !has_std_source(Path::new("/usr")) {
        bail!("Debian's compiler for the web came without the source of std");
    }
    Ok(Compiler::Debian { linker: linker()? })
}

fn has_std_source(sysroot: &Path) -> bool {
    sysroot
        .join("lib/rustlib/src/rust/library/std/Cargo.toml")
        .is_file()
}

/// Where the toolchain in use is.
fn sysroot() -> anyhow::Result<PathBuf> {
    let path = read(command("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(path.trim()))
}

/// The usual toolchain's linker for the browser, which Debian's compiler comes without.
fn linker() -> anyhow::Result<PathBuf> {
    Ok(sysroot()?.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"))
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

/// Installs Debian's compiler and the source of its std, as the toolchain `web`.
fn install_debian() -> anyhow::Result<()> {
    let usr = Path::new("/usr");
    let programs = ["bin/rustc", "bin/cargo"].map(|program| usr.join(program));
    if !programs.iter().all(|program| program.is_file()) || !has_std_source(usr) {
        if find("apt-get").is_none() {
            bail!(
                "no compiler for {TARGET}: install it with `rustup target add {TARGET}` \
                 on a machine that reaches rustup's server"
            );
        }
        step(
            "Installing Debian's Rust compiler for the web (apt-get)",
            || apt_install(&["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"]),
        )?;
    }
    if !has_web_toolchain() {
        run(command("rustup").args(["toolchain", "link", "web", "/usr"]))?;
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
