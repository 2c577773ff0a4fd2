//! Sessions and form tokens.

use crate::house::House;
use jiff::{SignedDuration, Timestamp};
use kvarter_store::{Session, StoreError, form_token};

on_each_engine![
    a_session_is_opened_kept_and_closed,
    sessions_end_by_person_and_by_the_clock,
    a_form_posted_twice_acts_once_and_finds_where_it_led,
];

fn now() -> Timestamp {
    "2008-09-25T08:00:00Z".parse().expect("an instant")
}

fn hours(n: i64) -> Timestamp {
    now() + SignedDuration::from_hours(n)
}

fn session(token: &str, person: &str) -> Session {
    Session {
        token_digest: token.into(),
        person: person.into(),
        mandate: "m".into(),
        csrf: "c".into(),
        created_at: now(),
        seen_at: now(),
        expires_at: hours(8),
    }
}

async fn a_session_is_opened_kept_and_closed(house: &House) {
    let store = &house.store;
    store.open_session(&session("t", "p")).await.expect("a session");
    assert!(matches!(store.open_session(&session("t", "q")).await, Err(StoreError::Conflict(_))));
    assert_eq!(store.session("t").await, Ok(Some(session("t", "p"))));
    assert_eq!(store.session("u").await, Ok(None));
    store.keep_session("t", hours(1), hours(9)).await.expect("it is kept");
    store.choose_mandate("t", &"other".into()).await.expect("a mandate");
    let kept =
        Session { mandate: "other".into(), seen_at: hours(1), expires_at: hours(9), ..session("t", "p") };
    assert_eq!(store.session("t").await, Ok(Some(kept)));
    store.close_session("t").await.expect("it is closed");
    store.close_session("t").await.expect("closing twice is closing");
    assert_eq!(store.session("t").await, Ok(None));
    let gone = store.keep_session("t", hours(1), hours(9)).await;
    assert!(matches!(gone, Err(StoreError::NotFound(_))));
}

async fn sessions_end_by_person_and_by_the_clock(house: &House) {
    let store = &house.store;
    for (token, person) in [("1", "p"), ("2", "p"), ("3", "q")] {
        store.open_session(&session(token, person)).await.expect("a session");
    }
    assert_eq!(store.close_sessions_of(&"p".into()).await, Ok(2));
    assert_eq!(store.forget_expired_sessions(hours(7)).await, Ok(0));
    assert_eq!(store.forget_expired_sessions(hours(8)).await, Ok(1));
    assert!(house.is_sound().await, "sessions stand outside the log");
}

async fn a_form_posted_twice_acts_once_and_finds_where_it_led(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    assert_eq!(form_token::led_to(&mut tx, "t").await, Ok(None));
    form_token::spend(&mut tx, "t", "/avtal/lua-2008/0180", now()).await.expect("it is spent");
    tx.commit().await.expect("a commit");
    let mut tx = house.store.write().await.expect("a turn");
    assert_eq!(form_token::led_to(&mut tx, "t").await, Ok(Some("/avtal/lua-2008/0180".into())));
    assert!(matches!(form_token::spend(&mut tx, "t", "/", now()).await, Err(StoreError::Conflict(_))));
    drop(tx);
    let mut tx = house.store.write().await.expect("a turn");
    assert_eq!(form_token::forget_before(&mut tx, now()).await, Ok(0));
    assert_eq!(form_token::forget_before(&mut tx, hours(1)).await, Ok(1));
}
