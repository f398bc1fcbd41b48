//! Large primes. Several threads may look for them: what is found follows from the candidates alone.

use std::{
    iter::{self, Enumerate},
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use crypto_bigint::{BoxedUint, NonZero};
use crypto_primes::{
    Flavor,
    fips::{self, FipsOptions},
    hazmat::SmallFactorsSieve,
    is_prime,
};
use rand_chacha::ChaCha20Rng;
use rand_core::Rng as _;

use crate::stack;

/// More threads would mostly test what is not needed any more.
const MOST_THREADS: usize = 4;

/// A random odd number of so many bits, a multiple of 8. Its two highest bits are set, so that the
/// product of two such numbers has twice as many bits.
pub(super) fn odd(rng: &mut ChaCha20Rng, bits: u32) -> BoxedUint {
    let mut bytes = vec![0; bits as usize / 8];
    rng.fill_bytes(&mut bytes);
    if let Some(highest) = bytes.first_mut() {
        *highest |= 0b1100_0000;
    }
    if let Some(lowest) = bytes.last_mut() {
        *lowest |= 1;
    }
    BoxedUint::from_be_slice_vartime(&bytes)
}

/// Such numbers without small factors, for ever.
pub(super) fn candidates(mut rng: ChaCha20Rng, bits: u32) -> impl Iterator<Item = BoxedUint> {
    let length = NonZeroU32::new(bits);
    iter::from_fn(move || SmallFactorsSieve::new(odd(&mut rng, bits), length?, false).ok())
        .flatten()
}

/// Numbers without small factors that have as many bits and are a multiple of `2 * divisor`, and one.
pub(super) fn candidates_above_multiples(
    mut rng: ChaCha20Rng,
    bits: u32,
    divisor: &NonZero<BoxedUint>,
) -> impl Iterator<Item = BoxedUint> {
    let without_small_factors = FipsOptions::with_mr_iterations(0).with_trial_division_test();
    // No random base is asked for.
    let mut none = rng.clone();
    let period = NonZero::new(divisor.shl(1)).into_option();
    iter::from_fn(move || {
        let number = odd(&mut rng, bits);
        let above = &number % period.as_ref()?;
        Some(number.wrapping_sub(above).wrapping_add(BoxedUint::one()))
    })
    .filter(move |it| fips::is_prime(&mut none, Flavor::Any, it, without_small_factors))
}

/// The first prime of each sequence; none where a sequence ends without one.
pub(super) fn first_of_each<I, const N: usize>(
    sequences: [I; N],
    concurrent: bool,
) -> [Option<BoxedUint>; N]
where
    I: Iterator<Item = BoxedUint> + Send,
{
    let searches = sequences.map(Search::new);
    // Each thread starts with another search, and then helps with the rest.
    let help = |start: usize| {
        let all = searches.iter().cycle();
        all.skip(start).take(N).for_each(Search::help);
    };
    let threads = if concurrent { threads() } else { 1 };
    thread::scope(|scope| {
        for start in 1..threads {
            // Without a thread all is done below.
            let _ = stack::builder("primes", 0).spawn_scoped(scope, move || help(start));
        }
        help(0);
    });
    searches.map(Search::found)
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST_THREADS))
}

/// A search for the first prime of a sequence, whoever finds it.
struct Search<I>(Mutex<State<I>>);

struct State<I> {
    candidates: Enumerate<I>,
    /// The first prime yet, and its place.
    first: Option<(usize, BoxedUint)>,
}

impl<I: Iterator<Item = BoxedUint>> Search<I> {
    fn new(candidates: I) -> Self {
        Self(Mutex::new(State {
            candidates: candidates.enumerate(),
            first: None,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State<I>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tests candidates until there is a prime.
    fn help(&self) {
        while let Some((place, candidate)) = self.next() {
            if is_prime(Flavor::Any, &candidate) {
                self.add(place, candidate);
            }
        }
    }

    /// Notes a prime, unless another thread has found one before it.
    fn add(&self, place: usize, prime: BoxedUint) {
        let first = &mut self.state().first;
        if first.as_ref().is_none_or(|(found, _)| place < *found) {
            *first = Some((place, prime));
        }
    }

    /// The next candidate, unless a prime is found: all before that one are with a thread already.
    fn next(&self) -> Option<(usize, BoxedUint)> {
        let mut state = self.state();
        if state.first.is_some() {
            return None;
        }
        state.candidates.next()
    }

    fn found(self) -> Option<BoxedUint> {
        let state = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.first.map(|(_, prime)| prime)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    use super::{BoxedUint, Search, candidates, first_of_each};

    #[test]
    fn the_primes_do_not_depend_on_the_threads() {
        for seed in 0..8 {
            let found = |concurrent| {
                let sequences = [0, 1].map(|stream| {
                    let mut rng = ChaCha20Rng::from_seed([seed; 32]);
                    rng.set_stream(stream);
                    candidates(rng, 256)
                });
                first_of_each(sequences, concurrent)
            };
            let [p, q] = found(false);
            assert_ne!(p, q);
            assert!(
                [&p, &q].map(|prime| prime.as_ref().map(BoxedUint::bit_width)) == [Some(256); 2]
            );
            assert_eq!(found(true), [p, q]);
        }
    }

    #[test]
    fn the_first_prime_counts_whenever_it_is_found() {
        let numbers = [3_u32, 4, 5, 7].map(BoxedUint::from);
        let search = Search::new(numbers.into_iter());
        let slow = search.next();
        search.help();
        assert_eq!(search.state().first, Some((2, BoxedUint::from(5_u32))));
        let (place, prime) = slow.unwrap();
        search.add(place, prime);
        search.help();
        assert_eq!(search.found(), Some(BoxedUint::from(3_u32)));
    }

    #[test]
    fn a_sequence_can_end() {
        let none = [BoxedUint::from(4_u32), BoxedUint::from(6_u32)].into_iter();
        assert_eq!(first_of_each([none], false), [None]);
    }
}
