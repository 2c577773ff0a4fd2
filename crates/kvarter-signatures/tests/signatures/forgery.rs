//! Attacks on signed files, each known from the literature or from the corpus: none may pass.

use kvarter_signatures::certificate::SubIndication;
use kvarter_signatures::change::ChangeKind;
use kvarter_signatures::pdf::Anomaly;
use kvarter_signatures::policy::{Check, Level};
use kvarter_signatures::sign::{ActKind, SignError, begin, sign_with};
use kvarter_signatures::verdict::{Found, Report, Verdict};

use crate::forge::{Small, appended, finish, first, last, object, reference, replaced, sign_hole, stream};
use crate::{agreement, world};

fn verified(pdf: &[u8]) -> Report {
    agreement::verified(pdf, &world::authority())
}

fn signer() -> kvarter_signatures::authority::TestSigner {
    agreement::anna(&world::authority()).signer
}

fn both() -> Vec<u8> {
    agreement::signed(&world::authority())
}

fn kinds(report: &Report) -> Vec<ChangeKind> {
    report.changes.iter().map(|change| change.kind).collect()
}

fn failing(report: &Report) -> Vec<&Found> {
    report
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Fail)
        .map(|finding| &finding.what)
        .collect()
}

/// The number of a page's object, from the list of pages.
fn page(pdf: &[u8], index: usize) -> u32 {
    let kids = first(pdf, "/Kids[") + "/Kids[".len();
    let list = String::from_utf8_lossy(&pdf[kids..kids + 200]).into_owned();
    list.split(" 0 R").nth(index).unwrap().trim().parse().unwrap()
}

fn failed(report: &Report, kind: ChangeKind) {
    assert!(matches!(report.verdict, Verdict::Failed(_)), "{:?}", report.verdict);
    assert!(kinds(report).contains(&kind), "{:?}", report.changes);
    let first = &report.signatures[0];
    assert_eq!(first.verdict, Verdict::Failed(SubIndication::SigConstraintsFailure));
}

fn with_object(number: u32, body: &str) -> Vec<u8> {
    appended(&both(), &[(number, body.to_owned())], "")
}

#[test]
fn a_page_that_was_swapped_is_named_with_whose_initials_it_bore() {
    let pdf = both();
    let third = page(&pdf, 2);
    let contents: u32 = {
        let text = object(&pdf, third);
        let at = text.find("/Contents ").unwrap() + 10;
        text[at..].split(' ').next().unwrap().parse().unwrap()
    };
    let report = verified(&appended(&pdf, &[(contents, stream("", "0 0 50 50 re f"))], ""));
    failed(&report, ChangeKind::PageContentChanged);
    let change = report.changes.iter().find(|change| change.kind == ChangeKind::PageContentChanged).unwrap();
    assert_eq!(change.page, Some(3));
    let seal = report.seal.unwrap();
    let differing: Vec<(usize, &str)> = seal
        .initials
        .iter()
        .filter(|initials| !initials.same)
        .map(|initials| (initials.page, initials.person.as_str()))
        .collect();
    assert_eq!(differing, [(3, "Anna Öberg"), (3, "Åke Ärlig")]);
    assert!(report.findings.iter().any(|one| one.what == Found::Check(Check::RootDiffers)));
}

#[test]
fn a_mark_added_over_a_page_is_found() {
    let pdf = both();
    let number = page(&pdf, 0);
    let text = object(&pdf, number);
    let marked = text.replacen("/Annots [", "/Annots [9000 0 R ", 1);
    assert_ne!(text, marked);
    let overlay = "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]/Contents(1 000 000)/F 4>>".to_owned();
    let report = verified(&appended(&pdf, &[(number, marked), (9000, overlay.clone())], ""));
    failed(&report, ChangeKind::AnnotationRemoved);
    let marked = text.replacen("]/Contents", " 9000 0 R]/Contents", 1);
    assert_ne!(text, marked);
    let report = verified(&appended(&pdf, &[(number, marked), (9000, overlay)], ""));
    failed(&report, ChangeKind::AnnotationAdded);
    assert_eq!(report.changes.last().unwrap().page, Some(1));
}

