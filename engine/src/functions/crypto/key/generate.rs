//! New keys. A key follows from 32 random bytes of its render alone, so that a preview repeats and
//! keys that were made before can be kept: an RSA key takes longer than the rest of a render.

use std::{
    num::NonZeroUsize,
    sync::{LazyLock, Mutex, PoisonError},
};

use lru::LruCache;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

use super::{Dsa, PrivateKey};
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
    let key = make(kind, seed)?;
    made().put((kind, seed), key.clone());
    Ok(key)
}

fn make(kind: Kind, seed: [u8; 32]) -> Result<PrivateKey, CallError> {
    let mut rng = ChaCha20Rng::from_seed(seed);
    let mut rsa = |bits| {
        let key = rsa::PrivateKey::new(&mut rng, bits);
        key.map(|key| PrivateKey::Rsa(Box::new(key)))
            .map_err(|error| CallError(error.to_string()))
    };
    match kind {
        Kind::Rsa2048 => rsa(2048),
        Kind::Rsa4096 => rsa(4096),
        Kind::Dsa => {
            let size = dsa::KeySize::DSA_2048_256;
            let Ok(components) =
                dsa::Components::try_generate_from_rng_with_key_size(&mut rng, size);
            let bytes = |number: &dsa::BoxedUint| number.to_be_bytes().to_vec();
            let (p, q, g) = (
                bytes(components.p()),
                bytes(components.q()),
                bytes(components.g()),
            );
            let Ok(key) =
                dsa::SigningKey::try_generate_from_rng_with_components(&mut rng, components);
            Ok(PrivateKey::Dsa(Dsa {
                p,
                q,
                g,
                y: bytes(key.verifying_key().y()),
                x: bytes(key.x()),
            }))
        }
        Kind::P256 => loop {
            // Nearly every number is below the curve's order.
            let mut secret = [0; 32];
            rand_core::Rng::fill_bytes(&mut rng, &mut secret);
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&secret) {
                return Ok(PrivateKey::P256(key));
            }
        },
        Kind::Ed25519 => {
            let mut secret = [0; 32];
            rand_core::Rng::fill_bytes(&mut rng, &mut secret);
            let key = ed25519_dalek::SigningKey::from_bytes(&secret);
            Ok(PrivateKey::Ed25519(Box::new(key)))
        }
    }
}
