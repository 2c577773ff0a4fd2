//! Documents as files: their profile, their places to sign, and that they are always the same.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kvarter_documents::model::{Agreement, Original};
use kvarter_documents::read::{Limits, read};
use kvarter_documents::{Document, Field, FieldKind, Party, Pdf, RenderError, render, render_all};

use crate::models::{
    act, agreement_document, certificate, collaboration, letter, letter_document, minutes, moment, overview,
    signing_matrix, stockholm, with_districts,
};

fn set(document: Document<'_>) -> Pdf {
    let pdf = render(document, moment()).expect("a sound template");
    assert_eq!(pdf.warnings, []);
    pdf
}

fn text(pdf: &Pdf) -> String {
    read(&pdf.bytes, Limits::default()).expect("our own file").pages.join("\n")
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn every_document_declares_the_archival_and_the_accessible_profile() {
    let (agreement, letter, overview, matrix) =
        (stockholm(Original::A), letter(), overview(), signing_matrix());
    let (certificate, minutes, act, together) = (certificate(), minutes(), act(), collaboration());
    let study = crate::study::study();
    for (document, language) in [
        (Document::Study(&study), "sv"),
        (agreement_document(&agreement), "sv"),
        (letter_document(&letter), "sv"),
        (Document::Overview(&overview), "sv"),
        (Document::SigningMatrix(&matrix), "sv"),
        (Document::ValidityCertificate(&certificate), "sv"),
        (Document::Minutes(&minutes), "sv"),
        (Document::Collaboration(&together), "sv"),
        (Document::Act(&act), "en"),
    ] {
        let pdf = set(document);
        for mark in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "/StructTreeRoot",
            "/MarkInfo<</Marked true ",
            &format!("/Lang({language})"),
            "2008-09-18T08:00:00",
        ] {
            assert!(holds(&pdf.bytes, mark), "{document:?} lacks {mark}");
        }
    }
}

#[test]
fn the_same_model_and_moment_give_the_same_bytes() {
    let model = stockholm(Original::A);
    let first = set(agreement_document(&model));
    // Something else in between, so that what is remembered differs.
    set(Document::Overview(&overview()));
    assert_eq!(first, set(agreement_document(&model)));
}

#[test]
fn another_moment_gives_another_date_and_nothing_else() {
    let model = stockholm(Original::A);
    let later = render(agreement_document(&model), "2008-10-20T07:30:00Z".parse().expect("a moment"))
        .expect("a file");
    let first = set(agreement_document(&model));
    assert_ne!(first.bytes, later.bytes);
    assert_eq!(text(&first), text(&later));
}

#[test]
fn originals_differ_in_their_mark_and_their_identity_alone() {
    let [a, b] = [Original::A, Original::B].map(|original| set(agreement_document(&stockholm(original))));
    assert_eq!(text(&a).replace("Exemplar A", "Exemplar B"), text(&b));
    assert_eq!((a.pages, &a.fields), (b.pages, &b.fields));
    let id = |pdf: &Pdf| {
        let trailer = String::from_utf8_lossy(&pdf.bytes[pdf.bytes.len() - 300..]).into_owned();
        trailer[trailer.find("/ID").expect("an identity")..].to_owned()
    };
    assert_ne!(id(&a), id(&b));
}

#[test]
fn rendering_on_all_cores_gives_what_rendering_one_at_a_time_gives() {
    let models: Vec<Agreement> = (1..=6).map(with_districts).collect();
    let documents: Vec<_> = models.iter().map(agreement_document).collect();
    let together = Mutex::new(BTreeMap::new());
    render_all(&documents, moment(), |place, pdf| {
        together.lock().expect("no thread failed").insert(place, pdf.expect("a file"));
    });
    let together = together.into_inner().expect("no thread failed");
    assert_eq!(together.len(), documents.len());
    for (place, pdf) in together {
        assert_eq!(pdf, set(documents[place]));
    }
}

