//! Variables while a template is parsed: which names Go's parser knows, and which slot each one
//! has at run time.

use crate::value::Str;

/// The variables of the template being parsed.
#[derive(Debug)]
pub(super) struct Scope {
    /// Names that Go's parser knows: `$` and every name on the left of `:=` or `=` so far.
    pub(super) known: Vec<Str>,
    /// Names on the run-time stack, by slot: a declaration joins it only after its pipeline.
    pub(super) slots: Vec<Str>,
    /// The most slots in use at once.
    pub(super) most: usize,
    pub(super) range_depth: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            known: vec!["$".into()],
            slots: vec!["$".into()],
            most: 1,
            range_depth: 0,
        }
    }
}

impl Scope {
    pub(super) fn slot(&self, name: &Str) -> Option<u32> {
        let slot = self.slots.iter().rposition(|known| known == name)?;
        u32::try_from(slot).ok()
    }

    pub(super) fn push(&mut self, name: Str) -> Option<u32> {
        let slot = self.slots.len();
        self.slots.push(name);
        self.most = self.most.max(self.slots.len());
        u32::try_from(slot).ok()
    }
}
