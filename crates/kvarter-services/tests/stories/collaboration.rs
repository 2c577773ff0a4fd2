//! Collaboration agreements: bound to a plan, signed by both, stale when the plan moves on, revised and reported.

use crate::story::{Story, codes, stockholm};
use jiff::civil::{Date, date};
use kvarter_domain::access::Actor;
use kvarter_domain::collaboration::{Moved, Side, Standing, Who};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{Digest, DutyId, PartnerId};
use kvarter_domain::organisation::OrganisationKind;
use kvarter_domain::partnership::{Basis, Category, Mode as Taking};
use kvarter_domain::person::Role;
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::{Plan, PlanContent, PlanVersion};
use kvarter_domain::problem::Problems;
use kvarter_domain::registry::Document;
use kvarter_domain::signing::Mode;
use kvarter_services::collaboration::{self, Confirm, Edit, FindNeed, OnPaper, SaveCommitment, SaveTerms};
use kvarter_services::identity::AddPerson;
use kvarter_services::partnership::{self, Join, NewPartner, Who as Joins};
use kvarter_services::{Ctx, Error, demo, duty, electronic, identity, verification};
use kvarter_store::NewEvent;

const HUSBY: &str = "01800154";

fn goal(statement: &str) -> Plan {
    let goal = Goal { id: "g1".into(), statement: statement.into(), ..Goal::default() };
    Plan { goals: vec![goal], ..Plan::default() }
}

/// A plan's version as it stands when it has been adopted; how one is adopted is told in the stories of plans.
async fn adopted(story: &Story, serial: i64, day: Date, content: Plan) -> String {
    let store = kvarter_store::Store::open(&story.store).await.expect("the story's own store");
    let bytes = format!("plan {serial}");
    let digest = store.blobs().put(bytes.as_bytes()).await.expect("a document");
    let mut tx = store.write().await.expect("a turn");
    let record = tx.every::<kvarter_domain::registry::Record>().await.expect("records").remove(0).id;
    let document = Document {
        digest: digest.clone(),
        media_type: "application/pdf".into(),
        size: 6,
        pages: None,
        name: "plan.pdf".into(),
    };
    tx.insert(&document).await.expect("kept");
    let version = PlanVersion {
        id: PlanVersion::id_of(&stockholm(), HUSBY, serial),
        agreement: stockholm(),
        district: HUSBY.into(),
        district_name: "Husby".into(),
        serial,
        content_digest: Digest::of(bytes.as_bytes()),
        adopted_on: day,
        adopted_by: "§ 1".into(),
        registered_on: day,
        unchanged: None,
        goals: 1,
        interventions: 0,
        overrides: 0,
        by: "0180".into(),
        person: "demo-coordinator".into(),
        record,
        document: digest,
    };
    tx.insert(&version).await.expect("kept");
    tx.insert(&PlanContent { version: version.id.clone(), content }).await.expect("kept");
    tx.append(NewEvent {
        recorded_at: story.app.clock.now(),
        actor: "system".into(),
        act: Happened::PlanAdopted,
        subject: version.series(),
        summary: serde_json::json!({}),
    })
    .await
    .expect("an event");
    tx.commit().await.expect("a commit");
    store.close().await;
    version.id
}

fn coordinator(story: &Story) -> Ctx {
    story.as_someone("coordinator", Role::Coordinator, "0180")
}

/// Stockholm on 5 December 2008, with Försäkringskassan in the partnership and a plan for Husby.
async fn december() -> (Story, PartnerId) {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    demo::set_day(&story.app, date(2008, 12, 5)).await.expect("a later day");
    let kassan = "Försäkringskassan";
    let join = Join {
        who: Joins::New(NewPartner {
            name: kassan.into(),
            orgnr: Some("202100-5521".into()),
            organisation: Some("forsakringskassan".into()),
            category: Category::StateAuthority,
            required_as: Some("social-insurance".into()),
        }),
        mode: Taking::Member,
        basis: Basis::Mandated,
        decision_reference: Some("IJ2008/1215/IU".into()),
        from_day: date(2008, 11, 1),
        faults: Problems::none(),
    };
    let partner =
        partnership::join(&coordinator(&story), &story.app, &stockholm(), None, join).await.expect("joined");
    adopted(&story, 1, date(2008, 12, 4), goal("Fler i arbete")).await;
    (story, partner)
}

