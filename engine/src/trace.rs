//! What printed each line of a render, and which values were read for it.
//!
//! [`render_traced`] renders as [`render`](crate::render) does, byte for byte, and follows the
//! execution meanwhile. docs/trace.md tells the rules: what is exact, and what becomes of places
//! when text passes through functions.

mod lines;
mod reads;
pub(crate) mod sets;
pub(crate) mod spans;
mod through;
pub(crate) mod tracer;

use std::sync::Arc;

use values::ValuesPath;

use crate::{CompiledChart, Error, Hook, Manifest, RenderRequest, Rendered, log::Log, render};
use lines::Places;
use reads::Paths;
use tracer::Found;

pub(crate) use lines::Printed;
pub(crate) use reads::{Given, Numbers};

/// A render, and where it came from.
#[derive(Debug)]
pub struct Traced {
    /// The same as [`render`](crate::render) gives.
    pub rendered: Rendered,
    /// Where it came from.
    pub trace: Trace,
}

/// Where a render came from. Places, calls and paths are numbers of entries in its lists.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The value paths that were read.
    pub paths: Vec<TracedPath>,
    /// The calls of `include`, `template` and `tpl` that led to what was printed.
    pub calls: Vec<Call>,
    /// The lines of each of [`Rendered::manifests`].
    pub manifests: Vec<Document>,
    /// The lines of each of [`Rendered::hooks`].
    pub hooks: Vec<Document>,
    /// The values given to the render that no template and no Chart.yaml reads: they change
    /// nothing but what values.schema.json thinks of them.
    pub unread: Vec<ValuesPath>,
}

/// A path that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedPath {
    /// The path, from the top of the chart's values: a subchart's begin with its name.
    pub path: ValuesPath,
    /// Whether all beneath it was read with it: by `range`, `toYaml` and their like.
    pub whole: bool,
    /// The manifests that depend on it.
    pub manifests: Vec<usize>,
    /// The hooks that depend on it.
    pub hooks: Vec<usize>,
}

/// A call that led to a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The call before it; none if it stands in the template of a file.
    pub parent: Option<usize>,
    /// Where it stands.
    pub place: Place,
    /// As Go prints it: `include "app.labels" .`.
    pub call: String,
}

/// A place in a template. Lines and columns count from 1, columns in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file: `chart/templates/file.yaml`.
    pub template: Arc<str>,
    /// The line.
    pub line: usize,
    /// The column in that line.
    pub column: usize,
    /// Where it was in the text of a `tpl` call; line and column are then those of the call.
    pub in_text: Option<(usize, usize)>,
}

/// The lines of one manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Each line of [`content`](crate::Manifest::content), as often as it has line breaks, and one
    /// more where the last line has none.
    pub lines: Vec<Line>,
}

/// What printed one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its parts, from left to right.
    pub parts: Vec<Part>,
    /// The part that stands for the line: the first one that printed a letter.
    pub main: usize,
    /// What was read where nothing was printed for it: a condition that was false, say.
    pub omitted: Arc<[usize]>,
}

/// Bytes of a line that were printed at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it begins in the line.
    pub start: usize,
    /// Where it ends, the line break not counted.
    pub end: usize,
    /// What printed it.
    pub place: Place,
    /// The call that led there; none where the file's own template printed it.
    pub call: Option<usize>,
    /// What was read to print it.
    pub reads: Arc<[usize]>,
    /// What was read to decide that it is printed.
    pub conditions: Arc<[usize]>,
}

impl Line {
    /// The place that stands for the line.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.parts.get(self.main).map(|part| &part.place)
    }
}

/// Renders a chart and follows the execution.
///
/// # Errors
/// With Helm's sentence.
pub fn render_traced(chart: &CompiledChart, request: &RenderRequest) -> Result<Traced, Error> {
    render::traced(chart, request, &mut Log::default())
}

/// Puts together what a tracer found: where `printed` came from, of what stands in the manifests
/// and hooks of a render.
pub(crate) fn of<'t>(
    found: &Found<'_>,
    numbers: &Numbers,
    given: &Given<'_>,
    mut printed: Printed<'t>,
    manifests: &'t [Manifest],
    hooks: &'t [Hook],
) -> Trace {
    let paths = Paths::new(numbers, found.reads, found.sets, &printed.sets(), given);
    let mut places = Places::new(found, &paths);
    let mut document = |manifest: &'t Manifest| {
        let lines = printed.take(manifest);
        places.document(&manifest.content, &lines)
    };
    let manifests: Vec<Document> = manifests.iter().map(&mut document).collect();
    let hooks: Vec<Document> = hooks.iter().map(|hook| document(&hook.manifest)).collect();
    let calls = places.calls();
    let paths = paths.list(&manifests, &hooks);
    Trace {
        unread: given.unread(&paths),
        paths,
        calls,
        manifests,
        hooks,
    }
}
