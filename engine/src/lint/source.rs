//! What the rules look at.

use std::sync::Arc;

use values::go::quote;
use values::yaml;

use crate::chart::{ArchiveLimits, Chart, Loader, Metadata, SourceFile, archive};
use crate::log::{Log, LogLine};
use crate::{Dialect, Error, ErrorKind};

/// What stands where a folder should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// Nothing.
    Missing,
    /// A folder, perhaps an empty one.
    Present,
    /// Something else.
    NoFolder,
}

/// A chart's folder, as far as the linter reads it.
#[derive(Debug, Clone)]
pub struct Source {
    /// The Helm whose rules it is held to.
    pub dialect: Dialect,
    /// The folder, from the root, as Helm names it.
    pub folder: String,
    /// Chart.yaml as it is written, or why it cannot be read, in Go's words.
    pub chart_yaml: Result<Vec<u8>, String>,
    /// Whether Chart.yaml is a folder.
    pub chart_yaml_is_folder: bool,
    /// values.yaml as it is written, or why it cannot be read; none when it is missing.
    pub values_yaml: Option<Result<Vec<u8>, String>>,
    /// values.schema.json as it is written; empty when it is missing.
    pub schema: Vec<u8>,
    /// templates/
    pub templates: Folder,
    /// crds/
    pub crds: Folder,
    /// What loading the folder came to, with the loader that does not ask for the API version.
    pub chart: Result<Arc<Chart>, String>,
    /// What Helm logs each time it loads the folder.
    pub load_log: Vec<LogLine>,
}

impl Source {
    /// What Helm logs each time it loads the chart.
    pub(super) fn log_load(&self, log: &mut Log) {
        log.append(&self.load_log);
        for note in self.chart.iter().flat_map(|chart| chart.load_notes()) {
            log.say(&note);
        }
    }

    /// A packaged chart, as it looks when it is unpacked in a folder `parent` (`Expand`).
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn from_archive(
        dialect: Dialect,
        parent: &str,
        packed: &[u8],
        limits: &ArchiveLimits,
    ) -> Result<Self, Error> {
        let room = &mut archive::Room::new(limits, dialect);
        let files = archive::read(packed, room)?;
        let refused = |message: String| Err(Error::new(ErrorKind::Chart, message));
        let mut name = String::new();
        for file in files.iter().filter(|file| file.path == "Chart.yaml") {
            let text = file.data.to_string_lossy();
            let read = yaml::parse_typed(&text).map_err(|error| error.message);
            match read.and_then(|document| Metadata::from_document(&document, dialect)) {
                Ok(metadata) => name = metadata.name,
                Err(error) => return refused(format!("cannot load Chart.yaml: {error}")),
            }
        }
        match name.as_str() {
            "" => refused("chart name not specified".to_owned()),
            "." | ".." => refused(format!("chart name {} is not allowed", quote(&name))),
            _ if name.contains('/') => refused(format!(
                "chart name {} must not contain path separators",
                quote(&name)
            )),
            _ => Ok(Self::of(dialect, format!("{parent}/{name}"), files)),
        }
    }

    /// A chart that is there as data: nothing of it is unreadable.
    #[must_use]
    pub fn from_files(folder: impl Into<String>, files: Vec<SourceFile>) -> Self {
        Self::of(Dialect::default(), folder, files)
    }

    /// The same for that Helm.
    #[must_use]
    pub fn of(dialect: Dialect, folder: impl Into<String>, files: Vec<SourceFile>) -> Self {
        let folder = folder.into();
        let file = |path: &str| {
            let found = files.iter().find(|file| file.path == path);
            found.map(|file| file.data.as_bytes().to_vec())
        };
        let kind = |name: &str| {
            let within = format!("{name}/");
            if files.iter().any(|file| file.path.starts_with(&within)) {
                Folder::Present
            } else if files.iter().any(|file| file.path == name) {
                Folder::NoFolder
            } else {
                Folder::Missing
            }
        };
        Self {
            chart_yaml: file("Chart.yaml")
                .ok_or_else(|| format!("open {folder}/Chart.yaml: no such file or directory")),
            chart_yaml_is_folder: kind("Chart.yaml") == Folder::Present,
            values_yaml: file("values.yaml").map(Ok),
            schema: file("values.schema.json").unwrap_or_default(),
            templates: kind("templates"),
            crds: kind("crds"),
            chart: Chart::load_with(files, loader(dialect))
                .map(Arc::new)
                .map_err(|error| error.to_string()),
            load_log: Vec::new(),
            folder,
            dialect,
        }
    }
}

/// What reads a chart to be linted.
#[must_use]
pub fn loader(dialect: Dialect) -> Loader {
    match dialect {
        Dialect::Helm3 => Loader::Helm3,
        Dialect::Helm4 => Loader::Plain,
    }
}
