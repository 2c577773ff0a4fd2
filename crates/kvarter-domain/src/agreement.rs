//! An agreement's life as dated facts: offered, issued in two originals, dispatched, received, approved,
//! signed and initialled, returned, registered, kept.
//!
//! [`Life`] gathers the facts of one agreement. Nothing here says how the agreement stands: that is worked
//! out from the facts by [`crate::validity`] whenever someone asks. The rules for signing and
//! initialling are in [`crate::signing`].

use crate::correction::Corrected;
use crate::district::{self, AgreementDistrict, District};
use crate::electronic::SignedVersion;
use crate::ids::{AgreementId, Digest, DispatchId, OrganisationId, ProgrammeId, RecordId};
use crate::person::{Mandates, Person};
use crate::problem::{Problem, Problems};
use crate::reference::{self, Match, Reference};
use crate::signing::{Initials, Mark, Party, Scan, Signature};
use crate::text::squeeze;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// That an edition of a programme was taken into use (fact). Its files are kept whole, so that an agreement
/// is always shown by the text that it was signed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The edition: the digest of the programme's files.
    pub edition: Digest,
    /// The programme.
    pub programme: ProgrammeId,
    /// The document that holds the files.
    pub document: Digest,
    /// The day it was taken into use.
    pub adopted_on: Date,
}

/// An agreement that has been issued (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Programme and municipality.
    pub id: AgreementId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The edition of the programme it was issued from: the digest of the definition's files.
    pub edition: Digest,
    /// The municipality that is party to it.
    pub municipality: OrganisationId,
    /// The municipality's name as it stands in the agreement, such as `Stockholms kommun`.
    pub party_name: String,
    /// The organisation that acts for the state.
    pub state: OrganisationId,
    /// The day it was issued.
    pub issued_on: Date,
    /// Reference number of the Government's offer, as written.
    pub offer_reference: String,
    /// What the offer was decided by, where known.
    pub offer_decision: Option<String>,
    /// The name in clear under the state's line.
    pub state_signatory: String,
    /// The name in clear under the municipality's line, if it was known when the agreement was issued.
    pub municipality_signatory: Option<String>,
}

/// One of the two identical originals (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// The agreement.
    pub agreement: AgreementId,
    /// Original A or B.
    pub mark: Mark,
    /// The rendered document.
    pub document: Digest,
    /// Number of pages.
    pub pages: i64,
    /// Digest of the normalised text; equal for A and B, or they are not identical in wording.
    pub text: Digest,
}

/// An approval of the agreement by one of its parties (fact). § 8.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which party approved.
    pub party: Party,
    /// The body: `Kommunstyrelsen`, `Regeringen`, or the one the Government has authorised.
    pub body: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// The day the minutes were adjusted (justerade).
    pub adjusted_on: Option<Date>,
    /// The decision's own reference number.
    pub reference: Option<String>,
    /// When decided by delegation: what authorised it.
    pub authorised_by: Option<String>,
    /// Copy of the decision (protokollsutdrag).
    pub document: Option<Digest>,
    /// The record under which the decision is registered.
    pub record: RecordId,
}

/// A dispatch: one act that addresses agreements, with a covering letter, to everyone on a send list (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// The dispatch's id.
    pub id: DispatchId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The day on the letter.
    pub dated: Date,
    /// The letter's reference number.
    pub reference: String,
    /// The reference number that the letter asks to have quoted on return.
    pub quote_on_return: String,
}

/// The covering letter of one agreement in a dispatch (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The agreement it covers.
    pub agreement: AgreementId,
    /// The letter itself.
    pub document: Digest,
}

/// That a letter and its two originals went out (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The agreement that was sent.
    pub agreement: AgreementId,
    /// The day it was sent.
    pub sent_on: Date,
    /// The sender's outgoing record.
    pub record: RecordId,
}

/// The municipality's receipt of what was sent (fact). The stamp on the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The agreement.
    pub agreement: AgreementId,
    /// The day it was received.
    pub received_on: Date,
    /// Who it was passed to.
    pub routed_to: Option<String>,
    /// The municipality's incoming record, which bears its own number.
    pub record: RecordId,
}

