//! The form: what a person can change in a chart, grouped, titled and typed, made from nothing but
//! the chart (its schema, its values and the comments beside them).

mod build;
pub(crate) mod check;
mod find;
mod fit;
mod lines;
mod secrets;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use values::{Value, ValuesPath};

pub use build::{Extras, Subchart, build, build_with};
pub use check::{check, check_field, parse_input};
pub use find::Found;
pub use fit::{Places, Problem, ProblemKind, fit};
pub use lines::{read_rows, rows, shown};
pub use secrets::{SecretPaths, name_says_secret};

use crate::quantity::Kind;

/// The most fields a form holds; what a chart has beyond them is left to the values text.
pub const MAX_FIELDS: usize = 5_000;

/// The form of one chart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FormModel {
    /// Groups in display order, none of them empty.
    pub groups: Vec<Group>,
    /// The tables in which keys that are not in the form are admitted; the root is the empty path.
    pub open: BTreeSet<ValuesPath>,
    /// Whether the chart has more than [`MAX_FIELDS`] fields, and the rest was left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub truncated: bool,
}

/// A titled group of cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The schema's id, or one made from the title.
    pub id: String,
    /// What stands above the cards.
    pub title: String,
    /// The cards in display order.
    pub cards: Vec<Card>,
}

/// One service, or one section without a switch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The table it stands for; the root for values at the top that are no tables.
    pub path: ValuesPath,
    /// The service's name, and the accessible name of its switch.
    pub title: String,
    /// What it is, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its switch; none for a section that is always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Field>,
    /// What must be on for it to work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Requirement>,
    /// Fields and sections in display order, without the switch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<Node>,
}

/// What a service needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// The value that must be true.
    pub path: ValuesPath,
    /// Paths that make up for it when all of them are set (true, or not empty).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<ValuesPath>,
}

/// A field, or a titled section of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// One value.
    Field(Box<Field>),
    /// A table of values.
    Section(Section),
}

impl Node {
    /// The field, if it is one.
    #[must_use]
    pub fn as_field(&self) -> Option<&Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Section(_) => None,
        }
    }
}

/// A table inside a card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The table it stands for.
    pub path: ValuesPath,
    /// Its title.
    pub title: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The well-known thing that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// Its fields and sections in display order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<Node>,
}

/// A section that a person knows as one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A container's requests and limits.
    Resources,
    /// Two amounts of which the first must not be above the second. Its path is that of the
    /// section around it.
    Pair,
    /// A volume: whether, how large, which class.
    Storage,
    /// How many pods there may be.
    Autoscaling,
    /// Repository, tag and pull policy.
    Image,
    /// Type and ports.
    Service,
}

impl Block {
    /// Its name in class names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Pair => "pair",
            Self::Storage => "storage",
            Self::Autoscaling => "autoscaling",
            Self::Image => "image",
            Self::Service => "service",
        }
    }
}

/// One value that a person can change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Where the value stands.
    pub path: ValuesPath,
    /// Its label.
    pub title: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it is changed.
    pub control: Control,
    /// The chart's own value; null when there is none.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub default: Value,
    /// Whether it is among the few that a person needs first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub short: bool,
    /// Whether it is among the few of the whole chart that nearly every installation sets.
    #[serde(default, skip_serializing_if = "is_false")]
    pub essential: bool,
    /// Whether it must never be shown, linked or logged.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Whether the schema insists on it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether null is a value of its own here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether the chart's author keeps it out of the form; it can still be set by link or text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// The path whose value holds while this one is null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherits: Option<ValuesPath>,
    /// When it makes sense: while all of these hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// Values to show as a hint in an empty input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
}

/// What must hold for a field to make sense.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The value that is looked at.
    pub path: ValuesPath,
    /// What it must be: one of these.
    pub any: Vec<Value>,
    /// Whether it must be none of them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub not: bool,
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, layers: &crate::Layers) -> bool {
        let now = layers.value(&self.path).unwrap_or(&Value::Null);
        self.any.iter().any(|value| crate::layers::same(value, now)) != self.not
    }
}

impl Field {
    /// A field of which nothing more is known.
    #[must_use]
    pub const fn new(path: ValuesPath, title: String, control: Control) -> Self {
        Self {
            path,
            title,
            description: None,
            control,
            default: Value::Null,
            short: false,
            essential: false,
            secret: false,
            required: false,
            nullable: false,
            hidden: false,
            inherits: None,
            when: Vec::new(),
            examples: Vec::new(),
        }
    }
}

/// How a value is changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Control {
    /// True or false.
    Switch,
    /// A number.
    Number {
        /// The least, inclusive.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// The most, inclusive.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// The step of its buttons.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<f64>,
        /// Whether fractions are refused.
        #[serde(default, skip_serializing_if = "is_false")]
        integer: bool,
        /// Whether the chart asks for a slider.
        #[serde(default, skip_serializing_if = "is_false")]
        slider: bool,
        /// What it counts, to show behind it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// Whether an empty text is admitted, by which the chart says that there is none.
        #[serde(default, skip_serializing_if = "is_false")]
        empty: bool,
    },
    /// Text.
    Text {
        /// A regular expression it must match somewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// The schema's `format`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<String>,
        /// The fewest characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_length: Option<usize>,
        /// The most characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_length: Option<usize>,
        /// Whether it is usually longer than a line.
        #[serde(default, skip_serializing_if = "is_false")]
        multiline: bool,
        /// Whether numbers, booleans and null are admitted beside text, and text that looks like
        /// one is taken for it.
        #[serde(default, skip_serializing_if = "is_false")]
        typed: bool,
    },
    /// One of a few values.
    Choice {
        /// The values, in the chart's order.
        options: Vec<Choice>,
    },
    /// A Kubernetes quantity.
    Quantity {
        /// What it measures.
        kind: Kind,
        /// The least, in the same notation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<String>,
        /// The most, in the same notation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<String>,
    },
    /// Text that is never shown.
    Secret {
        /// A regular expression it must match somewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// The fewest characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_length: Option<usize>,
    },
    /// A table of keys that the person chooses (labels, environment variables).
    Map {
        /// How each value is changed.
        item: Box<Control>,
    },
    /// A list whose items are all of one kind.
    List {
        /// How each item is changed.
        item: Box<Control>,
        /// The fewest items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_items: Option<usize>,
        /// The most items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_items: Option<usize>,
    },
    /// A table whose keys are known: an item of a list.
    Record {
        /// Its fields; the path of each is its key.
        parts: Vec<Field>,
    },
    /// Anything else, as YAML text.
    Yaml {
        /// What the text must come to.
        shape: Shape,
    },
}

/// One of the values of a [`Control::Choice`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The value.
    pub value: Value,
    /// How it is called.
    pub title: String,
}

/// What the text of a [`Control::Yaml`] must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Anything.
    Any,
    /// A table.
    Map,
    /// A list.
    List,
}

/// For what need not be said on the wire.
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A text cut to at most `longest` characters, for a message.
#[must_use]
pub fn shorten(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{kept}…")
}
