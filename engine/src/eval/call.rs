//! Calls of functions, and the functions that only the executor can carry out: `and`, `or`,
//! `include` and `tpl` (follows exec.go, `evalCall`, and Helm's engine.go).

use std::sync::Arc;

use super::{
    ByName, ExecError, Library, Outer, ROOT,
    machine::{self, Machine, Run, Typed},
};
use crate::{
    functions::{Call, Function, Kind, Special, ZERO_VALUE, len},
    parse::{self, Expr, Printed},
    value::{Str, Value},
};

/// Helm refuses a name that is included this often within itself.
const MAX_INCLUDES: usize = 1_000;

impl<'p> Machine<'p, '_, '_> {
    /// Calls a function; `node` is what an error of the function names.
    pub(super) fn call(
        &mut self,
        dot: &Typed,
        function: &'static Function,
        node: Printed<'p>,
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        self.step()?;
        self.check_count(function, args.len(), last.is_some())?;
        match &function.call {
            Call::Special(Special::And) => return self.short_circuit(dot, false, args, last),
            Call::Special(Special::Or) => return self.short_circuit(dot, true, args, last),
            Call::Special(Special::Len) => {
                let item = match (args.first(), last) {
                    (Some(arg), _) => self.operand(dot, arg)?,
                    (None, last) => last.unwrap_or_default(),
                };
                let result = length(&item).map(Typed::concrete);
                return result.or_else(|cause| self.call_failed(function, node, cause));
            }
            _ => {}
        }
        let first = self.shared.arguments.len();
        for (index, arg) in args.iter().enumerate() {
            let value = self.argument(dot, parameter(function, index), arg)?;
            self.shared.arguments.push(value);
        }
        if let Some(last) = last {
            let value = self.validate(last, parameter(function, args.len()))?;
            self.shared.arguments.push(value);
        }
        let mut result = match &function.call {
            Call::Native(code) => code(self.shared.host, &self.shared.arguments[first..])
                .map_err(|error| ExecError::plain(error.0)),
            Call::Special(Special::Call) => {
                Err(self.not_a_callee(args.first(), self.shared.arguments.get(first)))
            }
            Call::Special(special) => {
                let data = self.shared.arguments.pop().unwrap_or_default();
                let text = self.shared.arguments.pop().unwrap_or_default();
                if let Some(tracer) = &mut self.shared.tracer {
                    tracer.consume(&text);
                    let source = &self.template.source;
                    tracer.call(source, node.pos(), node.text(source));
                }
                match special {
                    Special::Include => self.include(&text, data),
                    _ => self.tpl(&text, data),
                }
            }
        };
        if let (Some(tracer), Ok(made), Call::Native(_)) =
            (&mut self.shared.tracer, &mut result, &function.call)
        {
            let arguments = &self.shared.arguments[first..];
            tracer.called(function.name, node.pos(), arguments, made);
        }
        self.shared.arguments.truncate(first);
        match result {
            Ok(value) => Ok(Typed::concrete(value)),
            Err(cause) => self.call_failed(function, node, cause),
        }
    }

    /// What a function's error becomes.
    fn call_failed(
        &mut self,
        function: &Function,
        node: Printed<'p>,
        cause: Box<ExecError>,
    ) -> Run<Typed> {
        self.at = Some(node);
        let message = format!("error calling {}: {}", function.name, cause.text);
        Err(self.error_with(&message, Some(cause)))
    }

    fn check_count(&self, function: &Function, args: usize, piped: bool) -> Run<()> {
        let given = args + usize::from(piped);
        let want = function.params.len();
        let name = function.name;
        if function.variadic.is_some() {
            if given < want {
                return self.error(&format!(
                    "wrong number of args for {name}: want at least {want} got {args}"
                ));
            }
        } else if given != want {
            return self.error(&format!(
                "wrong number of args for {name}: want {want} got {given}"
            ));
        }
        Ok(())
    }

    /// `and` and `or` evaluate no argument behind the one that decides.
    fn short_circuit(
        &mut self,
        dot: &Typed,
        stop_at: bool,
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let mut value = Value::Nil;
        for arg in args {
            value = self.argument(dot, Kind::Reflect, arg)?;
            if value.truth() == stop_at {
                return Ok(Typed::concrete(value));
            }
            if let Some(tracer) = &mut self.shared.tracer {
                tracer.consume(&value);
            }
        }
        if let Some(last) = last {
            value = last.value;
        }
        Ok(Typed::concrete(value))
    }