#[test]
fn another_tree_of_pages_is_found() {
    let pdf = both();
    let text = object(&pdf, 1);
    let (one, two) = (format!("{} 0 R", page(&pdf, 1)), format!("{} 0 R", page(&pdf, 2)));
    let swapped = text.replace(&one, "@").replace(&two, &one).replace('@', &two);
    failed(&verified(&with_object(1, &swapped)), ChangeKind::PagesRearranged);
}

#[test]
fn what_a_page_draws_with_is_part_of_it() {
    let pdf = both();
    let text = object(&pdf, page(&pdf, 1));
    let at = text.find("/Resources ").unwrap() + 11;
    let resources: u32 = text[at..].split(' ').next().unwrap().parse().unwrap();
    let report = verified(&with_object(resources, "<</Font<<>>>>"));
    failed(&report, ChangeKind::PageResourcesChanged);
    assert!(report.seal.unwrap().initials.iter().any(|initials| initials.page == 2 && !initials.same));
}

/// The object of a field by its name.
fn field(pdf: &[u8], name: &str) -> u32 {
    let at = last(pdf, &format!("/T ({name})"));
    let head = &pdf[..at];
    let line = head[..last(head, " 0 obj")].rsplit(|&byte| byte == b'\n').next().unwrap();
    String::from_utf8_lossy(line).parse().unwrap()
}

#[test]
fn initials_that_are_written_over_are_found() {
    let pdf = both();
    let number = field(&pdf, "initials-state-2");
    let text = object(&pdf, number);
    let value = text.find("/V ").unwrap();
    let changed = format!("{}/V (XX)>>", &text[..value]);
    failed(&verified(&with_object(number, &changed)), ChangeKind::FieldValueChanged);
}

#[test]
fn an_appearance_that_is_changed_without_filling_is_found() {
    let pdf = both();
    let number = field(&pdf, "signature-state");
    let text = object(&pdf, number);
    let at = text.find("/N ").unwrap();
    let drawn: u32 = text[at + 3..].split(' ').next().unwrap().parse().unwrap();
    let other = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 100 100 re f");
    failed(&verified(&with_object(drawn, &other)), ChangeKind::AppearanceChanged);
    let changed = text.replace(&format!("/N {drawn} 0 R"), "/N 9000 0 R");
    let report = verified(&appended(&pdf, &[(number, changed), (9000, other)], ""));
    failed(&report, ChangeKind::AppearanceChanged);
}

#[test]
fn a_signature_that_is_taken_away_is_missed() {
    let pdf = both();
    let number = field(&pdf, "signature-municipality");
    let text = object(&pdf, number);
    let empty = text.replace(&text[text.find("/V ").unwrap()..], ">>");
    failed(&verified(&with_object(number, &empty)), ChangeKind::SignatureReplaced);
    // Without the form there are no signatures to see; that there were is still in the file.
    let root = reference(&pdf, "Root");
    let catalog = object(&pdf, root);
    let form = catalog.find("/AcroForm ").unwrap();
    let bare = format!("{}{}", &catalog[..form], catalog[form..].split_once('R').unwrap().1);
    let report = verified(&with_object(root, &bare));
    assert_eq!(report.verdict, Verdict::Failed(SubIndication::SigConstraintsFailure));
}

#[test]
fn one_party_s_signature_cannot_stand_in_the_other_s_field() {
    let authority = world::authority();
    let pdf = agreement::sign(&agreement::prepared(), &agreement::anna(&authority), None);
    let value = reference(&object(&pdf, field(&pdf, "signature-state")).into_bytes(), "V");
    let number = field(&pdf, "signature-municipality");
    let text = object(&pdf, number);
    let copied = format!("{}/V {value} 0 R>>", text.strip_suffix(">>").unwrap());
    let report = verified(&appended(&pdf, &[(number, copied)], ""));
    failed(&report, ChangeKind::SignatureReplaced);
}

