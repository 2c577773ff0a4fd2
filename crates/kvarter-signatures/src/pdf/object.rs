//! The values a PDF is made of, as they stand in a file (ISO 32000-2 § 7.3).
//!
//! Values know nothing of where they were read; resolving references is the file's business.

use std::ops::Range;

use super::PdfError;

/// An object's name in a file: its number and generation (ISO 32000-2 § 7.3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Id {
    /// The object number, from 1.
    pub number: u32,
    /// The generation, almost always 0.
    pub generation: u16,
}

impl Id {
    /// The object of this number in generation 0.
    #[must_use]
    pub fn new(number: u32) -> Self {
        Self { number, generation: 0 }
    }
}

/// A number with a fraction, kept as its shortest decimal text.
///
/// Two spellings of one number (`4.50`, `+4.5`) are one value, and no precision is lost or invented
/// on the way from a file into a hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The number nearest to `value` with at most `places` decimals, without trailing zeros.
    #[must_use]
    pub fn rounded(value: f64, places: usize) -> Object {
        let value = if value.is_finite() { value } else { 0.0 };
        decimal(format!("{value:.places$}").as_bytes()).unwrap_or(Object::Integer(0))
    }

    /// The decimal text: an optional minus sign, digits, a full stop and digits.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The nearest binary fraction.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.0.parse().unwrap_or(0.0)
    }
}

/// Reads a numeric token: an integer when it has no fraction that counts (ISO 32000-2 § 7.3.3).
pub(crate) fn decimal(token: &[u8]) -> Option<Object> {
    let (negative, digits) = match token.first()? {
        b'-' => (true, &token[1..]),
        b'+' => (false, &token[1..]),
        _ => (false, token),
    };
    let (whole, fraction) = match digits.iter().position(|&byte| byte == b'.') {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, &digits[..0]),
    };
    let all_digits = whole.iter().chain(fraction).all(u8::is_ascii_digit);
    if !all_digits || whole.is_empty() && fraction.is_empty() || digits.len() > 64 {
        return None;
    }
    let lead = whole.iter().position(|&byte| byte != b'0').unwrap_or(whole.len());
    let whole = &whole[lead..];
    let tail = fraction.iter().rposition(|&byte| byte != b'0').map_or(0, |at| at + 1);
    let fraction = &fraction[..tail];
    let mut text = String::with_capacity(whole.len() + fraction.len() + 3);
    if negative && !(whole.is_empty() && fraction.is_empty()) {
        text.push('-');
    }
    text.extend(whole.iter().map(|&byte| char::from(byte)));
    if whole.is_empty() {
        text.push('0');
    }
    if fraction.is_empty() {
        // A whole number too large for a counter is still a number; it is kept as text.
        return Some(match text.parse() {
            Ok(value) => Object::Integer(value),
            Err(_) => Object::Real(Decimal(text.into())),
        });
    }
    text.push('.');
    text.extend(fraction.iter().map(|&byte| char::from(byte)));
    Some(Object::Real(Decimal(text.into())))
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// Nothing; also what a reference to an absent object means.
    Null,
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(Decimal),
    /// A string, decoded from either of its spellings.
    String(Vec<u8>),
    /// A name without its slash, escapes decoded.
    Name(Vec<u8>),
    /// A list.
    Array(Vec<Object>),
    /// Keys and values.
    Dictionary(Dictionary),
    /// A dictionary with bytes.
    Stream(Stream),
    /// The name of another object.
    Reference(Id),
}

