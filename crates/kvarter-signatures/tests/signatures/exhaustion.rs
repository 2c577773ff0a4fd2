//! Files made to exhaust a reader: each is answered, soon and with an error.

use kvarter_signatures::certificate::{Anchors, Evidence, SubIndication};
use kvarter_signatures::pdf::{File, PdfError, pages, strays};
use kvarter_signatures::policy::Policy;
use kvarter_signatures::seal::seal;
use kvarter_signatures::verdict::Verdict;
use kvarter_signatures::verify::verify;

use crate::forge::{Small, stream};
use crate::{agreement, world};

/// A file of these objects, numbered from 1; the first is the catalog.
fn file(objects: &[String]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut lines = format!("0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, body) in (1..).zip(objects) {
        lines.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let at = pdf.len();
    let size = objects.len() + 1;
    pdf.extend(
        format!("xref\n{lines}trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{at}\n%%EOF\n").bytes(),
    );
    pdf
}

fn catalog(more: &str) -> String {
    format!("<</Type/Catalog/Pages 2 0 R{more}>>")
}

fn verdict(pdf: &[u8]) -> Verdict {
    verify(pdf, &Anchors::none(), &Evidence::default(), &Policy::house(), world::today()).verdict
}

#[test]
fn bytes_that_are_no_pdf_have_failed() {
    for bytes in [&b""[..], b"%PDF-", b"%PDF-1.7\nstartxref\n0\n%%EOF", b"GIF89a", &[0; 1000]] {
        assert_eq!(verdict(bytes), Verdict::Failed(SubIndication::FormatFailure));
    }
}

#[test]
fn values_nested_without_end_are_refused() {
    for (open, close) in [("[", "]"), ("<</A ", ">>")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let pdf = file(&[catalog(&format!("/X {deep}")), "<</Kids[]>>".to_owned()]);
        let file = File::read(&pdf).unwrap();
        assert_eq!(file.latest().catalog(), Err(PdfError::TooDeep));
    }
    let parentheses = file(&[catalog(&format!("/X ({})", "(".repeat(100_000)))]);
    assert!(File::read(&parentheses).unwrap().latest().catalog().is_err());
}

#[test]
fn trees_and_references_that_go_in_circles_are_refused() {
    let pdf = file(&[catalog(""), "<</Kids[2 0 R]>>".to_owned()]);
    assert!(pages(File::read(&pdf).unwrap().latest()).is_err());
    let pdf = file(&["2 0 R".to_owned(), "1 0 R".to_owned()]);
    assert!(File::read(&pdf).unwrap().latest().catalog().is_err());
    let looped = "<</Length 3 0 R>>\nstream\nx\nendstream".to_owned();
    let pdf = file(&[catalog(""), "<</Kids[]>>".to_owned(), looped]);
    assert!(!strays(&File::read(&pdf).unwrap()).unwrap().is_empty());
    let form = "/AcroForm<</Fields[3 0 R]>>";
    let field = "<</T(a)/Kids[3 0 R 3 0 R]>>".to_owned();
    let pdf = file(&[catalog(form), "<</Kids[]>>".to_owned(), field]);
    assert_eq!(verdict(&pdf), Verdict::Failed(SubIndication::FormatFailure));
}

#[test]
fn sections_that_go_in_circles_are_refused() {
    let pdf = b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n";
    assert_eq!(File::read(pdf).unwrap_err(), PdfError::RevisionOrder);
}

#[test]
fn a_section_that_promises_more_than_it_has_is_refused_at_once() {
    let pdf = b"%PDF-1.7\nxref\n0 4294967295\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
    assert!(File::read(pdf).is_err());
    let rows = stream("/Type/XRef/W[1 8 8]/Index[0 9000000000]/Root 1 0 R/Size 9", "");
    let pdf = format!("%PDF-1.7\n5 0 obj\n{rows}\nendobj\nstartxref\n9\n%%EOF\n");
    assert!(File::read(pdf.as_bytes()).is_ok());
    for widths in ["[9 9 9]", "[0 0 0]", "[-1 2 3]", "[1 2]", "(1 2 3)"] {
        let rows = stream(&format!("/Type/XRef/W{widths}/Root 1 0 R/Size 9"), "0123456789");
        let pdf = format!("%PDF-1.7\n5 0 obj\n{rows}\nendobj\nstartxref\n9\n%%EOF\n");
        assert!(File::read(pdf.as_bytes()).is_err(), "{widths}");
    }
}

/// Zeros, packed about a thousand to one.
fn bomb(bytes: usize) -> String {
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'0'; bytes], 9);
    let data: String = packed.iter().map(|byte| format!("{byte:02x}")).collect();
    stream("/Filter[/ASCIIHexDecode/FlateDecode]", &format!("{data}>"))
}

