//! Follows an execution: which text comes from where, and what was read for it.
//!
//! The executor tells of each step; values are told by their tables ([`Watch`]). Texts that named
//! templates print are known again by the address of their bytes, so that they keep their origins
//! on the way through variables, tables and functions that hand them on.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    rc::Rc,
    sync::Arc,
};

use super::{
    sets::{ReadId, SetId, Sets},
    spans::{FrameId, Origin, SourceId, Spans},
    through::{Argument, through},
};
use crate::{
    parse::{Pos, Source},
    value::{
        Str, Value,
        watch::{Read, Watch},
    },
};

/// A call that leads to a template.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Where the call itself was reached from.
    pub(crate) parent: FrameId,
    /// Where it stands.
    pub(crate) source: SourceId,
    pub(crate) pos: Pos,
    /// As Go prints it.
    pub(crate) call: String,
}

/// A text whose origins are known.
#[derive(Debug)]
struct Known {
    /// Holds the bytes, so that no other text gets their address.
    _text: Str,
    spans: Rc<Spans>,
    /// All that was read for it.
    total: SetId,
}

/// What is being read and printed by one template.
#[derive(Debug, Default)]
struct Scope {
    frame: FrameId,
    source: SourceId,
    /// What decided that the nodes at hand are executed.
    conditions: SetId,
    /// What was read for the dot.
    dot: SetId,
    /// What was read for each variable.
    variables: Vec<SetId>,
}

/// What the pipeline around the one at hand has read.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub(crate) struct Around(SetId);

/// What is to be again when a branch has been walked.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub(crate) struct Outside {
    conditions: SetId,
    dot: SetId,
    printed: usize,
}

/// What the next template begins with.
#[derive(Debug, Default)]
struct Next {
    frame: FrameId,
    conditions: SetId,
    dot: SetId,
}

/// Follows one render.
#[derive(Debug)]
pub(crate) struct Tracer {
    watch: Rc<Watch>,
    /// The tables that tell by themselves what is read in them, by their addresses.
    told: HashSet<usize>,
    read_numbers: BTreeMap<Read, ReadId>,
    reads: Vec<Read>,
    sets: Sets,
    source_numbers: HashMap<usize, SourceId>,
    sources: Vec<Arc<Source>>,
    frame_numbers: HashMap<(FrameId, SourceId, Pos), FrameId>,
    /// The first one is no call: a file's template is executed by itself.
    frames: Vec<Option<Frame>>,
    texts: HashMap<usize, Known>,
    /// The texts that are being printed, the innermost one last.
    open: Vec<Open>,
    scopes: Vec<Scope>,
    next: Next,
    /// What was read by the pipeline that is being evaluated.
    pipeline: SetId,
}

/// A text that is being printed.
#[derive(Debug, Default)]
struct Open {
    spans: Spans,
    /// All that was read since it was begun.
    total: SetId,
}

impl Tracer {
    /// Follows what this watch is told.
    pub(crate) fn new(watch: Rc<Watch>, told: HashSet<usize>) -> Self {
        Self {
            watch,
            told,
            read_numbers: BTreeMap::new(),
            reads: Vec::new(),
            sets: Sets::default(),
            source_numbers: HashMap::new(),
            sources: Vec::new(),
            frame_numbers: HashMap::new(),
            frames: vec![None],
            texts: HashMap::new(),
            open: Vec::new(),
            scopes: Vec::new(),
            next: Next::default(),
            pipeline: SetId::EMPTY,
        }
    }

    /// A file's template is about to be executed.
    pub(crate) fn file(&mut self) {
        self.next = Next::default();
        self.open.clear();
        self.scopes.clear();
        self.pipeline = SetId::EMPTY;
    }

    /// A text begins.
    pub(crate) fn open(&mut self) {
        self.open.push(Open::default());
    }

    /// The text is finished: `text`, from which `removed` has been taken out.
    pub(crate) fn close(&mut self, text: &Str, removed: impl IntoIterator<Item = Range<usize>>) {
        let Some(Open { spans, total }) = self.open.pop() else {
            return;
        };
        if let Some(outer) = self.open.last_mut() {
            outer.total = self.sets.union(outer.total, total);
        }
        let spans = Rc::new(spans.without(removed));
        self.know(text, spans, total);
    }

    /// A text is another one from now on, from which `removed` has been taken out.
    pub(crate) fn shortened(
        &mut self,
        text: &Str,
        left: &Str,
        removed: impl IntoIterator<Item = Range<usize>>,
    ) {
        if let Some(known) = self.known(text) {
            let (spans, total) = (known.spans.without(removed), known.total);
            self.know(left, Rc::new(spans), total);
        }
    }

    fn know(&mut self, text: &Str, spans: Rc<Spans>, total: SetId) {
        let known = Known {
            _text: text.clone(),
            spans,
            total,
        };
        if let Some(address) = text.address() {
            self.texts.insert(address, known);
        }
    }

    fn known(&self, text: &Str) -> Option<&Known> {
        self.texts.get(&text.address()?)
    }

