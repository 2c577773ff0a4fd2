//! From a font's codes to characters and widths.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::{Allowance, ReadError};

/// A width that no font gave, in thousandths of the size.
const USUAL_WIDTH: f64 = 500.0;

/// One code of a shown string.
pub(super) struct Code {
    /// The characters it stands for; the replacement character where nothing tells.
    pub(super) text: String,
    /// The advance, in thousandths of the size.
    pub(super) width: f64,
    /// Whether it is a one-byte space, which word spacing widens.
    pub(super) word_space: bool,
}

type CodeToText<'a> = Box<dyn Fn(&[u8]) -> Option<String> + 'a>;

/// A font, ready to decode.
pub(super) struct Font<'a> {
    two_bytes: bool,
    to_unicode: Option<CodeToText<'a>>,
    encoding: Option<CodeToText<'a>>,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

/// The fonts met so far, so that each is prepared once.
pub(super) struct Fonts<'a> {
    document: &'a Document,
    prepared: HashMap<*const Dictionary, std::rc::Rc<Font<'a>>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, prepared: HashMap::new() }
    }

    pub(super) fn prepare(
        &mut self,
        font: &'a Dictionary,
        allowance: &mut Allowance,
    ) -> Result<std::rc::Rc<Font<'a>>, ReadError> {
        let key = std::ptr::from_ref(font);
        if let Some(known) = self.prepared.get(&key) {
            return Ok(known.clone());
        }
        let prepared = std::rc::Rc::new(Font::prepare(self.document, font, allowance)?);
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }
}

impl<'a> Font<'a> {
    fn prepare(
        document: &'a Document,
        font: &'a Dictionary,
        allowance: &mut Allowance,
    ) -> Result<Self, ReadError> {
        let two_bytes = is_subtype(font, b"Type0", document);
        let mut prepared = Self {
            two_bytes,
            to_unicode: to_unicode(document, font, allowance)?,
            encoding: None,
            widths: HashMap::new(),
            default_width: USUAL_WIDTH,
        };
        if two_bytes {
            prepared.read_composite_widths(document, font);
        } else {
            prepared.encoding = simple_encoding(document, font, allowance)?;
            prepared.read_simple_widths(document, font);
        }
        Ok(prepared)
    }

    /// The codes of a shown string, in order.
    pub(super) fn codes<'s>(&'s self, shown: &'s [u8]) -> impl Iterator<Item = Code> + 's {
        shown.chunks(if self.two_bytes { 2 } else { 1 }).map(|bytes| {
            let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let told = self.to_unicode.as_ref().and_then(|decode| decode(bytes));
            let text = told.or_else(|| self.encoding.as_ref().and_then(|decode| decode(bytes)));
            Code {
                text: text.unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string()),
                width: self.widths.get(&code).copied().unwrap_or(self.default_width),
                word_space: bytes == [b' '],
            }
        })
    }

    fn read_simple_widths(&mut self, document: &Document, font: &Dictionary) {
        // The glyphs of a Type 3 font are measured in units of its own.
        let unit = if is_subtype(font, b"Type3", document) {
            let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array);
            matrix.ok().and_then(|matrix| number(matrix.first()?)).unwrap_or(0.001) * 1000.0
        } else {
            1.0
        };
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return };
        for (offset, width) in widths.iter().take(256).enumerate() {
            let width = document.dereference(width).ok().and_then(|(_, width)| number(width));
            let code = u32::try_from(first.saturating_add(offset as i64));
            if let (Some(width), Ok(code)) = (width, code) {
                self.widths.insert(code, width * unit);
            }
        }
    }

    /// `W` is a list of `first [w w …]` and `first last w`.
    fn read_composite_widths(&mut self, document: &Document, font: &Dictionary) {
        self.default_width = 1000.0;
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let descendant = descendants.ok().and_then(|fonts| fonts.first());
        let Some(descendant) = descendant
            .and_then(|font| document.dereference(font).ok())
            .and_then(|(_, font)| font.as_dict().ok())
        else {
            return;
        };
        if let Some(width) = descendant.get_deref(b"DW", document).ok().and_then(number) {
            self.default_width = width;
        }
        let Ok(list) = descendant.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let list: Vec<&Object> = list
            .iter()
            .filter_map(|entry| document.dereference(entry).ok().map(|(_, entry)| entry))
            .collect();
        let mut rest = list.as_slice();
        while let [first, second, after @ ..] = rest {
            let Some(first) = code_number(first) else { break };
            if let Ok(widths) = second.as_array() {
                for (offset, width) in widths.iter().enumerate() {
                    if let Some(width) = number(width) {
                        self.widths.insert(first.saturating_add(offset as u32), width);
                    }
                }
                rest = after;
            } else if let ([width, after @ ..], Some(last)) = (after, code_number(second)) {
                // Codes have two bytes: a range that claims more is cut.
                if let Some(width) = number(width) {
                    self.widths.extend((first..=last.min(0xFFFF)).map(|code| (code, width)));
                }
                rest = after;
            } else {
                break;
            }
        }
    }
}

