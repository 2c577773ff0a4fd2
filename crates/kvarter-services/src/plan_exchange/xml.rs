//! XML followed from beginning to end, within limits and without entities of its own.

use std::borrow::Cow;

use kvarter_domain::problem::Problem;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::limit;

/// What comes next.
pub(super) enum Seen<'a> {
    /// An element begins: its local name and its attributes.
    Open(&'a str, Attributes<'a>),
    /// Text within.
    Text(&'a str),
    /// An element ends: its local name.
    Close(&'a str),
}

/// The attributes of an element.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// An attribute's value, by its local name; none where it is missing or not to be read.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut found = self.0.attributes().flatten().filter(|a| a.key.local_name().as_ref() == name);
        let value = found.next()?.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some(Cow::into_owned(value))
    }
}

/// Follows a document. An element without content is opened and closed.
///
/// # Errors
/// That it is not well-formed, has a document type or entities of its own, or asks for too much.
pub(super) fn follow(xml: &[u8], mut see: impl FnMut(Seen<'_>)) -> Result<(), Problem> {
    let broken = || Problem::new("exchange-unreadable", "");
    let text = std::str::from_utf8(xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml)).map_err(|_| broken())?;
    let mut reader = Reader::from_str(text);
    let (mut elements, mut depth) = (0, 0);
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => {
                elements += 1;
                depth += 1;
                if elements > limit::ELEMENTS_MAX || depth > limit::DEPTH_MAX {
                    return Err(Problem::new("exchange-asks-too-much", ""));
                }
                see(Seen::Open(start.local_name().as_ref(), Attributes(&start)));
            }
            Event::Empty(start) => {
                elements += 1;
                if elements > limit::ELEMENTS_MAX {
                    return Err(Problem::new("exchange-asks-too-much", ""));
                }
                see(Seen::Open(start.local_name().as_ref(), Attributes(&start)));
                see(Seen::Close(start.local_name().as_ref()));
            }
            Event::End(end) => {
                depth -= 1;
                see(Seen::Close(end.local_name().as_ref()));
            }
            Event::Text(words) => see(Seen::Text(&words.xml10_content())),
            Event::CData(words) => see(Seen::Text(&words.xml10_content())),
            Event::GeneralRef(reference) => {
                let letter = letter(&reference).ok_or_else(|| Problem::new("exchange-with-entities", ""))?;
                see(Seen::Text(letter.encode_utf8(&mut [0; 4])));
            }
            Event::DocType(_) => return Err(Problem::new("exchange-with-entities", "")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if depth == 0 && elements > 0 { Ok(()) } else { Err(broken()) }
}

/// The letter that a reference stands for: by number, or one of the five that XML has itself.
fn letter(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => Some(letter),
        Ok(None) => match &**reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
        Err(_) => None,
    }
}
