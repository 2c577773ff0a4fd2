//! Containers packed, unpacked and tampered with.

use std::io::{Cursor, Write};

use kvarter_signatures::authority::TestTimestampAuthority;
use kvarter_signatures::container::{
    ContainerError, Contents, File, MEDIA_TYPE, Most, ReferenceFault, SealReport, pack, unpack,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::world;

fn files() -> Vec<File> {
    let file = |name: &str, media_type: &str, bytes: &[u8]| File {
        name: name.into(),
        media_type: media_type.into(),
        bytes: bytes.to_vec(),
    };
    vec![
        file("avtal.pdf", "application/pdf", b"%PDF-1.7"),
        file("bilagor/mål & medel.csv", "text/csv", b"a;b\n"),
    ]
}

fn packed() -> Vec<u8> {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let stamps = TestTimestampAuthority::new(&authority, &world::today, 1);
    pack(files(), &signer, Some(&stamps), world::today()).unwrap()
}

/// The container again, with one file's content changed by `alter`, and perhaps one more file.
fn again(bytes: &[u8], alter: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        std::io::copy(&mut entry, &mut content).unwrap();
        if let Some(content) = alter(&name, content) {
            out.start_file(name, stored).unwrap();
            out.write_all(&content).unwrap();
        }
    }
    for (name, content) in more {
        out.start_file(*name, stored).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn what_is_packed_is_unpacked_and_holds() {
    let bytes = packed();
    assert_eq!(bytes, packed(), "the same bytes every time");
    assert_eq!(&bytes[30..38 + MEDIA_TYPE.len()], format!("mimetype{MEDIA_TYPE}").as_bytes());
    let container = unpack(&bytes, Most::default()).unwrap();
    assert_eq!(container.files, files());
    let [report] = &container.verify()[..] else { panic!("one manifest") };
    assert!(report.is_complete(), "{report:?}");
    let signed = container.seals[0].signature().unwrap();
    assert_eq!(signed.claimed_signing_time(), Some(world::today()));
    assert!(signed.signature_timestamp().unwrap().verify(signed.signature()).is_valid());
}

#[test]
fn a_timestamp_alone_seals_a_container_too() {
    let authority = world::authority();
    let stamps = TestTimestampAuthority::new(&authority, &world::today, 1);
    let bytes = Contents::new(files()).unwrap().stamped(&stamps).unwrap();
    let container = unpack(&bytes, Most::default()).unwrap();
    let report = &container.verify()[0];
    assert!(report.is_complete() && matches!(report.seal, SealReport::Timestamp(_)), "{report:?}");
    assert_eq!(container.seals[0].timestamp().unwrap().time(), world::today());
}

#[test]
fn a_changed_a_missing_and_an_added_file_are_named() {
    let bytes = packed();
    let changed = again(
        &bytes,
        |name, content| Some(if name == "avtal.pdf" { b"%PDF-1.4".to_vec() } else { content }),
        &[],
    );
    let report = &unpack(&changed, Most::default()).unwrap().verify()[0];
    assert_eq!(report.references[0], ("avtal.pdf".into(), Err(ReferenceFault::Mismatch)));
    assert!(!report.is_valid());

    let missing = again(&bytes, |name, content| (name != "avtal.pdf").then_some(content), &[]);
    let report = &unpack(&missing, Most::default()).unwrap().verify()[0];
    assert_eq!(report.references[0], ("avtal.pdf".into(), Err(ReferenceFault::Missing)));

    let added = again(&bytes, |_, content| Some(content), &[("more.txt", b"x")]);
    let report = &unpack(&added, Most::default()).unwrap().verify()[0];
    assert_eq!(report.left_out, ["more.txt"]);
    assert!(report.is_valid() && !report.is_complete());
}

#[test]
fn a_changed_manifest_breaks_the_signature() {
    let changed = again(
        &packed(),
        |name, content| {
            Some(if name.contains("Manifest") { [content, b"<!-- -->".to_vec()].concat() } else { content })
        },
        &[],
    );
    let report = &unpack(&changed, Most::default()).unwrap().verify()[0];
    let SealReport::Signature(integrity) = &report.seal else { panic!("{report:?}") };
    assert!(integrity.digest.is_err() && integrity.signature.is_ok());
}

#[test]
fn names_that_leave_the_container_are_refused_both_ways() {
    for name in
        ["../x", "/x", "a//b", "a/../b", "C:x", "a\\b", "", ".", "x\0", "META-INF/x", "mimetype", "a "]
    {
        let file = File { name: name.into(), media_type: String::new(), bytes: Vec::new() };
        assert!(matches!(Contents::new(vec![file]), Err(ContainerError::Name(_))), "{name:?}");
    }
    let mut twice = files();
    twice.push(File { name: "AVTAL.PDF".into(), ..twice[0].clone() });
    assert!(matches!(Contents::new(twice), Err(ContainerError::NameTwice(_))));
    let outside = again(&packed(), |_, content| Some(content), &[("../x", b"")]);
    assert!(matches!(unpack(&outside, Most::default()), Err(ContainerError::Name(_))));
    let twice = again(&packed(), |_, content| Some(content), &[("Avtal.pdf", b"")]);
    assert!(matches!(unpack(&twice, Most::default()), Err(ContainerError::NameTwice(_))));
}

#[test]
fn one_name_in_two_entries_is_refused() {
    // Two entries whose names are made the same, in the local header and in the central one.
    let mut bytes = again(&packed(), |_, content| Some(content), &[("avtal.pdg", b"another")]);
    while let Some(place) = bytes.windows(9).position(|window| window == b"avtal.pdg") {
        bytes[place + 8] = b'f';
    }
    assert_eq!(unpack(&bytes, Most::default()).unwrap_err(), ContainerError::Zip);
}

#[test]
fn a_bomb_is_stopped_while_it_unpacks() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(MEDIA_TYPE.as_bytes()).unwrap();
    zip.start_file("zeros", SimpleFileOptions::default()).unwrap();
    for _ in 0..64 {
        zip.write_all(&[0; 1 << 16]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let most = Most { bytes: 1 << 20, ..Most::default() };
    assert_eq!(unpack(&bytes, most).unwrap_err(), ContainerError::TooBig);
    let few = Most { files: 1, ..Most::default() };
    assert_eq!(unpack(&bytes, few).unwrap_err(), ContainerError::TooBig);
}

#[test]
fn a_zip_file_of_another_kind_is_no_container() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", SimpleFileOptions::default()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(unpack(&bytes, Most::default()).unwrap_err(), ContainerError::MediaType);
    assert_eq!(unpack(b"", Most::default()).unwrap_err(), ContainerError::Zip);
}
