//! Tokens and values (ISO 32000-2 § 7.2 and § 7.3), with limits on depth and number.
//!
//! The parser reads one value where it stands. Which bytes are an object, and how long a stream is,
//! is decided by the file.

use std::cell::Cell;
use std::ops::Range;

use super::object::{Dictionary, Id, Object, decimal};
use super::{MAX_OBJECT_NUMBER, PdfError};

/// How deep arrays and dictionaries may be nested.
const DEPTH_MAX: usize = 64;

/// How many values a file may still be read into; shared by all parsers of one file.
#[derive(Debug)]
pub(crate) struct Budget {
    values: Cell<usize>,
    bytes: Cell<usize>,
    /// Whether a dictionary held the same key twice, so that its meaning depends on the reader.
    pub(crate) repeated_key: Cell<bool>,
}

impl Budget {
    /// Room for this many values and decoded bytes.
    pub(crate) fn new(values: usize, bytes: usize) -> Self {
        Self { values: Cell::new(values), bytes: Cell::new(bytes), repeated_key: Cell::new(false) }
    }

    /// Takes values out of the budget.
    pub(crate) fn take_values(&self, count: usize) -> Result<(), PdfError> {
        self.values.set(self.values.get().checked_sub(count).ok_or(PdfError::TooLarge)?);
        Ok(())
    }

    /// Takes decoded bytes out of the budget.
    pub(crate) fn take_bytes(&self, count: usize) -> Result<(), PdfError> {
        self.bytes.set(self.bytes.get().checked_sub(count).ok_or(PdfError::TooLarge)?);
        Ok(())
    }

    /// How many bytes may still be decoded.
    pub(crate) fn bytes_left(&self) -> usize {
        self.bytes.get()
    }
}

