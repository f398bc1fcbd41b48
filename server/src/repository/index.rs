//! `index.yaml`: what a Helm repository has. Addresses are relative, so that the index is right
//! behind any proxy and prefix, and times are fixed, so that it is the same on every server.

use values::{Map, Value, yaml};

use crate::charts::LoadedChart;

/// When everything here was made, as far as Helm is concerned: it wants a time, we have none.
const CREATED: &str = "1980-01-01T00:00:00Z";

/// The index of some charts, as YAML.
#[must_use]
pub fn print<'a>(charts: impl IntoIterator<Item = &'a LoadedChart>) -> String {
    let mut entries = Map::new();
    for chart in charts {
        let mut entry = chart.about.metadata.clone();
        entry.insert("created".to_owned(), CREATED.into());
        entry.insert("digest".to_owned(), chart.package.digest.as_str().into());
        let url = Value::from(chart.package.file_name.as_str());
        entry.insert("urls".to_owned(), vec![url].into());
        let versions = entries
            .entry(chart.about.info.name.clone())
            .or_insert_with(|| Value::List(Vec::new()));
        if let Value::List(versions) = versions {
            versions.push(entry.into());
        }
    }
    yaml::print(&Value::Map(Map::from([
        ("apiVersion".to_owned(), "v1".into()),
        ("entries".to_owned(), entries.into()),
        ("generated".to_owned(), CREATED.into()),
    ])))
}
