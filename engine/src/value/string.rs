//! Go strings: immutable bytes that are usually, but not always, UTF-8 (`trunc` cuts between
//! bytes, `b64dec` and `.Files.Get` give whatever is there).

use std::{
    borrow::Cow,
    cmp::Ordering,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// A Go string. Cloning it copies no text, or a few bytes that lie in it.
#[derive(Clone)]
pub struct Str(Held);

/// Where the bytes are: most names and values are short, and need no memory of their own.
#[derive(Clone)]
enum Held {
    Here {
        length: u8,
        bytes: [u8; MAX_HERE],
    },
    /// Shared between threads, as compiled programs hold their literals so.
    Shared(Arc<[u8]>),
}

/// What fits beside the length and the tag in three words.
const MAX_HERE: usize = 22;

impl Str {
    /// A string of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Held::here(bytes).unwrap_or_else(|| Held::Shared(bytes.into())))
    }

    /// The bytes.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Held::Here { length, bytes } => &bytes[..usize::from(*length)],
            Held::Shared(bytes) => bytes,
        }
    }

    /// The same text in memory that it shares with its clones alone, however short it is, so that
    /// it has an [`address`](Self::address).
    #[must_use]
    pub(crate) fn apart(&self) -> Self {
        match &self.0 {
            Held::Here { .. } => Self(Held::Shared(self.as_bytes().into())),
            Held::Shared(_) => self.clone(),
        }
    }

    /// What tells this text and its clones from all others, as long as one of them is held; none
    /// if it lies in the value itself.
    #[must_use]
    pub(crate) fn address(&self) -> Option<usize> {
        match &self.0 {
            Held::Here { .. } => None,
            Held::Shared(bytes) => Some(Arc::as_ptr(bytes).addr()),
        }
    }

    /// Whether both are one text for sure: clones of each other, or short and equal.
    #[must_use]
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self.address(), other.address()) {
            (None, None) => self == other,
            (here, there) => here == there,
        }
    }

    /// The text, if it is UTF-8.
    #[must_use]
    pub fn as_utf8(&self) -> Option<&str> {
        std::str::from_utf8(self.as_bytes()).ok()
    }

    /// The text, with U+FFFD for what is not UTF-8.
    #[must_use]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        // Nearly all text is UTF-8, and seeing that is quicker than looking for what is not.
        match self.as_utf8() {
            Some(text) => Cow::Borrowed(text),
            None => String::from_utf8_lossy(self.as_bytes()),
        }
    }

    /// Length in bytes, as Go's `len`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether it has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Held {
    /// The bytes in place, if they are few enough.
    #[inline]
    fn here(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; MAX_HERE];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        let length = u8::try_from(text.len()).ok()?;
        Some(Self::Here { length, bytes })
    }
}

impl Default for Str {
    fn default() -> Self {
        Self::from_bytes(b"")
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            // What is behind the text is zero: a few words are compared, whatever its length.
            (
                Held::Here { length, bytes },
                Held::Here {
                    length: of_other,
                    bytes: other,
                },
            ) => length == of_other && bytes == other,
            _ => self.as_bytes() == other.as_bytes(),
        }
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

/// As the bytes hash, since maps are asked with bytes.
impl Hash for Str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl std::fmt::Debug for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self::from_bytes(text.as_bytes())
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<&[u8]> for Str {
    fn from(bytes: &[u8]) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for Str {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Held::here(&bytes).unwrap_or_else(|| Held::Shared(bytes.into())))
    }
}

impl From<&Str> for Str {
    fn from(text: &Str) -> Self {
        text.clone()
    }
}

impl AsRef<[u8]> for Str {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl std::borrow::Borrow<[u8]> for Str {
    #[inline]
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}
