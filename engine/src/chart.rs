//! A chart: its files, sorted by what they are for.
//!
//! Loading takes files as data; nothing here touches a disk. What a render does with the chart
//! (dependencies switched, values coalesced, values checked) is in the modules below.

pub(crate) mod archive;
pub(crate) mod coalesce;
pub(crate) mod decode;
pub mod glob;
pub mod ignore;
mod load;
pub(crate) mod metadata;
mod schema;
pub(crate) mod tree;

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::log::Event;
use crate::value::Str;
use crate::{Dialect, Error, ErrorKind};

pub use archive::{ArchiveLimits, MAX_FILE_BYTES_HELM3};
pub use load::{Loader, load_values};
pub use metadata::{Dependency, Maintainer, Metadata};
pub use schema::Schema;

/// One file of a chart: its path from the chart's folder, with `/`, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies.
    pub path: String,
    /// What is in it; clones share it.
    pub data: Str,
}

impl SourceFile {
    /// A file of this text.
    pub fn new(path: impl Into<String>, data: impl Into<Str>) -> Self {
        Self {
            path: path.into(),
            data: data.into(),
        }
    }
}

/// A chart that Helm refuses.
fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Chart, message)
}

/// A loaded chart, with the charts in its charts/ folder.
#[derive(Debug)]
pub struct Chart {
    metadata: Metadata,
    values: values::Map,
    values_text: Option<Str>,
    schema: Option<Schema>,
    templates: Vec<SourceFile>,
    /// All that is neither template, metadata, values nor subchart: what `.Files` gives.
    files: Vec<SourceFile>,
    /// Every file as it came.
    sources: Vec<SourceFile>,
    dependencies: Vec<Arc<Chart>>,
    load_notes: Vec<Event>,
    dialect: Dialect,
    digest: OnceLock<String>,
    shared_files: OnceLock<Vec<(Str, Str)>>,
}

impl Chart {
    /// Loads a chart from the files of its folder, `.helmignore` applied, as `helm template` of
    /// Helm 4 does.
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn load(files: Vec<SourceFile>) -> Result<Self, Error> {
        Self::load_with(files, Loader::default())
    }

    /// Loads a packaged chart, as `helm template` of Helm 4 does.
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn load_archive(packed: &[u8], limits: &ArchiveLimits) -> Result<Self, Error> {
        Self::load_archive_with(packed, limits, Loader::default())
    }

    /// As [`Chart::load`], with another of Helm's loaders.
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn load_with(files: Vec<SourceFile>, loader: Loader) -> Result<Self, Error> {
        load::from_folder(files, loader)
    }

    /// As [`Chart::load_archive`], with another of Helm's loaders.
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn load_archive_with(
        packed: &[u8],
        limits: &ArchiveLimits,
        loader: Loader,
    ) -> Result<Self, Error> {
        load::from_archive(packed, limits, loader)
    }

    /// The Helm that it was read for, and that renders of it follow.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.metadata.version
    }

    /// What Chart.yaml says.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Its default values.
    #[must_use]
    pub fn values(&self) -> &values::Map {
        &self.values
    }

    /// values.yaml as it is written; empty when there is none.
    #[must_use]
    pub fn values_text(&self) -> &str {
        let text = self.values_text.as_ref();
        text.and_then(Str::as_utf8).unwrap_or_default()
    }

    /// values.schema.json as it is written.
    #[must_use]
    pub fn schema(&self) -> Option<&[u8]> {
        self.schema.as_ref().map(Schema::text)
    }

    /// The schema, ready to check values.
    pub(crate) fn checked_schema(&self) -> Option<&Schema> {
        self.schema.as_ref()
    }

    /// Its templates, in the order of a walk through the folder.
    #[must_use]
    pub fn templates(&self) -> &[SourceFile] {
        &self.templates
    }

    /// What `.Files` gives: all that is neither template, metadata, values nor subchart.
    #[must_use]
    pub fn other_files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The same, as values that renders share.
    pub(crate) fn shared_files(&self) -> &[(Str, Str)] {
        self.shared_files.get_or_init(|| {
            let shared = |file: &SourceFile| (Str::from(file.path.as_str()), file.data.clone());
            self.files.iter().map(shared).collect()
        })
    }

    /// The manifests in crds/, of this chart and those below it (`CRDObjects`).
    #[must_use]
    pub fn crd_files(&self) -> Vec<&SourceFile> {
        let own = self.files.iter().filter(|file| is_crd(&file.path));
        let below = self.dependencies.iter().flat_map(|chart| chart.crd_files());
        own.chain(below).collect()
    }

    /// All its files, path and bytes, templates and subcharts included, as they were loaded.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.sources
            .iter()
            .map(|file| (file.path.as_str(), file.data.as_bytes()))
    }

    /// The file at this path, whatever it is for.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.sources
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.data.as_bytes())
    }

    /// The charts in its charts/ folder.
    #[must_use]
    pub fn dependencies(&self) -> &[Arc<Chart>] {
        &self.dependencies
    }

    /// What Helm says about the chart's files while it loads them.
    #[must_use]
    pub fn load_notes(&self) -> Vec<Event> {
        let mut notes = self.load_notes.clone();
        for dependency in &self.dependencies {
            notes.extend(dependency.load_notes());
        }
        notes
    }

    /// Its environments: the text of every `values-NAME.yaml` beside values.yaml, by name.
    #[must_use]
    pub fn environments(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = self
            .sources
            .iter()
            .filter_map(|file| {
                let name = file.path.strip_prefix("values-")?;
                let name = name
                    .strip_suffix(".yaml")
                    .or_else(|| name.strip_suffix(".yml"))?;
                let plain = !name.is_empty() && !name.contains('/');
                plain.then(|| (name.to_owned(), file.data.to_string_lossy().into_owned()))
            })
            .collect();
        found.sort();
        found.dedup_by(|a, b| a.0 == b.0);
        found
    }

    /// A digest of all its files (SHA-256, hexadecimal), whatever their order.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            let mut files: Vec<&SourceFile> = self.sources.iter().collect();
            files.sort_by(|a, b| a.path.cmp(&b.path));
            let mut hash = Sha256::new();
            for file in files {
                hash.update((file.path.len() as u64).to_le_bytes());
                hash.update(file.path.as_bytes());
                hash.update((file.data.len() as u64).to_le_bytes());
                hash.update(&file.data);
            }
            base16ct::lower::encode_string(&hash.finalize())
        })
    }
}

/// Whether a file of `.Files` is one that Helm installs as a CRD.
pub(crate) fn is_crd(path: &str) -> bool {
    path.starts_with("crds/")
        && path.rsplit_once('.').is_some_and(|(_, extension)| {
            ["yaml", "yml", "json"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        })
}
