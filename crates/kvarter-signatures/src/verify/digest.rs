//! The digests that all signatures of a file are over, in one pass.
//!
//! Every signature covers the file from its beginning, so they share most of what they cover: one
//! running digest goes through the file, and is copied where a signature leaves its hole. Sixty
//! signatures cost little more than one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::algorithm::{DigestAlgorithm, Hasher};
use crate::signature::Signature;

/// What each signature covers, and the digests of that as far as they were asked for.
pub(super) struct Covered<'f> {
    bytes: &'f [u8],
    parts: Vec<Option<(Range<usize>, usize)>>,
    known: RefCell<HashMap<DigestAlgorithm, Vec<Vec<u8>>>>,
}

impl<'f> Covered<'f> {
    pub(super) fn new(bytes: &'f [u8], signatures: &[Signature]) -> Self {
        let part = |signature: &Signature| Some((signature.hole.clone().ok()?, signature.end));
        Self { bytes, parts: signatures.iter().map(part).collect(), known: RefCell::default() }
    }

    /// The digest of what a signature covers; nothing when it does not cover what it should.
    pub(super) fn digest(&self, index: usize, algorithm: DigestAlgorithm) -> Vec<u8> {
        let mut known = self.known.borrow_mut();
        let digests = known.entry(algorithm).or_insert_with(|| self.all(algorithm));
        digests.get(index).cloned().unwrap_or_default()
    }

    fn all(&self, algorithm: DigestAlgorithm) -> Vec<Vec<u8>> {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        let start = |index: usize| self.parts[index].as_ref().map(|(hole, _)| hole.start);
        order.sort_by_key(|&index| start(index));
        let mut digests = vec![Vec::new(); self.parts.len()];
        let mut running = Hasher::new(algorithm);
        let mut at = 0;
        for index in order {
            let Some((hole, end)) = &self.parts[index] else { continue };
            running.update(&self.bytes[at..hole.start]);
            at = hole.start;
            let mut own = running.clone();
            own.update(&self.bytes[hole.end..*end]);
            digests[index] = own.finish();
        }
        digests
    }

    /// The covered bytes themselves, for signatures that are over them and not over a digest.
    pub(super) fn content(&self, index: usize) -> Option<Vec<u8>> {
        let (hole, end) = self.parts.get(index)?.as_ref()?;
        Some([&self.bytes[..hole.start], &self.bytes[hole.end..*end]].concat())
    }
}
