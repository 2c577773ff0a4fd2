//! The duties that a careful reader finds, and the overview of how they were kept.

use crate::table::{each, lua_2008, same};
use jiff::civil::Date;
use kvarter_domain::duty::{Acts, Discharge, Duty, Scope, concretise, overview};
use kvarter_domain::ids::OrganisationId;
use kvarter_domain::programme::Per;

#[test]
fn every_duty_of_the_text_is_carried_with_its_debtor_and_its_rule() {
    let programme = lua_2008();
    each("gold.md", |row| {
        for id in row.cell("carried by").split(' ') {
            let obligation = programme.obligation(&id.into()).ok_or_else(|| format!("no obligation {id}"))?;
            same("clause", obligation.clause.as_str(), row.cell("clause"))?;
            same("debtor", obligation.bound.code(), row.cell("who owes"))?;
            same("rule", obligation.due.code(), row.cell("when"))?;
        }
        Ok(())
    });
    let told: String =
        crate::table::rows("gold.md").iter().map(|r| r.cell("carried by").to_owned() + " ").collect();
    for obligation in &programme.obligations {
        assert!(told.split(' ').any(|id| id == obligation.id.as_str()), "{} is in no row", obligation.id);
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a day in a test")
}

fn discharge(duty: &Duty, on: &str) -> Discharge {
    Discharge {
        duty: duty.id.clone(),
        met_on: day(on),
        registered_on: day(on),
        attested_by: None,
        record: "r".into(),
        document: None,
        by: duty.debtors()[0].clone(),
        note: None,
        link: None,
    }
}

#[test]
fn the_overview_of_a_year_shows_both_parties_and_the_states_duties_once() {
    let programme = lua_2008();
    let mut duties = Vec::new();
    for municipality in ["0180", "0181"] {
        let municipality: OrganisationId = municipality.into();
        let mut scope = Scope::offered(&programme, &municipality);
        if scope.districts.is_empty() {
            scope.districts.push(("01810001".into(), "Hovsjö".into()));
        }
        duties.extend(concretise(&programme, &scope, day("2008-10-20")));
    }
    let compiled = duties
        .iter()
        .find(|d| d.id.as_str() == "lua-2008/0181/compile-national/2009")
        .expect("the state owes it under every agreement");
    let account = duties
        .iter()
        .find(|d| d.id.as_str() == "lua-2008/0180/report-followup/2009")
        .expect("Stockholm owes it");
    let facts = [discharge(compiled, "2010-02-01"), discharge(account, "2009-09-30")];
    let acts = Acts::gather(&duties, facts, [], [], []);
    let seen = overview(&programme, &duties, &acts, 2009, day("2010-03-01"));

    let of = |obligation: &str| -> Vec<(Option<&str>, &str)> {
        seen.dated()
            .filter(|row| row.duty.obligation.as_str() == obligation)
            .map(|row| (row.municipality.as_ref().map(OrganisationId::as_str), row.standing.code()))
            .collect()
    };
    assert_eq!(of("compile-national"), [(None, "met-late")]);
    assert_eq!(of("hold-conference"), [(None, "overdue")]);
    // The send list is alphabetical: Stockholm comes before Södertälje.
    assert_eq!(of("report-followup"), [(Some("0180"), "met"), (Some("0181"), "overdue")]);
    assert_eq!(of("report-plan").len(), 6);
    assert_eq!(of("review-jointly"), []);
    assert_eq!(seen.without_duties.len(), 19);
    assert!(seen.undated().all(|row| row.duty.nominal.is_none()));
}

#[test]
fn a_compilation_registered_under_one_agreement_meets_the_duty_of_all() {
    let programme = lua_2008();
    let stockholm = Scope::offered(&programme, &"0180".into());
    let ours = concretise(&programme, &stockholm, day("2008-10-20"));
    let theirs =
        concretise(&programme, &Scope { municipality: "2180".into(), ..stockholm }, day("2008-10-20"));
    let shared = |d: &&Duty| d.object_kind == Per::Programme && d.year == Some(2009);
    let fact = discharge(theirs.iter().find(shared).expect("the state owes it"), "2009-12-01");
    let acts = Acts::gather(&ours, [fact], [], [], []);
    let duty = ours.iter().find(shared).expect("the state owes it here too");
    assert_eq!(kvarter_domain::duty::standing(duty, &acts, day("2010-01-01")).code(), "met");
    // What a municipality owes is its own.
    let plan = |duties: &[Duty]| {
        duties.iter().find(|d| d.obligation.as_str() == "report-followup").cloned().expect("owed")
    };
    let acts = Acts::gather(&ours, [discharge(&plan(&theirs), "2009-09-01")], [], [], []);
    assert_eq!(kvarter_domain::duty::standing(&plan(&ours), &acts, day("2010-01-01")).code(), "overdue");
}

#[test]
fn a_duty_reads_back_from_its_json_as_it_was() {
    let programme = lua_2008();
    let duties = concretise(&programme, &Scope::offered(&programme, &"0180".into()), day("2008-10-20"));
    let json = serde_json::to_string(&duties).expect("duties are plain data");
    let back: Vec<Duty> = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(back, duties);
    let mut ids: Vec<&str> = duties.iter().map(|d| d.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), duties.len(), "every duty has an id of its own");
}
