//! The charts that a server composes: read from disk or from the binary, checked and compiled once,
//! with all that is made from them (form, environments, archive).

mod source;

use std::{io, path::Path, sync::Arc};

use app::wire::{ChartInfo, Environment};
use compose::FormModel;
use engine::CompiledChart;
use values::{Map, yaml};

use crate::{assets, repository::Package};
pub use source::Source;

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
    /// How it introduces itself.
    pub info: ChartInfo,
    /// All of `Chart.yaml`.
    pub metadata: Map,
    /// SHA-256 over its files.
    pub digest: String,
    /// Its templates, compiled.
    pub program: CompiledChart,
    /// The form made from it.
    pub form: FormModel,
    /// Its default values.
    pub defaults: Map,
    /// Its environments, in display order.
    pub environments: Vec<Environment>,
    /// Its archive, for the repository.
    pub package: Package,
}

impl LoadedChart {
    /// Prepares a chart.
    ///
    /// # Errors
    /// When Helm would refuse it or one of its files cannot be read.
    pub fn load(source: Source) -> Result<Self, ChartError> {
        let chart = Arc::new(source.chart()?);
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
        Ok(Self {
            package: source.package(&chart)?,
            form: compose::form::build(schema.as_ref(), chart.values(), chart.values_text()),
            digest: chart.digest().to_owned(),
            defaults: chart.values().clone(),
            program: CompiledChart::compile(Arc::clone(&chart))?,
            info,
            metadata,
            environments,
        })
    }

    /// The values of an environment; `None` when there is none of that name, `base` is empty.
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<Map> {
        if name == compose::BASE || name.is_empty() {
            return Some(Map::new());
        }
        self.environments
            .iter()
            .find(|known| known.name == name)
            .map(|known| known.values.clone())
    }
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

/// The charts of a server; never empty.
#[derive(Debug, Clone)]
pub struct Charts {
    first: Arc<LoadedChart>,
    more: Vec<Arc<LoadedChart>>,
}

impl Charts {
    /// Reads the charts at `paths` (folders or archives), or without any the FLTS chart.
    ///
    /// # Errors
    /// With the path of the chart that cannot be served.
    pub fn open(paths: &[impl AsRef<Path>]) -> Result<Self, (String, ChartError)> {
        let Some((first, more)) = paths.split_first() else {
            let bundled = bundled()
                .map_err(ChartError::from)
                .and_then(LoadedChart::load);
            return Ok(Self::one(
                bundled.map_err(|e| ("the FLTS chart".to_owned(), e))?,
            ));
        };
        let load = |path: &Path| {
            let loaded = Source::read(path)
                .map_err(ChartError::from)
                .and_then(LoadedChart::load);
            loaded.map_err(|e| (path.display().to_string(), e))
        };
        let mut charts = Self::one(load(first.as_ref())?);
        for path in more {
            let chart = load(path.as_ref())?;
            if charts.get(&chart.info.name).is_some() {
                let name = chart.info.name.clone();
                return Err((path.as_ref().display().to_string(), ChartError::Twice(name)));
            }
            charts.more.push(Arc::new(chart));
        }
        Ok(charts)
    }

    /// A single chart.
    #[must_use]
    pub fn one(chart: LoadedChart) -> Self {
        Self {
            first: Arc::new(chart),
            more: Vec::new(),
        }
    }

    /// The chart that `/` shows.
    #[must_use]
    pub fn first(&self) -> &Arc<LoadedChart> {
        &self.first
    }

    /// The chart of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<LoadedChart>> {
        self.iter().find(|chart| chart.info.name == name)
    }

    /// All charts, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<LoadedChart>> {
        std::iter::once(&self.first).chain(&self.more)
    }
}

/// The FLTS chart: embedded, or in a development build the repository's own folder.
fn bundled() -> io::Result<Source> {
    match assets::CHART {
        Some(files) => {
            let owned = files
                .iter()
                .map(|(path, data)| ((*path).to_owned(), data.to_vec()));
            Ok(Source::Files(owned.collect()))
        }
        None => Source::read(&assets::repository().join("chart")),
    }
}
