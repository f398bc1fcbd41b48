//! `--trace json`: what printed each line of a render, as JSON. docs/trace.md tells what is what.

use std::sync::Arc;

use engine::trace::{Document, Line, Place, Traced, TracedPath};
use engine::{Hook, Manifest};
use serde::Serialize;

/// The form of the document: another number is another form.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Trace<'t> {
    version: u32,
    paths: Vec<Path>,
    calls: Vec<Call<'t>>,
    manifests: Vec<Resource<'t>>,
    hooks: Vec<Resource<'t>>,
    unread: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Path {
    path: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
    manifests: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hooks: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Call<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<usize>,
    #[serde(flatten)]
    place: At<'t>,
    call: &'t str,
}

#[derive(Debug, Serialize)]
struct At<'t> {
    template: &'t str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_text: Option<(usize, usize)>,
}

#[derive(Debug, Serialize)]
struct Resource<'t> {
    source: &'t str,
    kind: &'t str,
    name: &'t str,
    lines: Vec<Printed<'t>>,
}

#[derive(Debug, Serialize)]
struct Printed<'t> {
    text: &'t str,
    main: usize,
    parts: Vec<Part<'t>>,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    omitted: &'t [usize],
}

#[derive(Debug, Serialize)]
struct Part<'t> {
    columns: (usize, usize),
    #[serde(flatten)]
    place: At<'t>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<usize>,
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    reads: &'t [usize],
    #[serde(skip_serializing_if = "<[usize]>::is_empty")]
    conditions: &'t [usize],
}

/// The document.
pub(super) fn json(traced: &Traced) -> String {
    let (rendered, trace) = (&traced.rendered, &traced.trace);
    let hooks = rendered.hooks.iter().map(|hook: &Hook| &hook.manifest);
    let document = Trace {
        version: VERSION,
        paths: trace.paths.iter().map(path).collect(),
        calls: trace
            .calls
            .iter()
            .map(|call| Call {
                parent: call.parent,
                place: at(&call.place),
                call: &call.call,
            })
            .collect(),
        manifests: resources(rendered.manifests.iter(), &trace.manifests),
        hooks: resources(hooks, &trace.hooks),
        unread: trace.unread.iter().map(ToString::to_string).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn path(path: &TracedPath) -> Path {
    Path {
        path: path.path.to_string(),
        whole: path.whole,
        manifests: path.manifests.clone(),
        hooks: path.hooks.clone(),
    }
}

fn at(place: &Place) -> At<'_> {
    At {
        template: &place.template,
        line: place.line,
        column: place.column,
        in_text: place.in_text,
    }
}

fn resources<'t>(
    manifests: impl Iterator<Item = &'t Manifest>,
    documents: &'t [Document],
) -> Vec<Resource<'t>> {
    manifests
        .zip(documents)
        .map(|(manifest, document)| Resource {
            source: &manifest.name,
            kind: &manifest.kind,
            name: &manifest.resource_name,
            lines: manifest
                .content
                .lines()
                .zip(&document.lines)
                .map(line)
                .collect(),
        })
        .collect()
}

fn line<'t>((text, line): (&'t str, &'t Line)) -> Printed<'t> {
    let set = |set: &'t Arc<[usize]>| -> &'t [usize] { set };
    Printed {
        text,
        main: line.main,
        parts: line
            .parts
            .iter()
            .map(|part| Part {
                columns: (part.start, part.end),
                place: at(&part.place),
                call: part.call,
                reads: set(&part.reads),
                conditions: set(&part.conditions),
            })
            .collect(),
        omitted: &line.omitted,
    }
}
