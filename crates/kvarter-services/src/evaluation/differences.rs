//! Difference-in-differences, for one start and for several.

use std::collections::BTreeSet;

use kvarter_evaluation::did::{self, Term, TwoWay};
use kvarter_evaluation::panel::{Panel, Row, Treatment};
use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, PlannedTest};
use kvarter_evaluation::staggered::{self, Adjustment, Aggregation, Base, Multiplier, Staggered};

use super::code::{Code, Told, of_cell, of_did, of_staggered};
use super::found::Found;
use super::study::{Backdated, Cell, Event, Fit, Interval, Point};
use super::synthetic::from_interval;

/// Assignments drawn by lot where not all can be tried.
pub(super) const DRAWS: usize = 999;

/// Evaluates.
pub(super) fn evaluate(panel: &Panel, plan: &LockedPlan) -> Found {
    let (part, treatment) = match part(panel, plan) {
        Ok(ready) => ready,
        Err(why) => return Found::refused(plan.test, vec![why]),
    };
    let mut found = if plan.method == PlannedMethod::Cs {
        by_cohort(&part, &treatment, plan)
    } else {
        two_way(&part, &treatment, plan)
    };
    found.comparison_units = treatment.untreated().count();
    let mut before: Vec<usize> = treatment.treated().filter_map(|unit| treatment.start_index(unit)).collect();
    before.sort_unstable();
    found.periods_before = before.get(before.len() / 2).copied().unwrap_or(0);
    found.periods_after = part.periods().len() - found.periods_before;
    if found.estimate.value.is_some() {
        if treatment.cohorts().len() == 1 {
            compared(&mut found, &part, &treatment);
        } else {
            by_event(&mut found, &part, &treatment);
        }
    }
    found
}

/// The panel inside the window, without those that are neither treated nor to be compared with.
fn part(panel: &Panel, plan: &LockedPlan) -> Result<(Panel, Treatment), Code> {
    let treated: BTreeSet<&String> = plan.treated.iter().collect();
    let excluded: BTreeSet<&String> = plan.excluded.iter().collect();
    let named: Option<BTreeSet<&String>> = plan.donors.as_ref().map(|donors| donors.iter().collect());
    let names: Vec<&str> = panel.covariate_names().collect();
    let (from, to) = plan.window;
    let kept = |unit: &String| {
        treated.contains(unit)
            || !excluded.contains(unit) && named.as_ref().is_none_or(|named| named.contains(unit))
    };
    let mut cells = Vec::new();
    let mut values: Vec<Option<f64>> = Vec::new();
    for (u, unit) in panel.units().iter().enumerate().filter(|(_, unit)| kept(unit)) {
        for (t, period) in panel.periods().iter().enumerate().filter(|(_, p)| (from..=to).contains(*p)) {
            cells.push((unit, *period, panel.outcome().get(u, t)));
            values.extend(names.iter().map(|name| panel.covariate(name).and_then(|grid| grid.get(u, t))));
        }
    }
    let rows = cells.iter().enumerate().map(|(at, (unit, period, outcome))| Row {
        unit,
        period: *period,
        outcome: *outcome,
        covariates: &values[at * names.len()..(at + 1) * names.len()],
    });
    let part = Panel::from_rows(&names, rows).map_err(|_| Code::new("all-missing"))?;
    let starts = plan.treated.iter().map(|unit| {
        let start = plan.starts.get(unit).copied().unwrap_or(plan.start);
        (unit.as_str(), start)
    });
    let treatment = Treatment::new(&part, starts)
        .map_err(|found| Code::new("not-applicable").text("why", found.to_string()))?;
    Ok((part, treatment))
}

fn covariates(plan: &LockedPlan) -> Vec<String> {
    plan.predictors.iter().filter_map(|one| one.covariate.clone()).collect()
}

