//! All that is wrong with a composition or worth knowing, gravest first, each with where it is and
//! what mends it. One list for the page, with scripts and without.

pub mod advice;

use app::wire::{Check, Gravity, Mend};
use compose::{Composition, requirements};

use crate::{
    charts::LoadedChart,
    compositions,
    problem::Cause,
    render::{Failure, Rendering},
};

/// The list for a composition that was rendered; `causes` are the parts that did not fit.
#[must_use]
pub fn of(
    chart: &LoadedChart,
    composition: &Composition,
    causes: &[Cause],
    result: &Result<Rendering, Failure>,
) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Err(failure) = result {
        checks.push(failed(chart, failure));
    }
    checks.extend(causes.iter().map(|cause| Check {
        message: cause.message.clone(),
        ..at(chart, &cause.path, "value")
    }));
    let switches = compositions::switches(chart, composition);
    let gaps = requirements::gaps(&chart.about.form, &switches);
    checks.extend(gaps.into_iter().map(unmet));
    if let Ok(rendering) = result {
        checks.extend(rendering.warnings.iter().map(|warning| Check {
            gravity: Gravity::Warning,
            code: "helm-warning".to_owned(),
            message: warning.clone(),
            ..Check::default()
        }));
        checks.extend(rendering.advice.iter().cloned());
    }
    checks
}

/// Helm's failure.
fn failed(chart: &LoadedChart, failure: &Failure) -> Check {
    let causes = failure.causes(&chart.about.defaults);
    let path = causes.first().map_or("", |cause| &cause.path);
    let place = failure.place.iter().map(|place| format!("At {place}."));
    let told: Vec<String> = place.chain(failure.hint.clone()).collect();
    Check {
        message: failure.message.clone(),
        detail: told.join(" "),
        ..at(chart, path, "render-failed")
    }
}

/// An error at a value, if its path is one.
fn at(chart: &LoadedChart, path: &str, code: &str) -> Check {
    let card = path
        .parse()
        .ok()
        .and_then(|path| chart.about.form.card_of(&path));
    Check {
        code: code.to_owned(),
        path: card.map_or_else(String::new, |_| path.to_owned()),
        card: card.map_or_else(String::new, |card| card.path.to_string()),
        ..Check::default()
    }
}

/// A service that others miss.
fn unmet(gap: requirements::Gap) -> Check {
    let mend = |mend: requirements::Mend| Mend {
        title: mend.title,
        set: mend.set,
        jump: mend.jump.map_or_else(String::new, |path| path.to_string()),
    };
    Check {
        code: Check::UNMET.to_owned(),
        message: gap.message,
        path: gap.switch.to_string(),
        card: gap.card.map_or_else(String::new, |path| path.to_string()),
        others: gap.needed_by.iter().map(ToString::to_string).collect(),
        mends: gap.mends.into_iter().map(mend).collect(),
        ..Check::default()
    }
}
