//! The way from a chart and values to manifests, in Helm's order of steps.
//!
//! Follows `runInstall` (pkg/cmd/install.go), `Install.RunWithContext` (pkg/action/install.go) and
//! `renderResources` (pkg/action/action.go) of Helm 4.3.1.

mod ahead;
mod beside;
mod check;
mod follow;
pub(crate) mod lint;
mod misfits;
mod queue;
mod reuse;
mod scope;
mod stage;
mod together;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::capabilities::Capabilities;
use crate::chart::tree::Tree;
use crate::chart::{self, Chart};
use crate::eval::{Program, TemplateFile};
use crate::functions::Host;
use crate::limits::{Limits, Meter};
use crate::log::{Event, Level, Log};
use crate::output::{Crd, File, Rendered, document, sort};
use crate::release::Release;
use crate::stack;
use crate::trace::{Trace, Traced};
use crate::value::{TooDeep, Value};
use crate::{Error, ErrorKind};
pub use ahead::Ahead;
use follow::Follower;
use reuse::{Base, Kept};
use scope::{Scopes, Template};
use stage::Stage;

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
    /// Take over from earlier renders of this [`CompiledChart`] what cannot be another text now,
    /// and keep this one for later. The result is the same; it costs memory.
    pub reuse: bool,
    /// Let a second thread parse and execute templates and read manifests meanwhile, and some look for
    /// the primes of RSA keys, where that is worth it. The result is the same, sooner; who renders for many at
    /// once has better use for the cores.
    pub concurrent: bool,
}

