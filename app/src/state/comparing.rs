//! What the server tells of other environments: two side by side, and the totals of all.

use compose::{BASE, Composition};
use leptos::prelude::*;

use super::{ComposerState, Tab};
use crate::serverfns::report::report;
use crate::text::query::View;
use crate::wire::{Environment, Report};

/// Which environments are compared, and what came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comparing {
    /// The one on the left.
    pub(crate) left: RwSignal<String>,
    /// The one on the right.
    pub(crate) right: RwSignal<String>,
    /// Whether the user's changes lie on top of both.
    pub(crate) mine: RwSignal<bool>,
    /// The comparison as HTML, drawn by the server; empty until it was asked for.
    pub(crate) report: RwSignal<String>,
    /// Whether the totals of all environments are looked at.
    pub(crate) totals_open: RwSignal<bool>,
    /// These totals as HTML; empty until they were asked for.
    pub(crate) totals: RwSignal<String>,
}

impl Comparing {
    /// As a link asks for it, with what the server drew for it.
    #[must_use]
    pub(crate) fn new(
        view: &View,
        chosen: [String; 2],
        comparison: String,
        totals: String,
    ) -> Self {
        let [left, right] = chosen;
        Self {
            left: RwSignal::new(left),
            right: RwSignal::new(right),
            mine: RwSignal::new(!view.theirs),
            report: RwSignal::new(comparison),
            totals_open: RwSignal::new(!totals.is_empty()),
            totals: RwSignal::new(totals),
        }
    }
}

/// The environments that a link compares; else the chosen one and the next.
#[must_use]
pub(crate) fn chosen(
    view: &View,
    composition: &Composition,
    environments: &[Environment],
) -> [String; 2] {
    let mut names = vec![BASE];
    names.extend(environments.iter().map(|environment| &*environment.name));
    let known = |name: &Option<String>| {
        let name = name.as_deref()?;
        names.iter().position(|known| *known == name)
    };
    let here = known(&Some(composition.environment.clone())).unwrap_or(0);
    let left = known(&view.left).unwrap_or(here);
    let right = known(&view.right).unwrap_or((left + 1) % names.len());
    [left, right].map(|at| names[at].to_owned())
}

/// Keeps what is looked at in step with the composition: it is asked for anew after each render.
/// Effects do not run on the server.
pub(crate) fn keep_comparing(state: ComposerState) {
    let comparing = state.comparing;
    keep(state, comparing.report, move || {
        (state.tab.get() == Tab::Compare).then(|| Report::Comparison {
            left: comparing.left.get(),
            right: comparing.right.get(),
            mine: comparing.mine.get(),
        })
    });
    keep(state, comparing.totals, move || {
        comparing.totals_open.get().then_some(Report::Totals)
    });
}

/// Keeps one report: what is wanted (nothing while nobody looks) of which render is shown.
fn keep(
    state: ComposerState,
    shown: RwSignal<String>,
    wanted: impl Fn() -> Option<Report> + 'static,
) {
    let wanted: Box<dyn Fn() -> Option<Report>> = Box::new(wanted);
    let asked = StoredValue::new(0_usize);
    Effect::new(move |before: Option<Option<(Report, String)>>| {
        let digest = state.preview.with(|preview| preview.digest.clone());
        let now = wanted().map(|wanted| (wanted, digest));
        let drawn_by_server = before.is_none() && shown.with_untracked(|shown| !shown.is_empty());
        let Some((report_wanted, _)) = now.clone() else {
            // What was known is kept for the next look.
            return before.flatten();
        };
        if drawn_by_server || before.flatten() == now {
            return now;
        }
        let number = asked.get_value() + 1;
        asked.set_value(number);
        let composition = state.composition.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = report(composition, report_wanted).await;
            // The page may be gone by now, or have asked for something newer.
            if asked.try_get_value() == Some(number) {
                match answer {
                    Ok(html) => shown.set(html),
                    Err(error) => state.say(&error.to_string()),
                }
            }
        });
        now
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_of_the_chosen_environment_and_the_next() {
        let environments = ["dev", "prod"].map(|name| Environment {
            name: name.to_owned(),
            values: values::Map::new(),
        });
        let check = |chosen_now: &str, left: Option<&str>, right: Option<&str>| {
            let composition = Composition {
                environment: chosen_now.to_owned(),
                ..Composition::default()
            };
            let view = View {
                left: left.map(str::to_owned),
                right: right.map(str::to_owned),
                ..View::default()
            };
            chosen(&view, &composition, &environments).join(" ")
        };
        assert_eq!(check("base", None, None), "base dev");
        assert_eq!(check("prod", None, None), "prod base");
        assert_eq!(check("prod", Some("dev"), None), "dev prod");
        assert_eq!(check("base", Some("dev"), Some("nowhere")), "dev prod");
        assert_eq!(check("base", Some("dev"), Some("dev")), "dev dev");
    }
}
