//! The registry (diarium): matters, records, secrecy markings, and what the public may see.
//!
//! Offentlighets- och sekretesslagen (2009:400) 5 kap. 2 § names what must be registered of a record: the
//! day it was received or drawn up, its number, its sender or recipient, and briefly what it is about. It
//! also says that sender and subject may be left out, or kept apart, where that is needed to keep the
//! register open; here they are kept apart, by the secrecy marking of 5 kap. 5 § (provision, day and
//! authority). Numbers are opaque: each organisation writes them its own way.

use crate::ids::{AgreementId, Digest, MatterId, OrganisationId, RecordId};
use crate::problem::{Problem, Problems};
use crate::text::squeeze;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A matter (ärende) in one organisation's register (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The matter's id.
    pub id: MatterId,
    /// Whose register it stands in.
    pub organisation: OrganisationId,
    /// Which of the organisation's registers (an organisation may keep several).
    pub register: String,
    /// The matter's number, exactly as the organisation writes it.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The day it was opened.
    pub opened_on: Date,
}

impl Matter {
    /// The id of the matter with this number in this register: what the three spell when written in plain
    /// letters, digits and hyphens, so that it can stand in an address.
    pub fn id_of(organisation: &OrganisationId, register: &str, number: &str) -> MatterId {
        let parts = [slug(organisation.as_str()), slug(register), slug(number)];
        MatterId::new(parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("-"))
    }
}

/// Text in plain letters, digits and single hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'å' | 'ä' => slug.push('a'),
            'ö' => slug.push('o'),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Which way a record went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Received (inkommen).
    In,
    /// Sent (expedierad).
    Out,
    /// Drawn up and kept (upprättad).
    Internal,
}

impl Direction {
    /// The direction's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Internal => "internal",
        }
    }
}

/// A record (handling) in a register (fact). OSL 5 kap. 2 §.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The record's id.
    pub id: RecordId,
    /// The matter it belongs to.
    pub matter: MatterId,
    /// Its running number in the matter, from 1.
    pub serial: i64,
    /// The agreement it concerns, if it concerns one.
    pub agreement: Option<AgreementId>,
    /// Which way it went.
    pub direction: Direction,
    /// The day it was received or drawn up (5 kap. 2 § 1).
    pub day: Date,
    /// The day it bears itself, where that is another: a letter of the 18th received on the 25th.
    pub dated: Option<Date>,
    /// From whom it came or to whom it went (5 kap. 2 § 3).
    pub counterpart: Option<String>,
    /// Briefly what it is about (5 kap. 2 § 4).
    pub subject: String,
    /// The counterpart's reference number, exactly as written.
    pub their_reference: Option<String>,
    /// Who in the organisation it was passed to (the stamp's ”Till: 22”).
    pub routed_to: Option<String>,
    /// The document itself, if it is kept here.
    pub document: Option<Digest>,
}

impl Record {
    /// The id of the record with this running number in a matter.
    pub fn id_of(matter: &MatterId, serial: i64) -> RecordId {
        RecordId::new(format!("{matter}-{serial}"))
    }
}

/// A document that is kept (fact); its bytes lie in the blob store under its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Media type, such as `application/pdf`.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// Number of pages, where it has pages.
    pub pages: Option<i64>,
    /// The name it is offered under, such as `avtal-0180-a.pdf`.
    pub name: String,
}

/// What of a record a secrecy marking keeps apart from the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Separated {
    /// Sender or recipient.
    Counterpart,
    /// The subject.
    Subject,
    /// The document.
    Document,
}

impl Separated {
    /// Everything that can be kept apart. Day and number never can (5 kap. 2 §).
    pub const ALL: [Self; 3] = [Self::Counterpart, Self::Subject, Self::Document];

    /// The field's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counterpart => "counterpart",
            Self::Subject => "subject",
            Self::Document => "document",
        }
    }
}

/// A secrecy marking on a record (fact). OSL 5 kap. 5 §: provision, day, and the authority that marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrecy {
    /// The record.
    pub record: RecordId,
    /// The running number of the marking on that record, from 1; the latest holds.
    pub serial: i64,
    /// The provision, such as `OSL 21 kap. 1 §`; absent when the marking is lifted.
    pub provision: Option<String>,
    /// The day of the marking.
    pub marked_on: Date,
    /// The authority that marked.
    pub authority: OrganisationId,
    /// What is kept apart.
    pub separates: BTreeSet<Separated>,
}

