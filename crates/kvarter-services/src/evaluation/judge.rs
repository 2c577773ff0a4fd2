//! From what was found to what may be said: the evidence put together, and judged by the numbers' own crate.

use kvarter_evaluation::plan::PlannedMethod;
use kvarter_evaluation::verdict::{self, Evidence, Finding, Grade, Limits};

use super::asked::Circumstances;
use super::code::{Code, gravity, of_reason};
use super::found::Found;
use super::resolve::Resolved;
use super::study::{Verdict, Weighed};

/// Judges. `deviations` is how many there are from a locked plan; nothing where none was locked.
pub(super) fn judge(
    found: &Found,
    resolved: &Resolved,
    circumstances: &Circumstances,
    deviations: Option<usize>,
) -> Verdict {
    let (Some(effect), Some(p_value)) = (found.estimate.value, found.test.p_value.value) else {
        return undetermined(found);
    };
    let plan = &resolved.plan;
    let fit = found.fit.value;
    let diagnosed = found.diagnostics.value.as_ref();
    let left = found.leave_one_out.value.as_ref().filter(|left| !left.is_empty());
    let evidence = Evidence {
        intended: plan.intended,
        effect,
        p_value,
        // A test from a standard error has no least p-value.
        least_p_value: found.test.least_p_value.unwrap_or(0.0),
        adjusted_p_value: None,
        alpha: plan.alpha,
        periods_before: found.periods_before,
        periods_after: found.periods_after,
        donors: found.comparison_units,
        relative_fit: fit.and_then(|fit| fit.relative),
        // Synthetic difference-in-differences has a level of its own and need not lie among the donors.
        relative_hull_distance: diagnosed
            .filter(|_| plan.method != PlannedMethod::Sdid)
            .and_then(|told| told.relative_hull_distance),
        effective_donors: diagnosed.map(|told| told.effective_donors),
        leave_one_out: left.map(|left| {
            let effects = left.iter().map(|one| one.effect);
            (effects.clone().fold(f64::INFINITY, f64::min), effects.fold(f64::NEG_INFINITY, f64::max))
        }),
        backdated_effect: found.in_time.value.as_ref().map(|told| told.effect),
        detectable: found.detectable.value.map(|told| told.effect),
        relevant: plan.relevant,
        breaks: circumstances.breaks.iter().map(super::asked::KnownBreak::evidence).collect(),
        window: plan.window,
        movers: circumstances.movers,
        ring_excluded: circumstances.ring_excluded,
        deviations,
    };
    let told = verdict::judge(&evidence, &Limits::default());
    let (finding, direction) = match told.finding {
        Finding::AsIntended(direction) if resolved.intended_said => ("as-intended", Some(direction)),
        Finding::Against(direction) if resolved.intended_said => ("against", Some(direction)),
        Finding::AsIntended(direction) | Finding::Against(direction) => ("effect", Some(direction)),
        Finding::None => ("none", None),
        Finding::Undetermined => ("undetermined", None),
    };
    let reasons = told.reasons.iter();
    Verdict {
        grade: letter(told.grade),
        finding,
        direction,
        reasons: reasons
            .map(|reason| Weighed { gravity: gravity(reason.gravity()), code: of_reason(reason) })
            .collect(),
    }
}

/// Where there is no estimate, or nothing to hold it against.
fn undetermined(found: &Found) -> Verdict {
    let mut reasons: Vec<Weighed> = found
        .refused
        .iter()
        .map(|why| Weighed {
            gravity: "blocks",
            code: Code { code: format!("refused-{}", why.code), values: why.values.clone() },
        })
        .collect();
    if reasons.is_empty() {
        reasons.push(Weighed { gravity: "blocks", code: Code::new("no-p-value") });
        if let Some(why) = &found.test.p_value.reason {
            let code = Code { code: format!("refused-{}", why.code), values: why.values.clone() };
            reasons.push(Weighed { gravity: "blocks", code });
        }
    }
    Verdict { grade: 'E', finding: "undetermined", direction: None, reasons }
}

fn letter(grade: Grade) -> char {
    match grade {
        Grade::A => 'A',
        Grade::B => 'B',
        Grade::C => 'C',
        Grade::D => 'D',
        Grade::E => 'E',
    }
}
