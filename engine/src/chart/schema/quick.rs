//! A check that can only say yes: for the schemas that charts really have and the values that fit.
//!
//! Compiling a schema with boon (meta-schema, references, regular expressions) takes longer than a
//! whole render, and nearly all values fit. So a schema is first read here, into a few plain rules.
//! Whatever this reader does not know for sure (other drafts, remote references, keywords that few
//! use, a keyword of a wrong type) makes it give up, and so does a value that does not fit: then
//! boon decides, and words the error as Helm does.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use pattern::Pattern;
use serde_json::Value as Json;
use values::{Map, Value};

mod build;
mod document;
mod equal;
mod pattern;

use document::Node;
use equal::{are_distinct, is_same};

/// Nested schemas and references that are followed before giving up.
const MAX_DEPTH: usize = 200;

/// Questions whether a value fits a schema, before giving up: alternatives within alternatives
/// double with each level.
const MAX_VISITS: usize = 1_000_000;

/// The number of a schema within its document.
type Id = usize;

/// A schema of plain rules.
#[derive(Debug)]
pub(super) struct Quick {
    schemas: Vec<Rules>,
}

/// What one schema asks for. A document has hundreds of schemas and most ask for little, so what
/// few of them have stands apart.
#[derive(Debug, Default)]
struct Rules {
    /// `false`: nothing fits.
    never: bool,
    items_distinct: bool,
    types: Option<Types>,
    reference: Option<Id>,
    items: Option<Id>,
    members: Option<Box<Members>>,
    required: Box<[String]>,
    lengths: Option<Box<Lengths>>,
    numbers: Option<Box<Numbers>>,
    pattern: Option<Arc<Pattern>>,
    one_of_values: Option<Box<[Json]>>,
    others: Option<Box<Others>>,
}

/// What other schemas say of the same value.
#[derive(Debug, Default)]
struct Others {
    condition: Option<Condition>,
    all_of: Vec<Id>,
    any_of: Vec<Id>,
    one_of: Vec<Id>,
    not: Option<Id>,
}

/// The types that fit.
#[derive(Debug, Clone, Copy, Default)]
struct Types {
    null: bool,
    boolean: bool,
    integer: bool,
    number: bool,
    string: bool,
    array: bool,
    object: bool,
}

/// What the entries of an object must be.
#[derive(Debug, Default)]
struct Members {
    named: BTreeMap<String, Id>,
    matching: Vec<(Arc<Pattern>, Id)>,
    others: Option<Id>,
}

/// Bounds of text, lists and tables.
#[derive(Debug, Default)]
struct Lengths {
    text: Bounds,
    list: Bounds,
    table: Bounds,
}

#[derive(Debug, Default)]
struct Bounds {
    least: Option<u64>,
    most: Option<u64>,
}

impl Bounds {
    fn admit(&self, length: impl FnOnce() -> usize) -> bool {
        if self.least.is_none() && self.most.is_none() {
            return true;
        }
        let length = length() as u64;
        self.least.is_none_or(|least| length >= least)
            && self.most.is_none_or(|most| length <= most)
    }
}

/// Bounds of numbers.
#[derive(Debug, Default)]
struct Numbers {
    least: Option<f64>,
    most: Option<f64>,
    above: Option<f64>,
    below: Option<f64>,
}

impl Numbers {
    fn admit(&self, number: f64) -> bool {
        self.least.is_none_or(|least| number >= least)
            && self.most.is_none_or(|most| number <= most)
            && self.above.is_none_or(|bound| number > bound)
            && self.below.is_none_or(|bound| number < bound)
    }
}

/// `if`, `then`, `else`.
#[derive(Debug)]
struct Condition {
    test: Id,
    then: Option<Id>,
    otherwise: Option<Id>,
}

/// Too deep, or without end.
struct Unsure;

type Fits = Result<bool, Unsure>;

impl Quick {
    /// Reads a schema, if it is one of those that are known here.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        build::read(&Node::parse(text)?).map(|schemas| Self { schemas })
    }

    /// Whether the values fit for sure.
    pub(super) fn admits(&self, values: &Map) -> bool {
        let mut descent = Descent {
            schemas: &self.schemas,
            depth: 0,
            visits: 0,
        };
        matches!(descent.table(0, values), Ok(true))
    }
}

/// A walk through values and schemas.
struct Descent<'s> {
    schemas: &'s [Rules],
    depth: usize,
    visits: usize,
}

