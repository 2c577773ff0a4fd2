//! Which object refers to which, and under what key.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::pdf::{Dictionary, Object, View};

/// The key under which a reference stands, where it tells kinds of use apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Edge {
    Annots,
    Appearance,
    Fields,
    Kids,
    Object,
    Parent,
    Value,
    DocMdp,
    /// An element of a list that is an object of its own: it stands under the list's key.
    Inherited,
    Other,
}

impl Edge {
    fn of(key: &[u8]) -> Self {
        match key {
            b"Annots" => Self::Annots,
            b"AP" => Self::Appearance,
            b"Fields" => Self::Fields,
            b"Kids" => Self::Kids,
            b"Obj" => Self::Object,
            b"Parent" => Self::Parent,
            b"V" => Self::Value,
            b"DocMDP" => Self::DocMdp,
            _ => Self::Other,
        }
    }
}

/// A reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub(crate) edge: Edge,
    pub(crate) to: u32,
}

/// An object's number, and the revision that put it there.
type Version = (u32, usize);

/// References of objects, remembered for as long as the object is the same.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    links: RefCell<HashMap<Version, Rc<[Link]>>>,
}

impl Graph {
    /// The references of an object as a view shows it; none when it cannot be read.
    pub(crate) fn links(&self, view: View<'_>, number: u32) -> Rc<[Link]> {
        let Some((revision, _)) = view.entry(number) else { return Rc::new([]) };
        let key = (number, revision);
        if let Some(known) = self.links.borrow().get(&key) {
            return known.clone();
        }
        let mut links = Vec::new();
        if let Ok(object) = view.current(number) {
            collect(&object, Edge::Inherited, &mut links);
        }
        let links: Rc<[Link]> = links.into();
        self.links.borrow_mut().insert(key, links.clone());
        links
    }
}

/// The references in a value that stands under `edge`.
pub(crate) fn collect(object: &Object, edge: Edge, links: &mut Vec<Link>) {
    match object {
        Object::Reference(id) => links.push(Link { edge, to: id.number }),
        Object::Array(items) => items.iter().for_each(|item| collect(item, edge, links)),
        Object::Dictionary(dictionary) => collect_keys(dictionary, edge, &[], links),
        Object::Stream(stream) => collect_keys(&stream.dictionary, edge, &[], links),
        _ => {}
    }
}

/// The references in a dictionary that stands under `above`, except those under some keys.
pub(crate) fn collect_keys(dictionary: &Dictionary, above: Edge, without: &[&[u8]], links: &mut Vec<Link>) {
    for (key, value) in dictionary.iter().filter(|(key, _)| !without.contains(key)) {
        // Within an appearance everything is appearance: its states have keys of their own.
        let edge = if above == Edge::Appearance { above } else { Edge::of(key) };
        collect(value, edge, links);
    }
}
