//! What can be registered on a duty, and the rules of the calendar that the programme of 2008 does not use.

use crate::table::{files, lua_2008};
use jiff::civil::Date;
use kvarter_domain::duty::{
    Acts, AgreedDay, Bounds, Discharge, Duty, Extension, LateExtension, Occurrence, Scope, Standing,
    check_agreed_day, check_discharge, check_extension, concretise, overview, standing,
};
use kvarter_domain::ids::Digest;
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

fn bounds(today: &str) -> Bounds {
    Bounds {
        today: day(today),
        issued_on: day("2008-09-18"),
        in_force: day("2008-10-20"),
        period: lua_2008().period,
    }
}

/// The account of 2009, handed over on the last of September.
fn discharge(duty: &Duty) -> Discharge {
    Discharge {
        duty: duty.id.clone(),
        met_on: day("2009-09-30"),
        registered_on: day("2009-09-30"),
        attested_by: None,
        record: "r".into(),
        document: Some(Digest::of(b"account")),
        by: "0180".into(),
        note: None,
        link: None,
    }
}

fn on(act: Discharge, met_on: &str, registered_on: &str) -> Discharge {
    Discharge { met_on: day(met_on), registered_on: day(registered_on), ..act }
}

fn extension(duty: &Duty) -> Extension {
    Extension {
        duty: duty.id.clone(),
        until: day("2009-10-30"),
        decided_on: day("2009-09-15"),
        registered_on: day("2009-09-15"),
        decided_by: "ijd".into(),
        reference: None,
        reason: None,
        record: "r".into(),
    }
}

/// The parties' words on a day that they agreed.
fn agreed(duty: &Duty, on: &str, agreed_on: &str) -> [AgreedDay; 2] {
    ["0180", "ijd"].map(|by| AgreedDay {
        duty: duty.id.clone(),
        day: day(on),
        agreed_on: day(agreed_on),
        registered_on: day(agreed_on),
        by: by.into(),
        reference: None,
        record: by.into(),
    })
}

#[test]
fn an_act_is_registered_by_the_one_who_owes_it_on_a_day_that_has_come_with_something_to_show() {
    let duty = followup_2009();
    let act = discharge(&duty);
    assert_eq!(codes(check_discharge(&duty, &act, None, &bounds("2009-09-30"))), [""; 0]);
    let wrong = Discharge { met_on: day("2009-10-01"), by: "ijd".into(), document: None, ..act };
    assert_eq!(
        codes(check_discharge(&duty, &wrong, None, &bounds("2009-09-30"))),
        ["day-in-the-future", "discharge-by-someone-else", "discharge-without-document"]
    );
}

#[test]
fn a_debtor_cannot_write_that_what_it_hands_over_came_earlier_than_it_was_registered() {
    let duty = followup_2009();
    let backdated = on(discharge(&duty), "2009-10-01", "2010-12-31");
    let found = codes(check_discharge(&duty, &backdated, None, &bounds("2010-12-31")));
    assert_eq!(found, ["handed-over-when-received"]);
}

#[test]
fn the_receivers_registrar_attests_an_earlier_receipt_but_none_from_before_it_was_written() {
    let duty = followup_2009();
    let stamped =
        Discharge { attested_by: Some("p".into()), ..on(discharge(&duty), "2009-09-30", "2009-10-12") };
    let checked =
        |dated: Option<&str>| codes(check_discharge(&duty, &stamped, dated.map(day), &bounds("2009-10-12")));
    assert_eq!(checked(Some("2009-09-28")), [""; 0]);
    assert_eq!(checked(Some("2009-10-01")), ["received-before-written"]);
    assert_eq!(checked(None), ["day-missing"]);
    let acts = Acts::gather(std::slice::from_ref(&duty), [stamped.clone()], [], [], []);
    assert_eq!(standing(&duty, &acts, day("2009-10-11")).code(), "overdue", "nobody knew yet");
    let Standing::Met { on, registered_late, .. } = standing(&duty, &acts, day("2009-10-12")) else {
        panic!("it was received in time");
    };
    assert_eq!((on, registered_late), (day("2009-09-30"), Some(day("2009-10-12"))));
}