/// One original sent back to the ministry (fact). The letter's third bullet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// The day it was sent.
    pub sent_on: Date,
    /// The reference number quoted, exactly as written; empty if none was.
    pub quoted: String,
    /// Whether a copy of the decision was enclosed.
    pub with_decision: Option<Digest>,
    /// The municipality's outgoing record.
    pub record: RecordId,
}

/// The ministry's registration of the returned original (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// The day it was received.
    pub received_on: Date,
    /// The ministry's incoming record.
    pub record: RecordId,
}

/// Where an original is kept (fact). The latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// Who keeps it.
    pub holder: OrganisationId,
    /// From which day.
    pub from_day: Date,
    /// Where: shelf, archive, series.
    pub place: String,
    /// The record that shows it, where there is one.
    pub record: Option<RecordId>,
}

/// That an agreement entered into force, and from which edition its duties were made (fact).
///
/// The day follows from the other facts; it is written down because the duties are frozen with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// The agreement.
    pub agreement: AgreementId,
    /// The day from which it is in force.
    pub from_day: Date,
    /// The edition of the programme from which its duties were made.
    pub edition: Digest,
}

/// Everything known of one agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The agreement itself.
    pub agreement: Agreement,
    /// The districts it covers, in the order of § 2.
    pub districts: Vec<AgreementDistrict>,
    /// Its originals, A before B.
    pub originals: Vec<Original>,
    /// Approvals.
    pub approvals: Vec<Approval>,
    /// Approvals that were registered wrongly and have been corrected.
    pub corrected_approvals: Vec<Corrected<Approval>>,
    /// Its covering letter, with the dispatch it belongs to.
    pub letter: Option<(Dispatch, Letter)>,
    /// That it was sent.
    pub sent: Option<Sent>,
    /// Receipts.
    pub receipts: Vec<Receipt>,
    /// Signatures.
    pub signatures: Vec<Signature>,
    /// Initials.
    pub initials: Vec<Initials>,
    /// Versions of the file, if it is signed electronically.
    pub versions: Vec<SignedVersion>,
    /// Scans of signed pages.
    pub scans: Vec<Scan>,
    /// Originals sent back.
    pub returns: Vec<Return>,
    /// Originals registered as returned.
    pub returned: Vec<Returned>,
    /// Where originals are kept.
    pub custody: Vec<Custody>,
    /// Entry into force, once written down.
    pub in_force: Option<InForce>,
    /// Reference numbers of its matters.
    pub references: Vec<Reference>,
    /// Mandates of both parties.
    pub mandates: Mandates,
    /// The people who hold them.
    pub people: Vec<Person>,
}

impl Life {
    /// The approval of one party, the earliest if there are several.
    pub fn approval(&self, party: Party) -> Option<&Approval> {
        self.approvals.iter().filter(|a| a.party == party).min_by_key(|a| a.decided_on)
    }

    /// An original by its mark.
    pub fn original(&self, mark: Mark) -> Option<&Original> {
        self.originals.iter().find(|o| o.mark == mark)
    }

    /// A party's signature on an original.
    pub fn signature(&self, party: Party, mark: Mark) -> Option<&Signature> {
        self.signatures.iter().find(|s| s.party == party && s.mark == mark)
    }

    /// A party's initials on a page of an original.
    pub fn initials_on(&self, party: Party, mark: Mark, page: i64) -> Option<&Initials> {
        self.initials.iter().find(|i| i.party == party && i.mark == mark && i.page == page)
    }

    /// Pages of an original that a party has not initialled.
    pub fn pages_without_initials(&self, party: Party, mark: Mark) -> Vec<i64> {
        let pages = self.original(mark).map_or(0, |o| o.pages);
        (1..=pages).filter(|page| self.initials_on(party, mark, *page).is_none()).collect()
    }