impl Descent<'_> {
    fn value(&mut self, id: Id, value: &Value) -> Fits {
        match value {
            Value::Map(table) => self.table(id, table),
            Value::List(list) => self.within(id, |this, rules| {
                Ok(rules.types.is_none_or(|types| types.array)
                    && rules.admit_length(|of| &of.list, || list.len())
                    && (!rules.items_distinct || are_distinct(list)?)
                    && this.each(rules.items, list.iter())?
                    && rules.is_one_of(|known| is_same(value, known))
                    && this.combined(rules, |this, id| this.value(id, value))?)
            }),
            _ => self.within(id, |this, rules| {
                Ok(rules.admit_scalar(value)?
                    && rules.is_one_of(|known| is_same(value, known))
                    && this.combined(rules, |this, id| this.value(id, value))?)
            }),
        }
    }

    fn table(&mut self, id: Id, table: &Map) -> Fits {
        self.within(id, |this, rules| {
            Ok(rules.types.is_none_or(|types| types.object)
                && rules.admit_length(|of| &of.table, || table.len())
                && rules.required.iter().all(|key| table.contains_key(key))
                && this.members(rules.members.as_deref(), table)?
                && rules.is_one_of(|known| equal::is_same_table(table, known))
                && this.combined(rules, |this, id| this.table(id, table))?)
        })
    }

    fn within(&mut self, id: Id, check: impl FnOnce(&mut Self, &Rules) -> Fits) -> Fits {
        let schemas = self.schemas;
        let rules = schemas.get(id).ok_or(Unsure)?;
        self.visits += 1;
        if self.depth >= MAX_DEPTH || self.visits > MAX_VISITS {
            return Err(Unsure);
        }
        self.depth += 1;
        let fits = !rules.never && check(self, rules)?;
        self.depth -= 1;
        Ok(fits)
    }

    fn each<'v>(&mut self, id: Option<Id>, values: impl Iterator<Item = &'v Value>) -> Fits {
        let Some(id) = id else { return Ok(true) };
        for value in values {
            if !self.value(id, value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn members(&mut self, members: Option<&Members>, table: &Map) -> Fits {
        let Some(members) = members else {
            return Ok(true);
        };
        for (key, value) in table {
            let mut is_known = false;
            if let Some(&id) = members.named.get(key) {
                is_known = true;
                if !self.value(id, value)? {
                    return Ok(false);
                }
            }
            for (pattern, id) in &members.matching {
                if pattern.matches(key) {
                    is_known = true;
                    if !self.value(*id, value)? {
                        return Ok(false);
                    }
                }
            }
            if let Some(others) = members.others
                && !is_known
                && !self.value(others, value)?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The rules that ask other schemas about the same value.
    fn combined(&mut self, rules: &Rules, ask: impl Fn(&mut Self, Id) -> Fits) -> Fits {
        if let Some(id) = rules.reference
            && !ask(self, id)?
        {
            return Ok(false);
        }
        let Some(rules) = rules.others.as_deref() else {
            return Ok(true);
        };
        for &id in &rules.all_of {
            if !ask(self, id)? {
                return Ok(false);
            }
        }
        let mut fitting = 0_usize;
        for &id in &rules.one_of {
            fitting += usize::from(ask(self, id)?);
        }
        if !rules.one_of.is_empty() && fitting != 1 {
            return Ok(false);
        }
        let mut any = rules.any_of.is_empty();
        for &id in &rules.any_of {
            any = any || ask(self, id)?;
        }
        if let Some(id) = rules.not
            && ask(self, id)?
        {
            return Ok(false);
        }
        let then = match &rules.condition {
            Some(condition) if ask(self, condition.test)? => condition.then,
            Some(condition) => condition.otherwise,
            None => None,
        };
        match then {
            Some(id) if any => ask(self, id),
            _ => Ok(any),
        }
    }
}

impl Rules {
    fn admit_length(
        &self,
        bounds: impl Fn(&Lengths) -> &Bounds,
        length: impl FnOnce() -> usize,
    ) -> bool {
        let lengths = self.lengths.as_deref();
        lengths.is_none_or(|lengths| bounds(lengths).admit(length))
    }

    fn admit_number(&self, number: f64) -> bool {
        let numbers = self.numbers.as_deref();
        numbers.is_none_or(|numbers| numbers.admit(number))
    }

    fn is_one_of(&self, is_same: impl Fn(&Json) -> bool) -> bool {
        let known = self.one_of_values.as_ref();
        known.is_none_or(|known| known.iter().any(is_same))
    }

    fn admit_scalar(&self, value: &Value) -> Fits {
        Ok(match value {
            Value::Null => self.types.is_none_or(|types| types.null),
            Value::Bool(_) => self.types.is_none_or(|types| types.boolean),
            #[expect(clippy::cast_precision_loss, reason = "bounds are float64s, too")]
            Value::Int(number) => {
                self.types.is_none_or(|types| types.integer || types.number)
                    && self.admit_number(*number as f64)
            }
            Value::Float(number) => {
                let is_whole = number.fract() == 0.0;
                self.types
                    .is_none_or(|types| types.number || types.integer && is_whole)
                    && number.is_finite()
                    && self.admit_number(*number)
            }
            Value::String(text) => {
                self.types.is_none_or(|types| types.string)
                    && self.admit_length(|of| &of.text, || text.chars().count())
                    && match &self.pattern {
                        Some(pattern) => pattern.matches(text),
                        None => true,
                    }
            }
            Value::List(_) | Value::Map(_) => false,
        })
    }
}

#[cfg(test)]
mod tests;
