//! What functions may ask of the render they run in: randomness and the clock, both given by
//! the caller of the engine, and the budget.

use crate::limits::Meter;

/// The surroundings of a function call.
#[derive(Debug)]
pub struct Host {
    /// The budget of this render.
    pub meter: Meter,
    /// "Now", in nanoseconds since the Unix epoch.
    pub now_unix_nanos: i128,
    random: u64,
}

impl Host {
    /// Surroundings with this budget, seed and clock.
    #[must_use]
    pub fn new(meter: Meter, seed: u64, now_unix_nanos: i128) -> Self {
        Self { meter, now_unix_nanos, random: seed }
    }

    /// The next random number: SplitMix64, so that the same seed gives the same render.
    pub fn random_u64(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A random number below `bound`; 0 for a bound of 0.
    pub fn random_below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.random_u64() % bound }
    }
}