    /// Who keeps an original now.
    pub fn kept(&self, mark: Mark) -> Option<&Custody> {
        self.custody.iter().filter(|c| c.mark == mark).max_by_key(|c| c.from_day)
    }

    /// The number that the covering letter asks to have quoted on return.
    pub fn to_quote(&self) -> Option<&str> {
        self.letter.as_ref().map(|(dispatch, _)| dispatch.quote_on_return.as_str())
    }

    /// How the number quoted on a return relates to the one asked for.
    pub fn quoted(&self, returned: &Return) -> Match {
        reference::matching(&returned.quoted, self.to_quote().unwrap_or_default(), &self.references)
    }

    /// The organisation behind a party.
    pub fn organisation(&self, party: Party) -> &OrganisationId {
        match party {
            Party::State => &self.agreement.state,
            Party::Municipality => &self.agreement.municipality,
        }
    }

    /// The name of a person who acts for one of the parties.
    pub fn name_of<'a>(&'a self, person: &'a crate::ids::PersonId) -> &'a str {
        self.people.iter().find(|p| p.id == *person).map_or(person.as_str(), |p| p.name.as_str())
    }
}

/// Checks that an agreement can be issued to a municipality.
///
/// An agreement without districts covers nothing (§ 2 lists them by code), and the refusal says so. The
/// signatory of the state stands in the text, so it must be known.
///
/// # Errors
/// Everything that is missing.
pub fn check_issue(
    municipality: &OrganisationId,
    districts: &[District],
    offer_reference: &str,
    state_signatory: Option<&str>,
) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(districts.is_empty(), || {
        Problem::new("municipality-without-district-codes", "districts")
            .resting_on("2")
            .with("municipality", municipality)
    });
    if let Err(found) = district::check(districts, "districts") {
        problems.0.extend(found.0);
    }
    problems.add_if(squeeze(offer_reference).is_empty(), || {
        Problem::new("offer-without-reference", "offer_reference").resting_on("L")
    });
    problems.add_if(state_signatory.is_none_or(|name| squeeze(name).is_empty()), || {
        Problem::new("state-without-signatory", "state_signatory").resting_on("8")
    });
    problems.or(())
}

/// Checks that an agreement can be sent: the letter says that the ministry's initials are on each page, so
/// both originals must bear the state's signature and initials before they go.
///
/// # Errors
/// Everything that is missing or cannot be right.
pub fn check_sent(life: &Life, sent_on: Date, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("sent_on", sent_on, today);
    problems.add_if(life.sent.is_some(), || Problem::new("already-sent", "agreement"));
    let Some((dispatch, _)) = &life.letter else {
        problems.add(Problem::new("no-covering-letter", "agreement").resting_on("L"));
        return Err(problems);
    };
    problems.add_if(sent_on < dispatch.dated, || {
        Problem::new("sent-before-dated", "sent_on").with("day", sent_on).with("dated", dispatch.dated)
    });
    for mark in Mark::BOTH {
        problems.add_if(life.signature(Party::State, mark).is_none(), || {
            Problem::new("state-has-not-signed", "mark").resting_on("L").with("mark", mark.code())
        });
        let without = life.pages_without_initials(Party::State, mark);
        problems.add_if(!without.is_empty(), || {
            Problem::new("state-has-not-initialled", "pages")
                .resting_on("L")
                .with("mark", mark.code())
                .with("pages", pages(&without))
        });
    }
    problems.or(())
}

/// Checks a receipt: not before the letter was sent, not in the future, not twice.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_receipt(life: &Life, received_on: Date, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("received_on", received_on, today);
    match life.sent.as_ref().map(|sent| sent.sent_on) {
        None => problems.add(Problem::new("not-yet-sent", "agreement").resting_on("L")),
        Some(sent_on) => problems.add_if(received_on < sent_on, || {
            Problem::new("received-before-sent", "received_on")
                .resting_on("L")
                .with("day", received_on)
                .with("sent_on", sent_on)
        }),
    }
    problems.add_if(!life.receipts.is_empty(), || Problem::new("already-received", "agreement"));
    problems.or(())
}

