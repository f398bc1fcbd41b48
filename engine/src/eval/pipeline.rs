//! Pipelines, commands and operands (follows exec.go, the `eval…` functions).

use super::{
    field::through_maps,
    machine::{Machine, Run, Typed},
};
use crate::{
    functions::Kind,
    parse::{Command, Expr, Number, Pipe, Printed},
    value::Value,
};

impl<'p> Machine<'p, '_, '_> {
    /// The value of a pipeline, its variables set.
    pub(super) fn pipeline(&mut self, dot: &Typed, pipe: &'p Pipe) -> Run<Value> {
        self.at = Some(Printed::Pipe(pipe));
        let mut value = None;
        for command in &pipe.cmds {
            // What comes out of a command is never an interface: Go unwraps it.
            value = Some(
                self.command(dot, command, value.map(Typed::concrete))?
                    .value,
            );
        }
        let value = value.unwrap_or_default();
        for decl in &pipe.decl {
            self.set(decl.slot, Typed::concrete(value.clone()), &decl.name)?;
            self.tell(|tracer| tracer.assign(decl.slot, pipe.is_assign));
        }
        Ok(value)
    }

    /// The value of a command; `last` is the value piped into it.
    fn command(&mut self, dot: &Typed, command: &'p Command, last: Option<Typed>) -> Run<Typed> {
        let Some((first, args)) = command.args.split_first() else {
            return self.error("empty command");
        };
        match first {
            Expr::Field { path, .. } => {
                self.at = Some(Printed::Expr(first));
                self.tell(|tracer| tracer.dot(&dot.value));
                let (reached, left) = through_maps(dot, path, !args.is_empty() || last.is_some());
                self.field_chain(dot, reached, first, left, args, last)
            }
            Expr::Chain { .. } => self.chain(dot, first, args, last),
            Expr::Function { function, .. } => {
                self.at = Some(Printed::Expr(first));
                self.call(dot, function, Printed::Command(command), args, last)
            }
            Expr::Pipe(pipe) => {
                self.not_a_function(first, args, last.is_some())?;
                Ok(Typed::concrete(self.pipeline(dot, pipe)?))
            }
            Expr::Variable { .. } => self.variable(dot, first, args, last),
            Expr::Bool(..)
            | Expr::Dot(_)
            | Expr::Nil(_)
            | Expr::Number { .. }
            | Expr::String { .. } => {
                self.at = Some(Printed::Expr(first));
                self.not_a_function(first, args, last.is_some())?;
                match first {
                    Expr::Bool(_, flag) => Ok(Typed::concrete(Value::Bool(*flag))),
                    Expr::Dot(_) => {
                        self.tell(|tracer| tracer.dot(&dot.value));
                        Ok(dot.clone())
                    }
                    Expr::Number { number, .. } => {
                        Ok(Typed::concrete(self.ideal_constant(first, **number)?))
                    }
                    Expr::String { value, .. } => Ok(Typed::concrete(Value::String(value.clone()))),
                    _ => self.error("nil is not a command"),
                }
            }
        }
    }

    fn not_a_function(&self, first: &'p Expr, args: &[Expr], piped: bool) -> Run<()> {
        if !args.is_empty() || piped {
            let text = match first {
                // An operand in parentheses is shown without them.
                Expr::Pipe(pipe) => Printed::Pipe(pipe).text(&self.template.source),
                _ => Printed::Expr(first).text(&self.template.source),
            };
            return self.error(&format!("can't give argument to non-function {text}"));
        }
        Ok(())
    }

    /// The value of a number where no type is asked for.
    fn ideal_constant(&mut self, expr: &'p Expr, number: Number) -> Run<Value> {
        self.at = Some(Printed::Expr(expr));
        if number.reads_as_float
            && let Some(float) = number.float
        {
            return Ok(Value::Float(float));
        }
        if let Some(int) = number.int {
            return Ok(Value::Int(int));
        }
        let text = Printed::Expr(expr).text(&self.template.source);
        if number.is_complex {
            return self.error(&format!("can't use complex number {text}"));
        }
        self.error(&format!("{text} overflows int"))
    }

    /// `( … ).A.B`, with arguments if its last field is a method.
    fn chain(
        &mut self,
        dot: &Typed,
        expr: &'p Expr,
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let Expr::Chain { node, path, .. } = expr else {
            return Ok(Typed::default());
        };
        self.at = Some(Printed::Expr(expr));
        if matches!(**node, Expr::Nil(_)) {
            let text = Printed::Expr(expr).text(&self.template.source);
            return self.error(&format!("indirection through explicit nil in {text}"));
        }
        self.at = Some(Printed::Expr(node));
        let receiver = match &**node {
            Expr::Pipe(pipe) => Typed::concrete(self.pipeline(dot, pipe)?),
            Expr::Function { function, .. } => {
                self.call(dot, function, Printed::Expr(node), &[], None)?
            }
            other => self.operand(dot, other)?,
        };
        self.field_chain(dot, receiver, expr, path, args, last)
    }

