//! Partnerships as they are run: who is asked, joins and leaves, what is said and answered, and what it meets.

use crate::story::{Story, codes, stockholm};
use jiff::civil::{Date, date};
use kvarter_domain::correction::Kind;
use kvarter_domain::ids::{DutyId, PartnerId, RecordId};
use kvarter_domain::partnership::{Answer, Basis, Category, Decision, DialogueKind, Mode};
use kvarter_domain::person::Role;
use kvarter_domain::problem::Problems;
use kvarter_services::correction::{self, Wrong};
use kvarter_services::partnership::{
    self, AnswerInvitation, AnswerNeed, Describe, FormGroup, Hold, Invite, Join, Leave, Meet, NewPartner,
    RaiseNeed, Respond, Who,
};
use kvarter_services::{Ctx, Error, collaboration, demo, duty};

/// Stockholm, in force since 20 October 2008, with Försäkringskassan as an organisation of the house.
async fn november() -> Story {
    of(Story::stockholm_until("2008-10-20T12:00:00").await).await
}

async fn of(story: Story) -> Story {
    demo::set_day(&story.app, date(2008, 11, 10)).await.expect("a later day");
    story
}

fn programme() -> kvarter_domain::ids::ProgrammeId {
    "lua-2008".into()
}

fn coordinator(story: &Story) -> Ctx {
    story.as_someone("coordinator", Role::Coordinator, "0180")
}

fn insurance(story: &Story) -> Ctx {
    story.as_someone("insurance", Role::Coordinator, "forsakringskassan")
}

fn new(name: &str, category: Category) -> NewPartner {
    NewPartner { name: name.into(), orgnr: None, organisation: None, category, required_as: None }
}

fn kassan() -> NewPartner {
    NewPartner {
        orgnr: Some("202100-5521".into()),
        organisation: Some("forsakringskassan".into()),
        required_as: Some("social-insurance".into()),
        ..new("Försäkringskassan", Category::StateAuthority)
    }
}

fn police() -> NewPartner {
    NewPartner {
        required_as: Some("police".into()),
        ..new("Polismyndigheten i Stockholms län", Category::StateAuthority)
    }
}

fn invited(who: NewPartner) -> Invite {
    Invite {
        who: Who::New(who),
        mode: Mode::Member,
        invited_on: date(2008, 11, 3),
        note: None,
        faults: Problems::none(),
    }
}

fn joined(who: NewPartner, from_day: Date) -> Join {
    Join {
        who: Who::New(who),
        mode: Mode::Member,
        basis: Basis::Mandated,
        decision_reference: Some("IJ2008/1215/IU".into()),
        from_day,
        faults: Problems::none(),
    }
}

fn yes() -> AnswerInvitation {
    AnswerInvitation {
        answer: Answer::Accepted,
        answered_on: date(2008, 11, 10),
        note: None,
        faults: Problems::none(),
    }
}

fn held(kind: DialogueKind, said: &str) -> Hold {
    Hold {
        kind,
        district: "01800154".into(),
        day: date(2008, 11, 6),
        form: "öppet möte".into(),
        theme: "Trygga gångvägar".into(),
        taking_part: Some(45),
        said: said.into(),
        faults: Problems::none(),
    }
}

async fn page(story: &Story) -> partnership::PartnershipPage {
    partnership::show(&story.public(), &story.app, &stockholm()).await.expect("a page")
}

async fn stands(story: &Story, id: &str) -> String {
    let id = DutyId::new(format!("lua-2008/0180/{id}"));
    duty::show(&story.public(), &story.app, &id).await.expect("the duty").standing.code().to_owned()
}

async fn acts(story: &Story, id: &str) -> usize {
    let id = DutyId::new(format!("lua-2008/0180/{id}"));
    duty::show(&story.public(), &story.app, &id).await.expect("the duty").acts.discharges.len()
}

