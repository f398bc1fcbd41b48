//! Embeds the FLTS chart and the site into release builds, so that the binary is self-contained.
//!
//! A development build embeds nothing and reads `chart/`, `style/`, `public/` and `target/site`
//! from disk, so that an edit there needs no compilation. Embedding happens in the release
//! profile, and whenever `CHARTROOM_SITE` names a site folder: `pkg/` (JavaScript and wasm),
//! `style/` and the public files at its root, as `cargo xtask build` assembles it. A release build
//! without that folder embeds `style/` and `public/` from the sources; the page then works without
//! its wasm.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=CHARTROOM_SITE");
    link_at_fixed_addresses();
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("..");
    let root = root.canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("embedded.rs");
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

/// `chartroom template` is started for every chart anew, and a binary that can lie anywhere has its
/// 30,000 addresses put right at each start: a fifth of the time that a small chart takes. Go's
/// linker does the same with Helm.
fn link_at_fixed_addresses() {
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release && target("OS") == "linux" && target("ENV") == "gnu" && target("ARCH") == "x86_64" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
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
