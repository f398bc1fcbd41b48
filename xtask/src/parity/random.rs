//! Compositions drawn at random from the FLTS chart's schema, the same ones for the same seed.

use std::fs;

use anyhow::Context as _;
use compose::form::{Control, Field, FormModel};

use super::{Case, environments};
use crate::process::root;

/// The form of the FLTS chart.
fn form() -> anyhow::Result<FormModel> {
    let chart = root().join("chart");
    let read = |name: &str| {
        fs::read_to_string(chart.join(name)).with_context(|| format!("cannot read chart/{name}"))
    };
    let text = read("values.yaml")?;
    let schema = serde_json::from_str(&read("values.schema.json")?)?;
    let defaults = values::yaml::parse_map(&text)?;
    Ok(compose::form::build(Some(&schema), &defaults, &text))
}

/// The paths of the services' switches.
pub(super) fn switches() -> anyhow::Result<Vec<String>> {
    let form = form()?;
    Ok(form
        .cards()
        .filter_map(|card| card.enabled.as_ref())
        .map(|on| on.path.to_string())
        .collect())
}

/// That many compositions.
pub(super) fn cases(seed: u64, count: usize) -> anyhow::Result<Vec<Case>> {
    let form = form()?;
    let fields: Vec<&Field> = form.fields();
    let environments = environments()?;
    let mut dice = Dice(seed);
    let mut cases = Vec::new();
    for _ in 0..count {
        let (_, flags) = &environments[dice.below(environments.len())];
        let mut args = vec!["flts".to_owned(), "chart".to_owned()];
        args.extend(flags.iter().cloned());
        for _ in 0..=dice.below(12) {
            let field = fields[dice.below(fields.len())];
            if let Some(value) = draw(&field.control, &mut dice) {
                args.push("--set-json".to_owned());
                args.push(format!("{}={value}", field.path));
            }
        }
        // Half of them turn everything on that an environment may have off.
        if dice.below(2) == 0 {
            for path in [
                "eda.enabled",
                "inferenceLb.enabled",
                "inference.autoscaling.enabled",
            ] {
                args.push("--set".to_owned());
                args.push(format!("{path}=true"));
            }
        }
        cases.push(Case { args });
    }
    Ok(cases)
}

/// A value that fits the control, as JSON.
fn draw(control: &Control, dice: &mut Dice) -> Option<serde_json::Value> {
    Some(match control {
        Control::Switch => (dice.below(3) > 0).into(),
        Control::Number {
            min, max, integer, ..
        } => {
            let min = min.unwrap_or(0.0);
            let max = max.unwrap_or(min + 1000.0).min(min + 100_000.0);
            let share = dice.below(1001) as f64 / 1000.0;
            let number = min + (max - min) * share;
            if *integer {
                (number.floor() as i64).into()
            } else {
                number.into()
            }
        }
        Control::Choice { options } => {
            serde_json::Value::from(&options.get(dice.below(options.len().max(1)))?.value)
        }
        Control::Quantity { .. } => {
            const QUANTITIES: [&str; 7] = ["100m", "1", "2500m", "512Mi", "3Gi", "10Gi", "0.5"];
            QUANTITIES[dice.below(QUANTITIES.len())].into()
        }
        Control::Text { pattern: None, .. } => {
            const TEXTS: [&str; 10] = [
                "plain",
                "",
                "yes",
                "0x10",
                "1e3",
                "with space",
                "colon: and # hash",
                "a\nb",
                "2024-01-02",
                "ünïcode",
            ];
            TEXTS[dice.below(TEXTS.len())].into()
        }
        Control::Map { item } => {
            let value = draw(item, dice)?;
            serde_json::json!({ format!("key{}", dice.below(3)): value })
        }
        Control::List { item, .. } => serde_json::json!([draw(item, dice)?]),
        // What has a pattern or a secret stays as it is.
        Control::Text { .. }
        | Control::Secret { .. }
        | Control::Record { .. }
        | Control::Yaml { .. } => return None,
    })
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        usize::try_from(z % (bound.max(1) as u64)).unwrap_or(0)
    }
}
