//! The demonstration's partnership and its collaboration agreements: data beside this file, read.
//!
//! Partners stand by a short key, the last part of their ids; goals and interventions by their ids in the plans.

use std::sync::LazyLock;

use jiff::civil::Date;
use kvarter_domain::collaboration::Who;
use kvarter_domain::partnership::{Answer, Basis, Category, Decision, DialogueKind, Mode, RegionalKind};
use serde::Deserialize;

const PARTNERSHIP: &str = include_str!("partnership.toml");

/// Everything that the demonstration enters of its partnership, in the order in which it happened within each kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The day on which the partners accepted the goals of the first plans.
    pub accepted_first_on: Date,
    /// The day on which they accepted those of the revisions.
    pub accepted_revised_on: Date,
    /// Who was invited, joined and left.
    pub partner: Vec<Partner>,
    /// How the work is organised.
    pub description: Vec<Description>,
    /// Working groups.
    pub group: Vec<Group>,
    /// Meetings.
    pub meeting: Vec<Meeting>,
    /// Dialogues with residents.
    pub dialogue: Vec<Dialogue>,
    /// Needs put to the state.
    pub need: Vec<Need>,
    /// Contacts beyond the districts.
    pub regional: Vec<Regional>,
    /// Collaboration agreements.
    pub collaboration: Vec<Collaboration>,
}

/// A partner, from the invitation on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// The last part of its id.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What kind of actor it is.
    pub category: Category,
    /// Which of the partners that the programme asks for it is.
    pub required_as: Option<String>,
    /// As what it takes part.
    pub mode: Mode,
    /// On what ground.
    pub basis: Basis,
    /// The decision that orders it to.
    pub decision_reference: Option<String>,
    /// The day it was invited, if it was.
    pub invited_on: Option<Date>,
    /// What it was asked for.
    pub invitation: Option<String>,
    /// What it answered.
    pub answer: Option<Answer>,
    /// When.
    pub answered_on: Option<Date>,
    /// On what terms, or why not.
    pub answer_note: Option<String>,
    /// The first day in the partnership; none if it never joined.
    pub from: Option<Date>,
    /// The last day, if it left.
    pub last: Option<Date>,
    /// Why it left.
    pub reason: Option<String>,
}

/// How the work is organised, from a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// From when.
    pub from: Date,
    /// In words.
    pub words: String,
}

/// A working group.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What meetings call it by.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The district it works for.
    pub district: String,
    /// What it is to do.
    pub task: String,
    /// From when.
    pub from: Date,
    /// The partners in it, by key.
    pub members: Vec<String>,
}

/// A meeting, with what was decided.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// What other entries call it by.
    pub key: String,
    /// The group that met, by key; none when the partnership itself did.
    pub group: Option<String>,
    /// When.
    pub on: Date,
    /// The partners that were there, by key.
    pub present: Vec<String>,
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// The plans that it adopted.
    #[serde(default)]
    pub adopts: Vec<Adoption>,
}

/// That a decision adopted a district's plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The district's code.
    pub district: String,
    /// The decision's number.
    pub decision: String,
}

/// A dialogue with residents, and what came of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    /// What it was about.
    pub kind: DialogueKind,
    /// The district's code.
    pub district: String,
    /// When.
    pub on: Date,
    /// In which form.
    pub form: String,
    /// The theme.
    pub theme: String,
    /// What residents said.
    pub said: String,
    /// What was done for it; none yet where it is empty.
    pub responses: Vec<Response>,
}

/// What was done for what residents said.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// When.
    pub on: Date,
    /// What.
    pub done: String,
}

/// A need put to the state, and its answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// When.
    pub on: Date,
    /// The district, where it concerns one.
    pub district: Option<String>,
    /// The partner that raised it, by key, where it was not the municipality.
    pub partner: Option<String>,
    /// To whom.
    pub addressed_to: String,
    /// What is needed, and why.
    pub words: String,
    /// The state's answers; none yet where it is empty.
    pub answers: Vec<StateAnswer>,
}

/// What the state answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateAnswer {
    /// When.
    pub on: Date,
    /// In words.
    pub words: String,
}

/// A contact beyond the districts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regional {
    /// What it was for.
    pub kind: RegionalKind,
    /// With whom.
    pub counterpart: String,
    /// When.
    pub on: Date,
    /// What came of it.
    pub outcome: String,
}

/// The collaboration agreements with one partner, version after version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collaboration {
    /// The partner, by key.
    pub partner: String,
    /// The versions, the first first.
    pub version: Vec<Version>,
}

/// A version of a collaboration agreement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The day both signed it.
    pub concluded_on: Date,
    /// The day it was reported to the Government Offices: what is owed is a report of what was revised.
    pub reported_on: Option<Date>,
    /// The number of the plans' versions that its commitments are bound to.
    pub plan_serial: i64,
    /// What it is for.
    pub purpose: String,
    /// From when it holds.
    pub from_day: Date,
    /// Until when.
    pub to_day: Date,
    /// The day it was confirmed unchanged after the plans were revised, if it was.
    pub confirmed_on: Option<Date>,
    /// Why it needed no change.
    pub confirmed_because: Option<String>,
    /// What the parties commit themselves to.
    pub commitments: Vec<Commitment>,
}

/// One thing that is committed to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The district whose plan it is bound to.
    pub district: String,
    /// The goal or intervention, by its id in the plan.
    pub element: String,
    /// Who does it.
    pub who: Who,
    /// What is done.
    pub what: String,
    /// By when.
    pub by: Date,
    /// With which resources.
    pub resources: String,
}

