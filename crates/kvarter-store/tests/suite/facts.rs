//! Facts are kept as they are, all or nothing.

use crate::house::{House, event};
use crate::world;
use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::organisation::{Alias, Organisation, OrganisationKind};
use kvarter_domain::person::Person;
use kvarter_store::verify::TABLES;
use kvarter_store::{StoreError, agreement, district, duty, log, organisation, person, registry};

on_each_engine![
    a_fact_of_every_kind_comes_out_as_it_went_in,
    nothing_of_a_write_that_is_dropped_has_happened,
    a_fact_that_no_event_covers_is_refused,
    a_second_fact_with_the_same_key_is_a_conflict,
    a_fact_about_what_is_not_there_is_not_found,
    a_text_that_one_engine_could_not_keep_is_refused_by_both,
    what_was_known_when_is_a_filter,
    a_snapshot_does_not_change_while_it_is_read,
    an_act_on_something_that_has_changed_is_stale,
    nouns_find_their_facts,
    registers_are_read_by_organisation_and_by_agreement,
];

fn person(id: &str) -> Person {
    Person { id: id.into(), name: format!("Namn {id} åäö 🖋 'quoted\" \\ \n") }
}

async fn people(house: &House) -> usize {
    house.store.read().await.expect("a snapshot").every::<Person>().await.expect("people").len()
}

async fn a_fact_of_every_kind_comes_out_as_it_went_in(house: &House) {
    world::make(house, 2).await;
    let report = house.report().await;
    assert_eq!(report.findings, []);
    assert_eq!(report.size, 11);
    let mut burglar = house.burglar().await;
    for table in TABLES {
        let count = format!("select count(*) as n from \"{}\"", table.name);
        let row = sqlx::query(sqlx::AssertSqlSafe(count)).fetch_one(&mut burglar).await.expect("a count");
        let n: i64 = sqlx::Row::get(&row, "n");
        assert!(n > 0, "there is no {}", table.name);
    }
}

async fn nothing_of_a_write_that_is_dropped_has_happened(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    tx.insert(&person("a")).await.expect("it is kept");
    tx.append(event("a")).await.expect("an event");
    drop(tx);
    assert_eq!(people(house).await, 0);
    let mut tx = house.store.write().await.expect("a turn");
    assert_eq!(tx.next_event(), 1);
    tx.insert(&person("b")).await.expect("it is kept");
    assert_eq!(tx.append(event("b")).await, Ok(1));
    tx.commit().await.expect("a commit");
    assert_eq!(people(house).await, 1);
    assert!(house.is_sound().await);
}

async fn a_fact_that_no_event_covers_is_refused(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    tx.insert(&person("a")).await.expect("it is kept");
    tx.append(event("a")).await.expect("an event");
    tx.insert(&person("b")).await.expect("it is kept");
    assert!(matches!(tx.commit().await, Err(StoreError::Malformed(_))));
    assert_eq!(people(house).await, 0);
}

async fn a_second_fact_with_the_same_key_is_a_conflict(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    tx.insert(&person("a")).await.expect("it is kept");
    tx.append(event("a")).await.expect("an event");
    tx.commit().await.expect("a commit");
    let mut tx = house.store.write().await.expect("a turn");
    assert_eq!(tx.insert_if_new(&person("a")).await, Ok(false));
    assert_eq!(tx.insert_if_new(&person("b")).await, Ok(true));
    assert_eq!(tx.insert(&person("a")).await, Err(StoreError::Conflict("person [\"a\"]".into())));
    drop(tx);
    assert_eq!(people(house).await, 1);
}

async fn a_fact_about_what_is_not_there_is_not_found(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    let alias = Alias { organisation: "9999".into(), name: "Ingenstans".into() };
    tx.insert(&alias).await.expect("it may come later in the same write");
    tx.append(event("9999")).await.expect("an event");
    assert!(matches!(tx.commit().await, Err(StoreError::NotFound(_))));
    assert!(house.is_sound().await);
    let mut tx = house.store.write().await.expect("a turn");
    tx.insert(&alias).await.expect("it may come later in the same write");
    let organisation = Organisation {
        id: "9999".into(),
        kind: OrganisationKind::Municipality,
        name: "Ingenstans kommun".into(),
        orgnr: None,
    };
    tx.insert(&organisation).await.expect("it is kept");
    tx.append(event("9999")).await.expect("an event");
    tx.commit().await.expect("both are there");
}

