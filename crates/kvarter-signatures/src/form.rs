//! The fields of an agreement, all made before anybody signs.
//!
//! Outside validators let a field that exists be filled after a signature; they do not let a mark be
//! added to a page. So one update, before the first signature, makes every place that will ever be
//! needed: a field for each party's initials on each page, a signature field for each party's act of
//! initialling, one for its signature, and some for document timestamps. Each is tagged for people
//! who do not see the page (PDF/UA-1: ISO 14289-1 § 7.18). What is written in them is for `sign`.

use std::collections::BTreeMap;

use crate::pdf::{
    Decimal, Dictionary, File, Id, Object, Page, PdfError, Stream, Update, View, fields, pages, text,
};

/// What a place is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// A party's visible initials on one page.
    Initials,
    /// The signature over a party's act of initialling; not seen, so without extent.
    Initialling,
    /// A party's visible signature.
    Signature,
    /// A document timestamp; not seen, so without extent.
    Timestamp,
}

/// A place to prepare.
///
/// Lengths are points (1/72 inch) from the page's lower left corner; `y` is the lower edge.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FieldPlace {
    /// What it is for.
    pub kind: PlaceKind,
    /// The party that fills it, in `a`–`z`, digits and hyphens; for a timestamp, its number.
    pub party: String,
    /// The page, from 1.
    pub page: usize,
    /// The left edge.
    pub x: f64,
    /// The lower edge.
    pub y: f64,
    /// The width.
    pub w: f64,
    /// The height.
    pub h: f64,
    /// What the field is, in words, for those who hear the page.
    pub label: String,
}

/// What a field of ours is, told by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Initials { party: String, page: usize },
    Initialling { party: String },
    Signature { party: String },
    Timestamp,
}

impl Role {
    /// The name of the field with this role; timestamps are numbered instead.
    pub(crate) fn field_name(&self) -> String {
        match self {
            Self::Initials { party, page } => format!("initials-{party}-{page}"),
            Self::Initialling { party } => format!("initialling-{party}"),
            Self::Signature { party } => format!("signature-{party}"),
            Self::Timestamp => "timestamp-1".to_owned(),
        }
    }

    /// The role that a field's name tells.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (kind, rest) = name.split_once('-')?;
        let party = || is_party(rest).then(|| rest.to_owned());
        match kind {
            "initials" => {
                let (party, page) = rest.rsplit_once('-')?;
                let page = page.parse().ok().filter(|&page| page > 0)?;
                is_party(party).then(|| Self::Initials { party: party.to_owned(), page })
            }
            "initialling" => Some(Self::Initialling { party: party()? }),
            "signature" => Some(Self::Signature { party: party()? }),
            "timestamp" => party().map(|_| Self::Timestamp),
            _ => None,
        }
    }
}

fn is_party(party: &str) -> bool {
    (1..=64).contains(&party.len())
        && party.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Why fields cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// The file cannot be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// Somebody has signed already; fields are made before.
    #[error("the file is signed already")]
    Signed,
    /// A place is on a page that does not exist.
    #[error("page {page} does not exist")]
    NoPage {
        /// The page, from 1.
        page: usize,
    },
    /// A place is outside its page, or what must be seen has no extent.
    #[error("the field {name} is not a place on its page")]
    NoPlace {
        /// The field's name.
        name: String,
    },
    /// Two places have one name.
    #[error("the field {name} exists already")]
    Twice {
        /// The field's name.
        name: String,
    },
    /// A party is not written in small letters, digits and hyphens.
    #[error("{party:?} cannot be the code of a party")]
    Party {
        /// What was given.
        party: String,
    },
}

impl FieldPlace {
    fn field_name(&self) -> String {
        let party = self.party.clone();
        match self.kind {
            PlaceKind::Initials => Role::Initials { party, page: self.page }.field_name(),
            PlaceKind::Initialling => Role::Initialling { party }.field_name(),
            PlaceKind::Signature => Role::Signature { party }.field_name(),
            PlaceKind::Timestamp => format!("timestamp-{party}"),
        }
    }
}

/// Makes the fields, in one update of the file; `language` is that of the labels (`sv`, `en`).
///
/// In a tagged file each field becomes a `Form` element after the text, so that PDF/UA-1 and
/// PDF/A-2a hold. An untagged file is left untagged.
///
/// # Errors
/// [`FormError`], one for each way in which a place cannot be made.
pub fn prepare(pdf: &[u8], places: &[FieldPlace], language: &str) -> Result<Vec<u8>, FormError> {
    let file = File::read(pdf)?;
    if file.encrypted() {
        return Err(PdfError::Encrypted.into());
    }
    let view = file.latest();
    let mut taken = Vec::new();
    for field in fields(view)? {
        if field.kind == crate::pdf::FieldKind::Signature && field.value.is_some() {
            return Err(FormError::Signed);
        }
        taken.push(field.name);
    }
    let pages = pages(view)?;
    for place in places {
        check(view, place, &pages, &taken)?;
        taken.push(place.field_name());
    }
    let mut update = Update::new(view)?;
    let mut tags = Tags::open(&update, language)?;
    let mut blank = BTreeMap::new();
    let mut made: Vec<Object> = Vec::new();
    let mut by_page: BTreeMap<usize, Vec<Object>> = BTreeMap::new();
    for place in places {
        let id = make(&mut update, place, pages[place.page - 1].id, &mut tags, &mut blank);
        made.push(id.into());
        by_page.entry(place.page).or_default().push(id.into());
    }
    for (page, widgets) in by_page {
        let page = pages[page - 1].id;
        update.append(page, "Annots", widgets)?;
        // Tabulator order by structure (ISO 14289-1 § 7.18.3).
        update.edit(page)?.set("Tabs", Object::name("S"));
    }
    if let Some(tags) = tags {
        tags.close(&mut update)?;
    }
    add_to_form(&mut update, made)?;
    Ok(update.finish().bytes)
}

