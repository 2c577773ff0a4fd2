//! Stockholm's agreement as one file, signed with keys.

use crate::story::{Story, codes, stockholm};
use kvarter_domain::person::Role;
use kvarter_domain::signing::{Attestation, Mark, Party};
use kvarter_services::verification::{self, Verified};
use kvarter_services::{Ctx, Error, agreement, electronic, signing};
use kvarter_signatures::certificate::Anchors;
use kvarter_signatures::policy::Check;
use kvarter_signatures::verdict::{Found, Verdict};

fn chair(story: &Story) -> Ctx {
    story.as_someone("chair", Role::Chair, "0180")
}

/// The file as it is now.
async fn file(story: &Story) -> Vec<u8> {
    electronic::file(&story.registrar(), &story.app, &stockholm()).await.expect("a file").1
}

async fn checked(story: &Story, bytes: Vec<u8>) -> Verified {
    verification::verify(&story.public(), &story.app, bytes).await.expect("anyone may ask")
}

async fn all_pages(story: &Story) {
    for page in 1..=6 {
        electronic::mark_page(&chair(story), &story.app, &stockholm(), page)
            .await
            .expect("a page is initialled");
    }
}

#[tokio::test]
async fn carried_to_in_force_with_keys_it_passes_and_says_who_signed_what() {
    let story = Story::electronic_until("2008-10-20T12:00:00").await;
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    assert_eq!(page.in_force_from().map(|day| day.to_string()).as_deref(), Some("2008-10-20"));
    let (a, b) = (page.life.original(Mark::A), page.life.original(Mark::B));
    assert_eq!(a.map(|o| &o.document), b.map(|o| &o.document), "one file in two custodies");
    let found = checked(&story, file(&story).await).await;
    assert_eq!(found.report.verdict, Verdict::Passed, "{:#?}", found.report.findings);
    assert!(found.passes());
    let known = found.known.expect("one of ours");
    assert!(known.latest && known.version == 2 && known.agreement == stockholm());
    assert_eq!(found.offices.len(), 2, "the minister and the chair");
    assert!(found.offices.iter().all(|office| office.held == Some(true)));
    let seal = found.report.seal.expect("every page is sealed");
    assert_eq!((seal.initials.len(), seal.missing.len()), (12, 0), "six pages, two parties");
}

#[tokio::test]
async fn the_chair_cannot_begin_before_the_board_has_decided() {
    let story = Story::electronic_until("2008-09-26T09:00:00").await;
    let desk = electronic::desk(&chair(&story), &story.app, &stockholm()).await.expect("a desk");
    assert_eq!(desk.party, Some(Party::Municipality));
    assert_eq!(
        desk.hindrances.0.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
        ["signature-before-approval"]
    );
    let refused = electronic::mark_page(&chair(&story), &story.app, &stockholm(), 1).await;
    assert_eq!(codes(refused), ["signature-before-approval"]);
}

#[tokio::test]
async fn an_interruption_loses_no_page_and_the_key_waits_for_all_of_them() {
    let story = Story::electronic_until("2008-10-16T12:00:00").await;
    for page in [1, 2, 2, 5] {
        electronic::mark_page(&chair(&story), &story.app, &stockholm(), page).await.expect("initialled");
    }
    let desk = electronic::desk(&chair(&story), &story.app, &stockholm()).await.expect("a desk");
    assert_eq!(desk.marks.iter().map(|mark| mark.page).collect::<Vec<_>>(), [1, 2, 5]);
    let early = electronic::sign(&chair(&story), &story.app, &stockholm(), None, "Stockholm", "").await;
    assert_eq!(codes(early), ["pages-not-initialled"]);
    all_pages(&story).await;
    let nowhere = electronic::sign(&chair(&story), &story.app, &stockholm(), None, " ", "").await;
    assert_eq!(codes(nowhere), ["signature-without-place"]);
    let before = file(&story).await;
    electronic::sign(&chair(&story), &story.app, &stockholm(), None, "Stockholm", "").await.expect("signed");
    let after = file(&story).await;
    assert!(after.starts_with(&before), "what was signed stands unchanged at the beginning");
    let twice = electronic::sign(&chair(&story), &story.app, &stockholm(), None, "Stockholm", "").await;
    assert_eq!(codes(twice), ["already-signed"]);
    let desk = electronic::desk(&chair(&story), &story.app, &stockholm()).await.expect("a desk");
    assert!(desk.marks.is_empty(), "what is sealed is not remembered as waiting");
}

#[tokio::test]
async fn whoever_left_office_yesterday_signs_nothing() {
    let story = Story::electronic_until("2008-10-16T12:00:00").await;
    let administrator = story.as_someone("administrator", Role::Administrator, "0180");
    let yesterday = "2008-10-15".parse().expect("a day");
    kvarter_services::identity::end_mandate(
        &administrator,
        &story.app,
        &"demo-chair".into(),
        yesterday,
        None,
    )
    .await
    .expect("the mandate ends");
    let refused = electronic::mark_page(&chair(&story), &story.app, &stockholm(), 1).await;
    assert_eq!(codes(refused), ["signatory-no-longer-in-office"]);
}