async fn a_text_that_one_engine_could_not_keep_is_refused_by_both(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    let bad = Person { id: "a".into(), name: "NUL \0".into() };
    assert!(matches!(tx.insert(&bad).await, Err(StoreError::Malformed(_))));
    assert!(matches!(tx.append(event("NUL \0")).await, Err(StoreError::Malformed(_))));
}

async fn what_was_known_when_is_a_filter(house: &House) {
    for id in ["a", "b", "c"] {
        let mut tx = house.store.write().await.expect("a turn");
        tx.insert(&person(id)).await.expect("it is kept");
        tx.append(event(id)).await.expect("an event");
        tx.commit().await.expect("a commit");
    }
    let mut tx = house.store.read().await.expect("a snapshot");
    tx.as_of(2);
    let known: Vec<Person> = tx.every().await.expect("people");
    assert_eq!(known, [person("a"), person("b")]);
}

async fn a_snapshot_does_not_change_while_it_is_read(house: &House) {
    let mut before = house.store.read().await.expect("a snapshot");
    assert_eq!(before.every::<Person>().await.expect("people").len(), 0);
    let mut tx = house.store.write().await.expect("a turn");
    tx.insert(&person("a")).await.expect("it is kept");
    tx.append(event("a")).await.expect("an event");
    tx.commit().await.expect("a commit, though someone reads");
    assert_eq!(before.every::<Person>().await.expect("people").len(), 0);
    assert_eq!(people(house).await, 1);
}

async fn an_act_on_something_that_has_changed_is_stale(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    tx.append(event("lua-2008/0180")).await.expect("an event");
    let seen = log::last_of(&mut tx, "lua-2008/0180").await.expect("the last event");
    assert_eq!(seen, 1);
    assert_eq!(tx.refuse_if_newer("lua-2008/0180", seen).await, Ok(()));
    tx.append(event("lua-2008/0180")).await.expect("an event");
    let stale = StoreError::Stale { subject: "lua-2008/0180".into(), seen: 1, now: 2 };
    assert_eq!(tx.refuse_if_newer("lua-2008/0180", seen).await, Err(stale));
    assert_eq!(tx.refuse_if_newer("lua-2008/0181", 0).await, Ok(()));
}

async fn nouns_find_their_facts(house: &House) {
    world::make(house, 2).await;
    let (programme, one) = (ProgrammeId::new("lua-2008"), AgreementId::new("lua-2008/0180"));
    let mut tx = house.store.read().await.expect("a snapshot");
    let tx = &mut tx;

    let life = agreement::life(tx, &one).await.expect("a life").expect("there is one");
    let lives = agreement::lives_of(tx, &programme).await.expect("lives");
    assert_eq!(lives.len(), 2);
    assert_eq!(lives[0], life);
    assert_eq!(life.originals.len(), 2);
    assert_eq!(life.initials.len(), 6);
    assert_eq!(life.mandates.given.len(), 2, "the minister's and the chair's");
    assert_eq!(life.mandates.ended.len(), 1);
    assert_eq!(life.people.len(), 2);
    assert_eq!(life.references.len(), 2, "the numbers of both parties' matters");
    assert_eq!(life.to_quote(), Some("IJ2007/1818/STO"));
    assert!(life.sent.is_some() && life.in_force.is_some());
    assert_eq!(agreement::life(tx, &"lua-2008/9999".into()).await, Ok(None));
    assert_eq!(agreement::of_programme(tx, &programme).await.map(|all| all.len()), Ok(2));
    assert!(agreement::dispatch(tx, &"d1".into()).await.expect("a dispatch").is_some());
    assert_eq!(agreement::dispatches_of(tx, &programme).await.map(|all| all.len()), Ok(1));
    let edition = life.agreement.edition.clone();
    assert!(agreement::edition(tx, &edition).await.expect("an edition").is_some());

    assert!(organisation::by_id(tx, &"0181".into()).await.expect("an organisation").is_some());
    assert!(person::by_id(tx, &"minister".into()).await.expect("a person").is_some());
    assert_eq!(person::mandates(tx).await.map(|m| m.given.len()), Ok(3));
    assert_eq!(person::mandates_of(tx, &"chair-0180".into()).await.map(|m| m.ended.len()), Ok(1));
    assert_eq!(person::mandates_for(tx, &"ijd".into()).await.map(|m| m.given.len()), Ok(1));
    assert!(person::credential(tx, "chair-0180").await.expect("a credential").is_some());
    assert!(person::credential_of(tx, &"minister".into()).await.expect("none").is_none());
    assert_eq!(district::of_municipality(tx, &"0180".into()).await.map(|all| all.len()), Ok(1));

    let duties = duty::of_agreement(tx, &one).await.expect("duties");
    assert_eq!(duties.len(), 1);
    assert_eq!(duty::by_id(tx, &duties[0].id).await, Ok(Some(duties[0].clone())));
    assert_eq!(duty::of_programme(tx, &programme).await.map(|all| all.len()), Ok(2));
    assert_eq!(duty::discharges_of(tx, &programme).await.map(|all| all.len()), Ok(2));
    assert_eq!(duty::extensions_of(tx, &programme).await.map(|all| all.len()), Ok(2));
    assert_eq!(duty::agreed_days_of(tx, &programme).await.map(|all| all.len()), Ok(2));
    assert_eq!(duty::occurrences_of(tx, &programme).await.map(|all| all.len()), Ok(2));
}

