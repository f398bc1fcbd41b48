//! What the executor notes of a failure for people, while the error rises: the node that failed,
//! the values that its pipeline reads, the `template` calls it passes. Only ever on the way down
//! from an error, so that templates that succeed pay nothing.

use std::sync::Arc;

use super::{
    ExecError,
    machine::{Machine, Typed},
};
use crate::{
    parse::{Command, Expr, Pipe, Pos, Printed, Source},
    value::{Key, Map, Str, Value},
};

/// Enough for any expression that a person can read.
const MAX_READS: usize = 12;

/// A node of a template.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) source: Arc<Source>,
    /// The template that it belongs to: a file's or a `define`'s name.
    pub(super) template: Str,
    pub(super) pos: Pos,
    /// As Go prints it.
    pub(super) text: String,
}

/// What is known of an error that the executor raised at a node.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) site: Site,
    /// What went wrong, without the place.
    pub(super) message: String,
    /// What the failing pipeline reads; none while the error has not left the pipeline.
    pub(super) reads: Option<Vec<Read>>,
    /// The values that decided that the failing pipeline ran, innermost first.
    pub(super) conditions: Vec<Read>,
    /// The `template` calls that the error has passed, the innermost one first.
    pub(super) passed: Vec<Site>,
}

/// A path that a pipeline reads, followed as far as there is something.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// As written, up to where nothing is left to follow.
    pub(super) written: String,
    /// The table that holds the value, and its key there.
    pub(super) held: Option<(Map, Str)>,
    /// The value; none if the table has no such key.
    pub(super) value: Option<Value>,
    /// The names behind the first missing one are not looked at.
    stopped: bool,
}

impl Read {
    fn of(written: &str, value: Value) -> Self {
        Self {
            written: written.to_owned(),
            held: None,
            value: Some(value),
            stopped: false,
        }
    }

    /// One name further, if there is something to go into.
    fn step(&mut self, name: &[u8]) {
        if self.stopped {
            return;
        }
        let next = match &self.value {
            Some(Value::Map(map)) => {
                let found = map.get(name);
                self.held = Some((map.clone(), Str::from_bytes(name)));
                found
            }
            Some(Value::Object(object)) => {
                self.held = None;
                object.field(&String::from_utf8_lossy(name))
            }
            // Of nothing and of what is no table nothing can be read: that is what is to blame.
            _ => {
                self.stopped = true;
                return;
            }
        };
        if self.written == "." {
            self.written.clear();
        }
        self.written.push('.');
        self.written.push_str(&String::from_utf8_lossy(name));
        self.stopped = next.is_none();
        self.value = next;
    }
}

impl Machine<'_, '_, '_> {
    /// Where a node stands.
    pub(super) fn site(&self, node: Printed<'_>) -> Site {
        Site {
            source: Arc::clone(&self.template.source),
            template: self.template.name.clone(),
            pos: node.pos(),
            text: node.text(&self.template.source),
        }
    }

    /// Notes what a pipeline reads that has failed.
    #[cold]
    pub(super) fn failed(
        &self,
        mut error: Box<ExecError>,
        dot: &Typed,
        pipe: &Pipe,
    ) -> Box<ExecError> {
        if let Some(scene) = &mut error.scene
            && scene.reads.is_none()
        {
            scene.reads = Some(self.reads(dot, pipe));
        }
        error
    }

    /// Notes what decided that a list of nodes was executed that has failed.
    #[cold]
    pub(super) fn decided(
        &self,
        mut error: Box<ExecError>,
        dot: &Typed,
        pipe: &Pipe,
    ) -> Box<ExecError> {
        if let Some(scene) = &mut error.scene
            && scene.conditions.len() < MAX_READS
        {
            scene.conditions.extend(self.reads(dot, pipe));
        }
        error
    }

    /// Notes what a loop goes over that has failed, be it that it cannot go over it.
    #[cold]
    pub(super) fn looped(&self, error: Box<ExecError>, dot: &Typed, pipe: &Pipe) -> Box<ExecError> {
        let error = self.failed(error, dot, pipe);
        self.decided(error, dot, pipe)
    }

    /// Notes the `template` call that an error has passed.
    #[cold]
    pub(super) fn passed(&self, mut error: Box<ExecError>, call: Printed<'_>) -> Box<ExecError> {
        if let Some(scene) = &mut error.scene
            && scene.passed.len() < super::error::MAX_CHAIN
        {
            scene.passed.push(self.site(call));
        }
        error
    }

    fn reads(&self, dot: &Typed, pipe: &Pipe) -> Vec<Read> {
        let mut out = Vec::new();
        self.pipe_reads(dot, pipe, &mut out);
        out.truncate(MAX_READS);
        out
    }

    fn pipe_reads(&self, dot: &Typed, pipe: &Pipe, out: &mut Vec<Read>) {
        for command in &pipe.cmds {
            if let Some(read) = self.lookup(dot, command) {
                out.push(read);
            } else {
                for arg in &command.args {
                    self.expr_reads(dot, arg, out);
                }
            }
        }
    }

    fn expr_reads(&self, dot: &Typed, expr: &Expr, out: &mut Vec<Read>) {
        match self.follow(dot, expr) {
            Some(read) => out.push(read),
            None => match expr {
                Expr::Pipe(pipe) => self.pipe_reads(dot, pipe, out),
                Expr::Chain { node, .. } => self.expr_reads(dot, node, out),
                _ => {}
            },
        }
    }

    /// What an expression reads, if it does nothing but read.
    fn follow(&self, dot: &Typed, expr: &Expr) -> Option<Read> {
        let (mut read, path): (Read, &[Key]) = match expr {
            Expr::Dot(_) => (Read::of(".", dot.value.clone()), &[]),
            Expr::Field { path, .. } => (Read::of(".", dot.value.clone()), path),
            Expr::Variable {
                name, slot, path, ..
            } => {
                let value = self.slots.get((*slot)? as usize)?;
                (Read::of(&name.to_string_lossy(), value.value.clone()), path)
            }
            Expr::Pipe(pipe) => match &*pipe.cmds {
                [command] if pipe.decl.is_empty() => (self.lookup(dot, command)?, &[]),
                _ => return None,
            },
            Expr::Chain { node, path, .. } => (self.follow(dot, node)?, path),
            _ => return None,
        };
        for name in path {
            read.step(name.as_bytes());
        }
        Some(read)
    }

    /// What a command reads: a single operand, or `index`, `get` and their like with constant keys.
    fn lookup(&self, dot: &Typed, command: &Command) -> Option<Read> {
        match &*command.args {
            [only] => self.follow(dot, only),
            [Expr::Function { function, .. }, of, keys @ ..]
                if matches!(function.name, "index" | "get" | "hasKey") =>
            {
                let mut read = self.follow(dot, of)?;
                for key in keys {
                    match key {
                        Expr::String { value, .. } => read.step(value.as_bytes()),
                        _ => return Some(read),
                    }
                }
                Some(read)
            }
            _ => None,
        }
    }
}
