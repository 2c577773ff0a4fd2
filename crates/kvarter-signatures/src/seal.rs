//! The page seal: initials on every page, as something that can be checked.
//!
//! Each page has a hash (see `canonical`); all hashes of a document are the leaves of a Merkle tree
//! (RFC 6962 § 2.1), whose root stands for the pages in their order. Who initials a page states which
//! page, of how many, with what hash, under which root, for which party, on what mandate and when. All
//! statements of one act are one canonical JSON text (RFC 8785) in the file, under one signature.

use jiff::Timestamp;
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::canonical::{Canon, Digest};
use crate::pdf::{PdfError, View, pages};

/// The version of statement and canonical form that is written here.
pub const VERSION: u32 = 1;

/// A SHA-256 digest, written in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub Digest);

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hex::encode(hash.0)
    }
}

impl TryFrom<String> for Hash {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut digest = [0; 32];
        hex::decode_to_slice(text, &mut digest)?;
        Ok(Self(digest))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// The hashes of a document's pages and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// One hash per page, in order.
    pub pages: Vec<Hash>,
    /// The root of the tree over them.
    pub root: Hash,
}

/// Seals the document as a view shows it.
///
/// # Errors
/// When a page's content, resources or annotations cannot be read, or are more than a document of
/// this kind may hold.
pub fn seal(view: View<'_>) -> Result<Seal, PdfError> {
    let pages = pages(view)?;
    let mut canon = Canon::new(view, &pages);
    let hashes = pages.iter().map(|page| canon.page(page).map(Hash)).collect::<Result<Vec<_>, _>>()?;
    Ok(Seal { root: root(&hashes), pages: hashes })
}

/// The Merkle tree hash of hashes as leaves (RFC 6962 § 2.1): leaves and nodes are told apart by
/// their first byte, so that neither can be passed off as the other.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash(crate::canonical::sha256(b"")),
        [leaf] => node(0, &[leaf]),
        leaves => {
            // The left branch is the largest power of two that leaves something for the right.
            let left = (leaves.len() / 2 + 1).next_power_of_two();
            let left = if left >= leaves.len() { left / 2 } else { left };
            node(1, &[&root(&leaves[..left]), &root(&leaves[left..])])
        }
    }
}

fn node(mark: u8, parts: &[&Hash]) -> Hash {
    let mut hash = Context::new(&SHA256);
    hash.update(&[mark]);
    for part in parts {
        hash.update(&part.0);
    }
    let mut out = [0; 32];
    out.copy_from_slice(hash.finish().as_ref());
    Hash(out)
}

/// What one act of initialling states.
///
/// Fields stand in the order of their names, so that serialising is already canonical (RFC 8785).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Initials {
    /// The SHA-256 of the file as it was prepared, before anybody signed.
    pub document: Hash,
    /// On what the person acts: a decision, an office.
    pub mandate: String,
    /// How many pages the document has.
    pub page_count: usize,
    /// The pages that are initialled.
    pub pages: Vec<InitialledPage>,
    /// The party's code.
    pub party: String,
    /// The person's name.
    pub person: String,
    /// The root over all pages, whether initialled here or not.
    pub root: Hash,
    /// When, by the signer's clock.
    pub time: Timestamp,
    /// The version of this form.
    pub version: u32,
}

/// A page that is initialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialledPage {
    /// The page's hash.
    pub hash: Hash,
    /// The page, from 1.
    pub page: usize,
}

/// Why a text is no statement of initials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementError {
    /// It is not of the form, or of another version.
    #[error("not a statement of initials of a version known here")]
    Form,
    /// It is of the form but not in canonical spelling, so that two texts could say the same.
    #[error("a statement of initials that is not in canonical form")]
    NotCanonical,
    /// It speaks of pages that the document, by its own account, does not have, or of one twice.
    #[error("a statement of initials about pages that do not exist")]
    Pages,
}

impl Initials {
    /// The canonical text.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("strings, numbers and lists always serialise")
    }

    /// Reads a text, which must be canonical.
    ///
    /// # Errors
    /// [`StatementError`].
    pub fn read(text: &[u8]) -> Result<Self, StatementError> {
        let initials: Self = serde_json::from_slice(text).map_err(|_| StatementError::Form)?;
        if initials.version != VERSION {
            return Err(StatementError::Form);
        }
        if initials.to_text().as_bytes() != text {
            return Err(StatementError::NotCanonical);
        }
        let ascending = initials.pages.windows(2).all(|pair| pair[0].page < pair[1].page);
        let within = initials.pages.iter().all(|page| (1..=initials.page_count).contains(&page.page));
        if !ascending || !within {
            return Err(StatementError::Pages);
        }
        Ok(initials)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(byte: u8) -> Hash {
        Hash([byte; 32])
    }

    #[test]
    fn the_tree_splits_at_the_largest_power_of_two() {
        let five: Vec<Hash> = (0..5).map(leaf).collect();
        assert_eq!(root(&five), node(1, &[&root(&five[..4]), &root(&five[4..])]));
        let four = &five[..4];
        assert_eq!(root(four), node(1, &[&root(&four[..2]), &root(&four[2..])]));
        let six: Vec<Hash> = (0..6).map(leaf).collect();
        assert_eq!(root(&six), node(1, &[&root(&six[..4]), &root(&six[4..])]));
        let three = &five[..3];
        assert_eq!(root(three), node(1, &[&root(&three[..2]), &root(&three[2..])]));
    }

    #[test]
    fn a_statement_is_read_only_in_its_canonical_spelling() {
        let initials = Initials {
            document: leaf(1),
            mandate: "Fullmakt".to_owned(),
            page_count: 2,
            pages: vec![InitialledPage { hash: leaf(2), page: 1 }, InitialledPage { hash: leaf(3), page: 2 }],
            party: "state".to_owned(),
            person: "Åke \"Ärlig\"".to_owned(),
            root: leaf(4),
            time: "2008-09-18T07:00:00Z".parse().expect("a time"),
            version: VERSION,
        };
        let text = initials.to_text();
        assert_eq!(Initials::read(text.as_bytes()), Ok(initials.clone()));
        let spaced = text.replace(":2,", ": 2,");
        assert_eq!(Initials::read(spaced.as_bytes()), Err(StatementError::NotCanonical));
        let twice = Initials { pages: vec![initials.pages[0].clone(); 2], ..initials };
        assert_eq!(Initials::read(twice.to_text().as_bytes()), Err(StatementError::Pages));
    }
}
