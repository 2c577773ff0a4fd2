//! SMART, computed: five named checks of a goal, each with its reasons and its clause; never a score.
//!
//! ”Målen ska vara uppföljningsbara enligt SMART-kriterierna … Enligt dessa kriterier bör målen vara: Specifika,
//! Mätbara, Accepterade, Realistiska och Tidsatta.” (§ 4)
//!
//! Readings. *Specific*: one indicator, one area, one group, and an outcome rather than an activity. *Measurable*:
//! the series exists, is not kept back, and a value comes out before the target day. *Accepted*: each partner that
//! the goal names has accepted it as it is worded. *Realistic*: the change per year that it takes lies among those
//! that comparable districts have seen. *Time-bound*: a day inside the agreement's period, and milestones on the
//! way. What cannot be judged, because there is nothing to judge it by, is said to be so; it is neither.

use super::acceptance::{GoalAcceptance, Party};
use super::goal::Goal;
use super::rules::{Level, SmartRules};
use crate::observation::{CellState, Observations, Series, last_published_by};
use crate::text::folded;
use crate::time::Period;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

crate::programme::codes! {
    /// The five criteria, in the order of the word.
    Criterion {
        /// Specifikt.
        Specific = "specific",
        /// Mätbart.
        Measurable = "measurable",
        /// Accepterat.
        Accepted = "accepted",
        /// Realistiskt.
        Realistic = "realistic",
        /// Tidsatt.
        TimeBound = "time-bound",
    }
}

impl Criterion {
    /// The letter it has in the word.
    pub fn letter(self) -> char {
        match self {
            Self::Specific => 'S',
            Self::Measurable => 'M',
            Self::Accepted => 'A',
            Self::Realistic => 'R',
            Self::TimeBound => 'T',
        }
    }
}

crate::programme::codes! {
    /// What a check comes to.
    Outcome {
        /// The goal meets the criterion.
        Holds = "holds",
        /// It falls short.
        FallsShort = "falls-short",
        /// There is nothing to judge it by.
        CannotTell = "cannot-tell",
    }
}

/// Why a check comes to what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The reason's code (`smart-<code>` in the bundles).
    pub code: &'static str,
    /// Whether it speaks for the goal, against it, or only tells.
    pub outcome: Outcome,
    /// Values for the words.
    pub args: BTreeMap<&'static str, String>,
}

impl Reason {
    fn new(code: &'static str, outcome: Outcome) -> Self {
        Self { code, outcome, args: BTreeMap::new() }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }
}

/// One criterion's check of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The criterion.
    pub criterion: Criterion,
    /// What it comes to.
    pub outcome: Outcome,
    /// How strongly the criterion binds.
    pub level: Level,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Why the shortcoming is accepted, if it is.
    pub overridden: Option<String>,
}

impl Check {
    /// Whether it stands in the way of adoption: an error always, a warning until it is accepted with a reason.
    pub fn stands_in_the_way(&self) -> bool {
        self.outcome != Outcome::Holds
            && match self.level {
                Level::Error => true,
                Level::Warning => self.overridden.is_none(),
                Level::Information => false,
            }
    }
}

/// The five checks of one goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The goal's id.
    pub goal: String,
    /// The checks, S M A R T.
    pub checks: Vec<Check>,
}

impl Assessment {
    /// One criterion's check.
    pub fn check(&self, criterion: Criterion) -> Option<&Check> {
        self.checks.iter().find(|check| check.criterion == criterion)
    }
}

/// What goals are judged by.
pub struct Grounds<'a> {
    /// The programme's rules.
    pub rules: &'a SmartRules,
    /// The agreement's period.
    pub period: Period,
    /// The district that the plan is for: code.
    pub district: &'a str,
    /// Statistics.
    pub observations: &'a dyn Observations,
    /// What partners have accepted, in this district.
    pub acceptances: &'a [GoalAcceptance],
    /// The partners, those who have left among them.
    pub partners: &'a [Party],
    /// The day of judgement.
    pub today: Date,
}

impl std::fmt::Debug for Grounds<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grounds")
            .field("district", &self.district)
            .field("today", &self.today)
            .finish_non_exhaustive()
    }
}

/// Judges goals. The changes that districts have seen are gathered once for each indicator, group and span, so
/// many goals cost little more than one.
pub fn assess_all(goals: &[Goal], grounds: &Grounds<'_>) -> Vec<Assessment> {
    let mut history = History::default();
    goals.iter().map(|goal| assess_with(goal, grounds, &mut history)).collect()
}

/// Judges one goal.
pub fn assess(goal: &Goal, grounds: &Grounds<'_>) -> Assessment {
    assess_with(goal, grounds, &mut History::default())
}

