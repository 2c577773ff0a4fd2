//! A small world in which there is a fact of every kind, with documents.

use crate::house::{House, event};
use kvarter_domain::agreement::*;
use kvarter_domain::collaboration;
use kvarter_domain::correction::Correction;
use kvarter_domain::district::*;
use kvarter_domain::duty::*;
use kvarter_domain::electronic::SignedVersion;
use kvarter_domain::ids::Digest;
use kvarter_domain::observation::ObservationFile;
use kvarter_domain::organisation::*;
use kvarter_domain::partnership;
use kvarter_domain::person::*;
use kvarter_domain::plan::acceptance::GoalAcceptance;
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::{Plan, PlanContent, PlanReport, PlanVersion};
use kvarter_domain::reference::Reference;
use kvarter_domain::registry::*;
use kvarter_domain::signing::*;
use kvarter_store::WriteTx;
use kvarter_store::fact::Fact;
use serde_json::{Value, json};

/// Puts a fact in and expects it to come out as it was.
async fn put<F: Fact + PartialEq + std::fmt::Debug>(tx: &mut WriteTx, value: Value) {
    let fact: F = serde_json::from_value(value).expect("a fact of this kind");
    tx.insert(&fact).await.expect("it is kept");
    assert!(tx.every::<F>().await.expect("they are read").contains(&fact), "{fact:?}");
}

/// What every municipality shares.
pub(crate) async fn found(house: &House) {
    let files = house.store.blobs().put(b"the programme's files").await.expect("a document");
    let mut tx = house.store.write().await.expect("a turn");
    put::<Organisation>(
        &mut tx,
        json!({ "id": "ijd", "kind": "state", "name": "Integrationsdepartementet", "orgnr": null }),
    )
    .await;
    put::<Document>(
        &mut tx,
        json!({ "digest": files, "media_type": "application/json", "size": 21, "pages": null, "name": "a.json" }),
    )
    .await;
    put::<Edition>(
        &mut tx,
        json!({ "edition": files, "programme": "lua-2008", "document": files, "adopted_on": "2008-09-01" }),
    )
    .await;
    put::<Person>(&mut tx, json!({ "id": "minister", "name": "Ministern" })).await;
    put::<Mandate>(
        &mut tx,
        json!({ "id": "minister", "person": "minister", "organisation": "ijd", "role": "minister",
                "from_day": "2007-01-01", "to_day": null, "evidence": null }),
    )
    .await;
    put::<Dispatch>(
        &mut tx,
        json!({ "id": "d1", "programme": "lua-2008", "dated": "2008-09-18", "reference": "IJ2008/1818/IU",
                "quote_on_return": "IJ2007/1818/STO" }),
    )
    .await;
    tx.append(event("lua-2008")).await.expect("an event");
    tx.commit().await.expect("a commit");
}

