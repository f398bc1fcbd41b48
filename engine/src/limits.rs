//! The budget of one render: small, named limits, counted in one place.
//!
//! [`TABLE`] has their names, which stand in the errors, on command lines and in `docs/limits.md`.

use std::{sync::Arc, time::Duration};

/// Asks the caller of the engine whether the render should stop (its time is up, nobody waits).
pub type Interrupt = Arc<dyn Fn() -> bool + Send + Sync>;

/// Asks the caller's allocator how many bytes the calling thread holds, counted from any point. The
/// engine cannot know: it counts what it makes, and an allocator what is still there.
pub type MemoryInUse = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What one render may use. The defaults let every public chart through that Helm renders in
/// ten seconds, and stop a hostile one.
#[derive(Clone)]
pub struct Limits {
    /// Nodes evaluated and functions called.
    pub steps: u64,
    /// Nested `include`, `template` and `tpl` calls of any names. Helm stops at 1,000 of one name.
    pub depth: u32,
    /// Bytes of output, of all templates and of all intermediate text together.
    pub output_bytes: u64,
    /// Length of one string or list that a function makes.
    pub value_size: usize,
    /// Bytes that one regular expression takes once it is compiled.
    pub regex_size: usize,
    /// Bytes that the render holds at any time, where `memory_in_use` tells them: each of its threads,
    /// if it has two. It may pass this by one value, or by a few megabytes of small ones, before it is
    /// stopped.
    pub memory: u64,
    /// Asked every few thousand steps, and before each large value.
    pub memory_in_use: Option<MemoryInUse>,
    /// How long `interrupt` lets the render go on, for the error to say.
    pub time: Option<Duration>,
    /// Asked every few thousand steps.
    pub interrupt: Option<Interrupt>,
}

/// A limit that is a number.
#[derive(Debug)]
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// What it bounds, in a few words.
    pub help: &'static str,
    get: fn(&Limits) -> u64,
    set: fn(&mut Limits, u64),
}

impl Limit {
    /// What it is.
    #[must_use]
    pub fn get(&self, limits: &Limits) -> u64 {
        (self.get)(limits)
    }

    /// Makes it another; what a field cannot hold becomes the most that it can.
    pub fn set(&self, limits: &mut Limits, value: u64) {
        (self.set)(limits, value);
    }
}

/// The limits that are numbers. (`time` is the caller's, who has the clock.)
pub static TABLE: &[Limit] = &[
    Limit {
        name: "steps",
        help: "nodes evaluated, functions called, and what slow functions count as",
        get: |limits| limits.steps,
        set: |limits, value| limits.steps = value,
    },
    Limit {
        name: "depth",
        help: "`include`, `template` and `tpl` within each other",
        get: |limits| u64::from(limits.depth),
        set: |limits, value| limits.depth = u32::try_from(value).unwrap_or(u32::MAX),
    },
    Limit {
        name: "output_bytes",
        help: "bytes that all templates print, what `include` and `tpl` give among them",
        get: |limits| limits.output_bytes,
        set: |limits, value| limits.output_bytes = value,
    },
    Limit {
        name: "value_size",
        help: "bytes of one text, or items of one list, that a function makes",
        get: |limits| limits.value_size as u64,
        set: |limits, value| limits.value_size = usize::try_from(value).unwrap_or(usize::MAX),
    },
    Limit {
        name: "regex_size",
        help: "bytes of one regular expression once it is compiled",
        get: |limits| limits.regex_size as u64,
        set: |limits, value| limits.regex_size = usize::try_from(value).unwrap_or(usize::MAX),
    },
    Limit {
        name: "memory",
        help: "bytes that the render holds at any time, where the allocator tells them",
        get: |limits| limits.memory,
        set: |limits, value| limits.memory = value,
    },
];

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 200_000_000,
            depth: 3_000,
            output_bytes: 1 << 30,
            value_size: 64 << 20,
            regex_size: 4 << 20,
            memory: 2 << 30,
            memory_in_use: None,
            time: None,
            interrupt: None,
        }
    }
}

impl Limits {
    /// For a service that renders for many: far more than a large chart needs, far less than would
    /// hurt anyone else.
    #[must_use]
    pub fn for_service() -> Self {
        Self {
            steps: 50_000_000,
            output_bytes: 64 << 20,
            value_size: 16 << 20,
            memory: 512 << 20,
            ..Self::default()
        }
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("Limits");
        for limit in TABLE {
            out.field(limit.name, &limit.get(self));
        }
        out.field("time", &self.time).finish_non_exhaustive()
    }
}

/// A limit that a render ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LimitReached {
    /// [`Limits::steps`].
    #[error("the render took more than {0} steps (limit `steps`)")]
    Steps(u64),
    /// [`Limits::depth`].
    #[error("templates call each other more than {0} levels deep (limit `depth`)")]
    Depth(u32),
    /// [`Limits::output_bytes`].
    #[error("the templates print more than {0} bytes (limit `output_bytes`)")]
    OutputBytes(u64),
    /// [`Limits::value_size`].
    #[error("a function makes a value of more than {0} bytes or items (limit `value_size`)")]
    ValueSize(usize),
    /// [`Limits::regex_size`].
    #[error("a regular expression takes more than {0} bytes (limit `regex_size`)")]
    RegexSize(usize),
    /// [`Limits::memory`].
    #[error("the render holds more than {0} bytes (limit `memory`)")]
    Memory(u64),
    /// [`Limits::interrupt`].
    #[error("the render took longer than {} (limit `time`)", how_long(.0.as_ref()))]
    Interrupted(Option<Duration>),
}

