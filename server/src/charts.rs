//! The charts that a server composes: read from disk or from the binary, checked and compiled once,
//! with all that is made from them (form, environments, archive).

mod changes;
mod news;
mod shelf;
mod source;
mod subcharts;
mod watch;

use std::{collections::BTreeMap, io, sync::Arc};

use app::wire::{ChartData, ChartInfo, Environment};
use compose::{
    FormModel,
    form::{self, Places, SecretPaths},
    requirements,
};
use engine::{Chart, CompiledChart, SourceFile};
use sha2::{Digest as _, Sha256};
use values::{Map, ValuesPath, yaml};

use crate::{assets, repository::Package};
pub use shelf::Charts;
pub use source::Source;
pub use watch::keep_reading;

/// Why a chart cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// Its files cannot be read.
    #[error("cannot read the chart")]
    Read(#[from] io::Error),
    /// Helm would not take it either.
    #[error(transparent)]
    Engine(#[from] engine::Error),
    /// A values or schema file cannot be read.
    #[error("`{file}`: {message}")]
    File {
        /// The file.
        file: String,
        /// What is wrong with it.
        message: String,
    },
    /// Two charts of the same name.
    #[error("two charts have the same name: `{0}`")]
    Twice(String),
}

/// A chart, ready for composing.
#[derive(Debug)]
pub struct LoadedChart {
    /// What a person composes; states of the chart that differ in their templates share it.
    pub about: Arc<About>,
    /// SHA-256 over its files.
    pub digest: String,
    /// Its templates, compiled.
    pub program: CompiledChart,
    /// Its archive, for the repository.
    pub package: Package,
    /// What each of its files holds, as a number: to say which of them changed.
    files: BTreeMap<String, u64>,
}

/// What follows from all of a chart's files but its templates.
#[derive(Debug)]
pub struct About {
    /// How the chart introduces itself.
    pub info: ChartInfo,
    /// All of `Chart.yaml`.
    pub metadata: Map,
    /// The form made from it.
    pub form: Arc<FormModel>,
    /// What the form has where.
    pub places: Places,
    /// The values that never enter a link.
    pub secrets: Arc<SecretPaths>,
    /// The paths of all values that decide what needs what.
    pub switches: Arc<[ValuesPath]>,
    /// Its default values.
    pub defaults: Arc<Map>,
    /// Its environments, in display order.
    pub environments: Arc<Vec<Environment>>,
    /// Digest of what a page draws its form from.
    pub shape: String,
}

impl LoadedChart {
    /// Prepares a chart.
    ///
    /// # Errors
    /// When Helm would refuse it or one of its files cannot be read.
    pub fn load(source: Source) -> Result<Self, ChartError> {
        Self::load_after(source, None)
    }

    /// Prepares a chart of which there was another state `before`: while its templates are edited,
    /// what is known about it stays.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_after(source: Source, before: Option<&Self>) -> Result<Self, ChartError> {
        let chart = Arc::new(source.chart()?);
        let files = changes::numbers(chart.files());
        let about = match before.filter(|before| changes::are_of_templates(&before.files, &files)) {
            Some(before) => Arc::clone(&before.about),
            None => Arc::new(About::of(&chart)?),
        };
        Ok(Self {
            about,
            package: source.package(&chart)?,
            digest: chart.digest().to_owned(),
            program: CompiledChart::compile(chart)?,
            files,
        })
    }

    /// What a page needs of its files.
    #[must_use]
    pub fn data(&self) -> ChartData {
        ChartData {
            form: Arc::clone(&self.about.form),
            defaults: Arc::clone(&self.about.defaults),
            environments: Arc::clone(&self.about.environments),
        }
    }

    /// The values of an environment; `None` when there is none of that name, `base` is empty.
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<Map> {
        if name == compose::BASE || name.is_empty() {
            return Some(Map::new());
        }
        self.about
            .environments
            .iter()
            .find(|known| known.name == name)
            .map(|known| known.values.clone())
    }
}

impl About {
    /// Reads values, schema and comments, and makes the form of them.
    fn of(chart: &Chart) -> Result<Self, ChartError> {
        let broken = |file: &str, message: String| ChartError::File {
            file: file.to_owned(),
            message,
        };
        let metadata = String::from_utf8_lossy(chart.file("Chart.yaml").unwrap_or_default());
        let metadata =
            yaml::parse_map(&metadata).map_err(|e| broken("Chart.yaml", e.to_string()))?;
        let schema = match chart.schema() {
            Some(schema) => Some(
                serde_json::from_slice(schema)
                    .map_err(|e| broken("values.schema.json", e.to_string()))?,
            ),
            None => None,
        };
        let mut environments = Vec::new();
        for (name, text) in chart.environments() {
            let values = yaml::parse_map(&text)
                .map_err(|e| broken(&format!("values-{name}.yaml"), e.to_string()))?;
            environments.push(Environment { name, values });
        }
        environments.sort_by_key(|environment| rank(&environment.name));
        let text = |key: &str| {
            metadata
                .get(key)
                .and_then(values::Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let info = ChartInfo {
            name: chart.name().to_owned(),
            version: chart.version().to_owned(),
            app_version: text("appVersion"),
            description: text("description"),
        };
        let defaults = subcharts::defaults(chart);
        let extras = subcharts::extras(chart);
        let form = form::build_with(schema.as_ref(), &defaults, chart.values_text(), &extras);
        Ok(Self {
            shape: shape(&(&info, &form, &defaults, &environments)),
            places: Places::of(&form),
            secrets: Arc::new(form.secrets()),
            switches: requirements::looked_at(&form).into(),
            form: Arc::new(form),
            defaults: Arc::new(defaults),
            info,
            metadata,
            environments: Arc::new(environments),
        })
    }
}

/// SHA-256 over something as JSON.
fn shape(of: &impl serde::Serialize) -> String {
    base16ct::lower::encode_string(&Sha256::digest(serde_json::to_vec(of).unwrap_or_default()))
}

/// Environments from small to large, as most teams name them; all others behind, by name.
fn rank(name: &str) -> (usize, String) {
    const KNOWN: [&str; 8] = [
        "local",
        "dev",
        "development",
        "test",
        "staging",
        "stage",
        "prod",
        "production",
    ];
    let place = KNOWN
        .iter()
        .position(|known| *known == name)
        .unwrap_or(KNOWN.len());
    (place, name.to_owned())
}

/// The FLTS chart: embedded, or in a development build the repository's own folder.
pub(crate) fn bundled() -> io::Result<Source> {
    match assets::CHART {
        Some(files) => {
            let files = files.iter();
            let files = files.map(|(path, data)| SourceFile::new(*path, *data));
            Ok(Source::Files(files.collect()))
        }
        None => Source::read(&assets::repository().join("chart")),
    }
}
