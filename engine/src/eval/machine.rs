//! The executor: walks a template's nodes and prints (follows exec.go, `walk` and its helpers).

use super::{ExecError, Library};
use crate::{
    functions::{
        Host,
        time::{Duration, Named},
    },
    limits::LimitReached,
    parse::{Branch, Node, Pipe, Printed, Template, TemplateCall},
    trace::tracer::Tracer,
    value::{ListKind, Str, Value},
};

/// A result of the executor; the error is boxed, as it is rare and large.
pub(super) type Run<T> = Result<T, Box<ExecError>>;

/// A value, and whether Go holds it as an `interface {}`: it does for elements of a
/// `map[string]interface {}` or `[]interface {}`. A nil of that kind answers a field access with
/// an error, while a nil that went through a pipeline answers with nil.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) value: Value,
    pub(super) is_interface: bool,
}

impl Typed {
    pub(super) fn concrete(value: Value) -> Self {
        Self {
            value,
            is_interface: false,
        }
    }

    pub(super) fn interface(value: Value) -> Self {
        Self {
            value,
            is_interface: true,
        }
    }
}

/// What all templates of one execution share.
pub(super) struct Shared<'h> {
    pub(super) host: &'h mut Host,
    /// The names that are being included, the innermost one last.
    pub(super) included: Vec<Str>,
    /// The arguments of the calls that are being made, those of the innermost one last.
    pub(super) arguments: Vec<Value>,
    /// Who follows the execution, if somebody does.
    pub(super) tracer: Option<&'h mut Tracer>,
    /// Variables of templates that have ended, for those to come.
    spare: Vec<Vec<Typed>>,
}

impl<'h> Shared<'h> {
    pub(super) fn new(host: &'h mut Host, tracer: Option<&'h mut Tracer>) -> Self {
        Self {
            host,
            included: Vec::new(),
            arguments: Vec::new(),
            tracer,
            spare: Vec::new(),
        }
    }
}

/// How a list of nodes ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Done,
    Break,
    Continue,
}

/// One template being executed.
pub(super) struct Machine<'p, 's, 'h> {
    pub(super) library: &'p Library<'p>,
    pub(super) shared: &'s mut Shared<'h>,
    pub(super) template: &'p Template,
    /// The node that an error would name: Go leaves it where evaluation last was.
    pub(super) at: Option<Printed<'p>>,
    pub(super) slots: Vec<Typed>,
    out: &'s mut Vec<u8>,
}

/// Executes a named template into a text of its own (Go's `ExecuteTemplate`).
pub(super) fn execute_named(
    library: &Library<'_>,
    name: &Str,
    dot: Value,
    shared: &mut Shared<'_>,
) -> Run<Str> {
    let out = execute_to(library, name, dot, shared)?;
    let mut text = Str::from_bytes(&out);
    if let Some(tracer) = &mut shared.tracer {
        text = text.apart();
        tracer.close(&text, []);
    }
    shared.host.give_back(out);
    Ok(text)
}

/// The same; the buffer is the caller's, and a tracer waits to be told of its end.
pub(super) fn execute_to(
    library: &Library<'_>,
    name: &Str,
    dot: Value,
    shared: &mut Shared<'_>,
) -> Run<Vec<u8>> {
    let Some(template) = library.find(name) else {
        let wanted = name;
        let name = values::go::quote(&name.to_string_lossy());
        let root = values::go::quote(super::ROOT);
        let error = ExecError::plain(format!(
            "template: no template {name} associated with template {root}"
        ));
        return Err(error.with_hint(library.like(wanted)));
    };
    let mut out = shared.host.buffer();
    if let Some(tracer) = &mut shared.tracer {
        tracer.open();
    }
    execute(library, template, Typed::concrete(dot), shared, &mut out)?;
    Ok(out)
}

/// Executes a template, appending what it prints.
pub(super) fn execute(
    library: &Library<'_>,
    template: &Template,
    dot: Typed,
    shared: &mut Shared<'_>,
    out: &mut Vec<u8>,
) -> Run<()> {
    shared
        .host
        .meter
        .enter()
        .map_err(|limit| ExecError::plain(limit.to_string()))?;
    if let Some(tracer) = &mut shared.tracer {
        tracer.begin(&template.source, template.slots);
    }
    let mut slots = shared.spare.pop().unwrap_or_default();
    slots.resize(template.slots, Typed::default());
    slots[0] = dot.clone();
    let mut machine = Machine {
        library,
        shared,
        template,
        at: None,
        slots,
        out,
    };
    machine.walk_list(&dot, &template.root)?;
    let mut slots = machine.slots;
    slots.clear();
    machine.shared.spare.push(slots);
    if let Some(tracer) = &mut machine.shared.tracer {
        tracer.end();
    }
    machine.shared.host.meter.leave();
    Ok(())
}

impl<'p> Machine<'p, '_, '_> {
    /// An error at the current node.
    pub(super) fn error<T>(&self, message: &str) -> Run<T> {
        Err(self.error_with(message, None))
    }

