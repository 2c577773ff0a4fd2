//! Nobody reaches what is not theirs, and a foreign thing cannot be told from a missing one.

use crate::story::{Story, stockholm};
use jiff::civil::date;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::signing::{Attestation, Mark, Party};
use kvarter_services::agreement::{self, Receive};
use kvarter_services::{Error, dispatch, signing};

#[tokio::test]
async fn a_foreign_original_is_answered_as_a_missing_one() {
    let story = Story::stockholm_2008().await;
    let missing: AgreementId = "lua-2008/1480".into();
    for ctx in [story.gavle(), story.public()] {
        for id in [&stockholm(), &missing] {
            let original = signing::original(&ctx, &story.app, id, Mark::A).await;
            assert!(matches!(original, Err(Error::NotFound)), "{id}: {original:?}");
            let room = signing::room(&ctx, &story.app, id).await;
            assert!(matches!(room, Err(Error::NotFound)), "{id}");
        }
    }
}

#[tokio::test]
async fn another_municipality_can_do_nothing_to_this_ones_agreement() {
    let story = Story::stockholm_2008().await;
    let before =
        agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement").seen;
    let day = date(2008, 9, 26);
    let receive =
        Receive { received_on: day, number: "1/2008".into(), register: "KS".into(), routed_to: None };
    let gavle = story.gavle();
    let attestation = Attestation {
        mark: Mark::A,
        party: Party::Municipality,
        mandate: "demo-registrar-2180".into(),
        day,
        place: "Gävle".into(),
        signed: true,
        pages: vec![1],
    };
    let results = [
        agreement::receive(&gavle, &story.app, &stockholm(), None, &receive).await,
        signing::attest(&gavle, &story.app, &stockholm(), None, &[attestation]).await,
        agreement::keep_original(&gavle, &story.app, &stockholm(), None, Mark::B, day, "här").await,
        agreement::register_return(&gavle, &story.app, &stockholm(), None, Mark::A, day).await,
        dispatch::send(&gavle, &story.app, &stockholm(), day).await,
    ];
    for result in results {
        assert!(matches!(result, Err(Error::Denied | Error::NotFound)), "{result:?}");
    }
    let after = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement").seen;
    assert_eq!(before, after);
}
