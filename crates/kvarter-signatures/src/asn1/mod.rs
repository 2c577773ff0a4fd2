//! Reading ASN.1 as signatures need it: every element keeps the bytes that it was read from, since
//! signatures are over bytes and not over meanings, and one unreadable element spoils only itself.
//! What is written is written by [`mod@write`]; BER from old signers is first set straight by [`ber`].
//!
//! Elements are read one level at a time from a slice: nothing recurses and nothing is allocated, so
//! a hostile length costs nothing. Tag numbers above 30 appear nowhere in what we read and are refused.

pub(crate) mod ber;
mod time;
pub(crate) mod write;

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

/// Why bytes are not the ASN.1 that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Asn1Error {
    /// The bytes end before the element does.
    #[error("the element is longer than what is there")]
    Truncated,
    /// A tag of more than one byte, or a length that cannot be.
    #[error("the tag or the length is not one that is used here")]
    Header,
    /// Another element was expected in this place.
    #[error("another element was expected")]
    Unexpected,
    /// There is more than there should be.
    #[error("something follows that should not be there")]
    Trailing,
    /// The value is not one of its type.
    #[error("the value is malformed")]
    Value,
    /// Nested deeper than anything real.
    #[error("the elements are nested too deeply")]
    TooDeep,
    /// Bigger than anything real.
    #[error("there is more than can be taken in")]
    TooBig,
}

/// Universal tags, with the constructed bit where the type has it.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0A;
    pub(crate) const UTF8_STRING: u8 = 0x0C;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const TELETEX_STRING: u8 = 0x14;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const UNIVERSAL_STRING: u8 = 0x1C;
    pub(crate) const BMP_STRING: u8 = 0x1E;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
}

/// One element: its tag, its value, and the bytes of both with the length between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    pub(crate) raw: &'a [u8],
}

impl<'a> Element<'a> {
    /// The element that these bytes are, with nothing after it.
    pub(crate) fn whole(bytes: &'a [u8]) -> Result<Self, Asn1Error> {
        let mut cursor = Cursor::new(bytes);
        let element = cursor.next()?;
        cursor.finish()?;
        Ok(element)
    }

    /// The sequence that these bytes are.
    pub(crate) fn whole_sequence(bytes: &'a [u8]) -> Result<Cursor<'a>, Asn1Error> {
        let element = Self::whole(bytes)?;
        if element.tag == tag::SEQUENCE { Ok(element.inside()) } else { Err(Asn1Error::Unexpected) }
    }

    /// What is inside, element by element.
    pub(crate) fn inside(&self) -> Cursor<'a> {
        Cursor::new(self.value)
    }

    fn of(&self, tag: u8) -> Result<&'a [u8], Asn1Error> {
        if self.tag == tag { Ok(self.value) } else { Err(Asn1Error::Unexpected) }
    }

    pub(crate) fn oid(&self) -> Result<ObjectIdentifier, Asn1Error> {
        ObjectIdentifier::from_bytes(self.of(tag::OID)?).map_err(|_| Asn1Error::Value)
    }

    /// An object identifier as text, also such as is of no known arc.
    pub(crate) fn dotted(&self) -> Result<String, Asn1Error> {
        let bytes = self.of(tag::OID)?;
        if bytes.len() > 64 || bytes.last().is_none_or(|last| last & 0x80 != 0) {
            return Err(Asn1Error::Value);
        }
        let mut out = String::new();
        let mut number: u128 = 0;
        for byte in bytes {
            number = number.checked_mul(128).ok_or(Asn1Error::Value)? + u128::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                if out.is_empty() {
                    let first = (number / 40).min(2);
                    out = format!("{first}.{}", number - first * 40);
                } else {
                    out.push_str(&format!(".{number}"));
                }
                number = 0;
            }
        }
        Ok(out)
    }

    pub(crate) fn boolean(&self) -> Result<bool, Asn1Error> {
        match self.of(tag::BOOLEAN)? {
            [value] => Ok(*value != 0),
            _ => Err(Asn1Error::Value),
        }
    }

    /// The bytes of an integer, as they stand.
    pub(crate) fn integer(&self) -> Result<&'a [u8], Asn1Error> {
        match self.of(tag::INTEGER)? {
            [] => Err(Asn1Error::Value),
            bytes => Ok(bytes),
        }
    }

    /// An integer, or an enumerated value, that is neither negative nor big.
    pub(crate) fn small_integer(&self) -> Result<u64, Asn1Error> {
        if !matches!(self.tag, tag::INTEGER | tag::ENUMERATED) {
            return Err(Asn1Error::Unexpected);
        }
        small(self.value)
    }

    pub(crate) fn octets(&self) -> Result<&'a [u8], Asn1Error> {
        self.of(tag::OCTET_STRING)
    }

    /// The bytes of a bit string that fills its bytes.
    pub(crate) fn bits(&self) -> Result<&'a [u8], Asn1Error> {
        match self.of(tag::BIT_STRING)? {
            [0, bytes @ ..] => Ok(bytes),
            _ => Err(Asn1Error::Value),
        }
    }

    /// The first sixteen named bits, the first as the lowest.
    pub(crate) fn named_bits(&self) -> Result<u16, Asn1Error> {
        let [unused @ 0..=7, bytes @ ..] = self.of(tag::BIT_STRING)? else {
            return Err(Asn1Error::Value);
        };
        if bytes.is_empty() && *unused != 0 {
            return Err(Asn1Error::Value);
        }
        let first = u16::from(bytes.first().copied().unwrap_or(0).reverse_bits());
        let second = u16::from(bytes.get(1).copied().unwrap_or(0).reverse_bits());
        Ok(first | second << 8)
    }

    /// A `UTCTime` or a `GeneralizedTime`, in Coordinated Universal Time.
    pub(crate) fn time(&self) -> Result<Timestamp, Asn1Error> {
        match self.tag {
            tag::UTC_TIME => time::read_utc(self.value),
            tag::GENERALIZED_TIME => time::read_generalized(self.value),
            _ => Err(Asn1Error::Unexpected),
        }
    }

    /// A character string of any of the kinds that names have.
    pub(crate) fn text(&self) -> Option<String> {
        match self.tag {
            tag::UTF8_STRING | tag::PRINTABLE_STRING | tag::IA5_STRING => {
                String::from_utf8(self.value.to_vec()).ok()
            }
            // Teletex is in practice Latin-1.
            tag::TELETEX_STRING => Some(self.value.iter().map(|byte| char::from(*byte)).collect()),
            tag::BMP_STRING => {
                let (pairs, rest) = self.value.as_chunks::<2>();
                let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
                if rest.is_empty() { String::from_utf16(&units).ok() } else { None }
            }
            tag::UNIVERSAL_STRING => {
                let (fours, rest) = self.value.as_chunks::<4>();
                let text = fours.iter().map(|four| char::from_u32(u32::from_be_bytes(*four))).collect();
                if rest.is_empty() { text } else { None }
            }
            _ => None,
        }
    }
}

