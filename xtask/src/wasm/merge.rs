//! Keeps one of the functions that do the same.
//!
//! Generic code is compiled once for each type, and much of it differs in nothing. The compiler
//! could merge it, but gives what remains the name of any of its origins, and
//! [`never_called`](super::never_called) goes by names; so the compiler is told not to, and it is
//! done here afterwards.

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode};

use super::functions::{Functions, rewrite};

/// The module with one of each set of equal functions.
///
/// # Errors
/// When the bytes are no module.
pub(super) fn equal_functions(mut bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let mut firsts = Firsts::of(&bytes)?;
    // Functions that differ only in which of two equal ones they call become equal themselves.
    loop {
        bytes = rewrite(&mut firsts, &bytes)?;
        let next = Firsts::of(&bytes)?;
        if next.kinds == firsts.kinds {
            break;
        }
        firsts = next;
    }
    // The others have no callers left.
    let mut module = walrus::ModuleConfig::new()
        .strict_validate(false)
        .generate_producers_section(false)
        .parse(&bytes)?;
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// For each function the first that is equal to it, by their indices.
struct Firsts {
    of: Vec<u32>,
    /// How many kinds of functions there are.
    kinds: usize,
}

impl Firsts {
    fn of(bytes: &[u8]) -> anyhow::Result<Self> {
        let functions = Functions::of(bytes)?;
        let mut of: Vec<u32> = (0..u32::try_from(functions.imported)?).collect();
        let mut seen = HashMap::new();
        for (ty, body) in &functions.own {
            let index = u32::try_from(of.len())?;
            of.push(*seen.entry((ty, body.as_bytes())).or_insert(index));
        }
        Ok(Self {
            kinds: seen.len(),
            of,
        })
    }
}

/// Refers to the first function wherever the module refers to one that is equal to it.
impl Reencode for Firsts {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        let first = self.of.get(usize::try_from(function).unwrap_or(usize::MAX));
        Ok(first.copied().unwrap_or(function))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exports `a` and `b`, which call two functions that do the same, and `c`, which calls one
    /// that does something else.
    fn module() -> Vec<u8> {
        let mut module = walrus::Module::default();
        for (export, constant) in [("a", 1), ("b", 1), ("c", 2)] {
            let mut callee =
                walrus::FunctionBuilder::new(&mut module.types, &[], &[walrus::ValType::I32]);
            callee.func_body().i32_const(constant);
            let callee = callee.finish(vec![], &mut module.funcs);
            let mut caller =
                walrus::FunctionBuilder::new(&mut module.types, &[], &[walrus::ValType::I32]);
            caller.func_body().call(callee);
            let caller = caller.finish(vec![], &mut module.funcs);
            module.exports.add(export, caller);
        }
        module.emit_wasm()
    }

    #[test]
    fn callers_of_equal_functions_become_equal() {
        let merged = equal_functions(module()).unwrap();
        let merged = walrus::Module::from_buffer(&merged).unwrap();
        assert_eq!(merged.funcs.iter().count(), 4);
        let exported = |name| merged.exports.get_func(name).unwrap();
        assert_eq!(exported("a"), exported("b"));
        assert_ne!(exported("a"), exported("c"));
    }
}
