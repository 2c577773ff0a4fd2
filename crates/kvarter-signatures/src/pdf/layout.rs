//! What every byte of a file belongs to.
//!
//! A file is its header, the objects that its cross-reference sections list, those sections, and
//! end marks. Anything else is a stray: an object that is there twice, or there and not listed,
//! waiting to be listed later. That is how shadow attacks prepare a document before it is signed.

use std::collections::HashSet;

use super::object::{Id, Object};
use super::syntax::{Budget, Parser, is_blank};
use super::xref::Entry;
use super::{File, PdfError};

/// A comment longer than this has room for something else.
const COMMENT_MAX: usize = 250;

/// Something in the file that its cross-reference sections do not account for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Stray {
    /// Bytes that belong to nothing.
    Bytes {
        /// The revision, from 0, whose part of the file holds them.
        revision: usize,
        /// Where they begin.
        at: usize,
    },
    /// Two objects share bytes.
    Overlap {
        /// The revision, from 0.
        revision: usize,
        /// Where the second one begins.
        at: usize,
    },
    /// A section lists an object in bytes that are not its revision's, and lists it differently from
    /// before.
    Elsewhere {
        /// The revision, from 0, whose section lists it.
        revision: usize,
        /// The object.
        number: u32,
    },
    /// An object stream holds an object that the section does not list there.
    Unlisted {
        /// The revision, from 0.
        revision: usize,
        /// The object that is held.
        number: u32,
    },
    /// A listed object cannot be read.
    Broken {
        /// The revision, from 0, whose section lists it.
        revision: usize,
        /// The object.
        number: u32,
    },
}

impl Stray {
    /// The revision, from 0, that it was found in.
    #[must_use]
    pub fn revision(&self) -> usize {
        match self {
            Self::Bytes { revision, .. }
            | Self::Overlap { revision, .. }
            | Self::Elsewhere { revision, .. }
            | Self::Unlisted { revision, .. }
            | Self::Broken { revision, .. } => *revision,
        }
    }
}

/// All strays of a file, in the order of the revisions. Reads every object once.
///
/// # Errors
/// [`PdfError::TooLarge`] when the file holds more than we are willing to read.
pub fn strays(file: &File<'_>) -> Result<Vec<Stray>, PdfError> {
    let mut strays = Vec::new();
    for index in 0..file.revisions().len() {
        strays_of(file, index, &mut strays)?;
    }
    Ok(strays)
}

fn strays_of(file: &File<'_>, index: usize, strays: &mut Vec<Stray>) -> Result<(), PdfError> {
    let revision = &file.revisions()[index];
    let view = file.view(index);
    let mut extents = revision.extents.clone();
    let mut holders = HashSet::new();
    for &(number, entry) in &revision.entries {
        match entry {
            Entry::Free => {}
            Entry::In { stream, .. } => {
                holders.insert(stream);
            }
            Entry::At { offset, generation } if (revision.from..revision.end).contains(&offset) => {
                if revision.extents.iter().any(|extent| extent.start == offset) {
                    continue;
                }
                let id = Id { number, generation };
                match view.load_at(id, offset) {
                    Ok((_, end)) => extents.push(offset..end),
                    Err(PdfError::TooLarge) => return Err(PdfError::TooLarge),
                    Err(_) => strays.push(Stray::Broken { revision: index, number }),
                }
            }
            // A section may repeat what an earlier one said, and some writers do.
            Entry::At { .. } => {
                let before = index.checked_sub(1).and_then(|before| file.view(before).entry(number));
                if before.map(|(_, entry)| entry) != Some(entry) {
                    strays.push(Stray::Elsewhere { revision: index, number });
                }
            }
        }
    }
    let mut holders: Vec<u32> = holders.into_iter().collect();
    holders.sort_unstable();
    for holder in holders {
        unlisted(file, index, holder, strays);
    }
    // The hidden part of a hybrid file may stand in bytes of an earlier revision.
    extents.retain(|extent| (revision.from..revision.end).contains(&extent.start));
    extents.sort_by_key(|extent| (extent.start, extent.end));
    extents.dedup();
    let mut at = revision.from;
    for extent in extents {
        if extent.start < at {
            strays.push(Stray::Overlap { revision: index, at: extent.start });
        } else if let Some(stray) = stray_bytes(file.bytes(), at, extent.start, file.budget()) {
            strays.push(Stray::Bytes { revision: index, at: stray });
        }
        at = at.max(extent.end);
    }
    if let Some(stray) = stray_bytes(file.bytes(), at, revision.end, file.budget()) {
        strays.push(Stray::Bytes { revision: index, at: stray });
    }
    Ok(())
}

/// Objects that a stream holds and that this revision does not list there.
fn unlisted(file: &File<'_>, index: usize, holder: u32, strays: &mut Vec<Stray>) {
    let Ok(held) = file.view(index).holder(holder) else {
        return strays.push(Stray::Broken { revision: index, number: holder });
    };
    for (position, &(number, _)) in held.places.iter().enumerate() {
        let listed = file.view(index).entry(number).map(|(_, entry)| entry);
        let here = u32::try_from(position).map(|index| Entry::In { stream: holder, index });
        if listed != here.ok() {
            strays.push(Stray::Unlisted { revision: index, number });
        }
    }
}

/// Finds bytes between two objects that are more than white space, short comments and end marks.
fn stray_bytes(bytes: &[u8], from: usize, to: usize, budget: &Budget) -> Option<usize> {
    let gap = bytes.get(from..to)?;
    let mut at = 0;
    while at < gap.len() {
        let byte = gap[at];
        if is_blank(byte) {
            at += 1;
        } else if byte == b'%' {
            let length = gap[at..].iter().take_while(|&&byte| byte != b'\n' && byte != b'\r').count();
            let comment = &gap[at..at + length];
            if length > COMMENT_MAX || comment.windows(3).any(|word| word == b"obj") {
                return Some(from + at);
            }
            at += length;
        } else {
            let mut parser = Parser::new(gap, at, budget);
            if !parser.word(b"startxref") || parser.count().is_none() {
                return Some(from + at);
            }
            at = parser.at();
        }
    }
    None
}

/// What the object streams and cross-reference streams of a revision are: they carry other objects
/// and nothing refers to them.
pub(crate) fn is_carrier(object: &Object) -> bool {
    object.as_stream().is_some_and(|stream| {
        stream.dictionary.is(b"Type", b"ObjStm") || stream.dictionary.is(b"Type", b"XRef")
    })
}
