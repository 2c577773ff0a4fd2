//! The dispatch: issuing as work that can be left, a list of districts, and the board.

use axum::http::StatusCode;
use kvarter_services::job;

use crate::people::House;

#[tokio::test]
async fn issuing_is_asked_for_followed_and_done_by_the_worker() {
    let house = House::stockholm_2008().await;
    let mut officer = house.signed_in("officer").await;
    let board = officer.get("/utskick").await;
    assert!(board.says("Stockholm") && board.says("har inga stadsdelar med kod"), "{}", board.text());

    let list = "municipality,code,name\nBotkyrka,01270101,Alby\n0181,01810101,Ronna\n";
    let registered =
        officer.fill_in("/utskick/stadsdelar", &[], &[("districts", "koder.csv", list.as_bytes())]).await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.text());

    let page = officer.get("/utskick/nytt").await;
    assert!(
        page.says("Botkyrka kommun: \n") && page.says("kommunernas underskriftsrader"),
        "{}",
        page.text()
    );
    let names = "Botkyrka kommun: Ordföranden i Botkyrka\r\n\r\n0181:";
    let form = [("state_signatory", "Nyamko Sabuni"), ("municipality_signatories", names)];
    let asked = officer.fill_in("/utskick/nytt", &form, &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    let work = asked.leads_to().to_owned();
    assert!(work.starts_with("/utskick/arbete/"), "{work}");
    let going = officer.get(&work).await;
    assert!(going.headers.contains_key("refresh"), "it shows itself again without script");
    assert!(officer.get("/att-gora").await.says("Avtal utfärdas"));

    assert!(job::work_once(&house.app).await.expect("the worker works"));
    let done = officer.get(&work).await;
    assert!(!done.headers.contains_key("refresh"));
    assert!(done.says("2 avtal är utfärdade"), "{}", done.text());
    let json = officer.get(&format!("{work}/lage.json")).await;
    assert!(json.says("\"done\": 2") && json.says("\"total\": 2"), "{}", json.text());
    assert!(!job::work_once(&house.app).await.expect("nothing is left"));
    let botkyrka = house.stranger().get("/avtal/lua-2008/0127").await;
    assert_eq!(botkyrka.status, StatusCode::OK);
    assert!(botkyrka.says("Ordföranden i Botkyrka"), "the name stands under the municipality's line");
    assert_eq!(house.stranger().get(&work).await.status, StatusCode::NOT_FOUND, "nobody else follows it");
}

#[tokio::test]
async fn a_list_of_districts_is_refused_whole_with_every_fault_by_line() {
    let house = House::stockholm_2008().await;
    let mut officer = house.signed_in("officer").await;
    let before = house.events().await;
    let list =
        "municipality,code,name\nBotkyrka,01800101,Alby\nIngenstans,99990101,Ödet\nBotkyrka,127,Fittja\n";
    let page =
        officer.fill_in("/utskick/stadsdelar", &[], &[("districts", "koder.csv", list.as_bytes())]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text();
    assert!(text.contains("Rad 3:") && text.contains("Ingenstans"), "{text}");
    let other = "namn;kod\nAlby;01270101\n";
    let page =
        officer.fill_in("/utskick/stadsdelar", &[], &[("districts", "koder.csv", other.as_bytes())]).await;
    assert!(page.says("municipality,code,name"), "{}", page.text());
    let page =
        officer.fill_in("/utskick/stadsdelar", &[], &[("districts", "koder.csv", &[0xff, 0xfe, 0x00])]).await;
    assert!(page.says("UTF-8"), "{}", page.text());
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn nobody_but_the_officer_issues_and_nothing_can_be_issued_twice() {
    let house = House::stockholm_2008().await;
    for key in ["ministry-registrar", "minister", "registrar", "chair"] {
        let status = house.signed_in(key).await.get("/utskick/nytt").await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{key}");
    }
    let mut officer = house.signed_in("officer").await;
    let path = "/utskick/nytt";
    let form = officer.get(path).await.form(path);
    let fields = [("municipalities", "0180"), ("state_signatory", "Nyamko Sabuni")];
    let page = officer.send(path, &form, &fields, &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("redan sitt avtal"), "{}", page.text());
    let none = officer.send(path, &form, &[("state_signatory", "Nyamko Sabuni")], &[]).await;
    assert!(none.says("Inget är valt"), "{}", none.text());
    let odd =
        [("municipality_signatories", "Stockholms stad:\nAtlantis: Neptunus"), ("state_signatory", "N")];
    let odd = officer.send(path, &form, &odd, &[]).await;
    assert!(odd.says("Rad 2:") && odd.says("Atlantis"), "{}", odd.text());
    let unknown =
        officer.send(path, &form, &[("municipalities", "9999"), ("state_signatory", "N")], &[]).await;
    assert!(unknown.says("finns inte på sändlistan"), "{}", unknown.text());
}
