//! Going to a setting: its card is opened, its field shown, marked and focused.

use compose::ValuesPath;
use compose::form::Found;
use leptos::prelude::*;

use super::mode::Mode;
use super::{ComposerState, Pane, edits};
use crate::browser;
use crate::text::{plan, values};

impl ComposerState {
    /// Goes to the field of a value, in `--set` words; where the form has none, to the nearest
    /// section or card above it. Says so where there is neither.
    pub(crate) fn jump(&self, path: &str) {
        let fixed = self.fixed();
        let form = &fixed.data.form;
        let Some(target) = Target::of(form, path) else {
            self.say("This value has no field in the form");
            return;
        };
        let mode = self.mode.get_untracked();
        if target.hidden_in_short || mode == Mode::Changed {
            self.mode.set(Mode::All);
        }
        self.card.set(target.card);
        self.field.set(target.field);
        self.pane.set(Pane::Settings);
        browser::focus_soon(target.id);
    }
}

/// Where a jump leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The card that is opened.
    pub(crate) card: String,
    /// The path of the field that is marked; empty where the jump leads to a section or card.
    pub(crate) field: String,
    /// Whether the short form leaves it out.
    pub(crate) hidden_in_short: bool,
    /// The id of the element that is focused.
    id: String,
}

impl Target {
    /// The target for a path, if the form has anything there.
    pub(crate) fn of(form: &compose::FormModel, path: &str) -> Option<Self> {
        let mut at: ValuesPath = path.parse().ok()?;
        let found = loop {
            match form.find(&at) {
                Some(found) => break found,
                None => at = at.parent()?,
            }
        };
        let card = edits::card_of(form, &at.to_string())?;
        let nodes = &edits::find_card(form, &card)?.nodes;
        let short = |wanted: &dyn Fn(&compose::form::Field) -> bool| {
            plan::any(&plan::visible(nodes, false), wanted)
        };
        Some(match found {
            Found::Field(field) => {
                let is_switch = !plan::any(nodes, &|other| other.path == field.path);
                Self {
                    hidden_in_short: !is_switch && !short(&|other| other.path == field.path),
                    field: field.path.to_string(),
                    id: if is_switch {
                        values::id("card", &card)
                    } else {
                        values::id("field", &field.path.to_string())
                    },
                    card,
                }
            }
            Found::Section(section) => Self {
                hidden_in_short: !short(&|other| other.path.starts_with(&section.path)),
                field: String::new(),
                id: values::id("section", &section.path.to_string()),
                card,
            },
            Found::Card(_) => Self {
                hidden_in_short: false,
                field: String::new(),
                id: values::id("card", &card),
                card,
            },
        })
    }
}
