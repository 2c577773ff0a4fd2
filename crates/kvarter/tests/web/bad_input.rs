//! What should not be sent, and what the house answers: clearly, with nothing written and nothing told.

use axum::http::{Method, StatusCode};

use crate::people::{House, PDF};

const AGREEMENT: &str = "/avtal/lua-2008/0180";
const ROOM: &str = "/signeringsrum/lua-2008/0180";

#[tokio::test]
async fn garbage_in_every_field_is_told_at_once_and_kept() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let before = house.events().await;
    let path = format!("{AGREEMENT}/godkannande");
    let fields =
        [("decided_on", "i onsdags"), ("adjusted_on", "2008-02-30"), ("body", "<script>alert(1)</script>")];
    let page = registrar.fill_in(&path, &fields, &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("i onsdags är ingen dag"), "{}", page.text());
    assert!(page.says("2008-02-30 är ingen dag"));
    assert!(page.says("value=\"i onsdags\""), "what was typed is kept");
    assert!(!String::from_utf8_lossy(&page.body).contains("<script>alert"), "markup is not taken for markup");
    let nothing = [("decided_on", "2008-09-26"), ("body", ""), ("paragraph", "")];
    let page = registrar.fill_in(&path, &nothing, &[]).await;
    for missing in
        ["Organet som beslutade saknas", "Paragrafen i protokollet saknas", "Kopian av beslutet saknas"]
    {
        assert!(page.says(missing), "{missing}: {}", page.text());
    }
    assert!(page.says("<title>Fel:"));
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn a_day_that_has_not_come_is_refused() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let path = format!("{AGREEMENT}/godkannande");
    let fields = [("decided_on", "2008-12-24"), ("paragraph", "§ 12")];
    let page = registrar.fill_in(&path, &fields, &[("document", "beslut.pdf", PDF)]).await;
    assert!(page.says("har inte kommit än"), "{}", page.text());
}

