//! One revision compared with the one before.
//!
//! Every object that the revision touched must be accounted for: it plays a part that may change, and
//! only where that part is played; or it is a change of its own. First the parts are given out
//! (catalog, form, fields, pages, evidence, metadata); then every use of every object that the document
//! reaches is gone through, to find touched objects that are used otherwise; what remains is used by
//! nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use super::graph::{Edge, Link, collect, collect_keys};
use super::ground::Ground;
use super::{Change, ChangeKind};
use crate::pdf::{Dictionary, Id, Object, PdfError, View, is_carrier};

/// The part that a touched object plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A cross-reference or object stream.
    Carrier,
    Catalog,
    Form,
    FieldList,
    Field,
    Page,
    AnnotationList,
    Information,
    Metadata,
    Extensions,
    Evidence,
    /// The value of a field that was filled, and what belongs to it.
    Value,
    /// What a field shows that was filled.
    Appearance,
}

impl Role {
    /// Whether an object with this part may be referred to in this way from anywhere.
    fn may_be_met(self, edge: Edge) -> bool {
        match self {
            // A page is pointed to by links, the outline, the structure and its own marks. All that may
            // change in it is its list of annotations, which means nothing elsewhere.
            Self::Page => true,
            Self::Field => {
                matches!(edge, Edge::Annots | Edge::Fields | Edge::Kids | Edge::Parent | Edge::Object)
            }
            Self::FieldList => edge == Edge::Fields,
            Self::AnnotationList => edge == Edge::Annots,
            Self::Value => matches!(edge, Edge::Value | Edge::DocMdp),
            _ => false,
        }
    }
}

pub(super) struct Touched {
    pub(super) old: Rc<Object>,
    pub(super) new: Rc<Object>,
    pub(super) role: Option<Role>,
}

impl Touched {
    pub(super) fn is_new(&self) -> bool {
        self.old.is_null()
    }
}

/// What may be replaced when a new value refers to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Replace {
    /// Only new objects belong to the value.
    Nothing,
    /// Lists and dictionaries may have been rewritten.
    Containers,
    /// Anything may have been rewritten.
    Anything,
}

pub(super) struct Step<'g, 'f> {
    pub(super) ground: &'g Ground<'f>,
    pub(super) revision: usize,
    pub(super) old: View<'g>,
    pub(super) new: View<'g>,
    pub(super) touched: BTreeMap<u32, Touched>,
    /// Fields that were empty and are filled, by their place among the ground's fields.
    pub(super) filled: BTreeSet<usize>,
    /// The form was given resources that it did not have.
    pub(super) extended: bool,
    pub(super) changes: Vec<Change>,
    /// Objects that a change was named for, so that it is named once.
    named: HashSet<u32>,
}

/// All that `revision` changed.
pub(super) fn judge(ground: &Ground<'_>, revision: usize) -> Result<Vec<Change>, PdfError> {
    let (old, new) = (ground.file.view(revision - 1), ground.file.view(revision));
    let mut step = Step {
        ground,
        revision,
        old,
        new,
        touched: BTreeMap::new(),
        filled: BTreeSet::new(),
        extended: false,
        changes: Vec::new(),
        named: HashSet::new(),
    };
    step.gather();
    step.trailer();
    let (before, after) = (old.catalog().unwrap_or_default(), new.catalog().unwrap_or_default());
    step.catalog(&before, &after);
    step.form(&before, &after);
    step.fields();
    step.pages();
    step.evidence(&before, &after);
    step.walk(&after);
    step.remainder();
    Ok(step.changes)
}

impl Step<'_, '_> {
    /// Names a change.
    pub(super) fn change(
        &mut self,
        kind: ChangeKind,
        page: Option<usize>,
        object: Option<u32>,
        name: Option<&str>,
    ) {
        if object.is_some_and(|object| !self.named.insert(object)) {
            return;
        }
        let name = name.map(|name| name.chars().take(200).collect());
        self.changes.push(Change { kind, revision: self.revision, page, object, name });
    }

