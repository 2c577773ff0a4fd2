//! Files that are made to do harm, or are only broken: an answer, never a crash, and never more memory than said.

use std::io::{Cursor, Write};

use kvarter_domain::problem::Problems;
use kvarter_services::plan_exchange::{limit, read_docx, read_markdown, read_xlsx, write_docx, write_xlsx};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::workbook::filled;
use crate::world::{found, terms, whole};

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("room");
    }
    zip.finish().expect("a zip").into_inner()
}

fn both(bytes: &[u8]) -> [Problems; 2] {
    [
        read_xlsx(bytes, &whole(), &[], &terms()).expect_err("no workbook"),
        read_docx(bytes, &[], &terms()).expect_err("no document"),
    ]
}

fn code(problems: &Problems) -> &str {
    found(problems)[0].0
}

#[test]
fn fifty_megabytes_are_refused_unopened() {
    let bytes = vec![b'P'; 50 << 20];
    for problems in both(&bytes) {
        assert_eq!(code(&problems), "exchange-too-large");
    }
    let text = "a".repeat(limit::TEXT_BYTES_MAX + 1);
    assert_eq!(code(&read_markdown(&text, &[], &terms()).expect_err("too large")), "exchange-too-large");
}

#[test]
fn a_file_that_unpacks_without_end_is_stopped_on_the_way() {
    let zeroes = vec![b' '; (limit::UNPACKED_BYTES_MAX + 10) as usize];
    let bomb = zipped(&[("[Content_Types].xml", TYPES.as_bytes()), ("xl/media/picture.png", &zeroes)]);
    assert!(bomb.len() < limit::PACKED_BYTES_MAX);
    for problems in both(&bomb) {
        assert_eq!(code(&problems), "exchange-unpacks-too-large");
    }
    let names: Vec<String> = (0..=limit::ENTRIES_MAX).map(|n| format!("{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    for problems in both(&zipped(&many)) {
        assert_eq!(code(&problems), "exchange-unpacks-too-large");
    }
}

/// A workbook whose strings are as told.
fn with_strings(strings: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

#[test]
fn what_xml_can_be_made_to_do_is_refused() {
    let laughs = "<!DOCTYPE s [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><sst>&b;</sst>";
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let many = format!("<sst>{}</sst>", "<si/>".repeat(limit::ELEMENTS_MAX + 1));
    let greedy = "<sst uniqueCount=\"99999999999\"/>";
    let greedier = "<sst uniqueCount=\"18446744073709551615\"/>";
    for (strings, expected) in [
        (laughs, "exchange-with-entities"),
        ("<sst>&hej;</sst>", "exchange-with-entities"),
        (&*deep, "exchange-asks-too-much"),
        (&*many, "exchange-asks-too-much"),
        (greedy, "exchange-asks-too-much"),
        (greedier, "exchange-asks-too-much"),
        ("<sst>", "exchange-unreadable"),
        ("", "exchange-unreadable"),
    ] {
        let problems = read_xlsx(&with_strings(strings), &whole(), &[], &terms()).expect_err("refused");
        assert_eq!(code(&problems), expected, "{}", &strings[..strings.len().min(80)]);
    }
    for (document, expected) in [(laughs, "exchange-with-entities"), (&*deep, "exchange-asks-too-much")] {
        let bytes =
            zipped(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())]);
        assert_eq!(code(&read_docx(&bytes, &[], &terms()).expect_err("refused")), expected);
    }
}

#[test]
fn macros_locked_files_and_files_of_another_kind_are_told_apart() {
    let types = TYPES.replace(
        "/>",
        "><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>",
    );
    let xlsm = zipped(&[("[Content_Types].xml", types.as_bytes())]);
    let hidden = zipped(&[("[Content_Types].xml", TYPES.as_bytes()), ("xl/vbaProject.bin", b"x")]);
    for bytes in [xlsm, hidden] {
        for problems in both(&bytes) {
            assert_eq!(code(&problems), "exchange-with-macros");
        }
    }
    for problems in both(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]) {
        assert_eq!(code(&problems), "exchange-old-or-locked");
    }
    let document = write_docx(&whole(), &terms()).expect("room");
    let workbook = write_xlsx(&whole(), &terms()).expect("room");
    let swapped = read_xlsx(&document, &whole(), &[], &terms()).expect_err("a document");
    assert_eq!(code(&swapped), "exchange-no-workbook");
    assert_eq!(code(&read_docx(&workbook, &[], &terms()).expect_err("a workbook")), "exchange-no-document");
}

#[test]
fn a_cell_at_the_end_of_the_world_asks_for_no_memory() {
    let bytes = filled(|goals, _| {
        goals.write(1_048_575, 16_383, 1).expect("the last cell there is");
    });
    let problems = read_xlsx(&bytes, &whole(), &[], &terms()).expect_err("too far away");
    assert_eq!(found(&problems), [("exchange-too-many-rows", "Mål!XFD1048576")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn files_cut_short_or_bitten_are_answered(cut in 0.0..1.0_f64, bites in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 0..4)) {
        for bytes in [write_docx(&whole(), &terms()), write_xlsx(&whole(), &terms())] {
            let mut bytes = bytes.expect("room");
            for (at, byte) in &bites {
                let at = (bytes.len() as f64 * at) as usize;
                bytes[at] = *byte;
            }
            if bites.is_empty() {
                bytes.truncate((bytes.len() as f64 * cut) as usize);
            }
            let _ = read_docx(&bytes, &[], &terms());
            let _ = read_xlsx(&bytes, &whole(), &[], &terms());
        }
    }

    #[test]
    fn random_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for start in [b"".as_slice(), b"PK\x03\x04"] {
            let bytes = [start, &bytes].concat();
            let _ = both(&bytes);
        }
    }
}
