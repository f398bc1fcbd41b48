//! The rules for templates (rules/template.go): they render, and what they print is a manifest.

use std::sync::LazyLock;

use regex::bytes::Regex;
use values::Value as Tree;
use values::{go::quote, yaml};

use super::resource::{Documents, Resource};
use super::{Findings, Folder, Linter, Severity, Source, deprecations, names};
use crate::Dialect;
use crate::capabilities::KubeVersion;
use crate::chart::decode::Decoder;
use crate::log::Log;
use crate::render::lint::{LintRender, render_for_lint};

const FOLDER: &str = "templates/";

/// All of them.
pub(super) fn check(source: &Source, linter: &Linter, findings: &mut Findings, log: &mut Log) {
    let dialect = source.dialect;
    // Helm 3 goes on without.
    if source.templates == Folder::Missing && !dialect.is_helm3() {
        let missing = Err("directory does not exist".to_owned());
        findings.rule(Severity::Warning, FOLDER, missing);
        return;
    }
    if source.templates == Folder::NoFolder {
        let severity = match dialect {
            Dialect::Helm3 => Severity::Warning,
            Dialect::Helm4 => Severity::Error,
        };
        findings.rule(severity, FOLDER, Err("not a directory".to_owned()));
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
    let rendered = match render_for_lint(chart, &linter.given, &linter.options, log) {
        LintRender::Rendered(files) => files,
        // Helm says nothing of values that break a dependency.
        LintRender::Silent => return,
        LintRender::Refused(message) => {
            findings.rule(Severity::Error, FOLDER, Err(message));
            return;
        }
    };
    let version = linter.options.kube_version.clone();
    let version = version.unwrap_or_else(|| KubeVersion::default_of(dialect));
    for template in chart.templates() {
        let path = template.path.as_str();
        let extension = extension(path);
        findings.rule(Severity::Error, path, allowed(extension));
        if dialect.is_helm3() {
            findings.rule(
                Severity::Warning,
                path,
                no_crd_hook(template.data.as_bytes()),
            );
            findings.rule(
                Severity::Error,
                path,
                no_release_time(template.data.as_bytes()),
            );
        }
        let is_yaml = match dialect {
            Dialect::Helm3 => extension == ".yaml",
            Dialect::Helm4 => matches!(extension.to_lowercase().as_str(), ".yaml" | ".yml"),
        };
        if !is_yaml {
            continue;
        }
        let text = rendered
            .get(&format!("{}/{path}", chart.name()))
            .map_or("", |file| file.text());
        if !text.trim().is_empty() && !manifests(dialect, path, text, &version, findings) {
            return;
        }
    }
}

/// Checks what one template printed; false when it is no YAML, which ends the checks.
fn manifests(
    dialect: Dialect,
    path: &str,
    text: &str,
    version: &KubeVersion,
    findings: &mut Findings,
) -> bool {
    findings.rule(Severity::Warning, path, top_indent(text));
    for document in Documents::of(text, dialect) {
        let resource = match document {
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
        findings.rule(
            Severity::Error,
            path,
            list_annotations(dialect, &resource, text),
        );
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

/// `crdHookSearch` of Helm 3.
static CRD_HOOK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""?helm\.sh/hook"?:[\t\n\x0C\r ]+crd-install"#)
        .expect("a constant pattern that a test uses")
});

/// Helm 2 had hooks for CRDs.
fn no_crd_hook(template: &[u8]) -> Result<(), String> {
    match CRD_HOOK.is_match(template) {
        false => Ok(()),
        true => Err("manifest is a crd-install hook. This hook is no longer supported in v3 and all CRDs should also exist the crds/ directory at the top level of the chart".to_owned()),
    }
}

/// Helm 2 had the time of the release.
fn no_release_time(template: &[u8]) -> Result<(), String> {
    match memchr::memmem::find(template, b".Release.Time") {
        None => Ok(()),
        Some(_) => Err(".Release.Time has been removed in v3, please replace with the `now` function in your templates".to_owned()),
    }
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
fn list_annotations(dialect: Dialect, resource: &Resource, text: &str) -> Result<(), String> {
    if resource.kind != "List" {
        return Ok(());
    }
    let unreadable = |error: String| format!("unable to parse YAML: {error}");
    let document = yaml::parse_typed(text).map_err(|error| unreadable(error.message))?;
    let policies = policies(&document).map_err(unreadable)?;
    if policies {
        let first = match dialect {
            Dialect::Helm3 => 'A',
            Dialect::Helm4 => 'a',
        };
        return Err(format!(
            "{first}nnotation 'helm.sh/resource-policy' within List objects are ignored"
        ));
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
