//! The steps from received to in force, taken by hand in the browser's way: form by form.

use axum::http::StatusCode;

use crate::people::{House, PDF, Page};

const AGREEMENT: &str = "/avtal/lua-2008/0180";
const ROOM: &str = "/signeringsrum/lua-2008/0180";

fn went_well(page: &Page) {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
}

/// The board's decision on 15 October, with its copy.
async fn board_decides(house: &House) {
    let mut registrar = house.signed_in("registrar").await;
    went_well(
        &registrar
            .post("/demo/dag", &[("csrf", &csrf(&mut registrar.clone()).await), ("dag", "2008-10-15")])
            .await,
    );
    let path = format!("{AGREEMENT}/godkannande");
    went_well(&registrar.fill_in(&path, &[("paragraph", "§ 12")], &[("document", "beslut.pdf", PDF)]).await);
}

async fn csrf(visitor: &mut crate::people::Visitor) -> String {
    let page = visitor.get("/att-gora").await;
    page.form("/logga-ut")
        .into_iter()
        .find(|(name, _)| name == "csrf")
        .map(|(_, value)| value)
        .unwrap_or_default()
}

async fn set_day(house: &House, day: &str) {
    let mut officer = house.signed_in("officer").await;
    let csrf = csrf(&mut officer).await;
    went_well(&officer.post("/demo/dag", &[("csrf", &csrf), ("dag", day)]).await);
}

/// An agreement in force since 20 October 2008, on a later day; nothing has been done in between.
async fn in_force_on(day: &str) -> House {
    let house = House::stockholm_until("2008-10-20T12:00:00").await;
    set_day(&house, day).await;
    house
}

#[tokio::test]
async fn from_received_to_in_force_by_hand() {
    let house = House::stockholm_2008().await;
    board_decides(&house).await;

    set_day(&house, "2008-10-17").await;
    let mut registrar = house.signed_in("registrar").await;
    let desk = registrar.get("/att-gora").await;
    assert!(desk.says("Till signeringsrummet"), "{}", desk.text());
    let signed =
        [("all-A", "ja"), ("all-B", "ja"), ("signed-A", "ja"), ("signed-B", "ja"), ("place", "Stockholm")];
    went_well(&registrar.fill_in(ROOM, &signed, &[]).await);
    let room = registrar.get(ROOM).await;
    assert!(room.says("Signeringen är intygad"), "the receipt is shown");
    assert!(room.says("Båda originalen är undertecknade"), "{}", room.text());

    let keep = [("mark", "B"), ("place", "Kommunstyrelsens närarkiv")];
    went_well(&registrar.fill_in(&format!("{AGREEMENT}/forvaring"), &keep, &[]).await);
    let back = registrar.fill_in(&format!("{AGREEMENT}/retur"), &[], &[]).await;
    went_well(&back);
    assert!(registrar.get(back.leads_to()).await.says("539-1756/2008-"), "the receipt names the number");

    set_day(&house, "2008-10-20").await;
    let mut ministry = house.signed_in("ministry-registrar").await;
    went_well(&ministry.fill_in(&format!("{AGREEMENT}/returregistrering"), &[], &[]).await);
    let agreement = house.stranger().get(AGREEMENT).await;
    assert!(agreement.says("I kraft sedan"), "{}", agreement.text());
    assert!(agreement.says("20 oktober 2008"));
}

#[tokio::test]
async fn signing_before_the_boards_decision_is_refused_with_the_clause_and_nothing_is_written() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let before = house.events().await;
    let page =
        registrar.fill_in(ROOM, &[("all-A", "ja"), ("signed-A", "ja"), ("place", "Stockholm")], &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("kommunstyrelsens beslut är inte registrerat"), "{}", page.text());
    assert!(page.says("följebrevet"));
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn some_pages_of_one_original_can_be_attested_and_the_rest_later() {
    let house = House::stockholm_2008().await;
    board_decides(&house).await;
    let mut registrar = house.signed_in("registrar").await;
    went_well(&registrar.fill_in(ROOM, &[("pages-A", "1"), ("place", "Stockholm")], &[]).await);
    let room = registrar.get(ROOM).await;
    assert!(room.says("1 av "), "{}", room.text());
    let twice = registrar.fill_in(ROOM, &[("pages-A", "1"), ("place", "Stockholm")], &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.says("redan intygat"), "{}", twice.text());
}

