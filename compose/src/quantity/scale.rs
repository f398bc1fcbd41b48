//! The stops of a slider over quantities: few, round, and evenly spread to the eye although they
//! grow by factors.

use values::Value;

use super::{Kind, Quantity};

const MI: f64 = 1_048_576.0;
const GI: f64 = 1024.0 * MI;

/// Thousandths of a core, from 10m to 32.
const CPU: [u16; 24] = [
    10, 20, 30, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 4000, 6000,
    8000, 12000, 16000, 24000, 32000,
];

/// Gi of a volume, from 1Gi to 10Ti.
const STORAGE: [u16; 30] = [
    1, 2, 3, 4, 5, 8, 10, 15, 20, 25, 30, 40, 50, 75, 80, 100, 150, 200, 250, 300, 400, 500, 750,
    1024, 1536, 2048, 3072, 4096, 5120, 10240,
];

/// How far a scale grows beyond its usual ends.
const MAX_EXTENSIONS: usize = 40;

/// The usual stops of a kind.
fn usual(kind: Kind) -> Vec<f64> {
    match kind {
        Kind::Cpu => CPU.iter().map(|milli| f64::from(*milli) / 1000.0).collect(),
        Kind::Storage => STORAGE.iter().map(|gi| f64::from(*gi) * GI).collect(),
        Kind::Memory => {
            let mut stops = Vec::with_capacity(27);
            let mut at = 16.0 * MI;
            while at < 128.0 * GI {
                stops.extend([at, at * 1.5]);
                at *= 2.0;
            }
            stops.push(at);
            stops
        }
    }
}

/// The stops for a kind between `min` and `max`, where those are set, extended until they hold
/// all of `present`.
#[must_use]
pub fn stops(kind: Kind, min: Option<f64>, max: Option<f64>, present: &[f64]) -> Vec<f64> {
    let mut stops = usual(kind);
    let held = || present.iter().copied().chain(min).chain(max);
    let least = held().filter(|at| *at > 0.0).fold(stops[0], f64::min);
    let most = held().fold(stops[stops.len() - 1], f64::max);
    for _ in 0..MAX_EXTENSIONS {
        if stops[stops.len() - 1] < most {
            stops.push(stops[stops.len() - 1] * 2.0);
        }
        if stops[0] > least {
            stops.insert(0, stops[0] / 2.0);
        }
    }
    stops.retain(|at| min.is_none_or(|min| *at > min) && max.is_none_or(|max| *at < max));
    if let Some(min) = min {
        stops.insert(0, min);
    }
    stops.extend(max);
    stops
}

/// The stop that is nearest to an amount, by factor; the first one to nothing.
#[must_use]
pub fn nearest(stops: &[f64], amount: f64) -> usize {
    let factor = |stop: f64| {
        if stop > amount {
            stop / amount
        } else {
            amount / stop
        }
    };
    let mut best = 0;
    for (at, stop) in stops.iter().enumerate() {
        if amount > 0.0
            && *stop > 0.0
            && (stops[best] <= 0.0 || factor(*stop) < factor(stops[best]))
        {
            best = at;
        }
    }
    best
}

/// An amount in the notation of its kind: `500m`, `2Gi`.
#[must_use]
pub fn text(kind: Kind, amount: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "stops are far below")]
    match kind {
        Kind::Cpu => Quantity::from_milli((amount * 1000.0).round() as i64),
        Kind::Memory | Kind::Storage => Quantity::from_bytes(amount.round() as i64),
    }
    .to_string()
}

/// The amount of a value; none when it is no quantity, or an empty text.
#[must_use]
pub fn amount(value: &Value) -> Option<f64> {
    Quantity::from_value(value)
        .ok()
        .map(|quantity| quantity.as_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(kind: Kind, min: Option<f64>, max: Option<f64>, present: &[f64]) -> Vec<String> {
        let stops = stops(kind, min, max, present);
        stops.iter().map(|stop| text(kind, *stop)).collect()
    }

    #[test]
    fn the_usual_ends() {
        for (kind, first, last) in [
            (Kind::Cpu, "10m", "32"),
            (Kind::Memory, "16Mi", "128Gi"),
            (Kind::Storage, "1Gi", "10Ti"),
        ] {
            let texts = texts(kind, None, None, &[]);
            assert_eq!(
                (texts[0].as_str(), texts[texts.len() - 1].as_str()),
                (first, last)
            );
        }
    }

    #[test]
    fn bounds_cut_and_present_amounts_extend() {
        assert_eq!(
            texts(Kind::Cpu, Some(0.5), Some(2.0), &[]),
            ["500m", "750m", "1", "1500m", "2"]
        );
        let wide = texts(Kind::Cpu, None, None, &[0.004, 100.0]);
        assert_eq!(
            (wide[0].as_str(), wide[wide.len() - 1].as_str()),
            ("3m", "128")
        );
    }

    #[test]
    fn the_nearest_stop_is_nearest_by_factor() {
        let stops = stops(Kind::Cpu, None, None, &[]);
        assert!((stops[nearest(&stops, 1.1)] - 1.0).abs() < f64::EPSILON);
        assert_eq!(nearest(&stops, 0.0), 0);
    }
}