fn two_way(panel: &Panel, treatment: &Treatment, plan: &LockedPlan) -> Found {
    let names = covariates(plan);
    let asked = TwoWay::default().with_level(1.0 - plan.alpha).with_covariates(names.clone());
    let fit = match asked.fit(panel, treatment) {
        Ok(fit) => fit,
        Err(refused) => return Found::refused(plan.test, of_did(&refused)),
    };
    let mut found = Found::none(plan.test);
    found.variant = if names.is_empty() { "plain" } else { "adjusted" };
    let Some(own) = fit.coefficient(&Term::Treated) else {
        return Found::refused(plan.test, vec![Code::new("no-standard-error")]);
    };
    found.estimate = Told::some(own.estimate);
    found.cautions = fit.cautions.iter().map(of_caution).collect();
    if plan.test == PlannedTest::Space {
        permuted(&mut found, &asked, panel, treatment, plan);
    } else if let Some(told) = own.inference {
        found.test.standard_error = Some(told.standard_error);
        found.test.p_value = Told::some(told.p_value);
        found.interval = Told::some(Interval {
            low: told.interval.0,
            high: told.interval.1,
            level: 1.0 - plan.alpha,
            from: "standard-error",
        });
    } else {
        let why = Code::new("no-standard-error");
        found.test.p_value = Told::none(why.clone());
        found.interval = Told::none(why);
    }
    found.detectable = from_interval(&found.interval);
    found.event_study = Told::of(match asked.event_study(panel, treatment, -1) {
        Ok(fit) => Ok(events(&fit)),
        Err(refused) => {
            Err(of_did(&refused).into_iter().next().unwrap_or_else(|| Code::new("not-identified")))
        }
    });
    found
}

fn permuted(found: &mut Found, asked: &TwoWay, panel: &Panel, treatment: &Treatment, plan: &LockedPlan) {
    match asked.permutation(panel, treatment, DRAWS, plan.seed) {
        Ok(told) => {
            found.test.p_value = Told::some(told.p_value);
            found.test.least_p_value = Some(1.0 / told.assignments as f64);
            found.test.compared = Some(told.assignments);
            found.interval = Told::of(
                told.interval
                    .filter(|(low, high)| low.is_finite() && high.is_finite())
                    .map(|(low, high)| Interval {
                        low,
                        high,
                        level: 1.0 - plan.alpha,
                        from: "inverted-permutation",
                    })
                    .ok_or_else(|| {
                        let least = 1.0 / told.assignments as f64;
                        Code::new("test-cannot-reject").number("least", least).number("alpha", plan.alpha)
                    }),
            );
            if !told.exhaustive {
                found.cautions.push(Code::new("assignments-drawn").count("count", told.assignments - 1));
            }
        }
        Err(refused) => {
            let why = of_did(&refused).into_iter().next().unwrap_or_else(|| Code::new("no-whole-units"));
            found.test.p_value = Told::none(why.clone());
            found.interval = Told::none(why);
        }
    }
}

fn events(fit: &did::TwoWayFit) -> Vec<Event> {
    let mut events: Vec<Event> = fit
        .coefficients
        .iter()
        .filter_map(|one| {
            let Term::Relative(distance) = one.term else { return None };
            Some(Event {
                distance,
                estimate: one.estimate,
                standard_error: one.inference.map(|told| told.standard_error),
                interval: one.inference.map(|told| told.interval),
            })
        })
        .collect();
    events.push(Event { distance: -1, estimate: 0.0, standard_error: None, interval: None });
    events.sort_by_key(|event| event.distance);
    events
}

fn of_caution(caution: &did::Caution) -> Code {
    use did::Caution as C;
    match caution {
        C::StaggeredStarts { cohorts } => Code::new("staggered-starts").count("count", *cohorts),
        C::NoNeverTreated => Code::new("no-never-treated"),
        C::FewClusters { clusters } => Code::new("few-units").count("count", *clusters),
        C::FewTreatedClusters { treated, untreated } => {
            Code::new("few-treated").count("treated", *treated).count("untreated", *untreated)
        }
        C::ExactFit => Code::new("exact-fit"),
        C::MissingCells { cells } => Code::new("missing-cells").count("count", *cells),
        _ => Code::new("other-caution"),
    }
}

