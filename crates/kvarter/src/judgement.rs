//! How a goal is judged, in words: five letters, each with its reasons.

use std::collections::BTreeMap;

use kvarter_domain::plan::smart::{Assessment, Check, Outcome};

use kvarter_services::wording::Wording;

use crate::language::{Language, Words};

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
        reasons: check
            .reasons
            .iter()
            .map(|reason| sentence(&format!("smart-{}", reason.code), &reason.args, l))
            .collect(),
        overridden: check.overridden.clone(),
    }
}

/// How documents say things in a language: in Swedish for the register, in either for a reader.
pub fn wording(language: Language) -> Wording {
    match language {
        Language::Sv => Wording {
            language,
            word: |key| SV.t(key),
            sentence: |key, values| sentence(key, values, SV),
            number: |number| SV.number(number),
            day: |day| SV.day(day),
        },
        Language::En => Wording {
            language,
            word: |key| EN.t(key),
            sentence: |key, values| sentence(key, values, EN),
            number: |number| EN.number(number),
            day: |day| EN.day(day),
        },
    }
}

const SV: Words = Words(Language::Sv);
const EN: Words = Words(Language::En);

/// A sentence with its values, figures among them as the reader has them.
fn sentence<K: AsRef<str>>(key: &str, values: &BTreeMap<K, String>, l: Words) -> String {
    let args: BTreeMap<String, String> = values
        .iter()
        .map(|(name, value)| {
            let value = match name.as_ref() {
                // Figures come with a decimal point, as data.
                "required" | "percentile" | "years" | "best" => l.figures(value),
                _ => value.clone(),
            };
            (name.as_ref().to_owned(), value)
        })
        .collect();
    l.args(key, &args)
}