    /// The origins of a text, if they are known.
    pub(crate) fn spans(&self, text: &Str) -> Option<Rc<Spans>> {
        self.known(text).map(|it| Rc::clone(&it.spans))
    }

    /// `include` or `tpl` is about to execute a template: what that prints comes out as a value.
    pub(crate) fn call(&mut self, source: &Arc<Source>, pos: Pos, text: String) {
        self.flush();
        self.next = Next {
            frame: self.frame(source, pos, text),
            ..Next::default()
        };
    }

    /// `{{template}}` is about to execute a template, which prints in the place of the call.
    pub(crate) fn template(
        &mut self,
        around: Around,
        source: &Arc<Source>,
        pos: Pos,
        text: String,
    ) {
        let dot = self.finish(around);
        let conditions = self.sets.union(self.conditions(), dot);
        self.next = Next {
            frame: self.frame(source, pos, text),
            conditions,
            dot,
        };
    }

    fn frame(&mut self, source: &Arc<Source>, pos: Pos, call: String) -> FrameId {
        let source = self.source(source);
        let parent = self.scopes.last().map_or(0, |scope| scope.frame);
        let frames = &mut self.frames;
        *self
            .frame_numbers
            .entry((parent, source, pos))
            .or_insert_with(|| {
                frames.push(Some(Frame {
                    parent,
                    source,
                    pos,
                    call,
                }));
                number(frames.len() - 1)
            })
    }

    fn source(&mut self, source: &Arc<Source>) -> SourceId {
        let sources = &mut self.sources;
        *self
            .source_numbers
            .entry(Arc::as_ptr(source) as usize)
            .or_insert_with(|| {
                sources.push(Arc::clone(source));
                number(sources.len() - 1)
            })
    }

    /// A template begins.
    pub(crate) fn begin(&mut self, source: &Arc<Source>, slots: usize) {
        let Next {
            frame,
            conditions,
            dot,
        } = std::mem::take(&mut self.next);
        let mut variables = vec![SetId::EMPTY; slots];
        if let Some(root) = variables.first_mut() {
            *root = dot;
        }
        let source = self.source(source);
        self.scopes.push(Scope {
            frame,
            source,
            conditions,
            dot,
            variables,
        });
    }

    /// The template ends.
    pub(crate) fn end(&mut self) {
        self.scopes.pop();
    }

    /// A node's pipeline begins.
    pub(crate) fn start(&mut self) -> Around {
        // What was looked at since the last one has been counted, or nobody but the executor
        // looked at it.
        self.watch.take();
        Around(std::mem::take(&mut self.pipeline))
    }

    /// The pipeline ends: what it read.
    pub(crate) fn finish(&mut self, around: Around) -> SetId {
        self.flush();
        let reads = std::mem::replace(&mut self.pipeline, around.0);
        if let Some(open) = self.open.last_mut() {
            open.total = self.sets.union(open.total, reads);
        }
        reads
    }

    fn flush(&mut self) {
        let reads = self.watch.take();
        if reads.is_empty() {
            return;
        }
        let numbers = reads.into_iter().map(|read| self.read(read)).collect();
        let reads = self.sets.of(numbers);
        self.add(reads);
    }

    fn read(&mut self, read: Read) -> ReadId {
        let reads = &mut self.reads;
        *self.read_numbers.entry(read).or_insert_with_key(|read| {
            reads.push(read.clone());
            number(reads.len() - 1)
        })
    }

    /// The pipeline depends on these, too.
    fn add(&mut self, reads: SetId) {
        self.pipeline = self.sets.union(self.pipeline, reads);
    }

    /// The pipeline depends on all that was read for this value.
    pub(crate) fn consume(&mut self, value: &Value) {
        if let Value::String(text) = value
            && let Some(known) = self.known(text)
        {
            let total = known.total;
            self.add(total);
        }
    }

    /// The pipeline uses the dot.
    pub(crate) fn dot(&mut self, dot: &Value) {
        // A table of the values tells by itself what is read in it.
        if !matches!(dot, Value::Map(map) if self.told.contains(&map.address())) {
            let reads = self.scopes.last().map_or(SetId::EMPTY, |scope| scope.dot);
            self.add(reads);
        }
    }

    /// The pipeline uses a variable.
    pub(crate) fn variable(&mut self, slot: Option<u32>) {
        let scope = self.scopes.last();
        let reads = scope
            .zip(slot)
            .and_then(|(scope, slot)| scope.variables.get(slot as usize));
        if let Some(&reads) = reads {
            self.add(reads);
        }
    }

    /// The pipeline's value goes into a variable; into one from outside only under conditions.
    pub(crate) fn assign(&mut self, slot: Option<u32>, is_outer: bool) {
        self.flush();
        let reads = if is_outer {
            self.sets.union(self.pipeline, self.conditions())
        } else {
            self.pipeline
        };
        let place = self.scopes.last_mut().zip(slot);
        if let Some(place) = place.and_then(|(it, slot)| it.variables.get_mut(slot as usize)) {
            *place = reads;
        }
    }

