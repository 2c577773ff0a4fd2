//! Days: which day it is, when it is a day of rest, what is owed when, and how it stands.

use crate::table::{Row, each, lua_2008, rows, same};
use jiff::Timestamp;
use jiff::civil::Date;
use kvarter_domain::duty::{
    Acts, AgreedDay, Discharge, Duty, Extension, Occurrence, Scope, Standing, concretise, standing,
};
use kvarter_domain::programme::Programme;
use kvarter_domain::time::{holiday_on, rest_day, statutory_day, stockholm_day};

fn duties_of_stockholm(programme: &Programme, in_force: Date) -> Vec<Duty> {
    let stockholm = "0180".into();
    concretise(programme, &Scope::offered(programme, &stockholm), in_force)
}

/// The acts that a row tells of, for one duty.
fn acts(row: &Row, duty: &Duty) -> Acts {
    let has = |column: &str| row.maybe_column(column).is_some();
    // What both owe, both have reported in these tables.
    let reported = duty.debtors().into_iter().filter(|_| has("reported"));
    let discharges = reported.map(|debtor| Discharge {
        duty: duty.id.clone(),
        met_on: row.read("reported"),
        registered_on: row.read("reported"),
        attested_by: None,
        record: "r1".into(),
        document: None,
        by: debtor.clone(),
        note: None,
        link: None,
    });
    let extension = has("extended to").then(|| Extension {
        duty: duty.id.clone(),
        until: row.read("extended to"),
        decided_on: row.read("decided"),
        registered_on: row.read("decided"),
        decided_by: duty.state.clone(),
        reference: Some("dnr".to_owned()),
        reason: None,
        record: "r2".into(),
    });
    let parties = [&duty.municipality, &duty.state].into_iter().filter(|_| has("agreed day"));
    let agreed = parties.map(|party| AgreedDay {
        duty: duty.id.clone(),
        day: row.read("agreed day"),
        agreed_on: row.read("agreed on"),
        registered_on: row.read("agreed on"),
        by: party.clone(),
        reference: None,
        record: "r3".into(),
    });
    let occurrence = has("happened").then(|| Occurrence {
        duty: duty.id.clone(),
        occurred_on: row.read("happened"),
        registered_on: row.read("happened"),
        note: None,
        record: "r4".into(),
    });
    Acts::gather(std::slice::from_ref(duty), discharges, extension, agreed, occurrence)
}

fn stands(row: &Row, duty: &Duty) -> Standing {
    standing(duty, &acts(row, duty), row.read("seen on"))
}

#[test]
fn yearly_deadlines_count_the_last_day() {
    let programme = lua_2008();
    each("yearly-deadlines.md", |row| {
        let due: Date = row.read("due");
        let duties = duties_of_stockholm(&programme, row.setting("in_force").parse().expect("a day"));
        let duty = duties
            .iter()
            .find(|d| d.obligation.as_str() == row.setting("obligation") && d.nominal == Some(due))
            .ok_or_else(|| format!("nothing is due on {due}"))?;
        same("standing", stands(row, duty).code(), row.cell("stands"))
    });
}

#[test]
fn the_first_last_day_is_the_first_on_or_after_entry_into_force() {
    let programme = lua_2008();
    each("first-due.md", |row| {
        let duties = duties_of_stockholm(&programme, row.read("in force"));
        let of: Vec<&Duty> =
            duties.iter().filter(|d| d.obligation.as_str() == row.cell("obligation")).collect();
        let days: Vec<Date> = of.iter().filter_map(|d| d.nominal).collect();
        same("first last day", days.iter().min().copied(), row.maybe_read("first last day"))?;
        same("number of days", days.len(), row.read("how many"))?;
        let reason = of.iter().find_map(|d| d.reason).map(|reason| reason.code());
        same("reason for no day", reason, row.maybe("or why none"))
    });
}