/// Checks an approval. § 8: ”Detta avtal ska godkännas av kommunstyrelsen …, och av regeringen eller den som
/// regeringen har bemyndigat.” The letter: signed ”efter godkännande”, so a decision dated after a signature
/// already given cannot be the one the signature rests on.
///
/// # Errors
/// Everything that is missing or cannot be right.
pub fn check_approval(life: &Life, approval: &Approval, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("decided_on", approval.decided_on, today);
    let body = squeeze(&approval.body);
    problems.add_if(body.is_empty(), || Problem::new("approval-without-body", "body").resting_on("8"));
    let authorised = approval.authorised_by.as_deref().is_some_and(|a| !squeeze(a).is_empty());
    if !body.is_empty() && !crate::approval::decides_itself(approval.party, &body) && !authorised {
        let code = format!("approval-by-other-body-{}", approval.party.code());
        problems.add(Problem::new(&code, "body").resting_on("8").with("body", &body));
    }
    problems.add_if(life.approval(approval.party).is_some(), || {
        Problem::new("already-approved", "agreement").resting_on("8")
    });
    if approval.party == Party::Municipality {
        let paragraph = approval.paragraph.as_deref().map(squeeze).unwrap_or_default();
        problems.add_if(paragraph.is_empty(), || {
            Problem::new("approval-without-paragraph", "paragraph").resting_on("8")
        });
        problems.add_if(approval.document.is_none(), || {
            Problem::new("approval-without-copy", "document").resting_on("L")
        });
        problems.add_if(life.receipts.is_empty(), || {
            Problem::new("not-yet-received", "agreement").resting_on("L")
        });
    }
    if let Some(adjusted) = approval.adjusted_on {
        problems.add_if(adjusted < approval.decided_on, || {
            Problem::new("minutes-adjusted-before-decision", "adjusted_on")
                .with("day", adjusted)
                .with("decided_on", approval.decided_on)
        });
    }
    let issued_on = life.agreement.issued_on;
    problems.add_if(approval.party == Party::Municipality && approval.decided_on < issued_on, || {
        Problem::new("approved-before-issued", "decided_on")
            .with("day", approval.decided_on)
            .with("issued_on", issued_on)
    });
    let first_signature =
        life.signatures.iter().filter(|s| s.party == approval.party).map(|s| s.signed_on).min();
    problems.add_if(first_signature.is_some_and(|signed| approval.decided_on > signed), || {
        Problem::new("approved-after-signature", "decided_on")
            .resting_on("L")
            .with("day", approval.decided_on)
            .with("signed_on", first_signature.unwrap_or(approval.decided_on))
    });
    problems.or(())
}

/// Checks that an original can be sent back: signed, initialled and with the decision. Letter, third bullet.
///
/// # Errors
/// Everything that is missing.
pub fn check_return(life: &Life, returned: &Return, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("sent_on", returned.sent_on, today);
    problems.add_if(returned.with_decision.is_none(), || {
        Problem::new("return-without-decision", "with_decision").resting_on("L")
    });
    problems.add_if(life.returns.iter().any(|r| r.mark == returned.mark), || {
        Problem::new("already-sent-back", "mark").with("mark", returned.mark.code())
    });
    problems.add_if(life.returns.iter().any(|r| r.mark != returned.mark), || {
        Problem::new("other-original-sent-back", "mark").resting_on("L")
    });
    match life.signature(Party::Municipality, returned.mark) {
        None => problems.add(
            Problem::new("return-before-signature", "mark")
                .resting_on("L")
                .with("mark", returned.mark.code()),
        ),
        Some(signature) => problems.add_if(returned.sent_on < signature.signed_on, || {
            Problem::new("returned-before-signed", "sent_on")
                .with("day", returned.sent_on)
                .with("signed_on", signature.signed_on)
        }),
    }
    let missing = life.pages_without_initials(Party::Municipality, returned.mark);
    problems.add_if(!missing.is_empty(), || {
        Problem::new("return-before-initials", "mark")
            .resting_on("L")
            .with("mark", returned.mark.code())
            .with("pages", pages(&missing))
    });
    problems.or(())
}

