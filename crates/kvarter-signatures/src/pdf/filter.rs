//! Streams decoded, within limits: Flate with predictors, ASCIIHex, ASCII85, RunLength
//! (ISO 32000-2 § 7.4).
//!
//! Filters for pictures, and LZW, are not decoded: what remains is told together with the bytes as
//! they stand, so that a hash still covers them.

use super::PdfError;
use super::file::View;
use super::object::{Dictionary, Object, Stream};
use super::syntax::{Budget, digit, is_blank};

/// More than this no single stream may become.
const DECODED_MAX: usize = 64 << 20;
/// More filters on one stream than this no producer writes.
const FILTERS_MAX: usize = 8;

/// A stream's bytes, decoded as far as our filters go.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// The filters that remain to be undone, each with its parameters; none when `bytes` is the data.
    pub(crate) rest: Vec<(Vec<u8>, Object)>,
}

impl Decoded {
    /// The data, when every filter was undone.
    pub(crate) fn whole(self) -> Result<Vec<u8>, PdfError> {
        if self.rest.is_empty() { Ok(self.bytes) } else { Err(PdfError::Undecodable) }
    }
}

/// Decodes a stream; indirect filter names and parameters are resolved in `view`.
pub(crate) fn decode(view: View<'_>, stream: &Stream) -> Result<Decoded, PdfError> {
    let resolved = |value: &Object| view.resolve(value).map(|found| Object::clone(&found));
    let chain = chain(&resolved, &stream.dictionary)?;
    run(chain, stream.encoded(view.file().bytes())?, view.file().budget())
}

/// Decodes a stream that may not lean on other objects, such as a cross-reference stream.
pub(crate) fn decode_alone(
    dictionary: &Dictionary,
    encoded: &[u8],
    budget: &Budget,
) -> Result<Vec<u8>, PdfError> {
    let direct = |value: &Object| match value {
        Object::Reference(_) => Err(PdfError::Undecodable),
        value => Ok(value.clone()),
    };
    run(chain(&direct, dictionary)?, encoded, budget)?.whole()
}

type Step = (Vec<u8>, Object);

fn run(chain: Vec<Step>, encoded: &[u8], budget: &Budget) -> Result<Decoded, PdfError> {
    let mut bytes = std::borrow::Cow::Borrowed(encoded);
    let mut rest = Vec::new();
    for (name, parameters) in chain {
        let limit = DECODED_MAX.min(budget.bytes_left());
        let decoded = match name.as_slice() {
            _ if !rest.is_empty() => None,
            b"FlateDecode" | b"Fl" => Some(unpredict(inflate(&bytes, limit)?, &parameters)?),
            b"ASCIIHexDecode" | b"AHx" => Some(ascii_hex(&bytes)?),
            b"ASCII85Decode" | b"A85" => Some(ascii85(&bytes)?),
            b"RunLengthDecode" | b"RL" => Some(run_length(&bytes, limit)?),
            _ => None,
        };
        match decoded {
            Some(decoded) => {
                budget.take_bytes(decoded.len())?;
                bytes = decoded.into();
            }
            None => rest.push((name, parameters)),
        }
    }
    Ok(Decoded { bytes: bytes.into_owned(), rest })
}

type Resolve<'r> = &'r dyn Fn(&Object) -> Result<Object, PdfError>;

fn chain(resolve: Resolve<'_>, dictionary: &Dictionary) -> Result<Vec<Step>, PdfError> {
    // A stream whose data lies in another file is not one that we can vouch for.
    if dictionary.has(b"F") {
        return Err(PdfError::Undecodable);
    }
    let list = |key: &[u8]| -> Result<Vec<Object>, PdfError> {
        let Some(value) = dictionary.get(key) else { return Ok(Vec::new()) };
        match resolve(value)? {
            Object::Null => Ok(Vec::new()),
            Object::Array(items) if items.len() > FILTERS_MAX => Err(PdfError::Undecodable),
            Object::Array(items) => items.iter().map(resolve).collect(),
            value => Ok(vec![value]),
        }
    };
    let mut parameters = list(b"DecodeParms")?.into_iter();
    let mut steps = Vec::new();
    for name in list(b"Filter")? {
        let name = name.as_name().ok_or(PdfError::Undecodable)?.to_vec();
        steps.push((name, flat(resolve, parameters.next())?));
    }
    Ok(steps)
}

/// Parameters with their own values resolved, so that nothing more has to be looked up.
fn flat(resolve: Resolve<'_>, parameters: Option<Object>) -> Result<Object, PdfError> {
    let Some(Object::Dictionary(parameters)) = parameters else { return Ok(Object::Null) };
    let mut flat = Dictionary::new();
    for (key, value) in parameters.iter() {
        // The globals of a JBIG2 picture are a stream, which is not ours to undo.
        let value = if key == b"JBIG2Globals" { value.clone() } else { resolve(value)? };
        flat.insert(key.to_vec(), value);
    }
    Ok(flat.into())
}

fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, PdfError> {
    use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
    decompress_to_vec_zlib_with_limit(bytes, limit).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => PdfError::TooLarge,
        _ => PdfError::Undecodable,
    })
}

/// Undoes a predictor (ISO 32000-2 § 7.4.4.4).
fn unpredict(bytes: Vec<u8>, parameters: &Object) -> Result<Vec<u8>, PdfError> {
    let Some(parameters) = parameters.as_dictionary() else {
        return Ok(bytes);
    };
    let number = |key: &[u8], otherwise: i64| -> Result<i64, PdfError> {
        let Some(value) = parameters.get(key) else { return Ok(otherwise) };
        value.as_integer().ok_or(PdfError::Undecodable)
    };
    let predictor = number(b"Predictor", 1)?;
    if predictor == 1 {
        return Ok(bytes);
    }
    let bits = number(b"BitsPerComponent", 8)?;
    let (colors, columns) = (number(b"Colors", 1)?, number(b"Columns", 1)?);
    if !(1..=32).contains(&colors) || !(1..=1 << 20).contains(&columns) || ![1, 2, 4, 8, 16].contains(&bits) {
        return Err(PdfError::Undecodable);
    }
    let size = |bits: i64| usize::try_from((bits + 7) / 8).map_err(|_| PdfError::Undecodable);
    let (pixel, row) = (size(colors * bits)?, size(colors * bits * columns)?);
    match predictor {
        2 if bits == 8 => Ok(untiff(bytes, pixel, row)),
        10..=15 => unpng(&bytes, pixel, row),
        _ => Err(PdfError::Undecodable),
    }
}

fn untiff(mut bytes: Vec<u8>, pixel: usize, row: usize) -> Vec<u8> {
    for line in bytes.chunks_mut(row) {
        for at in pixel..line.len() {
            line[at] = line[at].wrapping_add(line[at - pixel]);
        }
    }
    bytes
}

fn unpng(bytes: &[u8], pixel: usize, row: usize) -> Result<Vec<u8>, PdfError> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; row];
    for line in bytes.chunks(row + 1) {
        let (&kind, line) = line.split_first().ok_or(PdfError::Undecodable)?;
        let mut current = vec![0_u8; row];
        for (at, &byte) in line.iter().enumerate() {
            let left = if at >= pixel { current[at - pixel] } else { 0 };
            let up = above[at];
            let corner = if at >= pixel { above[at - pixel] } else { 0 };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => return Err(PdfError::Undecodable),
            };
            current[at] = byte.wrapping_add(guess);
        }
        out.extend_from_slice(&current[..line.len()]);
        above = current;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |value: u8| (guess - i16::from(value)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

fn ascii_hex(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut high = None;
    for &byte in bytes.iter().filter(|&&byte| !is_blank(byte)) {
        if byte == b'>' {
            break;
        }
        let value = digit(byte).ok_or(PdfError::Undecodable)?;
        match high.take() {
            Some(high) => out.push(high << 4 | value),
            None => high = Some(value),
        }
    }
    out.extend(high.map(|high: u8| high << 4));
    Ok(out)
}

fn ascii85(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut group = [84_u8; 5];
    let mut filled = 0;
    for &byte in bytes.iter().filter(|&&byte| !is_blank(byte)) {
        match byte {
            b'~' => break,
            b'z' if filled == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group[filled] = byte - b'!';
                filled += 1;
                if filled == 5 {
                    out.extend(sum85(group)?);
                    (group, filled) = ([84; 5], 0);
                }
            }
            _ => return Err(PdfError::Undecodable),
        }
    }
    match filled {
        0 => {}
        1 => return Err(PdfError::Undecodable),
        _ => out.extend_from_slice(&sum85(group)?[..filled - 1]),
    }
    Ok(out)
}

fn sum85(group: [u8; 5]) -> Result<[u8; 4], PdfError> {
    let sum = group.iter().fold(0_u64, |sum, &value| sum * 85 + u64::from(value));
    u32::try_from(sum).map(u32::to_be_bytes).map_err(|_| PdfError::Undecodable)
}

fn run_length(mut bytes: &[u8], limit: usize) -> Result<Vec<u8>, PdfError> {
    let mut out = Vec::new();
    while let Some((&length, rest)) = bytes.split_first() {
        if length == 128 {
            break;
        }
        if length < 128 {
            let count = usize::from(length) + 1;
            out.extend_from_slice(rest.get(..count).ok_or(PdfError::Undecodable)?);
            bytes = &rest[count..];
        } else {
            let (&byte, rest) = rest.split_first().ok_or(PdfError::Undecodable)?;
            out.resize(out.len() + 257 - usize::from(length), byte);
            bytes = rest;
        }
        if out.len() > limit {
            return Err(PdfError::TooLarge);
        }
    }
    Ok(out)
}
