//! The way from a chart and values to manifests, in Helm's order of steps.
//!
//! Follows `runInstall` (pkg/cmd/install.go), `Install.RunWithContext` (pkg/action/install.go) and
//! `renderResources` (pkg/action/action.go) of Helm 4.3.1.

mod check;
pub(crate) mod lint;
mod scope;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::capabilities::Capabilities;
use crate::chart::coalesce::{self, Nulls};
use crate::chart::tree::Tree;
use crate::chart::{self, Chart};
use crate::eval::{Program, TemplateFile};
use crate::functions::Host;
use crate::limits::{Limits, Meter};
use crate::log::{Level, Log};
use crate::output::{Crd, Rendered, document, sort};
use crate::release::Release;
use crate::value::{Map, MapKind, Str, Value};
use crate::{Error, ErrorKind};
use scope::Scopes;

/// All that a render depends on beside the chart.
#[derive(Debug, Clone, Default)]
pub struct RenderRequest {
    /// What the user gives: values files and `--set` flags, merged.
    pub values: values::Map,
    /// The release it is for.
    pub release: Release,
    /// What the cluster can do.
    pub capabilities: Capabilities,
    /// Do not check the values against values.schema.json.
    pub skip_schema: bool,
    /// Gather the files of crds/.
    pub include_crds: bool,
    /// What it may use.
    pub limits: Limits,
    /// Where random functions start.
    pub seed: u64,
    /// What `now` is, in seconds since 1970.
    pub now_unix: i64,
}

/// A chart whose templates are parsed, ready to be rendered as often as wanted.
///
/// Which templates belong together depends on the values (subcharts can be switched off), so the
/// sets met last are kept.
#[derive(Debug)]
pub struct CompiledChart {
    chart: Arc<Chart>,
    programs: Mutex<Vec<(Vec<String>, Arc<Program>)>>,
}

/// How many sets of templates are kept.
const MAX_PROGRAMS: usize = 16;

impl CompiledChart {
    /// Prepares a chart. Templates that are no templates are the render's to complain about, as in
    /// Helm: they may belong to a subchart that is off.
    ///
    /// # Errors
    /// None today.
    pub fn compile(chart: Arc<Chart>) -> Result<Self, Error> {
        Ok(Self::new(chart))
    }

    fn new(chart: Arc<Chart>) -> Self {
        Self {
            chart,
            programs: Mutex::default(),
        }
    }

    /// The chart.
    #[must_use]
    pub fn chart(&self) -> &Arc<Chart> {
        &self.chart
    }

    /// The program of these templates, by their names.
    fn program(&self, scopes: &Scopes<'_>) -> Result<Arc<Program>, Error> {
        let key: Vec<String> = scopes
            .templates()
            .iter()
            .map(|it| it.name.clone())
            .collect();
        let kept = |programs: &Vec<(Vec<String>, Arc<Program>)>| {
            programs
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, program)| Arc::clone(program))
        };
        if let Some(program) = self
            .programs
            .lock()
            .ok()
            .and_then(|programs| kept(&programs))
        {
            return Ok(program);
        }
        let files: Vec<TemplateFile> = scopes
            .templates()
            .iter()
            .map(|it| TemplateFile {
                name: it.name.clone(),
                text: Str::from_bytes(it.text),
            })
            .collect();
        let program = Arc::new(Program::compile(&files)?);
        if let Ok(mut programs) = self.programs.lock() {
            if programs.len() >= MAX_PROGRAMS {
                programs.remove(0);
            }
            programs.push((key, Arc::clone(&program)));
        }
        Ok(program)
    }
}

/// Renders a chart.
///
/// # Errors
/// With Helm's sentence.
pub fn render(chart: &CompiledChart, request: &RenderRequest) -> Result<Rendered, Error> {
    render_logged(chart, request, &mut Log::default())
}

/// Renders a chart; what Helm would log is in `log` even when the render fails.
///
/// # Errors
/// With Helm's sentence.
pub fn render_logged(
    compiled: &CompiledChart,
    request: &RenderRequest,
    log: &mut Log,
) -> Result<Rendered, Error> {
    let depth = request.limits.depth;
    on_deep_stack(depth, || render_here(compiled, request, log))?
}

