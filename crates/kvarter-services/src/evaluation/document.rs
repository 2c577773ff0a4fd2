//! A study on paper: its words and its drawings, in the model that the template reads.

use kvarter_documents::model::{
    Fact, Language as Tongue, Study as Printed, StudyChart, StudyLine, StudyLineKind, StudyPart, StudyPoint,
    StudyReason, StudyTick, Tone,
};
use kvarter_documents::{Document as Paper, render};
use kvarter_domain::text::Language;

use super::study::{Event, Study};
use super::words::{Said, Speaker, said};
use crate::error::Result;
use crate::wording::Wording;

/// The width and height of every drawing, in the model's own steps.
const FULL: f64 = 10_000.0;
/// How far apart labels at the ends of lines are at least.
const APART: u16 = 800;
/// So many donors stand in the table.
const WEIGHTS_MAX: usize = 12;

/// Sets a study, dated at the moment.
///
/// # Errors
/// A fault in the template, or a moment that no file can tell.
pub fn print(study: &Study, w: Wording, moment: jiff::Timestamp) -> Result<Vec<u8>> {
    Ok(render(Paper::Study(&printed(study, w)), moment)?.bytes)
}

/// The model of a study.
pub fn printed(study: &Study, w: Wording) -> Printed {
    let words = said(study, w);
    let speaker = Speaker { study, w };
    let tone = match study.verdict.grade {
        'A' | 'B' => Tone::Good,
        'C' => Tone::Remark,
        _ => Tone::Open,
    };
    let charts =
        [series(&speaker), placebos(&speaker), events(&speaker)].into_iter().flatten().collect::<Vec<_>>();
    Printed {
        language: if w.language == Language::En { Tongue::En } else { Tongue::Sv },
        sender: w.t("evaluation-pdf-reference"),
        title: words.question.clone(),
        lines: vec![words.question.clone(), format!("SHA-256 {}", study.panel.digest)],
        letter: study.verdict.grade.to_string(),
        grade: words.grade.clone(),
        tone,
        meaning: words.meaning.clone(),
        finding: words.finding.clone(),
        figures: figures(&speaker),
        reasons_heading: w.t("evaluation-heading-reasons"),
        reasons: words
            .reasons
            .iter()
            .map(|(gravity, weight, reason)| StudyReason {
                tone: match *gravity {
                    "blocks" => Tone::Bad,
                    "reservation" => Tone::Remark,
                    _ => Tone::Open,
                },
                weight: weight.clone(),
                words: reason.clone(),
            })
            .collect(),
        note: words.not_attainment.clone(),
        charts,
        parts: parts(&words, study, w),
    }
}

/// The estimate and what it is read with, large.
fn figures(s: &Speaker<'_>) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact { label: s.w.t(key), value };
    let mut figures = Vec::new();
    if let Some(effect) = s.study.estimate.value {
        figures.push(fact("evaluation-label-estimate", s.n(effect)));
        let interval = s.study.interval.value.map(|told| s.span(told.low, told.high));
        figures.push(fact("evaluation-label-interval", interval.unwrap_or_else(|| "–".to_owned())));
        let p = s.study.test.p_value.value.map(|p| s.p(p));
        figures.push(fact("evaluation-label-p", p.unwrap_or_else(|| "–".to_owned())));
    }
    figures
}

fn facts(pairs: &[(String, String)]) -> Vec<Fact> {
    pairs.iter().map(|(label, value)| Fact { label: label.clone(), value: value.clone() }).collect()
}

fn parts(words: &Said, study: &Study, w: Wording) -> Vec<StudyPart> {
    let part = |key: &str| StudyPart { heading: w.t(key), ..StudyPart::default() };
    let mut parts = vec![StudyPart { facts: facts(&words.numbers), ..part("evaluation-heading-numbers") }];
    if !words.weights.is_empty() {
        let without = |unit: &String| {
            let left = study.leave_one_out.value.iter().flatten().find(|one| one.donor == *unit);
            left.map(|one| Speaker { study, w }.n(one.effect)).unwrap_or_default()
        };
        let rows = words.weights.iter().take(WEIGHTS_MAX);
        let mut rows: Vec<Vec<String>> =
            rows.map(|(unit, weight)| vec![unit.clone(), weight.clone(), without(unit)]).collect();
        if words.weights.len() > WEIGHTS_MAX {
            let more = (words.weights.len() - WEIGHTS_MAX).to_string();
            rows.push(vec![w.with("evaluation-said-more", [("count", more)])]);
        }
        parts.push(StudyPart {
            columns: ["unit", "weight", "effect-without"]
                .map(|column| w.t(&format!("evaluation-label-{column}")))
                .into(),
            rows,
            numbers: true,
            ..part("evaluation-heading-weights")
        });
    }
    for (key, list) in [
        ("evaluation-heading-cautions", &words.cautions),
        ("evaluation-heading-assumed", &words.assumed),
        ("evaluation-heading-unexamined", &words.unexamined),
    ] {
        if !list.is_empty() {
            parts.push(StudyPart { list: list.clone(), ..part(key) });
        }
    }
    let rows: Vec<Vec<String>> = words
        .deviations
        .iter()
        .map(|(field, planned, done)| vec![field.clone(), planned.clone(), done.clone()])
        .collect();
    parts.push(StudyPart {
        paragraphs: vec![words.plan.clone()],
        columns: ["field", "planned", "done"].map(|column| w.t(&format!("evaluation-label-{column}"))).into(),
        rows,
        ..part("evaluation-heading-plan")
    });
    for (key, pairs) in [
        ("evaluation-heading-method", &words.method),
        ("evaluation-heading-sources", &words.sources),
        ("evaluation-heading-words", &words.words),
    ] {
        parts.push(StudyPart { facts: facts(pairs), ..part(key) });
    }
    parts
}

