//! The script of the demonstration, read. Which of its steps are done is told in [`super::done`].
//!
//! What the partnership, its plans and its collaboration agreements say stands in files of their own; a line of
//! the script says on which day whatever those files have for that day is registered, and by whom.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::{AgreementId, DutyId, OrganisationId, ProgrammeId};
use kvarter_domain::person::Role;
use kvarter_domain::signing::{Mark, Party};
use serde::Deserialize;

const SCRIPT: &str = include_str!("../../demo/lua-2008.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    pub(super) programme: ProgrammeId,
    pub(super) municipality: OrganisationId,
    #[serde(deserialize_with = "civil")]
    pub(super) stops: DateTime,
    pub(super) mark: String,
    pub(super) authority: Vec<Authority>,
    pub(super) person: Vec<Someone>,
    pub(super) step: Vec<Line>,
    pub(super) text: BTreeMap<String, Text>,
}

/// A state authority whose people can sign in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authority {
    pub(super) name: String,
    pub(super) orgnr: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Someone {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) organisation: OrganisationId,
    pub(super) role: Role,
    #[serde(deserialize_with = "civil_day")]
    pub(super) from: Date,
    pub(super) evidence: Option<String>,
}

/// A line of the script; with `each_district` it stands for a step in every district, but for the exceptions,
/// or in those named alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(deserialize_with = "civil")]
    pub(super) at: DateTime,
    pub(super) by: String,
    #[serde(default)]
    pub(super) each_district: bool,
    #[serde(default)]
    pub(super) except: Vec<String>,
    #[serde(default)]
    pub(super) only: Vec<String>,
    pub(super) r#do: What,
}

impl Line {
    /// Whether the line stands for a step in the district with that code.
    pub(super) fn concerns(&self, code: &str) -> bool {
        let named = |codes: &[String]| codes.iter().any(|c| c == code);
        !named(&self.except) && (self.only.is_empty() || named(&self.only))
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "snake_case", deny_unknown_fields)]
pub(super) enum What {
    Issue {
        reference: String,
        offer_reference: String,
        quote_on_return: String,
        offer_decision: String,
    },
    Approve {
        party: Party,
        body: String,
        paragraph: Option<String>,
        reference: Option<String>,
        authorised_by: Option<String>,
        decision: Option<String>,
    },
    Attest {
        party: Party,
        signatory: String,
        place: String,
    },
    Send,
    Receive {
        number: String,
        register: String,
        routed_to: String,
    },
    Keep {
        mark: Mark,
        place: String,
    },
    SendBack {
        mark: Mark,
        quoted: String,
    },
    RegisterReturn {
        mark: Mark,
    },
    Meet {
        duty: String,
        note: Option<String>,
        link: Option<String>,
        text: Option<String>,
        #[serde(default, deserialize_with = "civil_day_or_none")]
        occurred_on: Option<Date>,
    },
    Extend {
        duty: String,
        #[serde(deserialize_with = "civil_day")]
        until: Date,
        reference: String,
        reason: String,
    },
    AgreeDay {
        duty: String,
        #[serde(deserialize_with = "civil_day")]
        day: Date,
        reference: String,
    },
    LoadStatistics,
    InvitePartners,
    AnswerInvitations,
    JoinPartners,
    LeavePartnership,
    DescribeOrganisation,
    FormGroups,
    MeetPartners,
    Consult,
    HoldDialogues,
    AnswerDialogues,
    RaiseNeeds,
    AnswerNeeds,
    WritePlan {
        edition: Edition,
    },
    AcceptGoals {
        edition: Edition,
        evidence: Option<String>,
    },
    AdoptPlan {
        edition: Edition,
        decided: String,
        unchanged: Option<String>,
    },
    ReportPlan {
        edition: Edition,
    },
    DrawUpCollaborations,
    SignCollaborations {
        municipality: String,
        partner: String,
    },
    FindCollaborationNeeds {
        reason: String,
    },
    ConfirmCollaborations,
    ReportCollaborations,
}

/// Which of a district's plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Edition {
    /// That of 2008.
    First,
    /// That of 2009.
    Revised,
    /// That of 2010, which says the same as the one before.
    Renewed,
}

impl Edition {
    /// The number of its version, where nobody has adopted one by hand.
    pub(super) fn serial(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Revised => 2,
            Self::Renewed => 3,
        }
    }
}

fn civil<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<DateTime, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

fn civil_day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Date, D::Error> {
    let day = toml::value::Datetime::deserialize(deserializer)?;
    day.to_string().parse().map_err(serde::de::Error::custom)
}

fn civil_day_or_none<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Date>, D::Error> {
    civil_day(deserializer).map(Some)
}

