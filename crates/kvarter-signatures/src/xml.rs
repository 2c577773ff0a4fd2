//! XML read into a small tree, for trusted lists and the manifests of containers: elements by namespace and
//! local name, with attributes and text.
//!
//! Bounded in size, depth and number of elements. Document types and entities of one's own are refused,
//! since nothing we read has them; comments and processing instructions are passed over.

use std::sync::Arc;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The biggest document to take in, in bytes; national trusted lists have up to about ten million.
const MAX_SIZE: usize = 32 << 20;
/// How deeply elements may be nested.
const MAX_DEPTH: usize = 64;
/// How many elements there may be.
const MAX_NODES: usize = 1_000_000;

/// Why bytes are no XML that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// Not well-formed, or not UTF-8.
    #[error("the XML is not well-formed")]
    NotWellFormed,
    /// A document type, or an entity of its own.
    #[error("the XML has a document type or entities")]
    DocumentType,
    /// Too big, too deep or too many.
    #[error("the XML is too big")]
    TooBig,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) namespace: Option<Arc<str>>,
    pub(crate) name: String,
    /// Attributes without a namespace of their own, by name.
    attributes: Vec<(String, String)>,
    /// All text directly within, joined.
    text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// Reads a document; gives its root.
    pub(crate) fn read(xml: &[u8]) -> Result<Self, XmlError> {
        if xml.len() > MAX_SIZE {
            return Err(XmlError::TooBig);
        }
        let text = std::str::from_utf8(xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml));
        let text = text.map_err(|_| XmlError::NotWellFormed)?;
        let mut reader = NsReader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        let mut root = None;
        let mut nodes = 0;
        let mut last_namespace: Option<Arc<str>> = None;
        loop {
            let (resolved, event) = reader.read_resolved_event().map_err(|_| XmlError::NotWellFormed)?;
            let namespace = match resolved {
                ResolveResult::Bound(namespace) => {
                    let known = last_namespace.as_ref().filter(|known| ***known == *namespace.0);
                    Some(known.cloned().unwrap_or_else(|| Arc::from(namespace.0)))
                }
                ResolveResult::Unbound => None,
                ResolveResult::Unknown(_) => return Err(XmlError::NotWellFormed),
            };
            match event {
                Event::Start(start) => {
                    count(&mut nodes, open.len())?;
                    last_namespace.clone_from(&namespace);
                    open.push(Self::begin(namespace, &start)?);
                }
                Event::Empty(start) => {
                    count(&mut nodes, open.len())?;
                    let node = Self::begin(namespace, &start)?;
                    close(node, &mut open, &mut root)?;
                }
                Event::End(_) => {
                    let node = open.pop().ok_or(XmlError::NotWellFormed)?;
                    close(node, &mut open, &mut root)?;
                }
                Event::Text(text) => put(&mut open, &text.xml10_content())?,
                Event::CData(text) => put(&mut open, &text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let letter = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter,
                        Ok(None) => named(&reference).ok_or(XmlError::DocumentType)?,
                        Err(_) => return Err(XmlError::NotWellFormed),
                    };
                    put(&mut open, letter.encode_utf8(&mut [0; 4]))?;
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if open.is_empty() { root.ok_or(XmlError::NotWellFormed) } else { Err(XmlError::NotWellFormed) }
    }

    fn begin(namespace: Option<Arc<str>>, start: &BytesStart<'_>) -> Result<Self, XmlError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| XmlError::NotWellFormed)?;
            if attribute.key.prefix().is_none() {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                let value = value.map_err(|_| XmlError::DocumentType)?;
                attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
            }
        }
        let name = start.local_name().as_ref().to_owned();
        Ok(Self { namespace, name, attributes, text: String::new(), children: Vec::new() })
    }

    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The child of the child and so on.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// Every child of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text within, without white space around it.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    /// The text of the child of the child and so on.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(Self::text)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn count(nodes: &mut usize, depth: usize) -> Result<(), XmlError> {
    *nodes += 1;
    if *nodes > MAX_NODES || depth >= MAX_DEPTH { Err(XmlError::TooBig) } else { Ok(()) }
}

fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None if root.is_none() => *root = Some(node),
        None => return Err(XmlError::NotWellFormed),
    }
    Ok(())
}

fn put(open: &mut [Node], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(XmlError::NotWellFormed),
    }
    Ok(())
}

/// The five entities that XML itself has.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// Text as it goes into an element or an attribute.
pub(crate) fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_text_and_attributes_are_read() {
        let xml = "<?xml version=\"1.0\"?><a:r xmlns:a=\"urn:x\"><b c=\"1 &lt; 2\">x &amp; <!-- no -->&#229;</b><b/></a:r>";
        let root = Node::read(xml.as_bytes()).unwrap();
        assert_eq!((root.namespace.as_deref(), root.name.as_str()), (Some("urn:x"), "r"));
        let b = root.child("b").unwrap();
        assert_eq!((b.text(), b.attribute("c"), b.namespace.as_deref()), ("x & å", Some("1 < 2"), None));
        assert_eq!(root.all("b").count(), 2);
    }

    #[test]
    fn document_types_entities_and_depths_are_refused() {
        let read = |xml: &str| Node::read(xml.as_bytes()).unwrap_err();
        assert_eq!(read("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), XmlError::DocumentType);
        assert_eq!(read("<a>&b;</a>"), XmlError::DocumentType);
        assert_eq!(read(&"<a>".repeat(1000)), XmlError::TooBig);
        assert_eq!(read("<a></b>"), XmlError::NotWellFormed);
        assert_eq!(read("<a/><b/>"), XmlError::NotWellFormed);
        assert_eq!(read(""), XmlError::NotWellFormed);
    }
}