/// A drawing's two scales.
struct Scales {
    along: (f64, f64),
    up: (f64, f64),
}

impl Scales {
    /// Room for all of the values, from even number to even number.
    fn new(along: (f64, f64), values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let step = step(low, high);
        let up = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { along, up: if up.0 < up.1 { up } else { (up.0, up.0 + step) } }
    }

    fn place(value: f64, (from, to): (f64, f64)) -> u16 {
        let share = if to > from { (value - from) / (to - from) } else { 0.5 };
        // Within 0 and 10,000 by the clamp.
        (share.clamp(0.0, 1.0) * FULL).round() as u16
    }

    fn x(&self, value: f64) -> u16 {
        Self::place(value, self.along)
    }

    fn y(&self, value: f64) -> u16 {
        Self::place(value, self.up)
    }

    fn side(&self, s: &Speaker<'_>) -> Vec<StudyTick> {
        let step = step(self.up.0, self.up.1);
        let count = ((self.up.1 - self.up.0) / step).round().clamp(1.0, 20.0) as u32;
        (0..=count)
            .map(|k| {
                let value = self.up.0 + step * f64::from(k);
                let shown = if value.abs() < 1e-9 * step { 0.0 } else { value };
                StudyTick { at: self.y(value), words: s.tick(shown, step) }
            })
            .collect()
    }

    /// Whole numbers along the foot, no more than there is room for.
    fn foot(&self, every: &[i64]) -> Vec<StudyTick> {
        let stride = every.len().div_ceil(9).max(1);
        let stride = [1, 2, 5, 10, 20, 25, 50, 100].into_iter().find(|one| *one >= stride).unwrap_or(stride);
        let even = i64::try_from(stride).unwrap_or(1);
        let shown = every.iter().filter(|period| stride == 1 || period.rem_euclid(even) == 0);
        shown.map(|period| StudyTick { at: self.x(*period as f64), words: minus(*period) }).collect()
    }
}

fn minus(period: i64) -> String {
    if period < 0 { format!("−{}", period.unsigned_abs()) } else { period.to_string() }
}

/// One, two or five of a power of ten, so that some six fit.
fn step(low: f64, high: f64) -> f64 {
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let rough = span / 6.0;
    let power = 10f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= rough).unwrap_or(10.0);
    times * power
}

fn line(scales: &Scales, kind: StudyLineKind, points: impl Iterator<Item = (i64, f64)>) -> StudyLine {
    let points = points.map(|(period, value)| (scales.x(period as f64), scales.y(value))).collect();
    StudyLine { kind, label: None, points }
}

/// The start stands between the last period before it and the first from it on.
fn start(s: &Speaker<'_>, scales: &Scales, periods: &[i64]) -> Option<StudyTick> {
    let at = s.study.plan.done.start;
    let before = periods.iter().rev().find(|period| **period < at)?;
    let after = periods.iter().find(|period| **period >= at)?;
    let words = s.w.with("evaluation-series-start", [("start", at.to_string())]);
    Some(StudyTick { at: scales.x((*before as f64 + *after as f64) / 2.0), words })
}

/// The treated and what they are compared with.
fn series(s: &Speaker<'_>) -> Option<StudyChart> {
    let points = &s.study.series;
    let (first, last) = (points.first()?, points.last()?);
    let before = points.iter().rev().find(|point| point.period < s.study.plan.done.start)?;
    let periods: Vec<i64> = points.iter().map(|point| point.period).collect();
    let scales = Scales::new(
        (first.period as f64, last.period as f64),
        points.iter().flat_map(|point| [point.observed, point.comparison]),
    );
    let mut comparison =
        line(&scales, StudyLineKind::Comparison, points.iter().map(|point| (point.period, point.comparison)));
    let mut treated =
        line(&scales, StudyLineKind::Treated, points.iter().map(|point| (point.period, point.observed)));
    let (a, b) = apart(scales.y(last.observed), scales.y(last.comparison));
    treated.label = Some(StudyTick { at: a, words: s.w.t("evaluation-series-treated") });
    comparison.label = Some(StudyTick { at: b, words: s.w.t("evaluation-series-comparison") });
    let outcome = s.study.plan.done.outcome.clone();
    Some(StudyChart {
        heading: s.w.with("evaluation-heading-series", [("outcome", outcome)]),
        alternative: s.w.with(
            "evaluation-series-alternative",
            [
                ("from", first.period.to_string()),
                ("to", last.period.to_string()),
                ("observed", s.n(before.observed)),
                ("comparison", s.n(before.comparison)),
                ("observed_last", s.n(last.observed)),
                ("comparison_last", s.n(last.comparison)),
            ],
        ),
        caption: s.w.t("evaluation-series-caption"),
        lines: vec![comparison, treated],
        points: Vec::new(),
        along: scales.foot(&periods),
        up: scales.side(s),
        start: start(s, &scales, &periods),
        zero: None,
    })
}