fn check(view: View<'_>, place: &FieldPlace, pages: &[Page], taken: &[String]) -> Result<(), FormError> {
    if !is_party(&place.party) {
        return Err(FormError::Party { party: place.party.clone() });
    }
    let name = place.field_name();
    if taken.contains(&name) {
        return Err(FormError::Twice { name });
    }
    let page = place.page.checked_sub(1).and_then(|index| pages.get(index));
    let page = page.ok_or(FormError::NoPage { page: place.page })?;
    let sheet = view.get(&page.dictionary, b"MediaBox")?;
    let numbers: Vec<f64> =
        sheet.as_array().unwrap_or_default().iter().filter_map(Object::as_number).collect();
    let [left, bottom, right, top] = numbers.as_slice() else {
        return Err(PdfError::Unusable { number: page.id.number, key: "MediaBox".to_owned() }.into());
    };
    let seen = matches!(place.kind, PlaceKind::Initials | PlaceKind::Signature);
    let extent = place.w > 0.0 && place.h > 0.0 || !seen && place.w == 0.0 && place.h == 0.0;
    let within =
        place.x >= *left && place.y >= *bottom && place.x + place.w <= *right && place.y + place.h <= *top;
    if extent && within { Ok(()) } else { Err(FormError::NoPlace { name }) }
}

fn make(
    update: &mut Update<'_>,
    place: &FieldPlace,
    page: Id,
    tags: &mut Option<Tags>,
    blank: &mut BTreeMap<String, Id>,
) -> Id {
    let rect = [place.x, place.y, place.x + place.w, place.y + place.h];
    let rect = rect.map(|value| Decimal::rounded(value, 4)).to_vec();
    // Every field has an appearance from the beginning (ISO 19005-2 § 6.3.3), the empty one until it is filled.
    let size = format!("{:.4} {:.4}", place.w, place.h);
    let appearance = *blank
        .entry(size)
        .or_insert_with(|| update.add(Object::Stream(drawing(place.w, place.h, Vec::new()))));
    let widget = update.reserve();
    let mut dictionary = Dictionary::new()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("T", text(&place.field_name()))
        .with("TU", text(&place.label))
        .with("Rect", rect)
        // Printed, and not to be moved or taken away.
        .with("F", 4 + 128)
        .with("P", page)
        .with("AP", Dictionary::new().with("N", appearance));
    match place.kind {
        PlaceKind::Initials => {
            // Read-only: nobody types in it, an act fills it. A default appearance is required of text.
            dictionary.set("FT", Object::name("Tx")).set("Ff", 1).set("DA", text("0 g"));
        }
        _ => {
            dictionary.set("FT", Object::name("Sig"));
        }
    }
    if let Some(tags) = tags {
        tags.tag(update, widget, page, &place.label, &mut dictionary);
    }
    update.put(widget, dictionary);
    widget
}

/// An appearance: operators in a box of this size (ISO 32000-2 § 12.5.5).
pub(crate) fn drawing(w: f64, h: f64, operators: Vec<u8>) -> Stream {
    let edges = [0.0, 0.0, w, h].map(|value| Decimal::rounded(value, 4)).to_vec();
    let dictionary = Dictionary::new()
        .with("Type", Object::name("XObject"))
        .with("Subtype", Object::name("Form"))
        .with("BBox", edges)
        .with("Resources", Dictionary::new());
    Stream::new(dictionary, operators)
}

fn add_to_form(update: &mut Update<'_>, made: Vec<Object>) -> Result<(), PdfError> {
    let root = update.view().root()?;
    let form = match update.edit(root)?.get(b"AcroForm").cloned() {
        Some(Object::Reference(id)) => id,
        Some(Object::Dictionary(form)) => update.add(form),
        _ => update.add(Dictionary::new().with("Fields", Vec::new())),
    };
    update.append(form, "Fields", made)?;
    // Signatures exist, and the file is only to be appended to.
    update.edit(form)?.set("SigFlags", 3);
    update.edit(root)?.set("AcroForm", form);
    extend(update, root)
}