fn by_cohort(panel: &Panel, treatment: &Treatment, plan: &LockedPlan) -> Found {
    let names = covariates(plan);
    let mut asked = Staggered::default().with_base(Base::Universal).with_level(1.0 - plan.alpha);
    if !names.is_empty() {
        asked = asked.with_covariates(Adjustment::DoublyRobust, names.clone());
    }
    let refused = |why: &staggered::Refused| Found::refused(plan.test, of_staggered(why));
    let cells = match asked.fit(panel, treatment) {
        Ok(cells) => cells,
        Err(why) => return refused(&why),
    };
    let overall = match cells.aggregate(Aggregation::Simple) {
        Ok(summary) => summary.overall,
        Err(why) => return refused(&why),
    };
    let mut found = Found::none(plan.test);
    found.variant = if names.is_empty() { "plain" } else { "adjusted" };
    found.estimate = Told::some(overall.value);
    found.cautions = cells.cautions().iter().map(of_staggered_caution).collect();
    found.cells = cells
        .cells()
        .iter()
        .filter(|cell| cell.base != Some(cell.period))
        .map(|cell| Cell {
            cohort: cell.cohort,
            period: cell.period,
            estimate: Told::of(cell.estimate.map_err(of_cell)),
            standard_error: cell.standard_error,
            treated: cell.treated,
            controls: cell.controls,
        })
        .collect();
    let no_error = || Code::new("no-standard-error");
    if plan.test == PlannedTest::Space {
        match asked.permutation(panel, treatment, Aggregation::Simple, DRAWS, plan.seed) {
            Ok(told) => {
                found.test.p_value = Told::some(told.p_value);
                found.test.least_p_value = Some(1.0 / told.assignments as f64);
                found.test.compared = Some(told.assignments);
                found.cautions.push(Code::new("assignments-drawn").count("count", told.assignments - 1));
            }
            Err(why) => {
                found.test.p_value =
                    Told::none(of_staggered(&why).into_iter().next().unwrap_or_else(no_error));
            }
        }
    } else {
        found.test.p_value = Told::of(overall.p_value.ok_or_else(no_error));
    }
    found.test.standard_error = overall.standard_error;
    let interval = overall.interval.map(|(low, high)| Interval {
        low,
        high,
        level: 1.0 - plan.alpha,
        from: "standard-error",
    });
    found.interval = Told::of(interval.ok_or_else(no_error));
    found.detectable = from_interval(&found.interval);
    found.event_study = Told::of(match cells.aggregate(Aggregation::Dynamic { balance: None }) {
        Ok(summary) => Ok(dynamic(&summary, plan.seed)),
        Err(why) => Err(of_staggered(&why).into_iter().next().unwrap_or_else(no_error)),
    });
    found
}

/// Effects by time since the start, in bands that hold for all at once.
fn dynamic(summary: &staggered::Summary, seed: u64) -> Vec<Event> {
    let bands = summary.bands(&Multiplier { seed, ..Multiplier::default() }).ok();
    summary
        .parts
        .iter()
        .map(|(distance, part)| {
            let band = bands.iter().flat_map(|bands| &bands.bands).find(|band| band.key == Some(*distance));
            Event {
                distance: *distance,
                estimate: part.value,
                standard_error: part.standard_error,
                interval: band.and_then(|band| band.interval),
            }
        })
        .collect()
}

fn of_staggered_caution(caution: &staggered::Caution) -> Code {
    use staggered::Caution as C;
    match caution {
        C::UnitsWithGaps { units } => Code::new("units-with-gaps").count("count", *units),
        C::SmallCohort { cohort, units } => {
            Code::new("small-cohort").whole("cohort", *cohort).count("count", *units)
        }
        C::FewControls { units } => Code::new("few-controls").count("count", *units),
        C::CellsLeftOut { cells } => Code::new("cells-left-out").count("count", *cells),
        _ => Code::new("other-caution"),
    }
}