fn how_long(time: Option<&Duration>) -> String {
    time.map_or("it may".to_owned(), |time| format!("{time:?}"))
}

/// Counts what a render uses against its [`Limits`].
#[derive(Debug)]
pub struct Meter {
    limits: Limits,
    steps: u64,
    /// The number of steps at which the limits are looked at again.
    look_at: u64,
    depth: u32,
    output: u64,
    /// What the thread held before the render.
    held_before: i64,
    reached: Option<LimitReached>,
}

/// How much of its budget a piece of work took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Usage {
    steps: u64,
    output: u64,
}

impl Usage {
    /// What came on top of an earlier state.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            steps: self.steps - earlier.steps,
            output: self.output - earlier.output,
        }
    }
}

/// How many steps pass between two questions to [`Limits::interrupt`].
const STEPS_BETWEEN_ASKING: u64 = 4_096;
/// A value of so many bytes is large: it is asked before it is made.
const LARGE: usize = 1 << 12;

impl Meter {
    /// A meter at zero.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            look_at: STEPS_BETWEEN_ASKING.min(limits.steps.saturating_add(1)),
            held_before: limits.memory_in_use.as_ref().map_or(0, |ask| ask()),
            limits,
            steps: 0,
            depth: 0,
            output: 0,
            reached: None,
        }
    }

    /// Counts one step.
    ///
    /// # Errors
    /// When steps or time are used up.
    #[inline]
    pub fn step(&mut self) -> Result<(), LimitReached> {
        self.steps += 1;
        if self.steps >= self.look_at {
            self.check(0)
        } else {
            Ok(())
        }
    }

    /// Counts work that a function does in one call, about as long as this many steps.
    ///
    /// # Errors
    /// When steps or time are used up.
    pub fn work(&mut self, steps: usize) -> Result<(), LimitReached> {
        self.steps = self.steps.saturating_add(steps as u64);
        self.check(0)
    }

    /// Looks at the limits; `more` bytes are about to be made.
    #[cold]
    fn check(&mut self, more: usize) -> Result<(), LimitReached> {
        let next = self.steps.saturating_add(STEPS_BETWEEN_ASKING);
        self.look_at = next.min(self.limits.steps.saturating_add(1));
        if self.steps > self.limits.steps {
            return Err(self.reach(LimitReached::Steps(self.limits.steps)));
        }
        if let Some(ask) = &self.limits.memory_in_use {
            let held = ask().saturating_sub(self.held_before);
            let held = u64::try_from(held).unwrap_or(0);
            if held.saturating_add(more as u64) > self.limits.memory {
                return Err(self.reach(LimitReached::Memory(self.limits.memory)));
            }
        }
        if self.limits.interrupt.as_ref().is_some_and(|ask| ask()) {
            return Err(self.reach(LimitReached::Interrupted(self.limits.time)));
        }
        Ok(())
    }

    /// How many steps have been counted.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Enters a template; every `enter` is paired with a [`leave`](Self::leave).
    ///
    /// # Errors
    /// When templates are nested too deeply.
    pub fn enter(&mut self) -> Result<(), LimitReached> {
        if self.depth >= self.limits.depth {
            return Err(self.reach(LimitReached::Depth(self.limits.depth)));
        }
        self.depth += 1;
        Ok(())
    }

    /// Leaves a template.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Counts text printed.
    ///
    /// # Errors
    /// When the output grows too large.
    #[inline]
    pub fn print(&mut self, bytes: usize) -> Result<(), LimitReached> {
        self.output += bytes as u64;
        if self.output > self.limits.output_bytes {
            return Err(self.reach(LimitReached::OutputBytes(self.limits.output_bytes)));
        }
        Ok(())
    }

    /// What was used so far.
    pub(crate) fn usage(&self) -> Usage {
        Usage {
            steps: self.steps,
            output: self.output,
        }
    }

    /// Counts work whose result is known, as if it were done again.
    pub(crate) fn use_again(&mut self, usage: Usage) -> Result<(), LimitReached> {
        self.steps = self.steps.saturating_add(usage.steps);
        self.output = self.output.saturating_add(usage.output);
        self.check(0)?;
        self.print(0)
    }

    /// Checks the size of one value before it is made.
    ///
    /// # Errors
    /// When it would be too large.
    pub fn value(&mut self, size: usize) -> Result<(), LimitReached> {
        if size > self.limits.value_size {
            return Err(self.reach(LimitReached::ValueSize(self.limits.value_size)));
        }
        self.steps = self.steps.saturating_add((size / 64) as u64);
        if self.steps >= self.look_at || size >= LARGE {
            self.check(size)
        } else {
            Ok(())
        }
    }

    /// The most bytes that a compiled regular expression may have.
    #[must_use]
    pub fn regex_limit(&self) -> usize {
        self.limits.regex_size
    }

    /// Says that a regular expression would have more than [`regex_limit`](Self::regex_limit).
    pub fn regex_too_large(&mut self) -> LimitReached {
        self.reach(LimitReached::RegexSize(self.limits.regex_size))
    }

    /// The most bytes or items that one value may have.
    #[must_use]
    pub fn value_limit(&self) -> usize {
        self.limits.value_size
    }

    fn reach(&mut self, limit: LimitReached) -> LimitReached {
        self.reached = Some(limit);
        limit
    }

    /// The limit that was reached, if one was: it ends the render whatever else happened since.
    #[must_use]
    pub fn reached(&self) -> Option<LimitReached> {
        self.reached
    }
}

impl From<LimitReached> for crate::functions::CallError {
    fn from(limit: LimitReached) -> Self {
        Self(limit.to_string())
    }
}