/// The same story on both engines.
macro_rules! on_both {
    ($name:ident, $story:ident, $told:block) => {
        #[tokio::test]
        async fn $name() {
            let mut stories = vec![november().await];
            if let Some(story) = Story::empty_on_postgres().await {
                demo::prepare(&story.app).await.expect("the source can be replayed");
                let hour = "2008-10-20T12:00:00".parse().expect("an hour");
                demo::run_until(&story.app, hour, &|_, _| {}).await.expect("the case is carried on");
                stories.push(of(story).await);
            }
            for $story in &stories {
                $told
            }
        }
    };
}

on_both!(an_authority_says_yes_to_its_invitation_and_the_partnership_is_formed, story, {
    let asked =
        partnership::invite(&coordinator(story), &story.app, &stockholm(), None, invited(kassan())).await;
    let partner = asked.expect("invited");
    assert_eq!(partner.as_str(), "lua-2008/0180/forsakringskassan");
    let tasks = partnership::tasks(&insurance(story), &story.app).await.expect("tasks");
    assert_eq!(tasks.iter().map(|t| t.act).collect::<Vec<_>>(), ["answer-invitation"]);
    assert_eq!(stands(story, "form-partnership").await, "undated");

    let gavle = partnership::answer(&story.gavle(), &story.app, &stockholm(), &partner, None, yes()).await;
    assert!(matches!(gavle, Err(Error::Denied)), "{gavle:?}");
    let answered =
        partnership::answer(&insurance(story), &story.app, &stockholm(), &partner, None, yes()).await;
    answered.expect("answered");

    let page = page(story).await;
    let there = page.partners();
    assert_eq!(there.len(), 1);
    assert_eq!(there[0].joining.basis, Basis::Mandated, "the programme asks for it");
    assert_eq!(there[0].joining.decision_reference.as_deref(), Some("IJ2008/1215/IU"));
    let missing: Vec<_> = page.composition.gaps.iter().filter_map(|g| g.required.as_deref()).collect();
    assert_eq!(missing, ["police", "employment"]);
    assert_eq!(stands(story, "form-partnership").await, "met");
    assert!(partnership::tasks(&insurance(story), &story.app).await.expect("tasks").is_empty());
    let again = partnership::answer(&insurance(story), &story.app, &stockholm(), &partner, None, yes()).await;
    assert_eq!(codes(again), ["invitation-answered", "partner-already-in"]);
    let report = kvarter_services::log::verify(&story.app, None, &mut |_| {}).await.expect("the log is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
});

on_both!(what_is_wrong_with_a_joining_is_told_at_once_and_nothing_is_written, story, {
    let wrong = Join {
        decision_reference: None,
        ..joined(
            NewPartner {
                orgnr: Some("202100-0077".into()),
                organisation: Some("nobody".into()),
                required_as: Some("army".into()),
                ..new(" ", Category::Other)
            },
            date(2008, 10, 1),
        )
    };
    let before = page(story).await.seen;
    let refused = partnership::join(&coordinator(story), &story.app, &stockholm(), None, wrong).await;
    let mut found = codes(refused);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "mandate-without-decision",
            "organisation-unknown",
            "orgnr-check-digit",
            "partner-name-missing",
            "partnership-before-in-force",
            "required-partner-unknown",
        ]
    );
    let after = page(story).await;
    assert_eq!((after.seen, after.known.partners.len()), (before, 0));
});

on_both!(who_has_left_can_be_at_no_later_meeting_and_is_a_gap_from_the_day_after, story, {
    let run = coordinator(story);
    let join =
        partnership::join(&run, &story.app, &stockholm(), None, joined(police(), date(2008, 10, 22))).await;
    let police = join.expect("joined");
    let leave = Leave {
        last_day: date(2008, 11, 4),
        reason: Some("omorganisation".into()),
        faults: Problems::none(),
    };
    partnership::leave(&run, &story.app, &stockholm(), &police, None, leave.clone()).await.expect("left");
    let twice = partnership::leave(&run, &story.app, &stockholm(), &police, None, leave).await;
    assert_eq!(codes(twice), ["partner-has-left"]);
    let meet = |held_on: Date| Meet {
        group: None,
        held_on,
        present: vec![police.clone()],
        decisions: vec![Decision { number: "§ 1".into(), words: "Arbetsgrupper bildas.".into() }],
        minutes: None,
        faults: Problems::none(),
    };
    let late = partnership::meet(&run, &story.app, &stockholm(), None, meet(date(2008, 11, 5))).await;
    assert_eq!(codes(late), ["present-not-in"]);
    partnership::meet(&run, &story.app, &stockholm(), None, meet(date(2008, 11, 4))).await.expect("met");
    let lacks = async |day: Date| {
        let page = partnership::show_as_of(&story.public(), &story.app, &stockholm(), day).await;
        let gaps = page.expect("a page").composition.gaps;
        gaps.iter().any(|gap| gap.required.as_deref() == Some("police"))
    };
    assert!(lacks(date(2008, 11, 10)).await);
    assert_eq!(page(story).await.known.parties()[0].last, Some(date(2008, 11, 4)));
});