fn assess_with(goal: &Goal, grounds: &Grounds<'_>, history: &mut History) -> Assessment {
    let checks = Criterion::ALL.iter().map(|criterion| {
        let mut reasons = match criterion {
            Criterion::Specific => specific(goal, grounds.rules),
            Criterion::Measurable => measurable(goal, grounds),
            Criterion::Accepted => accepted(goal, grounds),
            Criterion::Realistic => realistic(goal, grounds, history),
            Criterion::TimeBound => time_bound(goal, grounds),
        };
        reasons.sort_by_key(|reason| match reason.outcome {
            Outcome::FallsShort => 0,
            Outcome::CannotTell => 1,
            Outcome::Holds => 2,
        });
        let outcome = reasons.first().map_or(Outcome::CannotTell, |reason| reason.outcome);
        let overridden =
            goal.overrides.get(criterion.code()).filter(|reason| !reason.trim().is_empty()).cloned();
        Check { criterion: *criterion, outcome, level: grounds.rules.level(*criterion), reasons, overridden }
    });
    Assessment { goal: goal.id.clone(), checks: checks.collect() }
}

const HOLDS: Outcome = Outcome::Holds;
const SHORT: Outcome = Outcome::FallsShort;
const UNKNOWN: Outcome = Outcome::CannotTell;

/// One indicator, one area, one group, and an outcome rather than an activity.
fn specific(goal: &Goal, rules: &SmartRules) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let statement = folded(&goal.statement);
    if statement.is_empty() {
        reasons.push(Reason::new("goal-without-words", SHORT));
    }
    if let Some(word) = activity(&statement, rules) {
        reasons.push(Reason::new("goal-is-activity", SHORT).with("word", word));
    }
    for (field, value) in [("indicator", &goal.indicator), ("group", &goal.group), ("area", &goal.area)] {
        if value.trim().is_empty() {
            reasons.push(Reason::new("goal-lacks", SHORT).with("field", field));
        }
    }
    // Two measures, or two groups, make two goals.
    for (field, value) in [("indicator", &goal.indicator), ("group", &goal.group)] {
        if value.contains([';', ',', '/']) || value.contains(" och ") || value.contains(" and ") {
            reasons.push(Reason::new("goal-has-several", SHORT).with("field", field).with("written", value));
        }
    }
    if reasons.is_empty() {
        reasons.push(Reason::new("goal-is-one", HOLDS).with("group", &goal.group));
    }
    reasons
}

/// The word by which a sentence is seen to be about an activity, what one does and not what becomes of it: one of
/// the programme's words, at its beginning. Reading.
fn activity<'a>(statement: &str, rules: &'a SmartRules) -> Option<&'a str> {
    let after =
        rules.openings.iter().find_map(|start| statement.strip_prefix(start.as_str())).unwrap_or(statement);
    let begins = |word: &&String| {
        let rest = after.trim_start().strip_prefix(word.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', ',']))
    };
    rules.activities.iter().find(begins).map(String::as_str)
}

/// ”Målen ska vara uppföljningsbara” (§ 4): the series exists, is not kept back, and a value comes out in time.
fn measurable(goal: &Goal, grounds: &Grounds<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if goal.target.is_none() {
        reasons.push(Reason::new("target-missing", SHORT));
    }
    base_value(goal, grounds, &mut reasons);
    if goal.indicator.trim().is_empty() {
        reasons.push(Reason::new("indicator-missing", SHORT));
        return reasons;
    }
    let Some(indicator) = grounds.observations.indicator(&goal.indicator) else {
        reasons.push(Reason::new("indicator-unknown", SHORT).with("indicator", &goal.indicator));
        return reasons;
    };
    if folded(&indicator.unit) != folded(&goal.unit) {
        reasons.push(
            Reason::new("unit-differs", SHORT).with("written", &goal.unit).with("unit", &indicator.unit),
        );
    }
    let series = grounds.observations.series(&goal.indicator, grounds.district, &goal.group);
    let Some(last) = series.and_then(|series| series.observations.last()) else {
        reasons.push(
            Reason::new("series-missing", SHORT)
                .with("indicator", &indicator.name)
                .with("group", &goal.group)
                .with("area", grounds.district),
        );
        return reasons;
    };
    if last.state == CellState::Suppressed {
        reasons.push(Reason::new("series-kept-back", SHORT).with("indicator", &indicator.name));
    }
    let Some(by) = goal.by else {
        return or_holds(reasons, Reason::new("series-exists", HOLDS).with("indicator", &indicator.name));
    };
    let base = goal.base.as_ref().and_then(|base| base.period).unwrap_or(last.period);
    match last_published_by(last.period.max(base), indicator.lag_days, by) {
        Some(period) => {
            let tells = Reason::new("value-in-time", HOLDS)
                .with("indicator", &indicator.name)
                .with("period", period)
                .with("day", by);
            or_holds(reasons, tells)
        }
        None => {
            reasons.push(
                Reason::new("value-too-late", SHORT)
                    .with("indicator", &indicator.name)
                    .with("period", last.period)
                    .with("lag", indicator.lag_days)
                    .with("day", by),
            );
            reasons
        }
    }
}