/// One municipality with everything that can have happened to it, in several events.
pub(crate) async fn municipality(house: &House, code: &str) {
    let agreement = format!("lua-2008/{code}");
    let a = house.store.blobs().put(format!("original A {code}").as_bytes()).await.expect("a document");
    let b = house.store.blobs().put(format!("original B {code}").as_bytes()).await.expect("a document");
    let edition = kvarter_domain::ids::Digest::of(b"the programme's files");
    let (state_matter, matter) = (format!("ijd-{code}"), format!("{code}-1"));
    let mut tx = house.store.write().await.expect("a turn");

    put::<Organisation>(
        &mut tx,
        json!({ "id": code, "kind": "municipality", "name": format!("Kommun {code}"), "orgnr": "212000-0142" }),
    )
    .await;
    put::<Alias>(&mut tx, json!({ "organisation": code, "name": format!("{code} stad") })).await;
    put::<District>(
        &mut tx,
        json!({ "municipality": code, "code": format!("{code}0154"), "system": "sams", "name": "Husby" }),
    )
    .await;
    let chair = format!("chair-{code}");
    put::<Person>(&mut tx, json!({ "id": chair, "name": "Ordföranden" })).await;
    put::<Mandate>(
        &mut tx,
        json!({ "id": chair, "person": chair, "organisation": code, "role": "chair",
                "from_day": "2006-10-16", "to_day": "2010-10-18", "evidence": "protokoll" }),
    )
    .await;
    put::<MandateEnd>(&mut tx, json!({ "mandate": chair, "to_day": "2010-06-01", "evidence": null })).await;
    put::<Credential>(
        &mut tx,
        json!({ "login": chair, "serial": 1, "person": chair, "password_hash": "$argon2id$…" }),
    )
    .await;
    tx.append(event(code)).await.expect("an event");

    for (digest, mark) in [(&a, "a"), (&b, "b")] {
        put::<Document>(
            &mut tx,
            json!({ "digest": digest, "media_type": "application/pdf", "size": 15, "pages": 7,
                    "name": format!("avtal-{code}-{mark}.pdf") }),
        )
        .await;
    }
    put::<Agreement>(
        &mut tx,
        json!({ "id": agreement, "programme": "lua-2008", "edition": edition, "municipality": code,
                "party_name": format!("{code} kommun"), "state": "ijd", "issued_on": "2008-09-18",
                "offer_reference": "IJ2008/1218/IU", "offer_decision": null,
                "state_signatory": "Ministern", "municipality_signatory": null }),
    )
    .await;
    put::<AgreementDistrict>(
        &mut tx,
        json!({ "agreement": agreement, "position": 1, "code": format!("{code}0154"), "system": "sams",
                "name": "Husby" }),
    )
    .await;
    for (digest, mark) in [(&a, "A"), (&b, "B")] {
        put::<Original>(
            &mut tx,
            json!({ "agreement": agreement, "mark": mark, "document": digest, "pages": 7, "text": edition }),
        )
        .await;
    }
    put::<Letter>(&mut tx, json!({ "dispatch": "d1", "agreement": agreement, "document": a })).await;
    tx.append(event(&agreement)).await.expect("an event");

    for (id, organisation, number) in
        [(&state_matter, "ijd", "IJ2008/1818/IU"), (&matter, code, "539-1756/2008")]
    {
        put::<Matter>(
            &mut tx,
            json!({ "id": id, "organisation": organisation, "register": format!("KS {code}"), "number": number,
                    "title": "Lokalt utvecklingsavtal", "opened_on": "2008-09-18" }),
        )
        .await;
        put::<Record>(
            &mut tx,
            json!({ "id": format!("{id}-1"), "matter": id, "serial": 1, "agreement": agreement,
                    "direction": "in", "day": "2008-09-25", "dated": "2008-09-18",
                    "counterpart": "Kommunen", "subject": "Erbjudande om avtal", "their_reference": null,
                    "routed_to": "22", "document": a }),
        )
        .await;
        put::<Reference>(
            &mut tx,
            json!({ "matter": id, "number": number, "role": "own", "organisation": organisation }),
        )
        .await;
    }
    let record = format!("{matter}-1");
    put::<Secrecy>(
        &mut tx,
        json!({ "record": record, "serial": 1, "provision": "OSL 21 kap. 1 §", "marked_on": "2008-09-25",
                "authority": code, "separates": ["counterpart", "document"] }),
    )
    .await;
    put::<Sent>(
        &mut tx,
        json!({ "dispatch": "d1", "agreement": agreement, "sent_on": "2008-09-18", "record": record }),
    )
    .await;
    put::<Receipt>(
        &mut tx,
        json!({ "agreement": agreement, "received_on": "2008-09-25", "routed_to": "22", "record": record }),
    )
    .await;
    tx.append(event(&agreement)).await.expect("an event");

    put::<Approval>(
        &mut tx,
        json!({ "agreement": agreement, "party": "municipality", "body": "Kommunstyrelsen",
                "decided_on": "2008-10-15", "paragraph": "§ 14", "adjusted_on": "2008-10-16",
                "reference": null, "authorised_by": null, "document": b, "record": record }),
    )
    .await;
    for (party, person) in [("state", "minister"), ("municipality", chair.as_str())] {
        put::<Signature>(
            &mut tx,
            json!({ "agreement": agreement, "mark": "A", "party": party, "person": person, "mandate": person,
                    "signed_on": "2008-10-17", "place": "Stockholm", "mode": "paper", "attested_by": null }),
        )
        .await;
        for page in 1..=3 {
            put::<Initials>(
                &mut tx,
                json!({ "agreement": agreement, "mark": "A", "party": party, "page": page, "person": person,
                        "mandate": person, "initialled_on": "2008-10-17", "mode": "paper",
                        "attested_by": chair }),
            )
            .await;
        }
    }
    put::<SignedVersion>(
        &mut tx,
        json!({ "agreement": agreement, "serial": 1, "party": "municipality", "document": b,
                "person": chair, "mandate": chair, "signed_on": "2008-10-17" }),
    )
    .await;
    put::<Scan>(
        &mut tx,
        json!({ "agreement": agreement, "mark": "A", "document": a, "scanned_on": "2008-10-17",
                "attested_by": chair }),
    )
    .await;
    tx.append(event(&agreement)).await.expect("an event");

    put::<Return>(
        &mut tx,
        json!({ "agreement": agreement, "mark": "A", "sent_on": "2008-10-17", "quoted": "IJ2007/1818/STO",
                "with_decision": b, "record": record }),
    )
    .await;
    put::<Returned>(
        &mut tx,
        json!({ "agreement": agreement, "mark": "A", "received_on": "2008-10-20",
                "record": format!("{state_matter}-1") }),
    )
    .await;
    put::<Custody>(
        &mut tx,
        json!({ "agreement": agreement, "mark": "B", "holder": code, "from_day": "2008-10-20",
                "place": "Närarkivet", "record": null }),
    )
    .await;
    put::<InForce>(&mut tx, json!({ "agreement": agreement, "from_day": "2008-10-20", "edition": edition }))
        .await;
    let duty = format!("{agreement}/report-plan/{code}0154/2008");
    put::<Duty>(
        &mut tx,
        json!({ "id": duty, "agreement": agreement, "programme": "lua-2008", "edition": edition,
                "obligation": "report-plan", "clause": "4", "sentence": "4.6",
                "says": "senast den 31 december varje år redovisas", "force": "shall",
                "debtor": "municipality", "municipality": code, "state": "ijd",
                "creditor": "government-offices", "object_kind": "district",
                "object": format!("{code}0154"), "object_name": "Husby", "delivers": "plan",
                "met_by": "plan-reported", "rule": "yearly", "year": 2008, "nominal": "2008-12-31",
                "effective": "2008-12-31", "roll": kvarter_domain::programme::rule::Roll::ALL[0],
                "reason": null, "after": null, "within_days": null, "remind": [60, 30, 7] }),
    )
    .await;
    put::<Discharge>(
        &mut tx,
        json!({ "duty": duty, "met_on": "2008-12-31",
                "registered_on": "2008-12-31", "attested_by": null, "record": record, "document": a, "by": code,
                "note": null, "link": "https://example.se/" }),
    )
    .await;
    put::<Extension>(
        &mut tx,
        json!({ "duty": duty, "until": "2009-01-31", "decided_on": "2008-12-01",
                "registered_on": "2008-12-01", "decided_by": "ijd",
                "reference": null, "reason": "ny ordförande", "record": record }),
    )
    .await;
    put::<AgreedDay>(
        &mut tx,
        json!({ "duty": duty, "day": "2009-02-28", "agreed_on": "2008-12-02",
                "registered_on": "2008-12-02", "by": code, "reference": null,
                "record": record }),
    )
    .await;
    put::<Occurrence>(
        &mut tx,
        json!({ "duty": duty, "occurred_on": "2008-11-01",
                "registered_on": "2008-11-01", "note": "reviderad", "record": record }),
    )
    .await;
    put::<Correction>(
        &mut tx,
        json!({ "kind": "discharge", "about": duty, "record": record, "agreement": agreement,
                "reason": "fel fil", "by": code, "person": chair, "corrected_on": "2008-12-31" }),
    )
    .await;
    together(&mut tx, &agreement, code, &b, &record).await;
    collaborating(&mut tx, &agreement, code, &b, &record).await;
    put::<ObservationFile>(
        &mut tx,
        json!({ "programme": "lua-2008", "document": if code == "0180" { a.clone() } else { b.clone() },
                "name": format!("{code}.csv"), "loaded_on": "2008-11-01", "by": code, "person": chair }),
    )
    .await;
    let version = format!("{agreement}/plan/{code}0154/1");
    put::<PlanVersion>(
        &mut tx,
        json!({ "id": version, "agreement": agreement, "district": format!("{code}0154"),
                "district_name": "Husby", "serial": 1, "content_digest": a, "adopted_on": "2008-12-10",
                "adopted_by": "§ 4", "registered_on": "2008-12-11", "unchanged": null, "goals": 1,
                "interventions": 0, "overrides": 0, "by": code, "person": chair, "record": record,
                "document": a }),
    )
    .await;
    put::<PlanContent>(&mut tx, json!({ "version": version, "content": a_plan() })).await;
    put::<PlanReport>(
        &mut tx,
        json!({ "version": version, "duty": duty, "reported_on": "2008-12-30", "record": record }),
    )
    .await;
    put::<GoalAcceptance>(
        &mut tx,
        json!({ "agreement": agreement, "district": format!("{code}0154"), "goal": "g1", "wording": a,
                "partner": "polisen", "partner_name": "Polisen", "accepted_on": "2008-12-01",
                "registered_on": "2008-12-02", "evidence": null, "person": chair }),
    )
    .await;
    tx.append(event(&agreement)).await.expect("an event");
    tx.commit().await.expect("a commit");
}

