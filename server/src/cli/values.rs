//! The values that a command line gives, merged in Helm's order.
//!
//! Follows `MergeValues` (pkg/cli/values/options.go) of Helm 4.3.1 and 3.22.0.

use compose::layers::says;
use engine::chart::load_values;
use engine::{Chart, Dialect};
use values::merge::merge_maps;
use values::set::{self, Flag, SetError};
use values::{Map, Segment, ValuesPath};

use super::disk::read_file;
use super::flags::Flags;

/// The values that a command line gives, and which of its words give which.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// All of them, merged.
    pub(super) merged: Map,
    /// Each file and flag alone, in the order in which they are merged; with `--explain` only.
    layers: Vec<(String, Map)>,
}

impl Given {
    /// The file or flag that set the value at a path or took it away; the chart's own values file
    /// if none did.
    pub(super) fn layer(&self, chart: &Chart, path: &ValuesPath) -> Option<String> {
        let mut layers = self.layers.iter().rev();
        layers
            .find(|(_, values)| says(values, path))
            .map(|(name, _)| name.clone())
            .or_else(|| default_layer(chart, path, ""))
    }
}

/// The values file of the chart, or of the subchart in it, that sets a value.
fn default_layer(chart: &Chart, path: &ValuesPath, folder: &str) -> Option<String> {
    if says(chart.values(), path) {
        return Some(format!("{folder}values.yaml"));
    }
    let (Segment::Key(first), rest) = path.segments().split_first()? else {
        return None;
    };
    let mut subcharts = chart.dependencies().iter();
    let subchart = subcharts.find(|subchart| subchart.name() == first)?;
    let folder = format!("{folder}charts/{first}/");
    default_layer(subchart, &ValuesPath::from(rest.to_vec()), &folder)
}

/// All values files, then the `--set` family, each kind of flag on its own.
pub(super) fn merge(flags: &Flags, dialect: Dialect) -> Result<Given, String> {
    let mut given = Given::default();
    let explain = flags.is("explain");
    for name in flags.all("values") {
        let text = read_file(name)?;
        let map = load_values(&String::from_utf8_lossy(&text), dialect)
            .map_err(|error| format!("failed to parse {name}: {error}"))?;
        given.merged = merge_maps(given.merged, &map);
        if explain {
            given.layers.push((name.to_owned(), map));
        }
    }
    for flag in [
        Flag::Json,
        Flag::Set,
        Flag::String,
        Flag::File,
        Flag::Literal,
    ] {
        for text in flags.all(flag.as_str().trim_start_matches('-')) {
            lay(flag, text, dialect, &mut given.merged).map_err(|error| match flag {
                Flag::Json if dialect.is_helm3() => {
                    format!("failed parsing --set-json data {text}")
                }
                _ => flag.describe(text, &error),
            })?;
            let mut alone = Map::new();
            // Not the flag's text: it may hold a secret.
            if explain && lay(flag, text, dialect, &mut alone).is_ok() {
                given.layers.push((flag.as_str().to_owned(), alone));
            }
        }
    }
    Ok(given)
}

fn lay(flag: Flag, text: &str, dialect: Dialect, values: &mut Map) -> Result<(), SetError> {
    let read =
        &mut |name: &str| read_file(name).map(|data| String::from_utf8_lossy(&data).into_owned());
    match flag {
        _ if dialect.is_helm3() => set::parse_as_helm3(flag, text, values, read),
        Flag::Json => set::parse_set_json(text, values),
        Flag::Set => set::parse_set(text, values),
        Flag::String => set::parse_set_string(text, values),
        Flag::Literal => set::parse_set_literal(text, values),
        Flag::File => set::parse_set_file(text, values, read),
    }
}