on_both!(what_residents_said_is_answered_and_meets_the_duties_of_its_district, story, {
    let run = coordinator(story);
    let private = held(DialogueKind::Participation, "Ring 070-123 45 67 eller skriv till a@b.se");
    let refused = partnership::hold(&run, &story.app, &stockholm(), None, private).await;
    assert_eq!(codes(refused), ["personal-mail-address", "personal-telephone-number"]);
    let values = held(DialogueKind::Values, "Mer ljus.\n\n\nOch bänkar.");
    let id = partnership::hold(&run, &story.app, &stockholm(), None, values).await.expect("held");
    assert_eq!(acts(story, "hold-values-dialogue/01800154").await, 1);
    assert_eq!(acts(story, "hold-values-dialogue/01800148").await, 0);
    assert_eq!(acts(story, "enable-participation").await, 0);
    let samrad = held(DialogueKind::ConsultationOnPlan, "Skolan först.");
    partnership::hold(&run, &story.app, &stockholm(), None, samrad).await.expect("held");
    assert_eq!(acts(story, "enable-participation").await, 1);

    let known = page(story).await.known;
    assert_eq!(known.dialogues[0].said, "Mer ljus.\n\nOch bänkar.");
    assert!(known.consulted("01800154", date(2008, 11, 6)));
    assert!(
        !known.consulted("01800154", date(2008, 11, 5)) && !known.consulted("01800148", date(2008, 11, 6))
    );
    let waits = async || partnership::tasks(&run, &story.app).await.expect("tasks").len();
    assert_eq!(waits().await, 2);
    let respond =
        |day: Date| Respond { day, done: "Belysningen är beställd.".into(), faults: Problems::none() };
    let early =
        partnership::respond(&run, &story.app, &stockholm(), &id, None, respond(date(2008, 11, 5))).await;
    assert_eq!(codes(early), ["response-before-dialogue"]);
    let done =
        partnership::respond(&run, &story.app, &stockholm(), &id, None, respond(date(2008, 11, 7))).await;
    done.expect("answered");
    assert_eq!(waits().await, 1);
});

on_both!(a_need_is_raised_by_a_partner_and_the_state_owes_the_answer, story, {
    let run = coordinator(story);
    let join =
        partnership::join(&run, &story.app, &stockholm(), None, joined(kassan(), date(2008, 10, 22))).await;
    join.expect("joined");
    let raise = RaiseNeed {
        district: Some("01800154".into()),
        addressed_to: "Utbildningsdepartementet".into(),
        words: "Samordnade insatser mot skolavhopp.".into(),
        raised_on: date(2008, 11, 10),
        faults: Problems::none(),
    };
    let foreign =
        partnership::raise_need(&story.gavle(), &story.app, &stockholm(), None, raise.clone()).await;
    assert!(matches!(foreign, Err(Error::Denied)), "{foreign:?}");
    let outside = RaiseNeed { district: Some("14800001".into()), ..raise.clone() };
    let outside = partnership::raise_need(&run, &story.app, &stockholm(), None, outside).await;
    assert_eq!(codes(outside), ["district-outside-agreement"]);
    let need = partnership::raise_need(&insurance(story), &story.app, &stockholm(), None, raise).await;
    let need = need.expect("raised");
    let officer = story.officer();
    let asked = partnership::tasks(&officer, &story.app).await.expect("tasks");
    assert_eq!(asked.iter().map(|t| t.act).collect::<Vec<_>>(), ["answer-need"]);
    let answer = AnswerNeed {
        answered_on: date(2008, 11, 10),
        words: "Bereds i departementet.".into(),
        faults: Problems::none(),
    };
    let denied = partnership::answer_need(&run, &story.app, &stockholm(), &need, None, answer.clone()).await;
    assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
    partnership::answer_need(&officer, &story.app, &stockholm(), &need, None, answer)
        .await
        .expect("answered");
    assert_eq!(acts(story, "hold-state-dialogue").await, 1);
    let page = page(story).await;
    assert_eq!(page.known.unanswered_needs(page.day).count(), 0);
    assert_eq!(
        page.known.needs[0].partner.as_ref().map(PartnerId::as_str),
        Some("lua-2008/0180/forsakringskassan")
    );
});

