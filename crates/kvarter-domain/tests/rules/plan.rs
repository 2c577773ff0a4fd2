//! Plans: what stands in the way of adopting one, and how its goals are judged.

use crate::table::{files, lua_2008};
use jiff::civil::Date;
use kvarter_domain::observation::{COLUMNS, Table};
use kvarter_domain::plan::acceptance::{self, GoalAcceptance, Party};
use kvarter_domain::plan::check::{Circumstances, adoptable, shortcomings};
use kvarter_domain::plan::goal::{BaseValue, Goal, Milestone};
use kvarter_domain::plan::intervention::Intervention;
use kvarter_domain::plan::rules::PlanRules;
use kvarter_domain::plan::smart::{Assessment, Criterion, Grounds, Outcome, assess, assess_all};
use kvarter_domain::plan::{Allocation, ConsideredDocument, Lesson, Plan};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::{Programme, ProgrammeFiles};

const HUSBY: &str = "01800154";

fn day(text: &str) -> Date {
    text.parse().expect("a day in a test")
}

fn rules(programme: &Programme) -> &PlanRules {
    programme.plan.as_ref().expect("the programme of 2008 has plans")
}

fn goal(id: &str, area: &str) -> Goal {
    Goal {
        id: id.into(),
        area: area.into(),
        problem: "Färre än hälften har arbete.".into(),
        statement: "Andelen sysselsatta i Husby ökar till 54 procent".into(),
        national_goal: "Färre i utanförskap".into(),
        municipal_goal: "Stockholms budget 2008: fler i arbete".into(),
        indicator: "employment".into(),
        unit: "procent".into(),
        group: "20–64 år".into(),
        base: Some(BaseValue {
            value: 51.0,
            period: kvarter_domain::observation::Reference::parse("2006"),
            source: "SCB".into(),
            published: Some(day("2007-11-01")),
            state: kvarter_domain::observation::CellState::Final,
        }),
        target: Some(54.0),
        by: Some(day("2010-12-31")),
        milestones: vec![Milestone { by: day("2009-12-31"), value: 53.0 }],
        owner: "Stockholms stad".into(),
        partners: vec!["arbetsformedlingen".into()],
        overrides: [].into(),
    }
}

fn intervention(id: &str, goal: &str) -> Intervention {
    Intervention {
        id: id.into(),
        goals: vec![goal.into()],
        title: "Jobbtorg".into(),
        description: "Handläggare från tre myndigheter i samma lokal.".into(),
        district: HUSBY.into(),
        responsible: "Arbetsförmedlingen".into(),
        from: Some(day("2009-01-01")),
        to: None,
        output: "600 besök om året".into(),
        outcome: "Kortare väg till arbete".into(),
        budget: "Arbetsförmedlingens förvaltningsanslag".into(),
        learning: String::new(),
    }
}

/// A plan that lacks nothing.
fn plan() -> Plan {
    let programme = lua_2008();
    let areas = ["work", "education", "safety", "growth"];
    Plan {
        texts: rules(&programme).sections().map(|(_, s)| (s.id.clone(), "Text.".into())).collect(),
        goals: (1..).zip(areas).map(|(n, area)| goal(&format!("g{n}"), area)).collect(),
        interventions: (1..=4).map(|n| intervention(&format!("i{n}"), &format!("g{n}"))).collect(),
        documents: vec![ConsideredDocument {
            id: "d1".into(),
            title: "Översiktsplan 99".into(),
            regard: "Ja.".into(),
            ..Default::default()
        }],
        lessons: Vec::new(),
        allocations: vec![Allocation {
            id: "a1".into(),
            year: Some(2009),
            statement: "Mer till skolan.".into(),
            decision: String::new(),
        }],
    }
}

fn party(last: Option<&str>) -> Party {
    Party {
        id: "arbetsformedlingen".into(),
        name: "Arbetsförmedlingen".into(),
        from: day("2008-10-20"),
        last: last.map(day),
    }
}

