//! Takes functions out of the page's module that are in it but never called.
//!
//! Leptos' erased views keep a table of functions each. One of them hydrates lazily loaded pages
//! step by step (`hydrate_async`). Our page is hydrated at once (`hydrate_body`), but no linker can
//! know that these entries stay unused. They, and all that only they call, are an eighth of the
//! module.
//!
//! Only the entries and the futures that they make are replaced, not all that has the name in its
//! symbol: LLVM merges functions of equal code under the name of one of them, and what
//! `hydrate_async` has in common with `hydrate` goes by the former's name.

use std::collections::HashMap;

use walrus::{
    ElementItems, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, TypeId,
};

/// Whether a symbol is that of an entry, or of a future that one makes: no other code is equal to
/// theirs. Not so the helpers of `hydrate_async`, nor what drops its futures.
fn is_never_called(symbol: &str) -> bool {
    (symbol.starts_with("_RINvNvX") || symbol.starts_with("_RNC"))
        && symbol.contains("13hydrate_async")
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

#[cfg(test)]
mod tests {
    use super::is_never_called;

    #[test]
    fn what_is_shared_stays() {
        let entry = "Xs2_NtNtCsi_6tachys4view8any_viewpNtB8_7IntoAny8into_any13hydrate_async";
        assert!(is_never_called(&format!("_RINvNv{entry}TNtB_4ViewEE")));
        assert!(is_never_called(&format!("_RNCINvNv{entry}TNtB_4ViewEE0")));
        for shared in [
            "_RNvNCNvXs4_NtNtCsi_6tachys4html7elementINtB9_11HtmlElementpppENtNtBd_4view10RenderHtml13hydrate_async07inner_1",
            &format!("_RINvNtCsa_4core3ptr13drop_in_placeNCINvNv{entry}TNtB_4ViewEE0E"),
        ] {
            assert!(!is_never_called(shared), "{shared}");
        }
    }
}
