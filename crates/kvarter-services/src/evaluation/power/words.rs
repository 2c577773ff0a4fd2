//! What could be found, in sentences.

use super::super::code::{Code, Told};
use super::super::resolve::{name, test_name};
use super::super::words::{decimals, fixed, kept, named, sentence, share};
use super::{Foresight, Tried};
use crate::wording::Wording;

/// A foresight in words. Labels and values are ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was asked.
    pub question: String,
    /// What could be found.
    pub answer: String,
    /// Whether what matters would be.
    pub relevant: String,
    /// How often something is found where there is nothing.
    pub false_alarms: String,
    /// Sizes, and how often each is found.
    pub curve: Vec<(String, String)>,
    /// What it rests on.
    pub rests_on: Vec<String>,
    /// What to read it with.
    pub cautions: Vec<String>,
    /// Method, test and data.
    pub method: Vec<(String, String)>,
    /// How what was tried stands to the plan.
    pub plan: String,
    /// What was tried otherwise: what, by the plan, and done.
    pub deviations: Vec<(String, String, String)>,
}

/// Says what could be found.
pub fn said(told: &Foresight, w: Wording) -> Said {
    let plan = &told.plan.done;
    let size = told.detectable.value.map(|one| one.effect).or(plan.relevant).unwrap_or_else(|| {
        told.curve.iter().map(|one| one.effect.abs()).filter(|size| *size > 0.0).fold(f64::INFINITY, f64::min)
    });
    let digits = decimals(size, 3);
    let n = |value: f64| fixed(w, value, digits);
    let percent = |value: f64| fixed(w, 100.0 * value, 0);
    let none = |key: &str, told_why: Option<&Code>| {
        let why = told_why.map(|why| sentence(w, "evaluation-why-", why)).unwrap_or_default();
        w.with(key, [("why", why)])
    };
    let outcome = plan.outcome.clone();
    let Told { value, reason } = &told.detectable;
    let answer = match value {
        Some(one) => w.with(
            "evaluation-power-answer",
            [
                ("outcome", outcome.clone()),
                ("effect", n(one.effect)),
                ("low", n(one.range.0)),
                ("high", one.range.1.map(n).unwrap_or_else(|| "none".to_owned())),
            ],
        ),
        None => none("evaluation-power-answer-none", reason.as_ref()),
    };
    let Told { value, reason } = &told.relevant;
    let relevant = match value {
        Some(one) => w.with(
            if one.enough { "evaluation-power-enough" } else { "evaluation-power-not-enough" },
            [("effect", n(one.effect)), ("percent", percent(one.found))],
        ),
        None => none("evaluation-power-relevant-none", reason.as_ref()),
    };
    let zero = &told.false_alarms;
    let false_alarms = match (zero.found, zero.interval) {
        (Some(found), Some((low, high))) => w.with(
            "evaluation-power-false-alarm",
            [
                ("percent", fixed(w, 100.0 * found, 1)),
                ("error", fixed(w, 100.0 * zero.monte_carlo_error.unwrap_or(0.0), 1)),
                ("low", fixed(w, 100.0 * low, 1)),
                ("high", fixed(w, 100.0 * high, 1)),
                ("alpha", share(w, 100.0 * plan.alpha)),
                ("trials", told.trials.to_string()),
            ],
        ),
        _ => w.t("evaluation-power-false-alarm-none"),
    };
    let row = |one: &Tried| {
        let found = one.found.map(|found| {
            let error = fixed(w, 100.0 * one.monte_carlo_error.unwrap_or(0.0), 0);
            w.with("evaluation-power-found", [("percent", percent(found)), ("error", error)])
        });
        (fixed(w, one.effect, decimals(one.effect, 3)), found.unwrap_or_else(|| "–".to_owned()))
    };
    let counts = [
        ("trials", told.trials.to_string()),
        ("candidates", told.candidates.to_string()),
        ("treated", plan.treated.len().to_string()),
        ("before", told.periods_before.to_string()),
        ("after", told.periods_after.to_string()),
        ("tried_before", told.tried_before.to_string()),
        ("from", told.periods_after_from.to_owned()),
        ("start", plan.start.to_string()),
    ];
    let way = if told.exhaustive { "every" } else { "drawn" };
    let rests_on = [
        format!("evaluation-power-rests-{way}"),
        "evaluation-power-rests-periods".to_owned(),
        "evaluation-power-rests-alike".to_owned(),
        "evaluation-power-rests-constant".to_owned(),
        "evaluation-power-rests-shorter".to_owned(),
    ];
    let test = w.t(&format!("evaluation-test-{}", test_name(plan.test)));
    let panel = &told.panel;
    Said {
        question: w.with(
            "evaluation-power-question",
            [("outcome", outcome), ("treated", named(w, &plan.treated)), ("start", plan.start.to_string())],
        ),
        answer,
        relevant,
        false_alarms,
        curve: told.curve.iter().map(row).collect(),
        rests_on: rests_on.iter().map(|key| w.with(key, counts.clone())).collect(),
        cautions: told.cautions.iter().map(|one| sentence(w, "evaluation-caution-", one)).collect(),
        method: vec![
            (w.t("evaluation-label-method"), w.t(&format!("evaluation-method-{}", name(plan.method)))),
            (w.t("evaluation-label-test"), test),
            (w.t("evaluation-label-seed"), plan.seed.to_string()),
            (w.t("evaluation-label-file"), panel.file.clone()),
            (w.t("evaluation-label-digest"), format!("SHA-256 {}", panel.digest)),
            (
                w.t("evaluation-label-plan-digest"),
                format!("SHA-256 {}", told.plan.locked_digest.as_ref().unwrap_or(&told.plan.digest)),
            ),
        ],
        plan: w.t(kept(&told.plan)),
        deviations: told
            .plan
            .deviations
            .iter()
            .map(|one| (one.field.clone(), one.planned.clone(), one.done.clone()))
            .collect(),
    }
}
