//! From files to a chart.
//!
//! Follows pkg/chart/v2/loader/load.go of Helm 4.3.1 (pkg/chart/loader/load.go of Helm 3.22.0,
//! which is nearly the same). Where Go walks a map in random order
//! (the subcharts), the order here is that of their names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use values::Value;
use values::yaml;

use super::archive::Room;
use super::decode::Decoder;
use super::ignore::{self, Rules};
use super::{ArchiveLimits, Chart, Metadata, Schema, SourceFile, archive, refused};
use crate::log::Event;
use crate::value::Str;
use crate::{Dialect, Error, ErrorKind};

/// Which of Helm's loaders reads a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loader {
    /// Helm 4's pkg/chart/loader, which looks at the API version first: `helm template`.
    #[default]
    Detecting,
    /// Helm 4's pkg/chart/v2/loader: `helm show`, `helm lint`.
    Plain,
    /// Helm 3's pkg/chart/loader, for everything.
    Helm3,
}

impl Loader {
    /// The Helm that the chart is read for.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        match self {
            Self::Detecting | Self::Plain => Dialect::Helm4,
            Self::Helm3 => Dialect::Helm3,
        }
    }
}

/// Subcharts inside subcharts are read down to this level.
const MAX_DEPTH: usize = 32;

/// Loads what lies in a chart's folder.
pub(super) fn from_folder(files: Vec<SourceFile>, loader: Loader) -> Result<Chart, Error> {
    let room = &mut Room::new(&ArchiveLimits::default(), loader.dialect());
    // Before any file is ignored, as Helm does.
    let is_known = is_known(&files, loader)?;
    load(walked(files)?, room, is_known)
}

/// Loads a packaged chart.
pub(super) fn from_archive(
    packed: &[u8],
    limits: &ArchiveLimits,
    loader: Loader,
) -> Result<Chart, Error> {
    let room = &mut Room::new(limits, loader.dialect());
    let files = archive::read(packed, room)?;
    let is_known = is_known(&files, loader)?;
    load(files, room, is_known)
}

fn load(files: Vec<SourceFile>, room: &mut Room, is_known: bool) -> Result<Chart, Error> {
    let chart = from_files(files, room, 0)?;
    if is_known {
        return Ok(chart);
    }
    // Helm reads a chart of version 3 and can do nothing with it (pkg/action/install.go); charts that Chart.yaml does not name
    // confuse it earlier (`v3Accessor.MetaDependencies`).
    Err(
        if chart.dependencies().len() <= chart.metadata().dependencies().count() {
            refused("invalid chart apiVersion")
        } else {
            Error::new(
                ErrorKind::Dependencies,
                "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: unsupported chart dependency type",
            )
        },
    )
}

/// What a walk through a chart's folder finds.
fn walked(mut files: Vec<SourceFile>) -> Result<Vec<SourceFile>, Error> {
    let rules = match files.iter().find(|file| file.path == ignore::FILE_NAME) {
        Some(file) => Rules::parse(&file.data.to_string_lossy()).map_err(refused)?,
        None => Rules::defaults(),
    };
    rules.apply(&mut files);
    // The order of a walk through the folders: names compared folder by folder.
    files.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    for file in &mut files {
        file.data = archive::without_bom(std::mem::take(&mut file.data));
    }
    Ok(files)
}

/// Helm first looks only at the API version, to find the loader for it (pkg/chart/loader). False for the one that it reads
/// but does not render.
fn is_known(files: &[SourceFile], loader: Loader) -> Result<bool, Error> {
    if loader != Loader::Detecting {
        return Ok(true);
    }
    let Some(file) = files.iter().find(|file| file.path == "Chart.yaml") else {
        return Err(refused(
            "unable to detect chart version, no Chart.yaml found",
        ));
    };
    let document = parse(&file.data, "Chart.yaml")?;
    let mut d = Decoder::default();
    let mut version = String::new();
    for (key, value) in d.table(&document, "loader.chartBase").into_iter().flatten() {
        if key.eq_ignore_ascii_case("apiVersion") {
            d.field("chartBase", "apiVersion", |d| d.string(value, &mut version));
        }
    }
    let version = d
        .finish(version)
        .map_err(|error| refused(format!("cannot load Chart.yaml: {error}")))?;
    match version.as_str() {
        "" | "v1" | "v2" => Ok(true),
        "v3" => Ok(false),
        _ => Err(refused("unsupported chart version")),
    }
}

