//! YAML texts that a render reads again and again: helpers of charts hand each other tables as
//! text, and each caller reads the same text anew.

use std::collections::HashMap;

use ::values::yaml::{Node, read_quickly};

use crate::{
    chart::coalesce::deep_copy,
    value::{Map, Str, Value},
};

/// How many texts are remembered.
const MAX_TEXTS: usize = 512;
/// A longer text is not remembered.
const MAX_BYTES: usize = 1 << 14;

/// The tables of texts that were read before.
///
/// A table is kept from the second time on, so that texts that come once cost no copy. Nobody else
/// holds the one that is kept: what a template sets in its own is not seen by the next.
#[derive(Debug, Default)]
pub(in crate::functions) struct Texts(HashMap<Str, Option<Map>, foldhash::fast::RandomState>);

impl Texts {
    /// The table that a text is, if it is one of the kind that is read quickly.
    pub(super) fn table(&mut self, text: &Str) -> Option<Map> {
        match self.0.get_mut(text) {
            Some(Some(table)) => Some(deep_copy(table)),
            Some(unkept) => {
                let table = read(text)?;
                *unkept = Some(deep_copy(&table));
                Some(table)
            }
            None => {
                if text.len() <= MAX_BYTES && self.0.len() < MAX_TEXTS {
                    self.0.insert(text.clone(), None);
                }
                read(text)
            }
        }
    }
}

fn read(text: &Str) -> Option<Map> {
    let node = read_quickly(text.as_utf8()?).filter(|node| matches!(node, Node::Map(_)))?;
    match Value::from(node) {
        Value::Map(map) => Some(map),
        _ => None,
    }
}