#[test]
fn initials_without_a_signed_statement_are_not_initials() {
    let authority = world::authority();
    let pdf = agreement::sign(&agreement::prepared(), &agreement::anna(&authority), None);
    let number = field(&pdf, "initials-municipality-4");
    let text = object(&pdf, number);
    let filled = format!("{}/V (XX)>>", text.strip_suffix(">>").unwrap());
    let report = verified(&appended(&pdf, &[(number, filled)], ""));
    assert!(matches!(report.verdict, Verdict::Failed(_)));
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.what == Found::Check(Check::InitialsWithoutStatement))
        .unwrap();
    assert_eq!((finding.page, finding.party.as_deref()), (Some(4), Some("municipality")));
}

#[test]
fn a_statement_about_another_file_or_other_pages_fails_although_it_is_signed() {
    let person = agreement::anna(&world::authority());
    let act = agreement::act(&person, ActKind::Initial(None), world::today());
    let act = kvarter_signatures::sign::Act { person: "Anna Oberg", mandate: "GD", ..act };
    let good = sign_with(&agreement::prepared(), &act, &person.signer, None).unwrap();
    let start = last(&good, "/Contents <") + "/Contents ".len();
    let end = start + first(&good[start..], ">") + 1;
    let tampered = |key: &str| {
        let mut pdf = good.clone();
        let at = last(&pdf, &format!("\"{key}\":\"")) + key.len() + 4;
        pdf[at] = if pdf[at] == b'0' { b'1' } else { b'0' };
        pdf[start + 1..end - 1].fill(b'0');
        verified(&sign_hole(pdf, start..end, &person.signer))
    };
    for (key, check) in [
        ("document", Check::StatementOfAnotherDocument),
        ("hash", Check::PageDiffers),
        ("root", Check::RootDiffers),
    ] {
        let report = tampered(key);
        assert!(report.signatures[0].intact && report.signatures[0].valid);
        assert!(failing(&report).contains(&&Found::Check(check)), "{key}: {:?}", report.findings);
        assert!(matches!(report.verdict, Verdict::Failed(_)));
    }
}

#[test]
fn a_signature_field_that_covers_the_page_is_found() {
    let pdf = both();
    let number = page(&pdf, 5);
    let marked = object(&pdf, number).replacen("]/Contents", " 9000 0 R]/Contents", 1);
    let form = reference(&pdf, "AcroForm");
    let text = object(&pdf, form);
    let end = text.rfind("]/SigFlags").unwrap();
    let fields = format!("{} 9000 0 R{}", &text[..end], &text[end..]);
    let widget = |rect: &str| {
        format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(Sneaky)/F 132/P {number} 0 R/Rect[{rect}]>>")
    };
    let attack = |rect: &str| {
        let objects = [(number, marked.clone()), (form, fields.clone()), (9000, widget(rect))];
        verified(&appended(&pdf, &objects, ""))
    };
    failed(&attack("0 0 595 842"), ChangeKind::SignatureFieldAddedVisibly);
    let unseen = attack("0 0 0 0");
    assert!(kinds(&unseen).contains(&ChangeKind::SignatureFieldAdded));
    assert_eq!(unseen.verdict, Verdict::Passed, "{:?}", unseen.findings);
}

#[test]
fn a_small_file_passes_when_nobody_tampers_with_it() {
    let report = verified(&Small::new().signed(&signer()));
    assert_eq!(report.verdict, Verdict::Passed, "{report:#?}");
}