/// Templates call each other as deep as the budget lets them, which is deeper than the stack of
/// any caller is sure to be.
fn on_deep_stack<R: Send>(depth: u32, work: impl FnOnce() -> R + Send) -> Result<R, Error> {
    let levels = (depth as usize).saturating_add(SPARE_LEVELS);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("render".to_owned())
            .stack_size(levels.saturating_mul(LEVEL_BYTES))
            .spawn_scoped(scope, work)
            .map_err(|error| {
                Error::new(ErrorKind::Limit, format!("no thread to render: {error}"))
            })?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Address space on the stack for each level of [`Limits::depth`], enough in a debug build; pages
/// that are never touched cost nothing.
const LEVEL_BYTES: usize = 80 << 10;
/// Levels beside those of templates: values, blocks and parentheses within each other.
const SPARE_LEVELS: usize = 300;

fn render_here(
    compiled: &CompiledChart,
    request: &RenderRequest,
    log: &mut Log,
) -> Result<Rendered, Error> {
    let chart = compiled.chart.as_ref();
    for note in chart.load_notes() {
        log.info(note);
    }
    check::installable(chart)?;
    if chart.metadata().deprecated {
        log.push(Level::Warn, "this chart is deprecated", Vec::new());
    }
    check::dependencies_present(chart)?;
    request.release.validate().inspect_err(|error| {
        let reason = error
            .message()
            .trim_start_matches("release name check failed: ");
        let attributes = vec![("error", reason.to_owned())];
        log.push(Level::Error, "release name check failed", attributes);
    })?;

    let given = Map::from_values(MapKind::Any, &request.values);
    let mut tree = Tree::new(chart);
    tree.process_dependencies(&given, Nulls::Keep, log)
        .map_err(|mismatch| {
            let attributes = vec![("error", mismatch.to_string())];
            log.push(
                Level::Error,
                "chart dependencies processing failed",
                attributes,
            );
            let message = format!("chart dependencies processing failed: {mismatch}");
            Error::new(ErrorKind::Dependencies, message)
        })?;
    let coalesced = coalesce::values_of(&tree, Tree::ROOT, &given, Nulls::Remove, log)
        .map_err(|mismatch| Error::new(ErrorKind::Values, mismatch.to_string()))?;
    let plain = match Value::Map(coalesced.clone()).to_tree() {
        Ok(values::Value::Map(map)) => map,
        Ok(_) => values::Map::new(),
        Err(error) => return Err(Error::new(ErrorKind::Limit, error.to_string())),
    };
    if !request.skip_schema {
        check::schemas(&tree, &plain, log)?;
    }
    check::kube_version(chart, &request.capabilities)?;

    let release = request.release.to_value();
    let scopes = Scopes::build(&tree, &coalesced, release, &request.capabilities);
    let now = i128::from(request.now_unix) * 1_000_000_000;
    let mut host = Host::new(Meter::new(request.limits.clone()), request.seed, now);
    let mut files = execute(compiled, &scopes, &mut host)?;

    let notes_path = format!("{}/templates/{NOTES}", tree.name(Tree::ROOT));
    let notes = files.remove(&notes_path);
    files.retain(|path, _| !path.ends_with(NOTES));
    let sorted = sort(&files, log).map_err(|error| error.with_output(raw(&files)))?;
    Ok(Rendered {
        manifests: sorted.manifests,
        hooks: sorted.hooks,
        crds: if request.include_crds {
            crds(&tree, Tree::ROOT)
        } else {
            Vec::new()
        },
        notes,
        warnings: log
            .lines()
            .iter()
            .map(crate::log::LogLine::sentence)
            .collect(),
        log: log.lines().to_vec(),
        values: plain,
    })
}

/// The text of each template that is no partial.
fn execute(
    compiled: &CompiledChart,
    scopes: &Scopes<'_>,
    host: &mut Host,
) -> Result<BTreeMap<String, String>, Error> {
    let program = compiled.program(scopes)?;
    let mut files = BTreeMap::new();
    for template in scopes.templates() {
        if template.is_partial() {
            continue;
        }
        let dot = scopes.dot(template);
        let text = program.execute(&template.name, &dot, host)?;
        files.insert(template.name.clone(), text.to_string_lossy().into_owned());
    }
    Ok(files)
}

const NOTES: &str = "NOTES.txt";

/// Everything that was printed, manifest or not: what Helm shows with `--debug`.
fn raw(files: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (name, content) in files
        .iter()
        .filter(|(_, content)| !content.trim().is_empty())
    {
        document(&mut out, name, content);
    }
    out
}

/// The files of crds/ of a chart and those below it.
fn crds(tree: &Tree<'_>, node: usize) -> Vec<Crd> {
    let path = tree.full_path(node);
    let mut found: Vec<Crd> = tree
        .chart(node)
        .other_files()
        .iter()
        .filter(|file| chart::is_crd(&file.path))
        .map(|file| Crd {
            name: format!("{path}/{}", file.path),
            content: String::from_utf8_lossy(&file.data).into_owned(),
        })
        .collect();
    for &child in tree.dependencies(node) {
        found.extend(crds(tree, child));
    }
    found
}
