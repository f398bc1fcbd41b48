//! Regular expressions that mean the same to everybody.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use regex_lite::Regex;

use super::super::patterns;

/// A pattern of plain characters, classes, groups and counts.
///
/// Matched by the small engine: it compiles in no time, and values are short.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    /// Texts that matched: the same values are checked at every edit.
    matched: Mutex<HashSet<Box<str>, foldhash::fast::RandomState>>,
}

/// How many texts are kept for a pattern.
const MAX_MATCHED: usize = 128;
/// A longer text is not kept.
const MAX_BYTES: usize = 128;

impl Pattern {
    /// None for what is no pattern, or one that the small engine may take for another.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_graphic() || c == ' ';
        // Flags and the like: without regard to case it knows ASCII alone.
        if !pattern.chars().all(is_plain) || pattern.contains("(?") {
            return None;
        }
        let translated = patterns::translated(pattern).ok()?;
        Some(Self {
            regex: Regex::new(&translated).ok()?,
            matched: Mutex::default(),
        })
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let matched = || self.matched.lock().unwrap_or_else(PoisonError::into_inner);
        if matched().contains(text) {
            return true;
        }
        let fits = self.regex.is_match(text);
        if fits && text.len() <= MAX_BYTES {
            let mut matched = matched();
            if matched.len() < MAX_MATCHED {
                matched.insert(text.into());
            }
        }
        fits
    }
}
