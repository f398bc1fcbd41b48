//! The budget of one render: small, named limits, counted in one place.

use std::sync::Arc;

/// Asks the caller of the engine whether the render should stop (its time is up, nobody waits).
pub type Interrupt = Arc<dyn Fn() -> bool + Send + Sync>;

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
    /// Asked every few thousand steps.
    pub interrupt: Option<Interrupt>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 200_000_000,
            depth: 3_000,
            output_bytes: 1 << 30,
            value_size: 64 << 20,
            interrupt: None,
        }
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("steps", &self.steps)
            .field("depth", &self.depth)
            .field("output_bytes", &self.output_bytes)
            .field("value_size", &self.value_size)
            .finish_non_exhaustive()
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
    /// [`Limits::interrupt`].
    #[error("the render took longer than it may (limit `time`)")]
    Interrupted,
}

/// Counts what a render uses against its [`Limits`].
#[derive(Debug)]
pub struct Meter {
    limits: Limits,
    steps: u64,
    depth: u32,
    output: u64,
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

impl Meter {
    /// A meter at zero.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
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
        if self.steps.is_multiple_of(STEPS_BETWEEN_ASKING) {
            self.check()
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
        self.check()
    }

    #[cold]
    fn check(&mut self) -> Result<(), LimitReached> {
        if self.steps > self.limits.steps {
            return Err(self.reach(LimitReached::Steps(self.limits.steps)));
        }
        if self.limits.interrupt.as_ref().is_some_and(|ask| ask()) {
            return Err(self.reach(LimitReached::Interrupted));
        }
        Ok(())
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
        self.check()?;
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
        self.work(size / 64)
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