fn places(fields: &[Field], kind: FieldKind, party: Party) -> Vec<usize> {
    fields.iter().filter(|field| field.kind == kind && field.party == party).map(|field| field.page).collect()
}

#[test]
fn every_page_has_room_for_both_parties_initials_and_the_last_for_their_signatures() {
    for districts in [1, 5, 9, 40] {
        let pdf = set(agreement_document(&with_districts(districts)));
        let every_page: Vec<usize> = (1..=pdf.pages).collect();
        for party in [Party::State, Party::Municipality] {
            assert_eq!(places(&pdf.fields, FieldKind::Initials, party), every_page);
            assert_eq!(places(&pdf.fields, FieldKind::Signature, party), [pdf.pages]);
            assert_eq!(places(&pdf.fields, FieldKind::Date, party), [pdf.pages]);
        }
        // On the page, in points from its lower left corner, none over another, the state's first.
        for (place, field) in pdf.fields.iter().enumerate() {
            assert!(field.x > 0.0 && field.x + field.w < 595.3, "{field:?}");
            assert!(field.y > 0.0 && field.y + field.h < 841.9, "{field:?}");
            for other in pdf.fields.iter().skip(place + 1).filter(|other| other.page == field.page) {
                let beside = field.x + field.w <= other.x || other.x + other.w <= field.x;
                let apart = field.y + field.h <= other.y || other.y + other.h <= field.y;
                assert!(beside || apart, "{field:?} lies over {other:?}");
                let same_row = field.kind == other.kind && field.y == other.y;
                assert!(!same_row || (field.party == Party::State && field.x < other.x));
            }
        }
    }
}

#[test]
fn initials_stand_at_the_foot_and_signatures_above() {
    let pdf = set(agreement_document(&stockholm(Original::A)));
    assert!(pdf.fields.iter().all(|field| (field.kind == FieldKind::Initials) == (field.y < 100.0)));
}

#[test]
fn a_single_district_ends_with_a_full_stop_and_many_run_over_the_page() {
    let one = text(&set(agreement_document(&with_districts(1))));
    assert!(one.contains("Stadsdelen Väster med SAMS-kod 07800000.\n"), "{one}");

    let pdf = set(agreement_document(&with_districts(40)));
    let pages = read(&pdf.bytes, Limits::default()).expect("our own file").pages;
    let with_list = pages.iter().filter(|page| page.contains("– Stadsdelen")).count();
    assert!(with_list >= 2, "forty districts do not fit on a page");
    let all = pages.join("\n");
    for place in 0..40 {
        assert!(all.contains(&format!("SAMS-kod 0780{place:04}")), "district {place}");
    }
    assert!(!all.contains("07800038.") && all.contains("07800039."), "only the last has the full stop");
}

#[test]
fn names_are_set_as_they_are_written() {
    let nine = text(&set(agreement_document(&with_districts(9))));
    for name in ["Öster om ån", "”Gamla stan”", "Norra Ängby-Åkerö", "Södra Bjärshög"] {
        assert!(nine.contains(&format!("Stadsdelen {name} med")), "{name} in {nine}");
    }
}

#[test]
fn what_looks_like_the_typesetters_own_signs_is_only_text() {
    let mut model = stockholm(Original::A);
    model.municipality = "#panic(\"x\") $ *_ @kommun \\ `kod`".into();
    model.districts[0].name = "= Rubrik // //* <etikett>".into();
    let set = text(&set(agreement_document(&model)));
    assert!(set.contains(&model.municipality), "{set}");
    assert!(set.contains("= Rubrik // //* <etikett>"), "{set}");
}

#[test]
fn the_day_is_printed_when_it_is_known_and_left_open_when_it_is_not() {
    let signed = text(&set(agreement_document(&stockholm(Original::A))));
    assert!(signed.contains(
        "Stockholm, 18/9 2008\nStaten\nNyamko Sabuni\nStockholm, 2008\nStockholms kommun\nSten Nordin"
    ));
}