on_both!(the_organisation_is_described_and_groups_take_only_partners, story, {
    let run = coordinator(story);
    let join =
        partnership::join(&run, &story.app, &stockholm(), None, joined(police(), date(2008, 10, 22))).await;
    let police = join.expect("joined");
    let group = |members: Vec<PartnerId>| FormGroup {
        name: "Husbygruppen".into(),
        district: Some("01800154".into()),
        task: None,
        from_day: date(2008, 11, 1),
        members,
        faults: Problems::none(),
    };
    let stranger = vec![PartnerId::new("lua-2008/0180/nobody")];
    let refused = partnership::form_group(&run, &story.app, &stockholm(), None, group(stranger)).await;
    assert_eq!(codes(refused), ["present-not-in"]);
    let seen = page(story).await.seen;
    let formed =
        partnership::form_group(&run, &story.app, &stockholm(), Some(seen), group(vec![police])).await;
    let id = formed.expect("formed");
    assert_eq!(page(story).await.known.group_on(&id, date(2008, 11, 1)).len(), 1);
    let describe =
        Describe { from_day: date(2008, 11, 1), words: "En styrgrupp.".into(), faults: Problems::none() };
    let stale = partnership::describe(&run, &story.app, &stockholm(), Some(seen), describe.clone()).await;
    assert!(matches!(stale, Err(Error::Stale)), "someone else came first: {stale:?}");
    partnership::describe(&run, &story.app, &stockholm(), None, describe).await.expect("described");
    assert_eq!(acts(story, "organise-coordination").await, 2);
});

#[tokio::test]
async fn the_list_tells_every_partnership_in_force_and_nothing_before() {
    let story = november().await;
    let rows = partnership::list(&story.public(), &story.app, &programme()).await.expect("a list");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].members, rows[0].missing), (0, 3));
    let early = Story::stockholm_2008().await;
    let none = partnership::list(&early.public(), &early.app, &programme()).await.expect("a list");
    assert!(none.is_empty());
    let join = joined(police(), date(2008, 9, 20));
    let refused = partnership::join(&coordinator(&early), &early.app, &stockholm(), None, join).await;
    assert_eq!(codes(refused), ["partnership-without-agreement"]);
}

#[tokio::test]
async fn a_partnership_of_forty_is_shown_and_listed_with_as_many_questions_as_one_of_two() {
    let story = november().await;
    let join = async |name: String| {
        let who = new(&name, Category::PropertyOwner);
        let join =
            Join { basis: Basis::Voluntary, decision_reference: None, ..joined(who, date(2008, 11, 3)) };
        partnership::join(&coordinator(&story), &story.app, &stockholm(), None, join).await.expect("joined");
        let hold = held(DialogueKind::ConsultationOnPlan, "Det är för mörkt på gångvägen.");
        partnership::hold(&coordinator(&story), &story.app, &stockholm(), None, hold).await.expect("held");
    };
    let asked = async || {
        let mut counts = Vec::new();
        let mut before = story.app.statements();
        let mut count = || {
            let now = story.app.statements();
            counts.push(now - std::mem::replace(&mut before, now));
        };
        page(&story).await;
        count();
        partnership::list(&story.public(), &story.app, &programme()).await.expect("the partnerships");
        count();
        partnership::tasks(&coordinator(&story), &story.app).await.expect("what waits");
        count();
        let day = date(2008, 11, 10);
        collaboration::board(&story.public(), &story.app, &stockholm(), day).await.expect("the board");
        count();
        counts
    };
    for n in 1..=2 {
        join(format!("Bolaget {n}")).await;
    }
    let few = asked().await;
    for n in 3..=40 {
        join(format!("Bolaget {n}")).await;
    }
    assert_eq!(page(&story).await.partners().len(), 40);
    assert_eq!(asked().await, few);
}