fn parse(data: &Str, name: &str) -> Result<Value, Error> {
    yaml::parse_typed(&data.to_string_lossy())
        .map_err(|error| refused(format!("cannot load {name}: {error}")))
}

/// Files of one chart, sorted by what they are.
#[derive(Default)]
struct Parts {
    metadata: Option<Metadata>,
    values: values::Map,
    values_text: Option<Str>,
    schema: Option<Schema>,
    templates: Vec<SourceFile>,
    files: Vec<SourceFile>,
    subcharts: BTreeMap<String, Vec<SourceFile>>,
    notes: Vec<Event>,
    dialect: Dialect,
}

fn from_files(files: Vec<SourceFile>, room: &mut Room, depth: usize) -> Result<Chart, Error> {
    if depth > MAX_DEPTH {
        return Err(refused(format!(
            "subcharts are nested deeper than {MAX_DEPTH} levels"
        )));
    }
    let dialect = room.dialect;
    let mut parts = Parts {
        dialect,
        ..Parts::default()
    };
    for file in files.iter().filter(|file| file.path == "Chart.yaml") {
        let document = parse(&file.data, "Chart.yaml")?;
        let metadata = parts.metadata.get_or_insert_default();
        metadata
            .decode(&document, dialect)
            .map_err(|error| refused(format!("cannot load Chart.yaml: {error}")))?;
        if metadata.api_version.is_empty() {
            "v1".clone_into(&mut metadata.api_version);
        }
    }
    for file in &files {
        parts.sort_in(file)?;
    }
    let Some(mut metadata) = parts.metadata else {
        return Err(refused("Chart.yaml file is missing"));
    };
    metadata.validate()?;
    let mut dependencies = Vec::new();
    for (name, files) in parts.subcharts {
        if name.starts_with(['_', '.']) {
            continue;
        }
        let subchart = load_subchart(&name, files, &metadata.name, room, depth)?;
        dependencies.push(Arc::new(subchart));
    }
    Ok(Chart {
        metadata,
        values: parts.values,
        values_text: parts.values_text,
        schema: parts.schema,
        templates: parts.templates,
        files: parts.files,
        sources: files,
        dependencies,
        load_notes: parts.notes,
        dialect,
        digest: OnceLock::new(),
        shared_files: OnceLock::new(),
    })
}

fn load_subchart(
    name: &str,
    files: Vec<SourceFile>,
    parent: &str,
    room: &mut Room,
    depth: usize,
) -> Result<Chart, Error> {
    let loaded = if name.ends_with(".tgz") {
        match files.into_iter().next() {
            Some(file) if file.path == name => archive::read(file.data.as_bytes(), room)
                .and_then(|files| from_files(files, room, depth + 1)),
            file => {
                let got = file.map(|file| file.path).unwrap_or_default();
                return Err(refused(format!(
                    "error unpacking subchart tar in {parent}: expected {name}, got {got}"
                )));
            }
        }
    } else {
        room.copy(files.iter().map(|file| file.data.len() as u64).sum())?;
        let inner = files.into_iter().filter_map(|file| {
            let (_, path) = file.path.split_once('/')?;
            Some(SourceFile {
                path: path.to_owned(),
                data: file.data,
            })
        });
        from_files(inner.collect(), room, depth + 1)
    };
    loaded.map_err(|error| {
        refused(format!(
            "error unpacking subchart {name} in {parent}: {error}"
        ))
    })
}

