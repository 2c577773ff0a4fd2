//! Where initials and signatures go, read from the document as it was set.
//!
//! A template marks each place with metadata labelled `<field>`; the compiled document knows where
//! they ended up. Nobody measures a page by hand, and a template may move a box freely.

use serde::{Deserialize, Serialize};
use typst::foundations::{Label, Selector};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::error::RenderError;

/// A place on a page that a party fills in.
///
/// Lengths are points (1/72 inch). The origin is the page's *lower* left corner and `y` is the
/// field's lower edge, as in a PDF's own coordinates: `[x, y, x + w, y + h]` is a `/Rect`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// What goes there.
    pub kind: FieldKind,
    /// Who fills it in.
    pub party: Party,
    /// The page, from 1.
    pub page: usize,
    /// Distance from the page's left edge to the field's left edge.
    pub x: f64,
    /// Distance from the page's lower edge to the field's lower edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// What goes into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// A signatory's initials: on every page.
    Initials,
    /// A signature: on the last page.
    Signature,
    /// Place and day of the signature, filled in by hand.
    Date,
}

/// Whose field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// The state.
    State,
    /// The municipality.
    Municipality,
    /// A partner in the municipality's partnership.
    Partner,
}

/// The label's shape in a template: `#metadata((kind: "initials", party: "state", w: 62.0, h: 34.0)) <field>`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    kind: FieldKind,
    party: Party,
    w: f64,
    h: f64,
}

pub(crate) fn fields(document: &PagedDocument) -> Result<Vec<Field>, RenderError> {
    let introspector = document.introspector();
    let label = Label::new(PicoStr::intern("field"))
        .ok_or_else(|| RenderError::Field("the label has no name".to_owned()))?;
    let mut fields = Vec::new();
    for element in introspector.query(&Selector::Label(label)) {
        let found = || RenderError::Field(format!("{element:?}"));
        let metadata = element.to_packed::<MetadataElem>().ok_or_else(found)?;
        let value = serde_json::to_value(&metadata.value)?;
        let marked: Marked = serde_json::from_value(value).map_err(|_| found())?;
        let location = element.location().ok_or_else(found)?;
        let at = introspector.position(location).ok_or_else(found)?;
        let page = document.pages().get(at.page.get() - 1).ok_or_else(found)?;
        fields.push(Field {
            kind: marked.kind,
            party: marked.party,
            page: at.page.get(),
            x: at.point.x.to_pt(),
            y: page.frame.size().y.to_pt() - at.point.y.to_pt() - marked.h,
            w: marked.w,
            h: marked.h,
        });
    }
    fields.sort_by_key(|field| (field.page, field.kind as u8, field.party as u8));
    Ok(fields)
}
