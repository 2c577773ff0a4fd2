//! Files made to do harm do none: each is answered with an error or with what little it says.

use std::time::Duration;

use kvarter_documents::model::Original;
use kvarter_documents::read::{Excess, Limits, ReadError, read};
use kvarter_documents::render;
use kvarter_documents::scan::{ScanError, examine};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::models::{agreement_document, moment, stockholm};
use crate::reading::{bytes, file};

const MOST: usize = 50 << 20;

/// Bytes without order, the same every time.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn an_empty_file_is_told_as_empty() {
    assert_eq!(read(b"", Limits::default()), Err(ReadError::Empty));
    assert_eq!(examine(b"", MOST), Err(ScanError::Empty));
}

#[test]
fn noise_is_no_pdf_and_no_scan() {
    for seed in 0..20 {
        let noise = noise(4000, seed);
        assert_eq!(read(&noise, Limits::default()), Err(ReadError::NotPdf));
        assert_eq!(examine(&noise, MOST), Err(ScanError::UnknownKind));
    }
}

#[test]
fn noise_that_begins_as_a_pdf_is_damaged() {
    for seed in 0..20 {
        let noise = [b"%PDF-1.7\n".to_vec(), noise(4000, seed)].concat();
        assert!(read(&noise, Limits::default()).is_err());
        assert!(examine(&noise, MOST).is_err());
    }
}

#[test]
fn a_file_cut_short_or_with_spoilt_bytes_never_harms() {
    let model = stockholm(Original::A);
    let whole = render(agreement_document(&model), moment()).expect("the agreement").bytes;
    for part in 1..20 {
        let cut = &whole[..whole.len() * part / 20];
        let _ = (read(cut, Limits::default()), examine(cut, MOST));
        let mut spoilt = whole.clone();
        for (place, byte) in noise(200, part as u64).chunks(2).enumerate() {
            let at = (usize::from(byte[0]) * 251 + place * 577) % spoilt.len();
            spoilt[at] = byte[1];
        }
        let _ = (read(&spoilt, Limits::default()), examine(&spoilt, MOST));
    }
}

#[test]
fn a_file_over_the_limit_is_not_opened() {
    let limits = Limits { bytes: 100, ..Limits::default() };
    assert_eq!(read(&[b'x'; 101], limits), Err(ReadError::TooMuch { what: Excess::Bytes, most: 100 }));
    assert_eq!(examine(&[b'x'; 101], 100), Err(ScanError::TooLarge { bytes: 101, most: 100 }));
}

/// A page tree of which every leaf is the same page, `wide` times `wide` of them.
fn many_pages(wide: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let (root, middle) = (document.new_object_id(), document.new_object_id());
    let pages: Vec<Object> = (0..wide)
        .map(|_| document.add_object(dictionary! { "Type" => "Page", "Parent" => middle }).into())
        .collect();
    document.set_object(middle, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => wide as i64 });
    let kids: Vec<Object> = (0..wide).map(|_| middle.into()).collect();
    document.set_object(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 100_000_000 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    bytes(document)
}

#[test]
fn a_hundred_thousand_pages_are_too_many() {
    let limits = Limits::default();
    let error = ReadError::TooMuch { what: Excess::Pages, most: limits.pages };
    let file = many_pages(400);
    match read(&file, limits) {
        Err(told) => assert_eq!(told, error),
        // The library may refuse to walk the same branch again.
        Ok(readable) => assert!(readable.page_count <= limits.pages),
    }
    let mut flat = Document::with_version("1.7");
    let root = flat.new_object_id();
    let page: Object = flat.add_object(dictionary! { "Type" => "Page", "Parent" => root }).into();
    flat.set_object(
        root,
        dictionary! { "Type" => "Pages", "Kids" => vec![page; 100_000], "Count" => 100_000 },
    );
    let catalog = flat.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    flat.trailer.set("Root", catalog);
    let flat = bytes(flat);
    match read(&flat, limits) {
        Err(told) => assert_eq!(told, error),
        Ok(readable) => assert!(readable.page_count <= limits.pages),
    }
    let _ = examine(&flat, MOST);
}

#[test]
fn a_page_tree_that_bites_its_tail_ends() {
    let mut document = Document::with_version("1.7");
    let root = document.new_object_id();
    document.set_object(
        root,
        dictionary! { "Type" => "Pages", "Kids" => vec![root.into()], "Parent" => root, "Count" => 1 },
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    assert_eq!(read(&bytes(document), Limits::default()), Err(ReadError::NoPages));
}

#[test]
fn deep_nesting_is_no_harm() {
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("(", ")")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let content = format!("BT /F1 12 Tf (ord) Tj {deep} TJ ET");
        let _ = read(&bytes(file(content.as_bytes())), Limits::default());
        let object =
            format!("%PDF-1.7\n1 0 obj\n{deep}\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF");
        assert!(read(object.as_bytes(), Limits::default()).is_err());
    }
}

/// A page whose content is a stream of one byte repeated, packed and packed again.
fn bomb(unpacked: usize) -> Vec<u8> {
    let mut document = file(b"");
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; unpacked]);
    stream.compress().expect("packed");
    let page = *document.get_pages().get(&1).expect("a page");
    let content = document.add_object(stream);
    document.get_dictionary_mut(page).expect("a page").set("Contents", content);
    bytes(document)
}

#[test]
fn a_stream_that_unpacks_beyond_the_limit_is_refused() {
    let packed = bomb(200 << 20);
    assert!(packed.len() < 1 << 20);
    let told = read(&packed, Limits::default());
    assert!(matches!(told, Err(ReadError::TooMuch { what: Excess::Unpacked, .. })), "{told:?}");
}

#[test]
fn endless_painting_is_stopped() {
    let limits = Limits { operations: 10_000, ..Limits::default() };
    let told = read(&bytes(file(&b"q Q ".repeat(20_000))), limits);
    assert_eq!(told, Err(ReadError::TooMuch { what: Excess::Operations, most: 10_000 }));
    let limits = Limits { characters: 1_000, ..Limits::default() };
    let told = read(
        &bytes(file(&[b"BT /F1 1 Tf (".to_vec(), vec![b'a'; 2_000], b") Tj ET".to_vec()].concat())),
        limits,
    );
    assert_eq!(told, Err(ReadError::TooMuch { what: Excess::Characters, most: 1_000 }));
}

#[test]
fn patience_ends() {
    let limits = Limits { patience: Duration::ZERO, ..Limits::default() };
    let told = read(&bytes(file(&b"q Q ".repeat(200_000))), limits);
    assert_eq!(told, Err(ReadError::TooSlow(Duration::ZERO)));
}

#[test]
fn numbers_that_are_none_move_nothing() {
    let content = b"BT /F1 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (ord) Tj 0 0 0 0 0 0 Tm (tal) Tj 99999999999999999999999 TL T* (x) Tj ET";
    assert!(read(&bytes(file(content)), Limits::default()).is_ok());
}

#[test]
fn an_encrypted_file_is_told_as_encrypted() {
    let mut document = file(b"BT /F1 12 Tf (hemligt) Tj ET");
    let key = Object::String(vec![0; 16], lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![key.clone(), key]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "o",
        user_password: "u",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).expect("a state");
    document.encrypt(&state).expect("encrypted");
    let bytes = bytes(document);
    assert_eq!(read(&bytes, Limits::default()), Err(ReadError::Encrypted));
    assert_eq!(examine(&bytes, MOST), Err(ScanError::Encrypted));
}
