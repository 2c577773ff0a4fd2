//! BER set straight: elements of indefinite length get a length, and strings in pieces are joined.
//! Some signers write CMS so (RFC 5652 § 2 allows it outside what is signed). What is already
//! definite stays byte for byte as it was, certificates and signed attributes among it.

use std::borrow::Cow;

use super::{Asn1Error, Header, tag, write};

/// Deeper than any signature goes.
const MAX_DEPTH: usize = 48;
/// Longer than any signature is, embedded revocation lists included.
const MAX_SIZE: usize = 64 << 20;

/// The first element of `bytes` with every length definite, and how many bytes it took.
///
/// # Errors
///
/// When the elements do not fit in each other, or are too deep or too big.
pub(crate) fn straighten(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, usize), Asn1Error> {
    if bytes.len() > MAX_SIZE {
        return Err(Asn1Error::TooBig);
    }
    let mut out = Vec::new();
    let (taken, changed) = copy(bytes, &mut out, 0)?;
    Ok((if changed { Cow::Owned(out) } else { Cow::Borrowed(&bytes[..taken]) }, taken))
}

/// Copies one element to `out`; gives how much of the input it took and whether anything was changed.
fn copy(bytes: &[u8], out: &mut Vec<u8>, depth: usize) -> Result<(usize, bool), Asn1Error> {
    if depth > MAX_DEPTH {
        return Err(Asn1Error::TooDeep);
    }
    let header = Header::read(bytes)?;
    let constructed = header.tag & 0x20 != 0;
    let after = &bytes[header.size..];
    let Some(length) = header.length else {
        if !constructed {
            return Err(Asn1Error::Header);
        }
        let (value, taken) = copy_until_end(after, depth)?;
        put(out, header.tag, &value);
        return Ok((header.size + taken, true));
    };
    let value = after.get(..length).ok_or(Asn1Error::Truncated)?;
    let taken = header.size + length;
    // What is definite and cannot be read further stays as it is, for whoever reads it to judge.
    if constructed && let Ok(Some(changed)) = copy_all(value, depth) {
        put(out, header.tag, &changed);
        return Ok((taken, true));
    }
    let joined = is_string_in_pieces(header.tag);
    if joined {
        put(out, header.tag, value);
    } else {
        out.extend_from_slice(&bytes[..taken]);
    }
    Ok((taken, joined))
}

/// The elements of a definite value, if any of them had to be changed.
fn copy_all(value: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Asn1Error> {
    let mut out = Vec::new();
    let (mut at, mut any) = (0, false);
    while at < value.len() {
        let (taken, changed) = copy(&value[at..], &mut out, depth + 1)?;
        at += taken;
        any |= changed;
    }
    Ok(any.then_some(out))
}

/// The elements up to the end-of-contents mark, and how many bytes they took with it.
fn copy_until_end(bytes: &[u8], depth: usize) -> Result<(Vec<u8>, usize), Asn1Error> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        if rest.starts_with(&[0, 0]) {
            return Ok((out, at + 2));
        }
        at += copy(rest, &mut out, depth + 1)?.0;
    }
}

fn is_string_in_pieces(of: u8) -> bool {
    of == tag::OCTET_STRING | 0x20
}

/// Puts an element whose pieces are already straight; an octet string in pieces becomes one.
fn put(out: &mut Vec<u8>, of: u8, value: &[u8]) {
    if is_string_in_pieces(of) {
        let mut joined = Vec::with_capacity(value.len());
        let mut pieces = super::Cursor::new(value);
        // What is inside has just been written by us, or read whole; a piece of another kind
        // contributes nothing, and the digest will then not match.
        while let Ok(piece) = pieces.next() {
            if piece.tag == tag::OCTET_STRING {
                joined.extend_from_slice(piece.value);
            }
        }
        out.extend_from_slice(&write::tlv(tag::OCTET_STRING, &joined));
    } else {
        out.extend_from_slice(&write::tlv(of, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_definite_stays_as_it_was() {
        let bytes = [0x30, 0x81, 0x03, 0x02, 0x01, 0x05, 0x00, 0x00];
        let (straight, taken) = straighten(&bytes).unwrap();
        assert!(matches!(straight, Cow::Borrowed(_)));
        assert_eq!((&*straight, taken), (&bytes[..6], 6));
    }

    #[test]
    fn an_indefinite_sequence_with_a_string_in_pieces_becomes_der() {
        let bytes = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0xAA, 0x04, 0x01, 0xBB, 0, 0, 0, 0];
        let (straight, taken) = straighten(&bytes).unwrap();
        assert_eq!((&*straight, taken), (&[0x30, 0x04, 0x04, 0x02, 0xAA, 0xBB][..], bytes.len()));
    }

    #[test]
    fn a_thousand_levels_are_too_deep_and_take_no_time() {
        let bytes = [0x30, 0x80].repeat(100_000);
        assert_eq!(straighten(&bytes).unwrap_err(), Asn1Error::TooDeep);
    }
}
