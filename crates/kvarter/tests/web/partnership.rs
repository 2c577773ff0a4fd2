//! The partnership by hand, form by form: who is in it, what was decided, said, needed and answered.

use axum::http::StatusCode;

use crate::people::{House, Page, Visitor};

const ROOM: &str = "/partnerskap/lua-2008/0180";

fn went_well(page: &Page) {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
}

/// An agreement in force since 20 October 2008, and the municipality's coordinator on 10 November.
async fn november() -> (House, Visitor) {
    let house = House::stockholm_until("2008-10-20T12:00:00").await;
    kvarter_services::demo::set_day(&house.app, "2008-11-10".parse().expect("a day"))
        .await
        .expect("a later day");
    let coordinator = house.signed_in("coordinator").await;
    (house, coordinator)
}

/// What is written of the police as a new partner.
fn police() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Polismyndigheten i Stockholms län"),
        ("category", "state-authority"),
        ("required_as", "police"),
        ("basis", "mandated"),
        ("decision_reference", "IJ2008/1215/IU"),
        ("from_day", "2008-11-03"),
    ]
}

#[tokio::test]
async fn a_partnership_is_run_by_hand_and_read_by_anyone() {
    let (house, mut coordinator) = november().await;
    let mut stranger = house.stranger();
    let before = stranger.get(ROOM).await;
    assert!(before.says("Polismyndigheten ingår inte, trots uppdraget IJ2008/1215/IU"), "{}", before.text());

    went_well(&coordinator.fill_in(&format!("{ROOM}/anslutning"), &police(), &[]).await);
    let members = [("name", "Husbygruppen"), ("district", "01800154"), ("from_day", "2008-11-04")];
    went_well(&coordinator.fill_in(&format!("{ROOM}/arbetsgrupp"), &members, &[]).await);
    let partner = "lua-2008/0180/polismyndigheten-i-stockholms-lan";
    let joins = [("partner", partner), ("from_day", "2008-11-05")];
    went_well(&coordinator.fill_in(&format!("{ROOM}/arbetsgrupp/1/in"), &joins, &[]).await);
    let met = [
        ("present", partner),
        ("held_on", "2008-11-06"),
        ("decisions", "§ 1 Arbetsgruppen för Husby bildas.\n§ 2 Nästa möte hålls i december."),
    ];
    went_well(&coordinator.fill_in(&format!("{ROOM}/mote"), &met, &[]).await);
    let organised = [("words", "En styrgrupp leder arbetet."), ("from_day", "2008-11-06")];
    went_well(&coordinator.fill_in(&format!("{ROOM}/organisation"), &organised, &[]).await);
    let consulted = [
        ("kind", "structural-fund"),
        ("counterpart", "Europeiska socialfonden"),
        ("day", "2008-11-07"),
        ("outcome", "En ansökan förbereds."),
    ];
    went_well(&coordinator.fill_in(&format!("{ROOM}/samrad"), &consulted, &[]).await);

    let page = stranger.get(ROOM).await;
    for told in [
        "Husbygruppen",
        "§ 2",
        "Nästa möte hålls i december.",
        "En styrgrupp leder arbetet.",
        "Europeiska socialfonden",
        "Uppdrag, IJ2008/1215/IU",
        "Försäkringskassan ingår inte",
    ] {
        assert!(page.says(told), "{told}: {}", page.text());
    }
    assert!(!page.says("Polismyndigheten ingår inte"), "{}", page.text());
    let list = stranger.get("/partnerskap").await;
    assert!(list.says("Stockholms"), "{}", list.text());
    let past = stranger.get(&format!("{ROOM}?per=2008-11-02")).await;
    assert!(past.says("Polismyndigheten ingår inte"), "{}", past.text());
}

#[tokio::test]
async fn what_points_a_resident_out_is_refused_with_what_was_typed_and_residents_are_answered() {
    let (house, mut coordinator) = november().await;
    let said = [
        ("kind", "values"),
        ("district", "01800154"),
        ("day", "2008-11-05"),
        ("form", "öppet möte"),
        ("theme", "Trygga gångvägar"),
        ("taking_part", "45"),
        ("said", "Anna, 850412-1234, vill ha mer ljus."),
    ];
    let before = house.events().await;
    let refused = coordinator.fill_in(&format!("{ROOM}/dialog"), &said, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.says("ser ut som ett personnummer") && refused.says("vill ha mer ljus"),
        "{}",
        refused.text()
    );
    assert_eq!(house.events().await, before);
    let mut said = said;
    said[6] = ("said", "Mer ljus på gångvägarna.");
    went_well(&coordinator.fill_in(&format!("{ROOM}/dialog"), &said, &[]).await);
    let desk = coordinator.get("/att-gora").await;
    assert!(desk.says("Svara de boende") && desk.says("Trygga gångvägar"), "{}", desk.text());
    let done = [("done", "Belysningen är beställd."), ("day", "2008-11-08")];
    went_well(&coordinator.fill_in(&format!("{ROOM}/dialog/1/svar"), &done, &[]).await);
    let page = house.stranger().get(ROOM).await;
    assert!(
        page.says("Mer ljus på gångvägarna.") && page.says("Belysningen är beställd."),
        "{}",
        page.text()
    );
    assert!(page.says("Allt som har sagts är besvarat."), "{}", page.text());
    let duty = house.stranger().get("/atagande/lua-2008/0180/hold-values-dialogue/01800154").await;
    assert!(duty.says("Trygga gångvägar"), "{}", duty.text());
}

