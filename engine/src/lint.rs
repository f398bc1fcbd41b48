//! Linting a chart with Helm's rules and words: what `helm lint` finds, as data.
//!
//! Follows pkg/chart/v2/lint of Helm 4.3.1, for [`Dialect::Helm3`] pkg/lint of Helm 3.22.0. A chart that cannot even be loaded is linted, too, so
//! what the rules look at comes as a [`Source`]: the files as they are written, and what loading
//! them came to.
//!
//! ```
//! use engine::SourceFile;
//! use engine::lint::{Options, Severity, Source, lint};
//! use engine::log::Log;
//!
//! let files = vec![
//!     SourceFile::new("Chart.yaml", "apiVersion: v2\nname: demo\nversion: '1'\n"),
//!     SourceFile::new("values.yaml", ""),
//!     SourceFile::new("templates/a.yaml", "kind: ConfigMap\nmetadata: {name: a}\n"),
//! ];
//! let source = Source::from_files("/charts/demo", files);
//! let findings = lint(&source, &Options::default(), &mut Log::default());
//! let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
//! assert_eq!(text, [
//!     "[INFO] Chart.yaml: icon is recommended",
//!     "[WARNING] Chart.yaml: version '1' is not a valid SemVerV2",
//! ]);
//! assert!(findings.iter().all(|finding| finding.severity < Severity::Error));
//! ```

mod addresses;
mod chartfile;
mod contents;
mod deprecations;
mod names;
mod resource;
mod source;
mod templates;
mod values_file;

use std::fmt;

use crate::capabilities::KubeVersion;
use crate::limits::Limits;
use crate::log::Log;
pub use source::{Folder, Source, loader};
pub(crate) use values_file::plain;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Against convention, will likely work.
    Warning,
    /// Will likely not work.
    Error,
}

/// One thing that a rule found. Displays as `helm lint` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The file or folder, as Helm names it; may be empty.
    pub path: String,
    /// What is wrong, in Helm's words.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Info => "INFO",
            Severity::Warning => "WARNING",
            Severity::Error => "ERROR",
        };
        write!(f, "[{severity}] {}: {}", self.path, self.message)
    }
}

/// What a chart is linted with.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the user gives: values files and `--set` flags, merged.
    pub values: values::Map,
    /// The namespace that templates see.
    pub namespace: String,
    /// The version of Kubernetes that deprecations are judged for; none for Helm's own.
    pub kube_version: Option<KubeVersion>,
    /// Do not check the values against values.schema.json.
    pub skip_schema: bool,
    /// What rendering the templates may use.
    pub limits: Limits,
    /// Where random functions start.
    pub seed: u64,
    /// What `now` is, in seconds since 1970.
    pub now_unix: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            values: values::Map::new(),
            namespace: "default".to_owned(),
            kube_version: None,
            skip_schema: false,
            limits: Limits::default(),
            seed: 0,
            now_unix: 0,
        }
    }
}

/// Lints a chart alone. What Helm would log on the way goes to `log`.
#[must_use]
pub fn lint(source: &Source, options: &Options, log: &mut Log) -> Vec<Finding> {
    Linter::new(options.clone()).lint(source, log)
}

/// Lints one chart after the other with the same values, as `helm lint A B` does.
///
/// That is more than [`lint`] for each: Helm's rule for values.yaml writes a chart's defaults into
/// the tables that it was given, where its rules for templates, and the next chart, find them.
#[derive(Debug)]
pub struct Linter {
    /// What the next chart is linted with. Changing the values changes nothing any more.
    pub options: Options,
    given: values::Map,
}

impl Linter {
    /// For the charts that are linted with these options.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let given = options.values.clone();
        Self { options, given }
    }

    /// Lints the next chart. What Helm would log on the way goes to `log`.
    #[must_use]
    pub fn lint(&mut self, source: &Source, log: &mut Log) -> Vec<Finding> {
        log.speak(source.dialect);
        let mut findings = Findings::default();
        chartfile::check(source, &mut findings);
        values_file::check(source, self, &mut findings, log);
        templates::check(source, self, &mut findings, log);
        contents::dependencies(source, &mut findings, log);
        if !source.dialect.is_helm3() {
            contents::crds(source, &mut findings, log);
        }
        findings.0
    }
}

/// What was found until now.
#[derive(Debug, Default)]
struct Findings(Vec<Finding>);

impl Findings {
    /// Notes what a rule found; says whether that is nothing (`RunLinterRule`).
    fn rule(&mut self, severity: Severity, path: &str, result: Result<(), String>) -> bool {
        match result {
            Ok(()) => true,
            Err(message) => {
                self.0.push(Finding {
                    severity,
                    path: path.to_owned(),
                    message,
                });
                false
            }
        }
    }
}
