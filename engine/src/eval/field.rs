//! Fields, keys and methods (follows exec.go, `evalFieldChain` and `evalField`).

use super::machine::{Machine, Run, Typed};
use crate::{
    eval::ExecError,
    functions::Kind,
    objects::{ValuesMethods, values_method},
    parse::{Expr, Printed},
    value::{Key, Map, MapKind, Object, Str, Value},
};

/// Follows a path from a receiver through maps as far as nothing but a look is needed: none of them
/// is held on the way. Gives what was reached, and the names that are left.
pub(super) fn through_maps<'p>(
    receiver: &Typed,
    path: &'p [Key],
    has_args: bool,
) -> (Typed, &'p [Key]) {
    // The last name may be a method's.
    let plain = path.len() - usize::from(has_args && !path.is_empty());
    if let Value::Map(map) = &receiver.value {
        let mut reached = Typed::default();
        if let Some(left) = look_through(map, &path[..plain], &mut reached) {
            return (reached, &path[plain - left..]);
        }
    }
    (receiver.clone(), path)
}

/// Puts what the path leads to into `reached`, and gives how many of its names are left; none if the
/// first one is a method.
fn look_through(map: &Map, path: &[Key], reached: &mut Typed) -> Option<usize> {
    let (name, rest) = path.split_first()?;
    let kind = map.kind();
    if kind.is_values() && values_method(name.as_bytes()).is_some() {
        return None;
    }
    let left = map.looked_up(name, |value| {
        if let Value::Map(inner) = value
            && let Some(left) = look_through(inner, rest, reached)
        {
            return left;
        }
        *reached = typed(value.clone(), kind);
        rest.len()
    });
    Some(left.unwrap_or_else(|| {
        *reached = typed(kind.zero(), kind);
        rest.len()
    }))
}

/// An element of a map of that kind.
fn typed(value: Value, kind: MapKind) -> Typed {
    Typed {
        value,
        is_interface: !kind.is_strings(),
    }
}

impl<'p> Machine<'p, '_, '_> {
    /// `.A.B.C` of a receiver; the last one gets the arguments, if it is a method.
    pub(super) fn field_chain(
        &mut self,
        dot: &Typed,
        receiver: Typed,
        node: &'p Expr,
        path: &'p [Key],
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let Some((final_name, before)) = path.split_last() else {
            return Ok(receiver);
        };
        let mut receiver = receiver;
        for name in before {
            receiver = self.field(dot, receiver, node, name, &[], None)?;
        }
        self.field(dot, receiver, node, final_name, args, last)
    }

    fn field(
        &mut self,
        dot: &Typed,
        receiver: Typed,
        node: &'p Expr,
        name: &'p Str,
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let has_args = !args.is_empty() || last.is_some();
        match &receiver.value {
            Value::Nil if receiver.is_interface => {
                let name = name.to_string_lossy();
                self.error(&format!("nil pointer evaluating interface {{}}.{name}"))
            }
            Value::Nil => Ok(Typed::default()),
            Value::Map(map) => {
                if map.kind().is_values()
                    && let Some(params) = values_method(name.as_bytes())
                {
                    let text = name.to_string_lossy();
                    if text == "YAML" {
                        self.measured(&receiver.value)?;
                    }
                    let object = ValuesMethods(map.clone());
                    let found = self.method(dot, &object, node, &text, params, args, last)?;
                    return Ok(match &*text {
                        "PathValue" => Typed::interface(found.value),
                        _ => found,
                    });
                }
                if has_args {
                    let name = name.to_string_lossy();
                    return self.error(&format!("{name} is not a method but has arguments"));
                }
                let kind = map.kind();
                let found = map.get(name.as_bytes());
                Ok(typed(found.unwrap_or_else(|| kind.zero()), kind))
            }
            Value::Object(object) => {
                let text = name.to_string_lossy();
                if let Some(params) = object.method(&text) {
                    return self.method(dot, &**object, node, &text, params, args, last);
                }
                if has_args && object.go_kind() == "map" {
                    return self.error(&format!("{text} is not a method but has arguments"));
                }
                let Some(value) = object.field(&text) else {
                    return self.no_field(&receiver, &text);
                };
                if has_args {
                    return self.error(&format!(
                        "{text} has arguments but cannot be invoked as function"
                    ));
                }
                Ok(Typed::concrete(value))
            }
            _ => self.no_field(&receiver, &name.to_string_lossy()),
        }
    }

    fn no_field(&self, receiver: &Typed, name: &str) -> Run<Typed> {
        let kind = if receiver.is_interface {
            "interface {}"
        } else {
            receiver.value.go_type()
        };
        self.error(&format!("can't evaluate field {name} in type {kind}"))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "what a call is made of, as in Go"
    )]
    fn method(
        &mut self,
        dot: &Typed,
        object: &dyn Object,
        node: &'p Expr,
        name: &str,
        params: &'static [Kind],
        args: &'p [Expr],
        last: Option<Typed>,
    ) -> Run<Typed> {
        let given = args.len() + usize::from(last.is_some());
        if given != params.len() {
            let want = params.len();
            return self.error(&format!(
                "wrong number of args for {name}: want {want} got {given}"
            ));
        }
        let mut values = Vec::with_capacity(given);
        for (arg, kind) in args.iter().zip(params) {
            values.push(self.argument(dot, *kind, arg)?);
        }
        if let (Some(last), Some(kind)) = (last, params.last()) {
            values.push(self.validate(last, *kind)?);
        }
        match object.call(name, &values) {
            Ok(value) => Ok(Typed::concrete(value)),
            Err(message) => {
                self.at = Some(Printed::Expr(node));
                let cause = ExecError::plain(message);
                let message = format!("error calling {name}: {}", cause.text);
                Err(self.error_with(&message, Some(cause)))
            }
        }
    }
}