#[test]
fn signature_dictionaries_that_cover_nothing_or_too_little_fail() {
    let good = Small::new().signed(&signer());
    let range = {
        let at = last(&good, "/ByteRange [");
        String::from_utf8_lossy(&good[at..at + 47]).into_owned()
    };
    let odd = |range_by: &str| {
        let padded = format!("{range_by:<47}");
        verified(&replaced(&good, &range, &padded))
    };
    for by in [
        "",
        "/ByteRange null",
        "/ByteRange []",
        "/ByteRange [0 0 0 0]",
        "/ByteRange [0 10 20 30]",
        "/ByteRange [0 -1 1 99]",
        "/ByteRange [0 9223372036854775807 9 9]",
        "/ByteRange (0 1 2 3)",
    ] {
        let report = odd(by);
        assert_eq!(report.verdict, Verdict::Failed(SubIndication::FormatFailure), "{by}");
        assert!(!report.signatures[0].intact);
    }
    let no_contents = verified(&replaced(&good, "/Contents <", "/Contentx <"));
    assert!(matches!(no_contents.verdict, Verdict::Failed(_)));
}

#[test]
fn a_hole_with_more_in_it_than_the_signature_fails() {
    let signer = signer();
    let mut small = Small::new();
    // The hole is signed to be wider than the value: room for an object that can be changed at will.
    small.objects[5].1 = small.objects[5].1.replace("/Contents <", "/X (hidden here)/Contents <");
    let pdf = small.signed(&signer);
    let contents = last(&pdf, "/Contents <") + "/Contents ".len();
    let end = contents + first(&pdf[contents..], ">") + 1;
    let mut pdf = pdf;
    pdf[contents + 1..end - 1].fill(b'0');
    let start = last(&pdf, "/X (hidden");
    let range = format!("[0 {start:010} {end:010} {:010}]", pdf.len() - end);
    let at = last(&pdf[..start], "/ByteRange [") + "/ByteRange ".len();
    pdf[at..at + range.len()].copy_from_slice(range.as_bytes());
    // Signed over what the range says; the value itself is put where the reader finds it.
    let der = {
        let parts = [&pdf[..start], &pdf[end..]].concat();
        sign_detached(&parts, &signer)
    };
    let text = hex::encode(der);
    pdf[contents + 1..contents + 1 + text.len()].copy_from_slice(text.as_bytes());
    let report = verified(&pdf);
    assert_eq!(report.verdict, Verdict::Failed(SubIndication::FormatFailure));
    assert_eq!(
        report.signatures[0].faults.coverage,
        Some(kvarter_signatures::signature::Coverage::OtherHole)
    );
}

fn sign_detached(content: &[u8], signer: &kvarter_signatures::authority::TestSigner) -> Vec<u8> {
    use kvarter_signatures::signer::Signer;
    let digest = signer.algorithm().content_digest();
    let prepared = kvarter_signatures::cms::Prepared::new(
        &digest.digest(content),
        digest,
        signer.algorithm(),
        signer.certificate(),
        signer.chain(),
    );
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    prepared.finish(&signature, None).unwrap()
}

#[test]
fn bytes_appended_without_a_revision_of_their_own_are_found() {
    let good = Small::new().signed(&signer());
    let hidden = "4 0 obj\n<</Length 9>>\nstream\n0 0 m h f \nendstream\nendobj\n";
    let old = last(&good, "xref\n1 1");
    for tail in [
        hidden.to_owned(),
        format!("{hidden}%%EOF\n"),
        format!("{hidden}trailer\n<</Root 1 0 R/Size 20>>\n%%EOF\n"),
        format!("{hidden}startxref\n{old}\n%%EOF\n"),
        format!("startxref\n{old}\n%%EOF\n"),
    ] {
        let pdf = [&good[..], tail.as_bytes()].concat();
        let report = verified(&pdf);
        assert!(matches!(report.verdict, Verdict::Failed(_)), "{tail:?}: {:?}", report.verdict);
    }
    // White space is nothing.
    let report = verified(&[&good[..], b"\n\n"].concat());
    assert_eq!(report.verdict, Verdict::Passed);
}