    /// Why a value cannot be called (funcs.go, `call`): none of a template's is a function.
    /// What came through the pipe is named as `reflect.Value` names it.
    fn not_a_callee(&self, written: Option<&Expr>, callee: Option<&Value>) -> Box<ExecError> {
        let callee = match callee {
            None | Some(Value::Nil) => return ExecError::plain("call of nil".to_owned()),
            Some(callee) => callee,
        };
        let kind = callee.go_type();
        let name = match (written, callee) {
            // An operand in parentheses is shown without them.
            (Some(Expr::Pipe(pipe)), _) => Printed::Pipe(pipe).text(&self.template.source),
            (Some(expr), _) => Printed::Expr(expr).text(&self.template.source),
            (None, Value::String(text)) => text.to_string_lossy().into_owned(),
            (None, _) => format!("<{kind} Value>"),
        };
        ExecError::plain(format!("non-function {name} of type {kind}"))
    }

    /// `include NAME DATA` (engine.go, `includeFun`).
    fn include(&mut self, name: &Value, data: Value) -> Run<Value> {
        let Value::String(name) = name else {
            return Ok(Value::Nil);
        };
        let within = &self.shared.included;
        // Only that many can have that many of one name among them.
        if within.len() > MAX_INCLUDES
            && within.iter().filter(|outer| *outer == name).count() > MAX_INCLUDES
        {
            let name = name.to_string_lossy();
            return Err(ExecError::plain(format!(
                "rendering template has a nested reference name: {name}: \
                 unable to execute template"
            )));
        }
        self.shared.included.push(name.clone());
        let result = machine::execute_named(self.library, name, data, self.shared);
        self.shared.included.pop();
        result.map(Value::String)
    }

    /// `tpl TEXT DATA` (engine.go, `tplFun`): what the text defines is in reach within it only.
    fn tpl(&mut self, text: &Value, data: Value) -> Run<Value> {
        let Value::String(text) = text else {
            return Ok(Value::Nil);
        };
        if memchr::memmem::find(text.as_bytes(), b"{{").is_none() {
            // Values are passed through `tpl` in case they are templates; most are none.
            self.count(text)?;
            let text = super::without_no_value(text.as_bytes()).unwrap_or_else(|| text.clone());
            return Ok(Value::String(text));
        }
        let quoted = || values::go::quote(&text.to_string_lossy());
        let parsed = self.library.program().parsed(text).map_err(|error| {
            let cause = ExecError::plain(error.to_string());
            ExecError::wrap(&format!("cannot parse template {}", quoted()), cause)
        })?;
        let mut own: ByName<Arc<parse::Template>> = ByName::default();
        let mut root = None;
        for template in parsed.iter() {
            if template.name == *ROOT {
                root = Some(template);
            }
            let known = self.library.find(&template.name).is_some();
            if !(template.is_empty && known) {
                own.insert(template.name.clone(), Arc::clone(template));
            }
        }
        let Some(root) = root else {
            return Ok(Value::str(""));
        };
        let library = Library {
            own,
            outer: Outer::Library(self.library),
        };
        if let Some(tracer) = &mut self.shared.tracer {
            tracer.open();
        }
        let mut out = Vec::new();
        machine::execute(&library, root, Typed::concrete(data), self.shared, &mut out).map_err(
            |cause| {
                let before = format!("error during tpl function execution for {}", quoted());
                ExecError::wrap(&before, cause)
            },
        )?;
        let mut text = super::without_no_value(&out).unwrap_or_else(|| Str::from_bytes(&out));
        if let Some(tracer) = &mut self.shared.tracer {
            text = text.apart();
            tracer.close(&text, super::no_values(&out));
        }
        Ok(Value::String(text))
    }
}

/// `len` (funcs.go, `length`), which asks for the type of what is no value at all.
fn length(item: &Typed) -> Run<Value> {
    if item.value.is_nil() && !item.is_interface {
        return Err(ExecError::plain(ZERO_VALUE));
    }
    len(&item.value).map_err(|error| ExecError::plain(error.0))
}

/// The type of the parameter that the argument of this index goes to.
fn parameter(function: &Function, index: usize) -> Kind {
    function
        .params
        .get(index)
        .copied()
        .or(function.variadic)
        .unwrap_or(Kind::Any)
}