#[test]
fn an_act_that_happened_in_time_and_was_registered_late_says_both() {
    let duties = of_stockholm(&lua_2008());
    let conference = the(&duties, "lua-2008/0180/hold-conference/2009");
    let act = Discharge { by: "ijd".into(), ..on(discharge(&conference), "2009-12-03", "2010-02-01") };
    assert_eq!(codes(check_discharge(&conference, &act, None, &bounds("2010-02-01"))), [""; 0]);
    let acts = Acts::gather(&duties, [act], [], [], []);
    assert_eq!(standing(&conference, &acts, day("2010-01-31")).code(), "overdue");
    let stands = standing(&conference, &acts, day("2010-02-01"));
    assert!(matches!(stands, Standing::Met { registered_late: Some(late), .. } if late == day("2010-02-01")));
}

#[test]
fn what_a_duty_delivers_comes_with_it_and_words_are_enough_only_for_what_is_owed_all_the_time() {
    let duties = of_stockholm(&lua_2008());
    let checked = |id: &str, document: bool, link: bool, note: bool| {
        let duty = the(&duties, id);
        let act = Discharge {
            by: duty.debtors()[0].clone(),
            document: document.then(|| Digest::of(b"x")),
            link: link.then(|| "https://x.example".to_owned()),
            note: note.then(|| "x".to_owned()),
            ..on(discharge(&duty), "2009-12-30", "2009-12-30")
        };
        codes(check_discharge(&duty, &act, None, &bounds("2009-12-30")))
    };
    let plan = "lua-2008/0180/report-plan/01800063/2009";
    assert_eq!(checked(plan, false, true, true), ["discharge-without-document"]);
    assert_eq!(checked(plan, true, false, false), [""; 0]);
    assert_eq!(checked("lua-2008/0180/send-link", true, false, true), ["discharge-without-link"]);
    assert_eq!(checked("lua-2008/0180/send-link", false, true, false), [""; 0]);
    assert_eq!(checked("lua-2008/0180/form-partnership", false, false, true), ["discharge-by-words-alone"]);
    assert_eq!(checked("lua-2008/0180/widen-partnership", false, false, true), [""; 0]);
    assert_eq!(checked("lua-2008/0180/widen-partnership", false, false, false), ["discharge-shows-nothing"]);
}

#[test]
fn an_act_is_not_from_before_the_agreement_was_in_force_nor_from_before_the_year_it_is_owed_for() {
    let duties = of_stockholm(&lua_2008());
    let checked = |id: &str, met_on: &str| {
        let duty = the(&duties, id);
        let by = duty.debtors()[0].clone();
        let act = Discharge { by, ..on(discharge(&duty), met_on, met_on) };
        codes(check_discharge(&duty, &act, None, &bounds("2010-12-31")))
    };
    assert_eq!(checked("lua-2008/0180/draw-up-plan/01800063", "2008-10-19"), ["discharge-before-in-force"]);
    assert_eq!(checked("lua-2008/0180/draw-up-plan/01800063", "2008-10-20"), [""; 0]);
    assert_eq!(checked("lua-2008/0180/sign-originals", "2008-09-17"), ["discharge-before-issued"]);
    assert_eq!(checked("lua-2008/0180/sign-originals", "2008-09-18"), [""; 0]);
    for id in ["report-plan/01800063/2010", "hold-conference/2010", "report-followup/2010"] {
        let id = format!("lua-2008/0180/{id}");
        assert_eq!(checked(&id, "2009-01-15"), ["discharge-before-its-year"], "{id}");
        assert_eq!(checked(&id, "2010-01-01"), [""; 0], "{id}");
    }
    assert_eq!(checked("lua-2008/0180/review-jointly/2010", "2009-01-15"), [""; 0], "the latest day is 2010");
}

