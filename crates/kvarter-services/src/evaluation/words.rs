//! A study in sentences, the same at the terminal and on paper.

use std::collections::BTreeMap;

use kvarter_domain::text::Language;
use kvarter_evaluation::verdict::Direction;

use super::code::{Code, Told, Value};
use super::resolve::{name, test_name};
use super::study::{Plan, Study};
use crate::wording::Wording;

/// A study in words. Labels and values are ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was asked.
    pub question: String,
    /// “Omdöme C”.
    pub grade: String,
    /// What the grade means.
    pub meaning: String,
    /// What was found.
    pub finding: String,
    /// Why: how much each weighs (`blocks`, `reservation`, `note`), that in words, and the reason.
    pub reasons: Vec<(&'static str, String, String)>,
    /// That attainment is another question.
    pub not_attainment: String,
    /// The numbers, each with its label.
    pub numbers: Vec<(String, String)>,
    /// What was compared with, the weightiest first: unit and weight.
    pub weights: Vec<(String, String)>,
    /// What to read the numbers with.
    pub cautions: Vec<String>,
    /// What was assumed.
    pub assumed: Vec<String>,
    /// What could not be examined.
    pub unexamined: Vec<String>,
    /// Method and test, with their sources.
    pub method: Vec<(String, String)>,
    /// How what was done stands to the plan.
    pub plan: String,
    /// What was done otherwise: what, by the plan, and done.
    pub deviations: Vec<(String, String, String)>,
    /// The data and the plan, with digests.
    pub sources: Vec<(String, String)>,
    /// Words and what they mean.
    pub words: Vec<(String, String)>,
}

/// Says what a study found.
pub fn said(study: &Study, w: Wording) -> Said {
    let s = Speaker { study, w };
    let grade = study.verdict.grade;
    Said {
        question: s.question(),
        grade: w.with("evaluation-grade", [("grade", grade.to_string())]),
        meaning: w.t(&format!("evaluation-grade-{}", grade.to_ascii_lowercase())),
        finding: s.finding(),
        reasons: study
            .verdict
            .reasons
            .iter()
            .map(|one| {
                let gravity = w.t(&format!("evaluation-gravity-{}", one.gravity));
                (one.gravity, gravity, s.reason(&one.code))
            })
            .collect(),
        not_attainment: w.t("evaluation-not-attainment"),
        numbers: s.numbers(),
        weights: study
            .weights
            .iter()
            .filter(|one| one.weight.abs() >= 5e-4)
            .map(|one| (one.unit.clone(), s.fixed(one.weight, 3)))
            .collect(),
        cautions: study.cautions.iter().map(|one| s.code("evaluation-caution-", one)).collect(),
        assumed: s.assumed(),
        unexamined: s.unexamined(),
        method: s.method(),
        plan: w.t(kept(&study.plan)),
        deviations: study
            .plan
            .deviations
            .iter()
            .map(|one| (one.field.clone(), one.planned.clone(), one.done.clone()))
            .collect(),
        sources: s.sources(),
        words: ["synthetic", "placebo", "p", "interval", "rmspe", "detectable"]
            .iter()
            .map(|word| (w.t(&format!("evaluation-word-{word}")), w.t(&format!("evaluation-means-{word}"))))
            .collect(),
    }
}

/// How what was done stands to the plan.
pub(super) fn kept(plan: &Plan) -> &'static str {
    match (plan.locked, plan.deviations.is_empty()) {
        (true, true) => "evaluation-plan-locked",
        (true, false) => "evaluation-plan-deviates",
        (false, true) => "evaluation-plan-not-locked",
        (false, false) => "evaluation-plan-file-deviates",
    }
}

/// The treated by name, or how many they are.
pub(super) fn named(w: Wording, treated: &[String]) -> String {
    match treated.len() {
        0..=3 => treated.join(", "),
        many => w.with("evaluation-many", [("count", many.to_string())]),
    }
}

/// Says one study in one language.
pub(super) struct Speaker<'a> {
    pub(super) study: &'a Study,
    pub(super) w: Wording,
}