async fn registers_are_read_by_organisation_and_by_agreement(house: &House) {
    world::make(house, 2).await;
    let mut tx = house.store.read().await.expect("a snapshot");
    let tx = &mut tx;
    let of = async |tx: &mut _, organisation: Option<&str>, agreement: Option<&str>| {
        let (organisation, agreement) = (organisation.map(Into::into), agreement.map(Into::into));
        let filed = registry::all_filed(tx, organisation.as_ref(), agreement.as_ref()).await;
        filed.expect("records").into_iter().map(|f| f.record.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(of(tx, None, None).await.len(), 4);
    assert_eq!(of(tx, Some("0180"), None).await, ["0180-1-1"]);
    assert_eq!(of(tx, None, Some("lua-2008/0180")).await.len(), 2);
    assert_eq!(of(tx, Some("ijd"), Some("lua-2008/0181")).await, ["ijd-0181-1"]);
    assert_eq!(of(tx, Some("9999"), None).await.len(), 0);

    let filed = registry::filed(tx, &"0180-1-1".into()).await.expect("a record").expect("there is one");
    assert_eq!(filed.number(), "539-1756/2008-1");
    assert_eq!(filed.secrecy.len(), 1);
    assert_eq!(registry::filed(tx, &"x".into()).await, Ok(None));
    let matter = filed.matter.id.clone();
    assert_eq!(registry::matter(tx, &matter).await, Ok(Some(filed.matter.clone())));
    assert_eq!(registry::next_serial(tx, &matter).await, Ok(2));
    assert_eq!(registry::next_serial(tx, &"x".into()).await, Ok(1));
    assert_eq!(registry::event_of(tx, &filed.record.id).await, Ok(4));
    assert!(matches!(registry::event_of(tx, &"x".into()).await, Err(StoreError::NotFound(_))));
    assert_eq!(registry::references_of(tx, &matter).await.map(|all| all.len()), Ok(1));
    let about = registry::matter_about(tx, &"0180".into(), &"lua-2008/0180".into()).await;
    assert_eq!(about, Ok(Some(filed.matter.clone())));
    assert_eq!(registry::matter_about(tx, &"0180".into(), &"lua-2008/0181".into()).await, Ok(None));
    let numbered = registry::matter_numbered(tx, &"0180".into(), "539–1756 / 2008").await;
    assert_eq!(numbered, Ok(Some(filed.matter.clone())));
    let document = filed.record.document.expect("it has a document");
    assert!(registry::document(tx, &document).await.expect("a document").is_some());
}