#[test]
fn what_both_owe_is_met_when_both_have_registered_it() {
    let duties = of_stockholm(&lua_2008());
    let review = the(&duties, "lua-2008/0180/review-jointly/2010");
    let state = Discharge { by: "ijd".into(), ..on(discharge(&review), "2010-11-30", "2010-11-30") };
    let acts = Acts::gather(&duties, [state.clone()], [], [], []);
    let stands = standing(&review, &acts, day("2010-12-01"));
    assert_eq!((stands.code(), stands.done_by().map(|d| d.code())), ("due-soon", Some("state")));
    assert_eq!(standing(&review, &acts, day("2011-01-01")).code(), "overdue");
    let ours = Discharge { record: "r2".into(), ..on(discharge(&review), "2011-01-10", "2011-01-10") };
    let acts = Acts::gather(&duties, [state, ours], [], [], []);
    let stands = standing(&review, &acts, day("2011-01-10"));
    assert_eq!((stands.code(), stands.met_on()), ("met-late", Some(day("2011-01-10"))));
}

#[test]
fn an_extension_is_decided_by_the_other_party_and_moves_a_day_there_is_to_a_later_one() {
    let duties = of_stockholm(&lua_2008());
    let duty = followup_2009();
    let today = bounds("2009-09-20");
    let none = Acts::default();
    let moved = extension(&duty);
    assert_eq!(codes(check_extension(&duty, &none, &moved, &today)), [""; 0]);
    let wrong = Extension {
        until: day("2009-10-01"),
        decided_on: day("2009-09-21"),
        decided_by: "0180".into(),
        ..moved.clone()
    };
    assert_eq!(
        codes(check_extension(&duty, &none, &wrong, &today)),
        ["day-in-the-future", "extension-by-debtor", "extension-not-later"]
    );
    let wild = Extension { until: day("9999-12-31"), decided_on: day("2008-10-19"), ..moved.clone() };
    assert_eq!(
        codes(check_extension(&duty, &none, &wild, &today)),
        ["decided-before-in-force", "day-too-far-off"]
    );
    let undated = the(&duties, "lua-2008/0180/form-partnership");
    assert_eq!(codes(check_extension(&undated, &none, &moved, &today)), ["extension-without-day"]);
    let met = Acts::gather(std::slice::from_ref(&duty), [discharge(&duty)], [], [], []);
    assert_eq!(codes(check_extension(&duty, &met, &moved, &bounds("2009-10-05"))), ["extension-of-met-duty"]);
}

#[test]
fn the_municipality_gives_the_state_more_time_but_not_for_what_the_state_owes_all_municipalities() {
    let duties = of_stockholm(&lua_2008());
    let shared = the(&duties, "lua-2008/0180/compile-national/2009");
    let by = |decided_by: &str| Extension {
        decided_by: decided_by.into(),
        until: day("2010-01-31"),
        ..extension(&shared)
    };
    let today = bounds("2009-09-20");
    let none = Acts::default();
    assert_eq!(
        codes(check_extension(&shared, &none, &by("ijd"), &today)),
        ["extension-by-debtor", "extension-of-shared-duty"]
    );
    assert_eq!(codes(check_extension(&shared, &none, &by("0180"), &today)), ["extension-of-shared-duty"]);
}

#[test]
fn an_extension_granted_when_the_day_had_passed_leaves_it_late_and_is_told() {
    let duty = followup_2009();
    let late = |decided_on: &str, registered_on: &str| Extension {
        decided_on: day(decided_on),
        registered_on: day(registered_on),
        ..extension(&duty)
    };
    // Decided on the last day and registered the day after: nobody could know of it in time.
    for (decided_on, registered_on) in [("2009-10-02", "2009-10-02"), ("2009-09-15", "2009-10-02")] {
        let granted = late(decided_on, registered_on);
        let acts = Acts::gather(std::slice::from_ref(&duty), [], [granted], [], []);
        let Standing::Overdue { last_day, extended_late, .. } = standing(&duty, &acts, day("2009-10-05"))
        else {
            panic!("it is late");
        };
        let expected =
            LateExtension { until: day("2009-10-30"), granted_on: day("2009-10-02"), reference: None };
        assert_eq!((last_day, extended_late), (day("2009-10-01"), Some(expected)));
    }
}

