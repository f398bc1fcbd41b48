//! The table of goals.

/// Rows of what was measured beside its goal.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<String>,
}

/// On which side of its goal a value should be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// Below it.
    Under(f64),
    /// At it or above.
    AtLeast(f64),
}

impl Table {
    /// One measured value.
    pub(super) fn add(&mut self, what: &str, value: f64, unit: &str, goal: Goal) {
        let (met, goal) = match goal {
            Goal::Under(limit) => (value < limit, format!("under {limit} {unit}")),
            Goal::AtLeast(limit) => (value >= limit, format!("{limit} {unit}")),
        };
        let verdict = if met { "ok" } else { "**missed**" };
        let goal = goal.trim_end();
        self.rows.push(
            format!("| {what} | {value:.1} {unit} | {goal} | {verdict} |").replace(".0 ", " "),
        );
    }

    /// A value that stands there for the record.
    pub(super) fn note(&mut self, what: &str, value: &str) {
        self.rows.push(format!("| {what} | {value} | | |"));
    }

    /// What could not be measured, and why.
    pub(super) fn skip(&mut self, what: &str, why: &str) {
        self.rows.push(format!("| {what} | skipped: {why} | | |"));
    }

    /// Whether nothing was measured.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Prints it as Markdown.
    pub(super) fn print(&self) {
        println!("| what | measured | goal | |\n| --- | ---: | ---: | --- |");
        for row in &self.rows {
            println!("{row}");
        }
    }
}

/// The value below which this part of all values lies, the nearest one that was measured.
pub(super) fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() as f64 * part).ceil() as usize;
    values
        .get(rank.clamp(1, values.len().max(1)) - 1)
        .copied()
        .unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let mut values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert!((percentile(&mut values, 0.5) - 10.0).abs() < f64::EPSILON);
        assert!((percentile(&mut values, 0.95) - 19.0).abs() < f64::EPSILON);
        assert!((percentile(&mut [3.0], 0.95) - 3.0).abs() < f64::EPSILON);
        assert!(percentile(&mut [], 0.5).is_nan());
    }
}