#[test]
fn a_section_that_points_into_bytes_after_the_signature_shows_nothing() {
    let signer = signer();
    let mut small = Small::new();
    // The signed section lists an object where the file ends; what is appended there is not signed.
    small.objects.retain(|(number, _)| *number != 4);
    small.lines = "4 1\n0000099999 00000 n \n".to_owned();
    let length = small.signed(&signer).len();
    small.lines = format!("4 1\n{length:010} 00000 n \n");
    let pdf = small.signed(&signer);
    let attack = [&pdf[..], b"4 0 obj\n<</Length 9>>\nstream\n0 0 m h f \nendstream\nendobj\n"].concat();
    assert!(matches!(verified(&attack).verdict, Verdict::Failed(_)));
}

#[test]
fn objects_that_wait_in_a_signed_file_are_found_before_they_are_used() {
    let signer = signer();
    let shadow = format!("4 0 obj\n{}\nendobj\n", stream("", "0 0 300 144 re f"));
    let mut small = Small::new();
    small.between = shadow.clone();
    let report = verified(&small.signed(&signer));
    assert_eq!(report.verdict, Verdict::Failed(SubIndication::FormatFailure));
    assert!(matches!(failing(&report)[0], Found::Stray(_)));
    // In a comment too.
    small.between = format!("% {}", shadow.replace('\n', " ")) + "\n";
    assert!(matches!(verified(&small.signed(&signer)).verdict, Verdict::Failed(_)));
    // And our own hand does not sign such a file.
    let mut prepared = agreement::prepared();
    let at = first(&prepared, "\n2 0 obj") + 1;
    prepared.splice(at..at, b"5 0 obj null endobj\n".iter().copied());
    let person = agreement::anna(&world::authority());
    let begun = begin(&prepared, &agreement::act(&person, ActKind::Sign, world::today()));
    assert!(begun.is_err());
}

#[test]
fn an_object_that_was_missing_when_it_was_signed_may_not_come_later() {
    let signer = signer();
    let mut small = Small::new();
    small.objects[2].1 = small.objects[2].1.replace("/Contents 4 0 R", "/Contents[4 0 R 12 0 R]");
    let pdf = small.signed(&signer);
    let report = verified(&appended(&pdf, &[(12, stream("", "0 0 300 144 re f"))], ""));
    failed(&report, ChangeKind::PageContentChanged);
    let report = verified(&appended(&pdf, &[(12, stream("/Type/ObjStm/N 0/First 0", "0 0 m"))], ""));
    failed(&report, ChangeKind::PageContentChanged);
}

#[test]
fn an_object_listed_twice_is_found() {
    let signer = signer();
    let mut small = Small::new();
    small.lines = "4 1\n0000000009 00000 n \n".to_owned();
    let report = verified(&small.signed(&signer));
    assert!(failing(&report).contains(&&Found::Anomaly(Anomaly::RepeatedNumber)), "{report:?}");
}

#[test]
fn a_key_that_stands_twice_is_found() {
    let mut small = Small::new();
    small.objects[2].1 = small.objects[2].1.replace("/Contents 4 0 R", "/Contents 4 0 R/Contents 6 0 R");
    let report = verified(&small.signed(&signer()));
    assert!(failing(&report).contains(&&Found::Anomaly(Anomaly::RepeatedKey)));
}

#[test]
fn a_field_that_anyone_may_fill_is_told_and_a_filled_one_may_not_be_changed() {
    let pdf = Small::new().signed(&signer());
    let fill = |pdf: &[u8], value: &str| {
        let text = Small::new().objects[6].1.replace("/DA", &format!("/V({value})/DA"));
        appended(pdf, &[(7, text)], "")
    };
    let once = fill(&pdf, "100 kr");
    let report = verified(&once);
    assert_eq!(report.verdict, Verdict::Passed);
    assert_eq!(kinds(&report), [ChangeKind::FieldFilled]);
    assert!(report.findings.iter().any(|finding| finding.level == Level::Warn));
    failed(&verified(&fill(&once, "900 kr")), ChangeKind::FieldValueChanged);
}