#[tokio::test]
async fn a_form_sent_twice_acts_once_and_leads_to_the_same_place() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let path = "/diarium/ny";
    let form = registrar.get(path).await.form(path);
    let fields = [
        ("direction", "in"),
        ("register", "KF/KS kansli"),
        ("number", "540-1/2008"),
        ("counterpart", "En boende"),
        ("subject", "Fråga om avtalet"),
    ];
    let first = registrar.send(path, &form, &fields, &[]).await;
    went_well(&first);
    let after = house.events().await;
    let second = registrar.send(path, &form, &fields, &[]).await;
    went_well(&second);
    assert_eq!(second.leads_to(), first.leads_to());
    assert_eq!(house.events().await, after, "nothing more is written");
    assert!(registrar.get(second.leads_to()).await.says("Inget har registrerats två gånger"));
}

#[tokio::test]
async fn two_sendings_at_once_act_once() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let path = "/diarium/ny";
    let form = registrar.get(path).await.form(path);
    let fields = [("number", "540-1/2008"), ("counterpart", "En boende"), ("subject", "Fråga")];
    let before = house.events().await;
    let (mut one, mut other) = (registrar.clone(), registrar.clone());
    let (first, second) =
        tokio::join!(one.send(path, &form, &fields, &[]), other.send(path, &form, &fields, &[]));
    went_well(&first);
    went_well(&second);
    assert_eq!(first.leads_to(), second.leads_to());
    assert_eq!(house.events().await, before + 1);
}

#[tokio::test]
async fn a_stale_page_is_told_and_what_was_typed_is_kept() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let path = format!("{AGREEMENT}/forvaring");
    let form = registrar.get(&path).await.form(&path);
    board_decides(&house).await;
    let before = house.events().await;
    let fields = [("mark", "B"), ("place", "Hylla 7 i närarkivet")];
    let page = registrar.send(&path, &form, &fields, &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("Något har hänt sedan sidan öppnades"), "{}", page.text());
    assert!(page.says("Hylla 7 i närarkivet"));
    assert_eq!(house.events().await, before);
    // The form that came back is fresh: sent again, it is taken.
    let again = registrar.send(&path, &page.form(&path), &[], &[]).await;
    went_well(&again);
}

#[tokio::test]
async fn a_duty_is_met_extended_and_given_a_day_by_those_who_may() {
    let house = House::stockholm_until("2008-11-01T09:00:00").await;
    let mut coordinator = house.signed_in("coordinator").await;
    let meet = "/fullgor/lua-2008/0180/send-link";
    let empty = coordinator.fill_in(meet, &[], &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.says("Webbadressen saknas"), "{}", empty.text());
    let wrong = coordinator.fill_in(meet, &[("link", "stockholm")], &[]).await;
    assert!(wrong.says("stockholm är ingen webbadress"), "{}", wrong.text());
    let done = coordinator.fill_in(meet, &[("link", "https://www.stockholm.example/stadsdelar")], &[]).await;
    went_well(&done);
    assert!(coordinator.get(done.leads_to()).await.says("Redovisningen är registrerad"));

    let extend = "/anstand/lua-2008/0180/report-plan/01800143/2008";
    assert_eq!(coordinator.get(extend).await.status, StatusCode::FORBIDDEN);
    let mut officer = house.signed_in("officer").await;
    let earlier = officer.fill_in(extend, &[("until", "2008-12-01")], &[]).await;
    assert!(earlier.says("är inte senare än"), "{}", earlier.text());
    let extended = officer.fill_in(extend, &[("until", "2009-01-31"), ("reason", "Sjukdom")], &[]).await;
    went_well(&extended);
    assert!(officer.get(extended.leads_to()).await.says("Anståndet är registrerat"));

    let day = "/dag/lua-2008/0180/form-partnership";
    went_well(&officer.fill_in(day, &[("day", "2008-12-15")], &[]).await);
    let decided =
        officer.fill_in("/dag/lua-2008/0180/report-plan/01800143/2008", &[("day", "2008-12-15")], &[]).await;
    assert!(decided.says("Texten bestämmer redan dagen"), "{}", decided.text());
}