/// A partnership in which everything has happened once.
async fn together(tx: &mut WriteTx, agreement: &str, code: &str, minutes: &Digest, record: &str) {
    let (partner, group) = (format!("{agreement}/polisen"), format!("{agreement}/group/1"));
    let registered = json!({ "agreement": agreement, "registered_on": "2008-12-01", "record": record });
    let with = |mut more: Value| {
        for (name, value) in registered.as_object().expect("an object") {
            more[name] = value.clone();
        }
        more
    };
    put::<partnership::Partner>(
        tx,
        json!({ "id": partner, "agreement": agreement, "name": "Polismyndigheten i Stockholms län",
                "orgnr": null, "organisation": null, "category": "state-authority",
                "required_as": "police", "record": record }),
    )
    .await;
    put::<partnership::Invitation>(
        tx,
        with(json!({ "partner": partner, "serial": 1, "mode": "member", "invited_on": "2008-11-01",
                     "note": null })),
    )
    .await;
    put::<partnership::InvitationAnswer>(
        tx,
        with(json!({ "partner": partner, "serial": 1, "answer": "accepted", "answered_on": "2008-11-05",
                     "note": "gärna", "by": code })),
    )
    .await;
    put::<partnership::Joining>(
        tx,
        with(json!({ "partner": partner, "serial": 1, "mode": "member", "basis": "mandated",
                     "decision_reference": "IJ2008/1215/IU", "from_day": "2008-11-05" })),
    )
    .await;
    put::<partnership::Departure>(
        tx,
        with(json!({ "partner": partner, "serial": 1, "last_day": "2008-11-30", "reason": null })),
    )
    .await;
    put::<partnership::OrganisationDescription>(
        tx,
        with(
            json!({ "serial": 1, "from_day": "2008-11-05", "words": "En styrgrupp och fem arbetsgrupper." }),
        ),
    )
    .await;
    put::<partnership::WorkingGroup>(
        tx,
        with(json!({ "id": group, "serial": 1, "district": format!("{code}0154"), "name": "Husbygruppen",
                     "task": null, "from_day": "2008-11-05" })),
    )
    .await;
    let in_group = json!({ "group": group, "partner": partner, "serial": 1 });
    let mut joined = with(in_group.clone());
    joined["from_day"] = json!("2008-11-06");
    put::<partnership::GroupMember>(tx, joined).await;
    let mut left = with(in_group);
    left["last_day"] = json!("2008-11-29");
    put::<partnership::GroupDeparture>(tx, left).await;
    put::<partnership::Meeting>(
        tx,
        with(json!({ "id": format!("{agreement}/meeting/1"), "serial": 1, "group": group,
                     "held_on": "2008-11-10", "present": [partner],
                     "decisions": [{ "number": "§ 1", "words": "Planen antas." }], "document": minutes })),
    )
    .await;
    put::<partnership::RegionalContact>(
        tx,
        with(json!({ "id": format!("{agreement}/regional/1"), "serial": 1, "kind": "structural-fund",
                     "counterpart": "Europeiska socialfonden", "day": "2008-11-12", "outcome": "Ansökan.",
                     "link": null })),
    )
    .await;
    let dialogue = format!("{agreement}/dialogue/1");
    put::<partnership::Dialogue>(
        tx,
        with(json!({ "id": dialogue, "serial": 1, "kind": "consultation-on-plan",
                     "district": format!("{code}0154"), "day": "2008-11-20", "form": "öppet möte",
                     "theme": "planen", "taking_part": 45, "said": "Mer ljus på gångvägarna." })),
    )
    .await;
    put::<partnership::DialogueResponse>(
        tx,
        with(
            json!({ "dialogue": dialogue, "serial": 1, "day": "2008-11-28", "done": "Belysning beställd." }),
        ),
    )
    .await;
    let need = format!("{agreement}/need/1");
    put::<partnership::Need>(
        tx,
        with(json!({ "id": need, "serial": 1, "district": null, "by": code, "partner": partner,
                     "addressed_to": "Utbildningsdepartementet", "words": "Fler vuxna i skolan.",
                     "raised_on": "2008-11-21" })),
    )
    .await;
    put::<partnership::NeedAnswer>(
        tx,
        with(json!({ "need": need, "serial": 1, "answered_on": "2008-12-01", "words": "Bereds.", "by": "ijd" })),
    )
    .await;
}

