//! Where each byte of a text came from, in runs.

use std::ops::Range;

use super::sets::SetId;
use crate::parse::Pos;

/// The number of a source: a template file, or a text given to `tpl`.
pub(crate) type SourceId = u32;
/// The number of a way to a template: the calls that led there.
pub(crate) type FrameId = u32;

/// Where some bytes came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The source that printed them.
    pub(crate) source: SourceId,
    /// The place in it.
    pub(crate) pos: Pos,
    /// Whether they stand there as they are, so that the place moves along with them.
    pub(crate) verbatim: bool,
    /// The calls that led there.
    pub(crate) frame: FrameId,
    /// What was read to print them.
    pub(crate) reads: SetId,
    /// What was read to decide that they are printed.
    pub(crate) conditions: SetId,
}

impl Origin {
    /// The origin of what follows after so many bytes.
    fn after(self, bytes: usize) -> Self {
        let moved = if self.verbatim {
            u32::try_from(bytes).unwrap_or(u32::MAX)
        } else {
            0
        };
        Self {
            pos: self.pos.saturating_add(moved),
            ..self
        }
    }
}

/// Bytes of one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) len: usize,
    pub(crate) origin: Origin,
}

/// The origins of a text, byte by byte in runs.
///
/// A run of no bytes is a mark: something was read there, and nothing was printed for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spans {
    runs: Vec<Run>,
    len: usize,
}

impl Spans {
    /// The length of the text.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The runs.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds bytes at the end.
    pub(crate) fn push(&mut self, len: usize, origin: Origin) {
        if len > 0 {
            self.add(Run { len, origin });
        }
    }

    /// Adds a mark at the end.
    pub(crate) fn mark(&mut self, origin: Origin) {
        self.add(Run { len: 0, origin });
    }

    /// Adds a run, be it a mark.
    pub(crate) fn add(&mut self, run: Run) {
        self.len += run.len;
        match self.runs.last_mut() {
            Some(last) if last.origin.after(last.len) == run.origin => last.len += run.len,
            _ => self.runs.push(run),
        }
    }

    /// Adds all of another text at the end, its origins changed.
    pub(crate) fn extend(&mut self, other: &Self, mut change: impl FnMut(Origin) -> Origin) {
        for run in &other.runs {
            let origin = change(run.origin);
            self.add(Run { origin, ..*run });
        }
    }

    /// Adds a part of another text at the end, the marks at its borders too.
    pub(crate) fn extend_from(&mut self, other: &Self, range: Range<usize>) {
        let mut at = 0;
        for run in &other.runs {
            let (from, to) = (range.start.max(at), range.end.min(at + run.len));
            if from < to || (run.len == 0 && from == to) {
                self.add(Run {
                    len: to - from,
                    origin: run.origin.after(from - at),
                });
            }
            at += run.len;
            if at > range.end {
                break;
            }
        }
    }

    /// The spans of a text from which these ranges, in order, have been taken out.
    pub(crate) fn without(&self, removed: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut left = Self::default();
        let mut at = 0;
        for range in removed {
            left.extend_from(self, at..range.start);
            at = range.end;
        }
        left.extend_from(self, at..self.len);
        left
    }

    /// The runs of each line of the text, its line break among them. Runs are cut where lines end;
    /// marks behind the last line belong to it.
    pub(crate) fn lines(&self, text: &[u8]) -> Vec<Vec<Run>> {
        let mut lines: Vec<Vec<Run>> = Vec::new();
        let mut cut = Cutter {
            runs: &self.runs,
            used: 0,
        };
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            lines.push(cut.take(line.len()));
        }
        if let Some(last) = lines.last_mut() {
            last.extend(cut.runs.iter().filter(|run| run.len == 0));
        }
        lines
    }
}

/// Takes runs from the front.
struct Cutter<'s> {
    runs: &'s [Run],
    /// So much of the first one is taken already.
    used: usize,
}

impl Cutter<'_> {
    fn take(&mut self, mut len: usize) -> Vec<Run> {
        let mut taken = Vec::new();
        while len > 0
            && let Some((run, rest)) = self.runs.split_first()
        {
            let part = len.min(run.len - self.used);
            taken.push(Run {
                len: part,
                origin: run.origin.after(self.used),
            });
            len -= part;
            self.used += part;
            if self.used == run.len {
                self.runs = rest;
                self.used = 0;
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(pos: Pos, verbatim: bool) -> Origin {
        Origin {
            source: 0,
            pos,
            verbatim,
            frame: 0,
            reads: SetId::EMPTY,
            conditions: SetId::EMPTY,
        }
    }

    fn runs(spans: &Spans) -> Vec<(usize, Pos)> {
        let run = |run: &Run| (run.len, run.origin.pos);
        spans.runs().iter().map(run).collect()
    }

    /// `abcdef` as it stands at 10, `XYZ` made at 50.
    fn sample() -> Spans {
        let mut spans = Spans::default();
        spans.push(2, origin(10, true));
        spans.push(4, origin(12, true));
        spans.push(0, origin(40, true));
        spans.push(3, origin(50, false));
        spans
    }

    #[test]
    fn neighbours_become_one_run() {
        assert_eq!(runs(&sample()), [(6, 10), (3, 50)]);
    }

    #[test]
    fn parts_keep_their_places() {
        let mut part = Spans::default();
        part.extend_from(&sample(), 4..8);
        assert_eq!(runs(&part), [(2, 14), (2, 50)]);
        assert_eq!(runs(&sample().without([0..1, 5..7])), [(4, 11), (2, 50)]);
        assert_eq!(runs(&sample().without([])), [(6, 10), (3, 50)]);
    }

    #[test]
    fn marks_stay_where_nothing_was_printed() {
        let mut spans = Spans::default();
        spans.mark(origin(1, false));
        spans.push(3, origin(10, true));
        spans.mark(origin(2, false));
        spans.push(2, origin(20, true));
        spans.mark(origin(3, false));
        assert_eq!(runs(&spans), [(0, 1), (3, 10), (0, 2), (2, 20), (0, 3)]);
        let mut part = Spans::default();
        part.extend_from(&spans, 0..3);
        assert_eq!(runs(&part), [(0, 1), (3, 10), (0, 2)]);
        let lines = spans.lines(b"ab\nde");
        let lines: Vec<usize> = lines.iter().map(Vec::len).collect();
        assert_eq!(lines, [2, 3]);
    }

    #[test]
    fn lines_are_cut() {
        let lines = sample().lines(b"ab\nd\n\nXYZ");
        let lines: Vec<Vec<(usize, Pos)>> = lines
            .iter()
            .map(|line| line.iter().map(|run| (run.len, run.origin.pos)).collect())
            .collect();
        assert_eq!(
            lines,
            [vec![(3, 10)], vec![(2, 13)], vec![(1, 15)], vec![(3, 50)],]
        );
    }
}
