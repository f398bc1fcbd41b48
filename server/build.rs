//! Embeds the FLTS chart and the site into release builds, so that the binary is self-contained.
//!
//! A development build embeds nothing and reads `chart/`, `style/`, `public/` and `target/site`
//! from disk, so that an edit there needs no compilation. Embedding happens in the release
//! profile, and whenever `CHARTROOM_SITE` names a site folder: `pkg/` (JavaScript and wasm),
//! `style/` and the public files at its root, as `cargo xtask build` assembles it. A release build
//! without that folder embeds `style/` and `public/` from the sources; the page then works without
//! its wasm.
//!
//! On Linux it also tells the linker where a release's code lies: `order.txt`.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=CHARTROOM_SITE");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("..");
    let root = root.canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    link_for_short_starts(&root, &out)?;
    let out = out.join("embedded.rs");
    let site = env::var_os("CHARTROOM_SITE")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from);
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if site.is_none() && !release {
        return fs::write(out, listing(None, None));
    }

    let mut chart = Vec::new();
    collect(&root.join("chart"), "", &mut chart)?;
    let mut files = Vec::new();
    match site {
        Some(site) => collect(&root.join(site), "", &mut files)?,
        None => {
            collect(&root.join("public"), "", &mut files)?;
            collect(&root.join("style"), "style/", &mut files)?;
        }
    }
    fs::write(out, listing(Some(&chart), Some(&files)))
}

/// `chartroom template` is started for every chart anew, so a start is short: what the linker can do
/// for it, once.
fn link_for_short_starts(root: &Path, out: &Path) -> io::Result<()> {
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if !(release && target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64")
    {
        return Ok(());
    }
    // A binary that can lie anywhere has its 30,000 addresses put right at each start: a fifth of
    // the time that a small chart takes. Go's linker does the same with Helm.
    println!("cargo::rustc-link-arg-bins=-no-pie");
    // The system brings 64 KB of a binary into memory around each place that runs. A render's
    // functions are scattered over all of it otherwise.
    let names = root.join("server/order.txt");
    println!("cargo::rerun-if-changed={}", names.display());
    if chosen_linker() {
        return Ok(());
    }
    let script = out.join("order.ld");
    fs::write(&script, linker_script(&fs::read_to_string(names)?))?;
    println!("cargo::rustc-link-arg-bins=-T");
    println!("cargo::rustc-link-arg-bins={}", script.display());
    Ok(())
}

/// Whether whoever builds wants a linker of their own: not all know such scripts.
fn chosen_linker() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    env::var_os("RUSTC_LINKER").is_some() || flags.contains("link")
}

/// Puts the functions of these names before all other code, in their order. What never runs but when
/// something is wrong, in LLVM's eyes, stands in sections of another name.
fn linker_script(names: &str) -> String {
    let mut script = String::from("SECTIONS {\n  .text.render : {\n");
    for name in names.lines().filter(|line| !line.starts_with('#')) {
        let _ = match name.strip_prefix("libc.a:") {
            Some(object) => writeln!(script, "    *libc.a:{object}(.text .text.*)"),
            None => writeln!(script, "    *(.text.{name}* .text.unlikely.{name}*)"),
        };
    }
    script.push_str("  }\n}\nINSERT BEFORE .text;\n");
    script
}

/// All files below `folder`, sorted, with their paths below it behind `prefix`.
fn collect(folder: &Path, prefix: &str, into: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), into)?;
        } else {
            into.push((name, entry.path()));
        }
    }
    Ok(())
}

/// The generated source: two optional lists of (path, bytes).
fn listing(chart: Option<&[(String, PathBuf)]>, site: Option<&[(String, PathBuf)]>) -> String {
    let mut text = String::new();
    for (name, files) in [("CHART", chart), ("SITE", site)] {
        let _ = write!(text, "pub(crate) const {name}: Option<&[(&str, &[u8])]> = ");
        let Some(files) = files else {
            text.push_str("None;\n");
            continue;
        };
        text.push_str("Some(&[\n");
        for (path, file) in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let _ = writeln!(text, "    ({path:?}, include_bytes!({file:?})),");
        }
        text.push_str("]);\n");
    }
    text
}