#[test]
fn a_stream_that_swells_is_cut_off() {
    let page = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>".to_owned();
    let pages = "<</Kids[3 0 R]>>".to_owned();
    let pdf = file(&[catalog(""), pages, page, bomb(80 << 20)]);
    assert!(pdf.len() < 200_000);
    assert_eq!(seal(File::read(&pdf).unwrap().latest()), Err(PdfError::TooLarge));
}

#[test]
fn many_streams_that_swell_a_little_are_cut_off_together() {
    let mut objects = vec![catalog(""), String::new()];
    let mut kids = String::new();
    for index in 0..40 {
        let number = 3 + 2 * index;
        kids.push_str(&format!("{number} 0 R "));
        let contents = number + 1;
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {contents} 0 R/MediaBox[0 0 9 9]>>"));
        objects.push(bomb(10 << 20));
    }
    objects[1] = format!("<</Kids[{kids}]>>");
    let pdf = file(&objects);
    assert_eq!(seal(File::read(&pdf).unwrap().latest()), Err(PdfError::TooLarge));
}

#[test]
fn resources_that_multiply_when_followed_are_counted_once() {
    // Thirty levels, each referring twice to the next: a thousand million paths, thirty objects.
    let mut objects = vec![
        catalog(""),
        "<</Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources 4 0 R/MediaBox[0 0 9 9]>>".to_owned(),
    ];
    for number in 4..34 {
        objects.push(format!("<</A {} 0 R/B {} 0 R>>", number + 1, number + 1));
    }
    objects.push("<<>>".to_owned());
    assert!(seal(File::read(&file(&objects)).unwrap().latest()).is_ok());
}

#[test]
fn resources_that_lead_on_and_on_are_refused() {
    let mut objects = vec![
        catalog(""),
        "<</Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources 4 0 R/MediaBox[0 0 9 9]>>".to_owned(),
    ];
    for number in 4..5_000 {
        objects.push(format!("<</A {} 0 R>>", number + 1));
    }
    objects.push("<<>>".to_owned());
    assert_eq!(seal(File::read(&file(&objects)).unwrap().latest()), Err(PdfError::TooDeep));
}

#[test]
fn a_hundred_pages_that_share_a_large_resource_are_bounded() {
    let large = format!("[{}]", "0 ".repeat(200_000));
    let kids: String = (4..104).map(|number| format!("{number} 0 R ")).collect();
    let mut objects = vec![catalog(""), format!("<</Kids[{kids}]/MediaBox[0 0 9 9]>>"), large];
    for _ in 4..104 {
        objects.push("<</Type/Page/Parent 2 0 R/Resources<</X 3 0 R>>>>".to_owned());
    }
    let pdf = file(&objects);
    assert_eq!(seal(File::read(&pdf).unwrap().latest()), Err(PdfError::TooLarge));
}

#[test]
fn an_encrypted_file_with_a_form_is_not_judged() {
    let mut small = Small::new();
    small.trailer = "/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -4>>".to_owned();
    let pdf = small.signed(&agreement::anna(&world::authority()).signer);
    let report = verify(&pdf, &Anchors::none(), &Evidence::default(), &Policy::house(), world::today());
    assert_eq!(report.unreadable, Some(PdfError::Encrypted));
    assert_eq!(report.verdict, Verdict::Failed(SubIndication::FormatFailure));
}

#[test]
fn a_dictionary_of_very_many_keys_in_any_order_is_read_in_good_time() {
    let keys: String =
        (0..100_000_u32).map(|number| format!("/K{} 1", number.wrapping_mul(2_654_435_761))).collect();
    let pdf = file(&[catalog(&keys), "<</Kids[]>>".to_owned()]);
    let file = File::read(&pdf).unwrap();
    assert_eq!(file.latest().catalog().unwrap().len(), 100_002);
}

#[test]
fn more_values_than_a_document_has_are_refused() {
    let pdf = file(&[catalog(&format!("/X[{}]", "<</A 1>>".repeat(1_000_000))), "<</Kids[]>>".to_owned()]);
    assert_eq!(File::read(&pdf).unwrap().latest().catalog(), Err(PdfError::TooLarge));
}
