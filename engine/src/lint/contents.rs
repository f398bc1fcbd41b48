//! The rules for charts/ and crds/ (rules/dependencies.go, rules/crds.go).

use std::collections::BTreeSet;

use super::resource::{Documents, Resource};
use super::{Findings, Folder, Severity, Source};
use crate::chart::Chart;
use crate::log::Log;

/// What charts/ holds is what Chart.yaml names.
pub(super) fn dependencies(source: &Source, findings: &mut Findings, log: &mut Log) {
    source.log_load(log);
    let loaded = source.chart.as_ref().map(|_| ());
    let loaded = loaded.map_err(|error| format!("unable to load chart\n\t{error}"));
    if !findings.rule(Severity::Error, "", loaded) {
        return;
    }
    let Ok(chart) = &source.chart else { return };
    findings.rule(Severity::Error, &source.folder, all_named(chart));
    findings.rule(Severity::Error, &source.folder, names_unique(chart));
    findings.rule(Severity::Warning, &source.folder, all_present(chart));
}

fn none_missing(message: &str, missing: &[&str]) -> Result<(), String> {
    match missing {
        [] => Ok(()),
        missing => Err(format!("{message}: {}", missing.join(","))),
    }
}

fn all_named(chart: &Chart) -> Result<(), String> {
    let named: BTreeSet<&str> = chart
        .metadata()
        .dependencies()
        .map(|dependency| dependency.name.as_str())
        .collect();
    let present = chart.dependencies().iter().map(|chart| chart.name());
    let missing: Vec<&str> = present.filter(|name| !named.contains(name)).collect();
    none_missing("chart metadata is missing these dependencies", &missing)
}

fn names_unique(chart: &Chart) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let names = chart
        .metadata()
        .dependencies()
        .map(|it| it.name_in_parent());
    let twice: Vec<&str> = names.filter(|name| !seen.insert(*name)).collect();
    none_missing("multiple dependencies with name or alias", &twice)
}

fn all_present(chart: &Chart) -> Result<(), String> {
    let present: BTreeSet<&str> = chart.dependencies().iter().map(|it| it.name()).collect();
    let named = chart.metadata().dependencies().map(|it| it.name.as_str());
    let missing: Vec<&str> = named.filter(|name| !present.contains(name)).collect();
    none_missing("chart directory is missing these dependencies", &missing)
}

/// What crds/ holds are CRDs, and no templates.
pub(super) fn crds(source: &Source, findings: &mut Findings, log: &mut Log) {
    let folder = match source.crds {
        Folder::Missing => return,
        Folder::Present => Ok(()),
        Folder::NoFolder => Err("not a directory".to_owned()),
    };
    if !findings.rule(Severity::Error, "crds/", folder) {
        return;
    }
    source.log_load(log);
    let loaded = source.chart.as_ref().map(|_| ()).map_err(Clone::clone);
    if !findings.rule(Severity::Error, "crds/", loaded) {
        return;
    }
    let Ok(chart) = &source.chart else { return };
    for crd in chart.crd_files() {
        for document in Documents::of(&crd.data.to_string_lossy(), source.dialect) {
            let resource = match document {
                Ok(resource) => resource,
                Err(error) => {
                    let error = format!("unable to parse YAML: {error}");
                    findings.rule(Severity::Error, &crd.path, Err(error));
                    return;
                }
            };
            if let Some(resource) = resource {
                findings.rule(Severity::Error, &crd.path, is_apiextensions(&resource));
                findings.rule(Severity::Error, &crd.path, is_definition(&resource));
            }
        }
    }
}

fn is_apiextensions(resource: &Resource) -> Result<(), String> {
    match resource.api_version.starts_with("apiextensions.k8s.io") {
        true => Ok(()),
        false => Err("apiVersion is not in 'apiextensions.k8s.io'".to_owned()),
    }
}

fn is_definition(resource: &Resource) -> Result<(), String> {
    match resource.kind == "CustomResourceDefinition" {
        true => Ok(()),
        false => Err("object kind is not 'CustomResourceDefinition'".to_owned()),
    }
}
