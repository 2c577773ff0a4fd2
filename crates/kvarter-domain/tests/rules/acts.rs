//! What can be registered on a duty, and the rules of the calendar that the programme of 2008 does not use.

use crate::table::{files, lua_2008};
use jiff::civil::Date;
use kvarter_domain::duty::{
    Acts, AgreedDay, Discharge, Duty, Extension, Occurrence, Scope, check_agreed_day, check_discharge,
    check_extension, concretise, standing,
};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::Programme;

fn day(text: &str) -> Date {
    text.parse().expect("a day in a test")
}

fn of_stockholm(programme: &Programme) -> Vec<Duty> {
    concretise(programme, &Scope::offered(programme, &"0180".into()), day("2008-10-20"))
}

fn the(duties: &[Duty], id: &str) -> Duty {
    duties.iter().find(|d| d.id.as_str() == id).cloned().unwrap_or_else(|| panic!("no duty {id}"))
}

fn followup_2009() -> Duty {
    the(&of_stockholm(&lua_2008()), "lua-2008/0180/report-followup/2009")
}

fn codes(checked: Result<(), Problems>) -> Vec<String> {
    checked.err().unwrap_or_default().0.into_iter().map(|p| p.code).collect()
}

fn discharge(duty: &Duty) -> Discharge {
    Discharge {
        duty: duty.id.clone(),
        met_on: day("2009-09-30"),
        record: "r".into(),
        document: None,
        by: "0180".into(),
        note: Some("account".to_owned()),
        link: None,
    }
}

fn extension(duty: &Duty) -> Extension {
    Extension {
        duty: duty.id.clone(),
        until: day("2009-10-30"),
        decided_on: day("2009-09-15"),
        decided_by: "ijd".into(),
        reference: None,
        reason: None,
        record: "r".into(),
    }
}

#[test]
fn an_act_is_registered_by_the_one_who_owes_it_on_a_day_that_has_come_with_something_to_show() {
    let duty = followup_2009();
    let today = day("2009-09-30");
    let act = discharge(&duty);
    assert_eq!(codes(check_discharge(&duty, &act, today)), [""; 0]);
    let wrong = Discharge { met_on: day("2009-10-01"), by: "ijd".into(), note: None, ..act };
    assert_eq!(
        codes(check_discharge(&duty, &wrong, today)),
        ["day-in-the-future", "discharge-by-someone-else", "discharge-shows-nothing"]
    );
}

#[test]
fn an_extension_is_decided_by_the_other_party_and_moves_a_day_there_is_to_a_later_one() {
    let duties = of_stockholm(&lua_2008());
    let duty = followup_2009();
    let today = day("2009-09-20");
    let none = Acts::default();
    let moved = extension(&duty);
    assert_eq!(codes(check_extension(&duty, &none, &moved, today)), [""; 0]);
    let wrong = Extension {
        until: day("2009-10-01"),
        decided_on: day("2009-09-21"),
        decided_by: "0180".into(),
        ..moved.clone()
    };
    assert_eq!(
        codes(check_extension(&duty, &none, &wrong, today)),
        ["day-in-the-future", "extension-by-debtor", "extension-not-later"]
    );
    let undated = the(&duties, "lua-2008/0180/form-partnership");
    assert_eq!(codes(check_extension(&undated, &none, &moved, today)), ["extension-without-day"]);
    let met = Acts::gather(std::slice::from_ref(&duty), [discharge(&duty)], [], [], []);
    assert_eq!(codes(check_extension(&duty, &met, &moved, day("2009-10-05"))), ["extension-of-met-duty"]);
}

#[test]
fn a_second_extension_is_counted_from_the_first() {
    let duty = followup_2009();
    let first = extension(&duty);
    let second = Extension {
        until: day("2009-11-30"),
        decided_on: day("2009-10-20"),
        record: "r2".into(),
        ..first.clone()
    };
    let acts = Acts::gather(std::slice::from_ref(&duty), [], [second, first], [], []);
    let last_day = |today: &str| standing(&duty, &acts, day(today)).last_day();
    assert_eq!(last_day("2009-10-19"), Some(day("2009-10-30")));
    assert_eq!(last_day("2009-10-20"), Some(day("2009-11-30")));
}

