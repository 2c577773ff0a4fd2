//! What a panel takes, and what it refuses.

use kvarter_evaluation::panel::{Panel, PanelProblem, Row, Treatment, TreatmentProblem};

fn row(unit: &str, period: i64, outcome: Option<f64>) -> Row<'_> {
    Row { unit, period, outcome, covariates: &[] }
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let rows = [row("b", 2001, Some(4.0)), row("a", 2000, Some(1.0)), row("a", 2001, None)];
    let panel = Panel::from_rows(&[], rows).unwrap();
    let other = Panel::from_rows(&[], rows.into_iter().rev()).unwrap();
    assert_eq!(panel, other);
    assert_eq!(panel.units(), ["a", "b"]);
    assert_eq!(panel.outcome().get(0, 0), Some(1.0));
    assert_eq!(panel.outcome().get(0, 1), None);
    assert_eq!(panel.outcome().get(1, 0), None);
    assert_eq!(panel.outcome().row(0), None);
    assert_eq!(panel.outcome().span(1, 1..2), Some(&[4.0][..]));
    assert!(!panel.is_balanced());
}

#[test]
fn every_problem_of_a_panel_is_said_at_once() {
    let rows = [
        row("a", 1, Some(f64::INFINITY)),
        row("a", 1, Some(1.0)),
        row("", 2, Some(1.0)),
        row("b", 1, Some(f64::NAN)),
        Row { unit: "c", period: 1, outcome: None, covariates: &[None] },
    ];
    let problems = Panel::from_rows(&[], rows).unwrap_err();
    assert_eq!(
        problems.problems(),
        [
            PanelProblem::NotFinite { unit: "a".into(), period: 1, covariate: None },
            PanelProblem::EmptyName { period: 2 },
            PanelProblem::NotFinite { unit: "b".into(), period: 1, covariate: None },
            PanelProblem::CovariateCount { unit: "c".into(), period: 1, found: 1, expected: 0 },
            PanelProblem::Duplicate { unit: "a".into(), period: 1 },
        ]
    );
}

#[test]
fn a_panel_without_rows_or_without_outcomes_is_refused() {
    assert_eq!(Panel::from_rows(&[], []).unwrap_err().problems(), [PanelProblem::Empty]);
    let missing = Panel::from_rows(&[], [row("a", 1, None), row("b", 2, None)]);
    assert_eq!(missing.unwrap_err().problems(), [PanelProblem::AllMissing]);
}

#[test]
fn a_million_units_over_two_hundred_periods_are_refused_before_there_is_room_for_them() {
    // Each unit has one row, so the rows are few and the panel would be 2·10⁸ cells.
    let names: Vec<String> = (0..1_000_000).map(|unit| unit.to_string()).collect();
    let rows = names.iter().enumerate().map(|(at, name)| row(name, (at % 200) as i64, Some(1.0)));
    let problems = Panel::from_rows(&[], rows).unwrap_err();
    assert!(matches!(problems.problems(), [PanelProblem::TooLarge { periods: 200, .. }]));
}

#[test]
fn a_file_that_is_wrong_throughout_has_its_problems_counted() {
    let problems = Panel::from_rows(&[], (0..1000).map(|_| row("a", 1, Some(1.0)))).unwrap_err();
    assert_eq!(problems.problems().len() + problems.more(), 999);
}

#[test]
fn a_start_outside_the_panel_is_refused_and_so_is_a_unit_that_is_not_in_it() {
    let panel = Panel::from_rows(&[], (2000..2010).map(|year| row("a", year, Some(1.0)))).unwrap();
    let problems = Treatment::new(&panel, [("a", 2000), ("a", 2010), ("x", 2005), ("a", 2005), ("a", 2006)])
        .unwrap_err();
    assert_eq!(
        problems.0,
        [
            TreatmentProblem::NoPeriodBefore { unit: "a".into(), start: 2000, first: 2000 },
            TreatmentProblem::NoPeriodAfter { unit: "a".into(), start: 2010, last: 2009 },
            TreatmentProblem::UnknownUnit { unit: "x".into() },
            TreatmentProblem::NamedTwice { unit: "a".into() },
        ]
    );
    assert_eq!(Treatment::new(&panel, []).unwrap_err().0, [TreatmentProblem::NobodyTreated]);
}

#[test]
fn cohorts_are_the_treated_by_start() {
    let names = ["a", "b", "c", "d"];
    let rows = names.iter().flat_map(|name| [2000, 2002, 2004].map(|year| row(name, year, Some(1.0))));
    let panel = Panel::from_rows(&[], rows).unwrap();
    let treatment = Treatment::new(&panel, [("c", 2002), ("a", 2003), ("b", 2002)]).unwrap();
    assert_eq!(treatment.cohorts(), [(2002, vec![1, 2]), (2003, vec![0])]);
    assert_eq!(treatment.start_index(0), Some(2), "2003 is not in the panel; 2004 is the first treated");
    assert_eq!(treatment.untreated().collect::<Vec<_>>(), [3]);
}