impl Parts {
    fn sort_in(&mut self, file: &SourceFile) -> Result<(), Error> {
        match file.path.as_str() {
            "Chart.yaml" => {}
            "Chart.lock" => check_lock(&file.data, "Chart.lock")?,
            "values.yaml" => {
                let text = file.data.to_string_lossy();
                self.values = load_values(&text, self.dialect)
                    .map_err(|error| refused(format!("cannot load values.yaml: {error}")))?;
                self.values_text = Some(match text {
                    Cow::Borrowed(_) => file.data.clone(),
                    Cow::Owned(text) => text.into(),
                });
            }
            "values.schema.json" => self.schema = Some(Schema::new(file.data.clone())),
            "requirements.yaml" => {
                let document = parse(&file.data, "requirements.yaml")?;
                let metadata = self.metadata.get_or_insert_default();
                if metadata.api_version != "v1" {
                    self.notes.push(Event::RequirementsInV2);
                }
                metadata
                    .decode(&document, self.dialect)
                    .map_err(|error| refused(format!("cannot load requirements.yaml: {error}")))?;
                self.keep_for_v1(file);
            }
            "requirements.lock" => {
                check_lock(&file.data, "requirements.lock")?;
                let metadata = self.metadata.get_or_insert_default();
                if metadata.api_version != "v1" {
                    self.notes.push(Event::LockInV2);
                }
                self.keep_for_v1(file);
            }
            path if path.starts_with("templates/") => self.templates.push(file.clone()),
            path if path.starts_with("charts/") && !path.ends_with(".prov") => {
                let inner = path.trim_start_matches("charts/");
                let name = inner.split('/').next().unwrap_or_default().to_owned();
                let file = SourceFile {
                    path: inner.to_owned(),
                    data: file.data.clone(),
                };
                self.subcharts.entry(name).or_default().push(file);
            }
            _ => self.files.push(file.clone()),
        }
        Ok(())
    }

    fn keep_for_v1(&mut self, file: &SourceFile) {
        if self
            .metadata
            .as_ref()
            .is_some_and(|metadata| metadata.api_version == "v1")
        {
            self.files.push(file.clone());
        }
    }
}

/// The lock is not used by a render, but Helm refuses one that is not YAML.
fn check_lock(data: &Str, name: &str) -> Result<(), Error> {
    parse(data, name).map(|_| ())
}

/// Reads a values file: one or more documents, later ones merged over earlier ones.
///
/// Follows `LoadValues`, which cuts documents as k8s.io/apimachinery's `YAMLReader` does. Helm 3
/// reads the first document only (`MergeValues` in its pkg/cli/values/options.go, `LoadFiles` in
/// its pkg/chart/loader/load.go).
///
/// # Errors
/// With Helm's text.
pub fn load_values(text: &str, dialect: Dialect) -> Result<values::Map, String> {
    if dialect.is_helm3() {
        return yaml::parse_map(text).map_err(|error| error.message);
    }
    let mut merged = values::Map::new();
    for document in documents(text)? {
        let map = yaml::parse_map(&document)
            .map_err(|error| format!("cannot unmarshal yaml document: {error}"))?;
        merged = values::merge::merge_maps(merged, &map);
    }
    Ok(merged)
}

/// What `YAMLReader.Read` gives until the end (k8s.io/apimachinery/pkg/util/yaml/decoder.go): a
/// `---` in front of a document stays with it, one behind it is dropped.
fn documents(text: &str) -> Result<Vec<Cow<'_, str>>, String> {
    if text.ends_with('\n') && !text.contains("---") && !text.contains('\r') {
        return Ok(vec![Cow::Borrowed(text)]);
    }
    let mut documents = Vec::new();
    let mut buffer = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("---") {
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                return Err(format!(
                    "error reading yaml document: invalid Yaml document separator: {rest}"
                ));
            }
            if !buffer.is_empty() {
                documents.push(Cow::Owned(std::mem::take(&mut buffer)));
                continue;
            }
        }
        buffer.push_str(line);
        buffer.push('\n');
    }
    if !buffer.is_empty() {
        documents.push(Cow::Owned(buffer));
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::documents;

    #[test]
    fn documents_are_cut_at_separators() {
        assert_eq!(documents("a: 1\n---\nb: 2").unwrap(), ["a: 1\n", "b: 2\n"]);
        assert_eq!(documents("--- # x\na: 1\n").unwrap(), ["--- # x\na: 1\n"]);
        assert_eq!(documents("a: 1\nb: x").unwrap(), ["a: 1\nb: x\n"]);
        assert_eq!(documents("a: 1\r\n").unwrap(), ["a: 1\n"]);
        assert!(documents("").unwrap().is_empty());
        assert_eq!(
            documents("--- a").unwrap_err(),
            "error reading yaml document: invalid Yaml document separator: a"
        );
    }
}
