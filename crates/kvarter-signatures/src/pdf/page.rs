//! The pages in their order, with what they inherit (ISO 32000-2 § 7.7.3).

use std::collections::HashSet;

use super::object::{Dictionary, Id, Object};
use super::{PdfError, View};

/// More pages than this are not listed.
const PAGES_MAX: usize = 20_000;
/// A page tree deeper than this is a trap.
const DEPTH_MAX: usize = 40;

/// What a page takes from the nodes above it when it does not say itself.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its object.
    pub id: Id,
    /// Its dictionary, with what it inherits.
    pub dictionary: Dictionary,
}

/// The pages in reading order.
///
/// # Errors
/// When the page tree is broken, circular, too deep or too large.
pub fn pages(view: View<'_>) -> Result<Vec<Page>, PdfError> {
    let catalog = view.catalog()?;
    let unusable = || PdfError::Unusable { number: 0, key: "Pages".to_owned() };
    let root = catalog.get(b"Pages").and_then(Object::as_reference).ok_or_else(unusable)?;
    let mut pages = Vec::new();
    collect(view, root, &Dictionary::new(), 0, &mut HashSet::new(), &mut pages)?;
    Ok(pages)
}

fn collect(
    view: View<'_>,
    id: Id,
    inherited: &Dictionary,
    depth: usize,
    seen: &mut HashSet<Id>,
    pages: &mut Vec<Page>,
) -> Result<(), PdfError> {
    let unusable = |key: &str| PdfError::Unusable { number: id.number, key: key.to_owned() };
    if depth > DEPTH_MAX {
        return Err(PdfError::TooDeep);
    }
    if !seen.insert(id) {
        return Err(unusable("Kids"));
    }
    let mut node = view.dictionary(id)?;
    let kids = node.get(b"Kids").cloned();
    for key in INHERITED {
        if let (false, Some(value)) = (node.has(key), inherited.get(key)) {
            node.insert(key.to_vec(), value.clone());
        }
    }
    let Some(kids) = kids else {
        if pages.len() >= PAGES_MAX {
            return Err(PdfError::TooLarge);
        }
        pages.push(Page { id, dictionary: node });
        return Ok(());
    };
    let kids = view.resolve(&kids)?;
    for kid in kids.as_array().ok_or_else(|| unusable("Kids"))? {
        let kid = kid.as_reference().ok_or_else(|| unusable("Kids"))?;
        collect(view, kid, &node, depth + 1, seen, pages)?;
    }
    Ok(())
}
