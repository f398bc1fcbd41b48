//! What changed between two texts, line by line: Myers' algorithm between what both have at their
//! start and end, within a budget.

/// Differences beyond this are told as one block removed and one added: so different texts are
/// not worth the time, and nobody reads the result.
const MAX_EDITS: usize = 1_000;

/// One line of a comparison. Lines are counted from 0, as in `text.lines()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineChange {
    /// In both, at these lines of old and new.
    Same(usize, usize),
    /// Only in the old text, at this line.
    Removed(usize),
    /// Only in the new text, at this line.
    Added(usize),
}

impl LineChange {
    /// Whether the texts differ here.
    #[must_use]
    pub const fn is_change(self) -> bool {
        !matches!(self, Self::Same(..))
    }
}

/// Compares two texts by lines. Of a change, what is removed stands before what is added.
#[must_use]
pub fn changed_lines(old: &str, new: &str) -> Vec<LineChange> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);

    let mut out: Vec<LineChange> = (0..start)
        .map(|line| LineChange::Same(line, line))
        .collect();
    for (from, to) in edits(&old[start..old_end], &new[start..new_end]) {
        out.push(match (from, to) {
            (Some(from), Some(to)) => LineChange::Same(start + from, start + to),
            (Some(from), None) => LineChange::Removed(start + from),
            (None, Some(to)) => LineChange::Added(start + to),
            (None, None) => continue,
        });
    }
    out.extend((0..end).map(|at| LineChange::Same(old_end + at, new_end + at)));
    removals_first(&mut out);
    out
}

/// Lines added and removed, for a summary.
#[must_use]
pub fn count(changes: &[LineChange]) -> (usize, usize) {
    let added = changes
        .iter()
        .filter(|change| matches!(change, LineChange::Added(..)))
        .count();
    let removed = changes
        .iter()
        .filter(|change| matches!(change, LineChange::Removed(..)))
        .count();
    (added, removed)
}

type Edit = (Option<usize>, Option<usize>);

/// The shortest way from `old` to `new`: pairs of line indices, one of them missing where a line
/// is removed or added.
fn edits(old: &[&str], new: &[&str]) -> Vec<Edit> {
    let whole = || {
        let removed = (0..old.len()).map(|at| (Some(at), None));
        removed
            .chain((0..new.len()).map(|at| (None, Some(at))))
            .collect()
    };
    if old.is_empty() || new.is_empty() {
        return whole();
    }
    shortest(old, new).unwrap_or_else(whole)
}

/// Myers' greedy algorithm with the furthest points of each round kept for the way back; none
/// when more than [`MAX_EDITS`] edits are needed.
fn shortest(old: &[&str], new: &[&str]) -> Option<Vec<Edit>> {
    let limit = (old.len() + new.len()).min(MAX_EDITS);
    let at = |diagonal: isize| usize::try_from(diagonal + limit as isize + 1).unwrap_or_default();
    let mut furthest = vec![0_usize; 2 * limit + 3];
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for round in 0..=limit as isize {
        rounds.push(furthest[at(-round - 1)..=at(round + 1)].to_vec());
        for diagonal in (-round..=round).step_by(2) {
            let down = diagonal == -round
                || (diagonal != round && furthest[at(diagonal - 1)] < furthest[at(diagonal + 1)]);
            let mut x = if down {
                furthest[at(diagonal + 1)]
            } else {
                furthest[at(diagonal - 1)] + 1
            };
            let mut y = usize::try_from(x as isize - diagonal).ok()?;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                x += 1;
                y += 1;
            }
            furthest[at(diagonal)] = x;
            if x >= old.len() && y >= new.len() {
                return way_back(&rounds, old.len(), new.len());
            }
        }
    }
    None
}

fn way_back(rounds: &[Vec<usize>], old: usize, new: usize) -> Option<Vec<Edit>> {
    let (mut x, mut y) = (old as isize, new as isize);
    let mut out = Vec::new();
    let index = |number: isize| usize::try_from(number).ok();
    for (round, furthest) in rounds.iter().enumerate().rev() {
        let round = round as isize;
        let at =
            |diagonal: isize| furthest[usize::try_from(diagonal + round + 1).unwrap_or_default()];
        let diagonal = x - y;
        let down = diagonal == -round || (diagonal != round && at(diagonal - 1) < at(diagonal + 1));
        let before = if down { diagonal + 1 } else { diagonal - 1 };
        let before_x = at(before) as isize;
        let before_y = before_x - before;
        while x > before_x.max(0) && y > before_y.max(0) {
            x -= 1;
            y -= 1;
            out.push((Some(index(x)?), Some(index(y)?)));
        }
        if round > 0 {
            if down {
                y -= 1;
                out.push((None, Some(index(y)?)));
            } else {
                x -= 1;
                out.push((Some(index(x)?), None));
            }
        }
    }
    out.reverse();
    Some(out)
}

/// Within each run of changes, what is removed before what is added.
fn removals_first(changes: &mut [LineChange]) {
    for run in changes.chunk_by_mut(|a, b| a.is_change() && b.is_change()) {
        run.sort_by_key(|change| matches!(change, LineChange::Added(..)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(old: &str, new: &str) -> String {
        let changes = changed_lines(old, new);
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let line = |change: &LineChange| match *change {
            LineChange::Same(..) => "=".to_owned(),
            LineChange::Removed(at) => format!("-{}", old[at]),
            LineChange::Added(at) => format!("+{}", new[at]),
        };
        changes.iter().map(line).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn small_changes_are_small() {
        assert_eq!(show("a\nb\nc", "a\nx\nc"), "= -b +x =");
        assert_eq!(show("a\nb\nc", "a\nc"), "= -b =");
        assert_eq!(show("a\nc", "a\nb\nc"), "= +b =");
        assert_eq!(show("", "a"), "+a");
        assert_eq!(show("a", ""), "-a");
        assert_eq!(show("a\nb\nc\nd\ne", "b\nc\nx\ne\nf"), "-a = = -d +x = +f");
        assert_eq!(show("a\na\na", "a\na"), "= = -a");
        assert_eq!(count(&changed_lines("a\nb", "a\nc\nd")), (2, 1));
    }

    proptest! {
        #[test]
        fn both_texts_come_back(old in "[abc\n]{0,60}", new in "[abc\n]{0,60}") {
            let changes = changed_lines(&old, &new);
            let (mut a, mut b) = (Vec::new(), Vec::new());
            let (old_lines, new_lines) =
                (old.lines().collect::<Vec<_>>(), new.lines().collect::<Vec<_>>());
            for change in &changes {
                match *change {
                    LineChange::Same(from, to) => {
                        prop_assert_eq!(old_lines[from], new_lines[to]);
                        a.push(from);
                        b.push(to);
                    }
                    LineChange::Removed(from) => a.push(from),
                    LineChange::Added(to) => b.push(to),
                }
            }
            prop_assert!(a.iter().copied().eq(0..old_lines.len()));
            prop_assert!(b.iter().copied().eq(0..new_lines.len()));
        }
    }

    #[test]
    fn texts_without_anything_in_common_are_bounded() {
        let text = |mark: &str| {
            (0..2000)
                .map(|n| format!("{mark}{n}\n"))
                .collect::<String>()
        };
        assert_eq!(count(&changed_lines(&text("a"), &text("b"))), (2000, 2000));
    }
}