/// A base value with everything that belongs to it, and not later than the day of judgement.
fn base_value(goal: &Goal, grounds: &Grounds<'_>, reasons: &mut Vec<Reason>) {
    let Some(base) = &goal.base else {
        return reasons.push(Reason::new("base-missing", SHORT));
    };
    if base.source.trim().is_empty() {
        reasons.push(Reason::new("base-without-source", SHORT));
    }
    match base.period {
        None => reasons.push(Reason::new("base-without-period", SHORT)),
        Some(period) if period.from > grounds.today => {
            reasons.push(Reason::new("base-after-today", SHORT).with("period", period));
        }
        Some(_) => {}
    }
    if base.published.is_none() {
        reasons.push(Reason::new("base-without-vintage", SHORT));
    }
}

fn or_holds(mut reasons: Vec<Reason>, otherwise: Reason) -> Vec<Reason> {
    reasons.push(otherwise);
    reasons
}

/// Each partner that the goal names has accepted it, as it is worded, while in the partnership.
fn accepted(goal: &Goal, grounds: &Grounds<'_>) -> Vec<Reason> {
    if goal.partners.is_empty() {
        return vec![Reason::new("no-partner-named", SHORT)];
    }
    let wording = goal.wording();
    let mut reasons = Vec::new();
    for id in &goal.partners {
        let memberships: Vec<&Party> = grounds.partners.iter().filter(|partner| partner.id == *id).collect();
        let Some(partner) = memberships.last() else {
            reasons.push(Reason::new("partner-unknown", SHORT).with("partner", id));
            continue;
        };
        let theirs = || {
            grounds
                .acceptances
                .iter()
                .filter(|a| a.partner == *id && a.goal == goal.id && a.registered_on <= grounds.today)
        };
        let valid = theirs()
            .filter(|a| a.wording == wording && memberships.iter().any(|m| m.is_in(a.accepted_on)))
            .max_by_key(|a| a.accepted_on);
        reasons.push(match valid {
            _ if !memberships.iter().any(|m| m.is_in(grounds.today)) => {
                let last = partner.last.map(|day| day.to_string()).unwrap_or_default();
                Reason::new("partner-has-left", SHORT).with("partner", &partner.name).with("day", last)
            }
            Some(acceptance) => Reason::new("accepted-by", HOLDS)
                .with("partner", &partner.name)
                .with("day", acceptance.accepted_on),
            None if theirs().next().is_some() => {
                Reason::new("accepted-other-words", SHORT).with("partner", &partner.name)
            }
            None => Reason::new("not-accepted", SHORT).with("partner", &partner.name),
        });
    }
    reasons
}

/// The changes per year that comparable districts have seen over a span, by indicator, group and span.
#[derive(Debug, Default)]
struct History {
    seen: BTreeMap<(String, String, i64), Seen>,
}

/// Changes and, for each district, its largest and smallest.
#[derive(Debug, Default)]
struct Seen {
    changes: Vec<f64>,
    by_area: Vec<(String, f64, f64)>,
}

impl History {
    fn of(&mut self, goal: &Goal, grounds: &Grounds<'_>, span: i64) -> &Seen {
        let key = (goal.indicator.clone(), goal.group.clone(), span);
        self.seen.entry(key).or_insert_with(|| {
            let mut seen = Seen::default();
            #[expect(clippy::cast_precision_loss, reason = "a span is a few years")]
            let apart = span as f64;
            let others = |series: &&Series| series.area != grounds.district;
            for series in grounds.observations.comparable(&goal.indicator, &goal.group).iter().filter(others)
            {
                let changes = series.yearly_changes(apart);
                let (most, least) = changes.iter().fold((f64::MIN, f64::MAX), |(most, least), change| {
                    (most.max(*change), least.min(*change))
                });
                if !changes.is_empty() {
                    seen.by_area.push((series.area_name.clone(), most, least));
                }
                seen.changes.extend(changes);
            }
            seen.changes.sort_by(f64::total_cmp);
            seen
        })
    }
}

/// With fewer changes than this to compare with, nothing is said of how usual one is. Reading.
const CHANGES_MIN: usize = 8;
/// So many districts are named.
const NAMED: usize = 3;