/// Says that the file uses what PAdES adds to PDF 1.7, as evidence and document timestamps will
/// (ETSI EN 319 142-1 § 5.6); said now, so that it need not be added after a signature.
fn extend(update: &mut Update<'_>, root: Id) -> Result<(), PdfError> {
    let extension = Dictionary::new().with("BaseVersion", Object::name("1.7")).with("ExtensionLevel", 1);
    let catalog = update.edit(root)?.clone();
    let mut extensions =
        update.view().get(&catalog, b"Extensions")?.as_dictionary().cloned().unwrap_or_default();
    if !extensions.has(b"ESIC") {
        extensions.set("ESIC", extension);
        update.edit(root)?.set("Extensions", extensions);
    }
    Ok(())
}

/// The structure tree while elements are added to it (ISO 32000-2 § 14.7).
struct Tags {
    root: Id,
    /// The element that holds the document.
    parent: Id,
    next_key: i64,
    language: String,
    elements: Vec<Object>,
    numbers: Vec<Object>,
}

impl Tags {
    fn open(update: &Update<'_>, language: &str) -> Result<Option<Self>, PdfError> {
        let view = update.view();
        let Some(root) = view.catalog()?.get(b"StructTreeRoot").and_then(Object::as_reference) else {
            return Ok(None);
        };
        let tree = view.dictionary(root)?;
        let kids = view.get(&tree, b"K")?;
        let first = tree.get(b"K").and_then(Object::as_reference).filter(|_| kids.as_dictionary().is_some());
        let first = first.or_else(|| kids.as_array()?.first()?.as_reference());
        let next_key = match tree.get(b"ParentTreeNextKey").and_then(Object::as_integer) {
            Some(key) => key,
            None => highest_key(view, &*view.get(&tree, b"ParentTree")?, 0)? + 1,
        };
        let language = language.to_owned();
        let (elements, numbers) = (Vec::new(), Vec::new());
        Ok(Some(Self { root, parent: first.unwrap_or(root), next_key, language, elements, numbers }))
    }

    fn tag(&mut self, update: &mut Update<'_>, widget: Id, page: Id, label: &str, field: &mut Dictionary) {
        let kid = Dictionary::new().with("Type", Object::name("OBJR")).with("Obj", widget).with("Pg", page);
        let element = Dictionary::new()
            .with("Type", Object::name("StructElem"))
            .with("S", Object::name("Form"))
            .with("P", self.parent)
            .with("Pg", page)
            .with("Alt", text(label))
            .with("Lang", text(&self.language))
            .with("K", kid);
        let element = update.add(element);
        field.set("StructParent", self.next_key);
        self.numbers.extend([Object::Integer(self.next_key), element.into()]);
        self.elements.push(element.into());
        self.next_key += 1;
    }

    fn close(self, update: &mut Update<'_>) -> Result<(), PdfError> {
        let [first, .., _] = self.numbers.as_slice() else { return Ok(()) };
        let limits = vec![first.clone(), Object::Integer(self.next_key - 1)];
        update.append(self.parent, "K", self.elements)?;
        // New keys are the highest, so they come last wherever the tree keeps its numbers.
        let tree = match update.edit(self.root)?.get(b"ParentTree").cloned() {
            Some(Object::Reference(id)) => id,
            Some(Object::Dictionary(tree)) => update.add(tree),
            _ => update.add(Dictionary::new().with("Nums", Vec::new())),
        };
        if update.edit(tree)?.has(b"Kids") {
            let leaf = Dictionary::new().with("Limits", limits).with("Nums", self.numbers);
            let leaf = update.add(leaf);
            update.append(tree, "Kids", vec![leaf.into()])?;
        } else {
            update.append(tree, "Nums", self.numbers)?;
        }
        update.edit(self.root)?.set("ParentTree", tree).set("ParentTreeNextKey", self.next_key);
        Ok(())
    }
}

/// The highest key of a number tree (ISO 32000-2 § 7.9.7); keys ascend, so the last branch has it.
fn highest_key(view: View<'_>, tree: &Object, depth: usize) -> Result<i64, PdfError> {
    if depth > 16 {
        return Err(PdfError::TooDeep);
    }
    let Some(tree) = tree.as_dictionary() else { return Ok(-1) };
    let numbers = view.get(tree, b"Nums")?;
    if let Some([.., key, _]) = numbers.as_array() {
        return Ok(key.as_integer().unwrap_or(-1));
    }
    let kids = view.get(tree, b"Kids")?;
    match kids.as_array().and_then(|kids| kids.last()) {
        Some(last) => {
            let last = view.resolve(last)?;
            highest_key(view, &last, depth + 1)
        }
        None => Ok(-1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_s_name_tells_its_role() {
        let role = Role::Initials { party: "east-west".to_owned(), page: 12 };
        assert_eq!(role.field_name(), "initials-east-west-12");
        assert_eq!(Role::of("initials-east-west-12"), Some(role));
        assert_eq!(Role::of("signature-state"), Some(Role::Signature { party: "state".to_owned() }));
        assert_eq!(Role::of("initials-state"), None);
        assert_eq!(Role::of("Signature1"), None);
    }
}