pub(super) fn script() -> &'static Script {
    static READ: LazyLock<Script> = LazyLock::new(|| {
        toml::from_str(SCRIPT).expect("the script is part of the program and a test reads it")
    });
    &READ
}

/// A step of the script, for one district where it concerns one.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) at: DateTime,
    pub(super) by: String,
    /// The organisation that whoever takes it acts for.
    pub(super) of: OrganisationId,
    pub(super) what: What,
    pub(super) district: Option<AgreementDistrict>,
}

impl Script {
    /// The organisation that one of the script's people acts for.
    pub(super) fn organisation_of(&self, key: &str) -> OrganisationId {
        let someone = self.person.iter().find(|p| p.key == key);
        someone.map_or_else(|| self.municipality.clone(), |p| p.organisation.clone())
    }
}

pub(super) fn duty_id(
    agreement: &AgreementId,
    pattern: &str,
    district: Option<&AgreementDistrict>,
) -> DutyId {
    DutyId::new(format!("{agreement}/{}", filled(pattern, district)))
}

pub(super) fn filled(text: &str, district: Option<&AgreementDistrict>) -> String {
    match district {
        Some(district) => text.replace("{code}", &district.code).replace("{district}", &district.name),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_reads_and_its_steps_come_in_order_of_time() {
        let script = script();
        assert!(script.step.windows(2).all(|pair| pair[0].at <= pair[1].at));
        for line in &script.step {
            assert!(script.person.iter().any(|p| p.key == line.by), "{} acts and is nobody", line.by);
        }
    }

    #[test]
    fn every_text_is_used_and_every_use_has_its_text() {
        let script = script();
        let mut used: Vec<&str> = Vec::new();
        for line in &script.step {
            if let What::Meet { text: Some(text), .. } = &line.r#do {
                used.push(text);
            }
        }
        used.sort_unstable();
        used.dedup();
        assert_eq!(script.text.keys().map(String::as_str).collect::<Vec<_>>(), used);
    }

    #[test]
    fn whatever_the_partnership_does_has_a_line_on_its_day() {
        let content = crate::demo::partners::content();
        let has = |on: Date, what: fn(&What) -> bool| {
            script().step.iter().any(|line| line.at.date() == on && what(&line.r#do))
        };
        for partner in &content.partner {
            let invited = partner.invited_on.is_none_or(|on| has(on, |w| matches!(w, What::InvitePartners)));
            let answered =
                partner.answered_on.is_none_or(|on| has(on, |w| matches!(w, What::AnswerInvitations)));
            let by_answer = partner.from.is_some() && partner.from == partner.answered_on;
            let joined =
                by_answer || partner.from.is_none_or(|on| has(on, |w| matches!(w, What::JoinPartners)));
            let left = partner.last.is_none_or(|on| has(on, |w| matches!(w, What::LeavePartnership)));
            assert!(invited && answered && joined && left, "{}", partner.key);
        }
        for one in &content.description {
            assert!(has(one.from, |w| matches!(w, What::DescribeOrganisation)), "{}", one.from);
        }
        for group in &content.group {
            assert!(has(group.from, |w| matches!(w, What::FormGroups)), "{}", group.key);
        }
        for meeting in &content.meeting {
            assert!(has(meeting.on, |w| matches!(w, What::MeetPartners)), "{}", meeting.key);
        }
        for dialogue in &content.dialogue {
            assert!(has(dialogue.on, |w| matches!(w, What::HoldDialogues)), "{}", dialogue.said);
            for response in &dialogue.responses {
                assert!(has(response.on, |w| matches!(w, What::AnswerDialogues)), "{}", response.done);
            }
        }
        for need in &content.need {
            assert!(has(need.on, |w| matches!(w, What::RaiseNeeds)), "{}", need.words);
            for answer in &need.answers {
                assert!(has(answer.on, |w| matches!(w, What::AnswerNeeds)), "{}", answer.words);
            }
        }
        for one in &content.regional {
            assert!(has(one.on, |w| matches!(w, What::Consult)), "{}", one.outcome);
        }
        for version in content.collaboration.iter().flat_map(|one| &one.version) {
            let on = version.concluded_on;
            assert!(has(on, |w| matches!(w, What::DrawUpCollaborations)), "{on}");
            assert!(has(on, |w| matches!(w, What::SignCollaborations { .. })), "{on}");
            let confirmed =
                version.confirmed_on.is_none_or(|on| has(on, |w| matches!(w, What::ConfirmCollaborations)));
            let reported =
                version.reported_on.is_none_or(|on| has(on, |w| matches!(w, What::ReportCollaborations)));
            assert!(confirmed && reported, "{on}");
        }
    }
}