#[tokio::test]
async fn a_debtor_is_not_asked_for_the_day_of_what_it_hands_over_and_cannot_type_one() {
    let house = in_force_on("2010-12-31").await;
    let mut coordinator = house.signed_in("coordinator").await;
    let meet = "/fullgor/lua-2008/0180/report-plan/01800063/2009";
    let page = coordinator.get(meet).await;
    assert!(!page.says("name=\"met_on\""), "the day is not asked for");
    assert!(page.says("Räknas som mottaget"), "{}", page.text());
    let typed = [("met_on", "2009-12-30")];
    let refused = coordinator.fill_in(meet, &typed, &[("document", "plan.pdf", PDF)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("räknas från den dag det tas emot"), "{}", refused.text());
    went_well(&coordinator.fill_in(meet, &[], &[("document", "plan.pdf", PDF)]).await);
    let duty = house.stranger().get("/atagande/lua-2008/0180/report-plan/01800063/2009").await;
    assert!(duty.says("365 dagar efter sista dagen"), "{}", duty.text());
}

#[tokio::test]
async fn the_ministrys_registrar_attests_an_earlier_receipt_and_the_page_says_who_and_when() {
    let house = in_force_on("2010-12-31").await;
    let mut registrar = house.signed_in("ministry-registrar").await;
    let meet = "/fullgor/lua-2008/0180/report-plan/01800063/2009";
    let stamp = [("met_on", "2009-12-30"), ("dated", "2009-12-21")];
    went_well(&registrar.fill_in(meet, &stamp, &[("document", "plan.pdf", PDF)]).await);
    let duty = house.stranger().get("/atagande/lua-2008/0180/report-plan/01800063/2009").await;
    assert!(duty.says("Registrerad först 31 december 2010"), "{}", duty.text());
    assert!(duty.says("enligt Registrator, departementet, som intygade det 31 december 2010"));
}

#[tokio::test]
async fn everything_wrong_with_an_act_is_told_at_once() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let empty = [("body", ""), ("decided_on", ""), ("paragraph", ""), ("reference", "")];
    let page = registrar.fill_in(&format!("{AGREEMENT}/godkannande"), &empty, &[]).await;
    for words in ["Dagen saknas", "Organet som beslutade saknas", "Paragrafen i protokollet", "Kopian av"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert!(!page.says("avtalet utfärdades"), "a day that is missing is not also too early");

    let house = in_force_on("2009-06-01").await;
    let mut coordinator = house.signed_in("coordinator").await;
    let meet = "/fullgor/lua-2008/0180/revise-collaboration";
    let page = coordinator.fill_in(meet, &[("met_on", "i går"), ("link", "stockholm")], &[]).await;
    for words in ["i går är ingen dag", "stockholm är ingen webbadress", "Handlingen saknas"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
}

#[tokio::test]
async fn a_form_that_does_not_say_what_it_has_seen_is_stale_and_an_empty_tick_is_none() {
    let house = House::stockholm_until("2008-10-17T12:00:00").await;
    let mut registrar = house.signed_in("registrar").await;
    let path = format!("{AGREEMENT}/retur");
    let before = house.events().await;
    for seen in ["", "strunt", "99999999"] {
        let form: Vec<(String, String)> = registrar.get(&path).await.form(&path);
        let form: Vec<_> = form.into_iter().filter(|(name, _)| name != "sett").collect();
        let page = registrar.send(&path, &form, &[("sett", seen)], &[]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{seen}");
    }
    let form = registrar.get(&path).await.form(&path);
    let form: Vec<_> = form
        .into_iter()
        .map(|(name, value)| if name == "with_decision" { (name, String::new()) } else { (name, value) })
        .collect();
    let page = registrar.send(&path, &form, &[], &[]).await;
    assert!(page.says("Kopian av beslutet är inte med"), "{}", page.text());
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn no_form_opens_to_move_a_day_that_does_not_exist() {
    let house = House::stockholm_until("2008-11-01T09:00:00").await;
    let mut officer = house.signed_in("officer").await;
    let page = officer.get("/anstand/lua-2008/0180/form-partnership").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("har ingen sista dag att flytta"), "{}", page.text());
    assert!(!page.says("name=\"until\""), "there is nothing to fill in");
}

#[tokio::test]
async fn a_day_that_one_party_gives_waits_for_the_other_and_then_stands_in_the_margin() {
    let house = House::stockholm_until("2008-11-01T09:00:00").await;
    let day = "/dag/lua-2008/0180/form-partnership";
    let duty = "/atagande/lua-2008/0180/form-partnership";
    let mut officer = house.signed_in("officer").await;
    let passed = officer.fill_in(day, &[("day", "2008-10-25")], &[]).await;
    assert!(passed.says("hade redan passerat"), "{}", passed.text());
    went_well(&officer.fill_in(day, &[("day", "2008-12-15")], &[]).await);
    let page = house.stranger().get(duty).await;
    assert!(page.says("kommunen har inte registrerat samma dag"), "{}", page.text());
    let mut registrar = house.signed_in("registrar").await;
    went_well(&registrar.fill_in(day, &[("day", "2008-12-15")], &[]).await);
    assert!(house.stranger().get(duty).await.says("44 dagar återstår till sista dagen, 15 december 2008"));
    assert!(house.stranger().get(AGREEMENT).await.says("parterna har avtalat 15 december 2008"));
}

#[tokio::test]
async fn a_correction_strikes_through_says_why_and_lets_the_right_thing_be_registered() {
    let house = in_force_on("2009-12-01").await;
    let mut coordinator = house.signed_in("coordinator").await;
    let path = "lua-2008/0180/report-plan/01800063/2009";
    let (meet, duty) = (format!("/fullgor/{path}"), format!("/atagande/{path}"));
    went_well(&coordinator.fill_in(&meet, &[], &[("document", "plan.pdf", PDF)]).await);
    assert!(!coordinator.get(&duty).await.says("/ratta/"), "the coordinator corrects nothing");
    let mut registrar = house.signed_in("registrar").await;
    let page = registrar.get(&duty).await.text();
    let address = page.split("href=\"/ratta/").nth(1).and_then(|rest| rest.split('"').next());
    let address = format!("/ratta/{}", address.expect("the registrar can correct it"));
    assert_eq!(coordinator.get(&address).await.status, StatusCode::FORBIDDEN);
    let empty = registrar.fill_in(&address, &[], &[]).await;
    assert!(empty.says("Skälet saknas"), "{}", empty.text());
    went_well(&registrar.fill_in(&address, &[("reason", "Planen gäller en annan stadsdel")], &[]).await);
    let page = house.stranger().get(&duty).await;
    assert!(page.says("<s>Uppfyllt"), "{}", page.text());
    assert!(page.says("Rättat 1 december 2009 av Registrator, Stockholm: Planen gäller en annan stadsdel"));
    assert!(!page.says("Uppfylld 1 december"), "it counts no longer");
    went_well(&coordinator.fill_in(&meet, &[], &[("document", "plan.pdf", PDF)]).await);
}

#[tokio::test]
async fn a_record_is_marked_kept_apart_from_the_public_and_opened_again() {
    let house = House::stockholm_2008().await;
    let mut registrar = house.signed_in("registrar").await;
    let fields = [("number", "540-1/2008"), ("counterpart", "En boende"), ("subject", "Känslig fråga")];
    let registered = registrar.fill_in("/diarium/ny", &fields, &[]).await;
    went_well(&registered);
    let record = registered.leads_to().to_owned();
    let secrecy = format!("{record}/sekretess");
    let without = registrar.fill_in(&secrecy, &[], &[]).await;
    assert!(without.says("Bestämmelsen saknas"), "{}", without.text());
    let marking = [("provision", "OSL 21 kap. 7 §"), ("separates", "subject")];
    went_well(&registrar.fill_in(&secrecy, &marking, &[]).await);
    let mut stranger = house.stranger();
    assert!(!stranger.get(&record).await.says("Känslig fråga"));
    assert!(registrar.get(&record).await.says("Känslig fråga"));
    assert_eq!(house.signed_in("ministry-registrar").await.get(&secrecy).await.status, StatusCode::NOT_FOUND);
    went_well(&registrar.fill_in(&secrecy, &[("way", "lift")], &[]).await);
    assert!(stranger.get(&record).await.says("Känslig fråga"));
}

#[tokio::test]
async fn a_person_is_added_signs_in_and_the_mandate_ends() {
    let house = House::stockholm_2008().await;
    let mut administrator = house.signed_in("administrator").await;
    let short = [("name", "Ny Person"), ("role", "registrar"), ("login", "ny.person"), ("password", "kort")];
    let refused = administrator.fill_in("/personer/ny", &short, &[]).await;
    assert!(refused.says("minst 12 tecken"), "{}", refused.text());
    assert!(refused.says("Ny Person"), "what was typed is kept");
    assert!(!refused.says("\"kort\""), "the password is not");
    let good = [
        ("name", "Ny Person"),
        ("role", "registrar"),
        ("login", "ny.person"),
        ("password", "hästar äter sällan papper"),
    ];
    went_well(&administrator.fill_in("/personer/ny", &good, &[]).await);
    let list = administrator.get("/personer").await;
    assert!(list.says("Ny Person"));

    let mut new = house.stranger();
    let wrong = new.post("/logga-in", &[("login", "ny.person"), ("password", "fel"), ("till", "/")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("Namnet och lösenordet hör inte ihop"));
    let unknown = new.post("/logga-in", &[("login", "ingen"), ("password", "fel"), ("till", "/")]).await;
    assert!(unknown.says("Namnet och lösenordet hör inte ihop"), "which of the two is not told");
    let right = [("login", "Ny.Person"), ("password", "hästar äter sällan papper"), ("till", "/")];
    went_well(&new.post("/logga-in", &right).await);
    assert_eq!(new.get("/att-gora").await.status, StatusCode::OK);

    let end = list.text();
    let end = end
        .split("/personer/uppdrag/")
        .skip(1)
        .find(|rest| rest.contains("Ny Person"))
        .expect("an end to register");
    let id = end.split('/').next().expect("an id").to_owned();
    let path = format!("/personer/uppdrag/{id}/slut");
    let early = administrator.fill_in(&path, &[("to_day", "2007-01-01")], &[]).await;
    assert!(early.says("kan inte sluta innan"), "{}", early.text());
    went_well(&administrator.fill_in(&path, &[], &[]).await);
}

#[tokio::test]
async fn the_demonstrations_buttons_take_steps_and_do_not_exist_elsewhere() {
    let house = House::stockholm_2008().await;
    let mut stranger = house.stranger();
    let before = house.events().await;
    went_well(&stranger.post("/demo/nasta", &[("till", AGREEMENT)]).await);
    assert!(house.events().await > before);
    let elsewhere = House::empty(false).await;
    for path in ["/demo/nasta", "/demo/till", "/demo/dag", "/logga-in/som"] {
        let page = elsewhere.stranger().post(path, &[("dag", "2008-10-01"), ("som", "demo-registrar")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!elsewhere.stranger().get("/logga-in").await.says("/logga-in/som"));
}