#[tokio::test]
async fn a_registrar_attests_no_paper_where_there_is_a_file_and_nobody_elses_pages_are_initialled() {
    let story = Story::electronic_until("2008-10-16T12:00:00").await;
    let attestation = Attestation {
        mark: Mark::A,
        party: Party::Municipality,
        mandate: "demo-chair".into(),
        day: "2008-10-16".parse().expect("a day"),
        place: "Stockholm".to_owned(),
        signed: true,
        pages: vec![1],
    };
    let refused = signing::attest(&story.registrar(), &story.app, &stockholm(), None, &[attestation]).await;
    assert_eq!(codes(refused), ["original-is-electronic"]);
    for ctx in [story.registrar(), story.officer()] {
        let denied = electronic::mark_page(&ctx, &story.app, &stockholm(), 1).await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
    }
    let gavle = electronic::file(&story.gavle(), &story.app, &stockholm()).await;
    assert!(matches!(gavle, Err(Error::NotFound)), "another municipality is told nothing");
    let paper = Story::stockholm_until("2008-10-16T12:00:00").await;
    let refused = electronic::mark_page(&chair(&paper), &paper.app, &stockholm(), 1).await;
    assert_eq!(codes(refused), ["original-is-paper"]);
}

#[tokio::test]
async fn a_byte_changed_a_signature_stripped_and_another_towns_page_are_caught_and_named() {
    let story = Story::electronic_until("2008-10-20T12:00:00").await;
    let whole = file(&story).await;
    let mut changed = whole.clone();
    let middle = changed.len() / 8;
    changed[middle] ^= 1;
    let found = checked(&story, changed).await;
    assert!(matches!(found.report.verdict, Verdict::Failed(_)), "{:?}", found.report.verdict);
    assert!(found.known.is_none(), "no file of ours");

    // Cut off after the state's signature: whole as far as it goes, but the municipality's is not there.
    let ends: Vec<usize> = whole
        .windows(5)
        .enumerate()
        .filter_map(|(at, window)| (window == b"%%EOF").then_some(at + 5))
        .collect();
    let state_only = ends
        .iter()
        .rev()
        .map(|end| whole[..*end].to_vec())
        .find(|cut| cut.windows(19).filter(|w| *w == b"ETSI.CAdES.detached").count() == 2);
    let found = checked(&story, state_only.expect("the state signed twice")).await;
    let missing = found.report.findings.iter().any(|f| f.what == Found::Check(Check::PageNotInitialled));
    assert!(missing, "the municipality's initials are missing: {:?}", found.report.findings);
    assert!(!found.known.is_some_and(|known| known.latest), "not the agreement as it stands");

    let mut added = whole.clone();
    added.extend_from_slice(b"\n% something more\n");
    let found = checked(&story, added).await;
    assert!(matches!(found.report.verdict, Verdict::Failed(_)), "{:?}", found.report.verdict);
}

#[tokio::test]
async fn what_goes_back_is_one_package_that_names_each_file_and_what_comes_in_is_the_same() {
    let story = Story::electronic_until("2008-10-20T12:00:00").await;
    let filter = kvarter_services::registry::Filter {
        agreement: Some(stockholm()),
        ..kvarter_services::registry::Filter::default()
    };
    let (records, _) =
        kvarter_services::registry::list(&story.registrar(), &story.app, &filter).await.expect("a register");
    let mut packages = Vec::new();
    for record in &records {
        let ctx = if record.organisation.as_str() == "ijd" { story.officer() } else { story.registrar() };
        if let Ok((document, bytes)) =
            kvarter_services::registry::document(&ctx, &story.app, &record.id).await
            && document.media_type == kvarter_signatures::container::MEDIA_TYPE
        {
            packages.push(bytes);
        }
    }
    assert_eq!(packages.len(), 2, "the municipality's outgoing record and the ministry's incoming one");
    assert_eq!(packages[0], packages[1]);
    let most = kvarter_signatures::container::Most::default();
    let container = kvarter_signatures::container::unpack(&packages[0], most).expect("a container");
    let mut names: Vec<&str> = container.files.iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["avtal.pdf", "beslut.pdf", "foljebrev.pdf"]);
    assert!(container.verify().iter().all(|seal| seal.is_complete()), "every file is under the timestamp");
    let inside = container.files.iter().find(|file| file.name == "avtal.pdf").expect("the agreement");
    assert_eq!(inside.bytes, file(&story).await);

    let now = story.registrar().now;
    let open = |anchors: &Anchors| {
        verification::open(&packages[0], anchors, now).expect("it can be opened").expect("it is a package")
    };
    let here = open(story.app.anchors());
    assert!(here.passes(), "{:?}", here.seals);
    let stranger = open(&Anchors::none());
    assert!(stranger.complete, "the files are the ones that were sealed, whoever sealed them");
    assert!(!stranger.passes(), "a timestamp of somebody unknown proves no day");
}

#[tokio::test]
async fn a_timestamp_that_will_soon_run_out_gets_another_over_it_and_everything_still_passes() {
    let story = Story::electronic_until("2008-10-20T12:00:00").await;
    assert_eq!(electronic::renew(&story.app).await.expect("looked through"), 0, "nothing runs out yet");
    let before = file(&story).await;
    story.app.clock.set("2038-06-01T08:00:00Z".parse().expect("an instant"));
    assert_eq!(electronic::renew(&story.app).await.expect("looked through"), 1);
    let after = file(&story).await;
    assert!(after.starts_with(&before));
    let found = checked(&story, after).await;
    assert_eq!(found.report.verdict, Verdict::Passed, "{:#?}", found.report.findings);
}
