//! `--output-dir`: a file for every template instead of one stream.
//!
//! Follows `writeToFile` (pkg/action/install.go, pkg/cmd/template.go) of Helm 4.3.1.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use engine::{Manifest, OutputOptions, Rendered};

use super::super::disk::go_error;

/// Why something could not be written.
#[derive(Debug)]
pub(super) enum WriteError {
    /// While the release was made.
    Release(String),
    /// Behind it: hooks, and what is to be shown.
    Hook(String),
}

/// Writes what was rendered; gives the text for standard output.
pub(super) fn write(
    rendered: &Rendered,
    options: &OutputOptions,
    folder: &str,
    release_folder: Option<&str>,
) -> Result<String, WriteError> {
    let mut files = Files {
        written: BTreeSet::new(),
        told: String::new(),
    };
    let below = match release_folder {
        Some(release) => format!("{folder}/{release}"),
        None => folder.to_owned(),
    };
    if options.include_crds {
        for crd in &rendered.crds {
            files
                .write(folder, &crd.name, &crd.content)
                .map_err(WriteError::Release)?;
        }
    }
    for Manifest { name, content, .. } in &rendered.manifests {
        files
            .write(&below, name, content)
            .map_err(WriteError::Release)?;
    }
    if !options.no_hooks {
        for hook in &rendered.hooks {
            if options.skip_tests && hook.is_test() {
                continue;
            }
            let Manifest { name, content, .. } = &hook.manifest;
            // A file that is there already, of this run or not, is added to.
            if Path::new(&below).join(name).exists() {
                files.written.insert(format!("{below}/{name}"));
            }
            files
                .write(&below, name, content)
                .map_err(WriteError::Hook)?;
        }
    }
    // Nothing is left for the stream: Helm prints an empty line, or misses what is to be shown.
    match options.show_only.first() {
        Some(pattern) => {
            print!("{}", files.told);
            let error = format!("could not find template {pattern} in chart");
            Err(WriteError::Hook(error))
        }
        None => Ok(files.told + "\n"),
    }
}

struct Files {
    written: BTreeSet<String>,
    told: String,
}

impl Files {
    fn write(&mut self, folder: &str, name: &str, content: &str) -> Result<(), String> {
        let path = format!("{folder}/{name}");
        let failed = |error: &std::io::Error| format!("open {path}: {}", go_error(error));
        if let Some(parent) = Path::new(&path).parent() {
            make_folder(parent)?;
        }
        let again = !self.written.insert(path.clone());
        let mut options = fs::OpenOptions::new();
        if again {
            options.append(true);
        } else {
            options.write(true).create(true).truncate(true);
        }
        let mut file = options.open(&path).map_err(|error| failed(&error))?;
        write!(file, "---\n# Source: {name}\n{content}\n").map_err(|error| failed(&error))?;
        self.told.push_str(&format!("wrote {path}\n"));
        Ok(())
    }
}

/// `ensureDirectoryForFile`: what Go says names the folder that could not be made.
fn make_folder(folder: &Path) -> Result<(), String> {
    match fs::metadata(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("stat {}: {}", folder.display(), go_error(&error)));
        }
        Ok(info) if info.is_dir() => return Ok(()),
        _ => {}
    }
    let ancestors: Vec<&Path> = folder.ancestors().collect();
    for ancestor in ancestors.into_iter().rev() {
        if ancestor.as_os_str().is_empty() || ancestor.is_dir() {
            continue;
        }
        fs::create_dir(ancestor)
            .map_err(|error| format!("mkdir {}: {}", ancestor.display(), go_error(&error)))?;
    }
    Ok(())
}
