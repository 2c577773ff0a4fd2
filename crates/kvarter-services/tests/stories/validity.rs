//! Each leaf of the proofs in turn: take it away and the agreement is not in force, and the leaf says so.

use crate::story::{Story, stockholm};
use kvarter_domain::agreement::Life;
use kvarter_domain::signing::{Mark, Party};
use kvarter_domain::validity::judge;
use kvarter_services::agreement;

/// What is taken away, and which leaves then name themselves.
type Case = (&'static str, fn(&mut Life), &'static [&'static str]);

const CASES: &[Case] = &[
    ("nothing", |_| {}, &[]),
    (
        "the board's decision",
        |life| life.approvals.retain(|a| a.party != Party::Municipality),
        &["approved-by-municipality", "approval-before-signature"],
    ),
    (
        "the state's approval",
        |life| life.approvals.retain(|a| a.party != Party::State),
        &["approved-by-state", "approval-before-signature"],
    ),
    (
        "the chair's signature on B",
        |life| life.signatures.retain(|s| (s.party, s.mark) != (Party::Municipality, Mark::B)),
        &["signed-by-municipality", "kept-by-municipality"],
    ),
    (
        "the state's signature on A",
        |life| life.signatures.retain(|s| (s.party, s.mark) != (Party::State, Mark::A)),
        &["signed-by-state"],
    ),
    (
        "the chair's initials on page 3 of A",
        |life| life.initials.retain(|i| (i.party, i.mark, i.page) != (Party::Municipality, Mark::A, 3)),
        &["initialled-by-municipality"],
    ),
    (
        "the state's initials on page 1 of B",
        |life| life.initials.retain(|i| (i.party, i.mark, i.page) != (Party::State, Mark::B, 1)),
        &["initialled-by-state"],
    ),
    ("the ministry's registration of the return", |life| life.returned.clear(), &["returned-with-decision"]),
    (
        "the copy of the decision in the return",
        |life| life.returns.iter_mut().for_each(|r| r.with_decision = None),
        &["returned-with-decision"],
    ),
    (
        "where the municipality keeps its original",
        |life| life.custody.retain(|c| c.holder == life.agreement.state),
        &["kept-by-municipality"],
    ),
    (
        "that the chair was in office: the mandate ended the day before",
        |life| {
            let day = life.signatures.iter().find(|s| s.party == Party::Municipality).map(|s| s.signed_on);
            let chair = life.mandates.given.iter_mut().find(|m| m.id.as_str() == "demo-chair");
            if let (Some(chair), Some(day)) = (chair, day) {
                chair.to_day = day.yesterday().ok();
            }
        },
        &["signatory-in-office"],
    ),
    (
        "that the decision came first: it is dated the day after",
        |life| {
            let day = life.signatures.iter().find(|s| s.party == Party::Municipality).map(|s| s.signed_on);
            for approval in life.approvals.iter_mut().filter(|a| a.party == Party::Municipality) {
                approval.decided_on = day.and_then(|d| d.tomorrow().ok()).expect("a day");
            }
        },
        &["approval-before-signature"],
    ),
];

#[tokio::test]
async fn each_missing_leaf_in_turn_keeps_the_agreement_out_of_force_and_names_itself() {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    for (taken_away, take, expected) in CASES {
        let mut life = page.life.clone();
        take(&mut life);
        let validity = judge(&page.programme.validity, &life);
        let missing: Vec<&str> =
            validity.proofs.iter().flat_map(|p| p.missing().map(|leaf| leaf.condition.code())).collect();
        assert_eq!(validity.in_force_from.is_some(), expected.is_empty(), "{taken_away}");
        assert_eq!(&missing, expected, "{taken_away}");
        for proof in &validity.proofs {
            for leaf in proof.missing() {
                assert!(
                    !leaf.missing.is_empty(),
                    "{taken_away}: {} says nothing of what is missing",
                    leaf.id
                );
            }
        }
    }
}

#[tokio::test]
async fn a_wrongly_quoted_number_is_flagged_and_stops_nothing() {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    for (quoted, expected) in [
        ("IJ2007/1818/STO", None),
        ("ij2007/1818/sto ", None),
        ("IJ2008/1818/IU", Some("missing-reference-is-another")),
        ("539-1756/2008", Some("missing-reference-is-another")),
        ("4711", Some("missing-reference-is-unknown")),
        ("", Some("missing-reference-not-quoted")),
    ] {
        let mut life = page.life.clone();
        life.returns.iter_mut().for_each(|r| r.quoted = quoted.to_owned());
        let validity = judge(&page.programme.validity, &life);
        assert!(validity.in_force_from.is_some(), "{quoted}");
        let leaf = validity
            .proofs
            .iter()
            .flat_map(|p| &p.leaves)
            .find(|leaf| leaf.condition.code() == "reference-quoted")
            .expect("a leaf about the number");
        assert_eq!(leaf.missing.first().map(|n| n.code.as_str()), expected, "{quoted}");
        assert!(!leaf.remarks.is_empty(), "that the source's own numbers disagree is always said");
    }
}
