//! What the demonstration's plans say, and the statistics they rest on: data beside this file, read.
//!
//! A revision's file holds what changed or is new and names what was taken away; the plan before fills the rest.
//! Partners stand in the files by the last part of their id, so that the words fit whichever agreement they enter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kvarter_domain::ids::AgreementId;
use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind};
use serde::Deserialize;

/// The statistics of the demonstration, as a file of observations. No value is made up; what was moved is marked.
///
/// * Employment of the foreign-born 2005–2007: the City of Stockholm, by district-council area, as published. A
///   district has the value of its area, as an estimate.
/// * Social assistance: the City of Stockholm 2015–2017, moved ten years back.
/// * Eligibility, neither work nor study, low economic standard: Boverket, Segregationsbarometern 2022, moved to 2007
///   or 2006; one year only, so nothing is told of how usual a change is.
/// * Strained housing economy and overcrowding: Boverket 2014–2023, moved 17 years back with their changes.
/// * Reported crimes: Brå 2020–2022 for the 21 municipalities with agreements, moved 15 years back. A district has
///   the value of Stockholm as a whole.
///
/// Comparable are, of the city's regional statistical areas (RegSO), those where 13 per cent or more live with low
/// economic standard, but for two of students. Days of publication are the end of the period and the usual lag. All
/// of it is open data that asks for its source to be named, as each row does.
pub const OBSERVATIONS: &[u8] = include_bytes!("observations.csv");
/// What the file is called in the house.
pub const OBSERVATIONS_NAME: &str = "statistik-demonstration.csv";

/// The files of one district: its code, the first plan and the revision.
struct District {
    code: &'static str,
    first: &'static str,
    revision: &'static str,
}

const DISTRICTS: [District; 5] = [
    District {
        code: "01800154",
        first: include_str!("plans/husby-2008.toml"),
        revision: include_str!("plans/husby-2009.toml"),
    },
    District {
        code: "01800148",
        first: include_str!("plans/rinkeby-2008.toml"),
        revision: include_str!("plans/rinkeby-2009.toml"),
    },
    District {
        code: "01800063",
        first: include_str!("plans/ragsved-2008.toml"),
        revision: include_str!("plans/ragsved-2009.toml"),
    },
    District {
        code: "01800143",
        first: include_str!("plans/skarholmen-2008.toml"),
        revision: include_str!("plans/skarholmen-2009.toml"),
    },
    District {
        code: "01800151",
        first: include_str!("plans/tensta-2008.toml"),
        revision: include_str!("plans/tensta-2009.toml"),
    },
];

/// A revision as its file has it.
#[derive(Deserialize)]
struct Revision {
    /// The parts that are taken away: `intervention/i3`.
    #[serde(default)]
    removed: Vec<String>,
    #[serde(flatten)]
    changed: Plan,
}

/// A district's first plan, by the district's code; none where the demonstration has no plan.
pub fn first_plan(agreement: &AgreementId, district: &str) -> Option<Plan> {
    Some(with_partners_of(agreement, PLANS.get(district)?.0.clone()))
}

/// A district's plan as revised: the first with what changed.
pub fn revised_plan(agreement: &AgreementId, district: &str) -> Option<Plan> {
    Some(with_partners_of(agreement, PLANS.get(district)?.1.clone()))
}

/// The first plan and the revised one, by the district's code, read once.
static PLANS: LazyLock<BTreeMap<&'static str, (Plan, Plan)>> = LazyLock::new(|| {
    let both = |files: &District| {
        let first: Plan = toml::from_str(files.first).expect("the demonstration's plans are plans");
        let revised = revised(&first, files.revision);
        (files.code, (first, revised))
    };
    DISTRICTS.iter().map(both).collect()
});

fn revised(first: &Plan, file: &str) -> Plan {
    let revision: Revision = toml::from_str(file).expect("the demonstration's revisions are plans");
    let mut parts = first.parts();
    for removed in &revision.removed {
        let key = Key::parse(removed).filter(|key| parts.contains_key(key));
        parts.remove(&key.expect("what a revision takes away stood in the plan"));
    }
    // Each version has its own lessons: those of the one before are in the one before.
    parts.retain(|key, _| key.kind != Kind::Lesson);
    parts.extend(revision.changed.parts());
    Plan::of_parts(&parts).expect("parts of plans make a plan")
}

