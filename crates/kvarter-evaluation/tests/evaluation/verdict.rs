//! What may be said, and what blocks it.

use kvarter_evaluation::{
    refusal::Refusal,
    verdict::{
        Break, BreakKind, Direction, Evidence, Finding, Grade, Gravity, Limits, Reason, judge, refused,
    },
};

/// A study that nothing speaks against.
fn clean() -> Evidence {
    Evidence {
        intended: Direction::Increase,
        effect: 2.0,
        p_value: 0.01,
        least_p_value: 0.001,
        adjusted_p_value: None,
        alpha: 0.05,
        periods_before: 12,
        periods_after: 5,
        donors: 200,
        relative_fit: Some(0.1),
        relative_hull_distance: Some(0.05),
        effective_donors: Some(5.0),
        leave_one_out: Some((1.7, 2.2)),
        backdated_effect: Some(0.1),
        detectable: Some(1.0),
        relevant: Some(1.5),
        breaks: vec![],
        window: (2000, 2016),
        movers: Some(0.1),
        ring_excluded: true,
        deviations: Some(0),
    }
}

fn grade(evidence: &Evidence) -> (Grade, Finding, Vec<&'static str>) {
    let verdict = judge(evidence, &Limits::default());
    (verdict.grade, verdict.finding, verdict.reasons.iter().map(Reason::code).collect())
}

#[test]
fn an_effect_that_nothing_speaks_against_is_an_a() {
    let found = grade(&clean());
    assert_eq!(found, (Grade::A, Finding::AsIntended(Direction::Increase), vec!["unusual"]));
}

#[test]
fn an_effect_in_the_wrong_direction_is_said_to_be() {
    let found = grade(&Evidence { intended: Direction::Decrease, ..clean() });
    assert_eq!(found.1, Finding::Against(Direction::Increase));
}

#[test]
fn reservations_lower_the_grade_and_are_named() {
    let one = Evidence { effective_donors: Some(1.1), ..clean() };
    assert_eq!(grade(&one).0, Grade::B);
    let several = Evidence { effective_donors: Some(1.1), movers: Some(0.4), deviations: None, ..clean() };
    let (found, _, codes) = grade(&several);
    assert_eq!(found, Grade::C);
    assert_eq!(codes, ["concentrated", "many-moved", "no-locked-plan", "unusual"]);
    let carried = Evidence { leave_one_out: Some((0.2, 2.1)), backdated_effect: Some(-1.5), ..clean() };
    assert_eq!(grade(&carried).2, ["rests-on-one-donor", "effect-before-start", "unusual"]);
}

#[test]
fn no_effect_is_only_said_where_one_would_have_been_seen() {
    let none = Evidence { p_value: 0.4, ..clean() };
    assert_eq!(grade(&none).0, Grade::D);
    assert_eq!(grade(&none).1, Finding::None);
    for weak in [
        Evidence { detectable: Some(3.0), ..none.clone() },
        Evidence { detectable: None, ..none.clone() },
        Evidence { relevant: None, ..none },
    ] {
        let (found, finding, codes) = grade(&weak);
        assert_eq!((found, finding), (Grade::E, Finding::Undetermined));
        assert!(codes.contains(&"could-have-been-missed"));
    }
}

#[test]
fn a_break_inside_the_window_blocks_until_it_is_handled() {
    let broken =
        |kind, period, handled| grade(&Evidence { breaks: vec![Break { kind, period, handled }], ..clean() });
    for kind in [BreakKind::Definition, BreakKind::Border, BreakKind::Collection] {
        assert_eq!(broken(kind, 2010, false).0, Grade::E);
        assert_eq!(broken(kind, 2010, true).0, Grade::B);
        assert_eq!(broken(kind, 2017, false).0, Grade::A, "after the window");
        assert_eq!(broken(kind, 2000, false).0, Grade::A, "the whole window is after it");
    }
}

#[test]
fn what_cannot_be_determined_says_why() {
    let cases = [
        (Evidence { periods_before: 3, ..clean() }, "too-few-periods-before"),
        (Evidence { periods_after: 0, ..clean() }, "no-period-after"),
        (Evidence { donors: 10, least_p_value: 1.0 / 11.0, ..clean() }, "too-few-donors"),
        (Evidence { relative_fit: Some(0.9), ..clean() }, "poor-fit"),
        (Evidence { relative_hull_distance: Some(0.8), ..clean() }, "far-from-hull"),
        (Evidence { movers: Some(0.7), ..clean() }, "most-moved"),
        (Evidence { effect: f64::NAN, ..clean() }, "bad-number"),
        (Evidence { p_value: f64::NAN, ..clean() }, "bad-number"),
    ];
    for (evidence, code) in cases {
        let (found, finding, codes) = grade(&evidence);
        assert_eq!((found, finding, codes[0]), (Grade::E, Finding::Undetermined, code));
    }
    let nineteen = Evidence { donors: 19, least_p_value: 1.0 / 20.0, ..clean() };
    assert_eq!(grade(&nineteen).0, Grade::A, "nineteen donors can just say one in twenty");
    let verdict = refused(Refusal::ConstantOutcome);
    assert_eq!((verdict.grade, verdict.reasons[0].gravity()), (Grade::E, Gravity::Blocks));
}

#[test]
fn many_questions_at_once_are_judged_by_the_adjusted_value() {
    let adjusted = Evidence { p_value: 0.01, adjusted_p_value: Some(0.3), ..clean() };
    assert_eq!(grade(&adjusted).0, Grade::D);
}
