//! What is asked for in an address, and what is told when it cannot be.

use axum::http::StatusCode;

use crate::people::House;

const AGREEMENT: &str = "/avtal/lua-2008/0180";

#[tokio::test]
async fn a_day_that_is_none_or_has_not_been_is_told_and_the_print_line_says_what_is_shown() {
    let house = House::stockholm_2008().await;
    let mut stranger = house.stranger();
    for day in ["abc", "2030-01-01", "2008-02-30"] {
        let page = stranger.get(&format!("{AGREEMENT}?per={day}")).await;
        assert!(page.says(&format!("”{day}” är ingen dag som har varit")), "{day}: {}", page.text());
        assert!(!page.says(&format!("Utskrift av {AGREEMENT}?per={day}")), "{day}");
        assert!(page.says(&format!("Utskrift av {AGREEMENT}")), "{day}");
    }
    let past = stranger.get(&format!("{AGREEMENT}?per=2008-09-18")).await;
    assert!(!past.says("är ingen dag som har varit"));
}

#[tokio::test]
async fn a_certificate_of_a_day_before_the_agreement_says_that_there_was_none() {
    let house = House::stockholm_2008().await;
    let page = house.stranger().get(&format!("{AGREEMENT}/giltighet.pdf?per=2008-01-01")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.says("1 januari 2008") && page.says(AGREEMENT), "{}", page.text());
}

#[tokio::test]
async fn a_filter_that_cannot_be_is_told_with_what_can() {
    let house = House::stockholm_until("2009-12-31T12:00:00").await;
    let mut stranger = house.stranger();
    for path in ["/ataganden", "/ataganden.json", "/ataganden.ics", "/ataganden/kalender"] {
        let page = stranger.get(&format!("{path}?part=zzz&ar=abc&paragraf=99&lage=glad")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        // The calendar shows a year whichever is asked for, and says which.
        let years = if path.ends_with("kalender") { vec![] } else { vec!["ar=abc", "2008, 2009, 2010"] };
        for told in ["part=zzz", "paragraf=99", "lage=glad"].into_iter().chain(years) {
            assert!(page.says(told), "{path} {told}: {}", page.text());
        }
    }
    let page = stranger.get("/ataganden?part=state&ar=2009&paragraf=&lage=").await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn the_first_page_claims_no_agreement_that_is_not_in_force() {
    let house = House::empty(false).await;
    let page = house.stranger().get("/").await;
    assert!(page.says("inget är i kraft ännu") && page.says("0 av 21 avtal är i kraft"), "{}", page.text());
    let house = House::stockholm_until("2008-12-31T12:00:00").await;
    assert!(house.stranger().get("/").await.says("1 är i kraft"));
}

#[tokio::test]
async fn names_are_told_once_in_order_and_as_names() {
    let house = House::stockholm_2008().await;
    let mut officer = house.signed_in("officer").await;
    let list = officer.get("/avtal").await;
    assert!(!list.says("2008–2010, 2008–2010"), "{}", list.text());
    let board = officer.get("/utskick").await;
    assert!(board.says("Borås stad har inga stadsdelar med kod"), "{}", board.text());
    let register = officer.get("/diarium").await.text();
    let chooser = &register[register.find("name=\"vems\"").expect("a chooser")..];
    let at = |name: &str| chooser.find(name).unwrap_or_else(|| panic!("{name}: {chooser}"));
    assert!(at("Borås stad") < at("Botkyrka") || at("Botkyrka") < at("Borås stad"));
    assert!(at("Växjö") > at("Uppsala") && at("Borås") < at("Gävle") && at("Gävle") < at("Göteborg"));
}

#[tokio::test]
async fn the_stamp_on_the_letter_bears_the_matters_number_as_the_source_has_it() {
    let house = House::stockholm_until("2008-09-30T12:00:00").await;
    let page = house.stranger().get(AGREEMENT).await.text();
    let stamp = &page[page.find("class=\"stamp").expect("a stamp")..];
    let stamp = &stamp[..stamp.len().min(600)];
    assert!(stamp.contains("539-1756/2008") && !stamp.contains("539-1756/2008-"), "{stamp}");
}

#[tokio::test]
async fn the_letter_on_the_page_sends_links_to_whom_the_sent_letter_does() {
    let house = House::stockholm_2008().await;
    let page = house.stranger().get(AGREEMENT).await;
    assert!(page.says("enheten") && !page.says("[…]"), "the same words as in the letter that was sent");
}

#[tokio::test]
async fn the_feed_says_who_made_it_names_the_municipality_and_is_never_without_a_component() {
    let house = House::stockholm_until("2009-12-31T12:00:00").await;
    let mut stranger = house.stranger();
    let feed = stranger.get("/ataganden.ics").await.text();
    assert!(feed.contains("PRODID:-//Kvarter//Kvarter//SV\r\n"), "{feed}");
    assert_eq!(feed.matches("BEGIN:VCALENDAR").count(), 1);
    let unfolded = feed.replace("\r\n ", "");
    let summaries: Vec<&str> = unfolded.lines().filter(|line| line.starts_with("SUMMARY:")).collect();
    assert!(
        summaries.iter().any(|line| line.contains("stadsdelsplan") && line.contains("Stockholm")),
        "{summaries:?}"
    );
    // The clock has no part in it.
    assert!(stranger.get("/ataganden.ics").await.text() == feed, "the same duties are the same feed");
    let empty = House::empty(false).await.stranger().get("/ataganden.ics").await.text();
    assert!(empty.contains("BEGIN:VTIMEZONE\r\n") && !empty.contains("BEGIN:VEVENT"), "{empty}");
    assert!(empty.trim_end().ends_with("END:VCALENDAR"));
}

#[tokio::test]
async fn what_is_unknown_is_not_separated_in_silence() {
    let house = House::stockholm_until("2008-09-30T12:00:00").await;
    let mut registrar = house.signed_in("registrar").await;
    let list = registrar.get("/diarium?vems=0180").await.text();
    let id = list
        .split("href=\"/diarium/")
        .skip(1)
        .find_map(|rest| rest.split(['"', '?', '#']).next().filter(|id| id.starts_with("0180")));
    let path = format!("/diarium/{}/sekretess", id.expect("a record of the municipality"));
    let before = house.events().await;
    let form = [("way", "mark"), ("provision", "OSL 21:7"), ("separates", "hack")];
    let page = registrar.fill_in(&path, &form, &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text());
    assert!(page.says("Valet finns inte"), "{}", page.text());
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn what_the_router_cannot_read_is_told_in_our_words() {
    let house = House::empty(false).await;
    let mut stranger = house.stranger();
    for path in ["/logg/konsistens.json", "/logg/konsistens.json?fran=x&till=0"] {
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.says("är ingen storlek på loggen"), "{path}: {}", page.text());
    }
    for path in ["/logg?fore=x", "/logg/x/bevis.json", "/diarium?sida=x", "/ataganden?sida=-1"] {
        let page = stranger.get(path).await;
        assert!(page.status.is_client_error(), "{path}");
        assert!(page.says("går inte att läsa"), "{path}: {}", page.text());
    }
    let missing = stranger.get("/statisk/finns-inte.css").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