/// Checks the ministry's registration of a returned original.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_returned(life: &Life, mark: Mark, received_on: Date, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("received_on", received_on, today);
    match life.returns.iter().find(|r| r.mark == mark) {
        None => {
            problems.add(Problem::new("not-yet-sent-back", "mark").resting_on("L").with("mark", mark.code()))
        }
        Some(sent) => problems.add_if(received_on < sent.sent_on, || {
            Problem::new("received-before-sent", "received_on")
                .with("day", received_on)
                .with("sent_on", sent.sent_on)
        }),
    }
    problems.add_if(life.returned.iter().any(|r| r.mark == mark), || {
        Problem::new("already-returned", "mark").with("mark", mark.code())
    });
    problems.or(())
}

/// Checks that the municipality can say that it keeps an original: it must not be the one sent back.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_custody(life: &Life, custody: &Custody, today: Date) -> Result<(), Problems> {
    let mut problems = not_in_the_future("from_day", custody.from_day, today);
    problems.add_if(life.original(custody.mark).is_none(), || {
        Problem::new("no-such-original", "mark").with("mark", custody.mark.code())
    });
    problems.add_if(squeeze(&custody.place).is_empty(), || Problem::new("custody-without-place", "place"));
    let issued_on = life.agreement.issued_on;
    let since = match life.receipts.first() {
        Some(receipt) if custody.holder == life.agreement.municipality => receipt.received_on,
        _ => issued_on,
    };
    problems.add_if(custody.from_day < since, || {
        Problem::new("kept-before-it-came", "from_day").with("day", custody.from_day).with("since", since)
    });
    let own = life.custody.iter().filter(|c| c.mark == custody.mark && c.holder == custody.holder);
    if let Some(before) = own.max_by_key(|c| c.from_day) {
        // An original can be moved to another shelf; it is not taken into keeping twice.
        let moved = before.place != squeeze(&custody.place) && custody.from_day > before.from_day;
        problems.add_if(!moved, || {
            Problem::new("already-kept", "mark")
                .with("mark", custody.mark.code())
                .with("place", &before.place)
                .with("from_day", before.from_day)
        });
    }
    let state_keeps = custody.holder == life.agreement.state;
    problems.add_if(
        state_keeps && life.sent.is_some() && life.returned.iter().all(|r| r.mark != custody.mark),
        || Problem::new("kept-original-was-sent", "mark").resting_on("L").with("mark", custody.mark.code()),
    );
    let municipality_keeps = custody.holder == life.agreement.municipality;
    problems.add_if(municipality_keeps && life.returns.iter().any(|r| r.mark == custody.mark), || {
        Problem::new("kept-original-was-sent-back", "mark").resting_on("L").with("mark", custody.mark.code())
    });
    problems.or(())
}

/// A problem if the day has not come yet: nobody can register what has not happened.
pub(crate) fn not_in_the_future(place: &str, day: Date, today: Date) -> Problems {
    let mut problems = Problems::none();
    problems.add_if(day > today, || {
        Problem::new("day-in-the-future", place).with("day", day).with("today", today)
    });
    problems
}

/// Page numbers as people write them: `1–4, 6`.
pub fn pages(pages: &[i64]) -> String {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let written = runs.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") });
    written.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_without_codes_cannot_be_issued_an_agreement() {
        let problems =
            check_issue(&"2180".into(), &[], "IJ2008/1218/IU", Some("Nyamko Sabuni")).expect_err("no codes");
        assert_eq!(problems.0[0].code, "municipality-without-district-codes");
        assert_eq!(problems.0[0].clause.as_deref(), Some("2"));
    }

    #[test]
    fn runs_of_pages_are_written_short() {
        assert_eq!(pages(&[1, 2, 3, 4, 6, 8, 9]), "1–4, 6, 8–9");
        assert_eq!(pages(&[]), "");
    }
}
