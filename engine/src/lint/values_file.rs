//! The rules for values.yaml (rules/values.go).

use values::{Map, yaml};

use super::{Findings, Linter, Severity, Source};
use crate::chart::Schema;
use crate::chart::coalesce::{Merge, Nulls};
use crate::log::{Level, Log};
use crate::value::{self, MapKind, Value};

const FILE: &str = "values.yaml";

/// All of them. Subcharts' values are not looked at here.
pub(super) fn check(source: &Source, linter: &mut Linter, findings: &mut Findings, log: &mut Log) {
    let Some(text) = &source.values_yaml else {
        findings.rule(Severity::Info, FILE, Err("file does not exist".to_owned()));
        return;
    };
    let result = text.clone().and_then(|data| {
        yaml::parse_map(&String::from_utf8_lossy(&data)).map_err(|error| error.message)
    });
    let result = match result {
        Ok(values) => fits_schema(source, &values, linter, log),
        // Helm reads this file into a type with a name.
        Err(error) => Err(format!(
            "unable to parse YAML: {}",
            error.replace(
                "type map[string]interface {}",
                &format!("type {}", source.dialect.values_kind().go_type())
            )
        )),
    };
    findings.rule(Severity::Error, FILE, result);
}

fn fits_schema(
    source: &Source,
    defaults: &Map,
    linter: &mut Linter,
    log: &mut Log,
) -> Result<(), String> {
    let merged = value::Map::new(MapKind::Any);
    let given = value::Map::from_values(MapKind::Any, &linter.given);
    let defaults = value::Map::from_values(MapKind::Any, defaults);
    let mut merge = Merge::new(Nulls::Remove);
    merge
        .tables(&merged, &given, log)
        .and_then(|()| merge.tables(&merged, &defaults, log))
        .map_err(|error| error.to_string())?;
    // The tables of both are the same: what came of the defaults is now in what was given.
    linter.given = plain(given)?;
    // Helm 3 skips the schema only where it renders.
    let skipped = linter.options.skip_schema && !source.dialect.is_helm3();
    if source.schema.is_empty() || skipped {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&source.schema).into_owned();
    log.push(
        Level::Debug,
        "unmarshalled JSON schema",
        vec![("schema", text)],
    );
    Schema::new(source.schema.clone()).check(&plain(merged)?)
}

/// Values as a schema sees them.
pub(crate) fn plain(map: value::Map) -> Result<Map, String> {
    match Value::Map(map).to_tree() {
        Ok(values::Value::Map(map)) => Ok(map),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(error.to_string()),
    }
}
