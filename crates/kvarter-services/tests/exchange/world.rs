//! The programme, the words and plans to try with.

use std::sync::LazyLock;

use kvarter_domain::observation::{CellState, Reference};
use kvarter_domain::plan::goal::{BaseValue, Goal, Milestone};
use kvarter_domain::plan::intervention::Intervention;
use kvarter_domain::plan::{Allocation, ConsideredDocument, DocumentKind, Lesson, Plan};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::Programme;
use kvarter_services::plan_exchange::Terms;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

const BUNDLES: [&str; 2] = [
    include_str!("../../../kvarter/language/sv/plan.ftl"),
    include_str!("../../../kvarter/language/sv/plan-document.ftl"),
];

/// The Swedish words, as the bundles have them.
pub(crate) fn words(key: &str) -> String {
    let line = BUNDLES.iter().flat_map(|bundle| bundle.lines()).find_map(|line| {
        line.strip_prefix(key)?.trim_start().strip_prefix('=').map(|words| words.trim().to_owned())
    });
    line.unwrap_or_else(|| panic!("no bundle has {key}"))
}

static PROGRAMME: LazyLock<Programme> =
    LazyLock::new(|| kvarter_services::programme::read("lua-2008").expect("the programme holds together"));

pub(crate) fn terms() -> Terms<'static> {
    let rules = PROGRAMME.plan.as_ref().expect("the programme has plans");
    Terms { rules, areas: &PROGRAMME.target_areas, words }
}

/// Codes and places of what was found.
pub(crate) fn found(problems: &Problems) -> Vec<(&str, &str)> {
    problems.0.iter().map(|problem| (problem.code.as_str(), problem.place.as_str())).collect()
}

/// A plan with something in every field.
pub(crate) fn whole() -> Plan {
    let goal = Goal {
        id: "g1".into(),
        area: "work".into(),
        problem: "Få får ett första arbete.\n\nAvståndet är kort på kartan:\n# långt i vardagen".into(),
        statement: "Andelen sysselsatta ökar".into(),
        national_goal: "Färre i utanförskap".into(),
        municipal_goal: "**Stockholmarna:** självförsörjande".into(),
        indicator: "employment-20-64".into(),
        unit: "procent".into(),
        group: "20–64 år".into(),
        base: Some(BaseValue {
            value: 52.1,
            period: Reference::parse("2005–2007"),
            source: "SCB & Sweco <RAMS>".into(),
            published: "2008-01-31".parse().ok(),
            state: CellState::Estimated,
        }),
        target: Some(56.0),
        by: "2010-12-31".parse().ok(),
        milestones: vec![Milestone { by: "2009-12-31".parse().expect("a day"), value: 54.25 }],
        owner: "=Arbetsmarknadsnämnden".into(),
        partners: vec!["arbetsformedlingen".into(), "polisen".into()],
        overrides: [("realistic".to_owned(), "Alla parter tillför medel.".to_owned())].into(),
    };
    Plan {
        texts: [
            ("analysis".to_owned(), "Stråket.\n\n### Inte en rubrik\n\\och inte ett snedstreck".to_owned()),
            ("situation-social".to_owned(), "Många barn.\nMånga språk.".to_owned()),
            ("elsewhere".to_owned(), "En text som programmet inte frågar efter.".to_owned()),
        ]
        .into(),
        goals: vec![goal, Goal { id: "g12".into(), statement: "Tryggare torg".into(), ..Goal::default() }],
        interventions: vec![Intervention {
            id: "i3".into(),
            goals: vec!["g1".into(), "g12".into()],
            title: "+46 vägar till arbete".into(),
            description: "Praktik".into(),
            district: "01800154".into(),
            responsible: "Arbetsförmedlingen".into(),
            from: "2009-01-01".parse().ok(),
            to: "2010-06-30".parse().ok(),
            output: "120 platser".into(),
            outcome: "Hälften i arbete".into(),
            budget: "Anslaget 2009".into(),
            learning: "@kvartalsmöten".into(),
        }],
        documents: vec![ConsideredDocument {
            id: "d1".into(),
            kind: DocumentKind::ComprehensivePlan,
            title: "Översiktsplan 1999".into(),
            regard: "Staden byggs inåt.".into(),
        }],
        lessons: vec![Lesson {
            id: "l2".into(),
            learned: "Handledning hjälper.".into(),
            source: "Uppföljning".into(),
            changed: "Fler handledare.".into(),
            concerns: vec!["i3".into()],
        }],
        allocations: vec![Allocation {
            id: "a1".into(),
            year: Some(2009),
            statement: "Efter behov.".into(),
            decision: "KF § 3".into(),
        }],
    }
}