    /// Finds what the revision says differently from before.
    fn gather(&mut self) {
        let entries = &self.ground.file.revisions()[self.revision].entries;
        let numbers: BTreeSet<u32> = entries.iter().map(|(number, _)| *number).collect();
        for number in numbers {
            let mut broken = false;
            let mut read = |view: View<'_>| {
                view.current(number).unwrap_or_else(|_| {
                    broken = true;
                    Rc::new(Object::Null)
                })
            };
            let (old, new) = (read(self.old), read(self.new));
            if broken {
                self.change(ChangeKind::BrokenObject, None, Some(number), None);
            }
            if same(&old, &new, self.ground.file.bytes()) && !broken {
                continue;
            }
            let carrier = is_carrier(&new) && (old.is_null() || is_carrier(&old));
            let role = carrier.then_some(Role::Carrier);
            self.touched.insert(number, Touched { old, new, role });
        }
    }

    fn trailer(&mut self) {
        let (old, new) = (self.old.trailer(), self.new.trailer());
        let first_id = |trailer: &Dictionary, view: View<'_>| {
            view.get(trailer, b"ID").ok().and_then(|id| id.as_array()?.first().cloned())
        };
        if first_id(old, self.old).is_some_and(|id| first_id(new, self.new) != Some(id)) {
            self.change(ChangeKind::TrailerChanged, None, None, Some("ID"));
        }
        for (key, value) in new.iter() {
            let text = String::from_utf8_lossy(key).into_owned();
            match key {
                b"Size" | b"Prev" | b"ID" | b"XRefStm" | b"W" | b"Index" | b"Length" | b"Filter"
                | b"DecodeParms" | b"Type" => {}
                b"Root" if old.get(key) == Some(value) => {}
                b"Info" => {
                    self.claim(value, Role::Information, Replace::Anything);
                    if old.get(key) != Some(value) || self.plays(value, Role::Information) {
                        self.change(ChangeKind::InformationChanged, None, None, None);
                    }
                }
                // A key of somebody's own that refers to an object uses it in a way that we cannot judge.
                _ if old.get(key) != Some(value) || has_reference(value) => {
                    self.change(ChangeKind::TrailerChanged, None, None, Some(&text));
                }
                _ => {}
            }
        }
    }

    /// Whether a value is a reference to a touched object that plays this part.
    fn plays(&self, value: &Object, role: Role) -> bool {
        let number = value.as_reference().map(|id| id.number);
        number.and_then(|number| self.touched.get(&number)).is_some_and(|touched| touched.role == Some(role))
    }

    fn catalog(&mut self, old: &Dictionary, new: &Dictionary) {
        let root = self.new.root().map(|id| id.number).unwrap_or_default();
        self.play(root, Role::Catalog);
        for key in different_keys(old, new) {
            let kind = match key.as_slice() {
                // Judged for themselves.
                b"AcroForm" | b"DSS" | b"Metadata" | b"Extensions" => continue,
                b"Version" => ChangeKind::VersionChanged,
                b"Perms" => ChangeKind::CertificationChanged,
                b"StructTreeRoot" | b"MarkInfo" => ChangeKind::StructureChanged,
                b"Pages" => ChangeKind::PagesRearranged,
                _ => ChangeKind::CatalogChanged,
            };
            self.change(kind, None, None, Some(&String::from_utf8_lossy(&key)));
        }
        for (key, role, kind) in [
            (b"Metadata".as_slice(), Role::Metadata, ChangeKind::MetadataChanged),
            (b"Extensions", Role::Extensions, ChangeKind::ExtensionsChanged),
        ] {
            let value = new.get(key).cloned().unwrap_or(Object::Null);
            self.claim(&value, role, Replace::Anything);
            if old.get(key) != new.get(key) || self.plays(&value, role) {
                self.change(kind, None, None, None);
            }
        }
    }

    /// Gives a touched object a part, if it has none.
    pub(super) fn play(&mut self, number: u32, role: Role) {
        if let Some(touched) = self.touched.get_mut(&number) {
            touched.role.get_or_insert(role);
        }
    }

    /// Gives a part to all touched objects that belong to a value.
    pub(super) fn claim(&mut self, value: &Object, role: Role, replace: Replace) {
        let mut links = Vec::new();
        collect(value, Edge::Other, &mut links);
        while let Some(Link { to, .. }) = links.pop() {
            let Some(touched) = self.touched.get_mut(&to) else { continue };
            let container = matches!(*touched.old, Object::Array(_) | Object::Dictionary(_));
            let allowed = touched.is_new()
                || replace == Replace::Anything
                || replace == Replace::Containers && container;
            // What plays another part, plays that one; what is not ours to replace is found by others.
            if touched.role.is_some() || !allowed || self.ground.pages.contains_key(&to) {
                continue;
            }
            touched.role = Some(role);
            collect(&touched.new.clone(), Edge::Other, &mut links);
        }
    }

    fn evidence(&mut self, old: &Dictionary, new: &Dictionary) {
        let value = new.get(b"DSS").cloned().unwrap_or(Object::Null);
        let before = old.get(b"DSS").cloned().unwrap_or(Object::Null);
        self.claim(&value, Role::Evidence, Replace::Containers);
        let touched = self.touched.values().any(|touched| touched.role == Some(Role::Evidence));
        if before == value && !touched {
            return;
        }
        let kept = leaves(self.old, &before).is_subset(&leaves(self.new, &value));
        let kind = if kept { ChangeKind::EvidenceAdded } else { ChangeKind::EvidenceChanged };
        self.change(kind, None, None, None);
    }

    /// Goes through every use of every object that the document reaches.
    fn walk(&mut self, catalog: &Dictionary) {
        let mut walk = Walk { seen: HashSet::new(), queue: Vec::new() };
        for (index, &number) in self.ground.order.iter().enumerate() {
            let Ok(page) = self.new.current(number) else { continue };
            let Some(page) = page.as_dictionary() else { continue };
            walk.seen.insert((number, Edge::Other));
            for (key, value) in page.iter().filter(|(key, _)| *key != b"Parent") {
                let whence = match key {
                    b"Contents" => ChangeKind::PageContentChanged,
                    b"Resources" => ChangeKind::PageResourcesChanged,
                    b"Annots" => ChangeKind::AnnotationChanged,
                    _ => ChangeKind::PageChanged,
                };
                let edge = if key == b"Annots" { Edge::Annots } else { Edge::Other };
                walk.push(value, edge, Whence { kind: whence, page: Some(index + 1) });
            }
        }
        if let Ok(root) = self.new.root() {
            walk.seen.insert((root.number, Edge::Other));
        }
        for (key, value) in catalog.iter() {
            let kind = match key {
                b"DSS" | b"Metadata" | b"Extensions" | b"AcroForm" => continue,
                b"Pages" => ChangeKind::PagesRearranged,
                b"StructTreeRoot" => ChangeKind::StructureChanged,
                b"Perms" => ChangeKind::CertificationChanged,
                _ => ChangeKind::CatalogChanged,
            };
            walk.push(value, Edge::Other, Whence { kind, page: None });
        }
        if let Ok(form) = self.new.get(catalog, b"AcroForm")
            && let Some(form) = form.as_dictionary()
        {
            let mut links = Vec::new();
            let without: &[&[u8]] = if self.extended { &[b"DR"] } else { &[] };
            collect_keys(form, Edge::Other, without, &mut links);
            walk.extend(&links, Edge::Other, Whence { kind: ChangeKind::FormChanged, page: None });
        }
        for (key, value) in self.new.trailer().iter() {
            if !matches!(key, b"Root" | b"Info") {
                walk.push(value, Edge::Other, Whence { kind: ChangeKind::TrailerChanged, page: None });
            }
        }
        while let Some((number, edge, whence)) = walk.queue.pop() {
            self.meet(number, edge, whence, &mut walk);
        }
    }

    /// One use of one object.
    fn meet(&mut self, number: u32, edge: Edge, whence: Whence, walk: &mut Walk) {
        let mut inside = None;
        if let Some(touched) = self.touched.get(&number) {
            let role = touched.role;
            if !role.is_some_and(|role| role.may_be_met(edge)) {
                let kind = match (edge, whence.kind) {
                    (Edge::Appearance, _) => ChangeKind::AppearanceChanged,
                    (_, kind) => kind,
                };
                self.change(kind, whence.page, Some(number), None);
            }
            match role {
                // What belongs to a known change was judged with it, and is not used by anything else
                // unless that is found on its own.
                Some(
                    Role::Value
                    | Role::Appearance
                    | Role::Evidence
                    | Role::Metadata
                    | Role::Extensions
                    | Role::Information
                    | Role::Carrier,
                ) => return,
                Some(Role::Field) => inside = Some(self.rest_of_field(number)),
                _ => {}
            }
        }
        let links = match inside {
            Some(links) => links.into(),
            None => self.ground.graph.links(self.new, number),
        };
        // A list stands under the key that led to it, so it is gone through once for each such key.
        let under = if links.iter().any(|link| link.edge == Edge::Inherited) { edge } else { Edge::Other };
        if walk.seen.insert((number, under)) {
            walk.extend(&links, edge, whence);
        }
    }

    /// What a touched field refers to beyond what was judged as its filling.
    fn rest_of_field(&self, number: u32) -> Vec<Link> {
        let mut links = Vec::new();
        let filled = self.ground.members.get(&number).is_some_and(|index| self.filled.contains(index));
        let without: &[&[u8]] = if filled { &[b"V", b"AP"] } else { &[] };
        if let Some(field) = self.touched.get(&number).and_then(|touched| touched.new.as_dictionary()) {
            collect_keys(field, Edge::Other, without, &mut links);
        }
        links
    }

    /// What was touched, plays no part and was not met: nothing refers to it, yet.
    fn remainder(&mut self) {
        let signed = self.ground.signed.contains(&self.revision);
        let left: Vec<(u32, bool)> = self
            .touched
            .iter()
            .filter(|(_, touched)| touched.role.is_none())
            .map(|(&number, touched)| (number, touched.is_new() && signed))
            .collect();
        for (number, orphan) in left {
            let kind = if orphan { ChangeKind::OrphanAdded } else { ChangeKind::UnreachableObject };
            self.change(kind, None, Some(number), None);
        }
    }
}

