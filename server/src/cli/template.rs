//! `chartroom template`: the flags, the output, the errors and the exit code of `helm template`.
//!
//! Follows pkg/cmd/template.go of Helm 4.3.1, with `--helm 3` cmd/helm/template.go of Helm 3.22.0.
//! Nothing is fetched: charts and values are files here, and `lookup` finds nothing.

mod trace;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use engine::chart::Loader;
use engine::log::LogLine;
use engine::{
    Ahead, Capabilities, Chart, CompiledChart, Dialect, OutputOptions, Release, RenderRequest,
    render_logged,
};

use super::disk;
use super::flags::specs::{
    CHART_PATH, GLOBAL, GLOBAL_HELM4, OWN, TEMPLATE, TEMPLATE_HELM3, TEMPLATE_HELM4, TEMPLATE_HERE,
    VALUES,
};
use super::flags::{Flags, Spec, parse_bool};
use super::request::{kube_version, limits, log, namespace, now};
use super::{dialect, finish, print, values, words};
use crate::render;

/// Renders what the command line asks for.
#[must_use]
pub fn run(args: Vec<OsString>) -> ExitCode {
    let mut words = words(args);
    finish(dialect::take(&mut words).and_then(|dialect| {
        let flags = Flags::parse(words, known(dialect))?;
        if flags.is("help") {
            return Ok(HELP.into());
        }
        template(&flags, dialect).map(String::into_bytes)
    }))
}

/// The flags that this Helm knows.
fn known(dialect: Dialect) -> &'static [&'static [Spec]] {
    match dialect {
        Dialect::Helm3 => &[
            GLOBAL,
            CHART_PATH,
            VALUES,
            TEMPLATE,
            TEMPLATE_HELM3,
            TEMPLATE_HERE,
            OWN,
        ],
        Dialect::Helm4 => &[
            GLOBAL,
            GLOBAL_HELM4,
            CHART_PATH,
            VALUES,
            TEMPLATE,
            TEMPLATE_HELM4,
            TEMPLATE_HERE,
            OWN,
        ],
    }
}

const HELP: &str = "
Render chart templates locally and display the output, as `helm template` does.

Usage:
  chartroom template [NAME] [CHART] [flags]

Flags:
  -a, --api-versions TEXT        API versions that the cluster knows, too
      --debug                    show what was rendered even if it is no YAML
      --explain                  errors for people: marked lines, the calls that led there, the
                                 values involved and what set them, a hint
      --helm 3|4                 as Helm 3.22.0 or 4.3.1 prints it (default 4)
      --include-crds             the manifests in crds/, too
      --is-upgrade               an upgrade, not an install
      --kube-version TEXT        the version of Kubernetes
      --limit NAME=NUMBER        what the render may use: steps, depth, output_bytes, value_size,
                                 regex_size, memory, time (milliseconds)
      --name-template TEXT       a template that prints the release's name
  -n, --namespace TEXT           the release's namespace
      --no-hooks                 without hooks
      --output-dir DIR           files instead of one stream
      --release-name             a folder of the release's name in --output-dir
      --set, --set-file, --set-json, --set-literal, --set-string TEXT
                                 values on the command line
  -s, --show-only PATTERN        only the manifests of these templates
      --skip-schema-validation   do not check values against values.schema.json
      --skip-tests               without tests
      --trace json               instead of the manifests, what printed each of their lines and
                                 which values were read for it (docs/trace.md)
  -f, --values FILE              values in a YAML file

The other flags of `helm template` are known: what needs a cluster, another host or another
program is refused, what makes no difference to a local render is ignored.
";

const NO_CLUSTER: &str = "chartroom renders without a cluster";

/// What is printed behind an error once Helm has a release to show.
const DEBUG_HINT: &str = "\n\nUse --debug flag to render out invalid YAML";