/// A plan's content with a figure, an absent one and a text in it.
fn a_plan() -> serde_json::Value {
    let goal = Goal { id: "g1".into(), target: Some(54.5), by: None, ..Goal::default() };
    let texts = [("analysis".to_owned(), "Nära till arbete.".to_owned())].into();
    serde_json::to_value(Plan { texts, goals: vec![goal], ..Plan::default() }).expect("plain structs")
}

/// A collaboration agreement to which everything has happened once. The plan that it is confirmed beside is the
/// municipality's own.
async fn collaborating(tx: &mut WriteTx, agreement: &str, code: &str, file: &Digest, record: &str) {
    let (partner, chair) = (format!("{agreement}/polisen"), format!("chair-{code}"));
    let version = format!("{partner}/collaboration/1");
    let plan = format!("{agreement}/plan/{code}0154/1");
    put::<collaboration::CollaborationVersion>(
        tx,
        json!({ "id": version, "agreement": agreement, "partner": partner, "serial": 1, "content_digest": file,
                "mode": "paper", "document": file, "pages": 3, "drawn_up_on": "2008-12-05", "by": code,
                "person": chair, "record": record }),
    )
    .await;
    put::<collaboration::CollaborationTerms>(
        tx,
        json!({ "version": version, "agreement": agreement, "terms": { "purpose": "Trygghet.",
                "from_day": "2009-01-01", "to_day": null, "commitments": [{ "id": "c1", "who": "partner",
                "what": "Gångpatrull.", "plan_version": plan, "element": "g1", "by": "2009-06-30",
                "resources": "Ordinarie." }] } }),
    )
    .await;
    put::<collaboration::CollaborationSignature>(
        tx,
        json!({ "version": version, "agreement": agreement, "side": "municipality", "serial": 1,
                "name": "Ordföranden",
                "person": chair, "mandate": chair, "signed_on": "2008-12-06", "mode": "paper",
                "attested_by": chair, "document": file, "registered_on": "2008-12-06", "record": record }),
    )
    .await;
    put::<collaboration::CollaborationRenewal>(
        tx,
        json!({ "version": version, "agreement": agreement, "serial": 1, "document": file,
                "renewed_on": "2009-01-02" }),
    )
    .await;
    put::<collaboration::CollaborationConfirmation>(
        tx,
        json!({ "version": version, "agreement": agreement, "plan_version": plan, "confirmed_on": "2009-12-10",
                "reason": "Detsamma.", "by": code, "registered_on": "2009-12-10", "record": record }),
    )
    .await;
    put::<collaboration::RevisionNeed>(
        tx,
        json!({ "version": version, "agreement": agreement, "found_on": "2009-12-10", "reason": "Mer tid.",
                "by": code, "registered_on": "2009-12-10", "record": record }),
    )
    .await;
    put::<collaboration::CollaborationReport>(
        tx,
        json!({ "version": version, "agreement": agreement, "reported_on": "2009-12-20", "record": record }),
    )
    .await;
}

/// A world of so many municipalities.
pub(crate) async fn make(house: &House, municipalities: usize) {
    found(house).await;
    for n in 0..municipalities {
        municipality(house, &format!("{:04}", 180 + n)).await;
    }
}
