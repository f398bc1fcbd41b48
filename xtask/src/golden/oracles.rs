//! What is recorded from Helm's libraries rather than from Helm: the Go programs in xtask/oracle
//! write the cases themselves; here the files are compared before and after.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::bail;

use crate::{
    process::{command, read, root},
    tools::HELM,
};

use super::recorder::{Recorder, Tally, files};

/// Records `values/tests/cases/{yaml-parse,yaml-print,go-text}`.
pub(super) fn record_yaml(_: &Recorder) -> anyhow::Result<Tally> {
    let folders = ["yaml-parse", "yaml-print", "go-text"];
    run("yaml", &folders, |before, after| {
        let (same, changed) = after
            .iter()
            .partition::<Vec<_>, _>(|(path, text)| before.get(*path) == Some(text));
        for (path, _) in &changed {
            println!("    changed: {}", path.display());
        }
        (same.len() + changed.len(), changed.len())
    })
}

/// Records `values/tests/cases/strvals`, with the library of the release that is recorded.
pub(super) fn record_strvals(_: &Recorder) -> anyhow::Result<Tally> {
    let module = root().join("xtask/oracle/strvals/go.mod");
    let wanted = format!("helm.sh/helm/v4 {HELM}");
    if !fs::read_to_string(&module)?
        .lines()
        .any(|line| line.trim_end().ends_with(&wanted))
    {
        bail!(
            "{} does not require {wanted}: go get it there, then go mod tidy",
            module.display()
        );
    }
    run("strvals", &["strvals"], |before, after| {
        let old: Vec<&str> = before.values().flat_map(|text| text.lines()).collect();
        let new: Vec<&str> = after.values().flat_map(|text| text.lines()).collect();
        let changed = old.iter().zip(&new).filter(|(old, new)| old != new).count();
        (new.len(), changed)
    })
}

type Texts = BTreeMap<PathBuf, String>;

/// Runs a program; `count` says how many cases there are, and how many changed.
fn run(
    program: &str,
    folders: &[&str],
    count: impl Fn(&Texts, &Texts) -> (usize, usize),
) -> anyhow::Result<Tally> {
    let before = texts(folders)?;
    let folder = root().join("xtask/oracle").join(program);
    read(
        command("go")
            .args(["run", "."])
            .current_dir(folder)
            .env_remove("GOFLAGS"),
    )?;
    let after = texts(folders)?;
    let (cases, changed) = count(&before, &after);
    let files = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text))
        .count();
    Ok(Tally {
        cases,
        changed,
        files,
        ..Tally::default()
    })
}

fn texts(folders: &[&str]) -> anyhow::Result<Texts> {
    let mut texts = Texts::new();
    for folder in folders {
        for path in files(&root().join("values/tests/cases").join(folder), "")? {
            let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
            texts.insert(
                path.strip_prefix(root()).map(PathBuf::from).unwrap_or(path),
                text,
            );
        }
    }
    Ok(texts)
}