fn template(flags: &Flags, dialect: Dialect) -> Result<String, String> {
    let helm3 = dialect.is_helm3();
    if flags.arguments.is_empty() {
        return Err("\"helm template\" requires at least 1 argument\n\n\
             Usage:  helm template [NAME] [CHART] [flags]"
            .to_owned());
    }
    if !helm3 {
        flags.check_color()?;
        flags.check_groups(&[
            &["force", "force-conflicts"],
            &["force-replace", "force-conflicts"],
            &["validate", "dry-run"],
        ])?;
    }
    let kube_version = kube_version(flags, dialect)?;
    if !helm3 {
        refuse_server_run(flags)?;
    }
    refuse_remote(flags)?;
    // What Helm 3 logs with --debug begins with the time to the nanosecond: nobody waits for it.
    let debug = flags.is("debug") && !helm3;
    if debug {
        let version = flags.text("version").unwrap_or_default();
        eprintln!(
            "{}",
            LogLine::debug("Original chart version", "version", version)
        );
        if version.is_empty() && flags.is("devel") {
            eprintln!("level=DEBUG msg=\"setting version to >0.0.0-0\"");
        }
    }
    let (name, chart) = name_and_chart(flags)?;
    let path = disk::locate(chart)?;
    flags.refuse_verification(&path)?;
    if debug {
        let shown = path.display().to_string();
        eprintln!("{}", LogLine::debug("Chart path", "path", &shown));
    }
    let given = values::merge(flags, dialect)?;
    let mut notes = Vec::new();
    let loader = match dialect {
        Dialect::Helm3 => Loader::Helm3,
        Dialect::Helm4 => Loader::Detecting,
    };
    let mut ahead = Ahead::new(dialect);
    let loaded = disk::load_telling(&path, loader, &mut notes, &mut |file| ahead.read(file));
    notes.iter().for_each(|note| eprintln!("{note}"));
    let loaded = Arc::new(loaded?);
    let told = |error: engine::Error| told(flags, &given, &loaded, error);
    let compiled = CompiledChart::compile_ahead(Arc::clone(&loaded), ahead).map_err(told)?;
    if helm3 {
        refuse_server_run_of_helm3(flags)?;
    }
    let now = now();
    let extra: Vec<String> = flags.all("api-versions").map(str::to_owned).collect();
    let options = OutputOptions {
        include_crds: flags.is("include-crds"),
        no_hooks: flags.is("no-hooks"),
        skip_tests: flags.is("skip-tests"),
        show_only: flags.all("show-only").map(str::to_owned).collect(),
        dialect,
    };
    let request = RenderRequest {
        values: given.merged.clone(),
        release: Release {
            name,
            namespace: namespace(flags),
            is_upgrade: flags.is("is-upgrade"),
            ..Release::default()
        },
        capabilities: Capabilities::default_of(dialect).and(kube_version, &extra),
        skip_schema: flags.is("skip-schema-validation"),
        include_crds: options.include_crds,
        limits: limits(flags)?,
        seed: render::seed(),
        now_unix: i64::try_from(now.as_secs()).unwrap_or_default(),
        reuse: false,
        concurrent: true,
    };
    let mut log = log(flags);
    match flags.text("trace") {
        None => {}
        Some("json") => {
            let traced = engine::render_traced(&compiled, &request).map_err(told)?;
            return Ok(trace::json(&traced));
        }
        Some(other) => {
            let other = ::values::go::quote(other);
            return Err(format!("invalid --trace {other}: must be \"json\""));
        }
    }
    let rendered = render_logged(&compiled, &request, &mut log);
    log.lines().iter().for_each(|line| eprintln!("{line}"));
    let rendered = match rendered {
        Ok(rendered) => rendered,
        Err(error) if error.kind().has_release() => {
            refuse_system_labels(flags)?;
            // What the templates made before the error, and the hooks that were found among it.
            let made = options.with_hooks(error.output().unwrap_or_default(), error.hooks());
            return Err(with_release(flags, &options, &made, told(error)));
        }
        Err(error) if flags.is("dependency-update") && error.is_missing_dependency() => {
            return Err(format!(
                "--dependency-update is refused, as charts are not fetched from other hosts: {error}"
            ));
        }
        Err(error) => return Err(told(error)),
    };
    refuse_system_labels(flags)?;
    let printed = match flags.text("output-dir") {
        None | Some("") => rendered.to_text(&options).map_err(told),
        Some(folder) => {
            let release = flags
                .is("release-name")
                .then_some(request.release.name.as_str());
            write::write(&rendered, &options, folder, release).map_err(|error| match error {
                write::WriteError::Release(error) => with_release(flags, &options, "\n", error),
                write::WriteError::Hook(error) => error,
            })
        }
    };
    // The process ends now; freeing many small values first takes a while.
    std::mem::forget((rendered, request, compiled));
    printed
}