    /// `$x.A.B`, with arguments if its last field is a method.
    fn variable(
        &mut self,
        dot: &Typed,
        expr: &'p Expr,
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let Expr::Variable {
            name, slot, path, ..
        } = expr
        else {
            return Ok(Typed::default());
        };
        self.at = Some(Printed::Expr(expr));
        self.tell(|tracer| tracer.variable(*slot));
        let Some(value) = slot.and_then(|slot| self.slots.get(slot as usize)) else {
            return self.error(&format!("undefined variable: {}", name.to_string_lossy()));
        };
        if path.is_empty() {
            self.not_a_function(expr, args, last.is_some())?;
            return Ok(value.clone());
        }
        let (reached, left) = through_maps(value, path, !args.is_empty() || last.is_some());
        self.field_chain(dot, reached, expr, left, args, last)
    }

    /// An operand that is not a constant, as an argument of no particular type.
    pub(super) fn operand(&mut self, dot: &Typed, expr: &'p Expr) -> Run<Typed> {
        self.at = Some(Printed::Expr(expr));
        if matches!(expr, Expr::Dot(_) | Expr::Field { .. }) {
            self.tell(|tracer| tracer.dot(&dot.value));
        }
        match expr {
            Expr::Dot(_) => Ok(dot.clone()),
            Expr::Nil(_) => Ok(Typed::concrete(Value::Nil)),
            Expr::Bool(_, flag) => Ok(Typed::concrete(Value::Bool(*flag))),
            Expr::String { value, .. } => Ok(Typed::concrete(Value::String(value.clone()))),
            Expr::Number { number, .. } => {
                Ok(Typed::concrete(self.ideal_constant(expr, **number)?))
            }
            Expr::Field { path, .. } => {
                let (reached, left) = through_maps(dot, path, false);
                self.field_chain(dot, reached, expr, left, &[], None)
            }
            Expr::Variable { .. } => self.variable(dot, expr, &[], None),
            Expr::Pipe(pipe) => Ok(Typed::concrete(self.pipeline(dot, pipe)?)),
            Expr::Function { function, .. } => {
                self.call(dot, function, Printed::Expr(expr), &[], None)
            }
            Expr::Chain { .. } => self.chain(dot, expr, &[], None),
        }
    }

    /// An argument for a parameter of that type.
    pub(super) fn argument(&mut self, dot: &Typed, kind: Kind, expr: &'p Expr) -> Run<Value> {
        self.at = Some(Printed::Expr(expr));
        let any = matches!(kind, Kind::Any | Kind::Reflect);
        match expr {
            Expr::Nil(_) if kind.can_be_nil() => Ok(Value::Nil),
            Expr::Nil(_) => self.error(&format!("cannot assign nil to {}", kind.go_type())),
            Expr::Bool(..) | Expr::String { .. } | Expr::Number { .. } if !any => {
                self.constant(kind, expr)
            }
            _ => {
                let value = self.operand(dot, expr)?;
                self.validate(value, kind)
            }
        }
    }

    /// A constant as a value of that type, which decides what it may be.
    fn constant(&self, kind: Kind, expr: &'p Expr) -> Run<Value> {
        let found = match (kind, expr) {
            (Kind::Bool, Expr::Bool(_, flag)) => Some(Value::Bool(*flag)),
            (Kind::String, Expr::String { value, .. }) => Some(Value::String(value.clone())),
            (Kind::Int, Expr::Number { number, .. }) => number.int.map(Value::Int),
            (Kind::Int64, Expr::Number { number, .. }) => number.int.map(Value::Int64),
            // As Go's `SetUint`, which cuts off what does not fit.
            (Kind::Uint32, Expr::Number { number, .. }) => number
                .uint
                .map(|number| Value::Uint64(number & u64::from(u32::MAX))),
            (Kind::Float, Expr::Number { number, .. }) => number.float.map(Value::Float),
            _ => None,
        };
        if let Some(value) = found {
            return Ok(value);
        }
        let text = Printed::Expr(expr).text(&self.template.source);
        let expected = match kind {
            Kind::Bool => "bool",
            Kind::String => "string",
            Kind::Int | Kind::Int64 => "integer",
            Kind::Float => "float",
            Kind::Uint32 => "unsigned integer",
            _ => {
                let kind = kind.go_type();
                return self.error(&format!("can't handle {text} for arg of type {kind}"));
            }
        };
        self.error(&format!("expected {expected}; found {text}"))
    }

    /// Checks that a value may be given to a parameter of that type (exec.go, `validateType`).
    pub(super) fn validate(&self, typed: Typed, kind: Kind) -> Run<Value> {
        let Typed {
            value,
            is_interface,
        } = typed;
        let expected = kind.go_type();
        if value.is_nil() {
            return match (is_interface, kind) {
                (_, Kind::Any | Kind::Reflect) => Ok(Value::Nil),
                (true, _) => self.error(&format!(
                    "wrong type for value; expected {expected}; got interface {{}}"
                )),
                (false, _) if kind.can_be_nil() => Ok(Value::Nil),
                (false, _) => self.error(&format!("invalid value; expected {expected}")),
            };
        }
        if kind.accepts(&value) {
            return Ok(value);
        }
        let got = value.go_type();
        self.error(&format!(
            "wrong type for value; expected {expected}; got {got}"
        ))
    }
}
