//! From the origins of what templates printed to the lines of manifests.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use super::{
    Call, Document, Line, Part, Place,
    reads::Paths,
    sets::SetId,
    spans::{FrameId, Origin, Run, SourceId, Spans},
    tracer::{Found, Frame},
};
use crate::{
    Dialect,
    eval::ROOT,
    output::{Manifest, split},
    parse::{Pos, Source},
};

/// A line of a document: its runs, and those marks that stand in front of it.
type Runs = Vec<Run>;

/// The lines of all documents that templates printed, to be handed out to their manifests.
#[derive(Debug)]
pub(crate) struct Printed<'t> {
    /// Whose rule cuts texts into documents.
    dialect: Dialect,
    /// By template and text: of two equal documents the first one printed comes first.
    documents: HashMap<(&'t str, &'t str), VecDeque<Vec<Runs>>>,
}

impl<'t> Printed<'t> {
    /// Nothing yet.
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            documents: HashMap::new(),
        }
    }

    /// Adds what a template printed. `bytes` is the text as it was printed; it need not be UTF-8.
    pub(crate) fn add(&mut self, template: &'t str, text: &'t str, bytes: &[u8], spans: &Spans) {
        let lines = spans.lines(bytes);
        let mut next = 0;
        for document in split(text, self.dialect) {
            let start = document.as_ptr() as usize - text.as_ptr() as usize;
            let before = &text[..start];
            let first = before.matches('\n').count();
            let count = document.split_inclusive('\n').count();
            let mut found: Vec<Runs> = lines.iter().skip(first).take(count).cloned().collect();
            if let Some(line) = found.first_mut() {
                // Text in front of a document on its first line: the dashes.
                let column = start - before.rfind('\n').map_or(0, |at| at + 1);
                if text.len() == bytes.len() {
                    *line = without_start(line, column);
                }
                // What printed nothing on the way there belongs to it.
                let between = lines.iter().take(first).skip(next).flatten();
                line.splice(..0, between.filter(|run| run.len == 0).copied());
            }
            next = first + count;
            self.documents
                .entry((template, document))
                .or_default()
                .push_back(found);
        }
    }

    /// The sets that something depends on.
    pub(crate) fn sets(&self) -> BTreeSet<SetId> {
        let lines = self.documents.values().flatten().flatten().flatten();
        lines
            .flat_map(|run| [run.origin.reads, run.origin.conditions])
            .collect()
    }

    /// The lines of a manifest.
    pub(super) fn take(&mut self, manifest: &'t Manifest) -> Vec<Runs> {
        let key = (manifest.name.as_str(), manifest.content.as_str());
        let found = self.documents.get_mut(&key);
        found.and_then(VecDeque::pop_front).unwrap_or_default()
    }
}

/// The runs behind so many bytes.
fn without_start(runs: &[Run], bytes: usize) -> Runs {
    let mut spans = Spans::default();
    for run in runs {
        spans.add(*run);
    }
    let mut left = Spans::default();
    left.extend_from(&spans, bytes..spans.len());
    left.runs().to_vec()
}

/// Turns numbers into places and calls.
pub(super) struct Places<'f> {
    found: &'f Found<'f>,
    paths: &'f Paths,
    sources: HashMap<SourceId, Index>,
    calls: Vec<Call>,
    numbers: HashMap<FrameId, usize>,
}

/// A source's name and where its lines begin.
struct Index {
    name: Arc<str>,
    starts: Vec<usize>,
}

impl Index {
    fn new(source: &Source) -> Self {
        let text = source.text.as_bytes();
        let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        Self {
            name: source.name.to_string_lossy().into(),
            starts: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// Line and column, from 1.
    fn place(&self, pos: Pos) -> (usize, usize) {
        let pos = pos as usize;
        let line = self.starts.partition_point(|&start| start <= pos);
        (line, 1 + pos - self.starts[line - 1])
    }
}

impl<'f> Places<'f> {
    pub(super) fn new(found: &'f Found<'f>, paths: &'f Paths) -> Self {
        Self {
            found,
            paths,
            sources: HashMap::new(),
            calls: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// The calls that were met.
    pub(super) fn calls(self) -> Vec<Call> {
        self.calls
    }

    /// A document of these lines.
    pub(super) fn document(&mut self, content: &str, lines: &[Runs]) -> Document {
        let texts = content.split_inclusive('\n');
        let lines = texts.zip(lines).map(|(text, runs)| self.line(text, runs));
        Document {
            lines: lines.collect(),
        }
    }

    fn line(&mut self, text: &str, runs: &[Run]) -> Line {
        let length = text.trim_end_matches('\n').len();
        let mut parts: Vec<Part> = Vec::new();
        let mut omitted = BTreeSet::new();
        let mut main = None;
        let mut at = 0;
        for run in runs {
            let (start, end) = (at.min(length), (at + run.len).min(length));
            at += run.len;
            let origin = run.origin;
            if run.len == 0 {
                for set in [origin.reads, origin.conditions] {
                    omitted.extend(self.paths.of(set).iter().copied());
                }
                continue;
            }
            // The line break is a part only where there is nothing else.
            if start == end && !parts.is_empty() {
                continue;
            }
            let shown = text.get(start..end).unwrap_or_default();
            if main.is_none() && !shown.trim().is_empty() {
                main = Some(parts.len());
            }
            parts.push(self.part(start, end, origin));
        }
        Line {
            main: main.unwrap_or_default(),
            parts,
            omitted: omitted.into_iter().collect(),
        }
    }

    fn part(&mut self, start: usize, end: usize, origin: Origin) -> Part {
        Part {
            start,
            end,
            place: self.place(origin.source, origin.pos, origin.frame),
            call: self.call(origin.frame),
            reads: self.paths.of(origin.reads),
            conditions: self.paths.of(origin.conditions),
        }
    }

    fn frame(&self, frame: FrameId) -> Option<&'f Frame> {
        self.found.frames.get(frame as usize)?.as_ref()
    }

    fn call(&mut self, number: FrameId) -> Option<usize> {
        if let Some(&known) = self.numbers.get(&number) {
            return Some(known);
        }
        let frame = self.frame(number)?;
        let parent = self.call(frame.parent);
        let place = self.place(frame.source, frame.pos, frame.parent);
        self.calls.push(Call {
            parent,
            place,
            call: frame.call.clone(),
        });
        self.numbers.insert(number, self.calls.len() - 1);
        Some(self.calls.len() - 1)
    }

    /// A place in a file: what stands in a text given to `tpl` is where the `tpl` is.
    fn place(&mut self, source: SourceId, pos: Pos, frame: FrameId) -> Place {
        let (mut source, mut pos, mut frame) = (source, pos, frame);
        let mut in_text = None;
        while self.is_text(source)
            && let Some(call) = self.frame(frame)
        {
            in_text = in_text.or(Some(self.index(source).place(pos)));
            (source, pos, frame) = (call.source, call.pos, call.parent);
        }
        let index = self.index(source);
        let (line, column) = index.place(pos);
        Place {
            template: Arc::clone(&index.name),
            line,
            column,
            in_text,
        }
    }

    fn is_text(&self, source: SourceId) -> bool {
        let source = self.found.sources.get(source as usize);
        source.is_some_and(|source| source.name == *ROOT)
    }

    fn index(&mut self, source: SourceId) -> &Index {
        let sources = self.found.sources;
        self.sources
            .entry(source)
            .or_insert_with(|| match sources.get(source as usize) {
                Some(source) => Index::new(source),
                None => Index {
                    name: "".into(),
                    starts: vec![0],
                },
            })
    }
}
