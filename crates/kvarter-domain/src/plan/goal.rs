//! A local goal: what is to become of the district, measured how, from where to where, by when.
//!
//! ”Lokala mål med utgångspunkt i nationella och kommunala mål ska formuleras inom målområdena” (§ 4)

use crate::ids::Digest;
use crate::observation::{CellState, Reference};
use crate::text::squeeze;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A goal of a plan. A draft of one may lack anything but its id.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// Its id in the series, kept from version to version: `g1`.
    pub id: String,
    /// The target area that it belongs to, by the programme's id: `work`.
    pub area: String,
    /// The problem that it answers.
    pub problem: String,
    /// What is to be reached, in a sentence.
    pub statement: String,
    /// The national goal that it derives from.
    pub national_goal: String,
    /// The municipal goal that it derives from.
    pub municipal_goal: String,
    /// The indicator that measures it, by its id.
    pub indicator: String,
    /// The unit of base value and target.
    pub unit: String,
    /// The group of people it is about: `20–64 år`.
    pub group: String,
    /// From where.
    pub base: Option<BaseValue>,
    /// To where.
    pub target: Option<f64>,
    /// By when.
    pub by: Option<Date>,
    /// What is to be reached on the way, in the order of days.
    pub milestones: Vec<Milestone>,
    /// The organisation that answers for it.
    pub owner: String,
    /// The partners, by id, whose acceptance it needs.
    pub partners: Vec<String>,
    /// Why a shortcoming is accepted, by the criterion's code.
    pub overrides: BTreeMap<String, String>,
}

/// Where a goal starts: no figure without its source and its vintage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseValue {
    /// The value, in the goal's unit.
    pub value: f64,
    /// The time that it is about.
    pub period: Option<Reference>,
    /// Who published it and where.
    pub source: String,
    /// The day it was published.
    pub published: Option<Date>,
    /// What stands beside it.
    pub state: CellState,
}

/// Something to be reached on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Milestone {
    /// By when.
    pub by: Date,
    /// The value, in the goal's unit.
    pub value: f64,
}

impl Goal {
    /// What someone who accepts the goal accepts: its words, measure, target and day. When one of these changes,
    /// earlier acceptances are of another goal.
    pub fn wording(&self) -> Digest {
        let terms = serde_json::json!([
            squeeze(&self.statement),
            self.area,
            self.indicator,
            self.group,
            squeeze(&self.unit),
            self.target,
            self.by.map(|day| day.to_string()),
        ]);
        Digest::of(terms.to_string().as_bytes())
    }

    /// The change per year that it takes to get from the base value to the target in time.
    pub fn required_yearly_change(&self) -> Option<f64> {
        let base = self.base.as_ref()?;
        let years = base.period?.years_until(self.by?);
        let change = self.target? - base.value;
        (years > 0.0 && change.is_finite()).then(|| change / years)
    }

    /// The values on the straight way from base to target, or by the milestones where there are any: day and
    /// value, the base's first.
    pub fn path(&self) -> Vec<(Date, f64)> {
        let start = self.base.as_ref().and_then(|base| Some((base.period?.to, base.value)));
        let end = self.by.zip(self.target);
        let way = self.milestones.iter().map(|milestone| (milestone.by, milestone.value));
        start.into_iter().chain(way).chain(end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal() -> Goal {
        Goal {
            statement: "Andelen sysselsatta ökar".into(),
            base: Some(BaseValue {
                value: 50.0,
                period: Reference::parse("2006"),
                source: "SCB".into(),
                published: None,
                state: CellState::Final,
            }),
            target: Some(54.5),
            by: "2010-12-31".parse().ok(),
            ..Goal::default()
        }
    }

    #[test]
    fn the_required_change_is_counted_from_the_middle_of_the_base_period() {
        let change = goal().required_yearly_change().expect("all is there");
        assert!((change - 1.0).abs() < 0.005, "{change}");
        assert_eq!(Goal { by: "2005-01-01".parse().ok(), ..goal() }.required_yearly_change(), None);
        assert_eq!(Goal { base: None, ..goal() }.required_yearly_change(), None);
    }

    #[test]
    fn an_acceptance_is_of_the_words_the_measure_the_target_and_the_day() {
        let wording = goal().wording();
        assert_eq!(Goal { owner: "Stockholms stad".into(), ..goal() }.wording(), wording);
        assert_eq!(Goal { statement: "Andelen  sysselsatta ökar ".into(), ..goal() }.wording(), wording);
        assert_ne!(Goal { target: Some(55.0), ..goal() }.wording(), wording);
        assert_ne!(Goal { by: "2009-12-31".parse().ok(), ..goal() }.wording(), wording);
    }
}