/// An error in Helm's words, or with `--explain` in those for people.
fn told(flags: &Flags, given: &values::Given, chart: &Chart, error: engine::Error) -> String {
    if flags.is("explain") {
        format!("{:#}", error.with_layers(|path| given.layer(chart, path)))
    } else {
        error.to_string()
    }
}

/// `--labels` that Helm keeps for itself; it looks when it is about to render.
fn refuse_system_labels(flags: &Flags) -> Result<(), String> {
    const SYSTEM: [&str; 6] = [
        "name",
        "owner",
        "status",
        "version",
        "createdAt",
        "modifiedAt",
    ];
    if flags.all("labels").any(|key| SYSTEM.contains(&key)) {
        return Err(format!(
            "user supplied labels contains system reserved label name. System labels: [{}]",
            SYSTEM.join(" ")
        ));
    }
    Ok(())
}

/// What Helm does with an error once it has a release to show: with `--debug` it prints what was
/// made even though it is wrong, otherwise it says that it could.
fn with_release(flags: &Flags, options: &OutputOptions, made: &str, error: String) -> String {
    if !flags.is("debug") {
        let advice = if flags.is("explain") { "" } else { DEBUG_HINT };
        return format!("{error}{advice}");
    }
    if options.show_only.is_empty() {
        print(made.as_bytes());
        return error;
    }
    match options.only_shown(made) {
        Ok(shown) => print(shown.as_bytes()),
        // Helm 3 forgets the error that came before (cmd/helm/template.go).
        Err(missing) if options.dialect.is_helm3() => return missing.to_string(),
        Err(_) => {}
    }
    error
}

/// What Helm 4 would ask a cluster for.
fn refuse_server_run(flags: &Flags) -> Result<(), String> {
    match flags.text("dry-run") {
        None | Some("client") => {}
        Some("unset") => eprintln!(
            "level=WARN msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\""
        ),
        Some("server") => return Err(NO_CLUSTER.to_owned()),
        Some(other) => match parse_bool(other) {
            Some(true) => eprintln!(
                "level=WARN msg=\"boolean '--dry-run=true' flag is deprecated and must be replaced with '--dry-run=client'\""
            ),
            no if no.is_some() || other == "none" => {
                let other = ::values::go::quote(other);
                return Err(format!(
                    "invalid dry-run value ({other}). Must be \"server\" or \"client\""
                ));
            }
            _ => {
                let other = ::values::go::quote(other);
                return Err(format!(
                    "invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\""
                ));
            }
        },
    }
    Ok(())
}

/// What Helm 3 would ask a cluster for; it looks at the flag when the chart is loaded
/// (`validateDryRunOptionFlag` in cmd/helm/install.go). With `none` and `false` it would for
/// `lookup` only, which finds nothing here.
fn refuse_server_run_of_helm3(flags: &Flags) -> Result<(), String> {
    match flags.text("dry-run") {
        None | Some("" | "client" | "true" | "none" | "false") => Ok(()),
        Some("server") => Err(NO_CLUSTER.to_owned()),
        Some(_) => Err(
            "Invalid dry-run flag. Flag must one of the following: false, true, none, client, server"
                .to_owned(),
        ),
    }
}

/// What needs a cluster, another host or another program.
fn refuse_remote(flags: &Flags) -> Result<(), String> {
    if flags.is("validate") {
        return Err(NO_CLUSTER.to_owned());
    }
    flags.refuse_repository()?;
    if flags.text("post-renderer").is_some_and(|it| !it.is_empty()) {
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
    // Helm runs this one without its engine: errors are Go's own, and nil is `<no value>`.
    let program = Program::compile_plainly(&file)?;
    let now = now();
    let meter = engine::limits::Meter::new(engine::Limits::default());
    let nanos = i128::try_from(now.as_nanos()).unwrap_or_default();
    let mut host = engine::functions::Host::new(meter, render::seed(), nanos);
    program
        .execute_plainly("name-template", &engine::value::Value::Nil, &mut host)
        .map(|name| name.to_string_lossy().into_owned())
}
