//! What an uploaded scan is, judged by its content and never by its name.
//!
//! A scan is evidence and is kept as it came: this only tells whether it is a picture or a PDF
//! that a person will be able to open, of how many pages and how large. It looks at headers and
//! directories and unpacks no picture.

use imagesize::ImageType;
use serde::{Deserialize, Serialize};

use crate::read::is_pdf;

/// The most directories that are followed in a TIFF.
const MOST_TIFF_PAGES: usize = 2_000;

/// A kind of file that a scan may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScanKind {
    /// A PDF.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A TIFF, which may have several pages.
    Tiff,
}

impl ScanKind {
    /// The media type, for when the file is shown again.
    pub fn media_type(self) -> &'static str {
        match self {
            ScanKind::Pdf => "application/pdf",
            ScanKind::Png => "image/png",
            ScanKind::Jpeg => "image/jpeg",
            ScanKind::Tiff => "image/tiff",
        }
    }
}

/// What a scan turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Its kind.
    pub kind: ScanKind,
    /// The number of pages; a picture has one.
    pub pages: usize,
    /// The size in pixels, of a picture's first page.
    pub pixels: Option<Pixels>,
    /// The size in bytes.
    pub bytes: usize,
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

/// Why a file is not taken as a scan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than allowed.
    #[error("the file has {bytes} bytes; at most {most} are taken")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// It is neither a PDF nor a PNG, JPEG or TIFF picture.
    #[error("the file is neither a PDF nor a PNG, JPEG or TIFF picture")]
    UnknownKind,
    /// It begins as one of them, but is not whole.
    #[error("the file begins as {kind:?} but cannot be opened")]
    Damaged {
        /// What it begins as.
        kind: ScanKind,
    },
    /// It is a PDF that needs a password, which nobody will have in thirty years.
    #[error("the PDF is encrypted")]
    Encrypted,
    /// It has more pages than an agreement or its annexes can have.
    #[error("the file has too many pages: at most {most}")]
    TooManyPages {
        /// The limit.
        most: usize,
    },
}

/// Examine an upload of at most `most` bytes.
pub fn examine(bytes: &[u8], most: usize) -> Result<Scan, ScanError> {
    if bytes.is_empty() {
        return Err(ScanError::Empty);
    }
    if bytes.len() > most {
        return Err(ScanError::TooLarge { bytes: bytes.len(), most });
    }
    if is_pdf(bytes) {
        return examine_pdf(bytes, most);
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => ScanKind::Png,
        Ok(ImageType::Jpeg) => ScanKind::Jpeg,
        Ok(ImageType::Tiff) => ScanKind::Tiff,
        _ => return Err(ScanError::UnknownKind),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| ScanError::Damaged { kind })?;
    let pages = if kind == ScanKind::Tiff { tiff_pages(bytes)? } else { 1 };
    if size.width == 0 || size.height == 0 || !is_whole(kind, bytes) {
        return Err(ScanError::Damaged { kind });
    }
    Ok(Scan {
        kind,
        pages,
        pixels: Some(Pixels { width: size.width, height: size.height }),
        bytes: bytes.len(),
    })
}

fn examine_pdf(bytes: &[u8], most: usize) -> Result<Scan, ScanError> {
    use crate::read::{Excess, Limits, ReadError, count_pages};
    let limits = Limits { bytes: most, ..Limits::default() };
    match count_pages(bytes, limits) {
        Ok(pages) => Ok(Scan { kind: ScanKind::Pdf, pages, pixels: None, bytes: bytes.len() }),
        Err(ReadError::Encrypted) => Err(ScanError::Encrypted),
        Err(ReadError::TooMuch { what: Excess::Pages, most }) => Err(ScanError::TooManyPages { most }),
        Err(_) => Err(ScanError::Damaged { kind: ScanKind::Pdf }),
    }
}

/// Whether a picture has its end: an upload that was cut short has not.
fn is_whole(kind: ScanKind, bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(4096)..];
    let ends_with = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
    match kind {
        ScanKind::Png => ends_with(b"IEND"),
        ScanKind::Jpeg => ends_with(&[0xFF, 0xD9]),
        ScanKind::Tiff | ScanKind::Pdf => true,
    }
}

/// The number of image file directories: a chain of offsets, followed without going round.
fn tiff_pages(bytes: &[u8]) -> Result<usize, ScanError> {
    let damaged = || ScanError::Damaged { kind: ScanKind::Tiff };
    let big_endian = bytes.starts_with(b"MM");
    let take = |at: usize, length: usize| bytes.get(at..at.checked_add(length)?);
    let whole = |part: &[u8]| {
        let fold = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        if big_endian { part.iter().fold(0, fold) } else { part.iter().rev().fold(0, fold) }
    };
    let number = |at: usize, length: usize| take(at, length).map(whole).ok_or_else(damaged);

    // BigTIFF (43) has eight-byte offsets and counts; plain TIFF (42) four and two.
    let (mut next, count_length, entry, offset_length) =
        if number(2, 2)? == 43 { (number(8, 8)?, 8, 20, 8) } else { (number(4, 4)?, 2, 12, 4) };
    let mut pages = 0;
    while next != 0 {
        pages += 1;
        if pages > MOST_TIFF_PAGES {
            return Err(ScanError::TooManyPages { most: MOST_TIFF_PAGES });
        }
        let entries = number(next, count_length)?;
        let end = entries
            .checked_mul(entry)
            .and_then(|length| next.checked_add(count_length)?.checked_add(length))
            .ok_or_else(damaged)?;
        next = number(end, offset_length)?;
    }
    if pages == 0 { Err(damaged()) } else { Ok(pages) }
}