impl Speaker<'_> {
    /// A number in the outcome's unit, with as many decimals as all such numbers of the study have: three digits
    /// of the estimate, or of the outcome where there is none.
    pub(super) fn n(&self, value: f64) -> String {
        let estimate = self.study.estimate.value.filter(|effect| *effect != 0.0);
        let size = estimate.or(self.study.series.first().map(|point| point.observed)).unwrap_or(1.0);
        self.fixed(value, decimals(size, 3))
    }

    /// A number along the side of a drawing, with as many decimals as its steps need.
    pub(super) fn tick(&self, value: f64, step: f64) -> String {
        self.fixed(value, decimals(step, 1))
    }

    /// A probability, a ratio or a share: three digits.
    pub(super) fn p(&self, value: f64) -> String {
        share(self.w, value)
    }

    fn fixed(&self, value: f64, decimals: usize) -> String {
        fixed(self.w, value, decimals)
    }

    fn code(&self, prefix: &str, code: &Code) -> String {
        sentence(self.w, prefix, code)
    }

    pub(super) fn why(&self, code: &Code) -> String {
        self.code("evaluation-why-", code)
    }

    fn reason(&self, code: &Code) -> String {
        let Some(inner) = code.code.strip_prefix("refused-") else {
            return self.code("evaluation-reason-", code);
        };
        let why = self.why(&Code { code: inner.to_owned(), values: code.values.clone() });
        let mut letters = why.chars();
        let first =
            letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }

    fn question(&self) -> String {
        let plan = &self.study.plan.done;
        let treated = named(self.w, &plan.treated);
        self.w.with(
            "evaluation-question",
            [("outcome", plan.outcome.clone()), ("treated", treated), ("start", plan.start.to_string())],
        )
    }

    fn finding(&self) -> String {
        let verdict = &self.study.verdict;
        let direction = match verdict.direction {
            Some(Direction::Increase) => "increase",
            _ => "decrease",
        };
        let size = self.study.estimate.value.map_or_else(String::new, |effect| self.n(effect.abs()));
        self.w.with(
            &format!("evaluation-finding-{}", verdict.finding),
            [
                ("outcome", self.study.plan.done.outcome.clone()),
                ("direction", direction.to_owned()),
                ("size", size),
            ],
        )
    }

    fn told<T>(&self, told: &Told<T>, say: impl FnOnce(&T) -> String) -> String {
        match (&told.value, &told.reason) {
            (Some(value), _) => say(value),
            (None, Some(why)) => self.w.with("evaluation-said-none", [("why", self.why(why))]),
            (None, None) => "–".to_owned(),
        }
    }

    fn numbers(&self) -> Vec<(String, String)> {
        let (study, w) = (self.study, self.w);
        let outcome = study.plan.done.outcome.clone();
        let mut numbers = Vec::new();
        let mut add = |key: &str, value: String| numbers.push((w.t(key), value));
        add(
            "evaluation-label-estimate",
            self.told(&study.estimate, |effect| {
                w.with("evaluation-said-estimate", [("effect", self.n(*effect)), ("outcome", outcome)])
            }),
        );
        add("evaluation-label-interval", self.told(&study.interval, |told| self.interval(told)));
        let test = &study.test;
        add("evaluation-label-p", self.told(&test.p_value, |p| self.p(*p)));
        add(
            "evaluation-label-least",
            match (test.least_p_value, test.p_value.value) {
                (Some(least), _) => self.p(least),
                (None, Some(_)) => w.t("evaluation-said-least-none"),
                (None, None) => "–".to_owned(),
            },
        );
        if let Some(error) = test.standard_error {
            add("evaluation-label-standard-error", self.n(error));
        }
        match (test.rank, test.compared) {
            (Some(rank), Some(compared)) => add(
                "evaluation-label-rank",
                w.with(
                    "evaluation-said-rank",
                    [("rank", rank.to_string()), ("compared", compared.to_string())],
                ),
            ),
            (None, Some(compared)) => add(
                "evaluation-label-rank",
                w.with("evaluation-said-compared", [("compared", compared.to_string())]),
            ),
            _ => {}
        }
        if let Some(fit) = &study.fit.value {
            let relative = fit.relative.map(|relative| self.p(100.0 * relative)).unwrap_or_default();
            let before =
                w.with("evaluation-said-fit", [("size", self.n(fit.rmspe_before)), ("percent", relative)]);
            add("evaluation-label-fit-before", before);
            add("evaluation-label-fit-after", self.n(fit.rmspe_after));
            if let Some(ratio) = fit.ratio {
                add("evaluation-label-ratio", self.p(ratio));
            }
        }
        add(
            "evaluation-label-detectable",
            self.told(&study.detectable, |told| {
                let from = told.from.to_owned();
                w.with("evaluation-said-detectable", [("effect", self.n(told.effect)), ("from", from)])
            }),
        );
        add("evaluation-label-in-time", self.told(&study.in_time, |told| self.in_time(told)));
        if let Some(left) = study.leave_one_out.value.as_ref().filter(|left| !left.is_empty()) {
            let low = left.iter().map(|one| one.effect).fold(f64::INFINITY, f64::min);
            let high = left.iter().map(|one| one.effect).fold(f64::NEG_INFINITY, f64::max);
            let count = left.len().to_string();
            add(
                "evaluation-label-without-one",
                w.with(
                    "evaluation-said-without-one",
                    [("low", self.n(low)), ("high", self.n(high)), ("count", count)],
                ),
            );
        }
        if let Some(told) = &study.diagnostics.value {
            add("evaluation-label-effective", self.p(told.effective_donors));
            add("evaluation-label-hull", self.n(told.hull_distance));
        }
        let count = study.comparison_units.to_string();
        add("evaluation-label-comparison", w.with("evaluation-said-comparison", [("count", count)]));
        let (before, after) = (study.periods_before.to_string(), study.periods_after.to_string());
        add(
            "evaluation-label-periods",
            w.with("evaluation-said-periods", [("before", before), ("after", after)]),
        );
        numbers
    }

    /// Two ends of an interval.
    pub(super) fn span(&self, low: f64, high: f64) -> String {
        self.w.with("evaluation-said-span", [("low", self.n(low)), ("high", self.n(high))])
    }

    fn interval(&self, told: &super::study::Interval) -> String {
        self.w.with(
            "evaluation-said-interval",
            [
                ("low", self.n(told.low)),
                ("high", self.n(told.high)),
                ("level", self.p(100.0 * told.level)),
                ("from", told.from.to_owned()),
            ],
        )
    }

    fn in_time(&self, told: &super::study::Backdated) -> String {
        let effect = self.n(told.effect);
        if self.study.series.is_empty() {
            return self.w.with("evaluation-said-early", [("effect", effect)]);
        }
        self.w.with("evaluation-said-in-time", [("effect", effect), ("start", told.start.to_string())])
    }

    fn assumed(&self) -> Vec<String> {
        let own = match name(self.study.method.name) {
            "did" | "cs" => "evaluation-assumes-parallel",
            "sdid" => "evaluation-assumes-sdid",
            _ => "evaluation-assumes-synthetic",
        };
        let keys = [
            own,
            "evaluation-assumes-no-anticipation",
            "evaluation-assumes-no-spillover",
            "evaluation-assumes-nothing-else",
            "evaluation-assumes-same-meaning",
        ];
        keys.iter().map(|key| self.w.t(key)).collect()
    }

    fn unexamined(&self) -> Vec<String> {
        let (study, w) = (self.study, self.w);
        let mut said = Vec::new();
        let mut add = |missing: bool, key: &str| {
            if missing {
                said.push(w.t(key));
            }
        };
        let known = &study.circumstances;
        add(known.movers.is_none(), "evaluation-unexamined-movers");
        add(known.breaks.is_empty(), "evaluation-unexamined-breaks");
        add(!known.ring_excluded, "evaluation-unexamined-ring");
        add(study.plan.done.relevant.is_none(), "evaluation-unexamined-relevant");
        add(true, "evaluation-unexamined-many");
        let of_method = |code: &&Code| code.code != "not-of-method";
        let without_one = study.leave_one_out.reason.as_ref().filter(of_method);
        let fit = study.fit.reason.as_ref().filter(of_method);
        for (key, why) in
            [("evaluation-label-without-one", without_one), ("evaluation-label-fit-before", fit)]
        {
            if let Some(why) = why.filter(|_| study.is_estimated()) {
                let values = [("label", w.t(key)), ("why", self.why(why))];
                said.push(w.with("evaluation-unexamined-value", values));
            }
        }
        said
    }

    fn method(&self) -> Vec<(String, String)> {
        let w = self.w;
        let method = name(self.study.method.name);
        let variant = w.t(&format!("evaluation-variant-{}", self.study.method.variant));
        let called = format!("{}, {variant}", w.t(&format!("evaluation-method-{method}")));
        vec![
            (w.t("evaluation-label-method"), called),
            (w.t("evaluation-label-paper"), w.t(&format!("evaluation-paper-{method}"))),
            (
                w.t("evaluation-label-test"),
                w.t(&format!("evaluation-test-{}", test_name(self.study.test.name))),
            ),
        ]
    }

    fn sources(&self) -> Vec<(String, String)> {
        let (study, w) = (self.study, self.w);
        let panel = &study.panel;
        let extent = [
            ("units", panel.units.to_string()),
            ("periods", panel.periods.to_string()),
            ("from", panel.span.0.to_string()),
            ("to", panel.span.1.to_string()),
            ("rows", panel.rows.to_string()),
            ("missing", panel.missing.to_string()),
        ];
        let (from, to) = study.plan.done.window;
        let mut sources = vec![
            (w.t("evaluation-label-file"), panel.file.clone()),
            (w.t("evaluation-label-digest"), format!("SHA-256 {}", panel.digest)),
            (w.t("evaluation-label-rows"), w.with("evaluation-said-panel", extent)),
            (w.t("evaluation-label-window"), format!("{from}–{to}")),
        ];
        let digest = study.plan.locked_digest.as_ref().unwrap_or(&study.plan.digest);
        sources.push((w.t("evaluation-label-plan-digest"), format!("SHA-256 {digest}")));
        if !study.left_out.is_empty() {
            let shown = study.left_out.iter().take(20);
            let mut units: Vec<String> = shown
                .map(|(unit, why)| format!("{unit} ({})", self.code("evaluation-left-out-", why)))
                .collect();
            if study.left_out.len() > units.len() {
                units.push(format!("+ {}", study.left_out.len() - units.len()));
            }
            sources.push((
                w.t("evaluation-heading-left-out"),
                w.with("evaluation-said-left-out", [("units", units.join(", "))]),
            ));
        }
        sources
    }
}