/// Whether a byte is white space (ISO 32000-2 table 1).
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Reads values from bytes, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Parser<'a> {
    data: &'a [u8],
    at: usize,
    budget: &'a Budget,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(data: &'a [u8], at: usize, budget: &'a Budget) -> Self {
        Self { data, at: at.min(data.len()), budget }
    }

    /// Where the next byte is.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// All the bytes that are read from.
    pub(crate) fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Goes on reading at another place.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.at = at.min(self.data.len());
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    fn wrong<T>(&self) -> Result<T, PdfError> {
        Err(PdfError::Syntax { at: self.at })
    }

    /// Passes white space and comments.
    pub(crate) fn skip_blank(&mut self) {
        while let Some(byte) = self.peek() {
            if is_blank(byte) {
                self.at += 1;
            } else if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                    self.at += 1;
                }
            } else {
                break;
            }
        }
    }

    /// Passes this word if it stands here, after white space, as a word of its own.
    pub(crate) fn word(&mut self, word: &[u8]) -> bool {
        let before = self.at;
        self.skip_blank();
        let end = self.at + word.len();
        let whole = self.data.get(end).is_none_or(|&byte| is_blank(byte) || is_delimiter(byte));
        if self.data.get(self.at..end) == Some(word) && whole {
            self.at = end;
            return true;
        }
        self.at = before;
        false
    }

    /// Reads a whole number that is not negative.
    pub(crate) fn count(&mut self) -> Option<u64> {
        let before = self.at;
        self.skip_blank();
        let token = self.token();
        let value =
            token.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(token).ok()?.parse().ok());
        let value = value.flatten();
        if value.is_none() {
            self.at = before;
        }
        value
    }

    /// Whether only digits could come next, as in the beginning of a cross-reference subsection.
    pub(crate) fn digit_next(&mut self) -> bool {
        self.skip_blank();
        self.peek().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Reads `12 0 obj`.
    pub(crate) fn object_heading(&mut self) -> Option<Id> {
        let before = self.at;
        let id = self.count().zip(self.count()).and_then(|(number, generation)| id(number, generation));
        if id.is_none() || !self.word(b"obj") {
            self.at = before;
            return None;
        }
        id
    }

    fn token(&mut self) -> &'a [u8] {
        let from = self.at;
        while self.peek().is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        &self.data[from..self.at]
    }

    /// Reads a value; of a stream, its dictionary.
    ///
    /// # Errors
    /// [`PdfError::Syntax`], [`PdfError::TooDeep`] and [`PdfError::TooLarge`].
    pub(crate) fn value(&mut self) -> Result<Object, PdfError> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Object, PdfError> {
        if depth > DEPTH_MAX {
            return Err(PdfError::TooDeep);
        }
        self.budget.take_values(1)?;
        self.skip_blank();
        match self.peek() {
            None => self.wrong(),
            Some(b'/') => Ok(Object::Name(self.name()?)),
            Some(b'(') => Ok(Object::String(self.literal()?)),
            Some(b'<') if self.data.get(self.at + 1) == Some(&b'<') => {
                Ok(Object::Dictionary(self.dictionary(depth, &mut |_, _| {})?))
            }
            Some(b'<') => Ok(Object::String(self.hexadecimal()?)),
            Some(b'[') => self.array(depth),
            Some(byte) if is_delimiter(byte) => self.wrong(),
            Some(_) => self.plain(),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Object, PdfError> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_blank();
            if self.peek() == Some(b']') {
                self.at += 1;
                items.shrink_to_fit();
                return Ok(Object::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    /// Reads a dictionary, telling where each value stands.
    pub(crate) fn dictionary_with_places(
        &mut self,
        place: &mut dyn FnMut(&[u8], Range<usize>),
    ) -> Result<Dictionary, PdfError> {
        self.skip_blank();
        self.dictionary(0, place)
    }

    fn dictionary(
        &mut self,
        depth: usize,
        place: &mut dyn FnMut(&[u8], Range<usize>),
    ) -> Result<Dictionary, PdfError> {
        if self.data.get(self.at..self.at + 2) != Some(b"<<") {
            return self.wrong();
        }
        self.at += 2;
        let mut pairs = Vec::new();
        loop {
            self.skip_blank();
            match self.peek() {
                Some(b'>') if self.data.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    let (dictionary, repeated) = Dictionary::of(pairs);
                    if repeated {
                        self.budget.repeated_key.set(true);
                    }
                    return Ok(dictionary);
                }
                Some(b'/') => {
                    self.budget.take_values(1)?;
                    let key = self.name()?;
                    self.skip_blank();
                    let from = self.at;
                    let value = self.nested(depth + 1)?;
                    place(&key, from..self.at);
                    pairs.push((key, value));
                }
                _ => return self.wrong(),
            }
        }
    }

    fn name(&mut self) -> Result<Vec<u8>, PdfError> {
        self.at += 1;
        let token = self.token();
        if !token.contains(&b'#') {
            return Ok(token.to_vec());
        }
        let mut name = Vec::with_capacity(token.len());
        let mut rest = token;
        while let Some((&byte, after)) = rest.split_first() {
            let escaped = (byte == b'#').then(|| Some((digit(*after.first()?)?, digit(*after.get(1)?)?)));
            match escaped {
                Some(Some((high, low))) => {
                    name.push(high << 4 | low);
                    rest = &after[2..];
                }
                Some(None) => return self.wrong(),
                None => {
                    name.push(byte);
                    rest = after;
                }
            }
        }
        Ok(name)
    }

    fn literal(&mut self) -> Result<Vec<u8>, PdfError> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut open = 1_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(bytes);
                    }
                }
                b'\\' => {
                    self.escape(&mut bytes);
                    continue;
                }
                // However a line ends in the file, in the string it ends with a line feed.
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
        self.wrong()
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(next @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(next - b'0');
                    self.at += 1;
                }
                // High-order overflow is ignored, as the standard says.
                bytes.push(value.to_le_bytes()[0]);
            }
            other => bytes.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, PdfError> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match (byte, digit(byte)) {
                (b'>', _) => {
                    bytes.extend(high.map(|high: u8| high << 4));
                    return Ok(bytes);
                }
                (_, Some(value)) => match high.take() {
                    Some(high) => bytes.push(high << 4 | value),
                    None => high = Some(value),
                },
                (byte, None) if is_blank(byte) => {}
                _ => break,
            }
        }
        self.wrong()
    }

    /// A number, a reference or a word.
    fn plain(&mut self) -> Result<Object, PdfError> {
        let from = self.at;
        let token = self.token();
        match token {
            b"true" => return Ok(Object::Boolean(true)),
            b"false" => return Ok(Object::Boolean(false)),
            b"null" => return Ok(Object::Null),
            _ => {}
        }
        let Some(number) = decimal(token) else {
            self.at = from;
            return self.wrong();
        };
        if token.iter().all(u8::is_ascii_digit)
            && let Some(reference) = self.rest_of_reference(&number)
        {
            return Ok(reference);
        }
        Ok(number)
    }

    /// After `12`, reads ` 0 R` if that is what follows.
    fn rest_of_reference(&mut self, number: &Object) -> Option<Object> {
        let number = u64::try_from(number.as_integer()?).ok()?;
        let before = self.at;
        // Most numbers are followed by something else: look before reading.
        if !self.digit_next() {
            self.at = before;
            return None;
        }
        let found = self.count().and_then(|generation| id(number, generation));
        match found {
            Some(id) if self.word(b"R") => Some(Object::Reference(id)),
            _ => {
                self.at = before;
                None
            }
        }
    }
}

fn id(number: u64, generation: u64) -> Option<Id> {
    let number = u32::try_from(number).ok().filter(|&number| number <= MAX_OBJECT_NUMBER)?;
    Some(Id { number, generation: u16::try_from(generation).ok()? })
}

/// The value of a hexadecimal digit.
pub(crate) fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