#[test]
fn a_value_that_is_also_something_else_may_not_be_replaced() {
    let signer = signer();
    let mut small = Small::new();
    // The page draws the text field's appearance itself.
    small.objects[6].1 = small.objects[6].1.replace("/DA", "/AP<</N 8 0 R>>/DA");
    small.objects[2].1 = small.objects[2].1.replace("/Resources<<>>", "/Resources<</XObject<</F 8 0 R>>>>");
    small.objects.push((8, stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "")));
    let pdf = small.signed(&signer);
    let filled = small.objects[6].1.replace("/DA", "/V(x)/DA");
    let drawn = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 300 144 re f");
    let report = verified(&appended(&pdf, &[(7, filled), (8, drawn)], ""));
    failed(&report, ChangeKind::PageResourcesChanged);
}

#[test]
fn a_certification_after_a_signature_and_a_key_of_one_s_own_are_found() {
    let pdf = Small::new().signed(&signer());
    let certified = Small::new().objects[0].1.replace("/Pages", "/Perms<</DocMDP 6 0 R>>/Pages");
    failed(&verified(&appended(&pdf, &[(1, certified)], "")), ChangeKind::CertificationChanged);
    failed(&verified(&appended(&pdf, &[], "/Mine 4 0 R")), ChangeKind::TrailerChanged);
    let acts =
        Small::new().objects[0].1.replace("/Pages", "/OpenAction<</S/JavaScript/JS(app.alert)>>/Pages");
    failed(&verified(&appended(&pdf, &[(1, acts)], "")), ChangeKind::CatalogChanged);
    let calculated = Small::new().objects[0].1.replace("/SigFlags 3", "/SigFlags 3/NeedAppearances true");
    failed(&verified(&appended(&pdf, &[(1, calculated)], "")), ChangeKind::FormChanged);
}

#[test]
fn an_object_that_nothing_refers_to_is_found() {
    let pdf = Small::new().signed(&signer());
    let report = verified(&appended(&pdf, &[(15, stream("", "0 0 300 144 re f"))], ""));
    failed(&report, ChangeKind::UnreachableObject);
}

#[test]
fn a_certification_that_forbids_everything_is_kept_to() {
    let signer = signer();
    let mut small = Small::new();
    let certified = "/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1/V/1.2>>>>]/Contents <";
    small.objects[5].1 = small.objects[5].1.replace("/Contents <", certified);
    let pdf = small.signed(&signer);
    assert_eq!(verified(&pdf).verdict, Verdict::Passed);
    let filled = small.objects[6].1.replace("/DA", "/V(x)/DA");
    let report = verified(&appended(&pdf, &[(7, filled)], ""));
    assert!(failing(&report).contains(&&Found::Check(Check::CertificationBroken)));
    assert!(matches!(report.verdict, Verdict::Failed(_)));
}

#[test]
fn a_field_that_a_signature_locked_stays_as_it_is() {
    let signer = signer();
    let mut small = Small::new();
    let locks = "/Reference[<</TransformMethod/FieldMDP/TransformParams\
                 <</Action/Include/Fields[(Text1)]>>>>]/Contents <";
    small.objects[5].1 = small.objects[5].1.replace("/Contents <", locks);
    let pdf = small.signed(&signer);
    let filled = small.objects[6].1.replace("/DA", "/V(x)/DA");
    let report = verified(&appended(&pdf, &[(7, filled)], ""));
    assert!(failing(&report).contains(&&Found::Check(Check::LockedFieldChanged)));
}