#[test]
fn a_day_is_agreed_only_where_the_text_names_none() {
    let duties = of_stockholm(&lua_2008());
    let agree = |id: &str| {
        let duty = the(&duties, id);
        let agreed = AgreedDay {
            duty: duty.id.clone(),
            day: day("2009-03-31"),
            agreed_on: day("2008-11-01"),
            reference: None,
            record: "r".into(),
        };
        codes(check_agreed_day(&duty, &agreed, day("2008-11-01")))
    };
    assert_eq!(agree("lua-2008/0180/form-partnership"), [""; 0]);
    assert_eq!(agree("lua-2008/0180/report-collaboration"), [""; 0]);
    assert_eq!(agree("lua-2008/0180/report-followup/2009"), ["agreed-day-where-text-decides"]);
    assert_eq!(agree("lua-2008/0180/hold-state-dialogue"), ["agreed-day-where-text-decides"]);
}

#[test]
fn the_switch_to_the_statute_moves_the_counted_day_and_keeps_the_one_in_the_text() {
    let mut files = files();
    let yearly = "due = { yearly = \"12-31\" }";
    let switched = format!("{yearly}\nroll = \"sfs-1930-173\"");
    files.definition = files.definition.replacen(yearly, &switched, 1);
    let duties = of_stockholm(&Programme::read(&files).expect("the definition is whole"));
    let plan = the(&duties, "lua-2008/0180/report-plan/01800154/2009");
    assert_eq!((plan.nominal, plan.effective), (Some(day("2009-12-31")), Some(day("2010-01-04"))));
    assert_eq!(standing(&plan, &Acts::default(), day("2010-01-04")).code(), "due-soon");
    assert_eq!(standing(&plan, &Acts::default(), day("2010-01-05")).code(), "overdue");
    // The others stay: the switch is each obligation's own.
    let conference = the(&duties, "lua-2008/0180/hold-conference/2009");
    assert_eq!(conference.effective, Some(day("2009-12-31")));
}

#[test]
fn a_number_of_days_after_an_event_is_counted_from_the_day_after_it_happened() {
    let mut files = files();
    let after = "{ after = \"collaboration-revised\" }";
    let within = "{ after = \"collaboration-revised\", within_days = 30 }";
    files.definition = files.definition.replacen(after, within, 1);
    let duties = of_stockholm(&Programme::read(&files).expect("the definition is whole"));
    let duty = the(&duties, "lua-2008/0180/report-collaboration");
    let revised =
        Occurrence { duty: duty.id.clone(), occurred_on: day("2009-05-01"), note: None, record: "r".into() };
    let acts = Acts::gather(std::slice::from_ref(&duty), [], [], [], [revised]);
    let stands = |today: &str| standing(&duty, &acts, day(today));
    assert_eq!(stands("2009-04-30").code(), "awaiting-event");
    assert_eq!(stands("2009-05-31").last_day(), Some(day("2009-05-31")));
    assert_eq!(stands("2009-05-31").code(), "due-soon");
    assert_eq!(stands("2009-06-01").code(), "overdue");
}

#[test]
fn an_act_that_meets_one_duty_sets_off_the_duty_that_waits_for_it() {
    let duties = of_stockholm(&lua_2008());
    let (revise, report) = (
        the(&duties, "lua-2008/0180/revise-collaboration"),
        the(&duties, "lua-2008/0180/report-collaboration"),
    );
    let on = |duty: &Duty, met_on: &str, record: &str| Discharge {
        met_on: day(met_on),
        record: record.into(),
        ..discharge(duty)
    };
    let revised = on(&revise, "2009-05-04", "r1");
    let acts = Acts::gather(&duties, [revised.clone()], [], [], []);
    assert_eq!(standing(&report, &acts, day("2009-05-03")).code(), "awaiting-event");
    assert_eq!(standing(&report, &acts, day("2009-05-20")).code(), "triggered");
    let acts = Acts::gather(&duties, [revised.clone(), on(&report, "2009-05-18", "r2")], [], [], []);
    assert_eq!(standing(&report, &acts, day("2009-05-20")).code(), "met");
    // A second revision asks for a second report.
    let again = [revised, on(&report, "2009-05-18", "r2"), on(&revise, "2010-02-01", "r3")];
    let acts = Acts::gather(&duties, again, [], [], []);
    assert_eq!(standing(&report, &acts, day("2010-02-02")).code(), "triggered");
}
