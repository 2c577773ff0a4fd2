//! Files of every build: tables and streams, linearized or not, read and appended to.

use kvarter_signatures::form::{FieldPlace, FormError, PlaceKind, prepare};
use kvarter_signatures::pdf::{Anomaly, File, Object, fields, pages, read_text, strays};
use kvarter_signatures::policy::Level;
use kvarter_signatures::seal::seal;
use kvarter_signatures::verdict::Verdict;

use crate::forge::{Small, appended, object, stream};
use crate::{agreement, world};

const STREAMS: &[u8] = include_bytes!("../data/letter-streams.pdf");
const LINEARIZED: &[u8] = include_bytes!("../data/letter-linearized.pdf");
const BOTH: &[u8] = include_bytes!("../data/letter-linearized-streams.pdf");

/// Places for one party on the only page of a letter.
fn places() -> Vec<FieldPlace> {
    agreement::places(1).into_iter().filter(|place| place.party == "state").collect()
}

#[test]
fn every_build_is_one_revision_with_every_byte_accounted_for() {
    for (pdf, linearized) in
        [(agreement::AGREEMENT, false), (STREAMS, false), (LINEARIZED, true), (BOTH, true)]
    {
        let file = File::read(pdf).unwrap();
        assert_eq!(file.revisions().len(), 1);
        assert_eq!(file.revisions()[0].end, pdf.len());
        assert_eq!(strays(&file), Ok(Vec::new()));
        let expected: Vec<Anomaly> = if linearized { vec![Anomaly::Linearized] } else { Vec::new() };
        assert_eq!(file.anomalies().into_iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_file_with_streams_gets_a_revision_with_a_stream_and_passes_when_signed() {
    let authority = world::authority();
    let prepared = prepare(STREAMS, &places(), "sv").unwrap();
    let file = File::read(&prepared).unwrap();
    assert_eq!(file.revisions().len(), 2);
    assert!(!prepared[STREAMS.len()..].windows(7).any(|window| window == b"trailer"));
    let pdf = agreement::sign(&prepared, &agreement::anna(&authority), None);
    let report = agreement::verified(&pdf, &authority);
    assert_eq!(report.verdict, Verdict::Passed, "{report:#?}");
}

#[test]
fn a_file_written_for_the_web_is_not_signed_as_it_is() {
    for pdf in [LINEARIZED, BOTH] {
        let prepared = prepare(pdf, &places(), "sv").unwrap();
        let file = File::read(&prepared).unwrap();
        assert_eq!(file.revisions().len(), 2);
        assert_eq!(pages(file.latest()).unwrap().len(), 1);
        assert_eq!(fields(file.latest()).unwrap().len(), places().len());
        assert_eq!(strays(&file), Ok(Vec::new()));
    }
}

#[test]
fn the_document_as_it_was_is_seen_through_its_revision() {
    let pdf = Small::new().signed(&agreement::anna(&world::authority()).signer);
    let changed = appended(&pdf, &[(4, stream("", "1 1 1 rg"))], "");
    let file = File::read(&changed).unwrap();
    let seals: Vec<_> = (0..2).map(|revision| seal(file.view(revision)).unwrap()).collect();
    assert_ne!(seals[0], seals[1]);
    assert_eq!(seals[0], seal(File::read(&pdf).unwrap().latest()).unwrap());
}

#[test]
fn fields_are_labelled_and_tagged_for_those_who_do_not_see_the_page() {
    let prepared = agreement::prepared();
    let file = File::read(&prepared).unwrap();
    let view = file.latest();
    let fields = fields(view).unwrap();
    assert_eq!(fields.len(), 18);
    for field in &fields {
        let dictionary = view.dictionary(field.id).unwrap();
        assert!(dictionary.has(b"TU") && dictionary.has(b"StructParent") && dictionary.has(b"AP"));
    }
    let seen = view.dictionary(fields[2].id).unwrap();
    let label = seen.get(b"TU").and_then(Object::as_string).map(read_text);
    assert_eq!(label.as_deref(), Some("Initialer, state, sida 3"));
    for page in pages(view).unwrap() {
        assert!(page.dictionary.is(b"Tabs", b"S"));
    }
    let tree = object(&prepared, 13);
    assert!(tree.contains("/ParentTreeNextKey 32"), "{tree}");
}

#[test]
fn places_that_cannot_be_made_are_refused_each_for_its_reason() {
    let one = |change: &dyn Fn(&mut FieldPlace)| {
        let mut place = agreement::places(6).remove(0);
        change(&mut place);
        prepare(agreement::AGREEMENT, &[place], "sv").unwrap_err()
    };
    assert!(matches!(one(&|place| place.page = 7), FormError::NoPage { page: 7 }));
    assert!(matches!(one(&|place| place.page = 0), FormError::NoPage { page: 0 }));
    assert!(matches!(one(&|place| place.w = 0.0), FormError::NoPlace { .. }));
    assert!(matches!(one(&|place| place.x = 590.0), FormError::NoPlace { .. }));
    assert!(matches!(one(&|place| place.y = f64::NAN), FormError::NoPlace { .. }));
    assert!(matches!(one(&|place| place.party = "Staten".to_owned()), FormError::Party { .. }));
    let twice = [agreement::places(6).remove(0), agreement::places(6).remove(0)];
    assert!(matches!(prepare(agreement::AGREEMENT, &twice, "sv"), Err(FormError::Twice { .. })));
    let signed = agreement::sign(&agreement::prepared(), &agreement::anna(&world::authority()), None);
    let more =
        FieldPlace { kind: PlaceKind::Initials, party: "third".to_owned(), ..agreement::places(6).remove(0) };
    assert!(matches!(prepare(&signed, &[more], "sv"), Err(FormError::Signed)));
}

#[test]
fn a_page_s_hash_is_the_same_however_its_fields_are_filled_and_signed() {
    let authority = world::authority();
    let of = |pdf: &[u8]| seal(File::read(pdf).unwrap().latest()).unwrap();
    let prepared = of(&agreement::prepared());
    assert_eq!(prepared.pages.len(), 6);
    assert_eq!(of(&agreement::signed(&authority)), prepared);
    assert_eq!(of(&agreement::archived(&authority)), prepared);
    // This hash is written down so that nobody changes the canonical form without noticing.
    assert_eq!(prepared.root.to_string(), ROOT);
}

/// The root over the sample agreement's pages in canonical form v1.
const ROOT: &str = "0409fa092051386de1f72a84d18ebbc6863cc30c886487ce3650fe94d3c43429";

#[test]
fn whatever_a_reader_would_see_is_in_the_hash_of_the_page() {
    let signer = agreement::anna(&world::authority()).signer;
    let of = |change: &dyn Fn(&mut Small)| {
        let mut small = Small::new();
        change(&mut small);
        seal(File::read(&small.signed(&signer)).unwrap().latest()).unwrap().root
    };
    let page = |small: &mut Small, by: &str| {
        small.objects[2].1 = small.objects[2].1.replace("/Parent 2 0 R", &format!("/Parent 2 0 R{by}"));
    };
    let plain = of(&|_| {});
    for more in ["/Rotate 90", "/CropBox[0 0 9 9]", "/UserUnit 2", "/Group<</S/Transparency>>"] {
        assert_ne!(of(&|small| page(small, more)), plain, "{more}");
    }
    assert_ne!(of(&|small| small.objects[1].1 = small.objects[1].1.replace("144]", "145]")), plain);
    assert_ne!(of(&|small| small.objects[3].1 = stream("", "0 0 100 101 re f")), plain);
    let layers = "/OCProperties<</D<</BaseState/OFF>>>>/Pages";
    assert_ne!(of(&|small| small.objects[0].1 = small.objects[0].1.replace("/Pages", layers)), plain);
    assert_ne!(of(&|small| small.objects[6].1 = small.objects[6].1.replace("10 10", "11 10")), plain);
    // The same numbers spelled otherwise are the same page.
    assert_eq!(
        of(&|small| small.objects[1].1 = small.objects[1].1.replace("300 144]", "+300.0 144.00]")),
        plain
    );
}

#[test]
fn a_linearized_file_that_others_signed_is_told_and_may_pass() {
    let report = agreement::verified(LINEARIZED, &world::authority());
    assert_eq!(report.verdict, Verdict::Unsigned);
    let policy = kvarter_signatures::policy::Policy::house();
    assert_eq!(policy.anomaly(Anomaly::Linearized), Level::Inform);
}