/// Where a walk came from: what a change that is met there is called.
#[derive(Clone, Copy)]
struct Whence {
    kind: ChangeKind,
    page: Option<usize>,
}

struct Walk {
    seen: HashSet<(u32, Edge)>,
    queue: Vec<(u32, Edge, Whence)>,
}

impl Walk {
    fn push(&mut self, value: &Object, edge: Edge, whence: Whence) {
        let mut links = Vec::new();
        collect(value, edge, &mut links);
        self.extend(&links, edge, whence);
    }

    fn extend(&mut self, links: &[Link], above: Edge, whence: Whence) {
        for link in links {
            let edge = if link.edge == Edge::Inherited { above } else { link.edge };
            self.queue.push((link.to, edge, whence));
        }
    }
}

/// Whether two values are the same; of streams, also their bytes as they are encoded.
fn same(old: &Object, new: &Object, file: &[u8]) -> bool {
    match (old, new) {
        (Object::Stream(old), Object::Stream(new)) => {
            old.dictionary == new.dictionary && old.encoded(file) == new.encoded(file)
        }
        (old, new) => old == new,
    }
}

fn has_reference(value: &Object) -> bool {
    let mut links = Vec::new();
    collect(value, Edge::Other, &mut links);
    !links.is_empty()
}

/// The keys whose values differ.
pub(super) fn different_keys(old: &Dictionary, new: &Dictionary) -> BTreeSet<Vec<u8>> {
    let keys = old.iter().chain(new.iter()).map(|(key, _)| key.to_vec());
    keys.filter(|key| old.get(key) != new.get(key)).collect()
}

/// The streams that a store of evidence holds, by their numbers.
fn leaves(view: View<'_>, store: &Object) -> BTreeSet<u32> {
    let mut leaves = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut links = Vec::new();
    collect(store, Edge::Other, &mut links);
    while let Some(Link { to, .. }) = links.pop() {
        if !seen.insert(to) {
            continue;
        }
        match view.object(Id::new(to)).as_deref() {
            Ok(Object::Stream(_)) => {
                leaves.insert(to);
            }
            Ok(object) => collect(object, Edge::Other, &mut links),
            Err(_) => {}
        }
    }
    leaves
}
