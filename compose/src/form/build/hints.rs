//! What a schema says about the form itself: our `x-ui`, and Kubeapps' words (`form`, `render`,
//! `sliderMin` …), which many public charts carry.

use serde_json::Value as Json;
use values::ValuesPath;

use super::schema::Flat;
use crate::form::Requirement;

/// The hints of one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Ui<'f> {
    /// The card's group.
    pub(super) group: Option<&'f str>,
    /// Whether it is no service although it has a switch: one that is only the default of the
    /// services in it (`umbrella`), or one of a setting that they share (`section`).
    pub(super) no_service: bool,
    /// The place among its siblings.
    pub(super) order: Option<i64>,
    /// Whether a person needs it first.
    pub(super) short: bool,
    /// Whether nearly every installation of the chart sets it.
    pub(super) essential: bool,
    /// Whether it stays out of the form.
    pub(super) hidden: bool,
    /// Whether it must never be shown.
    pub(super) secret: bool,
    /// The control by name.
    pub(super) widget: Option<&'f str>,
    /// The path that holds while this one is null.
    pub(super) inherits: Option<ValuesPath>,
    /// What must be on.
    pub(super) requires: Vec<Requirement>,
    /// Kubeapps' slider, or ours.
    pub(super) slider: bool,
    /// The least of the slider.
    pub(super) min: Option<f64>,
    /// The most of the slider.
    pub(super) max: Option<f64>,
    /// The step of the slider.
    pub(super) step: Option<f64>,
    /// What it counts.
    pub(super) unit: Option<&'f str>,
}

impl<'f> Ui<'f> {
    pub(super) fn new(flat: &Flat<'f>) -> Self {
        let text = |word: &str| flat.hint(word).and_then(Json::as_str);
        let flag = |word: &str| flat.hint(word) == Some(&Json::Bool(true));
        let number = |word: &str| flat.hint(word).and_then(Json::as_f64);
        let render = flat.text("render");
        let form = flat.word("form");
        Self {
            group: text("group"),
            no_service: flag("umbrella") || flag("section"),
            order: flat.hint("order").and_then(order),
            short: flag("short")
                || form.is_some_and(|form| form == &Json::Bool(true) || form.is_string()),
            essential: flag("essential"),
            hidden: flag("hidden") || flat.flag("hidden"),
            secret: flag("secret"),
            widget: text("widget").or(match render {
                Some("textArea") => Some("textarea"),
                _ => None,
            }),
            inherits: text("inherits").and_then(|path| path.parse().ok()),
            requires: flat.hint("requires").map(requires).unwrap_or_default(),
            slider: render == Some("slider") || text("widget") == Some("slider"),
            min: flat.number("sliderMin").or_else(|| number("min")),
            max: flat.number("sliderMax").or_else(|| number("max")),
            step: flat.number("sliderStep").or_else(|| number("step")),
            unit: flat.text("sliderUnit").or_else(|| text("unit")),
        }
    }
}

fn order(json: &Json) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "it only orders")]
    json.as_i64()
        .or_else(|| json.as_f64().map(|number| number as i64))
}

fn requires(json: &Json) -> Vec<Requirement> {
    let all = json.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().take(50).filter_map(requirement).collect()
}

fn requirement(json: &Json) -> Option<Requirement> {
    let path = json
        .as_str()
        .or_else(|| json.get("path")?.as_str())?
        .parse()
        .ok()?;
    let unless = json
        .get("unless")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let unless = unless
        .iter()
        .take(50)
        .filter_map(|path| path.as_str()?.parse().ok())
        .collect();
    Some(Requirement { path, unless })
}