/// Text such as people write, and such as means something to one of the formats.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zåäöA-Z0-9 ,.:;”\"&<>=+@-]{0,24}",
        Just("\n".to_owned()),
        Just("\n\n\n".to_owned()),
        Just("# rubrik".to_owned()),
        Just("**Problem:** x".to_owned()),
        Just("Problem: x".to_owned()),
        Just("\\".to_owned()),
        Just("\\# x".to_owned()),
        Just("\t\u{a0}\r\n".to_owned()),
        Just("\u{1}\u{ffff}a\u{30a}".to_owned()),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn day() -> impl Strategy<Value = jiff::civil::Date> {
    (1990_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![-1e6..1e6_f64, Just(0.1 + 0.2), Just(1e-9), Just(-0.5), (0_i32..200).prop_map(f64::from)]
}

fn goal() -> impl Strategy<Value = Goal> {
    let base = (number(), option::of(1990_i32..2020), text(), option::of(day()), 0..CellState::ALL.len());
    let base = base.prop_map(|(value, year, source, published, state)| BaseValue {
        value,
        period: year.and_then(|year| Reference::parse(&year.to_string())),
        source,
        published,
        state: CellState::ALL[state],
    });
    let area = prop_oneof![Just("work"), Just("safety"), Just("")];
    let milestone = (day(), number()).prop_map(|(by, value)| Milestone { by, value });
    let words = (text(), text(), text(), text());
    let figures = (option::of(base), option::of(number()), option::of(day()), vec(milestone, 0..3));
    let reason = prop_oneof![Just("specific"), Just("time-bound")].prop_map(str::to_owned);
    (area, words, figures, vec("[a-z]{1,8}", 0..3), btree_map(reason, text(), 0..2)).prop_map(
        |(area, (problem, statement, group, owner), (base, target, by, milestones), partners, overrides)| {
            Goal {
                area: area.into(),
                problem,
                statement,
                group,
                owner,
                base,
                target,
                by,
                milestones,
                partners,
                overrides,
                ..Goal::default()
            }
        },
    )
}

fn intervention() -> impl Strategy<Value = Intervention> {
    (text(), text(), vec("g[1-9]", 0..3), option::of(day()), text()).prop_map(
        |(title, description, goals, from, learning)| Intervention {
            title,
            description,
            goals,
            from,
            learning,
            ..Intervention::default()
        },
    )
}

/// Any plan.
pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    let section = prop_oneof![Just("analysis"), Just("feedback"), Just("elsewhere")].prop_map(str::to_owned);
    let lesson =
        (text(), text()).prop_map(|(learned, changed)| Lesson { learned, changed, ..Lesson::default() });
    let document = (text(), 0..DocumentKind::ALL.len()).prop_map(|(title, kind)| ConsideredDocument {
        title,
        kind: DocumentKind::ALL[kind],
        ..ConsideredDocument::default()
    });
    let allocation = (option::of(1990_i64..2020), text()).prop_map(|(year, statement)| Allocation {
        year,
        statement,
        ..Allocation::default()
    });
    (
        btree_map(section, text(), 0..3),
        vec(goal(), 0..4),
        vec(intervention(), 0..4),
        (vec(document, 0..2), vec(lesson, 0..2), vec(allocation, 0..2)),
    )
        .prop_map(
            |(texts, mut goals, mut interventions, (mut documents, mut lessons, mut allocations))| {
                // Ids with gaps, as they are after years of revisions.
                (1..).zip(&mut goals).for_each(|(n, one)| one.id = format!("g{}", n * 3));
                (1..).zip(&mut interventions).for_each(|(n, one)| one.id = format!("i{}", n * 5));
                (1..).zip(&mut documents).for_each(|(n, one)| one.id = format!("d{n}"));
                (1..).zip(&mut lessons).for_each(|(n, one)| one.id = format!("l{n}"));
                (1..).zip(&mut allocations).for_each(|(n, one)| one.id = format!("a{n}"));
                Plan { texts, goals, interventions, documents, lessons, allocations }
            },
        )
}
