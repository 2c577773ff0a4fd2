//! Uploaded scans, judged by what they hold.

use kvarter_documents::model::Original;
use kvarter_documents::render;
use kvarter_documents::scan::{Pixels, ScanError, ScanKind, examine};

use crate::models::{agreement_document, moment, stockholm};

const MOST: usize = 1 << 20;

fn png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x09\xB0\0\0\x0D\xB4\x08\0\0\0\0".to_vec();
    png.extend([0; 40]);
    png.extend(b"\0\0\0\0IEND\xAEB`\x82");
    png
}

fn jpeg() -> Vec<u8> {
    let mut jpeg = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    jpeg.extend(b"\xFF\xC0\0\x0B\x08\x0D\xB4\x09\xB0\x01\x01\x11\0");
    jpeg.extend(b"\xFF\xD9");
    jpeg
}

/// A TIFF whose directories give width and height, one after another.
fn tiff(pages: usize) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    for page in 1..=pages {
        tiff.extend(2_u16.to_le_bytes());
        for (tag, value) in [(256_u16, 2480_u32), (257, 3508)] {
            tiff.extend(tag.to_le_bytes());
            tiff.extend(4_u16.to_le_bytes());
            tiff.extend(1_u32.to_le_bytes());
            tiff.extend(value.to_le_bytes());
        }
        let next = if page == pages { 0 } else { tiff.len() as u32 + 4 };
        tiff.extend(next.to_le_bytes());
    }
    tiff
}

#[test]
fn a_pdf_is_known_with_its_pages() {
    let pdf = render(agreement_document(&stockholm(Original::A)), moment()).expect("the agreement");
    let scan = examine(&pdf.bytes, MOST).expect("a pdf");
    assert_eq!(
        (scan.kind, scan.pages, scan.kind.media_type()),
        (ScanKind::Pdf, pdf.pages, "application/pdf")
    );
}

#[test]
fn pictures_are_known_by_content_with_their_size() {
    for (bytes, kind) in [(png(), ScanKind::Png), (jpeg(), ScanKind::Jpeg), (tiff(1), ScanKind::Tiff)] {
        let scan = examine(&bytes, MOST).expect("a picture");
        assert_eq!((scan.kind, scan.pages), (kind, 1));
        let pixels = scan.pixels.expect("a size");
        assert!(matches!(pixels, Pixels { width: 2480, height: 3508 }), "{kind:?} {pixels:?}");
    }
}

#[test]
fn the_pages_of_a_tiff_are_counted() {
    assert_eq!(examine(&tiff(3), MOST).expect("a picture").pages, 3);
}

#[test]
fn a_tiff_that_goes_round_is_refused() {
    let mut tiff = tiff(1);
    let end = tiff.len() - 4;
    tiff[end..].copy_from_slice(&8_u32.to_le_bytes());
    assert!(matches!(examine(&tiff, MOST), Err(ScanError::TooManyPages { .. })));
}

#[test]
fn what_was_cut_short_is_damaged() {
    for (bytes, kind) in [(png(), ScanKind::Png), (jpeg(), ScanKind::Jpeg), (tiff(1), ScanKind::Tiff)] {
        let cut = &bytes[..bytes.len() - 5];
        assert_eq!(examine(cut, MOST), Err(ScanError::Damaged { kind }));
    }
}

#[test]
fn other_files_are_not_scans_whatever_they_are_called() {
    for other in [
        &b"GIF89a\x01\0\x01\0\0\0\0;"[..],
        b"PK\x03\x04 a document",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\0",
        b"avtal.pdf",
    ] {
        assert_eq!(examine(other, MOST), Err(ScanError::UnknownKind));
    }
}
