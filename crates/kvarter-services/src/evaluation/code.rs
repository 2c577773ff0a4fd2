//! Codes with their values: what the numbers' own crate says no with, made ready for words and for JSON.

use std::collections::BTreeMap;

use kvarter_evaluation::design::LeftOut;
use kvarter_evaluation::refusal::Refusal;
use kvarter_evaluation::verdict::{BreakKind, Gravity, Reason};
use kvarter_evaluation::{did, staggered};
use serde::Serialize;

/// Why something is as it is, or is not there: a code and its values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    /// Kebab-case.
    pub code: String,
    /// What the words are filled with.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Value>,
}

/// A value of a code.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A count or a period.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A name.
    Text(String),
}

impl Code {
    pub(super) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), values: BTreeMap::new() }
    }

    pub(super) fn number(mut self, name: &str, value: f64) -> Self {
        self.values.insert(name.to_owned(), Value::Number(value));
        self
    }

    pub(super) fn whole(mut self, name: &str, value: i64) -> Self {
        self.values.insert(name.to_owned(), Value::Whole(value));
        self
    }

    pub(super) fn count(self, name: &str, value: usize) -> Self {
        self.whole(name, i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub(super) fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), Value::Text(value.into()));
        self
    }
}

/// A value that is there, or the reason why it is not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told<T> {
    /// The value.
    pub value: Option<T>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Code>,
}

impl<T> Told<T> {
    pub(super) fn some(value: T) -> Self {
        Self { value: Some(value), reason: None }
    }

    pub(super) fn none(reason: Code) -> Self {
        Self { value: None, reason: Some(reason) }
    }

    pub(super) fn of(value: Result<T, Code>) -> Self {
        match value {
            Ok(value) => Self::some(value),
            Err(reason) => Self::none(reason),
        }
    }
}

/// A refusal of the synthetic family.
pub(super) fn of_refusal(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::UnknownUnit { unit } => Code::new("unknown-unit").text("unit", unit),
        Refusal::NobodyTreated => Code::new("nobody-treated"),
        Refusal::TreatedIsDonor { unit } => Code::new("treated-is-donor").text("unit", unit),
        Refusal::TooFewDonors { found, needed } => {
            Code::new("too-few-donors").count("found", *found).count("needed", *needed)
        }
        Refusal::TooFewPeriodsBefore { found, needed } => {
            Code::new("too-few-periods-before").count("found", *found).count("needed", *needed)
        }
        Refusal::NoPeriodAfter { start } => Code::new("no-period-after").whole("start", *start),
        Refusal::EmptyWindow { from, to } => Code::new("empty-window").whole("from", *from).whole("to", *to),
        Refusal::TreatedMissing { unit, period } => {
            Code::new("treated-missing").text("unit", unit).whole("period", *period)
        }
        Refusal::ConstantOutcome => Code::new("constant-outcome"),
        Refusal::NoPredictor => Code::new("no-predictor"),
        Refusal::UnknownCovariate { covariate } => {
            Code::new("unknown-covariate").text("covariate", covariate)
        }
        Refusal::PredictorMissing { unit, predictor } => {
            Code::new("predictor-missing").text("unit", unit).count("predictor", predictor + 1)
        }
        Refusal::PredictorNotBefore { predictor } => {
            Code::new("predictor-not-before").count("predictor", predictor + 1)
        }
        Refusal::BadNumber { name } => Code::new("bad-number").text("name", *name),
        Refusal::NotApplicable(why) => Code::new("not-applicable").text("why", *why),
        Refusal::Overflow => Code::new("overflow"),
    }
}

/// Refusals of difference-in-differences.
pub(super) fn of_did(refused: &did::Refused) -> Vec<Code> {
    use did::Refusal as R;
    let one = |refusal: &R| match refusal {
        R::AllMissing => Code::new("all-missing"),
        R::TooFewPeriods { periods } => Code::new("too-few-periods").count("periods", *periods),
        R::NoTreated => Code::new("nobody-treated"),
        R::NoComparison => Code::new("too-few-donors").count("found", 0).count("needed", 1),
        R::ConstantOutcome => Code::new("constant-outcome"),
        R::NotIdentified { terms } => {
            let terms: Vec<String> = terms.iter().map(term).collect();
            Code::new("not-identified").text("terms", terms.join(", "))
        }
        R::UnknownCovariate { name } => Code::new("unknown-covariate").text("covariate", name),
        R::NoDegreesOfFreedom => Code::new("no-degrees-of-freedom"),
        R::NoWholeUnits => Code::new("no-whole-units"),
        R::TooManyTerms { .. } | R::TooManyPeriods { .. } => Code::new("too-large-for-method"),
        other => Code::new("not-applicable").text("why", other.to_string()),
    };
    refused.0.iter().map(one).collect()
}