/// The font's own table of characters, which is the best witness where it exists.
fn to_unicode<'a>(
    document: &Document,
    font: &Dictionary,
    allowance: &mut Allowance,
) -> Result<Option<CodeToText<'a>>, ReadError> {
    let Ok(table) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream) else {
        return Ok(None);
    };
    // Unpacked once to be counted, and then parsed by the library through a font that has nothing
    // but this table.
    let unpacked =
        table.get_plain_content_with_limit(allowance.stream()).map_err(|error| allowance.explain(&error));
    match unpacked {
        Ok(content) => allowance.take_unpacked(content.len())?,
        Err(error @ ReadError::TooMuch { .. }) => return Err(error),
        Err(_) => return Ok(None),
    }
    let mut alone = Dictionary::new();
    alone.set("Type", Object::Name(b"Font".to_vec()));
    alone.set("ToUnicode", Object::Stream(table.clone()));
    let Ok(Encoding::UnicodeMapEncoding(map)) =
        alone.get_font_encoding_with_limit(document, allowance.limits.stream)
    else {
        return Ok(None);
    };
    Ok(Some(Box::new(move |bytes| {
        let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let length = u8::try_from(bytes.len()).ok()?;
        let units = map.get(code, length).or_else(|| map.get(code, 3 - length))?;
        let text = String::from_utf16_lossy(&units);
        text.chars().all(is_told).then_some(text)
    })))
}

/// The encoding of a simple font, code by code.
fn simple_encoding<'a>(
    document: &'a Document,
    font: &'a Dictionary,
    allowance: &Allowance,
) -> Result<Option<CodeToText<'a>>, ReadError> {
    let encoding = match font.get_font_encoding_with_limit(document, allowance.stream()) {
        Ok(Encoding::UnicodeMapEncoding(_)) | Err(lopdf::Error::DictType { .. }) => return Ok(None),
        Ok(encoding) => encoding,
        Err(error) => match allowance.explain(&error) {
            error @ ReadError::TooMuch { .. } => return Err(error),
            _ => return Ok(None),
        },
    };
    Ok(Some(Box::new(move |bytes| {
        let text = encoding.bytes_to_string(bytes).ok()?;
        (!text.is_empty() && text.chars().all(is_told)).then_some(text)
    })))
}

/// Whether an object says that it is of this kind.
pub(super) fn is_subtype(object: &Dictionary, kind: &[u8], document: &Document) -> bool {
    object.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|name| name == kind)
}

/// A table that maps to nothing, or to a private use, tells nothing.
fn is_told(c: char) -> bool {
    c != '\0' && c != char::REPLACEMENT_CHARACTER && !('\u{E000}'..='\u{F8FF}').contains(&c)
}

pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

fn code_number(object: &Object) -> Option<u32> {
    u32::try_from(object.as_i64().ok()?).ok().filter(|code| *code <= 0xFFFF)
}
