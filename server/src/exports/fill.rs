//! Fills exports for one composition.

use std::sync::Arc;

use compose::{Composition, ValuesPath};
use values::Map;

use super::{Context, Export};
use crate::{charts::LoadedChart, compositions, error::AppError, state::AppState};

/// All that exports see of one composition.
#[derive(Debug)]
pub struct Filler {
    chart: Arc<LoadedChart>,
    composition: Composition,
    origin: String,
    values_url: String,
    manifests_url: String,
    page_url: String,
    secrets: Vec<String>,
    values: Map,
    withheld: Vec<String>,
}

impl Filler {
    /// For a composition that fits its chart, on a server that is reached at `origin`.
    ///
    /// # Errors
    /// When it is too long for any link.
    pub fn new(
        origin: &str,
        chart: Arc<LoadedChart>,
        composition: Composition,
    ) -> Result<Self, AppError> {
        let (query, left_out) = compositions::encode(&chart, &composition)?;
        let address = |path: &str| match query.as_str() {
            "" => format!("{origin}{path}"),
            query => format!("{origin}{path}?{query}"),
        };
        let merged = compositions::layers(&chart, &composition).values_for_helm();
        let (values, withheld) = chart.about.secrets.take_out(&merged);
        Ok(Self {
            values_url: for_helm(&address("/values.yaml")),
            manifests_url: address("/manifests.yaml"),
            page_url: address("/"),
            origin: origin.to_owned(),
            secrets: texts(&left_out),
            values,
            withheld: texts(&withheld),
            chart,
            composition,
        })
    }

    /// All exports, filled.
    ///
    /// # Errors
    /// When a template fails.
    pub fn all(&self, state: &AppState) -> Result<Vec<app::wire::Export>, AppError> {
        let filled = |export: &Export| {
            Ok(app::wire::Export {
                text: self.fill(state, export)?,
                ..export.about.clone()
            })
        };
        state.exports.all().iter().map(filled).collect()
    }

    /// The text of an export.
    ///
    /// # Errors
    /// When its template fails.
    pub fn fill(&self, state: &AppState, export: &Export) -> Result<String, AppError> {
        let context = Context {
            chart: &self.chart.about.info,
            release: &self.composition.release,
            environment: &self.composition.environment,
            origin: &self.origin,
            values_url: &self.values_url,
            manifests_url: &self.manifests_url,
            page_url: &self.page_url,
            secrets: &self.secrets,
            values: &self.values,
            withheld: &self.withheld,
        };
        state
            .exports
            .render(export, &context)
            .map_err(|error| AppError::Internal(format!("an export failed: {error}")))
    }
}

fn texts(paths: &[ValuesPath]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

/// An address as `helm -f` takes it: Helm splits that flag at commas and reads quotes, as CSV.
fn for_helm(url: &str) -> String {
    url.replace(',', "%2C").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::for_helm;

    #[test]
    fn addresses_for_helm_have_no_commas() {
        assert_eq!(
            for_helm("/values.yaml?set=a={1,2}"),
            "/values.yaml?set=a={1%2C2}"
        );
    }
}