/// A probability, a ratio or a share: three digits.
pub(super) fn share(w: Wording, value: f64) -> String {
    let shown = format!("{value:.*}", decimals(value, 3));
    (w.number)(shown.parse().unwrap_or(value))
}

/// A number with so many decimals.
pub(super) fn fixed(w: Wording, value: f64, decimals: usize) -> String {
    let written = format!("{value:.decimals$}");
    // What rounds to nothing has no sign.
    let value: f64 = written.parse().map_or(value, |read: f64| if read == 0.0 { 0.0 } else { read });
    let mut shown = (w.number)(value);
    let mark = if w.language == Language::En { '.' } else { ',' };
    let after = match shown.split_once(mark) {
        Some((_, after)) => after.len(),
        None => 0,
    };
    if decimals > after {
        if after == 0 {
            shown.push(mark);
        }
        shown.push_str(&"0".repeat(decimals - after));
    }
    shown
}

/// A code in words.
pub(super) fn sentence(w: Wording, prefix: &str, code: &Code) -> String {
    let of = |value: &Value| match value {
        Value::Whole(value) => value.to_string(),
        Value::Number(value) => share(w, *value),
        Value::Text(value) => value.clone(),
    };
    let values: BTreeMap<String, String> =
        code.values.iter().map(|(name, value)| (name.clone(), of(value))).collect();
    (w.sentence)(&format!("{prefix}{}", code.code), &values)
}

/// How many decimals show so many digits of a number of this size; no more than twelve.
pub(super) fn decimals(size: f64, digits: i32) -> usize {
    if size == 0.0 || !size.is_finite() {
        return 0;
    }
    let magnitude = size.abs().log10().floor() as i32;
    usize::try_from((digits - 1 - magnitude).clamp(0, 12)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::decimals;

    #[test]
    fn as_many_decimals_as_three_digits_take() {
        assert_eq!(decimals(-19.513_629, 3), 1);
        assert_eq!(decimals(0.039_95, 3), 4);
        assert_eq!(decimals(123_456.7, 3), 0);
        assert_eq!(decimals(0.0, 3), 0);
    }
}