/// The demonstration's partnership.
pub fn content() -> &'static Content {
    static READ: LazyLock<Content> = LazyLock::new(|| {
        toml::from_str(PARTNERSHIP)
            .expect("the demonstration's partnership is part of the program and a test reads it")
    });
    &READ
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::content::{first_plan, revised_plan};
    use kvarter_domain::ids::AgreementId;
    use kvarter_domain::partnership::privacy::check_no_personal_data;
    use kvarter_domain::partnership::slug_of;
    use kvarter_domain::plan::Plan;
    use std::collections::BTreeSet;

    fn plan(district: &str, serial: i64) -> Plan {
        let agreement: AgreementId = "lua-2008/0180".into();
        let plan = if serial == 1 { first_plan } else { revised_plan };
        plan(&agreement, district).expect("the districts have plans")
    }

    /// Whether a partner is in the partnership on a day.
    fn is_in(content: &Content, key: &str, day: Date) -> bool {
        let there = |p: &Partner| {
            p.key == key && p.from.is_some_and(|from| from <= day) && p.last.is_none_or(|last| day <= last)
        };
        content.partner.iter().any(there)
    }

    #[test]
    fn a_partners_key_is_made_from_its_name() {
        for partner in &content().partner {
            assert_eq!(slug_of(&partner.name), partner.key);
        }
    }

    #[test]
    fn who_says_yes_is_in_from_that_day() {
        for partner in &content().partner {
            let joins = partner.answered_on.filter(|_| partner.answer == Some(Answer::Accepted));
            assert!(joins.is_none() || partner.from == joins, "{}", partner.key);
        }
    }

    #[test]
    fn whoever_is_named_was_in_the_partnership_that_day() {
        let content = content();
        let mut named: Vec<(&str, Date)> = Vec::new();
        for group in &content.group {
            named.extend(group.members.iter().map(|key| (key.as_str(), group.from)));
        }
        for meeting in &content.meeting {
            named.extend(meeting.present.iter().map(|key| (key.as_str(), meeting.on)));
        }
        for need in &content.need {
            named.extend(need.partner.iter().map(|key| (key.as_str(), need.on)));
        }
        for one in &content.collaboration {
            named.extend(one.version.iter().map(|version| (one.partner.as_str(), version.concluded_on)));
        }
        let prefix = "lua-2008/0180/";
        for (serial, day) in [(1, content.accepted_first_on), (2, content.accepted_revised_on)] {
            for district in content.group.iter().map(|group| &group.district) {
                for goal in plan(district, serial).goals {
                    for partner in goal.partners {
                        let key = partner.strip_prefix(prefix).expect("an id of the agreement").to_owned();
                        assert!(is_in(content, &key, day), "{district} {} {key}", goal.id);
                    }
                }
            }
        }
        for (key, day) in named {
            assert!(is_in(content, key, day), "{key} on {day}");
        }
    }

    #[test]
    fn every_plan_is_adopted_at_least_twice_each_time_after_residents_were_consulted() {
        let content = content();
        for group in &content.group {
            let adopted: Vec<Date> = content
                .meeting
                .iter()
                .filter(|m| m.adopts.iter().any(|a| a.district == group.district))
                .map(|m| m.on)
                .collect();
            assert!(adopted.len() >= 2, "{}", group.name);
            let consulted = |from: Option<Date>, to: Date| {
                content.dialogue.iter().any(|d| {
                    d.kind == DialogueKind::ConsultationOnPlan
                        && d.district == group.district
                        && d.on <= to
                        && from.is_none_or(|from| d.on > from)
                })
            };
            assert!(consulted(None, adopted[0]));
            assert!(adopted.windows(2).all(|pair| consulted(Some(pair[0]), pair[1])), "{}", group.name);
        }
        for meeting in &content.meeting {
            let numbers: BTreeSet<&str> = meeting.decisions.iter().map(|d| d.number.as_str()).collect();
            assert!(meeting.adopts.iter().all(|a| numbers.contains(a.decision.as_str())), "{}", meeting.key);
        }
    }

    #[test]
    fn a_commitment_is_bound_to_what_stands_in_the_plan() {
        for one in &content().collaboration {
            for version in &one.version {
                for commitment in &version.commitments {
                    let has = |plan: &Plan| {
                        plan.goal(&commitment.element).is_some()
                            || plan.intervention(&commitment.element).is_some()
                    };
                    let bound = plan(&commitment.district, version.plan_serial);
                    assert!(has(&bound), "{} {} {}", one.partner, commitment.district, commitment.element);
                    if version.confirmed_on.is_some() {
                        let later = plan(&commitment.district, version.plan_serial + 1);
                        assert_eq!(
                            bound.intervention(&commitment.element),
                            later.intervention(&commitment.element)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_residents_and_needs_say_points_nobody_out() {
        let content = content();
        for dialogue in &content.dialogue {
            assert!(check_no_personal_data(&dialogue.said, "said").is_empty(), "{}", dialogue.said);
            for response in &dialogue.responses {
                assert!(check_no_personal_data(&response.done, "done").is_empty(), "{}", response.done);
                assert!(response.on >= dialogue.on);
            }
        }
        for need in &content.need {
            assert!(check_no_personal_data(&need.words, "words").is_empty());
            assert!(need.answers.iter().all(|answer| answer.on >= need.on));
        }
    }
}
