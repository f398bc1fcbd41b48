//! What is wrong or worth knowing, on the wire.

use serde::{Deserialize, Serialize};

/// How grave a check is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Gravity {
    /// It does not work like this.
    #[default]
    Error,
    /// It may well not work like this.
    Warning,
    /// It works; it could be better.
    Advice,
}

/// One thing that is wrong or worth knowing. Empty texts are for what there is none of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Check {
    /// How grave it is.
    pub gravity: Gravity,
    /// What kind of thing it is: a short word that stays the same.
    pub code: String,
    /// What it is, in a sentence.
    pub message: String,
    /// Where it is and how to mend it.
    pub detail: String,
    /// The value to go to.
    pub path: String,
    /// The resource to go to.
    pub resource: String,
    /// The card that it is about.
    pub card: String,
    /// Other cards that it concerns: those that miss the service of `card`.
    pub others: Vec<String>,
    /// What mends it with one click, best first.
    pub mends: Vec<Mend>,
}

impl Check {
    /// The code of a service that others need and that is off.
    pub const UNMET: &'static str = "unmet-need";
}

/// A change that mends something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mend {
    /// What it does.
    pub title: String,
    /// The values it sets, in the grammar of `--set`.
    pub set: String,
    /// The value that a person has to fill in after it.
    pub jump: String,
}