fn acceptance(goal: &Goal, on: &str) -> GoalAcceptance {
    GoalAcceptance {
        agreement: "lua-2008/0180".into(),
        district: HUSBY.into(),
        goal: goal.id.clone(),
        wording: goal.wording(),
        partner: "arbetsformedlingen".into(),
        partner_name: "Arbetsförmedlingen".into(),
        accepted_on: day(on),
        registered_on: day(on),
        evidence: None,
        person: "p".into(),
    }
}

/// Ten districts whose employment rose by 0.2, 0.4 … 2.0 points a year between 2001 and 2006.
fn statistics() -> Table {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for (n, name) in
        ["Akalla", "Alby", "Bredäng", "Fittja", "Hallunda", "Kista", "Rinkeby", "Rågsved", "Tensta", "Vårby"]
            .into_iter()
            .enumerate()
    {
        for year in 2001..=2006 {
            let value = 45.0 + 0.2 * (n + 1) as f64 * f64::from(year - 2001);
            text.push_str(&format!(
                "employment,Sysselsatta,procent,304,20–64 år,018001{n:02},{name},{year},{value:.2},final,SCB,{}-10-31\n",
                year + 1
            ));
        }
    }
    for (year, value) in [(2005, 50.5), (2006, 51.0)] {
        text.push_str(&format!(
            "employment,Sysselsatta,procent,304,20–64 år,{HUSBY},Husby,{year},{value},final,SCB,{}-10-31\n",
            year + 1
        ));
    }
    Table::read("statistik.csv", text.as_bytes()).expect("sound rows")
}

struct Judge {
    programme: Programme,
    statistics: Table,
    acceptances: Vec<GoalAcceptance>,
    partners: Vec<Party>,
}

impl Judge {
    fn new() -> Self {
        Self {
            programme: lua_2008(),
            statistics: statistics(),
            acceptances: Vec::new(),
            partners: vec![party(None)],
        }
    }

    fn accepting(mut self, goals: &[Goal]) -> Self {
        self.acceptances = goals.iter().map(|goal| acceptance(goal, "2008-12-10")).collect();
        self
    }

    fn grounds(&self) -> Grounds<'_> {
        Grounds {
            rules: &rules(&self.programme).smart,
            period: self.programme.period,
            district: HUSBY,
            observations: &self.statistics,
            acceptances: &self.acceptances,
            partners: &self.partners,
            today: day("2008-12-15"),
        }
    }

    fn told(&self, goal: &Goal, criterion: Criterion) -> (Outcome, Vec<&'static str>) {
        let assessment = assess(goal, &self.grounds());
        let check = assessment.check(criterion).expect("five checks");
        (check.outcome, check.reasons.iter().map(|reason| reason.code).collect())
    }

    fn adoptable(
        &self,
        plan: &Plan,
        previous: Option<(&Plan, Date)>,
        consulted: &[Date],
        unchanged: Option<&str>,
    ) -> Vec<String> {
        let assessments = assess_all(&plan.goals, &self.grounds());
        let districts = [HUSBY.to_owned(), "01800148".to_owned()];
        let of = self.circumstances(&districts, previous, consulted, &assessments);
        codes(adoptable(plan, &of, day("2008-12-15"), unchanged))
    }

    fn circumstances<'a>(
        &'a self,
        districts: &'a [String],
        previous: Option<(&'a Plan, Date)>,
        consultations: &'a [Date],
        assessments: &'a [Assessment],
    ) -> Circumstances<'a> {
        Circumstances {
            rules: rules(&self.programme),
            areas: &self.programme.target_areas,
            period: self.programme.period,
            district: HUSBY,
            districts,
            previous,
            consultations,
            assessments,
        }
    }
}