/// Treated and untreated on average, the untreated moved to the treated's level before the start.
fn compared(found: &mut Found, panel: &Panel, treatment: &Treatment) {
    let mean = |units: &[usize], t: usize| {
        let values: Vec<f64> = units.iter().filter_map(|unit| panel.outcome().get(*unit, t)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let whole = |units: Vec<usize>| -> Vec<usize> {
        units.into_iter().filter(|unit| panel.outcome().row(*unit).is_some()).collect()
    };
    let (treated, untreated) = (whole(treatment.treated().collect()), whole(treatment.untreated().collect()));
    let Some(before) = treatment.treated().next().and_then(|unit| treatment.start_index(unit)) else {
        return;
    };
    let pairs: Option<Vec<(f64, f64)>> =
        (0..panel.periods().len()).map(|t| mean(&treated, t).zip(mean(&untreated, t))).collect();
    let Some(pairs) = pairs.filter(|pairs| before > 0 && before < pairs.len()) else { return };
    let level = pairs[..before].iter().map(|(y, x)| y - x).sum::<f64>() / before as f64;
    found.series = pairs
        .iter()
        .zip(panel.periods())
        .map(|((y, x), period)| Point {
            period: *period,
            observed: *y,
            comparison: x + level,
            gap: y - x - level,
            interval: None,
        })
        .collect();
    let size = |points: &[Point]| {
        (points.iter().map(|point| point.gap * point.gap).sum::<f64>() / points.len() as f64).sqrt()
    };
    let (early, late) = found.series.split_at(before);
    let (rmspe_before, rmspe_after) = (size(early), size(late));
    let spread = spread(panel, &untreated, before);
    found.fit = Told::some(Fit {
        rmspe_before,
        rmspe_after,
        ratio: (rmspe_before > 0.0).then(|| rmspe_after / rmspe_before),
        relative: (spread > 0.0).then(|| rmspe_before / spread),
    });
    backdate(found);
}

/// The mean over the first periods of the standard deviation between units.
fn spread(panel: &Panel, units: &[usize], before: usize) -> f64 {
    let of = |t: usize| {
        let values: Vec<f64> = units.iter().filter_map(|unit| panel.outcome().get(*unit, t)).collect();
        let middle = values.iter().sum::<f64>() / values.len().max(1) as f64;
        (values.iter().map(|y| (y - middle).powi(2)).sum::<f64>() / values.len().max(1) as f64).sqrt()
    };
    (0..before).map(of).sum::<f64>() / before.max(1) as f64
}

/// An earlier start, two thirds into the periods before the true one: the change in the gap there.
fn backdate(found: &mut Found) {
    let before = found.periods_before;
    if before < 3 {
        found.in_time =
            Told::none(Code::new("too-few-periods-before").count("found", before).count("needed", 3));
        return;
    }
    let at = before - (before / 3).max(1);
    let mean = |points: &[Point]| points.iter().map(|point| point.gap).sum::<f64>() / points.len() as f64;
    let effect = mean(&found.series[at..before]) - mean(&found.series[..at]);
    found.in_time = Told::some(Backdated { start: found.series[at].period, effect, ratio: None });
}

/// Where starts differ: the estimates before the start should be nothing.
fn by_event(found: &mut Found, panel: &Panel, treatment: &Treatment) {
    let Some(events) = &found.event_study.value else { return };
    let early: Vec<f64> =
        events.iter().filter(|event| event.distance < -1).map(|event| event.estimate).collect();
    let late: Vec<f64> =
        events.iter().filter(|event| event.distance >= 0).map(|event| event.estimate).collect();
    if early.is_empty() || late.is_empty() {
        found.fit = Told::none(Code::new("nothing-before-start"));
        found.in_time = Told::none(Code::new("nothing-before-start"));
        return;
    }
    let size = |values: &[f64]| (values.iter().map(|x| x * x).sum::<f64>() / values.len() as f64).sqrt();
    let untreated: Vec<usize> = treatment.untreated().collect();
    let spread = spread(panel, &untreated, found.periods_before.max(1));
    let (rmspe_before, rmspe_after) = (size(&early), size(&late));
    found.fit = Told::some(Fit {
        rmspe_before,
        rmspe_after,
        ratio: (rmspe_before > 0.0).then(|| rmspe_after / rmspe_before),
        relative: (spread > 0.0).then(|| rmspe_before / spread),
    });
    // The mean of the estimates before the start stands for the placebo in time.
    let effect = early.iter().sum::<f64>() / early.len() as f64;
    let start = treatment.cohorts().first().map_or(0, |(start, _)| *start);
    found.in_time = Told::some(Backdated { start, effect, ratio: None });
}