fn commitment(plan_version: &str, element: &str) -> SaveCommitment {
    SaveCommitment {
        id: None,
        who: Who::Partner,
        what: "Handläggare på plats i Husby två dagar i veckan.".into(),
        plan_version: plan_version.into(),
        element: element.into(),
        by: Some(date(2009, 6, 30)),
        resources: "En halv tjänst inom kontorets ordinarie anslag.".into(),
    }
}

async fn edit(story: &Story, partner: &PartnerId, seen: i64, edit: Edit) -> kvarter_services::Result<i64> {
    collaboration::edit(&coordinator(story), &story.app, partner, seen, edit, Problems::none()).await
}

/// A draft with everything in it.
async fn drafted(story: &Story, partner: &PartnerId) -> i64 {
    let terms = SaveTerms {
        purpose: "Fler i arbete i Husby.".into(),
        from_day: Some(date(2009, 1, 1)),
        to_day: Some(date(2010, 12, 31)),
    };
    let seen = edit(story, partner, 0, Edit::Terms(terms)).await.expect("saved");
    let bound = commitment("lua-2008/0180/plan/01800154/1", "g1");
    edit(story, partner, seen, Edit::Commitment(bound)).await.expect("saved")
}

async fn standing(story: &Story, partner: &PartnerId) -> Standing {
    collaboration::show(&story.public(), &story.app, partner).await.expect("a page").standing
}

fn on_paper(side: Side) -> OnPaper {
    OnPaper {
        side,
        name: "Namn Namnsson".into(),
        signed_on: date(2008, 12, 5),
        scan: None,
        faults: Problems::none(),
    }
}

/// Drawn up and signed on paper by both.
async fn concluded(story: &Story, partner: &PartnerId, seen: i64) {
    let run = coordinator(story);
    collaboration::draw_up(&run, &story.app, partner, seen, Mode::Paper).await.expect("drawn up");
    for side in [Side::Municipality, Side::Partner] {
        let mut signed = on_paper(side);
        signed.signed_on = story.registrar().today();
        collaboration::sign_on_paper(&story.registrar(), &story.app, partner, None, signed)
            .await
            .expect("attested");
    }
}

async fn stands(story: &Story, id: &str) -> String {
    let id = DutyId::new(format!("lua-2008/0180/{id}"));
    duty::show(&story.public(), &story.app, &id).await.expect("the duty").standing.code().to_owned()
}

#[tokio::test]
async fn a_commitment_that_is_bound_to_nothing_in_a_plan_is_refused_and_so_is_a_draft_that_lacks_words() {
    let (story, partner) = december().await;
    let nothing = commitment("lua-2008/0180/plan/01800154/1", "g9");
    let orphan = edit(&story, &partner, 0, Edit::Commitment(nothing)).await;
    assert_eq!(codes(orphan), ["commitment-orphan"]);
    let empty = SaveTerms { to_day: Some(date(2020, 1, 1)), ..SaveTerms::default() };
    let seen = edit(&story, &partner, 0, Edit::Terms(empty)).await.expect("a draft may lack anything");
    let run = coordinator(&story);
    let told = collaboration::draw_up(&run, &story.app, &partner, seen, Mode::Paper).await;
    assert_eq!(
        codes(told),
        [
            "collaboration-without-purpose",
            "day-missing",
            "commitment-outside-period",
            "collaboration-without-commitments",
        ]
    );
    assert_eq!(standing(&story, &partner).await, Standing::Missing);
}

#[tokio::test]
async fn two_who_change_a_draft_at_once_are_told_and_nothing_is_overwritten() {
    let (story, partner) = december().await;
    let seen = drafted(&story, &partner).await;
    let mine = SaveTerms { purpose: "Mitt".into(), ..SaveTerms::default() };
    edit(&story, &partner, seen, Edit::Terms(mine.clone())).await.expect("saved");
    let theirs =
        edit(&story, &partner, seen, Edit::Terms(SaveTerms { purpose: "Ditt".into(), ..mine })).await;
    assert!(matches!(theirs, Err(Error::Stale)), "{theirs:?}");
    let page = collaboration::show(&coordinator(&story), &story.app, &partner).await.expect("a page");
    assert_eq!(page.draft.expect("a draft").terms.purpose, "Mitt");
    let public = collaboration::show(&story.public(), &story.app, &partner).await.expect("a page");
    assert!(public.draft.is_none(), "a draft is for those who work on it");
}

