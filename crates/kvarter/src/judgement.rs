//! How a goal is judged, in words: five letters, each with its reasons.

use std::collections::BTreeMap;

use kvarter_domain::plan::smart::{Assessment, Check, Outcome};

use crate::language::Words;

/// One criterion, ready to be read.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The criterion's code.
    pub code: &'static str,
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// What it comes to: `holds`, `falls-short`, `cannot-tell`.
    pub outcome: &'static str,
    /// What it comes to, in words, with how strongly it binds.
    pub verdict: String,
    /// Why.
    pub reasons: Vec<String>,
    /// Why the shortcoming is accepted, if it is.
    pub overridden: Option<String>,
}

/// The five criteria of one goal, in words.
pub fn judged(assessment: &Assessment, l: Words) -> Vec<Judged> {
    assessment.checks.iter().map(|check| of(check, l)).collect()
}

fn of(check: &Check, l: Words) -> Judged {
    let outcome = check.outcome.code();
    let verdict = match check.outcome {
        Outcome::Holds => l.t("outcome-holds"),
        _ => format!("{} ({})", l.t(&format!("outcome-{outcome}")), l.t(&format!("level-{}", check.level))),
    };
    Judged {
        code: check.criterion.code(),
        letter: check.criterion.letter(),
        name: l.t(&format!("criterion-{}", check.criterion)),
        outcome,
        verdict,
        reasons: check.reasons.iter().map(|reason| sentence(reason.code, &reason.args, l)).collect(),
        overridden: check.overridden.clone(),
    }
}

fn sentence(code: &str, args: &BTreeMap<&'static str, String>, l: Words) -> String {
    let args: BTreeMap<String, String> = args
        .iter()
        .map(|(name, value)| {
            let value = match *name {
                // Figures come with a decimal point, as data.
                "required" | "percentile" | "years" | "best" => l.figures(value),
                _ => value.clone(),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    l.args(&format!("smart-{code}"), &args)
}