/// The required change per year, among the changes that comparable districts have seen over spans as long.
///
/// Reading: the span is the goal's, in whole years; where no series is long enough for it, the longest span that
/// there are enough changes over.
fn realistic(goal: &Goal, grounds: &Grounds<'_>, history: &mut History) -> Vec<Reason> {
    let Some(required) = goal.required_yearly_change() else {
        return vec![Reason::new("change-unknown", UNKNOWN)];
    };
    if required == 0.0 {
        return vec![Reason::new("change-none", HOLDS)];
    }
    let years = goal.base.as_ref().and_then(|base| Some(base.period?.years_until(goal.by?))).unwrap_or(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "clamped to a few years")]
    let wanted = years.round().clamp(1.0, 20.0) as i64;
    let Some(span) =
        (1..=wanted).rev().find(|span| history.of(goal, grounds, *span).changes.len() >= CHANGES_MIN)
    else {
        return vec![Reason::new("history-too-short", UNKNOWN).with("least", CHANGES_MIN)];
    };
    let seen = history.of(goal, grounds, span);
    let upwards = required > 0.0;
    // How many changed less than is required, in the direction that is required.
    let less =
        seen.changes.iter().filter(|change| if upwards { **change < required } else { **change > required });
    #[expect(clippy::cast_precision_loss, reason = "counts of districts and years")]
    let percentile = 100.0 * less.count() as f64 / seen.changes.len() as f64;
    let mut best: Vec<&(String, f64, f64)> = seen.by_area.iter().collect();
    let reached = |area: &(String, f64, f64)| if upwards { area.1 } else { -area.2 };
    best.sort_by(|a, b| reached(b).total_cmp(&reached(a)).then_with(|| a.0.cmp(&b.0)));
    let names: Vec<String> = best
        .iter()
        .take(NAMED)
        .map(|area| format!("{} ({})", area.0, signed(if upwards { area.1 } else { area.2 })))
        .collect();
    let did = best.iter().filter(|area| reached(area) >= required.abs()).count();
    #[expect(clippy::cast_precision_loss, reason = "a share of a hundred")]
    let unlikely = percentile >= grounds.rules.unlikely_from_percent as f64;
    let (code, outcome) = match (did, unlikely) {
        (0, _) => ("change-never-seen", SHORT),
        (_, true) => ("change-seldom-seen", SHORT),
        (_, false) => ("change-seen", HOLDS),
    };
    vec![
        Reason::new(code, outcome)
            .with("required", signed(required))
            .with("unit", &goal.unit)
            .with("percentile", decimal(percentile, 1))
            .with("changes", seen.changes.len())
            .with("districts", seen.by_area.len())
            .with("span", span)
            .with("did", did)
            .with("best", names.join("; ")),
    ]
}

/// A day inside the agreement's period, after the base, with milestones on the way.
fn time_bound(goal: &Goal, grounds: &Grounds<'_>) -> Vec<Reason> {
    let Some(by) = goal.by else { return vec![Reason::new("day-missing", SHORT)] };
    let mut reasons = Vec::new();
    if !grounds.period.contains(by) {
        reasons.push(
            Reason::new("day-outside-period", SHORT)
                .with("day", by)
                .with("from", grounds.period.from)
                .with("to", grounds.period.to),
        );
    }
    if let Some(period) = goal.base.as_ref().and_then(|base| base.period).filter(|period| by <= period.to) {
        reasons.push(Reason::new("day-before-base", SHORT).with("day", by).with("period", period));
    }
    let path = goal.path();
    if path.windows(2).any(|pair| pair[1].0 <= pair[0].0) && !goal.milestones.is_empty() {
        reasons.push(Reason::new("milestones-out-of-order", SHORT));
    }
    let years = goal.base.as_ref().and_then(|base| base.period).map_or(0.0, |period| period.years_until(by));
    if years > 1.5 && goal.milestones.is_empty() {
        reasons.push(Reason::new("milestones-missing", SHORT).with("years", decimal(years, 1)));
    }
    or_holds_if_none(reasons, Reason::new("day-inside-period", HOLDS).with("day", by))
}

fn or_holds_if_none(mut reasons: Vec<Reason>, otherwise: Reason) -> Vec<Reason> {
    if reasons.is_empty() {
        reasons.push(otherwise);
    }
    reasons
}

/// A change with its sign, two decimals, as data; the reader's language gives it its comma.
fn signed(change: f64) -> String {
    let digits = decimal(change.abs(), 2);
    if change < 0.0 { format!("-{digits}") } else { format!("+{digits}") }
}

fn decimal(value: f64, digits: usize) -> String {
    format!("{value:.digits$}")
}
