//! Signing in, and all that does not let one in.

use crate::story::{Story, codes};
use jiff::ToSpan;
use jiff::civil::date;
use kvarter_domain::access::Actor;
use kvarter_domain::person::Role;
use kvarter_services::identity::{self, AddPerson};

async fn with_registrar(story: &Story) {
    let add = AddPerson {
        name: "Registrator".to_owned(),
        organisation: "Gävle kommun".to_owned(),
        role: Role::Registrar,
        from_day: date(2008, 1, 1),
        to_day: Some(date(2008, 12, 31)),
        evidence: None,
        sign_in: Some(("Registrator@Gavle.example".to_owned(), "en lång mening att minnas".to_owned())),
    };
    identity::add_person(&story.app.system(), &story.app, &add).await.expect("a registrar is added");
}

#[tokio::test]
async fn a_person_signs_in_with_the_right_password_and_is_recognised_until_the_mandate_ends() {
    let story = Story::stockholm_2008().await;
    with_registrar(&story).await;
    let signed = identity::sign_in(
        &story.public(),
        &story.app,
        "registrator@gavle.example",
        "en lång mening att minnas",
    )
    .await
    .expect("the right password");
    let now = story.app.session_time();
    let known =
        identity::recognise(&story.app, &signed.token, now).await.expect("readable").expect("a session");
    assert!(matches!(known.actor, Actor::Signed { role: Role::Registrar, .. }));
    let forged = identity::recognise(&story.app, &"0".repeat(64), now).await.expect("readable");
    assert!(forged.is_none(), "a forged session is none");
    let later = now.checked_add(9.hours()).expect("later");
    assert!(identity::recognise(&story.app, &signed.token, later).await.expect("readable").is_none());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike_and_not_for_ever() {
    let story = Story::stockholm_2008().await;
    with_registrar(&story).await;
    for login in ["registrator@gavle.example", "nobody"] {
        let result = identity::sign_in(&story.public(), &story.app, login, "fel").await;
        assert_eq!(codes(result), ["sign-in-failed"], "{login}");
    }
    for _ in 0..9 {
        let result = identity::sign_in(&story.public(), &story.app, "registrator@gavle.example", "fel").await;
        assert_eq!(codes(result), ["sign-in-failed"]);
    }
    let result = identity::sign_in(
        &story.public(),
        &story.app,
        "registrator@gavle.example",
        "en lång mening att minnas",
    )
    .await;
    assert_eq!(codes(result), ["sign-in-too-many"]);
}

#[tokio::test]
async fn everything_wrong_with_a_new_person_is_said_at_once() {
    let story = Story::stockholm_2008().await;
    let add = AddPerson {
        name: " ".to_owned(),
        organisation: "Atlantis kommun".to_owned(),
        role: Role::Chair,
        from_day: date(2008, 1, 2),
        to_day: Some(date(2008, 1, 1)),
        evidence: None,
        sign_in: Some((String::new(), "kort".to_owned())),
    };
    let found = codes(identity::add_person(&story.app.system(), &story.app, &add).await);
    assert_eq!(
        found,
        [
            "person-without-name",
            "mandate-ends-before-it-begins",
            "login-empty",
            "password-too-short",
            "no-such-organisation"
        ]
    );
}