fn with_partners_of(agreement: &AgreementId, mut plan: Plan) -> Plan {
    for partner in plan.goals.iter_mut().flat_map(|goal| &mut goal.partners) {
        *partner = format!("{agreement}/{partner}");
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;
    use kvarter_domain::observation::Table;
    use kvarter_domain::plan::acceptance::{GoalAcceptance, Party};
    use kvarter_domain::plan::check::{Circumstances, adoptable};
    use kvarter_domain::plan::smart::{Assessment, Criterion, Grounds, Outcome, assess_all};
    use kvarter_domain::programme::Programme;

    fn day(text: &str) -> Date {
        text.parse().expect("a day in a test")
    }

    fn agreement() -> AgreementId {
        "lua-2008/0180".into()
    }

    fn both(district: &str) -> (Plan, Plan) {
        let agreement = agreement();
        (
            first_plan(&agreement, district).expect("a first plan"),
            revised_plan(&agreement, district).expect("a revision"),
        )
    }

    /// A programme and statistics, and everyone that a plan names in the partnership.
    struct World {
        programme: Programme,
        statistics: Table,
        districts: Vec<String>,
    }

    impl World {
        fn new() -> Self {
            Self {
                programme: crate::programme::read("lua-2008").expect("the programme is sound"),
                statistics: Table::read(OBSERVATIONS_NAME, OBSERVATIONS).expect("sound rows"),
                districts: DISTRICTS.iter().map(|files| files.code.to_owned()).collect(),
            }
        }

        /// The goals judged on a day, everyone named having accepted them that day.
        fn judged(&self, district: &str, plan: &Plan, on: &str) -> Vec<Assessment> {
            let mut partners = Vec::new();
            let mut acceptances = Vec::new();
            for goal in &plan.goals {
                for partner in &goal.partners {
                    partners.push(Party {
                        id: partner.clone(),
                        name: partner.clone(),
                        from: day("2008-11-26"),
                        last: None,
                    });
                    acceptances.push(GoalAcceptance {
                        agreement: agreement(),
                        district: district.to_owned(),
                        goal: goal.id.clone(),
                        wording: goal.wording(),
                        partner: partner.clone(),
                        partner_name: partner.clone(),
                        accepted_on: day(on),
                        registered_on: day(on),
                        evidence: None,
                        person: "p".into(),
                    });
                }
            }
            assess_all(
                &plan.goals,
                &Grounds {
                    rules: &self.programme.plan.as_ref().expect("plans").smart,
                    period: self.programme.period,
                    district,
                    observations: &self.statistics,
                    acceptances: &acceptances,
                    partners: &partners,
                    today: day(on),
                },
            )
        }

        fn problems(
            &self,
            district: &str,
            plan: &Plan,
            previous: Option<(&Plan, Date)>,
            consulted: &str,
            on: &str,
        ) -> Vec<String> {
            let of = Circumstances {
                rules: self.programme.plan.as_ref().expect("plans"),
                areas: &self.programme.target_areas,
                period: self.programme.period,
                district,
                districts: &self.districts,
                previous,
                consultations: &[day(consulted)],
                assessments: &self.judged(district, plan, on),
            };
            let problems = adoptable(plan, &of, day(on), None).err().unwrap_or_default();
            problems
                .0
                .iter()
                .map(|problem| format!("{district}: {} at {}", problem.code, problem.place))
                .collect()
        }
    }

    #[test]
    fn the_first_plans_can_be_adopted_in_december_2008_and_the_revisions_a_year_later() {
        let world = World::new();
        for files in DISTRICTS {
            let (first, revised) = both(files.code);
            let none: Vec<String> = Vec::new();
            assert_eq!(world.problems(files.code, &first, None, "2008-11-12", "2008-12-10"), none);
            let before = Some((&first, day("2008-12-10")));
            assert_eq!(world.problems(files.code, &revised, before, "2009-11-11", "2009-12-09"), none);
        }
    }

    #[test]
    fn what_a_goal_starts_from_is_what_the_statistics_say() {
        let world = World::new();
        for files in DISTRICTS {
            let (first, revised) = both(files.code);
            for goal in first.goals.iter().chain(&revised.goals) {
                use kvarter_domain::observation::Observations as _;
                let base = goal.base.as_ref().expect("a base value");
                let series =
                    world.statistics.series(&goal.indicator, files.code, &goal.group).expect("a series");
                let seen = series.observations.iter().find(|seen| Some(seen.period) == base.period);
                let seen = seen.expect("the period is in the series");
                assert_eq!(seen.value, Some(base.value), "{} {}", files.code, goal.id);
                assert_eq!(
                    (&seen.source, Some(seen.published), seen.state),
                    (&base.source, base.published, base.state)
                );
            }
        }
    }

    #[test]
    fn a_value_that_was_moved_in_time_or_place_says_so() {
        let text = str::from_utf8(OBSERVATIONS).expect("text");
        for row in text.lines().skip(1) {
            let plain = row.contains(",final,");
            assert!(plain != (row.contains("för demonstrationen") || row.contains("satt för")), "{row}");
        }
    }

    #[test]
    fn a_goal_that_few_have_reached_is_adopted_with_a_reason_and_lowered_the_year_after() {
        let world = World::new();
        let (first, revised) = both("01800151");
        let outcome = |plan: &Plan, on: &str| {
            let judged = world.judged("01800151", plan, on);
            judged[0].check(Criterion::Realistic).expect("five checks").outcome
        };
        assert_eq!(outcome(&first, "2008-12-10"), Outcome::FallsShort);
        assert_eq!(outcome(&revised, "2009-12-09"), Outcome::Holds);
    }

    #[test]
    fn what_a_revision_concerns_is_or_was_in_the_plan() {
        for files in DISTRICTS {
            let (first, revised) = both(files.code);
            for lesson in &revised.lessons {
                for id in &lesson.concerns {
                    let known = [&first, &revised];
                    let known =
                        known.iter().any(|plan| plan.goal(id).is_some() || plan.intervention(id).is_some());
                    assert!(known, "{} {} {id}", files.code, lesson.id);
                }
            }
        }
    }
}
