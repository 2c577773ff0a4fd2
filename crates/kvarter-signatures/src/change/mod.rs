//! What was changed in a file after it was signed, revision by revision, each change with a name.
//!
//! The document before and after a revision is compared by its structure. A few kinds of change are
//! what later parties are there to do: fill the fields that were prepared, sign, add evidence. Each of
//! those is recognised where it belongs and nowhere else; an object that a known change replaced, and
//! that something else in the document uses too, is found by that other use. Everything that is not
//! recognised is a change of its own, named by where it is met. How grave a kind is, is `policy`'s.

mod graph;
mod ground;
mod step;
mod widget;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::pdf::{File, Page, PdfError};

pub(crate) use ground::Ground;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A field that was prepared for initials was filled.
    InitialsFilled,
    /// Another field that was empty was filled.
    FieldFilled,
    /// A signature field that was there was signed.
    SignatureAdded,
    /// A document timestamp was added.
    TimestampAdded,
    /// A signature field that cannot be seen was added.
    SignatureFieldAdded,
    /// A signature field that covers a part of a page was added.
    SignatureFieldAddedVisibly,
    /// Evidence was added (DSS).
    EvidenceAdded,
    /// Evidence was taken away or replaced.
    EvidenceChanged,
    /// The list of extensions was changed.
    ExtensionsChanged,
    /// The version that the catalog states was changed.
    VersionChanged,
    /// The document's metadata was changed.
    MetadataChanged,
    /// The information dictionary was changed.
    InformationChanged,
    /// What a page shows was changed.
    PageContentChanged,
    /// What a page draws with was changed: fonts, pictures, colours.
    PageResourcesChanged,
    /// Something else about a page was changed, such as its size.
    PageChanged,
    /// Pages were added, taken away or put in another order.
    PagesRearranged,
    /// A mark was added to a page.
    AnnotationAdded,
    /// A mark on a page was changed.
    AnnotationChanged,
    /// A mark was taken away from a page.
    AnnotationRemoved,
    /// What a field or mark shows was changed without it being filled.
    AppearanceChanged,
    /// A field was changed that had a value already.
    FieldValueChanged,
    /// A signature was taken away or put in another's place.
    SignatureReplaced,
    /// A field was changed otherwise.
    FieldChanged,
    /// A field that takes something else than a signature was added.
    FieldAdded,
    /// The form was given fonts or a style for text that it did not have.
    FormExtended,
    /// The form as a whole was changed.
    FormChanged,
    /// A certification was added or changed after a signature.
    CertificationChanged,
    /// The structure for those who do not see the page was changed.
    StructureChanged,
    /// The catalog was changed: outlines, names, actions, layers.
    CatalogChanged,
    /// The trailer was changed, or refers to something by a key of its own.
    TrailerChanged,
    /// An object that nothing refers to was added in a revision that somebody signed: left over, as some
    /// writers do. Should it be referred to later, that is a change of its own.
    OrphanAdded,
    /// An object that nothing refers to was changed or taken away, or added by nobody who signed.
    UnreachableObject,
    /// A changed object cannot be read.
    BrokenObject,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::InitialsFilled,
        Self::FieldFilled,
        Self::SignatureAdded,
        Self::TimestampAdded,
        Self::SignatureFieldAdded,
        Self::SignatureFieldAddedVisibly,
        Self::EvidenceAdded,
        Self::EvidenceChanged,
        Self::ExtensionsChanged,
        Self::VersionChanged,
        Self::MetadataChanged,
        Self::InformationChanged,
        Self::PageContentChanged,
        Self::PageResourcesChanged,
        Self::PageChanged,
        Self::PagesRearranged,
        Self::AnnotationAdded,
        Self::AnnotationChanged,
        Self::AnnotationRemoved,
        Self::AppearanceChanged,
        Self::FieldValueChanged,
        Self::SignatureReplaced,
        Self::FieldChanged,
        Self::FieldAdded,
        Self::FormExtended,
        Self::FormChanged,
        Self::CertificationChanged,
        Self::StructureChanged,
        Self::CatalogChanged,
        Self::TrailerChanged,
        Self::OrphanAdded,
        Self::UnreachableObject,
        Self::BrokenObject,
    ];

    /// Whether a certification that forbids every change (DocMDP 1) still lets this one be: evidence and
    /// timestamps are not changes to the document (ISO 32000-2 table 257).
    pub(crate) fn leaves_document_alone(self) -> bool {
        matches!(
            self,
            Self::EvidenceAdded | Self::TimestampAdded | Self::ExtensionsChanged | Self::VersionChanged
        )
    }
}

/// Something that a revision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What.
    pub kind: ChangeKind,
    /// The revision, from 0, that changed it.
    pub revision: usize,
    /// The page, from 1, where it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<u32>,
    /// The field's name, or the key under which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// All changes after the first of the revisions that end with a signature, in the order of revisions.
///
/// # Errors
/// When the file cannot be read as far as that takes.
pub(crate) fn changes(
    file: &File<'_>,
    signed: &BTreeSet<usize>,
    pages: &[Page],
) -> Result<Vec<Change>, PdfError> {
    let first = signed.first().copied().unwrap_or(0);
    let ground = Ground::new(file, file.view(first), signed, pages)?;
    let mut changes = Vec::new();
    for revision in first + 1..file.revisions().len() {
        changes.extend(step::judge(&ground, revision)?);
    }
    Ok(changes)
}