on_both!(what_was_registered_wrongly_is_corrected_and_counts_no_longer, story, {
    let run = coordinator(story);
    let registrar = story.as_someone("registrar", Role::Registrar, "0180");
    let join = joined(police(), date(2008, 11, 3));
    let police = partnership::join(&run, &story.app, &stockholm(), None, join).await.expect("joined");
    let meet = |day: Date| Meet {
        group: None,
        held_on: day,
        present: vec![police.clone()],
        decisions: vec![Decision { number: "§ 1".into(), words: "Arbetet inleds.".into() }],
        minutes: None,
        faults: Problems::none(),
    };
    partnership::meet(&run, &story.app, &stockholm(), None, meet(date(2008, 11, 4))).await.expect("met");
    let hold = held(DialogueKind::Values, "Det är för mörkt på gångvägen.");
    partnership::hold(&run, &story.app, &stockholm(), None, hold).await.expect("held");
    let before = page(story).await;
    let (meeting, dialogue) = (&before.known.meetings[0], &before.known.dialogues[0]);
    let met: usize = acts(story, "hold-values-dialogue/01800154").await;
    assert_eq!(met, 1);

    let of =
        |kind, about: &str, record: &RecordId| Wrong { kind, about: about.into(), record: record.clone() };
    let wrong = of(Kind::Meeting, &meeting.id, &meeting.record);
    let refused = correction::correct(&registrar, &story.app, &wrong, None, "  ").await;
    assert_eq!(codes(refused), ["correction-without-reason"]);
    let stranger = correction::correct(&story.gavle(), &story.app, &wrong, None, "Fel dag.").await;
    assert!(matches!(stranger, Err(Error::Denied)), "{stranger:?}");
    let astray = of(Kind::Dialogue, &meeting.id, &meeting.record);
    let astray = correction::correct(&registrar, &story.app, &astray, None, "Fel dag.").await;
    assert!(matches!(astray, Err(Error::NotFound)), "{astray:?}");

    demo::set_day(&story.app, date(2008, 11, 12)).await.expect("two days later");
    let registrar = story.as_someone("registrar", Role::Registrar, "0180");
    correction::correct(&registrar, &story.app, &wrong, None, "Fel dag.").await.expect("corrected");
    let wrong = of(Kind::Dialogue, &dialogue.id, &dialogue.record);
    correction::correct(&registrar, &story.app, &wrong, None, "Den hölls i Rinkeby.")
        .await
        .expect("corrected");
    let again = correction::correct(&registrar, &story.app, &wrong, None, "Igen.").await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

    let after = page(story).await;
    assert!(after.known.meetings.is_empty() && after.known.dialogues.is_empty());
    assert_eq!(after.known.corrected.meetings[0].correction.reason, "Fel dag.");
    assert_eq!(acts(story, "hold-values-dialogue/01800154").await, 0, "what it met is not met by it");
    let then = partnership::show_as_of(&story.public(), &story.app, &stockholm(), date(2008, 11, 11)).await;
    assert_eq!(then.expect("a page").known.meetings.len(), 1, "that is what was known then");
    // The next one has the next number, and the wrong one keeps its own.
    partnership::meet(&run, &story.app, &stockholm(), None, meet(date(2008, 11, 5))).await.expect("met");
    assert_eq!(page(story).await.known.meetings[0].id, "lua-2008/0180/meeting/2");
});
