//! “Did you mean”: the known name nearest to one that is unknown.

/// The name among `known` that a typo most likely stands for, if any is near enough: a third of
/// the letters may differ, counting swapped neighbours once.
#[must_use]
pub fn nearest<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let typed: Vec<char> = typed.chars().take(MAX_LENGTH + 1).collect();
    if typed.len() > MAX_LENGTH {
        return None;
    }
    let limit = (typed.len() / 3).max(1);
    known
        .into_iter()
        .filter_map(|name| {
            let letters: Vec<char> = name.chars().collect();
            if letters.len().abs_diff(typed.len()) > limit {
                return None;
            }
            let distance = distance(&typed, &letters);
            (distance <= limit && distance < letters.len()).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

const MAX_LENGTH: usize = 100;

/// Edits between two words: insert, remove, replace, swap (optimal string alignment), upper and
/// lower case being half the same.
fn distance(a: &[char], b: &[char]) -> usize {
    let same = |x: char, y: char| x.eq_ignore_ascii_case(&y);
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(!same(a[i - 1], b[j - 1]));
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]) {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["replicas", "resources", "enabled", "env"];
        assert_eq!(nearest("repilcas", known), Some("replicas"));
        assert_eq!(nearest("Enabled", known), Some("enabled"));
        assert_eq!(nearest("resource", known), Some("resources"));
        assert_eq!(nearest("persistence", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(nearest(&"x".repeat(10_000), known), None);
    }
}