/// A chart whose templates are parsed, ready to be rendered as often as wanted.
///
/// Which templates belong together depends on the values (subcharts can be switched off), so the
/// sets met last are kept.
#[derive(Debug)]
pub struct CompiledChart {
    chart: Arc<Chart>,
    programs: Mutex<Vec<(Vec<String>, Arc<Program>)>>,
    /// Templates that are parsed already, until the first program is made.
    ahead: Mutex<Option<Ahead>>,
    kept: Kept,
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
        Ok(Self::new(chart, None))
    }

    /// The same for a chart whose files an [`Ahead`] was told of.
    ///
    /// # Errors
    /// None today.
    pub fn compile_ahead(chart: Arc<Chart>, ahead: Ahead) -> Result<Self, Error> {
        Ok(Self::new(chart, Some(ahead)))
    }

    fn new(chart: Arc<Chart>, ahead: Option<Ahead>) -> Self {
        Self {
            chart,
            programs: Mutex::default(),
            ahead: Mutex::new(ahead),
            kept: Kept::default(),
        }
    }

    /// The chart.
    #[must_use]
    pub fn chart(&self) -> &Arc<Chart> {
        &self.chart
    }

    /// The program of these templates, by their names; `check` tells whether the values fit, before
    /// a template can be wrong.
    fn program(
        &self,
        scopes: &Scopes<'_>,
        concurrent: bool,
        check: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Arc<Program>, Error> {
        let names = || scopes.templates().iter().map(|it| &it.name);
        let kept = |programs: &Vec<(Vec<String>, Arc<Program>)>| {
            programs
                .iter()
                .find(|(known, _)| known.iter().eq(names()))
                .map(|(_, program)| Arc::clone(program))
        };
        if let Some(program) = self
            .programs
            .lock()
            .ok()
            .and_then(|programs| kept(&programs))
        {
            check()?;
            return Ok(program);
        }
        let files: Vec<TemplateFile> = scopes
            .templates()
            .iter()
            .map(|it| TemplateFile {
                name: it.name.clone(),
                text: it.text.clone(),
            })
            .collect();
        let dialect = self.chart.dialect();
        let ahead = self.ahead.lock().ok().and_then(|mut ahead| ahead.take());
        let known = ahead.map(Ahead::parsed).unwrap_or_default();
        let program = beside::compile(dialect, &files, known, concurrent, check)?;
        let program = Arc::new(program);
        if let Ok(mut programs) = self.programs.lock() {
            if programs.len() >= MAX_PROGRAMS {
                programs.remove(0);
            }
            programs.push((names().cloned().collect(), Arc::clone(&program)));
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
    stack::deep(request.limits.depth, || {
        render_here(compiled, request, log, None)
    })?
}

/// Renders a chart, and tells where each line came from.
pub(crate) fn traced(
    compiled: &CompiledChart,
    request: &RenderRequest,
    log: &mut Log,
) -> Result<Traced, Error> {
    stack::deep(request.limits.depth, || {
        let mut trace = Trace::default();
        let rendered = render_here(compiled, request, log, Some(&mut trace))?;
        Ok(Traced { rendered, trace })
    })?
}

fn render_here(
    compiled: &CompiledChart,
    request: &RenderRequest,
    log: &mut Log,
    trace: Option<&mut Trace>,
) -> Result<Rendered, Error> {
    let chart = compiled.chart.as_ref();
    log.speak(chart.dialect());
    for note in chart.load_notes() {
        log.say(&note);
    }
    check::installable(chart)?;
    if chart.metadata().deprecated {
        log.say(&Event::Deprecated);
    }
    check::dependencies_present(chart)?;
    request
        .release
        .validate()
        .map_err(|reason| step_failed("release name check failed", reason, chart, log))?;

    let mut stage = Stage::set(chart, request, log)?;
    let too_deep = |error: TooDeep| Error::new(ErrorKind::Limit, error.to_string());
    let checked = !request.skip_schema
        && (log.is_debug() || check::looks_at(&stage.tree, Tree::ROOT, &stage.values));
    let plain = if checked || request.reuse {
        Arc::new(stage.values.to_tree().map_err(too_deep)?)
    } else {
        // Nobody looks at them.
        stage.values.check_depth().map_err(too_deep)?;
        Arc::default()
    };
    let program = compiled.program(&stage.scopes, request.concurrent, || {
        if checked {
            check::schemas(&stage.tree, &plain, log)?;
        }
        check::kube_version(chart, &request.capabilities)
    })?;
    // Only a later render looks at them again.
    let plain = if request.reuse { plain } else { Arc::default() };
    let mut host = host_of(request);
    let mut follower = trace.is_some().then(|| Follower::new(&stage.values));
    let (mut files, executed) = if let Some(follower) = &mut follower {
        follower.execute(&program, &stage.scopes, &mut host)?
    } else if request.reuse {
        let base = Base {
            program,
            release: request.release.clone(),
            capabilities: request.capabilities.clone(),
            charts: stage.tree.participants(),
            seed: request.seed,
            now_unix: request.now_unix,
        };
        let Stage { scopes, values, .. } = &stage;
        compiled
            .kept
            .execute(base, scopes, values, &plain, &mut host)?
    } else {
        let (mut files, mut next) = (Files::new(), 0);
        if request.concurrent && together::is_worth_it(&stage.scopes) {
            let done = together::execute(&program, chart, request, &stage);
            (files, next, host) = (done.files, done.next, done.host);
            if !done.is_stage_good {
                stage = Stage::set(chart, request, &mut Log::default())?;
            }
        }
        let depth = request.limits.depth;
        let others = beside::read(depth, chart.dialect(), request.concurrent, |printed| {
            execute(&program, &stage.scopes, next, &mut host, printed)
        })?;
        files.extend(others);
        let executed = files.len();
        (files, executed)
    };

    let tree = &stage.tree;
    let notes_path = format!("{}/templates/{NOTES}", tree.name(Tree::ROOT));
    let notes = files.remove(&notes_path);
    files.retain(|path, _| !path.ends_with(NOTES));
    let printed = files.iter_mut().map(|(path, file)| (path.as_str(), file));
    let sorted =
        sort(printed, chart.dialect(), log).map_err(|error| error.with_output(raw(&files)))?;
    if let (Some(follower), Some(trace)) = (follower, trace) {
        *trace = follower.trace(chart, &request.values, &sorted.manifests, &sorted.hooks);
    }
    Ok(Rendered {
        manifests: sorted.manifests,
        hooks: sorted.hooks,
        crds: if request.include_crds {
            crds(tree, Tree::ROOT)
        } else {
            Vec::new()
        },
        notes: notes.map(|file| file.text().to_owned()),
        warnings: log
            .lines()
            .iter()
            .map(crate::log::LogLine::sentence)
            .collect(),
        log: log.lines().to_vec(),
        executed,
    })
}

/// The surroundings of a render's templates.
fn host_of(request: &RenderRequest) -> Host {
    let now = i128::from(request.now_unix) * 1_000_000_000;
    let mut host = Host::new(Meter::new(request.limits.clone()), request.seed, now);
    host.concurrent = request.concurrent;
    host
}

/// What Helm 4 logs of a failed step, and puts before its error; Helm 3 does neither
/// (`RunWithContext` in its pkg/action/install.go).
fn step_failed(what: &str, reason: Error, chart: &Chart, log: &mut Log) -> Error {
    if chart.dialect().is_helm3() {
        return reason;
    }
    let attributes = vec![("error", reason.message().to_owned())];
    log.push(Level::Error, what, attributes);
    reason.context(&format!("{what}: "))
}

/// What templates printed, by their names.
type Files = BTreeMap<String, Arc<File>>;

/// The text of each template that is no partial, from the one at the place `next` on; `printed` is
/// told of each.
fn execute(
    program: &Program,
    scopes: &Scopes<'_>,
    next: usize,
    host: &mut Host,
    printed: &mut dyn FnMut(&str, &Arc<File>),
) -> Result<Files, Error> {
    let mut files = Files::new();
    if next == scopes.templates().len() {
        return Ok(files);
    }
    for (at, template) in scopes.templates().iter().enumerate() {
        if !template.is_partial() {
            // Others can see which template of a chart came last.
            let dot = scopes.dot(template);
            if at < next {
                continue;
            }
            let text = execute_one(program, scopes, template, &dot, host)?;
            let file = Arc::new(File::new(text));
            printed(&template.name, &file);
            files.insert(template.name.clone(), file);
        }
    }
    Ok(files)
}

/// What one template prints with this dot.
fn execute_one(
    program: &Program,
    scopes: &Scopes<'_>,
    template: &Template<'_>,
    dot: &Value,
    host: &mut Host,
) -> Result<String, Error> {
    let values = Some(scopes.values());
    program.execute_text(&template.name, dot, values, host)
}

const NOTES: &str = "NOTES.txt";

/// Everything that was printed, manifest or not: what Helm shows with `--debug`.
fn raw(files: &Files) -> String {
    let mut out = String::new();
    for (name, file) in files {
        if !file.text().trim().is_empty() {
            document(&mut out, name, file.text());
        }
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
            content: file.data.to_string_lossy().into_owned(),
        })
        .collect();
    for &child in tree.dependencies(node) {
        found.extend(crds(tree, child));
    }
    found
}
