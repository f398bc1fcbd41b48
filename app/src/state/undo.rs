//! The steps that can be taken back, as plain data: what the composition was before each edit,
//! and what it was before each step back.

use std::collections::VecDeque;

use compose::Composition;

/// How many steps can be taken back.
pub(crate) const STEPS: usize = 100;

/// Edits of one thing that follow each other within this time, in milliseconds, are one step:
/// a dragged slider or a typed word is taken back whole.
const MELT: f64 = 800.0;

/// Everything that a step brings back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snapshot {
    /// What is composed.
    pub(crate) composition: Composition,
    /// The overrides as the person wrote them, comments included.
    pub(crate) document: String,
}

/// The last edit, as long as another one can melt into it.
#[derive(Debug)]
struct Last {
    key: String,
    at: f64,
}

/// The steps behind and before us.
#[derive(Debug, Default)]
pub(crate) struct Undo {
    past: VecDeque<Snapshot>,
    future: Vec<Snapshot>,
    last: Option<Last>,
}

impl Undo {
    /// Records an edit at a time in milliseconds. Edits with the same `key`, if it is not empty,
    /// melt into one step; one that ends where it began is no step at all.
    pub(crate) fn record(&mut self, key: &str, at: f64, before: Snapshot, after: &Snapshot) {
        self.future.clear();
        let melts = !key.is_empty()
            && self
                .last
                .as_ref()
                .is_some_and(|last| last.key == key && (0.0..=MELT).contains(&(at - last.at)));
        if !melts {
            self.past.push_back(before);
            if self.past.len() > STEPS {
                self.past.pop_front();
            }
        } else if self.past.back() == Some(after) {
            self.past.pop_back();
            self.last = None;
            return;
        }
        self.last = Some(Last {
            key: key.to_owned(),
            at,
        });
    }

    /// One step back from `now`: what was before it.
    pub(crate) fn back(&mut self, now: Snapshot) -> Option<Snapshot> {
        let before = self.past.pop_back()?;
        self.future.push(now);
        self.last = None;
        Some(before)
    }

    /// One step forward again from `now`.
    pub(crate) fn forward(&mut self, now: Snapshot) -> Option<Snapshot> {
        let after = self.future.pop()?;
        self.past.push_back(now);
        self.last = None;
        Some(after)
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub(crate) fn can_go_back(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether a step back can be taken forward again.
    #[must_use]
    pub(crate) fn can_go_forward(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(name: &str) -> Snapshot {
        Snapshot {
            composition: Composition {
                environment: name.to_owned(),
                ..Composition::default()
            },
            document: format!("# {name}\n"),
        }
    }

    /// Edits as `key`, time, and the state that they lead to, starting from `0`.
    fn after(edits: &[(&str, f64, &str)]) -> Undo {
        let mut undo = Undo::default();
        let mut now = "0";
        for (key, at, next) in edits {
            undo.record(key, *at, state(now), &state(next));
            now = next;
        }
        undo
    }

    #[test]
    fn steps_go_back_and_forward() {
        let mut undo = after(&[("a", 0.0, "1"), ("b", 10.0, "2")]);
        assert_eq!(undo.back(state("2")), Some(state("1")));
        assert_eq!(undo.back(state("1")), Some(state("0")));
        assert_eq!(undo.back(state("0")), None);
        assert_eq!(undo.forward(state("0")), Some(state("1")));
        assert_eq!(undo.forward(state("1")), Some(state("2")));
        assert_eq!(undo.forward(state("2")), None);
        assert!(undo.can_go_back() && !undo.can_go_forward());
    }

    #[test]
    fn edits_of_one_thing_in_quick_succession_are_one_step() {
        let mut undo = after(&[("a", 0.0, "1"), ("a", 700.0, "2"), ("a", 1_400.0, "3")]);
        assert_eq!(undo.back(state("3")), Some(state("0")));
        assert!(!undo.can_go_back());
    }

    #[test]
    fn a_pause_another_thing_or_no_name_begin_a_new_step() {
        for edits in [
            [("a", 0.0, "1"), ("a", 801.0, "2")],
            [("a", 0.0, "1"), ("b", 1.0, "2")],
            [("", 0.0, "1"), ("", 1.0, "2")],
            // A clock that was set back.
            [("a", 9_000.0, "1"), ("a", 1.0, "2")],
        ] {
            let mut undo = after(&edits);
            assert_eq!(undo.back(state("2")), Some(state("1")), "{edits:?}");
        }
    }

    #[test]
    fn an_edit_after_a_step_back_forgets_the_way_forward_and_melts_into_nothing() {
        let mut undo = after(&[("a", 0.0, "1"), ("b", 10.0, "2")]);
        undo.back(state("2"));
        undo.record("b", 20.0, state("1"), &state("3"));
        assert!(!undo.can_go_forward());
        assert_eq!(undo.back(state("3")), Some(state("1")));
    }

    #[test]
    fn a_word_typed_and_deleted_is_no_step() {
        let mut undo = after(&[("a", 0.0, "1"), ("b", 5_000.0, "2"), ("b", 5_100.0, "1")]);
        assert_eq!(undo.back(state("1")), Some(state("0")));
    }

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let mut undo = Undo::default();
        for step in 0..STEPS + 5 {
            let (now, next) = (step.to_string(), (step + 1).to_string());
            undo.record("", 0.0, state(&now), &state(&next));
        }
        let mut now = state("end");
        let mut steps = 0;
        while let Some(before) = undo.back(now.clone()) {
            now = before;
            steps += 1;
        }
        assert_eq!((steps, now), (STEPS, state("5")));
    }
}
