//! Workbooks of goals and interventions.

use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_services::plan_exchange::{Taken, read_xlsx, settled, write_xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::json;

use crate::world::{found, plans, terms, whole, words};

/// The sheets' columns, as a person who follows the guidance has them.
const GOAL: &[&str] = &[
    "exchange-column-id",
    "plan-field-area",
    "plan-field-statement",
    "plan-field-problem",
    "plan-field-national_goal",
    "plan-field-municipal_goal",
    "plan-field-indicator",
    "plan-field-unit",
    "plan-field-group",
    "plan-field-base-value",
    "plan-field-base-period",
    "plan-field-base-source",
    "plan-field-base-published",
    "plan-field-base-state",
    "plan-field-target",
    "plan-field-by",
    "plan-field-milestones",
    "plan-field-owner",
    "plan-field-partners",
    "plan-field-overrides-specific",
    "plan-field-overrides-measurable",
    "plan-field-overrides-accepted",
    "plan-field-overrides-realistic",
    "plan-field-overrides-time-bound",
];
const INTERVENTION: &[&str] = &[
    "exchange-column-id",
    "plan-field-title",
    "plan-field-goals",
    "plan-field-description",
    "plan-field-district",
    "plan-field-responsible",
    "plan-field-from",
    "plan-field-to",
    "plan-field-output",
    "plan-field-outcome",
    "plan-field-budget",
    "plan-field-learning",
];

/// A workbook as somebody fills it in: both sheets with their heads, and the rest as told.
pub(crate) fn filled(fill: impl FnOnce(&mut Worksheet, &mut Worksheet)) -> Vec<u8> {
    let mut goals = Worksheet::new();
    let mut interventions = Worksheet::new();
    for (sheet, name, head) in [(&mut goals, "Mål", GOAL), (&mut interventions, "Insatser", INTERVENTION)] {
        sheet.set_name(name).expect("a name");
        for (column, key) in (0..).zip(head) {
            sheet.write(0, column, words(key)).expect("a cell");
        }
    }
    fill(&mut goals, &mut interventions);
    let mut workbook = Workbook::new();
    workbook.push_worksheet(goals);
    workbook.push_worksheet(interventions);
    workbook.save_to_buffer().expect("a workbook")
}

fn read(bytes: &[u8]) -> Result<Taken, kvarter_domain::problem::Problems> {
    read_xlsx(bytes, &whole(), &[], &terms())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_changes_nothing_when_it_is_read(plan in plans()) {
        // Interventions may name goals that there are not; a workbook is not read with those.
        let mut plan = plan;
        let known: Vec<String> = plan.goals.iter().map(|goal| goal.id.clone()).collect();
        plan.interventions.iter_mut().for_each(|one| one.goals.retain(|goal| known.contains(goal)));
        let bytes = write_xlsx(&plan, &terms()).expect("it fits");
        let taken = read_xlsx(&bytes, &plan, &[], &terms()).expect("our own file");
        prop_assert_eq!(taken, Taken { changes: Default::default(), notes: Vec::new() });
        // And all of it is there: against a plan whose fields are empty, everything is a change.
        let mut empty = Plan::default();
        for goal in &plan.goals {
            empty.goals.push(kvarter_domain::plan::goal::Goal { id: goal.id.clone(), ..Default::default() });
        }
        for one in &plan.interventions {
            empty.interventions.push(kvarter_domain::plan::intervention::Intervention {
                id: one.id.clone(),
                ..Default::default()
            });
        }
        let taken = read_xlsx(&bytes, &empty, &[], &terms()).expect("our own file");
        let all = settled(&plan).parts();
        for (key, body) in &taken.changes {
            prop_assert_eq!(&all[key], body);
        }
        let changed = |key: &Key| empty.parts()[key] != all[key];
        let expected = all.keys().filter(|key| matches!(key.kind, Kind::Goal | Kind::Intervention));
        prop_assert_eq!(expected.filter(|key| changed(key)).count(), taken.changes.len());
    }
}

#[test]
fn the_same_plan_is_the_same_workbook_and_text_is_never_a_formula() {
    let bytes = write_xlsx(&whole(), &terms()).expect("it fits");
    assert_eq!(bytes, write_xlsx(&whole(), &terms()).expect("it fits"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    for index in 0..archive.len() {
        let mut text = String::new();
        let mut file = archive.by_index(index).expect("a file");
        let name = file.name().expect("a name").into_owned();
        std::io::Read::read_to_string(&mut file, &mut text).expect("text");
        let formula = text.contains("<f>") || text.contains("<f ");
        assert!(!(name.starts_with("xl/worksheets/") && formula), "{name}");
    }
    if let Some(folder) = std::env::var_os("KVARTER_LOOK_AT") {
        std::fs::write(std::path::Path::new(&folder).join("plan.xlsx"), &bytes).expect("somewhere to look");
    }
}

#[test]
fn every_type_that_a_spreadsheet_gives_a_value_is_understood() {
    let bytes = filled(|goals, _| {
        let percent = Format::new().set_num_format("0.0%");
        let day = Format::new().set_num_format("yyyy-mm-dd");
        goals.write(1, 0, "g12").expect("a cell");
        goals.write(1, 2, "Tryggare torg").expect("a cell");
        goals.write_with_format(1, 9, 0.521, &percent).expect("a cell");
        goals.write(1, 10, 2006).expect("a cell");
        goals.write(1, 12, 39_478).expect("a cell");
        goals.write(1, 14, "1 056,5").expect("a cell");
        let last = ExcelDateTime::from_ymd(2010, 12, 31).expect("a day");
        goals.write_with_format(1, 15, &last, &day).expect("a cell");
    });
    let taken = read(&bytes).expect("nothing is wrong");
    let goal = &taken.changes[&Key::new(Kind::Goal, "g12")];
    assert_eq!(goal["base"]["value"], json!(52.1));
    assert_eq!(goal["base"]["period"], json!("2006"));
    assert_eq!(goal["base"]["published"], json!("2008-01-31"));
    assert_eq!(goal["target"], json!(1056.5));
    assert_eq!(goal["by"], json!("2010-12-31"));
    let notes: Vec<_> = taken.notes.iter().map(|note| (note.code.as_str(), note.place.as_str())).collect();
    assert_eq!(notes, [("exchange-percent", "Mål!J2")]);
}

#[test]
fn everything_that_is_wrong_is_told_at_its_cell_and_nothing_is_taken_in() {
    let bytes = filled(|goals, interventions| {
        goals.write(1, 0, "g1").expect("a cell");
        goals.write(1, 1, "idrott").expect("a cell");
        goals.write(1, 9, "mycket").expect("a cell");
        goals.write(1, 15, "nyår").expect("a cell");
        goals.write(2, 0, "g99").expect("a cell");
        goals.write(3, 0, "g1").expect("a cell");
        interventions.write(1, 0, "i3").expect("a cell");
        interventions.write(1, 2, "g1, g44").expect("a cell");
        interventions.write(1, 4, 1_800_154).expect("a cell");
        interventions.write(1, 5, true).expect("a cell");
        interventions.write_formula(16, 5, "=HYPERLINK(\"http://example.org\")").expect("a cell");
        interventions.merge_range(4, 1, 5, 3, "sammanslaget", &Format::new()).expect("a range");
    });
    let problems = read(&bytes).expect_err("wrong in many ways");
    let mut found = found(&problems);
    found.sort_unstable_by_key(|(_, place)| *place);
    assert_eq!(
        found,
        [
            ("exchange-merged", "Insatser!B5:D6"),
            ("exchange-goal-unknown", "Insatser!C2"),
            ("exchange-cell-kind", "Insatser!E2"),
            ("exchange-formula", "Insatser!F17"),
            ("exchange-cell-kind", "Insatser!F2"),
            ("exchange-id-unknown", "Mål!A3"),
            ("exchange-id-twice", "Mål!A4"),
            ("exchange-word-unknown", "Mål!B2"),
            ("exchange-no-number", "Mål!J2"),
            ("exchange-no-day", "Mål!P2"),
        ]
    );
}

#[test]
fn new_rows_are_given_ids_and_interventions_find_the_goals_that_are_new() {
    let bytes = filled(|goals, interventions| {
        goals.write(1, 0, "ny1").expect("a cell");
        goals.write(1, 2, "Fler behöriga").expect("a cell");
        goals.write(3, 2, "Utan id").expect("a cell");
        interventions.write(1, 1, "Läxhjälp").expect("a cell");
        interventions.write(1, 2, "Ny1; g12").expect("a cell");
    });
    let taken =
        read_xlsx(&bytes, &whole(), &[Key::new(Kind::Goal, "g20")], &terms()).expect("nothing is wrong");
    let keys: Vec<String> = taken.changes.keys().map(ToString::to_string).collect();
    assert_eq!(keys, ["goal/g21", "goal/g22", "intervention/i4"]);
    assert_eq!(taken.changes[&Key::new(Kind::Intervention, "i4")]["goals"], json!(["g21", "g12"]));
}

#[test]
fn what_is_hidden_is_not_read_and_is_told_of() {
    let bytes = filled(|goals, _| {
        goals.write(1, 0, "g12").expect("a cell");
        goals.write(1, 2, "Ett annat torg").expect("a cell");
        goals.write(2, 0, "nonsens").expect("a cell");
        goals.write_formula(2, 2, "=1+1").expect("a cell");
        goals.set_row_hidden(2).expect("a row");
    });
    let taken = read(&bytes).expect("what is wrong is hidden");
    assert_eq!(taken.changes.len(), 1);
    assert_eq!(taken.notes[0].code, "exchange-rows-hidden");
    let bytes = filled(|_, interventions| {
        interventions.set_hidden(true);
    });
    assert_eq!(found(&read(&bytes).expect_err("hidden")), [("exchange-sheet-missing", "Insatser")]);
}

#[test]
fn columns_that_are_missing_twice_or_unknown_are_named() {
    let bytes = filled(|goals, interventions| {
        goals.write(0, 1, "Målomrade").expect("a cell");
        interventions.write(0, 3, words("plan-field-title")).expect("a cell");
    });
    let problems = read(&bytes).expect_err("columns");
    assert_eq!(
        found(&problems),
        [
            ("exchange-column-unknown", "Mål!B1"),
            ("exchange-column-missing", "Mål!1"),
            ("exchange-column-twice", "Insatser!D1"),
            ("exchange-column-missing", "Insatser!1"),
        ]
    );
    assert_eq!(problems.0[0].args["nearest"], "Målområde");
    assert_eq!(problems.0[1].args["label"], "Målområde");
    let empty = Workbook::new().add_worksheet().set_name("Blad1").map(|_| ()).and_then(|()| {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        workbook.save_to_buffer()
    });
    let problems = read(&empty.expect("a workbook")).expect_err("no sheets");
    assert_eq!(found(&problems), [("exchange-sheet-missing", "Mål"), ("exchange-sheet-missing", "Insatser")]);
}
