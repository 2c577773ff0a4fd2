//! Writing DER: small functions that each make the bytes of one element from the bytes of its parts.
//! What the parts mean is known by those who call; nothing here can fail.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::tag;

/// An element with this tag around this value.
pub(crate) fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() + 6);
    out.push(tag);
    put_length(&mut out, value.len());
    out.extend_from_slice(value);
    out
}

/// Puts the shortest encoding of a length.
pub(crate) fn put_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let bytes = length.to_be_bytes();
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    out.push(0x80 | (bytes.len() - skip) as u8);
    out.extend_from_slice(&bytes[skip..]);
}

/// A sequence of these elements, in this order.
pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &parts.concat())
}

/// A set of these elements in the order that DER gives them (X.690 § 11.6).
pub(crate) fn set_of(parts: Vec<Vec<u8>>) -> Vec<u8> {
    tlv(tag::SET, &sorted(parts))
}

/// The value of a set of these elements, without its tag.
pub(crate) fn sorted(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    // Comparing with the shorter padded by zeros comes to comparing the bytes, since no element is
    // the beginning of another.
    parts.sort();
    parts.concat()
}

pub(crate) fn oid(identifier: ObjectIdentifier) -> Vec<u8> {
    tlv(tag::OID, identifier.as_bytes())
}

pub(crate) fn null() -> Vec<u8> {
    vec![tag::NULL, 0]
}

pub(crate) fn boolean(value: bool) -> Vec<u8> {
    vec![tag::BOOLEAN, 1, if value { 0xFF } else { 0 }]
}

/// A number that is not negative.
pub(crate) fn small_integer(value: u64) -> Vec<u8> {
    unsigned(&value.to_be_bytes())
}

/// A number that is not negative, from its big-endian bytes.
pub(crate) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[skip..];
    let mut value = Vec::with_capacity(digits.len() + 1);
    if digits.first().is_none_or(|first| *first >= 0x80) {
        value.push(0);
    }
    value.extend_from_slice(digits);
    tlv(tag::INTEGER, &value)
}

pub(crate) fn enumerated(value: u8) -> Vec<u8> {
    vec![tag::ENUMERATED, 1, value & 0x7F]
}

pub(crate) fn octets(value: &[u8]) -> Vec<u8> {
    tlv(tag::OCTET_STRING, value)
}

/// A bit string that fills its bytes.
pub(crate) fn bits(value: &[u8]) -> Vec<u8> {
    tlv(tag::BIT_STRING, &[&[0], value].concat())
}

/// Named bits, the lowest as the first, without trailing zeros (X.690 § 11.2.2).
pub(crate) fn named_bits(bits: u16) -> Vec<u8> {
    let used = 16 - bits.leading_zeros() as usize;
    let count = used.div_ceil(8);
    let bytes = [(bits as u8).reverse_bits(), ((bits >> 8) as u8).reverse_bits()];
    let unused = (count * 8 - used) as u8;
    tlv(tag::BIT_STRING, &[&[unused], &bytes[..count]].concat())
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    tlv(tag::UTF8_STRING, text.as_bytes())
}

/// Text of letters, digits and the few marks that a `PrintableString` may hold.
pub(crate) fn printable(text: &str) -> Vec<u8> {
    tlv(tag::PRINTABLE_STRING, text.as_bytes())
}

/// A moment as certificates have it: `UTCTime` through 2049, then `GeneralizedTime` (RFC 5280 § 4.1.2.5).
pub(crate) fn time(at: Timestamp) -> Vec<u8> {
    let civil = TimeZone::UTC.to_datetime(at);
    if (1950..2050).contains(&civil.year()) {
        tlv(tag::UTC_TIME, civil.strftime("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        generalized_time(at)
    }
}

/// A moment to the second (RFC 3161 § 2.4.2, RFC 6960 § 4.2.2.1).
pub(crate) fn generalized_time(at: Timestamp) -> Vec<u8> {
    let civil = TimeZone::UTC.to_datetime(at);
    tlv(tag::GENERALIZED_TIME, civil.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!(small_integer(0), [2, 1, 0]);
        assert_eq!(small_integer(127), [2, 1, 127]);
        assert_eq!(small_integer(128), [2, 2, 0, 128]);
    }

    #[test]
    fn key_usage_has_no_trailing_zeros() {
        assert_eq!(named_bits(0b11), [3, 2, 6, 0xC0]);
        assert_eq!(named_bits(0b110_0000), [3, 2, 1, 0x06]);
        assert_eq!(named_bits(0), [3, 1, 0]);
    }

    #[test]
    fn long_lengths_are_written_in_full() {
        assert_eq!(tlv(4, &[0; 200])[..3], [4, 0x81, 200]);
        assert_eq!(tlv(4, &[0; 300])[..4], [4, 0x82, 1, 44]);
    }
}
