//! What a definition says of plans: the table `plan`, read.

use super::definition::Placed;
use super::file::Entry;
use crate::ids::ObligationId;
use crate::plan::rules::{Basis, Holds, Level, PartRule, PlanRules, Provision, SectionRule, SmartRules};
use crate::plan::smart::Criterion;
use crate::problem::Problem;
use crate::text::folded;
use std::collections::BTreeMap;

/// Reads the table `plan`.
pub(super) fn read(entry: Entry<'_>) -> Placed<PlanRules> {
    let places = entry.places();
    let provision = |key: &'static str| {
        entry.entry(key).map_or_else(|| Provision { at: String::new(), says: String::new() }, of_provision)
    };
    let rules = PlanRules {
        name: entry.bilingual("name"),
        consultation: provision("consultation"),
        regard: provision("regard"),
        revision: provision("revision"),
        adoption: provision("adoption"),
        reported_by: ObligationId::new(entry.text("reported_by")),
        parts: entry.entries("part").into_iter().map(part).collect(),
        smart: entry.entry("smart").map_or_else(no_smart, smart),
    };
    if rules.parts.is_empty() {
        entry.add(Problem::new("plan-without-parts", entry.places().entry()));
    }
    entry.close();
    (rules, places)
}

fn of_provision(entry: Entry<'_>) -> Provision {
    let provision = Provision { at: entry.text("at"), says: entry.text("says") };
    entry.close();
    provision
}

fn part(entry: Entry<'_>) -> PartRule {
    let places = entry.places();
    let part = PartRule {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        provision: Provision { at: entry.text("at"), says: entry.text("says") },
        holds: entry.word("holds", Holds::ALL, Holds::code).unwrap_or(Holds::Texts),
        sections: entry.entries("section").into_iter().map(section).collect(),
    };
    if (part.holds == Holds::Texts) == part.sections.is_empty() {
        entry.add(Problem::new("plan-part-sections", places.entry()).with("part", &part.id));
    }
    entry.close();
    part
}

fn section(entry: Entry<'_>) -> SectionRule {
    let section = SectionRule {
        id: entry.text("id"),
        name: entry.bilingual("name"),
        guide: entry.maybe_bilingual("guide"),
    };
    entry.close();
    section
}

fn smart(entry: Entry<'_>) -> SmartRules {
    let places = entry.places();
    let levels: BTreeMap<Criterion, Level> = [
        (Criterion::Specific, entry.word("specific", Level::ALL, Level::code)),
        (Criterion::Measurable, entry.word("measurable", Level::ALL, Level::code)),
        (Criterion::Accepted, entry.word("accepted", Level::ALL, Level::code)),
        (Criterion::Realistic, entry.word("realistic", Level::ALL, Level::code)),
        (Criterion::TimeBound, entry.word("time_bound", Level::ALL, Level::code)),
    ]
    .into_iter()
    .filter_map(|(criterion, level)| Some((criterion, level?)))
    .collect();
    let unlikely_from_percent = entry.integer("unlikely_from_percent").unwrap_or(90);
    if !(50..100).contains(&unlikely_from_percent) {
        entry.add(
            Problem::new("percent-impossible", places.key("unlikely_from_percent"))
                .with("written", unlikely_from_percent),
        );
    }
    let rules = SmartRules {
        version: entry.text("version"),
        provision: Provision { at: entry.text("at"), says: entry.text("says") },
        levels,
        indicator_only: entry.word("followed_by", Basis::ALL, Basis::code) == Some(Basis::Indicators),
        unlikely_from_percent,
        activities: entry.maybe_texts("activities").iter().map(|word| folded(word)).collect(),
        openings: entry.maybe_texts("openings").iter().map(|start| folded(start)).collect(),
        reading: entry.maybe_bilingual("reading"),
    };
    entry.close();
    rules
}

/// What stands where the table is missing, which has been noted.
fn no_smart() -> SmartRules {
    SmartRules {
        version: String::new(),
        provision: Provision { at: String::new(), says: String::new() },
        levels: BTreeMap::new(),
        indicator_only: false,
        unlikely_from_percent: 90,
        activities: Vec::new(),
        openings: Vec::new(),
        reading: None,
    }
}
