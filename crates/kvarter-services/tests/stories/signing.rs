//! What a registrar may not attest, and the sentence's clause when refused.

use crate::story::{Story, codes, stockholm};
use jiff::civil::Date;
use kvarter_domain::ids::MandateId;
use kvarter_domain::person::Role;
use kvarter_domain::signing::{Attestation, Mark, Party};
use kvarter_services::agreement::{self, Approve, SendBack};
use kvarter_services::identity::{self, AddPerson};
use kvarter_services::registry::Upload;
use kvarter_services::{Error, signing};

fn day(text: &str) -> Date {
    text.parse().expect("a date in a test")
}

fn attestation(mandate: &str, on: &str) -> Attestation {
    Attestation {
        mark: Mark::A,
        party: Party::Municipality,
        mandate: MandateId::new(mandate),
        day: day(on),
        place: "Stockholm".to_owned(),
        signed: true,
        pages: vec![1, 2],
    }
}

async fn refused(story: &Story, attestation: Attestation) -> Vec<String> {
    codes(signing::attest(&story.registrar(), &story.app, &stockholm(), None, &[attestation]).await)
}

#[tokio::test]
async fn nothing_is_signed_for_the_municipality_before_its_board_has_decided() {
    let story = Story::stockholm_2008().await;
    assert_eq!(refused(&story, attestation("demo-chair", "2008-09-26")).await, ["signature-before-approval"]);
}

#[tokio::test]
async fn a_signature_is_refused_for_each_rule_that_it_breaks_and_nothing_is_written() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let before =
        agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement").seen;
    for (case, expected) in [
        (attestation("demo-chair", "2008-10-14"), vec!["signed-before-decision"]),
        (attestation("demo-chair", "2008-10-17"), vec!["day-in-the-future"]),
        (attestation("demo-minister", "2008-10-16"), vec!["signatory-of-another-organisation"]),
        (attestation("demo-coordinator", "2008-10-16"), vec!["signatory-not-authorised"]),
        (attestation("nobody", "2008-10-16"), vec!["no-such-mandate"]),
        (Attestation { pages: vec![0, 99], ..attestation("demo-chair", "2008-10-16") }, vec!["no-such-page"]),
        (
            Attestation { pages: vec![2, 2], ..attestation("demo-chair", "2008-10-16") },
            vec!["already-initialled"],
        ),
        (
            Attestation { place: " ".into(), ..attestation("demo-chair", "2008-10-16") },
            vec!["signature-without-place"],
        ),
        (
            Attestation { signed: false, pages: vec![], ..attestation("demo-chair", "2008-10-16") },
            vec!["nothing-attested"],
        ),
        (Attestation { party: Party::State, ..attestation("demo-chair", "2008-10-16") }, vec![]),
    ] {
        if case.party == Party::State {
            // The municipality's registrar does not attest for the state at all.
            let result = signing::attest(&story.registrar(), &story.app, &stockholm(), None, &[case]).await;
            assert!(matches!(result, Err(Error::Denied)), "{result:?}");
            continue;
        }
        assert_eq!(refused(&story, case.clone()).await, expected, "{case:?}");
    }
    let after = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement").seen;
    assert_eq!(before, after, "a refused act leaves no trace");
}

#[tokio::test]
async fn a_deputy_signs_only_with_evidence_and_a_chair_only_while_in_office() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let add = |evidence: Option<&str>, role, to_day: Option<&str>| AddPerson {
        name: "Ledamot".to_owned(),
        organisation: "Stockholms kommun".to_owned(),
        role,
        from_day: day("2007-01-01"),
        to_day: to_day.map(day),
        evidence: evidence.map(str::to_owned),
        sign_in: None,
    };
    let ctx = story.app.system();
    let (_, bare) =
        identity::add_person(&ctx, &story.app, &add(None, Role::DeputyChair, None)).await.expect("added");
    let (_, shown) =
        identity::add_person(&ctx, &story.app, &add(Some("KS 2007-01-10 § 4"), Role::DeputyChair, None))
            .await
            .expect("added");
    let (_, former) = identity::add_person(&ctx, &story.app, &add(None, Role::Chair, Some("2008-10-15")))
        .await
        .expect("added");
    assert_eq!(refused(&story, attestation(bare.as_str(), "2008-10-16")).await, ["deputy-without-evidence"]);
    assert_eq!(
        refused(&story, attestation(former.as_str(), "2008-10-16")).await,
        ["signatory-no-longer-in-office"]
    );
    let good = attestation(shown.as_str(), "2008-10-16");
    signing::attest(&story.registrar(), &story.app, &stockholm(), None, &[good])
        .await
        .expect("a deputy with evidence");
}

