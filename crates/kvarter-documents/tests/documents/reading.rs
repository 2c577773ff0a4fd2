//! Text from files that other programs have made.

use kvarter_documents::read::{Limits, Readable, read};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A file of one page with the given painting instructions and a plain font.
pub(crate) fn file(content: &[u8]) -> Document {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

pub(crate) fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file in memory");
    bytes
}

fn readable(content: &[u8]) -> Readable {
    read(&bytes(file(content)), Limits::default()).expect("a sound file")
}

fn text(content: &[u8]) -> String {
    readable(content).pages.remove(0)
}

#[test]
fn lines_come_in_the_order_they_are_painted() {
    assert_eq!(
        text(b"BT /F1 12 Tf 72 700 Td (Kommunen ska) Tj 0 -15 Td (redovisa planerna.) Tj ET"),
        "Kommunen ska\nredovisa planerna."
    );
}

#[test]
fn a_gap_reads_as_a_space_and_kerning_does_not() {
    assert_eq!(text(b"BT /F1 12 Tf 72 700 Td [(Av) 60 (tal) -300 (om) -20 (r\xE5de)] TJ ET"), "Avtal område");
}

#[test]
fn words_placed_one_by_one_are_one_line() {
    assert_eq!(text(b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (\xC5r) Tj 1 0 0 1 92 700 Tm (2008) Tj ET"), "År 2008");
}

#[test]
fn a_word_divided_at_the_line_end_is_whole_and_a_suspended_hyphen_stays() {
    assert_eq!(text(b"BT /F1 12 Tf 14 TL 72 700 Td (utveck-) Tj T* (lingsavtal) Tj ET"), "utvecklingsavtal");
    assert_eq!(
        text(b"BT /F1 12 Tf 14 TL 72 700 Td (budget-) Tj T* (och styrning) Tj ET"),
        "budget-\noch styrning"
    );
    assert_eq!(text(b"BT /F1 12 Tf 14 TL 72 700 Td (SAMS-) Tj T* (kod) Tj ET"), "SAMS-kod");
    assert_eq!(text(b"BT /F1 12 Tf 14 TL 72 700 Td (\xC4ngby-) Tj T* (\xC5ker\xF6) Tj ET"), "Ängby-Åkerö");
}

#[test]
fn a_page_foot_does_not_continue_the_divided_word_above_it() {
    let page = text(b"BT /F1 12 Tf 72 100 Td (utveck-) Tj ET BT /F1 8 Tf 72 30 Td (sida 1) Tj ET");
    assert_eq!(page, "utveck-\nsida 1");
}

#[test]
fn text_turned_on_the_page_is_read_along_its_own_line() {
    assert_eq!(text(b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (st\xE5r) Tj ( upp) Tj ET"), "står upp");
}

#[test]
fn what_a_file_says_its_text_is_counts_only_where_the_glyphs_agree() {
    let hyphen = b"BT /F1 12 Tf 72 700 Td /Span << /ActualText (plan) >> BDC (pla\xADn) Tj EMC ET";
    assert_eq!(text(hyphen), "pla-n");
    let lie = b"BT /F1 12 Tf 72 700 Td /Span << /ActualText (ska inte) >> BDC (ska) Tj EMC ( betala) Tj ET";
    assert_eq!(text(lie), "ska betala");
}

#[test]
fn text_in_a_form_is_read_and_a_form_within_itself_is_not_followed_for_ever() {
    let mut document = file(b"/Fm0 Do");
    let form = document.new_object_id();
    let page = *document.get_pages().get(&1).expect("a page");
    let resources = document
        .get_dictionary(page)
        .and_then(|page| page.get(b"Resources")?.as_reference())
        .expect("resources");
    let inside = Content {
        operations: vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 12.into()]),
            Operation::new("Tj", vec![Object::string_literal("brev")]),
            Operation::new("ET", vec![]),
            Operation::new("Do", vec!["Fm0".into()]),
        ],
    };
    let stream = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form" },
        inside.encode().expect("content"),
    );
    document.set_object(form, stream);
    document.get_dictionary_mut(resources).expect("resources").set("XObject", dictionary! { "Fm0" => form });
    let read = read(&bytes(document), Limits::default()).expect("a sound file");
    assert!(read.pages[0].starts_with("brev"));
    assert!(read.pages[0].matches("brev").count() <= 10);
}

#[test]
fn a_page_without_text_has_none() {
    let read = readable(b"0 0 100 100 re f");
    assert_eq!((read.page_count, read.has_text()), (1, false));
}