impl Object {
    /// A name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, whole or not.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "coordinates are far below 2^52")]
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) => Some(value.value()),
            _ => None,
        }
    }

    /// The name's bytes, if it is one.
    #[must_use]
    pub fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The string's bytes, if it is one.
    #[must_use]
    pub fn as_string(&self) -> Option<&[u8]> {
        match self {
            Self::String(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The list, if it is one.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The dictionary, of a stream too.
    #[must_use]
    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    /// The stream, if it is one.
    #[must_use]
    pub fn as_stream(&self) -> Option<&Stream> {
        match self {
            Self::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    /// The object it refers to, if it is a reference.
    #[must_use]
    pub fn as_reference(&self) -> Option<Id> {
        match self {
            Self::Reference(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<Id> for Object {
    fn from(id: Id) -> Self {
        Self::Reference(id)
    }
}

impl From<i64> for Object {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Dictionary> for Object {
    fn from(dictionary: Dictionary) -> Self {
        Self::Dictionary(dictionary)
    }
}

impl From<Vec<Object>> for Object {
    fn from(items: Vec<Object>) -> Self {
        Self::Array(items)
    }
}

/// Keys and values; keys in the order of their bytes, so that the same dictionary is always written
/// the same way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dictionary(Vec<(Vec<u8>, Object)>);

impl Dictionary {
    /// An empty dictionary.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a key as it stands, without resolving a reference.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<&Object> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn has(&self, key: &[u8]) -> bool {
        self.place(key).is_ok()
    }

    /// Sets a key; a value of [`Object::Null`] takes the key away, which means the same.
    pub fn set(&mut self, key: &str, value: impl Into<Object>) -> &mut Self {
        self.insert(key.as_bytes().to_vec(), value.into());
        self
    }

    /// The dictionary with one more key: for writing one down as an expression.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Object>) -> Self {
        self.set(key, value);
        self
    }

    /// Where a key is, or would be.
    fn place(&self, key: &[u8]) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_slice().cmp(key))
    }

    /// A dictionary of keys in any order; tells whether one stood twice, of which the last counts.
    pub(crate) fn of(mut pairs: Vec<(Vec<u8>, Object)>) -> (Self, bool) {
        let count = pairs.len();
        pairs.reverse();
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        pairs.dedup_by(|later, earlier| later.0 == earlier.0);
        let repeated = pairs.len() < count;
        pairs.retain(|(_, value)| !value.is_null());
        pairs.shrink_to_fit();
        (Self(pairs), repeated)
    }

    /// Sets a key given as bytes.
    pub(crate) fn insert(&mut self, key: Vec<u8>, value: Object) {
        match (self.place(&key), value.is_null()) {
            (Ok(place), true) => drop(self.0.remove(place)),
            (Ok(place), false) => self.0[place].1 = value,
            (Err(_), true) => {}
            (Err(place), false) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes a key away.
    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.insert(key.to_vec(), Object::Null);
    }

    /// Keys and values in the order of the keys' bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        self.0.iter().map(|(key, value)| (key.as_slice(), value))
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `/Type` (or another key) is this name.
    #[must_use]
    pub fn is(&self, key: &[u8], name: &[u8]) -> bool {
        self.get(key).and_then(Object::as_name) == Some(name)
    }
}

/// A dictionary with bytes, encoded as the dictionary's `/Filter` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// What the bytes are.
    pub dictionary: Dictionary,
    /// Where the bytes are.
    pub body: Body,
}

/// A stream's bytes: in the file that was read, or new.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// At these places in the file.
    Read(Range<usize>),
    /// Made here.
    New(Vec<u8>),
}

impl Stream {
    /// A new stream of these bytes, compressed when that makes them fewer.
    #[must_use]
    pub fn new(mut dictionary: Dictionary, bytes: Vec<u8>) -> Self {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 8);
        let body = if packed.len() + 20 < bytes.len() {
            dictionary.set("Filter", Object::name("FlateDecode"));
            packed
        } else {
            bytes
        };
        Self { dictionary, body: Body::New(body) }
    }

    /// The encoded bytes.
    ///
    /// # Errors
    /// [`PdfError::Syntax`] when the bytes are said to be outside the file.
    pub(crate) fn encoded<'a>(&'a self, file: &'a [u8]) -> Result<&'a [u8], PdfError> {
        match &self.body {
            Body::Read(range) => file.get(range.clone()).ok_or(PdfError::Syntax { at: range.start }),
            Body::New(bytes) => Ok(bytes),
        }
    }
}
