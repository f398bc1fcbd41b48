//! What needs what: read from the requirements that the cards of a form carry, along chains of
//! them, for the values as they are.

mod gaps;

use std::collections::BTreeSet;

use values::{Map, Value, ValuesPath};

use crate::form::{Card, FormModel, Requirement};

pub use gaps::{Gap, Mend, gaps};

/// The services that a card's service needs by itself, in the order in which it names them.
#[must_use]
pub fn needs<'m>(model: &'m FormModel, card: &Card) -> Vec<&'m Card> {
    let cards = card.requires.iter();
    cards
        .filter_map(|need| switched_by(model, &need.path))
        .collect()
}

/// The services that need a card's service by themselves, in display order.
#[must_use]
pub fn needed_by<'m>(model: &'m FormModel, card: &Card) -> Vec<&'m Card> {
    let Some(switch) = &card.enabled else {
        return Vec::new();
    };
    let needing = |other: &&Card| other.requires.iter().any(|need| need.path == switch.path);
    model.cards().filter(needing).collect()
}

/// The services that are on and cannot stay so without a card's service: those that need it, and
/// those that need them; in display order.
#[must_use]
pub fn breaks_if_off<'m>(model: &'m FormModel, card: &Card, values: &Map) -> Vec<&'m Card> {
    let mut gone: Vec<&ValuesPath> = card.enabled.iter().map(|field| &field.path).collect();
    let mut broken: Vec<&Card> = Vec::new();
    // Each round takes those that need one of the last; there are no more rounds than cards.
    loop {
        let found: Vec<&Card> = model
            .cards()
            .filter(|other| other.path != card.path && !broken.contains(other))
            .filter(|other| is_on(model, other, values))
            .filter(|other| {
                let mut needs = other.requires.iter();
                needs.any(|need| gone.contains(&&need.path) && !is_spared(need, values))
            })
            .collect();
        if found.is_empty() {
            break;
        }
        gone.extend(
            found
                .iter()
                .flat_map(|card| &card.enabled)
                .map(|field| &field.path),
        );
        broken.extend(found);
    }
    model.cards().filter(|card| broken.contains(card)).collect()
}

/// The services that are off and that a card's service needs, or that those need; nearest first.
#[must_use]
pub fn missing_if_on<'m>(model: &'m FormModel, card: &Card, values: &Map) -> Vec<&'m Card> {
    let mut missing: Vec<&Card> = Vec::new();
    let mut waiting: Vec<&Requirement> = card.requires.iter().collect();
    while !waiting.is_empty() {
        let mut next = Vec::new();
        for need in waiting {
            if is_spared(need, values) || holds(model, &need.path, values) {
                continue;
            }
            if let Some(found) = switched_by(model, &need.path)
                && found.path != card.path
                && !missing.contains(&found)
            {
                missing.push(found);
                next.extend(&found.requires);
            }
        }
        waiting = next;
    }
    missing
}

/// The card whose switch stands at a path.
fn switched_by<'m>(model: &'m FormModel, path: &ValuesPath) -> Option<&'m Card> {
    let is_switch = |card: &&Card| {
        card.enabled
            .as_ref()
            .is_some_and(|field| field.path == *path)
    };
    model.cards().find(is_switch)
}

/// The paths of all values that these functions look at, for [`Layers::stacked_at`].
///
/// [`Layers::stacked_at`]: crate::Layers::stacked_at
#[must_use]
pub fn looked_at(model: &FormModel) -> Vec<ValuesPath> {
    let mut paths = BTreeSet::new();
    for card in model.cards() {
        let switch = card.enabled.iter().map(|field| &field.path);
        for path in switch.chain(card.requires.iter().map(|need| &need.path)) {
            let mut next = Some(path.clone());
            while let Some(path) = next.filter(|path| !paths.contains(path)) {
                next = model.field(&path).and_then(|field| field.inherits.clone());
                paths.insert(path);
            }
        }
        let unless = card.requires.iter().flat_map(|need| &need.unless);
        paths.extend(unless.cloned());
    }
    paths.into_iter().collect()
}

/// Whether a card's service is on; a card without a switch is always there, but nothing that
/// needs anything.
#[must_use]
pub fn is_on(model: &FormModel, card: &Card, values: &Map) -> bool {
    card.enabled
        .as_ref()
        .is_some_and(|field| holds(model, &field.path, values))
}

/// Whether something makes up for what a service needs.
fn is_spared(need: &Requirement, values: &Map) -> bool {
    let mut unless = need.unless.iter();
    !need.unless.is_empty() && unless.all(|path| is_set(path.get_in(values)))
}

/// Whether a value is true; one that is absent is what it inherits.
#[must_use]
pub fn holds(model: &FormModel, path: &ValuesPath, values: &Map) -> bool {
    let mut path = path.clone();
    // A chain of inheritance that runs in a circle ends.
    for _ in 0..8 {
        match path.get_in(values) {
            Some(Value::Null) | None => {}
            value => return is_set(value),
        }
        match model.field(&path).and_then(|field| field.inherits.clone()) {
            Some(next) => path = next,
            None => return false,
        }
    }
    false
}

/// True or not empty, as templates judge.
fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(flag)) => *flag,
        Some(Value::Int(number)) => *number != 0,
        Some(Value::Float(number)) => *number != 0.0,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::List(list)) => !list.is_empty(),
        Some(Value::Map(map)) => !map.is_empty(),
    }
}

#[cfg(test)]
mod tests;
