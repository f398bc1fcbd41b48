//! `chartroom lint`: the flags, the output, the errors and the exit code of `helm lint`.
//!
//! Follows pkg/cmd/lint.go and pkg/action/lint.go of Helm 4.3.1, with `--helm 3` cmd/helm/lint.go of
//! Helm 3.22.0.

mod source;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use engine::Dialect;
use engine::lint::{Finding, Linter, Options, Severity};

use super::flags::specs::{GLOBAL, GLOBAL_HELM4, LINT, OWN, VALUES};
use super::flags::{Flags, Spec};
use super::request::{kube_version, limits, log, namespace, now};
use super::{dialect, finish, print, values, words};
use crate::render;

/// Lints what the command line asks for.
#[must_use]
pub fn run(args: Vec<OsString>) -> ExitCode {
    let mut words = words(args);
    finish(dialect::take(&mut words).and_then(|dialect| {
        let known: &[&[Spec]] = match dialect {
            Dialect::Helm3 => &[GLOBAL, VALUES, LINT, OWN],
            Dialect::Helm4 => &[GLOBAL, GLOBAL_HELM4, VALUES, LINT, OWN],
        };
        let flags = Flags::parse(words, known)?;
        if flags.is("help") {
            return Ok(HELP.into());
        }
        lint_all(&flags, dialect).map(String::into_bytes)
    }))
}

const HELP: &str = "
Examine charts for possible issues, as `helm lint` does: same rules, output and exit code.

Usage:
  chartroom lint PATH... [flags]

Flags:
      --helm 3|4                 with the rules of Helm 3.22.0 or 4.3.1 (default 4)
      --kube-version TEXT        the version of Kubernetes that deprecations are judged for
      --limit NAME=NUMBER        what a render may use, as for `chartroom template`
  -n, --namespace TEXT           the namespace that templates see
      --quiet                    print only warnings and errors
      --set, --set-file, --set-json, --set-literal, --set-string TEXT
                                 values, as for `chartroom template`
      --skip-schema-validation   do not check values against values.schema.json
      --strict                   fail on warnings, too
  -f, --values FILE              values in a YAML file
      --with-subcharts           lint the charts in charts/, too
";

fn lint_all(flags: &Flags, dialect: Dialect) -> Result<String, String> {
    let mut paths = flags.arguments.clone();
    if paths.is_empty() && dialect.is_helm3() {
        paths.push(".".to_owned());
    }
    if paths.is_empty() {
        return Err(
            "\"helm lint\" requires at least 1 argument\n\nUsage:  helm lint PATH [flags]"
                .to_owned(),
        );
    }
    if !dialect.is_helm3() {
        flags.check_color()?;
    }
    let kube_version = kube_version(flags, dialect)?;
    if flags.is("with-subcharts") {
        for path in &paths.clone() {
            subcharts(&source::join(path, "charts"), &mut paths, 0);
        }
    }
    let now = now();
    let mut linter = Linter::new(Options {
        values: values::merge(flags, dialect)?.merged,
        namespace: namespace(flags),
        kube_version,
        skip_schema: flags.is("skip-schema-validation"),
        seed: render::seed(),
        now_unix: i64::try_from(now.as_secs()).unwrap_or_default(),
        ..Options::default()
    });
    let quiet = flags.is("quiet");
    let tolerated = match flags.is("strict") {
        true => Severity::Info,
        false => Severity::Warning,
    };
    let mut report = Report::default();
    for path in &paths {
        let mut log = log(flags);
        // The time of each chart begins with it.
        linter.options.limits = limits(flags)?;
        let linted = source::read(path, dialect).map(|source| linter.lint(&source, &mut log));
        log.lines().iter().for_each(|line| eprintln!("{line}"));
        report.chart(path, &linted, quiet, tolerated);
    }
    let summary = format!(
        "{} chart(s) linted, {} chart(s) failed",
        paths.len(),
        report.failed
    );
    if report.failed > 0 {
        print(report.text.as_bytes());
        return Err(summary);
    }
    if !quiet || report.worse_than_info {
        report.text.push_str(&summary);
        report.text.push('\n');
    }
    Ok(report.text)
}

/// What is printed in the end.
#[derive(Default)]
struct Report {
    text: String,
    failed: usize,
    worse_than_info: bool,
}

impl Report {
    fn chart(
        &mut self,
        path: &str,
        linted: &Result<Vec<Finding>, String>,
        quiet: bool,
        tolerated: Severity,
    ) {
        let findings = linted.as_deref().unwrap_or_default();
        let worse = linted.is_err() || findings.iter().any(|it| it.severity > Severity::Info);
        self.worse_than_info |= worse;
        if quiet && !worse {
            return;
        }
        self.text.push_str(&format!("==> Linting {path}\n"));
        if let Err(error) = linted {
            self.text.push_str(&format!("Error {error}\n"));
        }
        for finding in findings {
            if !quiet || finding.severity > Severity::Info {
                self.text.push_str(&format!("{finding}\n"));
            }
        }
        self.text.push('\n');
        if linted.is_err() || findings.iter().any(|it| it.severity > tolerated) {
            self.failed += 1;
        }
    }
}

/// How deep folders of charts are walked.
const MAX_DEPTH: usize = 64;

/// The charts below a folder, in the order of `filepath.Walk`: links are not followed.
fn subcharts(folder: &str, found: &mut Vec<String>, depth: usize) {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|info| info.is_dir());
    if !is_folder || depth > MAX_DEPTH {
        return;
    }
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for name in names {
        let path = format!("{folder}/{name}");
        if name == "Chart.yaml" {
            found.push(folder.to_owned());
        } else if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
            found.push(path.clone());
        }
        if Path::new(&path).is_dir() {
            subcharts(&path, found, depth + 1);
        }
    }
}
