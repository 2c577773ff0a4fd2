//! Distinguished names: kept as their bytes, shown as text, compared as RFC 5280 § 7.1 compares them.
//!
//! What a name says is not checked against anything here; a name is only as good as its issuer.

use std::fmt;

use const_oid::ObjectIdentifier;

use crate::asn1::{Asn1Error, Cursor, Element, tag, write};
use crate::oid;

/// A distinguished name (X.501; RFC 5280 § 4.1.2.4).
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    der: Vec<u8>,
    parts: Vec<Part>,
}

/// One attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: ObjectIdentifier,
    /// The text, or nothing when the value is no text.
    text: Option<String>,
    /// What it is compared by: folded text, or the bytes of the value.
    folded: Vec<u8>,
    /// Whether it stands in the same relative name as the part before it.
    joined: bool,
}

impl Name {
    pub(crate) fn read(element: &Element<'_>) -> Result<Self, Asn1Error> {
        if element.tag != tag::SEQUENCE {
            return Err(Asn1Error::Unexpected);
        }
        let mut parts = Vec::new();
        let mut relative_names = element.inside();
        while !relative_names.is_empty() {
            let mut attributes: Cursor<'_> = relative_names.expect(tag::SET)?.inside();
            let mut joined = false;
            while !attributes.is_empty() {
                let mut attribute = attributes.expect(tag::SEQUENCE)?.inside();
                let kind = attribute.next()?.oid()?;
                let value = attribute.next()?;
                let text = value.text();
                let folded =
                    text.as_deref().map_or_else(|| value.raw.to_vec(), |text| fold(text).into_bytes());
                parts.push(Part { kind, text, folded, joined });
                joined = true;
            }
        }
        Ok(Self { der: element.raw.to_vec(), parts })
    }

    /// A name from attributes in this order, each in a relative name of its own.
    pub(crate) fn of(attributes: &[(ObjectIdentifier, &str)]) -> Self {
        let relative: Vec<Vec<u8>> = attributes
            .iter()
            .map(|(kind, text)| {
                // X.520 has countries, serial numbers and organisation identifiers as other strings.
                let value = match *kind {
                    oid::COUNTRY | oid::SERIAL_NUMBER => write::printable(text),
                    _ => write::utf8(text),
                };
                write::set_of(vec![write::sequence(&[&write::oid(*kind), &value])])
            })
            .collect();
        let der = write::sequence(&relative.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let parts = attributes
            .iter()
            .map(|(kind, text)| Part {
                kind: *kind,
                text: Some((*text).to_owned()),
                folded: fold(text).into_bytes(),
                joined: false,
            })
            .collect();
        Self { der, parts }
    }

    /// The bytes of the name.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether two names are the same, apart from case, white space and kind of string
    /// (RFC 5280 § 7.1; the Unicode preparation of RFC 4518 is left at lower case).
    pub fn matches(&self, other: &Self) -> bool {
        self.der == other.der
            || self.parts.len() == other.parts.len()
                && self.parts.iter().zip(&other.parts).all(|(one, two)| {
                    (one.kind, one.joined, &one.folded) == (two.kind, two.joined, &two.folded)
                })
    }

    fn text(&self, kind: ObjectIdentifier) -> Option<&str> {
        // The last is the most specific.
        self.parts.iter().rev().find(|part| part.kind == kind)?.text.as_deref()
    }

    /// The common name.
    pub fn common_name(&self) -> Option<&str> {
        self.text(oid::COMMON_NAME)
    }

    /// The name of a person from given name and surname, or else the common name.
    pub fn person(&self) -> Option<String> {
        match (self.text(oid::GIVEN_NAME), self.text(oid::SURNAME)) {
            (Some(given), Some(surname)) => Some(format!("{given} {surname}")),
            _ => self.common_name().map(str::to_owned),
        }
    }

    /// The organisation.
    pub fn organisation(&self) -> Option<&str> {
        self.text(oid::ORGANISATION)
    }

    /// The organisation's identifier (ETSI EN 319 412-1 § 5.1.4), or a number of the old kind.
    pub fn organisation_identifier(&self) -> Option<&str> {
        self.text(oid::ORGANISATION_IDENTIFIER)
    }

    /// The serial number attribute, such as a personal identity number (ETSI EN 319 412-1 § 5.1.3).
    pub fn serial_number(&self) -> Option<&str> {
        self.text(oid::SERIAL_NUMBER)
    }

    /// The country, two letters.
    pub fn country(&self) -> Option<&str> {
        self.text(oid::COUNTRY)
    }
}

/// Lower case with white space squeezed.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// As RFC 4514 writes names: the most specific first.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut join = None;
        for part in self.parts.iter().rev() {
            if let Some(join) = join {
                f.write_str(join)?;
            }
            match label(part.kind) {
                Some(label) => write!(f, "{label}=")?,
                None => write!(f, "{}=", part.kind)?,
            }
            match &part.text {
                Some(text) => write_escaped(f, text)?,
                None => {
                    f.write_str("#")?;
                    part.folded.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                }
            }
            join = Some(if part.joined { "+" } else { "," });
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let last = text.chars().count().saturating_sub(1);
    for (index, letter) in text.chars().enumerate() {
        let at_edge = letter == ' ' && (index == 0 || index == last) || letter == '#' && index == 0;
        if at_edge || matches!(letter, ',' | '+' | '"' | '\\' | '<' | '>' | ';') {
            write!(f, "\\{letter}")?;
        } else if letter.is_control() {
            let mut buffer = [0; 4];
            letter.encode_utf8(&mut buffer).bytes().try_for_each(|byte| write!(f, "\\{byte:02x}"))?;
        } else {
            write!(f, "{letter}")?;
        }
    }
    Ok(())
}

fn label(kind: ObjectIdentifier) -> Option<&'static str> {
    Some(match kind {
        oid::COMMON_NAME => "CN",
        oid::SURNAME => "SN",
        oid::SERIAL_NUMBER => "serialNumber",
        oid::COUNTRY => "C",
        oid::LOCALITY => "L",
        oid::STATE_OR_PROVINCE => "ST",
        oid::ORGANISATION => "O",
        oid::UNIT => "OU",
        oid::TITLE => "title",
        oid::GIVEN_NAME => "GN",
        oid::ORGANISATION_IDENTIFIER => "organizationIdentifier",
        oid::EMAIL => "emailAddress",
        oid::DOMAIN_COMPONENT => "DC",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(der: &[u8]) -> Name {
        Name::read(&Element::whole(der).unwrap()).unwrap()
    }

    #[test]
    fn a_name_is_read_as_it_was_made() {
        let made =
            Name::of(&[(oid::COUNTRY, "SE"), (oid::ORGANISATION, "Sköne, AB"), (oid::COMMON_NAME, "Åsa")]);
        let name = read(made.der());
        assert_eq!(name, made);
        assert_eq!(name.to_string(), "CN=Åsa,O=Sköne\\, AB,C=SE");
    }

    #[test]
    fn names_match_whatever_the_case_and_kind_of_string() {
        let one = Name::of(&[(oid::ORGANISATION, "Stockholms  KOMMUN")]);
        let value = write::printable("stockholms kommun");
        let attribute = write::sequence(&[&write::oid(oid::ORGANISATION), &value]);
        let two = read(&write::sequence(&[&write::set_of(vec![attribute])]));
        assert!(one.matches(&two));
        assert!(!one.matches(&Name::of(&[(oid::UNIT, "Stockholms kommun")])));
    }
}