#[tokio::test]
async fn the_decision_has_a_paragraph_a_copy_and_a_day_that_fits() {
    let story = Story::stockholm_2008().await;
    let approve = Approve {
        party: Party::Municipality,
        body: " ".to_owned(),
        decided_on: day("2008-09-17"),
        paragraph: None,
        adjusted_on: Some(day("2008-09-16")),
        reference: None,
        authorised_by: None,
        copy: None,
        faults: kvarter_domain::problem::Problems::none(),
    };
    let found = codes(agreement::approve(&story.registrar(), &story.app, &stockholm(), None, approve).await);
    assert_eq!(
        found,
        [
            "approval-without-body",
            "approval-without-paragraph",
            "approval-without-copy",
            "minutes-adjusted-before-decision",
            "approved-before-issued"
        ]
    );
}

#[tokio::test]
async fn another_body_than_the_board_approves_only_by_a_delegation_that_is_shown() {
    let story = Story::stockholm_2008().await;
    let (_, copy) =
        signing::original(&story.registrar(), &story.app, &stockholm(), Mark::A).await.expect("a PDF");
    let by = |body: &str, authorised_by: Option<&str>| Approve {
        party: Party::Municipality,
        body: body.to_owned(),
        decided_on: day("2008-09-26"),
        paragraph: Some("§ 12".to_owned()),
        adjusted_on: None,
        reference: None,
        authorised_by: authorised_by.map(str::to_owned),
        copy: Some(Upload::new("beslut.pdf", copy.clone())),
        faults: kvarter_domain::problem::Problems::none(),
    };
    let registrar = story.registrar();
    for body in ["Kyrkorådet", "Kommunstyrelsens arbetsutskott", "Kommunfullmäktige"] {
        let result = agreement::approve(&registrar, &story.app, &stockholm(), None, by(body, None)).await;
        assert_eq!(codes(result), ["approval-by-other-body-municipality"], "{body}");
    }
    let delegated = by("Kommunstyrelsens arbetsutskott", Some("KS delegationsordning 2007-01-10 § 4"));
    agreement::approve(&registrar, &story.app, &stockholm(), None, delegated).await.expect("delegated");
}

#[tokio::test]
async fn an_original_is_taken_into_keeping_once_and_not_before_it_came() {
    let story = Story::stockholm_2008().await;
    let registrar = story.registrar();
    let keep = async |on: &str, place: &str| {
        agreement::keep_original(&registrar, &story.app, &stockholm(), None, Mark::B, day(on), place).await
    };
    assert_eq!(codes(keep("2008-09-24", "Närarkivet").await), ["kept-before-it-came"]);
    keep("2008-09-25", "Närarkivet").await.expect("kept");
    assert_eq!(codes(keep("2008-09-26", "Närarkivet").await), ["already-kept"]);
    keep("2008-09-26", "Stadsarkivet").await.expect("moved to another shelf");
}

#[tokio::test]
async fn a_mandate_does_not_end_before_what_was_signed_by_it() {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    let administrator = story.as_someone("administrator", Role::Administrator, "0180");
    let end = async |on: &str| {
        identity::end_mandate(&administrator, &story.app, &MandateId::new("demo-chair"), day(on), None).await
    };
    assert_eq!(codes(end("2008-10-16").await), ["mandate-ends-before-act"]);
    end("2008-10-17").await.expect("the day of the signature is in office");
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    assert_eq!(page.in_force_from(), page.validity.in_force_from, "both say that it is in force");
}

#[tokio::test]
async fn a_page_that_no_original_has_is_told_of_as_that_and_nothing_else() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let wild = Attestation { pages: vec![1, 99], ..attestation("demo-chair", "2008-10-16") };
    assert_eq!(refused(&story, wild).await, ["no-such-page"]);
}

