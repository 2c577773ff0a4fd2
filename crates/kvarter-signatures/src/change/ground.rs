//! What all comparisons of one file share: its fields, its pages and its references.

use std::collections::{BTreeSet, HashMap};

use super::graph::Graph;
use crate::pdf::{Field, File, Object, Page, PdfError, View, fields};

/// The ground that revisions are compared on.
#[derive(Debug)]
pub(crate) struct Ground<'f> {
    pub(crate) file: &'f File<'f>,
    /// Fields as they are now. A field that is not among them was taken away, which is a change.
    pub(crate) fields: Vec<Field>,
    /// The field that an object is, or is a widget of.
    pub(crate) members: HashMap<u32, usize>,
    /// The page, from 1, that an object is.
    pub(crate) pages: HashMap<u32, usize>,
    /// Pages in their order.
    pub(crate) order: Vec<u32>,
    /// The page, from 1, whose list of annotations an object is.
    pub(crate) lists: HashMap<u32, usize>,
    pub(crate) graph: Graph,
    /// Revisions that end with a signature.
    pub(crate) signed: &'f BTreeSet<usize>,
}

impl<'f> Ground<'f> {
    /// The ground of a file that was first signed as `first` shows it; `latest` are its pages now.
    pub(crate) fn new(
        file: &'f File<'f>,
        first: View<'f>,
        signed: &'f BTreeSet<usize>,
        latest: &[Page],
    ) -> Result<Self, PdfError> {
        let fields = fields(file.latest())?;
        let mut members = HashMap::new();
        for (index, field) in fields.iter().enumerate() {
            members.insert(field.id.number, index);
            members.extend(field.widgets.iter().map(|widget| (widget.number, index)));
        }
        // The signed pages are what counts; if the tree of pages is changed, that is found as such.
        let pages = crate::pdf::pages(first).unwrap_or_else(|_| latest.to_vec());
        let lists = pages.iter().enumerate().filter_map(|(index, page)| {
            let list = page.dictionary.get(b"Annots").and_then(Object::as_reference)?;
            Some((list.number, index + 1))
        });
        Ok(Self {
            file,
            fields,
            members,
            lists: lists.collect(),
            order: pages.iter().map(|page| page.id.number).collect(),
            pages: pages.iter().enumerate().map(|(index, page)| (page.id.number, index + 1)).collect(),
            graph: Graph::default(),
            signed,
        })
    }
}
