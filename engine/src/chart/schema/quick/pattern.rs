//! Regular expressions that mean the same to everybody.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use regex_lite::Regex;

use super::{Fits, Unsure};

/// A pattern of plain characters, classes, groups and counts.
///
/// Matched by the small engine: it compiles in no time, and values are short.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    /// It asks for white space, of which ECMAScript knows more than ASCII has.
    asks_for_space: bool,
    /// Texts that matched: the same values are checked at every edit.
    matched: Mutex<HashSet<Box<str>, foldhash::fast::RandomState>>,
}

/// How many texts are kept for a pattern.
const MAX_MATCHED: usize = 128;
/// A longer text is not kept.
const MAX_BYTES: usize = 128;

impl Pattern {
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let mut characters = pattern.chars();
        let mut before = ' ';
        let mut in_class = false;
        let mut asks_for_space = false;
        while let Some(character) = characters.next() {
            let is_plain = character.is_ascii_graphic() || character == ' ';
            // Groups of other kinds, and what only Rust reads inside of `[…]`.
            let is_special = (before == '(' && character == '?')
                || (in_class && character == '[')
                || (in_class && matches!(before, '[' | '^') && character == ']')
                || (in_class
                    && matches!((before, character), ('&', '&') | ('~', '~') | ('-', '-')));
            if !is_plain || is_special {
                return None;
            }
            in_class = character == '[' || (in_class && character != ']');
            before = character;
            if character == '\\' {
                match characters.next()? {
                    's' | 'S' => asks_for_space = true,
                    'd' | 'w' => {}
                    escaped if escaped.is_ascii_punctuation() => {}
                    _ => return None,
                }
                before = ' ';
            }
        }
        let regex = Regex::new(pattern).ok()?;
        Some(Self {
            regex,
            asks_for_space,
            matched: Mutex::default(),
        })
    }

    pub(super) fn matches(&self, text: &str) -> Fits {
        if self.asks_for_space && !text.is_ascii() {
            return Err(Unsure);
        }
        let matched = || self.matched.lock().unwrap_or_else(PoisonError::into_inner);
        if matched().contains(text) {
            return Ok(true);
        }
        let fits = self.regex.is_match(text);
        if fits && text.len() <= MAX_BYTES {
            let mut matched = matched();
            if matched.len() < MAX_MATCHED {
                matched.insert(text.into());
            }
        }
        Ok(fits)
    }
}
