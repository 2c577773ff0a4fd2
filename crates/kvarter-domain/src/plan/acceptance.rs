//! Acceptance: that a named partner has accepted a goal, as it was worded then.
//!
//! ”Enligt dessa kriterier bör målen vara: … Accepterade” (§ 4). An acceptance is a dated act by a partner that was
//! in the partnership that day, of the goal's terms ([`super::goal::Goal::wording`]); a goal whose terms change
//! has to be accepted anew.

use crate::ids::{AgreementId, Digest, PersonId};
use crate::problem::{Problem, Problems};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// That a partner accepted a goal (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalAcceptance {
    /// The agreement.
    pub agreement: AgreementId,
    /// The district's code.
    pub district: String,
    /// The goal's id in the series.
    pub goal: String,
    /// The goal's terms as they were accepted.
    pub wording: Digest,
    /// The partner.
    pub partner: String,
    /// The partner's name that day.
    pub partner_name: String,
    /// The day it was accepted.
    pub accepted_on: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// What shows it, where someone else than the partner registered it: minutes, a letter.
    pub evidence: Option<String>,
    /// Who registered it.
    pub person: PersonId,
}

/// A partner as an acceptance needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The partner's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The first day in the partnership.
    pub from: Date,
    /// The last day in it, if it has left.
    pub last: Option<Date>,
}

impl Party {
    /// Whether it was in the partnership on a day.
    pub fn is_in(&self, day: Date) -> bool {
        self.from <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// Checks an acceptance: by someone in the partnership that day, of a goal that says something, not in the future.
///
/// # Errors
/// Everything that cannot be right.
pub fn check(
    acceptance: &GoalAcceptance,
    goal: Option<&super::goal::Goal>,
    partners: &[Party],
    today: Date,
) -> Result<(), Problems> {
    let mut problems = Problems::none();
    match goal {
        None => problems.add(Problem::new("acceptance-of-no-goal", "goal").with("goal", &acceptance.goal)),
        Some(goal) => {
            problems.add_if(
                goal.statement.trim().is_empty() || goal.target.is_none() || goal.by.is_none(),
                || {
                    Problem::new("acceptance-of-unfinished-goal", "goal")
                        .resting_on("4")
                        .with("goal", &goal.id)
                },
            );
            problems.add_if(goal.wording() != acceptance.wording, || {
                Problem::new("acceptance-of-other-words", "goal").resting_on("4").with("goal", &goal.id)
            });
        }
    }
    let partner: Vec<&Party> = partners.iter().filter(|partner| partner.id == acceptance.partner).collect();
    if partner.is_empty() {
        problems
            .add(Problem::new("acceptance-by-no-partner", "partner").with("partner", &acceptance.partner));
    } else if !partner.iter().any(|partner| partner.is_in(acceptance.accepted_on)) {
        let last = partner.iter().filter_map(|partner| partner.last).max();
        let code = if last.is_some_and(|last| last < acceptance.accepted_on) {
            "acceptance-by-former-partner"
        } else {
            "acceptance-before-partner-joined"
        };
        problems.add(
            Problem::new(code, "partner")
                .resting_on("3")
                .with("partner", &partner[0].name)
                .with("day", acceptance.accepted_on)
                .with("last", last.map(|day| day.to_string()).unwrap_or_default()),
        );
    }
    problems.add_if(acceptance.accepted_on > today, || {
        Problem::new("day-in-the-future", "accepted_on")
            .with("day", acceptance.accepted_on)
            .with("today", today)
    });
    problems.or(())
}
