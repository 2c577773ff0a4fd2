//! The script of the demonstration, read, and which of its steps are done.
//!
//! Whether a step is done is read from the facts, so a visitor may do some of them by hand.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use kvarter_domain::agreement::Life;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::duty::{AgreedDay, Discharge, Extension};
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
    pub(super) person: Vec<Someone>,
    pub(super) step: Vec<Line>,
    pub(super) text: BTreeMap<String, Text>,
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

pub(super) fn script() -> Script {
    toml::from_str(SCRIPT).expect("the script is part of the program and a test reads it")
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

/// Facts by which a step is known to be done.
pub(super) struct Done {
    pub(super) discharges: Vec<Discharge>,
    pub(super) extensions: Vec<Extension>,
    pub(super) days: Vec<AgreedDay>,
}

impl Script {
    /// The organisation that one of the script's people acts for.
    pub(super) fn organisation_of(&self, key: &str) -> OrganisationId {
        let someone = self.person.iter().find(|p| p.key == key);
        someone.map_or_else(|| self.municipality.clone(), |p| p.organisation.clone())
    }
}

impl Done {
    pub(super) fn has(&self, step: &Step, life: Option<&Life>, id: &AgreementId) -> bool {
        let on = step.at.date();
        let duty = |pattern: &str| duty_id(id, pattern, step.district.as_ref());
        match (&step.what, life) {
            (What::Issue { .. }, life) => life.is_some(),
            (_, None) => false,
            (What::Approve { party, .. }, Some(life)) => life.approval(*party).is_some(),
            (What::Attest { party, .. }, Some(life)) => Mark::BOTH.into_iter().all(|mark| {
                life.signature(*party, mark).is_some() && life.pages_without_initials(*party, mark).is_empty()
            }),
            (What::Send, Some(life)) => life.sent.is_some(),
            (What::Receive { .. }, Some(life)) => !life.receipts.is_empty(),
            (What::Keep { .. }, Some(life)) => {
                life.custody.iter().any(|c| c.holder == life.agreement.municipality)
            }
            (What::SendBack { .. }, Some(life)) => !life.returns.is_empty(),
            (What::RegisterReturn { .. }, Some(life)) => !life.returned.is_empty(),
            (What::Meet { duty: pattern, .. }, _) => {
                let wanted = duty(pattern);
                self.discharges.iter().any(|d| d.duty == wanted && d.met_on == on && d.by == step.of)
            }
            (What::Extend { duty: pattern, .. }, _) => {
                let wanted = duty(pattern);
                self.extensions.iter().any(|e| e.duty == wanted)
            }
            (What::AgreeDay { duty: pattern, .. }, _) => {
                let wanted = duty(pattern);
                self.days.iter().any(|d| d.duty == wanted && d.by == step.of)
            }
        }
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
}
