//! Form fields and where they stand (ISO 32000-2 § 12.7).
//!
//! What a field means for an agreement is said by its name; see the crate's `form`.

use std::collections::{HashMap, HashSet};

use super::object::{Dictionary, Id, Object};
use super::page::Page;
use super::text::read_text;
use super::{PdfError, View};

/// More fields than this are not listed.
const FIELDS_MAX: usize = 100_000;
const DEPTH_MAX: usize = 20;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A signature or a document timestamp.
    Signature,
    /// Text.
    Text,
    /// Anything else.
    Other,
}

/// A field that can hold a value.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its object; also its only widget when field and widget are one dictionary.
    pub id: Id,
    /// Its full name, parts joined by full stops.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Its value as it stands in the dictionary.
    pub value: Option<Object>,
    /// Where it is shown.
    pub widgets: Vec<Id>,
}

/// All fields of the document's form, in the form's order; none when there is no form.
///
/// # Errors
/// When the form is broken, circular or too large.
pub fn fields(view: View<'_>) -> Result<Vec<Field>, PdfError> {
    let catalog = view.catalog()?;
    let form = view.get(&catalog, b"AcroForm")?;
    let Some(form) = form.as_dictionary() else { return Ok(Vec::new()) };
    let mut collector = Collector { view, seen: HashSet::new(), fields: Vec::new() };
    let roots = view.get(form, b"Fields")?;
    for root in roots.as_array().unwrap_or_default() {
        if let Some(id) = root.as_reference() {
            collector.collect(id, "", None, 0)?;
        }
    }
    Ok(collector.fields)
}

/// On which page, from 0, each annotation stands.
///
/// # Errors
/// When a page's list of annotations cannot be read.
pub(crate) fn annotation_pages(view: View<'_>, pages: &[Page]) -> Result<HashMap<Id, usize>, PdfError> {
    let mut places = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        let annotations = view.get(&page.dictionary, b"Annots")?;
        for id in annotations.as_array().unwrap_or_default().iter().filter_map(Object::as_reference) {
            places.entry(id).or_insert(index);
        }
    }
    Ok(places)
}

struct Collector<'f> {
    view: View<'f>,
    seen: HashSet<Id>,
    fields: Vec<Field>,
}

impl Collector<'_> {
    fn collect(
        &mut self,
        id: Id,
        above: &str,
        kind: Option<FieldKind>,
        depth: usize,
    ) -> Result<(), PdfError> {
        if depth > DEPTH_MAX || self.fields.len() >= FIELDS_MAX {
            return Err(PdfError::TooLarge);
        }
        if !self.seen.insert(id) {
            return Err(PdfError::Unusable { number: id.number, key: "Kids".to_owned() });
        }
        let Ok(dictionary) = self.view.dictionary(id) else { return Ok(()) };
        let name = self.name(&dictionary, above)?;
        let kind = self.kind(&dictionary)?.or(kind);
        let kids = self.view.get(&dictionary, b"Kids")?;
        let kids: Vec<Id> =
            kids.as_array().unwrap_or_default().iter().filter_map(Object::as_reference).collect();
        let mut widgets = Vec::new();
        let mut parts = 0;
        for kid in kids {
            // A kid with a name is a field of its own; one without is a place where this one is shown.
            if self.view.dictionary(kid).is_ok_and(|kid| kid.has(b"T")) {
                self.collect(kid, &name, kind, depth + 1)?;
                parts += 1;
            } else {
                widgets.push(kid);
            }
        }
        if parts == 0 {
            if widgets.is_empty() {
                widgets.push(id);
            }
            let value = dictionary.get(b"V").cloned();
            self.fields.push(Field { id, name, kind: kind.unwrap_or(FieldKind::Other), value, widgets });
        }
        Ok(())
    }

    fn name(&self, dictionary: &Dictionary, above: &str) -> Result<String, PdfError> {
        let own = self.view.get(dictionary, b"T")?;
        let own = own.as_string().map(read_text).unwrap_or_default();
        Ok(match (above.is_empty(), own.is_empty()) {
            (true, _) => own,
            (false, true) => above.to_owned(),
            // Names that grow with every level are cut: depth times length is bounded.
            (false, false) => format!("{above}.{own}").chars().take(4096).collect(),
        })
    }

    fn kind(&self, dictionary: &Dictionary) -> Result<Option<FieldKind>, PdfError> {
        let kind = self.view.get(dictionary, b"FT")?;
        Ok(kind.as_name().map(|kind| match kind {
            b"Sig" => FieldKind::Signature,
            b"Tx" => FieldKind::Text,
            _ => FieldKind::Other,
        }))
    }
}