#[tokio::test]
async fn what_is_not_a_page_is_not_taken_for_one() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let before = house.events().await;
    let path = format!("{AGREEMENT}/godkannande");
    for (bytes, told) in [
        (b"MZ\x90\x00program".as_slice(), "varken PDF eller bild"),
        (b"%PDF-1.7 and nothing more".as_slice(), "går inte att läsa"),
        (b"".as_slice(), "Filen är tom"),
    ] {
        let page =
            registrar.fill_in(&path, &[("paragraph", "§ 12")], &[("document", "beslut.pdf", bytes)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says(told), "{told}: {}", page.text());
    }
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn sixty_megabytes_are_refused_before_they_are_looked_at() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let large = vec![b' '; 60 << 20];
    let path = format!("{AGREEMENT}/godkannande");
    let page = registrar.fill_in(&path, &[("paragraph", "§ 12")], &[("document", "stor.pdf", &large)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.says("50 MB"), "{}", page.text());
}

#[tokio::test]
async fn a_form_without_the_sessions_secret_is_forged() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let before = house.events().await;
    let path = format!("{AGREEMENT}/forvaring");
    let forged = registrar
        .post(&path, &[("csrf", "0000"), ("mark", "B"), ("place", "x"), ("from_day", "2008-09-26")])
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(forged.says("Formuläret"), "{}", forged.text());
    let without = registrar.post("/logga-ut", &[]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN, "nobody else signs one out");
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn a_made_up_session_is_nobody() {
    let house = House::stockholm_2008().await;
    let mut stranger = house.stranger();
    stranger.cookies.insert("kvarter".to_owned(), "0".repeat(64));
    assert_eq!(stranger.get("/att-gora").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&format!("{AGREEMENT}/godkannande")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_municipalitys_people_are_told_nothing() {
    let house = House::stockholm_2008().await;
    let mut gavle = house.signed_in("registrar-2180").await;
    for path in
        [ROOM, &format!("{ROOM}/original/A"), &format!("{ROOM}/matris.pdf"), &format!("{ROOM}/skanning")]
    {
        assert_eq!(gavle.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for act in ["mottagande", "godkannande", "retur", "forvaring", "avsandning", "returregistrering"] {
        assert_eq!(gavle.get(&format!("{AGREEMENT}/{act}")).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    // Nobody has issued this one: it is as if there were none.
    assert_eq!(gavle.get("/signeringsrum/lua-2008/2180").await.status, StatusCode::NOT_FOUND);
    for path in ["/utskick", "/personer"] {
        let status = gavle.get(path).await.status;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN,
            "{path} answers {status}"
        );
    }
}

#[tokio::test]
async fn nobody_is_sent_off_the_site_by_an_address() {
    let house = House::stockholm_2008().await;
    let mut stranger = house.stranger();
    for to in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"] {
        let page = stranger.post("/logga-in/som", &[("som", "demo-registrar"), ("till", to)]).await;
        assert!(
            page.leads_to().starts_with('/') && !page.leads_to().contains("elsewhere"),
            "{to}: {}",
            page.leads_to()
        );
        stranger.cookies.clear();
    }
    let page = stranger.get("/sprak/en?till=https%3A%2F%2Felsewhere.example").await;
    assert_eq!(page.leads_to(), "/");
    assert_eq!(stranger.get("/sprak/tlh").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_eleventh_guess_at_a_password_is_not_looked_at() {
    let house = House::empty(false).await;
    let mut stranger = house.stranger();
    let guess = [("login", "registrator"), ("password", "kanske det här")];
    for _ in 0..10 {
        assert!(stranger.post("/logga-in", &guess).await.says("hör inte ihop"));
    }
    assert!(stranger.post("/logga-in", &guess).await.says("För många försök"));
}

#[tokio::test]
async fn cookies_are_kept_from_scripts_and_from_other_sites() {
    let house = House::stockholm_2008().await;
    let mut stranger = house.stranger();
    let page = stranger.post("/logga-in/som", &[("som", "demo-registrar")]).await;
    let cookies: Vec<&str> =
        page.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).collect();
    let session = cookies.iter().find(|c| c.starts_with("kvarter=")).expect("a session");
    assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax"), "{session}");
}

#[tokio::test]
async fn a_scan_must_be_attested_be_a_scan_and_be_whole() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let path = format!("{ROOM}/skanning");
    let without = registrar.fill_in(&path, &[], &[("scan", "a.pdf", PDF)]).await;
    assert!(without.says("Intyget är inte ikryssat"), "{}", without.text());
    let text =
        registrar.fill_in(&path, &[("statement", "ja")], &[("scan", "a.pdf", b"inte en skanning")]).await;
    assert!(text.says("varken PDF eller bild"), "{}", text.text());
    let nothing = registrar.fill_in(&path, &[("statement", "ja")], &[]).await;
    assert!(nothing.says("ingen fil är vald"), "{}", nothing.text());
    let one_page = registrar.fill_in(&path, &[("statement", "ja")], &[("scan", "a.pdf", PDF)]).await;
    assert_eq!(one_page.status, StatusCode::SEE_OTHER, "{}", one_page.text());
    let kept = registrar.get(&format!("{ROOM}/skanning/A")).await;
    assert_eq!(kept.body, PDF);
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_forged_whether_or_not_anyone_is_signed_in() {
    let house = House::stockholm_2008().await;
    let before = house.events().await;
    let sends: &[&[(&str, &str)]] = &[
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("host", "evil.example"), ("origin", "https://evil.example")],
        &[("host", "kvarter.example"), ("origin", "https://evil.example")],
        &[("host", "kvarter.example"), ("origin", "https://kvarter.example.evil.example")],
        &[("host", "kvarter.example"), ("origin", "null")],
        &[("origin", "")],
    ];
    for headers in sends {
        let mut stranger = house.stranger();
        stranger.headers = headers.to_vec();
        for path in ["/logga-in", "/logga-in/som", "/demo/nasta", "/kontrollera", "/logga-ut"] {
            let page = stranger.post(path, &[("som", "demo-registrar"), ("login", "x")]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(page.says("Formuläret kommer inte härifrån"), "{path}");
            assert!(stranger.cookies.is_empty(), "{path} {headers:?} signs nobody in");
        }
    }
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn a_form_from_our_own_page_is_taken_however_the_browser_says_so() {
    let house = House::stockholm_2008().await;
    let sends: &[&[(&str, &str)]] = &[
        &[("sec-fetch-site", "same-origin"), ("origin", "https://behind.a.proxy")],
        &[("sec-fetch-site", "none")],
        &[("host", "kvarter.example"), ("origin", "https://KVARTER.example")],
        &[("host", "127.0.0.1:8008"), ("origin", "http://127.0.0.1:8008")],
        &[],
    ];
    for headers in sends {
        let mut stranger = house.stranger();
        stranger.headers = headers.to_vec();
        let page = stranger.post("/logga-in/som", &[("som", "demo-registrar")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{headers:?}");
    }
}

#[tokio::test]
async fn an_address_asked_for_in_another_way_says_which_ways_there_are() {
    let house = House::empty(false).await;
    let mut stranger = house.stranger();
    for (method, path, allowed) in
        [(Method::POST, "/avtal", "GET"), (Method::DELETE, "/logga-in", "POST"), (Method::PUT, "/", "GET")]
    {
        let page = stranger.by(method.clone(), path).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        let says = page.headers.get("allow").and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert!(says.contains(allowed), "{method} {path}: {says}");
    }
    assert_eq!(stranger.by(Method::POST, "/finns-inte").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page_and_never_to_another_site() {
    let house = House::empty(false).await;
    let mut stranger = house.stranger();
    for (path, to) in
        [("/avtal/", "/avtal"), ("/diarium/?sok=x", "/diarium?sok=x"), ("/atagande/a/b//", "/atagande/a/b")]
    {
        let page = stranger.get(path).await;
        assert_eq!((page.status, page.leads_to()), (StatusCode::PERMANENT_REDIRECT, to), "{path}");
    }
    for path in ["//evil.example/", "/\\evil.example/"] {
        let page = stranger.get(path).await;
        assert!(!page.status.is_redirection(), "{path} leads to {}", page.leads_to());
    }
}
