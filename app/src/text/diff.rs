//! Which lines of a manifest an edit changed.

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// In both.
    Same,
    /// Only in the new text.
    Added,
    /// Only in the old text.
    Removed,
}

/// Above this many cells the middle of two texts is not compared line by line but taken as
/// replaced whole: it bounds time and memory for texts that share nothing.
const MAX_CELLS: usize = 1 << 20;

/// The lines of `new`, with the lines of `old` that it lost in between: a longest common
/// subsequence between the common start and the common end.
#[must_use]
pub(crate) fn lines<'a>(old: &'a str, new: &'a str) -> Vec<(Change, &'a str)> {
    let before: Vec<&str> = old.lines().collect();
    let after: Vec<&str> = new.lines().collect();
    let start = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let end = before[start..]
        .iter()
        .rev()
        .zip(after[start..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out: Vec<(Change, &str)> = after[..start]
        .iter()
        .map(|line| (Change::Same, *line))
        .collect();
    middle(
        &before[start..before.len() - end],
        &after[start..after.len() - end],
        &mut out,
    );
    out.extend(
        after[after.len() - end..]
            .iter()
            .map(|line| (Change::Same, *line)),
    );
    out
}

/// How many lines were added and removed.
#[must_use]
pub(crate) fn counts(lines: &[(Change, &str)]) -> (usize, usize) {
    let of = |wanted| lines.iter().filter(|(change, _)| *change == wanted).count();
    (of(Change::Added), of(Change::Removed))
}

/// Compares what is left between the common start and end.
fn middle<'a>(old: &[&'a str], new: &[&'a str], out: &mut Vec<(Change, &'a str)>) {
    let width = new.len() + 1;
    if old.len().saturating_mul(width) > MAX_CELLS {
        out.extend(old.iter().map(|line| (Change::Removed, *line)));
        out.extend(new.iter().map(|line| (Change::Added, *line)));
        return;
    }
    // longest[i * width + j]: the longest common subsequence of old[i..] and new[j..].
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push((Change::Same, new[j]));
            i += 1;
            j += 1;
        } else if j == new.len()
            || (i < old.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            out.push((Change::Removed, old[i]));
            i += 1;
        } else {
            out.push((Change::Added, new[j]));
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        let shown: Vec<String> = lines(old, new)
            .into_iter()
            .map(|(change, line)| {
                let mark = match change {
                    Change::Same => ' ',
                    Change::Added => '+',
                    Change::Removed => '-',
                };
                format!("{mark}{line}")
            })
            .collect();
        assert_eq!(shown.join("\n"), expected);
    }

    #[test]
    fn equal_texts_have_no_marks() {
        check("a\nb", "a\nb", " a\n b");
        check("", "", "");
    }

    #[test]
    fn a_changed_line_is_removed_and_added() {
        check("a\nx: 1\nb", "a\nx: 2\nb", " a\n-x: 1\n+x: 2\n b");
    }

    #[test]
    fn insertions_and_deletions_keep_what_is_common() {
        check("a\nb\nc\nd", "a\nc\ne\nd", " a\n-b\n c\n+e\n d");
        check("", "a", "+a");
        check("a", "", "-a");
    }

    #[test]
    fn texts_without_anything_in_common_are_bounded() {
        let old: String = (0..2000).map(|n| format!("a{n}\n")).collect();
        let new: String = (0..2000).map(|n| format!("b{n}\n")).collect();
        assert_eq!(counts(&lines(&old, &new)), (2000, 2000));
    }
}