#[tokio::test]
async fn a_revised_plan_makes_it_stale_until_it_is_confirmed_or_revised_and_reported() {
    let (story, partner) = december().await;
    let seen = drafted(&story, &partner).await;
    concluded(&story, &partner, seen).await;
    assert!(matches!(standing(&story, &partner).await, Standing::Valid { .. }));
    assert_eq!(stands(&story, "conclude-collaboration").await, "met");
    assert_eq!(stands(&story, "revise-collaboration/forsakringskassan").await, "awaiting-event");

    demo::set_day(&story.app, date(2009, 12, 10)).await.expect("a year later");
    let second = adopted(&story, 2, date(2009, 12, 9), goal("Fler i arbete och studier")).await;
    let Standing::Stale { why, since, .. } = standing(&story, &partner).await else { panic!("stale") };
    assert_eq!((why[0].moved, since), (Moved::Changed, date(2009, 12, 9)));
    let run = coordinator(&story);
    let waits = collaboration::tasks(&run, &story.app).await.expect("tasks");
    assert_eq!(waits.iter().map(|t| t.act).collect::<Vec<_>>(), ["revise-collaboration"]);

    let confirm = Confirm {
        plan_version: second,
        confirmed_on: date(2009, 12, 10),
        reason: "Åtagandet är detsamma.".into(),
        faults: Problems::none(),
    };
    let unsaid = Confirm { reason: " ".into(), ..confirm.clone() };
    let unsaid = collaboration::confirm(&run, &story.app, &partner, None, unsaid).await;
    assert_eq!(codes(unsaid), ["confirmation-without-reason"]);
    collaboration::confirm(&run, &story.app, &partner, None, confirm.clone()).await.expect("confirmed");
    assert!(matches!(standing(&story, &partner).await, Standing::Valid { .. }));
    let twice = collaboration::confirm(&run, &story.app, &partner, None, confirm).await;
    assert_eq!(codes(twice), ["nothing-to-confirm"]);

    let need = FindNeed {
        found_on: date(2009, 12, 10),
        reason: "Tiden räcker inte.".into(),
        faults: Problems::none(),
    };
    collaboration::find_need(&run, &story.app, &partner, None, need).await.expect("found");
    assert_eq!(stands(&story, "revise-collaboration/forsakringskassan").await, "triggered");
    let page = collaboration::show(&run, &story.app, &partner).await.expect("a page");
    let draft = page.draft.expect("a draft that begins with what holds");
    assert_eq!(draft.terms.commitments[0].plan_version, "lua-2008/0180/plan/01800154/2");
    let early = collaboration::report(&run, &story.app, &partner, None).await;
    assert_eq!(codes(early), ["nothing-to-report"]);
    concluded(&story, &partner, draft.revision).await;
    assert_eq!(stands(&story, "revise-collaboration/forsakringskassan").await, "met");
    assert_eq!(stands(&story, "report-collaboration/forsakringskassan").await, "triggered");
    let waits = collaboration::tasks(&run, &story.app).await.expect("tasks");
    assert_eq!(waits.iter().map(|t| t.act).collect::<Vec<_>>(), ["report-collaboration"]);
    let receipt = collaboration::report(&run, &story.app, &partner, None).await.expect("reported");
    assert!(receipt.as_str().starts_with("ijd"), "the receipt stands in the state's register: {receipt}");
    assert_eq!(stands(&story, "report-collaboration/forsakringskassan").await, "met");
    let report = kvarter_services::log::verify(&story.app, None, &mut |_| {}).await.expect("the log is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn the_board_tells_every_member_and_asks_nothing_of_a_supporter() {
    let (story, partner) = december().await;
    let join = Join {
        who: Joins::New(NewPartner {
            name: "Svenska Bostäder".into(),
            orgnr: None,
            organisation: None,
            category: Category::PropertyOwner,
            required_as: None,
        }),
        mode: Taking::Supporter,
        basis: Basis::Voluntary,
        decision_reference: None,
        from_day: date(2008, 11, 15),
        faults: Problems::none(),
    };
    partnership::join(&coordinator(&story), &story.app, &stockholm(), None, join).await.expect("joined");
    let seen = drafted(&story, &partner).await;
    concluded(&story, &partner, seen).await;
    let on = async |day: Date| {
        let (_, board) =
            collaboration::board(&story.public(), &story.app, &stockholm(), day).await.expect("a board");
        board.into_iter().map(|row| row.standing.code()).collect::<Vec<_>>()
    };
    assert_eq!(on(date(2008, 12, 5)).await, ["valid", "not-needed"]);
    assert_eq!(on(date(2008, 11, 20)).await, ["missing", "not-needed"]);
}

#[tokio::test]
async fn both_sides_sign_the_file_with_their_keys_and_it_passes_verification() {
    signed_with_keys(true).await;
}

#[tokio::test]
async fn the_partner_may_sign_first_on_the_same_day_and_the_file_bears_both() {
    signed_with_keys(false).await;
}

async fn signed_with_keys(we_first: bool) {
    let (story, partner) = december().await;
    let seen = drafted(&story, &partner).await;
    let run = coordinator(&story);
    collaboration::draw_up(&run, &story.app, &partner, seen, Mode::Electronic).await.expect("drawn up");
    let person = AddPerson {
        name: "Kajsa Kontorschef".into(),
        organisation: "forsakringskassan".into(),
        role: Role::Officer,
        from_day: date(2008, 11, 1),
        to_day: None,
        evidence: Some("delegation".into()),
        sign_in: None,
    };
    let added = identity::add_person(&story.app.system(), &story.app, &person).await.expect("added");
    let theirs = Ctx {
        actor: Actor::Signed {
            person: added.0,
            name: person.name.clone(),
            mandate: added.1,
            role: Role::Officer,
            organisation: "forsakringskassan".into(),
            kind: OrganisationKind::Authority,
        },
        ..story.app.system()
    };
    let mut ours = story.as_someone("chair", Role::Chair, "0180");
    if let Actor::Signed { name, .. } = &mut ours.actor {
        "Sten Nordin".clone_into(name);
    }
    let sign = async |ctx: &Ctx| {
        collaboration::sign_with_key(ctx, &story.app, &partner, None, "Stockholm", "", Problems::none()).await
    };
    assert!(matches!(sign(&run).await, Err(Error::Denied)), "a coordinator signs for nobody");
    let (first, second) = if we_first { (&ours, &theirs) } else { (&theirs, &ours) };
    sign(first).await.expect("one side signs");
    assert_eq!(codes(sign(first).await), ["side-has-signed"]);
    assert!(matches!(standing(&story, &partner).await, Standing::Unsigned { .. }));
    sign(second).await.expect("the other side signs");
    assert!(matches!(standing(&story, &partner).await, Standing::Valid { .. }));
    let (_, bytes) = collaboration::file(&story.public(), &story.app, &partner, 1).await.expect("the file");
    let verified = verification::verify(&story.public(), &story.app, bytes.clone()).await.expect("examined");
    assert!(verified.passes(), "{:?}", verified.report);
    assert_eq!(verified.offices.len(), 2, "both have signed it");
    let held =
        |party: &str| verified.offices.iter().find(|office| office.party == party).and_then(|o| o.held);
    assert_eq!((held("municipality"), held("partner")), (Some(true), Some(true)));
    let known = verified.collaboration.expect("the house knows its own file");
    assert_eq!(known.name, "Försäkringskassan");
    assert_eq!((known.partner, known.version, known.latest), (partner.clone(), 1, true));
    let mut forged = bytes.clone();
    let middle = forged.len() / 2;
    forged[middle] ^= 1;
    let forged = verification::verify(&story.public(), &story.app, forged).await.expect("examined");
    assert!(!forged.passes());

    // Before the timestamp's certificate runs out the file gets a new one, and what was signed stands.
    assert_eq!(electronic::renew(&story.app).await.expect("looked through"), 0, "nothing runs out yet");
    let late = "2038-06-01T10:00:00Z".parse().expect("an instant");
    story.app.clock.set(late);
    assert_eq!(electronic::renew(&story.app).await.expect("looked through"), 1);
    let (_, renewed) = collaboration::file(&story.public(), &story.app, &partner, 1).await.expect("the file");
    assert_ne!(renewed, bytes);
    let verified = verification::verify(&story.public(), &story.app, renewed).await.expect("examined");
    assert!(verified.passes(), "{:?}", verified.report);
    let earlier = verification::verify(&story.public(), &story.app, bytes).await.expect("examined");
    assert!(!earlier.collaboration.expect("known still").latest);
}