#[test]
fn what_both_owe_is_extended_when_each_has_given_the_other_more_time() {
    let duties = of_stockholm(&lua_2008());
    let review = the(&duties, "lua-2008/0180/review-jointly/2010");
    let by = |decided_by: &str, until: &str| Extension {
        decided_by: decided_by.into(),
        until: day(until),
        decided_on: day("2010-12-01"),
        registered_on: day("2010-12-01"),
        record: decided_by.into(),
        ..extension(&review)
    };
    let one = Acts::gather(&duties, [], [by("ijd", "2011-03-31")], [], []);
    assert_eq!(standing(&review, &one, day("2011-01-01")).code(), "overdue");
    let both = Acts::gather(&duties, [], [by("ijd", "2011-03-31"), by("0180", "2011-02-28")], [], []);
    assert_eq!(standing(&review, &both, day("2011-01-01")).last_day(), Some(day("2011-02-28")));
}

#[test]
fn a_second_extension_is_counted_from_the_first() {
    let duty = followup_2009();
    let first = extension(&duty);
    let second = Extension {
        until: day("2009-11-30"),
        decided_on: day("2009-10-20"),
        registered_on: day("2009-10-20"),
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
        let [_, state] = agreed(&duty, "2009-03-31", "2008-11-01");
        codes(check_agreed_day(&duty, &Acts::default(), &state, &bounds("2008-11-01")))
    };
    assert_eq!(agree("lua-2008/0180/form-partnership"), [""; 0]);
    assert_eq!(agree("lua-2008/0180/report-collaboration"), [""; 0]);
    assert_eq!(agree("lua-2008/0180/report-followup/2009"), ["agreed-day-where-text-decides"]);
    assert_eq!(agree("lua-2008/0180/hold-state-dialogue"), ["agreed-day-where-text-decides"]);
}

#[test]
fn an_agreed_day_lies_ahead_and_counts_once_both_parties_have_registered_it() {
    let duties = of_stockholm(&lua_2008());
    let duty = the(&duties, "lua-2008/0180/form-partnership");
    let [ours, theirs] = agreed(&duty, "2008-10-31", "2008-11-01");
    let none = Acts::default();
    let today = bounds("2008-11-01");
    assert_eq!(codes(check_agreed_day(&duty, &none, &theirs, &today)), ["agreed-day-passed"]);
    let ahead = |one: AgreedDay| AgreedDay { day: day("2008-12-15"), ..one };
    let (ours, theirs) = (ahead(ours), ahead(theirs));
    let one = Acts::gather(&duties, [], [], [theirs.clone()], []);
    assert_eq!(standing(&duty, &one, day("2009-01-01")).code(), "undated", "one party binds nobody");
    assert_eq!(codes(check_agreed_day(&duty, &one, &theirs, &today)), ["day-agreed-by-you-already"]);
    assert_eq!(codes(check_agreed_day(&duty, &one, &ours, &today)), [""; 0]);
    let both = Acts::gather(&duties, [], [], [theirs.clone(), ours.clone()], []);
    assert_eq!(standing(&duty, &both, day("2009-01-01")).code(), "overdue");
    let again = AgreedDay { day: day("2009-06-01"), ..ours };
    assert_eq!(codes(check_agreed_day(&duty, &both, &again, &bounds("2009-01-01"))), ["day-agreed-already"]);
}

#[test]
fn an_agreed_day_stands_among_the_dated_of_its_year_and_of_no_other() {
    let programme = lua_2008();
    let duties = of_stockholm(&programme);
    let duty = the(&duties, "lua-2008/0180/form-partnership");
    let acts = Acts::gather(&duties, [], [], agreed(&duty, "2009-03-31", "2008-11-01"), []);
    let dated_in = |year| {
        let seen = overview(&programme, &duties, &acts, year, day("2008-12-01"));
        let dated = seen.dated().any(|row| row.duty.id == duty.id);
        (dated, seen.undated().any(|row| row.duty.id == duty.id))
    };
    assert_eq!((dated_in(2008), dated_in(2009)), ((false, false), (true, false)));
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
    let revised = Occurrence {
        duty: duty.id.clone(),
        occurred_on: day("2009-05-01"),
        registered_on: day("2009-05-01"),
        note: None,
        record: "r".into(),
    };
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
        record: record.into(),
        ..on(discharge(duty), met_on, met_on)
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