    fn conditions(&self) -> SetId {
        self.scopes
            .last()
            .map_or(SetId::EMPTY, |scope| scope.conditions)
    }

    /// The origin of what is made at a place of the template at hand.
    fn origin(&self, pos: Pos, reads: SetId) -> Origin {
        let scope = self.scopes.last();
        Origin {
            source: scope.map_or(0, |scope| scope.source),
            pos,
            verbatim: false,
            frame: scope.map_or(0, |scope| scope.frame),
            reads,
            conditions: self.conditions(),
        }
    }

    /// Text of the template was printed.
    pub(crate) fn text(&mut self, pos: Pos, len: usize) {
        let origin = Origin {
            verbatim: true,
            ..self.origin(pos, SetId::EMPTY)
        };
        if let Some(open) = self.open.last_mut() {
            open.spans.push(len, origin);
        }
    }

    /// An action ends, which printed a value in so many bytes.
    pub(crate) fn printed(&mut self, around: Around, pos: Pos, value: &Value, len: usize) {
        let reads = self.finish(around);
        let origin = self.origin(pos, reads);
        let known = match value {
            Value::String(text) => self.spans(text),
            _ => None,
        };
        let Some(open) = self.open.last_mut() else {
            return;
        };
        match known {
            Some(spans) => {
                let sets = &mut self.sets;
                open.spans.extend(&spans, |inner| Origin {
                    reads: sets.union(inner.reads, reads),
                    conditions: sets.union(inner.conditions, origin.conditions),
                    ..inner
                });
            }
            None if len == 0 => open.spans.mark(origin),
            None => open.spans.push(len, origin),
        }
    }

    /// A condition's value is known: what is executed now depends on it. With `dot` that value is
    /// the new dot.
    pub(crate) fn decide(&mut self, around: Around, value: &Value, dot: bool) -> Outside {
        self.consume(value);
        let reads = self.finish(around);
        let printed = self.open.last().map_or(0, |open| open.spans.len());
        let Some(scope) = self.scopes.last_mut() else {
            return Outside::default();
        };
        let outside = Outside {
            conditions: scope.conditions,
            dot: scope.dot,
            printed,
        };
        scope.conditions = self.sets.union(scope.conditions, reads);
        if dot {
            scope.dot = reads;
        }
        outside
    }

    /// What the condition decided is done.
    pub(crate) fn decided(&mut self, outside: Outside, pos: Pos) {
        let origin = self.origin(pos, SetId::EMPTY);
        if let Some(open) = self.open.last_mut()
            && open.spans.len() == outside.printed
        {
            open.spans.mark(origin);
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.conditions = outside.conditions;
            scope.dot = outside.dot;
        }
    }

    /// A function made a value of its arguments.
    pub(crate) fn called(
        &mut self,
        function: &str,
        pos: Pos,
        arguments: &[Value],
        made: &mut Value,
    ) {
        let texts: Vec<(&Str, Rc<Spans>)> = arguments
            .iter()
            .filter_map(Value::as_str)
            .filter_map(|text| Some((text, self.spans(text)?)))
            .collect();
        if texts.is_empty() {
            return;
        }
        if let Value::String(result) = made {
            *result = result.apart();
            // Handed on as it is: what decided that it is this one counts, and it keeps its origins.
            if texts
                .iter()
                .any(|(text, _)| text.address() == result.address())
            {
                for value in arguments {
                    if value
                        .as_str()
                        .is_some_and(|text| text.address() != result.address())
                    {
                        self.consume(value);
                    }
                }
                return;
            }
            let given: Vec<Argument<'_>> = texts
                .iter()
                .map(|(text, spans)| Argument {
                    text: text.as_bytes(),
                    spans,
                })
                .collect();
            let call = self.origin(pos, SetId::EMPTY);
            if let Some(mut spans) = through(function, &given, result.as_bytes(), call) {
                let mut total = SetId::EMPTY;
                for (text, _) in &texts {
                    let read = self.known(text).map(|known| known.total);
                    total = self.sets.union(total, read.unwrap_or_default());
                }
                // What was cut away counts, too.
                if spans.len() < given.iter().map(|it| it.text.len()).sum() {
                    let conditions = self.sets.union(call.conditions, total);
                    spans.mark(Origin { conditions, ..call });
                }
                self.know(result, Rc::new(spans), total);
                return;
            }
        }
        for value in arguments {
            self.consume(value);
        }
    }

    /// What was found, when the render is over.
    pub(crate) fn found(&self) -> Found<'_> {
        Found {
            reads: &self.reads,
            sets: &self.sets,
            sources: &self.sources,
            frames: &self.frames,
        }
    }
}

/// What a tracer found.
#[derive(Debug)]
pub(crate) struct Found<'t> {
    pub(crate) reads: &'t [Read],
    pub(crate) sets: &'t Sets,
    pub(crate) sources: &'t [Arc<Source>],
    pub(crate) frames: &'t [Option<Frame>],
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
