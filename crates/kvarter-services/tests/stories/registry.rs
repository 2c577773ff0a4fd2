//! The register: what is public, what is kept apart, and what the log proves of it.

use crate::story::{Story, codes};
use jiff::civil::date;
use kvarter_domain::registry::{Direction, Separated};
use kvarter_services::registry::{self, Entry, Filter, Register};
use kvarter_services::{Error, log};

fn letter_from_a_resident() -> Register {
    Register {
        register: "KF/KS kansli".to_owned(),
        number: "539-2001/2008".to_owned(),
        entry: Entry {
            direction: Direction::In,
            day: date(2008, 9, 26),
            dated: None,
            counterpart: Some("En boende i Husby".to_owned()),
            subject: "Fråga om otrygghet vid tunnelbanan".to_owned(),
            their_reference: None,
            routed_to: None,
            document: None,
            agreement: None,
        },
        document: None,
    }
}

#[tokio::test]
async fn a_marked_record_shows_the_public_its_day_and_number_and_is_not_found_by_its_words() {
    let story = Story::stockholm_2008().await;
    let registrar = story.registrar();
    let id = registry::register(&registrar, &story.app, letter_from_a_resident()).await.expect("registered");
    let everything = Separated::ALL.into_iter().collect();
    registry::mark_secrecy(
        &registrar,
        &story.app,
        &id,
        Some("OSL 21 kap. 1 §"),
        date(2008, 9, 26),
        everything,
    )
    .await
    .expect("marked");
    for reader in [story.public(), story.gavle()] {
        let page = registry::show(&reader, &story.app, &id).await.expect("that there is a record is public");
        assert_eq!(page.record.number, "539-2001/2008-1");
        assert_eq!((page.record.subject, page.record.counterpart, page.matter_title), (None, None, None));
        let words = Filter { words: Some("tunnelbanan".to_owned()), ..Filter::default() };
        assert_eq!(registry::list(&reader, &story.app, &words).await.expect("a list").1, 0);
    }
    let own = registry::show(&registrar, &story.app, &id).await.expect("its own register");
    assert!(own.record.subject.is_some());
}

#[tokio::test]
async fn a_record_of_another_register_cannot_be_marked() {
    let story = Story::stockholm_2008().await;
    let id = registry::register(&story.registrar(), &story.app, letter_from_a_resident())
        .await
        .expect("registered");
    let result = registry::mark_secrecy(
        &story.gavle(),
        &story.app,
        &id,
        Some("OSL 21 kap. 1 §"),
        date(2008, 9, 26),
        Separated::ALL.into_iter().collect(),
    )
    .await;
    assert!(matches!(result, Err(Error::Denied | Error::NotFound)), "{result:?}");
}

#[tokio::test]
async fn all_that_is_wrong_with_a_record_is_said_at_once() {
    let story = Story::stockholm_2008().await;
    let mut bad = letter_from_a_resident();
    bad.entry.subject = String::new();
    bad.entry.counterpart = None;
    bad.entry.day = date(2030, 1, 1);
    let found = codes(registry::register(&story.registrar(), &story.app, bad).await);
    assert_eq!(found, ["record-without-subject", "record-without-counterpart", "day-in-the-future"]);
}

#[tokio::test]
async fn the_letter_stands_in_both_registers_under_both_numbers() {
    let story = Story::stockholm_2008().await;
    let (records, _) = registry::list(&story.public(), &story.app, &Filter::default()).await.expect("a list");
    let told: Vec<String> = records
        .iter()
        .map(|r| format!("{} {} {} {}", r.organisation, r.number, r.direction.code(), r.day))
        .collect();
    assert_eq!(
        told,
        [
            "0180 539-1756/2008-1 in 2008-09-25",
            "ijd IJ2008/1818/IU-2 out 2008-09-18",
            "ijd IJ2008/1818/IU-1 internal 2008-09-18"
        ]
    );
    let checkpoint = log::checkpoint(&story.public(), &story.app).await.expect("a checkpoint");
    assert!(checkpoint.size >= 6);
}