/// A value as a number that is neither negative nor big.
pub(crate) fn small(value: &[u8]) -> Result<u64, Asn1Error> {
    let digits = match value {
        [] | [0x80..=0xFF, ..] => return Err(Asn1Error::Value),
        [0, rest @ ..] => rest,
        all => all,
    };
    if digits.len() > 8 {
        return Err(Asn1Error::TooBig);
    }
    Ok(digits.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// A place in a run of elements.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn next(&mut self) -> Result<Element<'a>, Asn1Error> {
        let header = Header::read(self.rest)?;
        let length = header.length.ok_or(Asn1Error::Header)?;
        let end = header.size.checked_add(length).ok_or(Asn1Error::Header)?;
        let (raw, rest) = self.rest.split_at_checked(end).ok_or(Asn1Error::Truncated)?;
        self.rest = rest;
        Ok(Element { tag: header.tag, value: &raw[header.size..], raw })
    }

    /// The next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Element<'a>, Asn1Error> {
        let element = self.next()?;
        if element.tag == tag { Ok(element) } else { Err(Asn1Error::Unexpected) }
    }

    /// The next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Asn1Error> {
        if self.peek() == Some(tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// Nothing may follow.
    pub(crate) fn finish(self) -> Result<(), Asn1Error> {
        if self.is_empty() { Ok(()) } else { Err(Asn1Error::Trailing) }
    }

    /// All that remains, or the first fault.
    pub(crate) fn all(mut self) -> Result<Vec<Element<'a>>, Asn1Error> {
        let mut elements = Vec::new();
        while !self.is_empty() {
            elements.push(self.next()?);
        }
        Ok(elements)
    }
}

/// The tag and the length that begin an element.
struct Header {
    tag: u8,
    /// None when the length is indefinite.
    length: Option<usize>,
    /// How many bytes tag and length take.
    size: usize,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, Asn1Error> {
        let [tag, first, rest @ ..] = bytes else {
            return Err(Asn1Error::Truncated);
        };
        if tag & 0x1F == 0x1F {
            return Err(Asn1Error::Header);
        }
        let (length, size) = match *first {
            short @ 0..=0x7F => (Some(usize::from(short)), 2),
            0x80 => (None, 2),
            long @ 0x81..=0x84 => {
                let count = usize::from(long & 0x7F);
                let digits = rest.get(..count).ok_or(Asn1Error::Truncated)?;
                (Some(digits.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))), 2 + count)
            }
            _ => return Err(Asn1Error::Header),
        };
        Ok(Self { tag: *tag, length, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_the_end_is_truncated() {
        assert_eq!(Element::whole(&[0x30, 0x05, 0x00]).unwrap_err(), Asn1Error::Truncated);
        assert_eq!(Element::whole(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).unwrap_err(), Asn1Error::Truncated);
    }

    #[test]
    fn key_usage_bits_are_counted_from_the_first() {
        let element = Element::whole(&[0x03, 0x02, 0x06, 0xC0]).unwrap();
        assert_eq!(element.named_bits(), Ok(0b11));
    }

    #[test]
    fn a_negative_integer_is_not_small() {
        assert_eq!(Element::whole(&[0x02, 0x01, 0x80]).unwrap().small_integer(), Err(Asn1Error::Value));
        assert_eq!(Element::whole(&[0x02, 0x02, 0x00, 0x80]).unwrap().small_integer(), Ok(128));
    }
}
