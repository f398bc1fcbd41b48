//! `chartroom show`: what `helm show` prints of a chart, and its schema.
//!
//! Follows pkg/cmd/show.go and pkg/action/show.go of Helm 4.3.1, with `--helm 3` those of 3.22.0.

use std::ffi::OsString;
use std::process::ExitCode;

use engine::chart::Loader;
use engine::log::LogLine;
use engine::{Chart, Dialect};

use super::disk;
use super::flags::specs::{CHART_PATH, GLOBAL, GLOBAL_HELM4, SHOW, SHOW_VALUES};
use super::flags::{Flags, Spec};
use super::{dialect, finish, words};

/// What of a chart is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Chart,
    Crds,
    Readme,
    /// Chartroom's own: `helm show` has no such command.
    Schema,
    Values,
}

impl Part {
    const ALL: [Self; 6] = [
        Self::All,
        Self::Chart,
        Self::Crds,
        Self::Readme,
        Self::Schema,
        Self::Values,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Chart => "chart",
            Self::Crds => "crds",
            Self::Readme => "readme",
            Self::Schema => "schema",
            Self::Values => "values",
        }
    }

    fn flags(self, dialect: Dialect) -> &'static [&'static [Spec]] {
        match (self, dialect) {
            (Self::Values, Dialect::Helm3) => &[GLOBAL, CHART_PATH, SHOW, SHOW_VALUES],
            (Self::Values, Dialect::Helm4) => {
                &[GLOBAL, GLOBAL_HELM4, CHART_PATH, SHOW, SHOW_VALUES]
            }
            (_, Dialect::Helm3) => &[GLOBAL, CHART_PATH, SHOW],
            (_, Dialect::Helm4) => &[GLOBAL, GLOBAL_HELM4, CHART_PATH, SHOW],
        }
    }
}

/// Shows what the command line asks for.
#[must_use]
pub fn run(args: Vec<OsString>) -> ExitCode {
    finish(show(words(args)))
}

const HELP: &str = "
Show a chart's files, as `helm show` does: same output and errors.

Usage:
  chartroom show [COMMAND] [CHART] [flags]

Commands:
  all         Chart.yaml, values.yaml, README and CRDs
  chart       Chart.yaml as Helm understands it
  crds        the manifests in crds/, subcharts' included
  readme      README.md
  schema      values.schema.json (helm show has no such command)
  values      values.yaml as it is written

CHART is a folder or a .tgz; nothing is fetched. Flags: those of `helm show`, and
      --helm 3|4  as Helm 3.22.0 or 4.3.1 prints it (default 4)
";

fn show(mut words: Vec<String>) -> Result<Vec<u8>, String> {
    let dialect = dialect::take(&mut words)?;
    let helm3 = dialect.is_helm3();
    // The command is the first word that is neither a flag nor a flag's argument.
    let Some(part) = Flags::first_argument(&words, Part::All.flags(dialect)).and_then(|at| {
        let part = Part::ALL
            .into_iter()
            .find(|part| part.name() == words[at])?;
        words.remove(at);
        Some(part)
    }) else {
        // As Helm: no command or an unknown one is answered with help, and is no failure.
        let known: &[&[Spec]] = if helm3 {
            &[GLOBAL]
        } else {
            &[GLOBAL, GLOBAL_HELM4]
        };
        return Flags::parse(words, known).map(|_| HELP.into());
    };
    let flags = Flags::parse(words, part.flags(dialect))?;
    if flags.is("help") {
        return Ok(HELP.into());
    }
    let [chart] = flags.arguments.as_slice() else {
        let name = part.name();
        return Err(format!(
            "\"helm show {name}\" requires 1 argument\n\nUsage:  helm show {name} [CHART] [flags]"
        ));
    };
    flags.check_color()?;
    flags.refuse_repository()?;
    if flags.text("jsonpath").is_some_and(|path| !path.is_empty()) {
        return Err("--jsonpath is not supported; `show values` prints the whole file".to_owned());
    }
    // What Helm 3 logs here begins with the time.
    if flags.is("debug") && !helm3 {
        let version = flags.text("version").unwrap_or_default();
        eprintln!(
            "{}",
            LogLine::debug("original chart version", "version", version)
        );
        if version.is_empty() && flags.is("devel") {
            eprintln!("level=DEBUG msg=\"setting version to >0.0.0-0\"");
        }
    }
    let path = disk::locate(chart)?;
    flags.refuse_verification(&path)?;
    let mut log = Vec::new();
    let loader = if helm3 { Loader::Helm3 } else { Loader::Plain };
    let loaded = disk::load(&path, loader, &mut log);
    log.iter().for_each(|line| eprintln!("{line}"));
    let chart = loaded?;
    for note in chart.load_notes() {
        eprintln!("{}", note.line(dialect));
    }
    text(&chart, part)
}

/// The text for standard output.
fn text(chart: &Chart, part: Part) -> Result<Vec<u8>, String> {
    let all = part == Part::All;
    let mut out = Vec::new();
    // Helm makes this text first, whatever is asked for, and fails if it cannot.
    let metadata = chart
        .metadata()
        .to_yaml()
        .map_err(|error| error.to_string())?;
    if all || part == Part::Chart {
        line(&mut out, metadata.as_bytes());
    }
    if (all || part == Part::Values)
        && let Some(values) = chart.file("values.yaml")
    {
        if all {
            line(&mut out, b"---");
        }
        line(&mut out, values);
    }
    if (all || part == Part::Readme)
        && let Some(readme) = readme(chart)
    {
        if all {
            line(&mut out, b"---");
        }
        line(&mut out, readme);
    }
    if all || part == Part::Crds {
        for (index, crd) in chart.crd_files().into_iter().enumerate() {
            // Helm 3 separates the first one alone, and only from what is above it.
            let separated = !chart.dialect().is_helm3() || (all && index == 0);
            if separated && !crd.data.as_bytes().starts_with(b"---") {
                line(&mut out, b"---");
            }
            line(&mut out, crd.data.as_bytes());
        }
    }
    if part == Part::Schema
        && let Some(schema) = chart.schema()
    {
        line(&mut out, schema);
    }
    Ok(out)
}

fn line(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(text);
    out.push(b'\n');
}

/// The first file that is a README by its name.
fn readme(chart: &Chart) -> Option<&[u8]> {
    let known = ["readme.md", "readme.txt", "readme"];
    chart
        .other_files()
        .iter()
        .find(|file| {
            known
                .iter()
                .any(|name| file.path.eq_ignore_ascii_case(name))
        })
        .map(|file| file.data.as_bytes())
}
