//! A signature that is begun: the file with a hole where the signature will be.
//!
//! The hole is filled when the signature comes, at once or after a day: a begun signature can be
//! stored. What goes into the hole, a CMS structure or a timestamp token, is made by others.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::algorithm::{DigestAlgorithm, Hasher};
use crate::pdf::{Dictionary, Id, Update, write_object};

/// Room for a signature with certificates and a timestamp, in bytes.
pub const DEFAULT_RESERVE: usize = 16_384;

/// Width of a number that is filled in later.
const DIGITS: usize = 10;

/// A file that waits for its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    #[serde(with = "base64_text")]
    pdf: Vec<u8>,
    /// The value of `/Contents` with its angle brackets: all that is not signed.
    hole: Range<usize>,
}

/// Why a signature cannot be put where it was to go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FinishError {
    /// The signature is longer than the room that was reserved for it.
    #[error("the signature takes {length} bytes, and {reserved} were reserved")]
    TooLong {
        /// What it takes.
        length: usize,
        /// What there is.
        reserved: usize,
    },
    /// What was stored is not what was begun.
    #[error("not a file that was begun here")]
    NotBegun,
}

impl Begun {
    /// The bytes that the signature is over, in two parts (ISO 32000-2 § 12.8.1).
    #[must_use]
    pub fn signed_parts(&self) -> [&[u8]; 2] {
        let start = self.hole.start.min(self.pdf.len());
        [&self.pdf[..start], self.pdf.get(self.hole.end..).unwrap_or_default()]
    }

    /// The digest of the bytes that the signature is over.
    #[must_use]
    pub fn digest(&self, algorithm: DigestAlgorithm) -> Vec<u8> {
        let mut hasher = Hasher::new(algorithm);
        for part in self.signed_parts() {
            hasher.update(part);
        }
        hasher.finish()
    }

    /// How many bytes the signature may take.
    #[must_use]
    pub fn reserved(&self) -> usize {
        self.hole.len().saturating_sub(2) / 2
    }

    /// The finished file, with this CMS structure or timestamp token (DER).
    ///
    /// # Errors
    /// [`FinishError::TooLong`], and [`FinishError::NotBegun`] when the hole is not empty.
    pub fn finish(mut self, der: &[u8]) -> Result<Vec<u8>, FinishError> {
        let reserved = self.reserved();
        if der.len() > reserved {
            return Err(FinishError::TooLong { length: der.len(), reserved });
        }
        let hole = self.pdf.get_mut(self.hole.clone()).ok_or(FinishError::NotBegun)?;
        let [b'<', digits @ .., b'>'] = hole else { return Err(FinishError::NotBegun) };
        if digits.iter().any(|&digit| digit != b'0') {
            return Err(FinishError::NotBegun);
        }
        hex::encode_to_slice(der, &mut digits[..der.len() * 2]).map_err(|_| FinishError::NotBegun)?;
        Ok(self.pdf)
    }
}

/// A signature dictionary with room for what is not known yet.
pub(crate) struct Hole {
    bytes: Vec<u8>,
    range_at: usize,
    contents_at: usize,
    reserve: usize,
}

impl Hole {
    /// Spells the dictionary, with `/ByteRange` and `/Contents` of this many bytes to be filled in.
    pub(crate) fn new(dictionary: &Dictionary, reserve: usize) -> Self {
        let mut bytes = Vec::new();
        write_object(&mut bytes, &dictionary.clone().into());
        bytes.truncate(bytes.len() - b">>".len());
        bytes.extend(b"/ByteRange [0 ");
        let range_at = bytes.len();
        bytes.extend([b' '; 3 * DIGITS + 2]);
        bytes.extend(b"]/Contents ");
        let contents_at = bytes.len();
        bytes.push(b'<');
        bytes.resize(bytes.len() + 2 * reserve, b'0');
        bytes.extend(b">>>");
        Self { bytes, range_at, contents_at, reserve }
    }

    /// Puts the dictionary into an update; gives its name and what closes the hole afterwards.
    pub(crate) fn add(self, update: &mut Update<'_>) -> (Id, Opening) {
        let id = update.add_spelled(self.bytes);
        (id, Opening { id, range_at: self.range_at, contents_at: self.contents_at, reserve: self.reserve })
    }
}

/// Where the hole is within its object.
pub(crate) struct Opening {
    id: Id,
    range_at: usize,
    contents_at: usize,
    reserve: usize,
}

impl Opening {
    /// Writes the update and fills in which bytes are signed.
    pub(crate) fn finish(self, update: Update<'_>) -> Begun {
        let updated = update.finish();
        let mut pdf = updated.bytes;
        let object = updated.places.get(&self.id).copied().unwrap_or(pdf.len());
        let hole = object + self.contents_at..object + self.contents_at + 2 * self.reserve + 2;
        let range = format!("{} {} {}", hole.start, hole.end, pdf.len().saturating_sub(hole.end));
        let from = object + self.range_at;
        if let Some(place) = pdf.get_mut(from..from + range.len()) {
            place.copy_from_slice(range.as_bytes());
        }
        Begun { pdf, hole }
    }
}

mod base64_text {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(serde::de::Error::custom)
    }
}