    pub(super) fn error_with(
        &self,
        message: &str,
        cause: Option<Box<ExecError>>,
    ) -> Box<ExecError> {
        match self.at {
            Some(node) => ExecError::at(self.site(node), message, cause),
            None => ExecError::plain(format!(
                "template: {}: {message}",
                self.template.name.to_string_lossy()
            )),
        }
    }

    #[inline]
    pub(super) fn step(&mut self) -> Run<()> {
        match self.shared.host.meter.step() {
            Ok(()) => Ok(()),
            Err(limit) => self.reached(limit),
        }
    }

    #[cold]
    fn reached(&self, limit: LimitReached) -> Run<()> {
        self.error(&limit.to_string())
    }

    /// Counts text that is printed somewhere else.
    pub(super) fn count(&mut self, text: &Str) -> Run<()> {
        match self.shared.host.meter.print(text.len()) {
            Ok(()) => Ok(()),
            Err(limit) => self.error(&limit.to_string()),
        }
    }

    /// How much has been printed.
    pub(super) fn printed(&self) -> usize {
        self.out.len()
    }

    pub(super) fn print(&mut self, text: &[u8]) -> Run<()> {
        match self.shared.host.meter.print(text.len()) {
            Ok(()) => self.out.extend_from_slice(text),
            Err(limit) => return self.reached(limit),
        }
        Ok(())
    }

    pub(super) fn walk_list(&mut self, dot: &Typed, list: &'p [Node]) -> Run<Flow> {
        for node in list {
            let flow = self.walk(dot, node)?;
            if flow != Flow::Done {
                return Ok(flow);
            }
        }
        Ok(Flow::Done)
    }

    fn walk(&mut self, dot: &Typed, node: &'p Node) -> Run<Flow> {
        self.step()?;
        if self.shared.tracer.is_some() {
            return self.walk_traced(dot, node);
        }
        match node {
            Node::Text { text, .. } => self.print(text.as_bytes())?,
            Node::Action(pipe) => {
                let value = self.evaluate(dot, pipe)?;
                if pipe.decl.is_empty() {
                    self.print_value(&value)?;
                }
            }
            Node::If(branch) => {
                let value = self.evaluate(dot, &branch.pipe)?;
                let flow = if value.truth() {
                    self.walk_list(dot, &branch.list)
                } else {
                    self.walk_else(dot, branch)
                };
                return flow.map_err(|error| self.decided(error, dot, &branch.pipe));
            }
            Node::With(branch) => {
                let value = self.evaluate(dot, &branch.pipe)?;
                let flow = if value.truth() {
                    self.walk_list(&Typed::concrete(value), &branch.list)
                } else {
                    self.walk_else(dot, branch)
                };
                return flow.map_err(|error| self.decided(error, dot, &branch.pipe));
            }
            Node::Range(branch) => {
                let value = self.evaluate(dot, &branch.pipe)?;
                let flow = self.range_over(dot, branch, &value);
                return flow.map_err(|error| self.looped(error, dot, &branch.pipe));
            }
            Node::Template(call) => {
                let (template, inner) = self.callee(dot, call)?;
                self.execute_here(call, template, inner)?;
            }
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
        }
        Ok(Flow::Done)
    }