/// A record as it is shown: to the public with fields kept apart, to its own people whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordView {
    /// The record's id.
    pub id: RecordId,
    /// The matter's organisation.
    pub organisation: OrganisationId,
    /// Which of its registers.
    pub register: String,
    /// The matter's number and the record's running number.
    pub number: String,
    /// The agreement it concerns.
    pub agreement: Option<AgreementId>,
    /// Which way it went.
    pub direction: Direction,
    /// The day it was received or drawn up.
    pub day: Date,
    /// The day it bears.
    pub dated: Option<Date>,
    /// Sender or recipient; absent when kept apart or not known.
    pub counterpart: Option<String>,
    /// The subject; absent when kept apart.
    pub subject: Option<String>,
    /// The counterpart's reference number.
    pub their_reference: Option<String>,
    /// Who it was passed to.
    pub routed_to: Option<String>,
    /// The document; absent when kept apart or not kept here.
    pub document: Option<Digest>,
    /// What has been kept apart in this view.
    pub separated: BTreeSet<Separated>,
    /// The marking that holds, if any: that there is one is public.
    pub secrecy: Option<Secrecy>,
}

impl RecordView {
    /// Keeps fields apart in this view.
    pub fn keep_apart(&mut self, fields: &BTreeSet<Separated>) {
        if fields.contains(&Separated::Counterpart) {
            self.counterpart = None;
            // A reference number or a routing can give the sender away.
            self.their_reference = None;
            self.routed_to = None;
        }
        if fields.contains(&Separated::Subject) {
            self.subject = None;
        }
        if fields.contains(&Separated::Document) {
            self.document = None;
        }
        self.separated.extend(fields);
    }
}

/// A record with its matter and the markings on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The matter.
    pub matter: Matter,
    /// The record.
    pub record: Record,
    /// Markings, in any order.
    pub secrecy: Vec<Secrecy>,
}

impl Filed {
    /// The marking that holds now: the latest, unless the latest lifts it.
    pub fn marking(&self) -> Option<&Secrecy> {
        self.secrecy.iter().max_by_key(|s| s.serial).filter(|s| s.provision.is_some())
    }

    /// The number of the record: the matter's own, and the running number after a hyphen.
    pub fn number(&self) -> String {
        format!("{}-{}", self.matter.number, self.record.serial)
    }

    /// The record as its own organisation sees it (`whole`), or as the public does.
    pub fn view(&self, whole: bool) -> RecordView {
        let marking = self.marking();
        let separated = match marking {
            Some(marking) if !whole => marking.separates.clone(),
            _ => BTreeSet::new(),
        };
        let mut view = RecordView {
            id: self.record.id.clone(),
            organisation: self.matter.organisation.clone(),
            register: self.matter.register.clone(),
            number: self.number(),
            agreement: self.record.agreement.clone(),
            direction: self.record.direction,
            day: self.record.day,
            dated: self.record.dated,
            counterpart: self.record.counterpart.clone(),
            subject: Some(self.record.subject.clone()),
            their_reference: self.record.their_reference.clone(),
            routed_to: self.record.routed_to.clone(),
            document: self.record.document.clone(),
            separated: BTreeSet::new(),
            secrecy: marking.cloned(),
        };
        view.keep_apart(&separated);
        view
    }
}

/// Checks what a registrar writes before it is registered.
///
/// # Errors
/// Every field that is missing or cannot be right.
pub fn check_record(record: &Record, matter: &Matter, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(squeeze(&matter.number).is_empty(), || {
        Problem::new("record-without-number", "number").resting_on("OSL 5:2")
    });
    problems.add_if(squeeze(&record.subject).is_empty(), || {
        Problem::new("record-without-subject", "subject").resting_on("OSL 5:2")
    });
    let named = record.counterpart.as_deref().is_some_and(|c| !squeeze(c).is_empty());
    problems.add_if(record.direction != Direction::Internal && !named, || {
        Problem::new("record-without-counterpart", "counterpart").resting_on("OSL 5:2")
    });
    problems.add_if(record.day > today, || {
        Problem::new("day-in-the-future", "day").with("day", record.day).with("today", today)
    });
    problems.add_if(record.dated.is_some_and(|dated| dated > record.day), || {
        Problem::new("record-dated-after-received", "dated").with("day", record.day)
    });
    problems.or(())
}