#[test]
fn stockholm_in_force_on_20_october_2008_owes_and_is_owed_24_dated_duties() {
    let programme = lua_2008();
    let duties = duties_of_stockholm(&programme, "2008-10-20".parse().expect("a day"));
    let mut dated: Vec<&Duty> = duties.iter().filter(|d| d.nominal.is_some()).collect();
    dated.sort_by(|a, b| (a.nominal, &a.id).cmp(&(b.nominal, &b.id)));
    let found: Vec<String> = dated
        .iter()
        .map(|d| {
            let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
            let statutory = day(d.statutory());
            let cells = [
                d.id.as_str(),
                &day(d.nominal),
                &day(d.effective),
                &statutory,
                d.debtor.code(),
                d.creditor.code(),
            ];
            cells.join(" ")
        })
        .collect();
    let expected: Vec<String> = rows("the-24-dated-duties.md")
        .iter()
        .map(|row| {
            let columns = ["duty", "last day", "counted", "by the statute", "debtor", "creditor"];
            columns.map(|column| row.cell(column)).join(" ")
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), 24);
}

#[test]
fn every_duty_without_a_day_says_why() {
    let programme = lua_2008();
    let duties = duties_of_stockholm(&programme, "2008-10-20".parse().expect("a day"));
    each("undated-duties.md", |row| {
        let of: Vec<&Duty> =
            duties.iter().filter(|d| d.obligation.as_str() == row.cell("obligation")).collect();
        same("number of duties", of.len(), row.read("how many"))?;
        for duty in of {
            same("reason", duty.reason.map(|r| r.code()), row.maybe("why no day"))?;
            same("debtor", duty.debtor.code(), row.cell("debtor"))?;
            same("day", duty.effective, None)?;
        }
        Ok(())
    });
    let told: usize = rows("undated-duties.md").iter().map(|row| row.read::<usize>("how many")).sum();
    assert_eq!(told + 24, duties.len(), "every duty stands in one of the two tables");
}

#[test]
fn extensions_move_the_last_day_and_keep_the_original() {
    let programme = lua_2008();
    let duties = duties_of_stockholm(&programme, "2008-10-20".parse().expect("a day"));
    each("extensions.md", |row| {
        let duty = duties
            .iter()
            .find(|d| d.id.as_str() == row.setting("duty"))
            .ok_or_else(|| "no such duty".to_owned())?;
        let stands = stands(row, duty);
        same("standing", stands.code(), row.cell("stands"))?;
        same("last day", stands.last_day(), row.maybe_read("last day"))?;
        same("the text's own day", duty.nominal, row.maybe_read("original"))
    });
}

#[test]
fn what_has_no_day_stands_by_what_has_happened() {
    let programme = lua_2008();
    let duties = duties_of_stockholm(&programme, "2008-10-20".parse().expect("a day"));
    each("without-a-day.md", |row| {
        let duty = duties
            .iter()
            .find(|d| d.obligation.as_str() == row.cell("obligation"))
            .ok_or_else(|| "no such duty".to_owned())?;
        same("standing", stands(row, duty).code(), row.cell("stands"))
    });
}

#[test]
fn public_holidays_fall_where_the_act_places_them() {
    each("holidays.md", |row| {
        let day: Date = row.read("day");
        same("holiday", holiday_on(day).map(|h| h.code()), row.maybe("is"))
    });
}

#[test]
fn a_statutory_last_day_moves_to_the_next_weekday() {
    each("roll.md", |row| {
        let day: Date = row.read("last day");
        same("day of rest", rest_day(day).map(|r| r.code()), row.maybe("because"))?;
        same("statutory day", statutory_day(day), row.read("moves to"))
    });
}

#[test]
fn an_instant_falls_on_the_day_it_has_in_stockholm() {
    each("instants.md", |row| {
        let at: Timestamp = row.read("instant");
        same("day", stockholm_day(at), row.read("day in Stockholm"))?;
        let last_day: Date = row.read("last day");
        same("late", stockholm_day(at) > last_day, row.cell("in time") == "no")
    });
    assert!(rows("instants.md").len() >= 60);
}
