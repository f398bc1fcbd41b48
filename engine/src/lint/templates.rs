//! The rules for templates (rules/template.go): they render, and what they print is a manifest.

use values::Value as Tree;
use values::{go::quote, yaml};

use super::resource::{Document, Documents, Resource};
use super::{Findings, Folder, Options, Severity, Source, deprecations, names};
use crate::capabilities::KubeVersion;
use crate::chart::decode::Decoder;
use crate::log::Log;
use crate::render::lint::{LintRender, render_for_lint};

const FOLDER: &str = "templates/";

/// All of them.
pub(super) fn check(source: &Source, options: &Options, findings: &mut Findings, log: &mut Log) {
    if source.templates == Folder::Missing {
        let missing = Err("directory does not exist".to_owned());
        findings.rule(Severity::Warning, FOLDER, missing);
        return;
    }
    if source.templates == Folder::NoFolder {
        findings.rule(Severity::Error, FOLDER, Err("not a directory".to_owned()));
        return;
    }
    source.log_load(log);
    let chart = match &source.chart {
        Ok(chart) => chart,
        Err(error) => {
            findings.rule(Severity::Error, FOLDER, Err(error.clone()));
            return;
        }
    };
    let rendered = match render_for_lint(chart, options, log) {
        LintRender::Rendered(files) => files,
        // Helm says nothing of values that break a dependency.
        LintRender::Silent => return,
        LintRender::Refused(message) => {
            findings.rule(Severity::Error, FOLDER, Err(message));
            return;
        }
    };
    let version = options.kube_version.clone().unwrap_or_default();
    for template in chart.templates() {
        let path = template.path.as_str();
        let extension = extension(path);
        findings.rule(Severity::Error, path, allowed(extension));
        if !matches!(extension.to_lowercase().as_str(), ".yaml" | ".yml") {
            continue;
        }
        let text = rendered
            .get(&format!("{}/{path}", chart.name()))
            .map_or("", |file| file.text());
        if !text.trim().is_empty() && !manifests(path, text, &version, findings) {
            return;
        }
    }
}

/// Checks what one template printed; false when it is no YAML, which ends the checks.
fn manifests(path: &str, text: &str, version: &KubeVersion, findings: &mut Findings) -> bool {
    findings.rule(Severity::Warning, path, top_indent(text));
    for document in Documents::of(text) {
        let resource = match document.and_then(Document::resource) {
            Ok(resource) => resource,
            Err(error) => {
                let error = format!("unable to parse YAML: {error}");
                return findings.rule(Severity::Error, path, Err(error));
            }
        };
        let Some(resource) = resource else { continue };
        let name = names::check(&resource.kind, &resource.name);
        findings.rule(Severity::Warning, path, name);
        findings.rule(Severity::Warning, path, not_deprecated(&resource, version));
        findings.rule(Severity::Error, path, has_selector(&resource, text));
        findings.rule(Severity::Error, path, list_annotations(&resource, text));
    }
    true
}

/// `filepath.Ext`.
fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rfind('.').map_or("", |dot| &name[dot..])
}

fn allowed(extension: &str) -> Result<(), String> {
    if matches!(extension, ".yaml" | ".yml" | ".tpl" | ".txt") {
        return Ok(());
    }
    Err(format!(
        "file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"
    ))
}

/// The first line that is not empty is not indented. Go's scanner gives up at a line of 64 KiB.
fn top_indent(text: &str) -> Result<(), String> {
    const MAX_LINE: usize = 64 * 1024;
    for line in text.split('\n') {
        if line.len() >= MAX_LINE {
            return Err("bufio.Scanner: token too long".to_owned());
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            return Err(format!(
                "document starts with an illegal indent: {}, which may cause parsing problems",
                quote(line)
            ));
        }
        return Ok(());
    }
    Ok(())
}

fn not_deprecated(resource: &Resource, version: &KubeVersion) -> Result<(), String> {
    let number = |text: &str| text.parse().unwrap_or_default();
    let version = (number(&version.major), number(&version.minor));
    match deprecations::warning(&resource.api_version, &resource.kind, version) {
        Some(warning) => Err(warning),
        None => Ok(()),
    }
}

/// Workloads say which pods are theirs. Helm looks for the words anywhere in the file.
fn has_selector(resource: &Resource, text: &str) -> Result<(), String> {
    let selects = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"];
    let found = text.contains("matchLabels") || text.contains("matchExpressions");
    if found || !selects.contains(&resource.kind.as_str()) {
        return Ok(());
    }
    Err(format!(
        "a {} must contain matchLabels or matchExpressions, and {} does not",
        resource.kind,
        quote(&resource.name)
    ))
}

/// Resource policies in a List are not heard. Helm reads the first document of the file.
fn list_annotations(resource: &Resource, text: &str) -> Result<(), String> {
    if resource.kind != "List" {
        return Ok(());
    }
    let unreadable = |error: String| format!("unable to parse YAML: {error}");
    let document = yaml::parse_typed(text).map_err(|error| unreadable(error.message))?;
    let policies = policies(&document).map_err(unreadable)?;
    if policies {
        return Err(
            "annotation 'helm.sh/resource-policy' within List objects are ignored".to_owned(),
        );
    }
    Ok(())
}

/// Whether an item of the list has a resource policy.
fn policies(document: &Tree) -> Result<bool, String> {
    const ITEM: &str = "struct { Metadata struct { Annotations map[string]string } }";
    const LIST: &str =
        "struct { Items []struct { Metadata struct { Annotations map[string]string } } }";
    let is = |key: &str, field: &str| key.eq_ignore_ascii_case(field);
    let mut found = false;
    let mut d = Decoder::default();
    for (key, items) in d.table(document, LIST).into_iter().flatten() {
        if !is(key, "items") {
            continue;
        }
        d.field("", "Items", |d| {
            for item in d.list(items, &format!("[]{ITEM}")).into_iter().flatten() {
                for (key, metadata) in d.table(item, ITEM).into_iter().flatten() {
                    if !is(key, "metadata") {
                        continue;
                    }
                    d.field("", "Metadata", |d| {
                        let inner = "struct { Annotations map[string]string }";
                        for (key, annotations) in d.table(metadata, inner).into_iter().flatten() {
                            if is(key, "annotations") {
                                let mut all = std::collections::BTreeMap::new();
                                d.field("", "Annotations", |d| d.string_map(annotations, &mut all));
                                found |= all.contains_key("helm.sh/resource-policy");
                            }
                        }
                    });
                }
            }
        });
    }
    d.finish(found)
}
