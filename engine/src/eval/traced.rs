//! The executor's walk while a [`Tracer`] follows it: the same steps, each told. Apart from the
//! usual walk, so that a render that nobody follows pays one comparison a node.

use super::machine::{Flow, Machine, Run, Typed};
use crate::{
    parse::{Branch, Node, Pipe, Printed},
    trace::tracer::{Around, Tracer},
    value::Value,
};

impl<'p> Machine<'p, '_, '_> {
    /// Tells the tracer, if there is one.
    #[inline]
    pub(super) fn tell<R: Default>(&mut self, tell: impl FnOnce(&mut Tracer) -> R) -> R {
        match &mut self.shared.tracer {
            Some(tracer) => tell(tracer),
            None => R::default(),
        }
    }

    /// Executes a node.
    #[cold]
    pub(super) fn walk_traced(&mut self, dot: &Typed, node: &'p Node) -> Run<Flow> {
        match node {
            Node::Text { pos, text } => {
                self.print(text.as_bytes())?;
                self.tell(|tracer| tracer.text(*pos, text.len()));
            }
            Node::Action(pipe) => self.act_traced(dot, pipe)?,
            Node::If(branch) => {
                let (around, value) = self.evaluate_traced(dot, &branch.pipe)?;
                let is_true = value.truth();
                let outside = self.tell(|tracer| tracer.decide(around, &value, false));
                let flow = self.walk_branch(dot, branch, is_true);
                self.tell(|tracer| tracer.decided(outside, branch.pipe.pos));
                return flow.map_err(|error| self.decided(error, dot, &branch.pipe));
            }
            Node::With(branch) => {
                let (around, value) = self.evaluate_traced(dot, &branch.pipe)?;
                let is_true = value.truth();
                let outside = self.tell(|tracer| tracer.decide(around, &value, is_true));
                let inner = if is_true {
                    Typed::concrete(value)
                } else {
                    dot.clone()
                };
                let flow = self.walk_branch(&inner, branch, is_true);
                self.tell(|tracer| tracer.decided(outside, branch.pipe.pos));
                return flow.map_err(|error| self.decided(error, dot, &branch.pipe));
            }
            Node::Range(branch) => {
                let (around, value) = self.evaluate_traced(dot, &branch.pipe)?;
                if let Value::Map(map) = &value {
                    // All of it decides, whatever the body uses.
                    drop(map.read());
                }
                let outside = self.tell(|tracer| tracer.decide(around, &value, true));
                let flow = self.range_over(dot, branch, &value);
                self.tell(|tracer| tracer.decided(outside, branch.pipe.pos));
                return flow.map_err(|error| self.looped(error, dot, &branch.pipe));
            }
            Node::Template(call) => {
                let source = &self.template.source;
                let text = Printed::Template(call).text(source);
                let around = self.tell(Tracer::start);
                let (template, inner) = self.callee(dot, call)?;
                self.tell(|tracer| tracer.template(around, source, call.pos, text));
                self.execute_here(call, template, inner)?;
            }
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Done)
    }

    /// The value of a node's pipeline, which the tracer is still following.
    fn evaluate_traced(&mut self, dot: &Typed, pipe: &'p Pipe) -> Run<(Around, Value)> {
        let around = self.tell(Tracer::start);
        Ok((around, self.evaluate(dot, pipe)?))
    }

    fn walk_branch(&mut self, dot: &Typed, branch: &'p Branch, is_true: bool) -> Run<Flow> {
        if is_true {
            self.walk_list(dot, &branch.list)
        } else {
            self.walk_else(dot, branch)
        }
    }

    fn act_traced(&mut self, dot: &Typed, pipe: &'p Pipe) -> Run<()> {
        let (around, value) = self.evaluate_traced(dot, pipe)?;
        if !pipe.decl.is_empty() {
            self.tell(|tracer| tracer.finish(around));
            return Ok(());
        }
        let before = self.printed();
        self.print_value(&value)?;
        let len = self.printed() - before;
        self.tell(|tracer| tracer.printed(around, pipe.pos, &value, len));
        Ok(())
    }
}