#[test]
fn two_signatures_in_one_revision_do_not_cover_each_other() {
    let signer = signer();
    let mut small = Small::new();
    let second = small.objects[5].1.clone();
    small.objects[6].1 = small.objects[6].1.replace("/FT/Tx", "/FT/Sig").replace("/DA(0 g)", "/V 8 0 R");
    small.objects.push((8, second));
    let pdf = small.signed(&signer);
    assert!(matches!(verified(&pdf).verdict, Verdict::Failed(_)));
}

#[test]
fn a_file_that_is_not_sound_is_not_signed() {
    let person = agreement::anna(&world::authority());
    let mut pdf = agreement::prepared();
    pdf.extend(b"more");
    let begun = begin(&pdf, &agreement::act(&person, ActKind::Sign, world::today()));
    assert!(matches!(begun, Err(SignError::Anomaly(Anomaly::TrailingBytes))), "{begun:?}");
}

#[test]
fn a_field_added_over_a_page_that_nobody_certified_is_told() {
    let pdf = Small::new().signed(&signer());
    let small = Small::new();
    let catalog = small.objects[0].1.replace("7 0 R]", "7 0 R 15 0 R]");
    let page = small.objects[2].1.replace("7 0 R]", "7 0 R 15 0 R]");
    let widget = "<</Type/Annot/Subtype/Widget/FT/Sig/T(More)/F 132/P 3 0 R/Rect[0 0 99 99]>>".to_owned();
    let report = verified(&appended(&pdf, &[(1, catalog), (3, page), (15, widget)], ""));
    assert_eq!(report.verdict, Verdict::Passed, "{:?}", report.changes);
    let told = Found::Change(ChangeKind::SignatureFieldAddedVisibly);
    assert!(report.findings.iter().any(|one| one.what == told && one.level == Level::Warn));
}

#[test]
fn a_form_may_be_given_a_font_and_nothing_else_may_use_it() {
    let pdf = Small::new().signed(&signer());
    let extended = "/DR<</Font<</F 15 0 R>>>>/DA(/F 9 Tf)/SigFlags 3";
    let catalog = Small::new().objects[0].1.replace("/SigFlags 3", extended);
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned();
    let report = verified(&appended(&pdf, &[(1, catalog.clone()), (15, font.clone())], ""));
    assert_eq!(report.verdict, Verdict::Passed, "{:?}", report.changes);
    assert_eq!(kinds(&report), [ChangeKind::FormExtended; 2]);
    // A font that the page was signed with, though it was not there then.
    let mut small = Small::new();
    small.objects[2].1 = small.objects[2].1.replace("/Resources<<>>", "/Resources<</Font<</F 15 0 R>>>>");
    let report = verified(&appended(&small.signed(&signer()), &[(1, catalog), (15, font)], ""));
    failed(&report, ChangeKind::PageResourcesChanged);
}

#[test]
fn what_a_signer_leaves_over_is_told_and_may_not_be_used_later() {
    let signer = signer();
    let pdf = Small::new().signed(&signer);
    let range = "/ByteRange [0 0000000000 0000000000 0000000000]";
    let hole = "0".repeat(18_000);
    let second =
        format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached{range}/Contents <{hole}>>>");
    let field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig2)/F 132/Rect[0 0 0 0]/P 3 0 R/V 12 0 R>>";
    let catalog = Small::new().objects[0].1.replace("7 0 R]", "7 0 R 11 0 R]");
    let left_over = stream("", "0 0 300 144 re f");
    let objects = [(1, catalog.clone()), (11, field.to_owned()), (12, second), (13, left_over)];
    let pdf = finish(appended(&pdf, &objects, ""), &signer);
    let report = verified(&pdf);
    assert_eq!(report.verdict, Verdict::Passed, "{:?}", report.changes);
    assert!(kinds(&report).contains(&ChangeKind::OrphanAdded));
    let page = Small::new().objects[2].1.replace("/Contents 4 0 R", "/Contents 13 0 R");
    failed(&verified(&appended(&pdf, &[(3, page)], "")), ChangeKind::PageContentChanged);
}
