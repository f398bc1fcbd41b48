//! Takes functions out of the page's module that are in it but never called.
//!
//! Leptos' erased views keep a table of functions each. One of them hydrates lazily loaded pages
//! step by step (`hydrate_async`), one hydrates what no server drew (`hydrate_from_template`). Our
//! page is hydrated at once (`hydrate_body`), but no linker can know that these entries stay unused.
//! They, and all that only they call, are an eighth of the module.
//!
//! It goes by the names of functions. The compiler must have left each its own: where it merges
//! functions of equal code under the name of one, what `hydrate` uses may go by `hydrate_async`'s.

use std::collections::HashMap;

use walrus::{
    ElementItems, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, TypeId,
};

/// Parts of the symbols of such functions, of the futures that they make, and of what drops those.
const NEVER_CALLED: &[&str] = &["13hydrate_async", "21hydrate_from_template"];

fn is_never_called(symbol: &str) -> bool {
    NEVER_CALLED.iter().any(|part| symbol.contains(part))
}

/// Replaces their bodies by a trap; wasm-bindgen then drops whatever only they used.
pub(super) fn remove(module: &mut Module) {
    let found: Vec<(FunctionId, TypeId)> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(is_never_called))
        .map(|function| (function.id(), function.ty()))
        .collect();
    // Where a table refers to them: one trap for each type, as the type is checked at the call.
    let mut traps = HashMap::new();
    let mut stand_ins = HashMap::new();
    for (id, ty) in &found {
        let trap = *traps.entry(*ty).or_insert_with(|| {
            let trap = trap(module, *ty);
            module.funcs.add_local(trap)
        });
        stand_ins.insert(*id, trap);
    }
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions {
                if let Some(trap) = stand_ins.get(function) {
                    *function = *trap;
                }
            }
        }
    }
    // Where a function calls them by name.
    for (id, ty) in found {
        let trap = trap(module, ty);
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
    }
}

/// A function that stops the module.
fn trap(module: &mut Module, ty: TypeId) -> LocalFunction {
    let (parameters, results) = {
        let ty = module.types.get(ty);
        (ty.params().to_vec(), ty.results().to_vec())
    };
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    let arguments = parameters
        .into_iter()
        .map(|parameter| module.locals.add(parameter))
        .collect();
    body.local_func(arguments)
}
