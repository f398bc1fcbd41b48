//! The functions of a module as they are written in it.

use anyhow::Context as _;
use wasm_encoder::{Module, reencode::Reencode};
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

/// The functions of a module, by what they are made of.
#[derive(Default)]
pub(super) struct Functions<'a> {
    /// How many come from outside: the module's own are numbered after them.
    pub(super) imported: usize,
    /// The type and body of each of its own.
    pub(super) own: Vec<(u32, FunctionBody<'a>)>,
}

impl<'a> Functions<'a> {
    /// # Errors
    /// When the bytes are no module.
    pub(super) fn of(bytes: &'a [u8]) -> anyhow::Result<Self> {
        let mut functions = Self::default();
        let mut types = Vec::new().into_iter();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    types = section
                        .into_iter()
                        .collect::<Result<Vec<_>, _>>()?
                        .into_iter();
                }
                Payload::CodeSectionEntry(body) => {
                    let ty = types.next().context("a function without a type")?;
                    functions.own.push((ty, body));
                }
                _ => {}
            }
        }
        Ok(functions)
    }
}

/// The module written anew, with what the encoder changes.
///
/// # Errors
/// When the bytes are no module.
pub(super) fn rewrite<R: Reencode>(encoder: &mut R, bytes: &[u8]) -> anyhow::Result<Vec<u8>>
where
    R::Error: std::fmt::Display,
{
    let mut module = Module::new();
    encoder
        .parse_core_module(&mut module, Parser::new(0), bytes)
        .map_err(|error| anyhow::anyhow!("{error}"))
        .context("cannot write the module anew")?;
    Ok(module.finish())
}