fn codes(checked: Result<(), Problems>) -> Vec<String> {
    checked.err().unwrap_or_default().0.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn the_words_of_the_ordinance_are_the_ordinances() {
    let programme = lua_2008();
    assert_eq!(rules(&programme).parts.len(), 8, "8 § has eight items");
    let found = |change: &dyn Fn(&mut ProgrammeFiles)| {
        let mut files = files();
        change(&mut files);
        let problems = Programme::read(&files).err().unwrap_or_default().0;
        problems.into_iter().map(|p| (p.code, p.clause.unwrap_or_default())).collect::<Vec<_>>()
    };
    let told = |at: &str| ("plan-words-not-in-ordinance".to_owned(), at.to_owned());
    // A word that differs, an item under the wrong number, and an ordinance that is not there at all.
    let word = found(&|files| files.ordinance = files.ordinance.replace("en analys av", "en syn på"));
    assert_eq!(word, [told("SFS 2008:348 8 § 2")]);
    let item = found(&|files| files.definition = files.definition.replace("8 § 4\"", "8 § 5\""));
    assert_eq!(item, [told("SFS 2008:348 8 § 5")]);
    let none = found(&|files| files.ordinance.clear());
    assert_eq!(none.len(), 11, "each provision of the ordinance: {none:?}");
    assert!(none.iter().all(|(code, at)| code == "plan-words-not-in-ordinance" && at.contains("2008:348")));
}

#[test]
fn a_plan_that_lacks_nothing_is_adopted_after_residents_were_consulted() {
    let plan = plan();
    let judge = Judge::new().accepting(&plan.goals);
    assert_eq!(judge.adoptable(&plan, None, &[day("2008-11-12")], None), Vec::<String>::new());
    assert_eq!(judge.adoptable(&plan, None, &[], None), ["plan-without-consultation"]);
    assert_eq!(
        judge.adoptable(&plan, None, &[day("2008-12-16")], None),
        ["plan-without-consultation"],
        "after the adoption"
    );
}

#[test]
fn an_empty_draft_is_told_all_that_eight_parts_and_four_areas_ask_for() {
    let judge = Judge::new();
    let districts = [HUSBY.to_owned()];
    let found = shortcomings(&Plan::default(), &judge.circumstances(&districts, None, &[], &[]));
    let count = |code: &str| found.0.iter().filter(|p| p.code == code).count();
    assert_eq!(
        count("plan-part-missing"),
        9,
        "three aspects, two halves of the eighth part and four more texts"
    );
    assert_eq!(count("plan-area-without-goal"), 4);
    assert_eq!(count("plan-without-interventions"), 1);
    assert!(found.0.iter().all(|problem| problem.clause.is_some()), "each names what it rests on");
}

#[test]
fn everything_wrong_with_a_plan_is_said_at_once_with_its_place() {
    let mut plan = plan();
    plan.texts.remove("situation-social");
    plan.goals[0].area = String::new();
    plan.goals[1].by = Some(day("2011-06-30"));
    plan.goals[2].base.as_mut().expect("there").source = " ".into();
    plan.interventions[3].district = "12800001".into();
    plan.interventions[2].budget = String::new();
    let judge = Judge::new();
    let districts = [HUSBY.to_owned()];
    let found = shortcomings(&plan, &judge.circumstances(&districts, None, &[], &[]));
    let told: Vec<_> = found.0.iter().map(|p| (p.place.as_str(), p.code.as_str())).collect();
    for expected in [
        ("text/situation-social", "plan-part-missing"),
        ("goal work", "plan-area-without-goal"),
        ("goal/g1 area", "goal-without-area"),
        ("goal/g2 by", "goal-day-outside-period"),
        ("goal/g3 base.source", "base-value-without-source"),
        ("intervention/i4 district", "intervention-outside-agreement"),
        ("intervention/i3 budget", "intervention-without-budget"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert_eq!(told.len(), 7);
}

#[test]
fn a_goal_without_acceptance_is_adopted_only_with_a_reason() {
    let mut plan = plan();
    let judge = Judge::new().accepting(&plan.goals[1..]);
    assert_eq!(judge.adoptable(&plan, None, &[day("2008-11-12")], None), ["goal-criterion-missed"]);
    plan.goals[0].overrides.insert("accepted".into(), "Nja".into());
    assert_eq!(judge.adoptable(&plan, None, &[day("2008-11-12")], None), ["override-says-nothing"]);
    plan.goals[0].overrides.insert("accepted".into(), "Beslut väntas på mötet i januari.".into());
    assert_eq!(judge.adoptable(&plan, None, &[day("2008-11-12")], None), Vec::<String>::new());
}

#[test]
fn no_reason_makes_up_for_a_goal_that_cannot_be_followed_up() {
    let mut plan = plan();
    plan.goals[0].indicator = "happiness".into();
    plan.goals[0].overrides.insert("measurable".into(), "Vi känner det ändå när vi går runt.".into());
    let judge = Judge::new().accepting(&plan.goals);
    assert_eq!(
        judge.adoptable(&plan, None, &[day("2008-11-12")], None),
        ["goal-not-followable", "goal-criterion-unknown"]
    );
}

#[test]
fn a_revision_says_what_was_learned_or_that_nothing_changed() {
    let (before, mut after) = (plan(), plan());
    let consulted = [day("2008-12-12")];
    let judge = Judge::new().accepting(&before.goals);
    let previous = Some((&before, day("2008-12-01")));
    let told = |plan: &Plan, unchanged| judge.adoptable(plan, previous, &consulted, unchanged);
    assert_eq!(told(&after, None), ["revised-without-change"]);
    assert_eq!(told(&after, Some("Följdes upp i november; inget talar för ändring.")), Vec::<String>::new());
    after.interventions[0].output = "900 besök om året".into();
    assert_eq!(told(&after, Some("Inget ändrat.")), ["changed-yet-unchanged"]);
    assert_eq!(told(&after, None), ["revision-without-lesson"]);
    after.lessons.push(Lesson {
        id: "l1".into(),
        learned: "Fler kom än väntat.".into(),
        source: "Besöksstatistik 2009".into(),
        changed: "Målet för besök höjt.".into(),
        concerns: vec!["i1".into()],
    });
    assert_eq!(told(&after, None), Vec::<String>::new());
    assert_eq!(
        judge.adoptable(&after, previous, &[day("2008-11-30")], None),
        ["plan-without-consultation"],
        "the one before"
    );
}

#[test]
fn a_goal_worded_as_an_activity_or_with_two_measures_is_not_specific() {
    let judge = Judge::new();
    let with = |change: fn(&mut Goal)| {
        let mut goal = goal("g1", "work");
        change(&mut goal);
        judge.told(&goal, Criterion::Specific)
    };
    assert_eq!(with(|_| ()), (Outcome::Holds, vec!["goal-is-one"]));
    assert_eq!(
        with(|g| g.statement = "Att starta ett jobbtorg".into()),
        (Outcome::FallsShort, vec!["goal-is-activity"])
    );
    assert_eq!(
        with(|g| g.statement = "Starkare tro på framtiden".into()),
        (Outcome::Holds, vec!["goal-is-one"])
    );
    assert_eq!(
        with(|g| g.indicator = "arbete och utbildning".into()),
        (Outcome::FallsShort, vec!["goal-has-several"])
    );
    assert_eq!(with(|g| g.group = String::new()), (Outcome::FallsShort, vec!["goal-lacks"]));
}

#[test]
fn a_goal_is_measurable_when_its_series_exists_and_a_value_comes_in_time() {
    let judge = Judge::new();
    let with = |change: fn(&mut Goal)| {
        let mut goal = goal("g1", "work");
        change(&mut goal);
        judge.told(&goal, Criterion::Measurable)
    };
    assert_eq!(with(|_| ()), (Outcome::Holds, vec!["value-in-time"]));
    assert_eq!(with(|g| g.group = "16–24 år".into()), (Outcome::FallsShort, vec!["series-missing"]));
    assert_eq!(with(|g| g.by = Some(day("2008-06-30"))).1, ["value-too-late"]);
    assert_eq!(with(|g| g.unit = "antal".into()).1, ["unit-differs", "value-in-time"]);
    assert_eq!(with(|g| g.base = None).1, ["base-missing", "value-in-time"]);
    assert_eq!(
        with(|g| g.base.as_mut().expect("there").published = None).1,
        ["base-without-vintage", "value-in-time"]
    );
}

#[test]
fn a_goal_is_accepted_as_it_is_worded_by_those_who_are_there() {
    let first = goal("g1", "work");
    let judge = Judge::new().accepting(std::slice::from_ref(&first));
    assert_eq!(judge.told(&first, Criterion::Accepted), (Outcome::Holds, vec!["accepted-by"]));
    let higher = Goal { target: Some(56.0), ..first.clone() };
    assert_eq!(judge.told(&higher, Criterion::Accepted), (Outcome::FallsShort, vec!["accepted-other-words"]));
    let nobody = Goal { partners: vec![], ..first.clone() };
    assert_eq!(judge.told(&nobody, Criterion::Accepted), (Outcome::FallsShort, vec!["no-partner-named"]));
    let left = Judge {
        partners: vec![party(Some("2008-12-12"))],
        ..Judge::new().accepting(std::slice::from_ref(&first))
    };
    assert_eq!(left.told(&first, Criterion::Accepted), (Outcome::FallsShort, vec!["partner-has-left"]));
}

#[test]
fn an_acceptance_by_someone_who_has_left_is_refused_with_the_day_they_left() {
    let goal = goal("g1", "work");
    let check = |on: &str, partners: &[Party]| {
        acceptance::check(&acceptance(&goal, on), Some(&goal), partners, day("2008-12-15"))
    };
    assert_eq!(check("2008-12-10", &[party(None)]), Ok(()));
    let problems = check("2008-12-10", &[party(Some("2008-11-30"))]).expect_err("left");
    assert_eq!(
        (problems.0[0].code.as_str(), problems.0[0].args["last"].as_str()),
        ("acceptance-by-former-partner", "2008-11-30")
    );
    assert_eq!(codes(check("2008-12-24", &[])), ["acceptance-by-no-partner", "day-in-the-future"]);
    assert_eq!(codes(check("2008-10-01", &[party(None)])), ["acceptance-before-partner-joined"]);
}

#[test]
fn a_goal_that_no_district_has_seen_the_like_of_is_told_with_the_districts_that_came_nearest() {
    let judge = Judge::new();
    let doubled = Goal { target: Some(102.0), ..goal("g1", "work") };
    let assessment = assess(&doubled, &judge.grounds());
    let check = assessment.check(Criterion::Realistic).expect("judged");
    assert_eq!((check.outcome, check.reasons[0].code), (Outcome::FallsShort, "change-never-seen"));
    let args = &check.reasons[0].args;
    assert_eq!(
        (args["percentile"].as_str(), args["districts"].as_str(), args["did"].as_str()),
        ("100.0", "10", "0")
    );
    assert_eq!(args["best"], "Vårby (+2.00); Tensta (+1.80); Rågsved (+1.60)");
    assert_eq!(judge.told(&goal("g1", "work"), Criterion::Realistic), (Outcome::Holds, vec!["change-seen"]));
    let steep = Goal { target: Some(59.5), ..goal("g1", "work") };
    assert_eq!(judge.told(&steep, Criterion::Realistic).1, ["change-seldom-seen"]);
    let unknown = Goal { indicator: "other".into(), ..goal("g1", "work") };
    assert_eq!(judge.told(&unknown, Criterion::Realistic), (Outcome::CannotTell, vec!["history-too-short"]));
}

#[test]
fn a_day_lies_in_the_period_with_milestones_on_the_way() {
    let judge = Judge::new();
    let with = |change: fn(&mut Goal)| {
        let mut goal = goal("g1", "work");
        change(&mut goal);
        judge.told(&goal, Criterion::TimeBound).1
    };
    assert_eq!(with(|_| ()), ["day-inside-period"]);
    assert_eq!(with(|g| g.by = None), ["day-missing"]);
    assert_eq!(with(|g| g.by = Some(day("2011-01-01"))), ["day-outside-period"]);
    assert_eq!(with(|g| g.milestones.clear()), ["milestones-missing"]);
    assert_eq!(with(|g| g.milestones[0].by = day("2011-01-01")), ["milestones-out-of-order"]);
}

#[test]
fn by_indicators_alone_only_what_is_measured_binds() {
    let mut judge = Judge::new();
    let mut plan = plan();
    for goal in &mut plan.goals {
        goal.statement = "Starta ett jobbtorg".into();
        goal.partners.clear();
    }
    assert!(judge.adoptable(&plan, None, &[day("2008-11-12")], None).len() >= 8);
    judge.programme.plan.as_mut().expect("there").smart.indicator_only = true;
    assert_eq!(judge.adoptable(&plan, None, &[day("2008-11-12")], None), Vec::<String>::new());
}