#[tokio::test]
async fn two_chairs_at_once_and_another_name_than_the_printed_are_remarked() {
    let story = Story::stockholm_2008().await;
    let second = AddPerson {
        name: "Karin Karlsson".to_owned(),
        organisation: "0180".to_owned(),
        role: Role::Chair,
        from_day: day("2008-09-01"),
        to_day: None,
        evidence: None,
        sign_in: None,
    };
    let administrator = story.as_someone("administrator", Role::Administrator, "0180");
    let (_, mandate) = identity::add_person(&administrator, &story.app, &second).await.expect("added");
    kvarter_services::demo::run_until(
        &story.app,
        "2008-10-16T12:00:00".parse().expect("an hour"),
        &|_, _| {},
    )
    .await
    .expect("carried on");
    signing::attest(
        &story.registrar(),
        &story.app,
        &stockholm(),
        None,
        &[attestation(mandate.as_str(), "2008-10-16")],
    )
    .await
    .expect("a chair signs");
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    let leaves = page.validity.proofs.iter().flat_map(|p| &p.leaves);
    let remarks: Vec<&str> = leaves
        .filter(|leaf| leaf.condition.code() == "signatory-in-office")
        .flat_map(|leaf| leaf.remarks.iter().map(|note| note.code.as_str()))
        .collect();
    assert_eq!(remarks, ["remark-several-in-office", "remark-another-name-printed"]);
}

#[tokio::test]
async fn a_scan_must_be_a_picture_or_a_pdf_and_of_the_originals_length() {
    let story = Story::stockholm_2008().await;
    let scan = |bytes: &[u8]| Upload::new("skanning.pdf", bytes.to_vec());
    for (bytes, expected) in [
        (&b""[..], "upload-empty"),
        (&b"MZ\x90\x00 this is a program"[..], "upload-of-unknown-kind"),
        (&b"%PDF-1.7 and then nothing"[..], "upload-damaged"),
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "upload-damaged"),
    ] {
        let result =
            signing::scan(&story.registrar(), &story.app, &stockholm(), None, Mark::A, scan(bytes)).await;
        assert_eq!(codes(result), [expected]);
    }
    let huge = vec![0_u8; kvarter_services::registry::UPLOAD_BYTES_MAX + 1];
    let result =
        signing::scan(&story.registrar(), &story.app, &stockholm(), None, Mark::A, scan(&huge)).await;
    assert_eq!(codes(result), ["upload-too-large"]);
    let (_, original) =
        signing::original(&story.registrar(), &story.app, &stockholm(), Mark::A).await.expect("the original");
    signing::scan(&story.registrar(), &story.app, &stockholm(), None, Mark::A, scan(&original))
        .await
        .expect("a PDF of the right length");
}

#[tokio::test]
async fn an_original_goes_back_signed_initialled_and_with_the_decision_or_not_at_all() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let back =
        SendBack { mark: Mark::A, sent_on: day("2008-10-16"), quoted: String::new(), with_decision: false };
    let found = codes(agreement::send_back(&story.registrar(), &story.app, &stockholm(), None, &back).await);
    assert_eq!(found, ["return-without-decision", "return-before-signature", "return-before-initials"]);
}

#[tokio::test]
async fn an_act_on_a_page_that_has_become_stale_is_refused() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let seen = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement").seen;
    let first = attestation("demo-chair", "2008-10-16");
    signing::attest(&story.registrar(), &story.app, &stockholm(), Some(seen), &[first])
        .await
        .expect("in time");
    let second = Attestation { mark: Mark::B, ..attestation("demo-chair", "2008-10-16") };
    let result = signing::attest(&story.registrar(), &story.app, &stockholm(), Some(seen), &[second]).await;
    assert!(matches!(result, Err(Error::Stale)), "{result:?}");
    // Nobody has seen what has not happened.
    let third = Attestation { mark: Mark::B, ..attestation("demo-chair", "2008-10-16") };
    let result = signing::attest(&story.registrar(), &story.app, &stockholm(), Some(9999), &[third]).await;
    assert!(matches!(result, Err(Error::Stale)), "{result:?}");
}
