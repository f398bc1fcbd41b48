//! `chartroom template`: the flags, the output, the errors and the exit code of `helm template`.
//!
//! Follows pkg/cmd/template.go of Helm 4.3.1. Nothing is fetched: charts and values are files
//! here, and `lookup` finds nothing.

mod write;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use engine::log::Log;
use engine::{Capabilities, CompiledChart, OutputOptions, Release, RenderRequest, render_logged};

use super::disk::{self, Loader};
use super::flags::Flags;
use super::flags::specs::{CHART_PATH, GLOBAL, TEMPLATE, VALUES};
use super::request::{kube_version, namespace, now, seed};
use super::{finish, values, words};

/// Renders what the command line asks for.
#[must_use]
pub fn run(args: Vec<OsString>) -> ExitCode {
    let known = &[GLOBAL, CHART_PATH, VALUES, TEMPLATE];
    finish(Flags::parse(words(args), known).and_then(|flags| {
        flags.print_notices();
        if flags.is("help") {
            return Ok(HELP.into());
        }
        template(&flags).map(String::into_bytes)
    }))
}

const HELP: &str = "
Render chart templates locally and display the output, as `helm template` does.

Usage:
  chartroom template [NAME] [CHART] [flags]

Flags: those of `helm template` 4.3.1; what needs a cluster or another host is refused,
what makes no difference to a local render is accepted and ignored.
";

/// What is printed behind an error once Helm has a release to show.
const DEBUG_HINT: &str = "\n\nUse --debug flag to render out invalid YAML";

fn template(flags: &Flags) -> Result<String, String> {
    if flags.arguments.is_empty() {
        return Err("\"helm template\" requires at least 1 argument\n\n\
             Usage:  helm template [NAME] [CHART] [flags]"
            .to_owned());
    }
    let kube_version = kube_version(flags)?;
    refuse_remote(flags)?;
    let (name, chart) = name_and_chart(flags)?;
    let path = disk::locate(chart)?;
    let values = values::merge(flags)?;
    let mut notes = Vec::new();
    let loaded = disk::load(&path, Loader::Detecting, &mut notes);
    notes.iter().for_each(|note| eprintln!("{note}"));
    let compiled = CompiledChart::compile(Arc::new(loaded?)).map_err(|error| error.to_string())?;
    let now = now();
    let extra: Vec<String> = flags.all("api-versions").map(str::to_owned).collect();
    let options = OutputOptions {
        include_crds: flags.is("include-crds"),
        no_hooks: flags.is("no-hooks"),
        skip_tests: flags.is("skip-tests"),
        show_only: flags.all("show-only").map(str::to_owned).collect(),
    };
    let request = RenderRequest {
        values,
        release: Release {
            name,
            namespace: namespace(flags),
            is_upgrade: flags.is("is-upgrade"),
            ..Release::default()
        },
        capabilities: Capabilities::with(kube_version, &extra),
        skip_schema: flags.is("skip-schema-validation"),
        include_crds: options.include_crds,
        seed: seed(),
        now_unix: i64::try_from(now.as_secs()).unwrap_or_default(),
        ..RenderRequest::default()
    };
    let mut log = Log::default();
    let rendered = render_logged(&compiled, &request, &mut log);
    log.lines().iter().for_each(|line| eprintln!("{line}"));
    let rendered = rendered.map_err(|error| {
        if !error.kind().has_release() {
            error.to_string()
        } else if flags.is("debug") {
            // What was rendered is shown even though it is wrong.
            println!("{}", error.output().unwrap_or_default().trim());
            error.to_string()
        } else {
            format!("{error}{DEBUG_HINT}")
        }
    })?;
    match flags.text("output-dir") {
        None | Some("") => rendered
            .to_text(&options)
            .map_err(|error| error.to_string()),
        Some(folder) => {
            let release = flags
                .is("release-name")
                .then_some(request.release.name.as_str());
            write::write(&rendered, &options, folder, release)
        }
    }
}

/// What needs a cluster, another host or another program.
fn refuse_remote(flags: &Flags) -> Result<(), String> {
    match flags.text("dry-run") {
        None | Some("client") => {}
        Some("unset") => eprintln!(
            "level=WARN msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\""
        ),
        Some("server") => return Err("chartroom renders without a cluster".to_owned()),
        Some(_) => {
            return Err(
                "invalid dry-run value. Must be one of: \"none\", \"client\" or \"server\""
                    .to_owned(),
            );
        }
    }
    if flags.is("validate") {
        return Err("chartroom renders without a cluster".to_owned());
    }
    flags.refuse_repository()?;
    if flags.text("post-renderer").is_some() {
        return Err("post-renderers are not run".to_owned());
    }
    Ok(())
}

/// The release's name and the chart (`NameAndChart`; `helm template` never needs a name).
fn name_and_chart(flags: &Flags) -> Result<(String, &str), String> {
    match flags.arguments.as_slice() {
        [chart] => {
            let name = match flags.text("name-template").filter(|text| !text.is_empty()) {
                Some(text) => render_name(text)?,
                None => Release::default().name,
            };
            Ok((name, chart))
        }
        [_, _, more @ ..] if !more.is_empty() => Err(format!(
            "expected at most two arguments, unexpected arguments: {}",
            more.join(", ")
        )),
        [_, _, ..] if flags.is("generate-name") => {
            Err("cannot set --generate-name and also specify a name".to_owned())
        }
        [_, _, ..]
            if flags
                .text("name-template")
                .is_some_and(|text| !text.is_empty()) =>
        {
            Err("cannot set --name-template and also specify a name".to_owned())
        }
        [name, chart, ..] => Ok((name.clone(), chart)),
        [] => Err("must either provide a name or specify --generate-name".to_owned()),
    }
}

/// `--name-template`: a template without values.
fn render_name(text: &str) -> Result<String, String> {
    use engine::eval::{Program, TemplateFile};
    let file = TemplateFile {
        name: "name-template".to_owned(),
        text: text.into(),
    };
    let program = Program::compile([&file]).map_err(|error| error.to_string())?;
    let now = now();
    let meter = engine::limits::Meter::new(engine::Limits::default());
    let nanos = i128::try_from(now.as_nanos()).unwrap_or_default();
    let mut host = engine::functions::Host::new(meter, seed(), nanos);
    program
        .execute("name-template", &engine::value::Value::Nil, &mut host)
        .map(|name| name.to_string_lossy().into_owned())
        .map_err(|error| error.to_string())
}