#[tokio::test]
async fn a_need_reaches_the_states_desk_and_its_answer_the_page() {
    let (house, mut coordinator) = november().await;
    let need = [
        ("addressed_to", "Utbildningsdepartementet"),
        ("district", "01800154"),
        ("words", "Samordnade insatser mot skolavhopp."),
        ("raised_on", "2008-11-07"),
    ];
    went_well(&coordinator.fill_in(&format!("{ROOM}/behov"), &need, &[]).await);
    let mut officer = house.signed_in("officer").await;
    let desk = officer.get("/att-gora").await;
    assert!(desk.says("Svara på ett behov") && desk.says("/behov/1/svar"), "{}", desk.text());
    let answer = [("words", "Frågan bereds."), ("answered_on", "2008-11-10")];
    went_well(&officer.fill_in(&format!("{ROOM}/behov/1/svar"), &answer, &[]).await);
    let page = house.stranger().get(ROOM).await;
    assert!(page.says("Frågan bereds.") && !page.says("Staten har inte svarat än."), "{}", page.text());
    let forbidden = coordinator.get(&format!("{ROOM}/behov/1/svar")).await;
    assert!(forbidden.status.is_client_error(), "the municipality answers for nobody else");
}

#[tokio::test]
async fn garbage_in_every_field_of_every_form_is_told_and_writes_nothing() {
    let (house, mut coordinator) = november().await;
    went_well(&coordinator.fill_in(&format!("{ROOM}/anslutning"), &police(), &[]).await);
    let before = house.events().await;
    let long = "ö".repeat(5_000);
    let fields = [
        "partner",
        "name",
        "orgnr",
        "category",
        "required_as",
        "organisation",
        "mode",
        "basis",
        "decision_reference",
        "from_day",
        "invited_on",
        "note",
        "last_day",
        "reason",
        "words",
        "district",
        "task",
        "members",
        "group",
        "held_on",
        "present",
        "decisions",
        "kind",
        "counterpart",
        "day",
        "outcome",
        "link",
        "form",
        "theme",
        "taking_part",
        "said",
        "addressed_to",
        "raised_on",
    ];
    for path in [
        "inbjudan",
        "anslutning",
        "uttrade/polismyndigheten-i-stockholms-lan",
        "organisation",
        "arbetsgrupp",
        "mote",
        "samrad",
        "dialog",
        "behov",
    ] {
        for garbage in ["<script>alert(1)</script>", "-1", "2008-02-30", long.as_str()] {
            let typed: Vec<(&str, &str)> = fields.iter().map(|field| (*field, garbage)).collect();
            let page = coordinator.fill_in(&format!("{ROOM}/{path}"), &typed, &[]).await;
            assert!(page.status.is_client_error(), "{path} takes {garbage:.20}: {}", page.status);
            assert!(!page.text().contains("<script>alert(1)"), "{path} repeats a script");
        }
        let empty: Vec<(&str, &str)> = fields.iter().map(|field| (*field, "")).collect();
        let page = coordinator.fill_in(&format!("{ROOM}/{path}"), &empty, &[]).await;
        assert!(page.status.is_client_error(), "{path} takes nothing: {}", page.status);
    }
    assert_eq!(house.events().await, before);
}

#[tokio::test]
async fn a_form_that_was_opened_before_someone_else_acted_is_told_so_and_keeps_what_was_typed() {
    let (house, mut one) = november().await;
    let mut other = house.signed_in("registrar").await;
    let path = format!("{ROOM}/organisation");
    let form = other.get(&path).await.form(&path);
    let words = [("words", "Ett."), ("from_day", "2008-11-06")];
    went_well(&one.fill_in(&path, &words, &[]).await);
    let late = [("words", "Två."), ("from_day", "2008-11-06")];
    let stale = other.send(&path, &form, &late, &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("Två.") && stale.says("Något har hänt"), "{}", stale.text());
}

#[tokio::test]
async fn a_collaboration_agreement_waits_for_a_plan_and_is_told_as_missing() {
    let (house, mut coordinator) = november().await;
    went_well(&coordinator.fill_in(&format!("{ROOM}/anslutning"), &police(), &[]).await);
    let board = house.stranger().get("/overenskommelser/lua-2008/0180").await;
    assert!(board.says("En part som ingår saknar en gällande överenskommelse."), "{}", board.text());
    let draft = "/overenskommelse/lua-2008/0180/polismyndigheten-i-stockholms-lan/utkast";
    let terms = [("purpose", "Trygghet."), ("from_day", "2009-01-01"), ("to_day", "2010-12-31")];
    went_well(&coordinator.fill_in(&format!("{draft}/syfte"), &terms, &[]).await);
    let page = coordinator.get(draft).await;
    assert!(page.says("Trygghet.") && page.says("Ingen stadsdelsplan är antagen än"), "{}", page.text());
    let drawn = coordinator.fill_in(&draft.replace("utkast", "upprattande"), &[("way", "paper")], &[]).await;
    assert_eq!(drawn.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(drawn.says("Det finns inga åtaganden."), "{}", drawn.text());
    assert!(house.stranger().get(draft).await.status.is_client_error(), "a draft is not for strangers");
}

#[tokio::test]
async fn an_authority_is_entered_once_with_a_number_that_holds() {
    let house = House::stockholm_2008().await;
    let mut officer = house.signed_in("officer").await;
    let path = "/utskick/myndighet";
    let wrong = [("name", "Boverket"), ("orgnr", "202100-3988")];
    let refused = officer.fill_in(path, &wrong, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let right = [("name", "Boverket"), ("orgnr", "202100-3989")];
    went_well(&officer.fill_in(path, &right, &[]).await);
    let twice = officer.fill_in(path, &right, &[]).await;
    assert!(twice.says("Boverket är redan upplagd"), "{}", twice.text());
    assert!(house.signed_in("registrar").await.get(path).await.status.is_client_error());
}
