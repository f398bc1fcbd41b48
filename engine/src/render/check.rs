//! What Helm refuses before it looks at a template.

use values::ValuesPath;

use super::misfits::Misfits;
use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::chart::tree::{NodeId, Tree};
use crate::log::{Event, Level, Log};
use crate::semver::is_compatible_range;
use crate::value::{Map, Value};
use crate::{Dialect, Error, ErrorKind};

/// Libraries cannot be installed (`checkIfInstallable`).
pub(super) fn installable(chart: &Chart) -> Result<(), Error> {
    match chart.metadata().kind.as_str() {
        "" | "application" => Ok(()),
        kind => Err(Error::new(
            ErrorKind::Chart,
            format!("{kind} charts are not installable"),
        )),
    }
}

/// Every chart that Chart.yaml names lies in charts/ (`CheckDependencies`).
pub(super) fn dependencies_present(chart: &Chart) -> Result<(), Error> {
    let missing: Vec<&str> = chart
        .metadata()
        .dependencies()
        .map(|wanted| wanted.name.as_str())
        .filter(|wanted| {
            !chart
                .dependencies()
                .iter()
                .any(|present| present.name() == *wanted)
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let before = match chart.dialect() {
        // pkg/cmd/install.go
        Dialect::Helm4 => {
            "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies"
        }
        // cmd/helm/install.go
        Dialect::Helm3 => {
            "An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies"
        }
    };
    let message = format!(
        "{before}: found in Chart.yaml, but missing in charts/ directory: {}",
        missing.join(", ")
    );
    Err(Error::new(ErrorKind::Dependencies, message))
}

/// The chart supports the cluster's Kubernetes version.
pub(super) fn kube_version(chart: &Chart, capabilities: &Capabilities) -> Result<(), Error> {
    let wanted = &chart.metadata().kube_version;
    let actual = &capabilities.kube_version;
    if wanted.is_empty() || is_compatible_range(wanted, &actual.normalized) {
        return Ok(());
    }
    let message = format!(
        "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {}",
        actual.version
    );
    Err(Error::new(ErrorKind::Incompatible, message))
}

/// Whether [`schemas`] has anything to say about these values: a chart has a schema, or a subchart's
/// values are no table.
pub(super) fn looks_at(tree: &Tree<'_>, node: NodeId, values: &Map) -> bool {
    tree.chart(node).checked_schema().is_some()
        || tree.dependencies(node).iter().any(|&child| {
            match values.get(tree.name(child).as_bytes()) {
                None | Some(Value::Nil) => false,
                Some(Value::Map(values)) => looks_at(tree, child, &values),
                Some(_) => true,
            }
        })
}

/// The values fit every chart's schema (`ValidateAgainstSchema`).
pub(super) fn schemas(tree: &Tree<'_>, values: &values::Map, log: &mut Log) -> Result<(), Error> {
    let mut report = Report::default();
    check_schema(
        tree,
        Tree::ROOT,
        values,
        &ValuesPath::root(),
        &mut report,
        log,
    );
    let Report { text, misfits } = report;
    if text.is_empty() {
        return Ok(());
    }
    let message = format!(
        "values don't meet the specifications of the schema(s) in the following chart(s):\n{text}"
    );
    let error = Error::new(ErrorKind::Schema, message).with_involved(misfits.involved);
    Err(match misfits.hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    })
}

/// What is wrong with the values, for Helm's sentence and for people.
#[derive(Debug, Default)]
struct Report {
    text: String,
    misfits: Misfits,
}

fn check_schema(
    tree: &Tree<'_>,
    node: NodeId,
    values: &values::Map,
    path: &ValuesPath,
    report: &mut Report,
    log: &mut Log,
) {
    let name = tree.name(node).to_owned();
    if let Some(schema) = tree.chart(node).checked_schema() {
        // Each time a copy of the whole schema, for a log that seldom asks for it.
        if log.is_debug() {
            log.push(
                Level::Debug,
                "chart name",
                vec![("chart-name", name.clone())],
            );
            let text = String::from_utf8_lossy(schema.text()).into_owned();
            log.push(
                Level::Debug,
                "unmarshalled JSON schema",
                vec![("schema", text)],
            );
        }
        let checked = schema.check(values);
        for urn in schema.unresolved() {
            let urn = urn.clone();
            log.say(&Event::UnresolvedUrn { urn });
        }
        if let Err(error) = checked {
            report.misfits.add(&error, path, values);
            report
                .text
                .push_str(&format!("{}:\n{error}", tree.name(node)));
        }
    }
    let count = tree.dependencies(node).len().to_string();
    let attributes = vec![("chart", name), ("dependencies", count)];
    log.push(
        Level::Debug,
        "number of dependencies in the chart",
        attributes,
    );
    for &child in tree.dependencies(node) {
        let name = tree.name(child);
        let go_type = match values.get(name) {
            None | Some(values::Value::Null) => continue,
            Some(values::Value::Map(values)) => {
                check_schema(tree, child, values, &path.key(name), report, log);
                continue;
            }
            Some(values::Value::Bool(_)) => "bool",
            Some(values::Value::Int(_)) => "int64",
            Some(values::Value::Float(_)) => "float64",
            Some(values::Value::String(_)) => "string",
            Some(values::Value::List(_)) => "[]interface {}",
        };
        report.text.push_str(&format!(
            "{name}:\ninvalid type for values: expected object (map), got {go_type}\n"
        ));
    }
}
