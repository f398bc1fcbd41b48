//! New keys. A key follows from 32 random bytes of its render alone, so that a preview repeats and
//! keys that were made before can be kept: an RSA key takes longer than the rest of a render.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::{LazyLock, Mutex, PoisonError},
};

use crypto_bigint::{
    BoxedUint, Limb, NonZero, Odd, Resize as _,
    modular::{BoxedMontyForm, BoxedMontyParams},
};
use lru::LruCache;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use super::{Dsa, PrivateKey, primes};
use crate::functions::{CallError, Host, crypto::random};

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) enum Kind {
    Rsa2048,
    Rsa4096,
    Dsa,
    P256,
    Ed25519,
}

impl Kind {
    /// How long it takes, in the meter's steps: a chart that makes more keys than Helm makes in
    /// ten seconds or so ends in a limit.
    fn steps(self) -> usize {
        match self {
            Self::Rsa2048 => 1_200_000,
            Self::Rsa4096 | Self::Dsa => 15_000_000,
            Self::P256 | Self::Ed25519 => 5_000,
        }
    }
}

type Made = LruCache<(Kind, [u8; 32]), PrivateKey>;

/// Keys that were made, by what they follow from.
static MADE: LazyLock<Mutex<Made>> = LazyLock::new(|| Mutex::new(LruCache::new(KEPT)));
const KEPT: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");

/// Primes never run out.
const NO_PRIME: &str = "no prime number found";

/// A new key.
///
/// # Errors
/// When the render may not take that long.
pub(in super::super) fn generate(host: &mut Host, kind: Kind) -> Result<PrivateKey, CallError> {
    host.meter.work(kind.steps())?;
    let seed = random::bytes(host);
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = made().get(&(kind, seed)) {
        return Ok(key.clone());
    }
    let key = make(kind, seed, host.concurrent)?;
    made().put((kind, seed), key.clone());
    Ok(key)
}

fn make(kind: Kind, seed: [u8; 32], concurrent: bool) -> Result<PrivateKey, CallError> {
    // Streams of random numbers that do not depend on how much others use of theirs.
    let stream = |number| {
        let mut rng = ChaCha20Rng::from_seed(seed);
        rng.set_stream(number);
        rng
    };
    match kind {
        Kind::Rsa2048 => rsa(2048, [stream(0), stream(1)], concurrent),
        Kind::Rsa4096 => rsa(4096, [stream(0), stream(1)], concurrent),
        Kind::Dsa => dsa([stream(0), stream(1), stream(2)], concurrent),
        Kind::P256 => {
            let mut rng = stream(0);
            loop {
                // Nearly every number is below the curve's order.
                let mut secret = [0; 32];
                rng.fill_bytes(&mut secret);
                if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&secret) {
                    return Ok(PrivateKey::P256(key));
                }
            }
        }
        Kind::Ed25519 => {
            let mut secret = [0; 32];
            stream(0).fill_bytes(&mut secret);
            let key = ed25519_dalek::SigningKey::from_bytes(&secret);
            Ok(PrivateKey::Ed25519(Box::new(key)))
        }
    }
}

fn rsa(bits: u32, streams: [ChaCha20Rng; 2], concurrent: bool) -> Result<PrivateKey, CallError> {
    /// That of all keys that Go makes.
    const EXPONENT: NonZeroU32 = NonZeroU32::new(65_537).expect("not zero");
    let exponent = NonZero::<Limb>::from_u32(EXPONENT);
    let primes = primes::first_of_each(
        streams.map(|rng| {
            // With another prime there is no private exponent.
            primes::candidates(rng, bits / 2).filter(|it| it.rem_limb(exponent) != Limb::ONE)
        }),
        concurrent,
    );
    let [Some(p), Some(q)] = primes else {
        return Err(NO_PRIME.into());
    };
    let key = rsa::PrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT.get()));
    key.map(|key| PrivateKey::Rsa(Box::new(key)))
        .map_err(|error| CallError(error.to_string()))
}

/// As Go's `crypto/dsa` makes it for `L2048N256`, the size that Sprig asks for.
fn dsa(streams: [ChaCha20Rng; 3], concurrent: bool) -> Result<PrivateKey, CallError> {
    const P_BITS: u32 = 2048;
    const Q_BITS: u32 = 256;
    let [for_q, for_p, mut for_x] = streams;
    let [q] = primes::first_of_each([primes::candidates(for_q, Q_BITS)], concurrent);
    let q = q.and_then(|q| NonZero::new(q.resize(P_BITS)).into_option());
    let q = q.ok_or(NO_PRIME)?;
    let candidates = primes::candidates_above_multiples(for_p, P_BITS, &q);
    let [p] = primes::first_of_each([candidates], concurrent);
    let p = p.and_then(|p| Odd::new(p).into_option()).ok_or(NO_PRIME)?;

    let params = BoxedMontyParams::new_vartime(p.clone());
    let power = |base: BoxedUint, exponent: &BoxedUint| {
        BoxedMontyForm::new(base, &params).pow(exponent).retrieve()
    };
    let cofactor = p.wrapping_sub(BoxedUint::one()) / &q;
    // The first base nearly always does.
    let g = (2_u32..)
        .map(|base| power(BoxedUint::from(base).resize(P_BITS), &cofactor))
        .find(|g| !bool::from(g.is_one()));
    let g = g.ok_or(NO_PRIME)?;
    let x = primes::odd(&mut for_x, P_BITS) % &q;
    let y = power(g.clone(), &x);
    let bytes = |number: &BoxedUint| number.to_be_bytes().to_vec();
    Ok(PrivateKey::Dsa(Dsa {
        p: bytes(&p),
        q: bytes(&q),
        g: bytes(&g),
        y: bytes(&y),
        x: bytes(&x),
    }))
}
