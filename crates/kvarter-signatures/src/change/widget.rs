//! The parts of a comparison that are about the form: fields filled, signed, added, and their places
//! on pages.

use super::ChangeKind;
use super::step::{Replace, Role, Step, different_keys};
use crate::canonical::has_area;
use crate::form::Role as FieldRole;
use crate::pdf::{Dictionary, FieldKind, Object, View};

/// What a signature field that is added may say; anything else could do something when it is looked at.
const NEW_FIELD_KEYS: [&[u8]; 20] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"F",
    b"Ff",
    b"P",
    b"Rect",
    b"V",
    b"AP",
    b"MK",
    b"Lock",
    b"SV",
    b"StructParent",
    b"DA",
    b"M",
    b"NM",
    b"Border",
    b"BS",
];

impl Step<'_, '_> {
    /// The form as a whole: fields may be added to its list, nothing else.
    pub(super) fn form(&mut self, old: &Dictionary, new: &Dictionary) {
        let before = dictionary(self.old, old, b"AcroForm");
        let after = dictionary(self.new, new, b"AcroForm");
        if let Some(id) = new.get(b"AcroForm").and_then(Object::as_reference) {
            self.play(id.number, Role::Form);
        }
        if let Some(id) = after.get(b"Fields").and_then(Object::as_reference) {
            self.play(id.number, Role::FieldList);
        }
        for key in different_keys(&before, &after) {
            let name = String::from_utf8_lossy(&key).into_owned();
            match key.as_slice() {
                // Flags only tell a reader to be careful with signatures.
                b"Fields" | b"SigFlags" => {}
                // What fields that have no appearance yet are to be set with; every filled one has its own.
                b"DR" | b"DA" if !before.has(&key) => {
                    let value = after.get(&key).cloned().unwrap_or(Object::Null);
                    self.claim(&value, Role::Form, Replace::Nothing);
                    self.extended |= key == b"DR";
                    self.change(ChangeKind::FormExtended, None, None, Some(&name));
                }
                _ => self.change(ChangeKind::FormChanged, None, None, Some(&name)),
            }
        }
        let list = |view: View<'_>, form: &Dictionary| {
            view.get(form, b"Fields").ok().and_then(|list| list.as_array().map(<[Object]>::to_vec))
        };
        let (before, after) = (list(self.old, &before), list(self.new, &after));
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        if !after.starts_with(&before) {
            self.change(ChangeKind::FormChanged, None, None, Some("Fields"));
        }
        for added in after.iter().skip(before.len()) {
            let fresh = added.as_reference().and_then(|id| self.touched.get(&id.number));
            if !fresh.is_some_and(|field| field.is_new()) {
                self.change(ChangeKind::FormChanged, None, None, Some("Fields"));
            }
        }
    }

    /// Fields and their widgets, one by one.
    pub(super) fn fields(&mut self) {
        let members: Vec<(u32, usize)> = self
            .touched
            .keys()
            .filter_map(|number| self.ground.members.get(number).map(|&index| (*number, index)))
            .collect();
        for &(number, _) in &members {
            self.play(number, Role::Field);
        }
        // First what was filled; a widget may show the value of a field that is another object.
        for &(number, index) in &members {
            self.value(number, index);
        }
        for &(number, index) in &members {
            self.field(number, index);
        }
    }

    fn sides(&self, number: u32) -> Option<(Option<Dictionary>, Dictionary)> {
        let touched = self.touched.get(&number)?;
        let new = touched.new.as_dictionary()?.clone();
        Some((touched.old.as_dictionary().cloned(), new))
    }

    /// Whether a value was filled in, put in another's place or taken away.
    fn value(&mut self, number: u32, index: usize) {
        let Some((old, new)) = self.sides(number) else { return };
        let old = old.unwrap_or_default();
        let (before, after) = (old.get(b"V"), new.get(b"V"));
        if before == after {
            return;
        }
        let field = &self.ground.fields[index];
        let (name, signed) = (field.name.clone(), field.kind == FieldKind::Signature);
        let page = self.page_of(number, index);
        let empty = match before {
            None | Some(Object::Null) => true,
            Some(Object::String(text)) => text.is_empty(),
            Some(Object::Name(name)) => name == b"Off",
            Some(_) => false,
        };
        // A signature is a new object; one that was there before is another field's, or was hidden.
        let fresh = after.and_then(Object::as_reference).is_some_and(|id| {
            self.touched.get(&id.number).is_some_and(|value| value.is_new() && value.role.is_none())
        });
        let kind = match (empty, after) {
            (true, Some(_)) if signed && !fresh => ChangeKind::SignatureReplaced,
            (true, Some(value)) if signed => {
                let value = self.new.resolve(value);
                let timestamp = value.is_ok_and(|value| {
                    value.as_dictionary().is_some_and(|value| {
                        value.is(b"Type", b"DocTimeStamp") || value.is(b"SubFilter", b"ETSI.RFC3161")
                    })
                });
                if timestamp { ChangeKind::TimestampAdded } else { ChangeKind::SignatureAdded }
            }
            (true, Some(_)) => match FieldRole::of(&name) {
                Some(FieldRole::Initials { .. }) => ChangeKind::InitialsFilled,
                _ => ChangeKind::FieldFilled,
            },
            _ if signed => ChangeKind::SignatureReplaced,
            _ => ChangeKind::FieldValueChanged,
        };
        if !matches!(kind, ChangeKind::SignatureReplaced | ChangeKind::FieldValueChanged) {
            self.filled.insert(index);
            let value = after.cloned().unwrap_or(Object::Null);
            self.claim(&value, Role::Value, Replace::Nothing);
        }
        self.change(kind, page, None, Some(&name));
    }

    /// What else became of a field.
    fn field(&mut self, number: u32, index: usize) {
        let name = self.ground.fields[index].name.clone();
        let page = self.page_of(number, index);
        let Some((old, new)) = self.sides(number) else {
            return self.change(ChangeKind::FieldChanged, page, Some(number), Some(&name));
        };
        let filled = self.filled.contains(&index);
        if let Some(appearance) = new.get(b"AP").filter(|_| filled).cloned() {
            self.claim(&appearance, Role::Appearance, Replace::Anything);
        }
        let Some(old) = old else {
            return self.added(number, index, &new);
        };
        for key in different_keys(&old, &new) {
            match key.as_slice() {
                b"V" => {}
                b"AP" | b"AS" | b"M" if filled => {}
                b"AP" | b"AS" => self.change(ChangeKind::AppearanceChanged, page, Some(number), Some(&name)),
                _ => self.change(ChangeKind::FieldChanged, page, Some(number), Some(&name)),
            }
        }
    }

    /// A field that was not there: a signature field may be added, if it is only that.
    fn added(&mut self, number: u32, index: usize, new: &Dictionary) {
        let field = &self.ground.fields[index];
        let name = field.name.clone();
        let known = new.iter().all(|(key, _)| NEW_FIELD_KEYS.contains(&key));
        let alone = field.id.number == number && field.widgets.len() == 1;
        let page = self.page_of(number, index);
        if field.kind != FieldKind::Signature || !known || !alone {
            return self.change(ChangeKind::FieldAdded, page, Some(number), Some(&name));
        }
        let appearance = new.get(b"AP").cloned().unwrap_or(Object::Null);
        self.claim(&appearance, Role::Appearance, Replace::Nothing);
        let seen = new.has(b"Rect") && has_area(self.new, new).unwrap_or(true);
        let kind =
            if seen { ChangeKind::SignatureFieldAddedVisibly } else { ChangeKind::SignatureFieldAdded };
        self.change(kind, page, None, Some(&name));
    }

    /// Pages: signature fields may be added to a page's list of annotations, nothing else.
    pub(super) fn pages(&mut self) {
        let mut concerned = Vec::new();
        for &number in self.touched.keys() {
            let page = self.ground.pages.get(&number).or_else(|| self.ground.lists.get(&number));
            concerned.extend(page.copied());
        }
        concerned.sort_unstable();
        concerned.dedup();
        for page in concerned {
            let number = self.ground.order[page - 1];
            self.page(page, number);
        }
    }

    fn page(&mut self, page: usize, number: u32) {
        let read = |view: View<'_>| {
            view.current(number).ok().and_then(|page| page.as_dictionary().cloned()).unwrap_or_default()
        };
        let (old, new) = (read(self.old), read(self.new));
        self.play(number, Role::Page);
        if let Some(list) = new.get(b"Annots").and_then(Object::as_reference) {
            self.play(list.number, Role::AnnotationList);
        }
        for key in different_keys(&old, &new) {
            let kind = match key.as_slice() {
                b"Annots" => continue,
                b"Contents" => ChangeKind::PageContentChanged,
                b"Resources" => ChangeKind::PageResourcesChanged,
                _ => ChangeKind::PageChanged,
            };
            self.change(kind, Some(page), None, Some(&String::from_utf8_lossy(&key)));
        }
        let list = |view: View<'_>, page: &Dictionary| {
            view.get(page, b"Annots").ok().and_then(|list| list.as_array().map(<[Object]>::to_vec))
        };
        let before = list(self.old, &old).unwrap_or_default();
        let after = list(self.new, &new).unwrap_or_default();
        if !after.starts_with(&before) {
            self.change(ChangeKind::AnnotationRemoved, Some(page), None, None);
        }
        for added in after.iter().skip(before.len()) {
            let member = added.as_reference().map(|id| id.number);
            // A new signature field is judged as a field; anything else that is added is a mark.
            let field = member.and_then(|number| self.ground.members.get(&number)).is_some_and(|&index| {
                self.ground.fields[index].kind == FieldKind::Signature
                    && member.and_then(|number| self.touched.get(&number)).is_some_and(|field| field.is_new())
            });
            if !field {
                self.change(ChangeKind::AnnotationAdded, Some(page), member, None);
            }
        }
    }

    /// The page that a field's object stands on, from 1.
    fn page_of(&self, number: u32, index: usize) -> Option<usize> {
        let named = |number: u32| {
            let widget = self.new.current(number).ok()?;
            let page = widget.as_dictionary()?.get(b"P")?.as_reference()?;
            self.ground.pages.get(&page.number).copied()
        };
        named(number).or_else(|| self.ground.fields[index].widgets.iter().find_map(|id| named(id.number)))
    }
}

fn dictionary(view: View<'_>, above: &Dictionary, key: &[u8]) -> Dictionary {
    view.get(above, key).ok().and_then(|found| found.as_dictionary().cloned()).unwrap_or_default()
}
