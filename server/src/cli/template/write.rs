//! `--output-dir`: a file for every template instead of one stream.
//!
//! Follows `writeToFile` (pkg/action/install.go, pkg/cmd/template.go) of Helm 4.3.1.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use engine::{Manifest, OutputOptions, Rendered};

use super::super::disk::go_error;

/// Writes what was rendered; gives the text for standard output.
pub(super) fn write(
    rendered: &Rendered,
    options: &OutputOptions,
    folder: &str,
    release_folder: Option<&str>,
) -> Result<String, String> {
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
            files.write(folder, &crd.name, &crd.content)?;
        }
    }
    for Manifest { name, content, .. } in &rendered.manifests {
        files.write(&below, name, content)?;
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
            files.write(&below, name, content)?;
        }
    }
    // Nothing is left for the stream: Helm prints an empty line, or misses what is to be shown.
    match options.show_only.first() {
        Some(pattern) => {
            print!("{}", files.told);
            Err(format!("could not find template {pattern} in chart"))
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
            fs::create_dir_all(parent)
                .map_err(|error| format!("mkdir {}: {}", parent.display(), go_error(&error)))?;
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
