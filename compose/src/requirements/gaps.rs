//! What is missing at present, who misses it, and what mends it with one click.

use values::{Map, ValuesPath};

use super::{breaks_if_off, holds, is_on, is_set, is_spared, missing_if_on, switched_by};
use crate::form::{Card, Control, FormModel, Requirement};

/// A service that is off while others that are on need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The value that would have to be true.
    pub switch: ValuesPath,
    /// The card of the missing service, if the form has one.
    pub card: Option<ValuesPath>,
    /// The cards of the services that need it, in display order.
    pub needed_by: Vec<ValuesPath>,
    /// What is missing and who needs it, in a sentence.
    pub message: String,
    /// What mends it, best first.
    pub mends: Vec<Mend>,
}

/// A change of a few values that mends something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// What it does, as a button says it.
    pub title: String,
    /// The values it sets, in the grammar of `--set`.
    pub set: String,
    /// The value that a person has to fill in after it.
    pub jump: Option<ValuesPath>,
}

/// Every gap, in the order of the services that miss something. `values` are all values, as
/// templates see them ([`crate::Layers::full`]).
#[must_use]
pub fn gaps(model: &FormModel, values: &Map) -> Vec<Gap> {
    let mut missed: Vec<(&Requirement, Vec<&Card>)> = Vec::new();
    for card in model.cards().filter(|card| is_on(model, card, values)) {
        for need in &card.requires {
            if is_spared(need, values) || holds(model, &need.path, values) {
                continue;
            }
            match missed.iter_mut().find(|(known, _)| known.path == need.path) {
                Some((_, cards)) if cards.contains(&card) => {}
                Some((_, cards)) => cards.push(card),
                None => missed.push((need, vec![card])),
            }
        }
    }
    missed
        .into_iter()
        .map(|(need, cards)| gap(model, need, &cards, values))
        .collect()
}

fn gap(model: &FormModel, need: &Requirement, cards: &[&Card], values: &Map) -> Gap {
    let missing = switched_by(model, &need.path);
    let title = missing.map_or_else(|| format!("`{}`", need.path), |card| card.title.clone());
    let verb = if cards.len() == 1 { "needs" } else { "need" };
    let message = format!("{title} is off, but {} {verb} it", listed(cards, 4));
    let mut mends = vec![switch_on(model, need, missing, &title, values)];
    mends.extend(switch_off(model, missing, cards, values));
    mends.extend(point_outside(model, need, &title, values));
    Gap {
        switch: need.path.clone(),
        card: missing.map(|card| card.path.clone()),
        needed_by: cards.iter().map(|card| card.path.clone()).collect(),
        message,
        mends,
    }
}

/// The missing service, and all that it needs itself.
fn switch_on(
    model: &FormModel,
    need: &Requirement,
    missing: Option<&Card>,
    title: &str,
    values: &Map,
) -> Mend {
    let more = missing.map_or_else(Vec::new, |card| missing_if_on(model, card, values));
    let mut paths = vec![&need.path];
    paths.extend(switches(&more));
    let title = if more.is_empty() {
        format!("Switch on {title}")
    } else {
        format!("Switch on {title}, {}", listed(&more, 3))
    };
    Mend {
        title,
        set: set(&paths, true),
        jump: None,
    }
}

/// Those who need it, and who needs them.
fn switch_off(
    model: &FormModel,
    missing: Option<&Card>,
    cards: &[&Card],
    values: &Map,
) -> Option<Mend> {
    let broken = match missing {
        Some(missing) => breaks_if_off(model, missing, values),
        None => model.cards().filter(|card| cards.contains(card)).collect(),
    };
    let title = match &*broken {
        [] => return None,
        [one] => format!("Switch off {}", one.title),
        many => format!("Switch off {} dependants", many.len()),
    };
    let set = set(&switches(&broken).collect::<Vec<_>>(), false);
    Some(Mend {
        title,
        set,
        jump: None,
    })
}

/// What makes up for it: its switches go on, the first text that is missing is asked for.
fn point_outside(model: &FormModel, need: &Requirement, title: &str, values: &Map) -> Option<Mend> {
    let is_switch = |path: &ValuesPath| {
        let field = model.field(path);
        field.is_some_and(|field| matches!(field.control, Control::Switch))
    };
    let (on, texts): (Vec<_>, Vec<_>) = need.unless.iter().partition(|path| is_switch(path));
    let jump = texts
        .into_iter()
        .find(|path| !is_set(path.get_in(values)))
        .cloned();
    let off: Vec<&ValuesPath> = on
        .into_iter()
        .filter(|path| !is_set(path.get_in(values)))
        .collect();
    (jump.is_some() || !off.is_empty()).then(|| Mend {
        title: format!("Use an external {title}"),
        set: set(&off, true),
        jump,
    })
}

fn switches<'c>(cards: &[&'c Card]) -> impl Iterator<Item = &'c ValuesPath> {
    let fields: Vec<_> = cards
        .iter()
        .filter_map(|card| card.enabled.as_ref())
        .collect();
    fields.into_iter().map(|field| &field.path)
}

/// The same flag at every path, as behind `--set`.
fn set(paths: &[&ValuesPath], on: bool) -> String {
    let parts: Vec<String> = paths.iter().map(|path| format!("{path}={on}")).collect();
    parts.join(",")
}

/// Titles as a sentence lists them, the last ones as a number where there are many.
fn listed(cards: &[&Card], most: usize) -> String {
    let titles: Vec<&str> = cards.iter().map(|card| &*card.title).collect();
    match &*titles {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if titles.len() <= most => {
            format!("{} and {last}", first.join(", "))
        }
        many => {
            let shown = most - 1;
            format!(
                "{} and {} more",
                many[..shown].join(", "),
                many.len() - shown
            )
        }
    }
}