/// Two labels that do not stand on each other.
fn apart(a: u16, b: u16) -> (u16, u16) {
    let middle = (u32::from(a) + u32::from(b)) / 2;
    if a.abs_diff(b) >= APART {
        return (a, b);
    }
    let half = APART / 2;
    let middle = u16::try_from(middle).unwrap_or(half).clamp(half, 10_000 - half);
    if a >= b { (middle + half, middle - half) } else { (middle - half, middle + half) }
}

/// The gaps of all placebos and the treated's.
fn placebos(s: &Speaker<'_>) -> Option<StudyChart> {
    let points = &s.study.series;
    let (first, last) = (points.first()?, points.last()?);
    let drawn: Vec<&Vec<f64>> =
        s.study.placebos.iter().map(|one| &one.gaps).filter(|gaps| gaps.len() == points.len()).collect();
    if drawn.is_empty() {
        return None;
    }
    let periods: Vec<i64> = points.iter().map(|point| point.period).collect();
    let values = drawn.iter().flat_map(|gaps| gaps.iter().copied());
    let scales = Scales::new(
        (first.period as f64, last.period as f64),
        values.chain(points.iter().map(|point| point.gap)).chain([0.0]),
    );
    let mut lines: Vec<StudyLine> = drawn
        .iter()
        .map(|gaps| line(&scales, StudyLineKind::Placebo, periods.iter().copied().zip(gaps.iter().copied())))
        .collect();
    let mut own = line(&scales, StudyLineKind::Treated, points.iter().map(|point| (point.period, point.gap)));
    own.label = Some(StudyTick { at: scales.y(last.gap), words: s.w.t("evaluation-series-treated") });
    lines.push(own);
    let ends: Vec<f64> = drawn.iter().filter_map(|gaps| gaps.last().copied()).collect();
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(StudyChart {
        heading: s.w.t("evaluation-heading-placebos"),
        alternative: s.w.with(
            "evaluation-placebos-alternative",
            [
                ("count", drawn.len().to_string()),
                ("from", first.period.to_string()),
                ("to", last.period.to_string()),
                ("last", s.n(last.gap)),
                ("low", s.n(low)),
                ("high", s.n(high)),
            ],
        ),
        caption: s.w.t("evaluation-placebos-caption"),
        lines,
        points: Vec::new(),
        along: scales.foot(&periods),
        up: scales.side(s),
        start: start(s, &scales, &periods),
        zero: Some(scales.y(0.0)),
    })
}

/// Estimates by time since the start.
fn events(s: &Speaker<'_>) -> Option<StudyChart> {
    let events: &Vec<Event> = s.study.event_study.value.as_ref()?;
    let (first, last) = (events.first()?, events.last()?);
    if first.distance == last.distance {
        return None;
    }
    let ends = events.iter().flat_map(|event| {
        let (low, high) = event.interval.unwrap_or((event.estimate, event.estimate));
        [low, high, event.estimate]
    });
    let scales = Scales::new((first.distance as f64 - 0.4, last.distance as f64 + 0.4), ends.chain([0.0]));
    let distances: Vec<i64> = events.iter().map(|event| event.distance).collect();
    let values: Vec<String> =
        events.iter().map(|event| format!("{}: {}", minus(event.distance), s.n(event.estimate))).collect();
    Some(StudyChart {
        heading: s.w.t("evaluation-heading-events"),
        alternative: s.w.with(
            "evaluation-events-alternative",
            [("from", minus(first.distance)), ("to", minus(last.distance)), ("values", values.join("; "))],
        ),
        caption: s.w.t("evaluation-events-caption"),
        lines: Vec::new(),
        points: events
            .iter()
            .map(|event| StudyPoint {
                along: scales.x(event.distance as f64),
                up: scales.y(event.estimate),
                interval: event.interval.map(|(low, high)| (scales.y(low), scales.y(high))),
            })
            .collect(),
        along: scales.foot(&distances),
        up: scales.side(s),
        start: (first.distance < 0 && last.distance >= 0)
            .then(|| StudyTick { at: scales.x(-0.5), words: s.w.t("evaluation-events-start") }),
        zero: Some(scales.y(0.0)),
    })
}