fn term(term: &did::Term) -> String {
    match term {
        did::Term::Relative(periods) => format!("{periods:+}"),
        did::Term::Covariate(name) => name.clone(),
        _ => "effect".to_owned(),
    }
}

/// Refusals of the estimator for staggered starts.
pub(super) fn of_staggered(refused: &staggered::Refused) -> Vec<Code> {
    use staggered::Refusal as R;
    let one = |refusal: &R| match refusal {
        R::AllMissing => Code::new("all-missing"),
        R::TooFewPeriods { periods } => Code::new("too-few-periods").count("periods", *periods),
        R::NoTreated => Code::new("nobody-treated"),
        R::NoNeverTreated => Code::new("too-few-donors").count("found", 0).count("needed", 1),
        R::NoWholeUnits => Code::new("no-whole-units"),
        R::UnknownCovariate { name } => Code::new("unknown-covariate").text("covariate", name),
        R::NothingToSumUp => Code::new("nothing-to-sum-up"),
        R::NoStandardError => Code::new("no-standard-error"),
        R::TooLarge { .. } => Code::new("too-large-for-method"),
        other => Code::new("not-applicable").text("why", other.to_string()),
    };
    refused.0.iter().map(one).collect()
}

/// Why one cohort in one period has no estimate.
pub(super) fn of_cell(refusal: staggered::CellRefusal) -> Code {
    use staggered::CellRefusal as R;
    match refusal {
        R::NoBase => Code::new("no-base"),
        R::NoTreated => Code::new("nobody-treated"),
        R::NoControls => Code::new("too-few-donors").count("found", 0).count("needed", 1),
        R::TooFewControls { controls, terms } => {
            Code::new("too-few-donors").count("found", controls).count("needed", terms + 1)
        }
        R::Collinear => Code::new("collinear"),
        R::NoOverlap { .. } => Code::new("no-overlap"),
        R::NotSettled => Code::new("not-settled"),
        other => Code::new("not-applicable").text("why", other.to_string()),
    }
}

/// Why a unit is not a donor.
pub(super) fn of_left_out(why: LeftOut) -> Code {
    match why {
        LeftOut::Excluded => Code::new("excluded"),
        LeftOut::Missing(period) => Code::new("missing").whole("period", period),
        LeftOut::PredictorMissing(predictor) => {
            Code::new("predictor-lacking").count("predictor", predictor + 1)
        }
    }
}

pub(super) fn gravity(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Blocks => "blocks",
        Gravity::Reservation => "reservation",
        Gravity::Note => "note",
    }
}

/// A verdict's reason with its values.
pub(super) fn of_reason(reason: &Reason) -> Code {
    let code = Code::new(reason.code());
    match reason {
        Reason::Refused(refusal) => {
            let inner = of_refusal(refusal);
            Code { code: format!("refused-{}", inner.code), values: inner.values }
        }
        Reason::BadNumber { name } => code.text("name", *name),
        Reason::BreakNotHandled(found) | Reason::BreakHandled(found) => {
            let kind = match found.kind {
                BreakKind::Definition => "definition",
                BreakKind::Border => "border",
                BreakKind::Collection => "collection",
            };
            code.text("kind", kind).whole("period", found.period)
        }
        Reason::TooFewPeriodsBefore { found, needed } => code.count("found", *found).count("needed", *needed),
        Reason::FewPeriodsBefore { found, ample } => code.count("found", *found).count("ample", *ample),
        Reason::TooFewDonors { found, least_p_value } => {
            code.count("found", *found).number("least", *least_p_value)
        }
        Reason::PoorFit { relative }
        | Reason::FarFromHull { relative }
        | Reason::WeakFit { relative }
        | Reason::OutsideHull { relative } => code.number("percent", 100.0 * relative),
        Reason::MostMoved { share } | Reason::ManyMoved { share } => code.number("percent", 100.0 * share),
        Reason::Concentrated { effective } => code.number("effective", *effective),
        Reason::RestsOnOneDonor { low, high } => code.number("low", *low).number("high", *high),
        Reason::EffectBeforeStart { backdated } => code.number("backdated", *backdated),
        Reason::Deviates { count } => code.count("count", *count),
        Reason::Unusual { p_value, alpha } | Reason::NotUnusual { p_value, alpha } => {
            code.number("p", *p_value).number("alpha", *alpha)
        }
        Reason::WouldHaveBeenSeen { detectable, relevant } => {
            code.number("detectable", *detectable).number("relevant", *relevant)
        }
        Reason::CouldHaveBeenMissed { detectable, relevant } => {
            let code = match detectable {
                Some(detectable) => code.number("detectable", *detectable),
                None => code.text("detectable", ""),
            };
            match relevant {
                Some(relevant) => code.number("relevant", *relevant),
                None => code.text("relevant", ""),
            }
        }
        Reason::NoPeriodAfter | Reason::FitUnknown | Reason::NoRing | Reason::NoLockedPlan => code,
    }
}
