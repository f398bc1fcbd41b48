//! Numbers for requests, so that an older answer never overwrites a newer one.

/// Which request was sent last, and which answer was shown last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sequence {
    sent: u64,
    shown: u64,
}

impl Sequence {
    /// A number for the next request.
    pub(crate) fn send(&mut self) -> u64 {
        self.sent += 1;
        self.sent
    }

    /// Whether the answer to this request is newer than the one shown; if so it is the one shown.
    pub(crate) fn accept(&mut self, number: u64) -> bool {
        let newer = number > self.shown;
        if newer {
            self.shown = number;
        }
        newer
    }

    /// Whether this request is the last that was sent.
    #[must_use]
    pub(crate) const fn is_last(&self, number: u64) -> bool {
        number == self.sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_answer_never_overwrites_a_newer_one() {
        let mut sequence = Sequence::default();
        let (first, second, third) = (sequence.send(), sequence.send(), sequence.send());
        assert!(sequence.accept(second));
        assert!(!sequence.accept(first));
        assert!(!sequence.is_last(second));
        assert!(sequence.accept(third));
        assert!(!sequence.accept(third));
        assert!(sequence.is_last(third));
    }
}
