//! What the charts in a chart bring along: their default values under their names, as Helm
//! coalesces them, and what their forms are made from.

use compose::form::{Extras, Subchart};
use engine::Chart;
use values::{Map, Value, merge::merge_maps};

/// How deep charts may nest, as far as the form follows them.
const MAX_DEPTH: usize = 6;

/// A chart's default values with those of its subcharts beneath.
pub(super) fn defaults(chart: &Chart) -> Map {
    defaults_at(chart, 0)
}

fn defaults_at(chart: &Chart, depth: usize) -> Map {
    let mut all = chart.values().clone();
    for (key, subchart) in subcharts(chart, depth) {
        let mut own = defaults_at(subchart, depth + 1);
        // The parent's `global` holds for all: shown once, at the top.
        own.remove("global");
        let merged = match all.remove(&key) {
            Some(Value::Map(over)) => merge_maps(own, &over),
            // What is no table makes Helm leave the subchart's values out, with a warning.
            Some(other) if !other.is_null() => {
                all.insert(key, other);
                continue;
            }
            _ => own,
        };
        if !merged.is_empty() {
            all.insert(key, Value::Map(merged));
        }
    }
    all
}

/// What the form is made from beside values and schema.
pub(super) fn extras(chart: &Chart) -> Extras {
    extras_at(chart, 0)
}

fn extras_at(chart: &Chart, depth: usize) -> Extras {
    let questions = ["questions.yaml", "questions.yml"]
        .iter()
        .find_map(|name| chart.file(name))
        .map(|data| String::from_utf8_lossy(data).into_owned());
    let subcharts = subcharts(chart, depth)
        .map(|(key, subchart)| Subchart {
            key,
            schema: subchart
                .schema()
                .and_then(|schema| serde_json::from_slice(schema).ok()),
            values_text: subchart.values_text().to_owned(),
            extras: extras_at(subchart, depth + 1),
        })
        .collect();
    Extras {
        questions,
        subcharts,
    }
}

/// The charts in charts/, each under the names that the parent gives it. One that the parent does
/// not mention goes by its own name; libraries have no values of their own.
fn subcharts(chart: &Chart, depth: usize) -> impl Iterator<Item = (String, &Chart)> {
    let known = chart
        .dependencies()
        .iter()
        .filter(move |subchart| depth < MAX_DEPTH && !subchart.metadata().is_library());
    known.flat_map(|subchart| {
        let named: Vec<String> = chart
            .metadata()
            .dependencies()
            .filter(|dependency| dependency.name == subchart.name())
            .map(|dependency| dependency.name_in_parent().to_owned())
            .collect();
        let names = if named.is_empty() {
            vec![subchart.name().to_owned()]
        } else {
            named
        };
        names.into_iter().map(move |name| (name, &**subchart))
    })
}
