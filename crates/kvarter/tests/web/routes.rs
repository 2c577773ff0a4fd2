//! Every route, with the act it requires and what it answers those who may not.
//!
//! The list is `tests/routes.txt`: a new route is a line there, and so is a change of who gets in.

use axum::http::StatusCode;
use expect_test::expect_file;
use kvarter::web::routes;
use kvarter_domain::access::Act;

use crate::people::{House, Visitor};

/// The first thing that a page links to under an address.
async fn linked(house: &House, page: &str, under: &str) -> String {
    let text = house.signed_in("registrar").await.get(page).await.text();
    let opening = format!("href=\"{under}");
    let links = text.split(&opening).skip(1);
    let mut ids = links.filter_map(|rest| rest.split(['"', '?', '#']).next());
    let found = ids.find(|id| !matches!(*id, "" | "ny"));
    found.unwrap_or_else(|| panic!("{page} links to nothing under {under}")).to_owned()
}

/// An address of the kind, of something that exists: Stockholm's, so that only access can be in the way.
async fn addressed(house: &House, path: &str) -> String {
    let filled = path
        .replace("{programme}", "lua-2008")
        .replace("{municipality}", "0180")
        .replace("{year}", "2009")
        .replace("{mark}", "A")
        .replace("{seq}", "1")
        .replace("{language}", "en")
        .replace("{partner}", "polisen")
        .replace("{commitment}", "c1")
        .replace("{number}", "1")
        .replace("{*path}", "kvarter.css");
    if filled.contains("{*id}") {
        filled.replace("{*id}", &linked(house, "/ataganden?part=municipality", "/atagande/").await)
    } else if filled.starts_with("/diarium/{id}") {
        filled.replace("{id}", &linked(house, "/diarium", "/diarium/").await)
    } else {
        filled.replace("{id}", "0")
    }
}

async fn answer(visitor: &mut Visitor, method: &str, path: &str) -> StatusCode {
    match method {
        "GET" => visitor.get(path).await.status,
        _ => visitor.post(path, &[]).await.status,
    }
}

#[tokio::test]
async fn every_route_requires_an_act_and_lets_in_nobody_else() {
    let house = House::stockholm_until("2009-12-31T12:00:00").await;
    let before = house.events().await;
    let mut told = String::from(
        "Every route, the act it requires, and what it answers without a form's secret:\n\
         someone who is not signed in | the registrar of another municipality.\n\n",
    );
    for route in routes::all() {
        let line = format!("{:<4} {}", route.method, route.path);
        // The demonstration's own buttons are anyone's, and elsewhere there are none: `acts` tries them.
        if route.path.starts_with("/demo/") {
            told.push_str(&format!("{line:<72} {:<20} in the demonstration only\n", route.act.code()));
            continue;
        }
        let path = addressed(&house, route.path).await;
        let mut stranger = house.stranger();
        let mut foreign = house.signed_in("registrar-2180").await;
        let to_stranger = answer(&mut stranger, route.method, &path).await;
        let to_foreign = answer(&mut foreign, route.method, &path).await;
        told.push_str(&format!(
            "{line:<72} {:<20} {} | {}\n",
            route.act.code(),
            to_stranger.as_u16(),
            to_foreign.as_u16()
        ));
        if route.act != Act::ReadPublic {
            assert!(to_stranger.is_client_error(), "{line} answers a stranger {to_stranger}");
        }
        if route.path.contains("{municipality}") && route.act != Act::ReadPublic {
            assert!(to_foreign.is_client_error(), "{line} answers another municipality {to_foreign}");
        }
        assert!(!to_stranger.is_server_error() && !to_foreign.is_server_error(), "{line} fails");
    }
    assert_eq!(house.events().await, before, "asking wrote nothing");
    expect_file!["../routes.txt"].assert_eq(&told);
}
