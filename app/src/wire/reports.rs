//! What the server tells of other environments: their totals, and two of them side by side.

use serde::{Deserialize, Serialize};

use super::Totals;

/// What the page wants told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Report {
    /// The totals of every environment.
    Totals,
    /// Two environments side by side.
    Comparison {
        /// The one on the left.
        left: String,
        /// The one on the right.
        right: String,
        /// Whether the user's changes lie on top of both.
        mine: bool,
    },
}

/// An environment's totals, with the user's changes on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentTotals {
    /// The environment.
    pub environment: String,
    /// Its totals, or why the chart fails there.
    pub totals: Result<Totals, String>,
}

/// What differs between two environments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The first one.
    pub left: Side,
    /// The second one.
    pub right: Side,
    /// The values that differ, by path.
    pub values: Vec<ValueDifference>,
    /// The resources that differ, in the order of the output.
    pub resources: Vec<ResourceDifference>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// The environment.
    pub environment: String,
    /// Why the chart fails there, in Helm's words.
    pub failure: Option<String>,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueDifference {
    /// Its path, in `--set` words.
    pub path: String,
    /// Its text on the left and who set it there; none where it does not exist.
    pub left: Option<(String, String)>,
    /// The same on the right.
    pub right: Option<(String, String)>,
}

/// A resource that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceDifference {
    /// Kind and name.
    pub title: String,
    /// On which side it is.
    pub fate: Fate,
    /// Lines that only the right one has.
    pub added: usize,
    /// Lines that only the left one has.
    pub removed: usize,
    /// The pieces that differ, with the lines around them.
    pub hunks: Vec<Hunk>,
}

/// On which side a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// On both, with differences.
    Changed,
    /// Only on the left.
    Left,
    /// Only on the right.
    Right,
}

/// A piece of two texts: as many lines on the left as on the right, so that they stand side by
/// side; one that has no counterpart faces nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hunk {
    /// The number (from 1) of its first line on the left and on the right.
    pub starts: (usize, usize),
    /// The lines; whether a pair differs is whether its halves do.
    pub lines: Vec<(Option<String>, Option<String>)>,
}