#[test]
fn every_word_given_to_a_house_document_is_on_its_pages() {
    let overview = overview();
    let set_overview = text(&set(Document::Overview(&overview)));
    for row in overview.groups.iter().flat_map(|group| &group.rows) {
        let flat = set_overview.replace('\n', " ");
        assert!(flat.contains(&row.duty) && flat.contains(&row.standing), "{row:?} in {flat}");
    }
    assert!(set_overview.contains("Sida 1 av 1"));
    let matrix = text(&set(Document::SigningMatrix(&signing_matrix())));
    assert!(matrix.contains("Underskrift, sida 7") && matrix.contains("Registrator"));
    let certificate = text(&set(Document::ValidityCertificate(&certificate())));
    assert!(certificate.contains("Ännu inte i kraft") && certificate.contains("Beslut är inte registrerat"));
    let minutes = text(&set(Document::Minutes(&minutes())));
    assert!(minutes.contains("§ 21 Lokalt utvecklingsavtal") && minutes.contains("godkänner avtalet"));
    let act = text(&set(Document::Act(&act())));
    assert!(act.contains("How the districts have developed.") && act.contains("Page 1 of 1"));
}

/// Each side initials every page of a collaboration agreement and signs the last.
#[test]
fn a_collaboration_agreement_has_a_place_for_each_sides_initials_on_every_page() {
    let pdf = set(Document::Collaboration(&collaboration()));
    assert!(pdf.pages > 1);
    for party in [Party::Municipality, Party::Partner] {
        let of = |kind: FieldKind| -> Vec<usize> {
            pdf.fields.iter().filter(|f| f.party == party && f.kind == kind).map(|f| f.page).collect()
        };
        assert_eq!(of(FieldKind::Initials), (1..=pdf.pages).collect::<Vec<_>>());
        assert_eq!(of(FieldKind::Signature), [pdf.pages]);
    }
    let text = text(&pdf);
    assert!(text.contains("Fler i arbete (g1)") && text.contains("Försäkringskassan"), "{text}");
}

#[test]
fn a_faulty_template_is_told_with_its_place() {
    let model = stockholm(Original::A);
    let fault = |template: &str| match render(Document::Agreement { model: &model, template }, moment()) {
        Err(error) => error,
        Ok(_) => panic!("the template is faulty"),
    };
    let RenderError::Template(told) = fault("Text\n#let x = data.missing") else {
        panic!("a template's fault")
    };
    let place = told[0].place.clone().expect("a place");
    assert_eq!((&*place.file, place.line), ("main.typ", 2));

    // Another file, the network and the day are out of reach.
    for reach in ["#read(\"/etc/passwd\")", "#import \"@preview/tablex:0.0.8\": *", "#datetime.today()"] {
        assert!(matches!(fault(reach), RenderError::Template(_)), "{reach}");
    }
    // A document without a title is not accessible.
    assert!(matches!(fault("Text"), RenderError::Profile(_)));
    let label = "#set document(title: \"x\")\n#metadata((kind: \"thumb\")) <field>";
    assert!(matches!(fault(label), RenderError::Field(_)));
}

#[test]
fn a_moment_that_no_file_can_tell_is_refused() {
    let model = stockholm(Original::A);
    let before_christ = "-000044-03-15T12:00:00Z".parse().expect("a moment");
    assert!(matches!(render(agreement_document(&model), before_christ), Err(RenderError::Moment(_))));
}

#[test]
fn a_group_without_rows_is_named_and_has_no_table() {
    let mut model = overview();
    let tables = text(&set(Document::Overview(&model))).matches("Redovisat").count();
    model.groups.push(kvarter_documents::model::OverviewGroup {
        name: "Kommuner utan avtal i kraft".into(),
        note: Some("Borås, Gävle, Växjö".into()),
        rows: Vec::new(),
    });
    let said = text(&set(Document::Overview(&model)));
    assert!(said.contains("Borås, Gävle, Växjö"), "{said}");
    assert_eq!(said.matches("Redovisat").count(), tables, "no head stands over nothing");
}
