//! What functions may ask of the render they run in: randomness and the clock, both given by
//! the caller of the engine, and the budget.

use rand_chacha::ChaCha12Rng;
use rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::helm::Texts;
use crate::{
    limits::{LimitReached, Meter},
    log::Log,
    value::{Str, Value},
};

/// The surroundings of a function call.
#[derive(Debug)]
pub struct Host {
    /// The budget of this render.
    pub meter: Meter,
    /// "Now", in nanoseconds since the Unix epoch.
    pub now_unix_nanos: i128,
    /// Whether what takes long may use several threads; the result is the same.
    pub concurrent: bool,
    /// In a render for the linter, what `required` and `fail` say instead of ending it.
    pub(crate) lint: Option<Log>,
    random: Random,
    /// What `fromYaml` has read.
    pub(super) texts: Texts,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
}

/// Where random numbers come from. The generator is one whose numbers tell nothing about the next
/// ones, nor about another stream's: a password or key must not follow from an identifier that
/// everybody sees.
#[derive(Debug)]
struct Random {
    seed: u64,
    /// The template that is being executed.
    template: Str,
    /// Its stream, once it has drawn a number.
    generator: Option<ChaCha12Rng>,
}

/// The random numbers of one template.
fn stream(seed: u64, template: &Str) -> ChaCha12Rng {
    let digest = Sha256::digest(template.as_bytes());
    let stream = digest.iter().take(size_of::<u64>());
    let mut generator = ChaCha12Rng::seed_from_u64(seed);
    generator.set_stream(stream.fold(0, |number, byte| number << 8 | u64::from(*byte)));
    generator
}

/// A buffer that has grown beyond this is not kept.
const SPARE_BYTES: usize = 1 << 16;

impl Host {
    /// Surroundings with this budget, seed and clock.
    #[must_use]
    pub fn new(meter: Meter, seed: u64, now_unix_nanos: i128) -> Self {
        Self {
            meter,
            now_unix_nanos,
            concurrent: false,
            lint: None,
            random: Random {
                seed,
                template: Str::default(),
                generator: None,
            },
            texts: Texts::default(),
            spare: Vec::new(),
        }
    }

    /// An empty buffer to put a text together in.
    pub(crate) fn buffer(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_default()
    }

    /// The text in a buffer, which is used again: most texts are short, and need no memory of their
    /// own then.
    pub(crate) fn text(&mut self, buffer: Vec<u8>) -> Str {
        let text = Str::from_bytes(&buffer);
        self.give_back(buffer);
        text
    }

    /// Takes a buffer back for texts to come.
    pub(crate) fn give_back(&mut self, mut buffer: Vec<u8>) {
        if buffer.capacity() <= SPARE_BYTES {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    /// Counts what printing, encoding or copying a whole value takes, before it is done: lists and
    /// maps can share parts, so that a small value has a huge text.
    ///
    /// # Errors
    /// When that is more than one value, or the render, may take.
    pub fn measure(&mut self, value: &Value) -> Result<usize, LimitReached> {
        if !matches!(value, Value::List(_) | Value::Map(_)) {
            return Ok(1);
        }
        let mut measure = Measure {
            meter: &mut self.meter,
            size: 0,
            counted: ONCE_IN,
        };
        measure.add(value, 0)?;
        let size = measure.size;
        self.meter.value(size)?;
        Ok(size)
    }

    /// Random numbers are those of this template from now on, from their start: what one template
    /// draws is nothing to the others, in whatever order they are executed.
    pub(crate) fn begin(&mut self, template: &Str) {
        self.random.template = template.clone();
        self.random.generator = None;
    }

    /// The next random number.
    pub fn random_u64(&mut self) -> u64 {
        self.generator().next_u64()
    }

    /// Random bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.generator().fill_bytes(bytes);
    }

    /// The generator itself, for whom it must be one.
    pub(super) fn generator(&mut self) -> &mut ChaCha12Rng {
        let Random {
            seed,
            template,
            generator,
        } = &mut self.random;
        generator.get_or_insert_with(|| stream(*seed, template))
    }

    /// A random number below `bound`; 0 for a bound of 0.
    pub fn random_below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            0
        } else {
            self.random_u64() % bound
        }
    }
}

/// Bytes after which the meter is asked for the first time.
const ONCE_IN: usize = 1 << 16;
/// Deeper parts are not counted: no printer or encoder goes there.
const MAX_DEPTH: usize = 1_000;

/// The size of a value's text, roughly: its bytes, and an indentation for each part.
struct Measure<'m> {
    meter: &'m mut Meter,
    size: usize,
    /// The meter is asked when the size passes this.
    counted: usize,
}

impl Measure<'_> {
    fn add(&mut self, value: &Value, depth: usize) -> Result<(), LimitReached> {
        if depth > MAX_DEPTH {
            return Ok(());
        }
        self.size += 1 + 2 * depth;
        match value {
            Value::String(text) => self.size += text.len(),
            Value::List(list) => {
                for item in list.iter() {
                    self.add(item, depth + 1)?;
                }
            }
            Value::Map(map) => {
                for (key, item) in map.read().iter() {
                    self.size += key.len();
                    self.add(item, depth + 1)?;
                }
            }
            _ => {}
        }
        if self.size > self.counted {
            self.counted = self.size.saturating_mul(2);
            self.meter.value(self.size)?;
        }
        Ok(())
    }
}