    /// The value of a node's own pipeline.
    pub(super) fn evaluate(&mut self, dot: &Typed, pipe: &'p Pipe) -> Run<Value> {
        match self.pipeline(dot, pipe) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.failed(error, dot, pipe)),
        }
    }

    pub(super) fn walk_else(&mut self, dot: &Typed, branch: &'p Branch) -> Run<Flow> {
        match &branch.else_list {
            Some(list) => self.walk_list(dot, list),
            None => Ok(Flow::Done),
        }
    }

    pub(super) fn print_value(&mut self, value: &Value) -> Run<()> {
        match value {
            Value::String(text) => self.print(text.as_bytes()),
            Value::Nil => self.print(b"<no value>"),
            Value::Object(object) => self.print(object.displayed().as_bytes()),
            other => {
                let text = self.text_of(other)?;
                self.print(text.as_bytes())
            }
        }
    }

    /// The value's text, if it is not too long: a small value can share its parts so often that
    /// its text fills the memory.
    fn text_of(&mut self, value: &Value) -> Run<Str> {
        self.measured(value)?;
        Ok(value.to_str())
    }

    /// Counts what printing the value takes, before it is printed.
    pub(super) fn measured(&mut self, value: &Value) -> Run<()> {
        match self.shared.host.measure(value) {
            Ok(_) => Ok(()),
            Err(limit) => self.error(&limit.to_string()),
        }
    }

    /// The rounds of a loop, or what stands behind its `else`.
    pub(super) fn range_over(
        &mut self,
        dot: &Typed,
        branch: &'p Branch,
        value: &Value,
    ) -> Run<Flow> {
        let mut any = false;
        match value {
            Value::Nil => {}
            Value::Int(number) => {
                any = self.walk_numbers(branch, value, (0..*number).map(Value::Int))?;
            }
            Value::Int64(number) => {
                any = self.walk_numbers(branch, value, (0..*number).map(Value::Int64))?;
            }
            Value::Uint64(number) => {
                any = self.walk_numbers(branch, value, (0..*number).map(Value::Uint64))?;
            }
            Value::Uint8(number) => {
                any = self.walk_numbers(branch, value, (0..*number).map(Value::Uint8))?;
            }
            Value::List(list) => {
                let is_interface = list.kind() == ListKind::Any;
                for (index, item) in list.iter().enumerate() {
                    any = true;
                    let index = i64::try_from(index).unwrap_or(i64::MAX);
                    let item = Typed {
                        value: item.clone(),
                        is_interface,
                    };
                    if !self.iterate(branch, Typed::concrete(Value::Int(index)), item)? {
                        break;
                    }
                }
            }
            Value::Map(map) => {
                let is_interface = !map.kind().is_strings();
                for (key, value) in map.entries() {
                    any = true;
                    let item = Typed {
                        value,
                        is_interface,
                    };
                    if !self.iterate(branch, Typed::concrete(Value::String(key)), item)? {
                        break;
                    }
                }
            }
            Value::Object(object) if object.entries().is_some() => {
                for (key, value) in object.entries().unwrap_or_default() {
                    any = true;
                    if !self.iterate(branch, Typed::concrete(key), Typed::concrete(value))? {
                        break;
                    }
                }
            }
            other => {
                if let Some(length) = other.downcast::<Duration>() {
                    let parts = (0..length.0).map(|part| Duration(part).into());
                    any = self.walk_numbers(branch, other, parts)?;
                    return self.walk_else_unless(any, dot, branch);
                }
                if let Some(named) = other.downcast::<Named>() {
                    any = self.walk_numbers(branch, other, named.below())?;
                    return self.walk_else_unless(any, dot, branch);
                }
                let shown = self.text_of(other)?;
                return self.error(&format!(
                    "range can't iterate over {}",
                    shown.to_string_lossy()
                ));
            }
        }
        self.walk_else_unless(any, dot, branch)
    }

    fn walk_else_unless(&mut self, any: bool, dot: &Typed, branch: &'p Branch) -> Run<Flow> {
        if any {
            Ok(Flow::Done)
        } else {
            self.walk_else(dot, branch)
        }
    }

    /// Loops over the numbers below one; whether there was any.
    fn walk_numbers(
        &mut self,
        branch: &'p Branch,
        value: &Value,
        numbers: impl Iterator<Item = Value>,
    ) -> Run<bool> {
        self.check_one_variable(&branch.pipe, value)?;
        let mut any = false;
        for number in numbers {
            any = true;
            if !self.iterate(branch, Typed::default(), Typed::concrete(number))? {
                break;
            }
        }
        Ok(any)
    }

    fn check_one_variable(&self, pipe: &Pipe, value: &Value) -> Run<()> {
        if pipe.decl.len() > 1 {
            let shown = value.to_str();
            let shown = shown.to_string_lossy();
            return self.error(&format!(
                "can't use {shown} to iterate over more than one variable"
            ));
        }
        Ok(())
    }

    /// One round of a loop; whether there should be another.
    fn iterate(&mut self, branch: &'p Branch, index: Typed, item: Typed) -> Run<bool> {
        self.step()?;
        match &*branch.pipe.decl {
            [] => {}
            [only] => self.set(only.slot, item.clone(), &only.name)?,
            [first, second, ..] => {
                self.set(first.slot, index, &first.name)?;
                self.set(second.slot, item.clone(), &second.name)?;
            }
        }
        Ok(self.walk_list(&item, &branch.list)? != Flow::Break)
    }

    pub(super) fn set(&mut self, slot: Option<u32>, value: Typed, name: &Str) -> Run<()> {
        match slot.and_then(|slot| self.slots.get_mut(slot as usize)) {
            Some(place) => {
                *place = value;
                Ok(())
            }
            None => self.error(&format!("undefined variable: {}", name.to_string_lossy())),
        }
    }

    /// The template that a `{{template}}` calls, and its dot.
    pub(super) fn callee(
        &mut self,
        dot: &Typed,
        call: &'p TemplateCall,
    ) -> Run<(&'p Template, Value)> {
        self.at = Some(Printed::Template(call));
        let library: &'p Library<'p> = self.library;
        let Some(template) = library.find(&call.name) else {
            let name = values::go::quote(&call.name.to_string_lossy());
            let error = self.error_with(&format!("template {name} not defined"), None);
            return Err(error.with_hint(self.library.like(&call.name)));
        };
        let dot = match &call.pipe {
            Some(pipe) => self.evaluate(dot, pipe)?,
            None => Value::Nil,
        };
        Ok((template, dot))
    }

    /// Executes a template that prints where it is called.
    pub(super) fn execute_here(
        &mut self,
        call: &'p TemplateCall,
        template: &'p Template,
        dot: Value,
    ) -> Run<()> {
        let dot = Typed::concrete(dot);
        execute(self.library, template, dot, self.shared, self.out)
            .map_err(|error| self.passed(error, Printed::Template(call)))
    }
}