/// Checks a secrecy marking: a marking without its provision is none (OSL 5 kap. 5 §).
///
/// # Errors
/// What is missing.
pub fn check_secrecy(secrecy: &Secrecy, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let lifts = secrecy.provision.is_none() && secrecy.separates.is_empty();
    let provision = secrecy.provision.as_deref().map(squeeze).unwrap_or_default();
    problems.add_if(!lifts && provision.is_empty(), || {
        Problem::new("secrecy-without-provision", "provision").resting_on("OSL 5:5")
    });
    problems.add_if(!lifts && secrecy.separates.is_empty(), || {
        Problem::new("secrecy-separates-nothing", "separates").resting_on("OSL 5:5")
    });
    problems.add_if(secrecy.marked_on > today, || {
        Problem::new("day-in-the-future", "marked_on").with("day", secrecy.marked_on).with("today", today)
    });
    problems.or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date in a test")
    }

    fn letter() -> Filed {
        Filed {
            matter: Matter {
                id: "m".into(),
                organisation: "0180".into(),
                register: "KF/KS".into(),
                number: "539-1756/2008".into(),
                title: "Lokalt utvecklingsavtal".into(),
                opened_on: day("2008-09-25"),
            },
            record: Record {
                id: "r".into(),
                matter: "m".into(),
                serial: 1,
                agreement: None,
                direction: Direction::In,
                day: day("2008-09-25"),
                dated: Some(day("2008-09-18")),
                counterpart: Some("Integrations- och jämställdhetsdepartementet".into()),
                subject: "Undertecknande av lokalt utvecklingsavtal".into(),
                their_reference: Some("IJ2008/1818/IU".into()),
                routed_to: Some("22".into()),
                document: Some(Digest::of(b"letter")),
            },
            secrecy: vec![],
        }
    }

    fn marking(serial: i64, provision: Option<&str>, separates: &[Separated]) -> Secrecy {
        Secrecy {
            record: "r".into(),
            serial,
            provision: provision.map(Into::into),
            marked_on: day("2008-09-26"),
            authority: "0180".into(),
            separates: separates.iter().copied().collect(),
        }
    }

    #[test]
    fn a_marked_record_keeps_its_day_and_number_and_hides_what_the_marking_names() {
        let mut filed = letter();
        filed.secrecy = vec![marking(1, Some("OSL 21 kap. 1 §"), &Separated::ALL)];
        let public = filed.view(false);
        assert_eq!((public.day, public.number.as_str()), (day("2008-09-25"), "539-1756/2008-1"));
        assert_eq!((public.counterpart, public.subject, public.document), (None, None, None));
        assert_eq!(public.their_reference, None, "the sender's number would give the sender away");
        assert!(public.secrecy.is_some(), "that a marking exists is public");
        assert!(filed.view(true).subject.is_some());
    }

    #[test]
    fn a_matters_id_can_stand_in_an_address() {
        let id = Matter::id_of(&"0180".into(), "KF/KS Känsli", "539-1756/2008");
        assert_eq!(id.as_str(), "0180-kf-ks-kansli-539-1756-2008");
        assert_eq!(Record::id_of(&id, 2).as_str(), "0180-kf-ks-kansli-539-1756-2008-2");
    }

    #[test]
    fn a_lifted_marking_hides_nothing() {
        let mut filed = letter();
        filed.secrecy = vec![marking(2, None, &[]), marking(1, Some("OSL 21 kap. 1 §"), &Separated::ALL)];
        assert_eq!(filed.marking(), None);
        assert!(filed.view(false).subject.is_some());
    }

    #[test]
    fn all_that_is_wrong_with_a_record_is_said_at_once() {
        let mut filed = letter();
        filed.record.subject = "  ".into();
        filed.record.counterpart = None;
        filed.record.dated = Some(day("2008-12-24"));
        filed.matter.number = String::new();
        let problems =
            check_record(&filed.record, &filed.matter, day("2008-09-24")).expect_err("five faults");
        let codes: Vec<_> = problems.0.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "record-without-number",
                "record-without-subject",
                "record-without-counterpart",
                "day-in-the-future",
                "record-dated-after-received"
            ]
        );
    }

    #[test]
    fn a_marking_without_a_provision_is_refused() {
        let bad = marking(1, Some(" "), &[]);
        assert_eq!(check_secrecy(&bad, day("2008-10-01")).expect_err("bad").0.len(), 2);
    }
}
