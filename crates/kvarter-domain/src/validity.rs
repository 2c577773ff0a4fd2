//! Whether an agreement binds, whether it is valid, and what is missing: worked out from facts.
//!
//! The text asks for two different things. § 8: ”Detta avtal ska godkännas av kommunstyrelsen …, och av
//! regeringen eller den som regeringen har bemyndigat.” The letter: ”För att avtalen ska få sin giltighet
//! gäller följande”, and four bullets. Whether a return is a condition of validity or only good order
//! can be argued, so both are tracked: two proof trees, given as data by the programme, whose leaves
//! are the closed set of conditions judged here. A leaf that is not met names what is missing.

use crate::agreement::{Life, pages};
use crate::ids::{Digest, RecordId};
use crate::person::Mandate;
use crate::programme::{Condition, ValidityTree};
use crate::reference::Match;
use crate::signing::{self, Mark, Party, Signature};
use crate::text::squeeze;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A fact named in a proof: what shows that something is met, or what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Code of the sentence (`evidence-…`, `missing-…` or `remark-…` in the Fluent bundles).
    pub code: String,
    /// Values for the words.
    pub args: BTreeMap<String, String>,
    /// The record that shows it.
    pub record: Option<RecordId>,
    /// The document that shows it.
    pub document: Option<Digest>,
}

impl Note {
    fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: BTreeMap::new(), record: None, document: None }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    fn shown_by(mut self, record: &RecordId) -> Self {
        self.record = Some(record.clone());
        self
    }
}

/// One leaf of a proof, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// The leaf's id in the programme.
    pub id: String,
    /// The condition judged.
    pub condition: Condition,
    /// The clause it rests on.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// Where the programme interprets.
    pub reading: Option<crate::text::Bilingual>,
    /// An advisory leaf is shown and flagged, and stops nothing.
    pub advisory: bool,
    /// The day from which it is met; `None` when it is not.
    pub met_on: Option<Date>,
    /// What shows it.
    pub evidence: Vec<Note>,
    /// What is missing.
    pub missing: Vec<Note>,
    /// What should be noticed though it stops nothing.
    pub remarks: Vec<Note>,
}

/// One tree, judged: met when every leaf that is not advisory is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The tree's id: `binding`, `complete`.
    pub id: String,
    /// What it is called.
    pub name: crate::text::Bilingual,
    /// The clause it rests on.
    pub clause: String,
    /// The words it rests on.
    pub says: String,
    /// Where the programme interprets.
    pub reading: Option<crate::text::Bilingual>,
    /// Other trees that must be met too.
    pub includes: Vec<String>,
    /// The day from which all its leaves, and the trees it includes, were met.
    pub met_on: Option<Date>,
    /// Its leaves.
    pub leaves: Vec<Leaf>,
}

impl Proof {
    /// The leaves that are missing, advisory ones left out.
    pub fn missing(&self) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter().filter(|leaf| !leaf.advisory && leaf.met_on.is_none())
    }
}

/// How an agreement stands: its proofs, and the day it is in force from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// The trees of the programme, judged, in its order.
    pub proofs: Vec<Proof>,
    /// In force from the day on which the last condition of the last tree was met.
    pub in_force_from: Option<Date>,
}

/// Judges every tree of a programme over the facts of one agreement.
pub fn judge(trees: &[ValidityTree], life: &Life) -> Validity {
    let proofs: Vec<Proof> = trees.iter().map(|tree| prove(tree, trees, life)).collect();
    let days: Option<Vec<Date>> = proofs.iter().map(|proof| proof.met_on).collect();
    Validity { in_force_from: days.and_then(|days| days.into_iter().max()), proofs }
}

fn prove(tree: &ValidityTree, trees: &[ValidityTree], life: &Life) -> Proof {
    let leaves: Vec<Leaf> = tree
        .leaves
        .iter()
        .map(|leaf| {
            let found = Finding::of(leaf.condition, life);
            Leaf {
                id: leaf.id.clone(),
                condition: leaf.condition,
                clause: leaf.clause.clone(),
                says: leaf.says.clone(),
                reading: leaf.reading.clone(),
                advisory: leaf.condition.is_advisory(),
                met_on: found.days.filter(|_| found.missing.is_empty()),
                evidence: found.evidence,
                missing: found.missing,
                remarks: found.remarks,
            }
        })
        .collect();
    // The programme's check has refused trees that include each other in a ring.
    let included = trees.iter().filter(|other| tree.includes.contains(&other.id));
    let days: Option<Vec<Date>> = leaves
        .iter()
        .filter(|leaf| !leaf.advisory)
        .map(|leaf| leaf.met_on)
        .chain(included.map(|other| prove(other, trees, life).met_on))
        .collect();
    Proof {
        id: tree.id.clone(),
        name: tree.name.clone(),
        clause: tree.clause.clone(),
        says: tree.says.clone(),
        reading: tree.reading.clone(),
        includes: tree.includes.clone(),
        met_on: days.and_then(|days| days.into_iter().max()),
        leaves,
    }
}

/// What the facts say of one condition.
#[derive(Default)]
struct Finding {
    /// The latest day among what shows it.
    days: Option<Date>,
    evidence: Vec<Note>,
    missing: Vec<Note>,
    remarks: Vec<Note>,
}

impl Finding {
    fn of(condition: Condition, life: &Life) -> Self {
        let mut found = Self::default();
        match condition {
            Condition::ApprovedByMunicipality => found.approved(life, Party::Municipality),
            Condition::ApprovedByState => found.approved(life, Party::State),
            Condition::SignedByMunicipality => found.signed(life, Party::Municipality),
            Condition::SignedByState => found.signed(life, Party::State),
            Condition::InitialledByMunicipality => found.initialled(life, Party::Municipality),
            Condition::InitialledByState => found.initialled(life, Party::State),
            Condition::ApprovalBeforeSignature => found.approved_before_signed(life),
            Condition::SignatoryInOffice => found.in_office(life),
            Condition::ReturnedWithDecision => found.returned(life),
            Condition::ReferenceQuoted => found.reference_quoted(life),
            Condition::KeptByMunicipality => found.kept(life),
        }
        found
    }

    fn shown(&mut self, day: Date, note: Note) {
        self.days = self.days.max(Some(day));
        self.evidence.push(note.with("day", day));
    }

    fn approved(&mut self, life: &Life, party: Party) {
        match life.approval(party) {
            Some(approval) => {
                let note = Note::new(&format!("evidence-approved-{}", party.code()))
                    .with("body", &approval.body)
                    .with("paragraph", approval.paragraph.as_deref().unwrap_or(""))
                    .with("authority", approval.authorised_by.as_deref().unwrap_or(""))
                    .shown_by(&approval.record);
                self.shown(approval.decided_on, Note { document: approval.document.clone(), ..note });
                if party == Party::Municipality && approval.adjusted_on.is_none() {
                    self.remarks.push(Note::new("remark-minutes-not-adjusted"));
                }
            }
            None => self.missing.push(Note::new(&format!("missing-approved-{}", party.code()))),
        }
    }

    fn signed(&mut self, life: &Life, party: Party) {
        for mark in Mark::BOTH {
            match life.signature(party, mark) {
                Some(signature) => self.shown(
                    signature.signed_on,
                    Note::new("evidence-signed")
                        .with("mark", mark.code())
                        .with("name", life.name_of(&signature.person))
                        .with("place", &signature.place),
                ),
                None => self
                    .missing
                    .push(Note::new(&format!("missing-signed-{}", party.code())).with("mark", mark.code())),
            }
        }
    }

    fn initialled(&mut self, life: &Life, party: Party) {
        for mark in Mark::BOTH {
            let without = life.pages_without_initials(party, mark);
            let Some(original) = life.original(mark) else {
                self.missing.push(Note::new("missing-original").with("mark", mark.code()));
                continue;
            };
            if without.is_empty() {
                let last = life
                    .initials
                    .iter()
                    .filter(|i| i.party == party && i.mark == mark)
                    .map(|i| i.initialled_on)
                    .max();
                if let Some(day) = last {
                    let note = Note::new("evidence-initialled").with("mark", mark.code());
                    self.shown(day, note.with("pages", original.pages));
                }
            } else {
                self.missing.push(
                    Note::new(&format!("missing-initialled-{}", party.code()))
                        .with("mark", mark.code())
                        .with("pages", pages(&without))
                        .with("count", without.len())
                        .with("of", original.pages),
                );
            }
        }
    }

    /// The letter: ”efter godkännande”. Judged over what has been signed; nothing signed, nothing to judge.
    fn approved_before_signed(&mut self, life: &Life) {
        for party in Party::BOTH {
            let signed = life.signatures.iter().filter(|s| s.party == party).map(|s| s.signed_on).min();
            match (life.approval(party), signed) {
                (Some(approval), Some(signed)) if approval.decided_on <= signed => self.shown(
                    signed,
                    Note::new("evidence-approved-before-signed")
                        .with("party", party.code())
                        .with("decided_on", approval.decided_on)
                        .with("signed_on", signed),
                ),
                (Some(approval), Some(signed)) => self.missing.push(
                    Note::new("missing-approval-came-after")
                        .with("party", party.code())
                        .with("decided_on", approval.decided_on)
                        .with("signed_on", signed),
                ),
                (None, Some(signed)) => self.missing.push(
                    Note::new("missing-approval-of-signature")
                        .with("party", party.code())
                        .with("signed_on", signed),
                ),
                (_, None) => {
                    self.missing.push(Note::new("missing-nothing-signed").with("party", party.code()))
                }
            }
        }
    }

    fn in_office(&mut self, life: &Life) {
        for party in Party::BOTH {
            let mut any = false;
            for signature in life.signatures.iter().filter(|s| s.party == party) {
                any = true;
                let Some(mandate) = life.mandates.get(&signature.mandate) else {
                    self.missing
                        .push(Note::new("missing-mandate").with("name", life.name_of(&signature.person)));
                    continue;
                };
                let about = |code: &str| {
                    Note::new(code)
                        .with("name", life.name_of(&signature.person))
                        .with("role", mandate.role.code())
                        .with("mark", signature.mark.code())
                        .with("from_day", mandate.from_day)
                        .with("evidence", mandate.evidence.as_deref().unwrap_or(""))
                };
                match signing::may_sign(life, party, mandate, signature.signed_on) {
                    Ok(()) => {
                        self.shown(signature.signed_on, about("evidence-in-office"));
                        self.doubted(life, party, signature, mandate);
                    }
                    Err(problem) => self.missing.push(
                        about("missing-in-office")
                            .with("day", signature.signed_on)
                            .with("problem", problem.code),
                    ),
                }
            }
            if !any {
                self.missing.push(Note::new("missing-nothing-signed").with("party", party.code()));
            }
        }
    }

    /// A signature that counts and that a careful reader would still ask about: somebody else held the same
    /// office that day, or another name is printed under the line.
    fn doubted(&mut self, life: &Life, party: Party, signature: &Signature, mandate: &Mandate) {
        let day = signature.signed_on;
        let others = life.mandates.of_organisation(&mandate.organisation, day);
        let mut others: Vec<&str> = others
            .filter(|m| m.role == mandate.role && m.person != mandate.person)
            .map(|m| life.name_of(&m.person))
            .collect();
        others.sort_unstable();
        let name = life.name_of(&signature.person);
        let mut remarks = Vec::new();
        if !others.is_empty() {
            remarks.push(
                Note::new("remark-several-in-office")
                    .with("name", name)
                    .with("others", others.join(", "))
                    .with("role", mandate.role.code())
                    .with("day", day),
            );
        }
        let printed = match party {
            Party::State => Some(life.agreement.state_signatory.as_str()),
            Party::Municipality => life.agreement.municipality_signatory.as_deref(),
        };
        let other = printed.filter(|printed| squeeze(printed).to_lowercase() != squeeze(name).to_lowercase());
        if let Some(printed) = other {
            remarks
                .push(Note::new("remark-another-name-printed").with("name", name).with("printed", printed));
        }
        // Both originals are signed by one hand, so the same is told once.
        remarks.retain(|remark| !self.remarks.contains(remark));
        self.remarks.extend(remarks);
    }

    /// ”Ett avtal, undertecknat och signerat enligt ovan, ska tillsammans med en kopia av kommunstyrelsens
    /// beslut returneras”: met when the ministry has registered one original that came with the decision.
    fn returned(&mut self, life: &Life) {
        let whole = life.returned.iter().find_map(|received| {
            let sent = life.returns.iter().find(|r| r.mark == received.mark)?;
            sent.with_decision.as_ref().map(|decision| (received, decision))
        });
        match (whole, life.returns.first()) {
            (Some((received, decision)), _) => {
                let note = Note::new("evidence-returned")
                    .with("mark", received.mark.code())
                    .shown_by(&received.record);
                self.shown(received.received_on, Note { document: Some(decision.clone()), ..note });
            }
            (None, Some(sent)) => self.missing.push(
                Note::new("missing-return-not-registered")
                    .with("mark", sent.mark.code())
                    .with("sent_on", sent.sent_on),
            ),
            (None, None) => self.missing.push(Note::new("missing-returned")),
        }
    }

    /// ”(ange dnr. IJ2007/1818/STO)”. Flagged, never refused.
    fn reference_quoted(&mut self, life: &Life) {
        let Some(sent) = life.returns.first() else {
            self.missing
                .push(Note::new("missing-reference-quoted").with("asked", life.to_quote().unwrap_or("")));
            return;
        };
        let asked = life.to_quote().unwrap_or("");
        let about = |code: &str| Note::new(code).with("quoted", &sent.quoted).with("asked", asked);
        match life.quoted(sent) {
            Match::Exact | Match::Tolerant => {
                self.shown(sent.sent_on, about("evidence-reference-quoted"));
            }
            Match::Another { role } => {
                let role = serde_json::to_value(role).ok();
                let role = role.as_ref().and_then(|v| v.as_str()).unwrap_or_default().to_owned();
                self.missing.push(about("missing-reference-is-another").with("role", role));
            }
            Match::Unknown => self.missing.push(about("missing-reference-is-unknown")),
            Match::Absent => self.missing.push(about("missing-reference-not-quoted")),
        }
        self.conflicting_references(life);
    }

    /// The source's own numbers disagree; that is kept, and said.
    fn conflicting_references(&mut self, life: &Life) {
        if let Some((dispatch, _)) = &life.letter
            && crate::reference::normalised(&dispatch.reference)
                != crate::reference::normalised(&dispatch.quote_on_return)
        {
            self.remarks.push(
                Note::new("remark-references-conflict")
                    .with("letter", &dispatch.reference)
                    .with("asked", &dispatch.quote_on_return)
                    .with("offer", &life.agreement.offer_reference),
            );
        }
    }

    /// ”Det andra exemplaret ska behållas av kommunen.”
    fn kept(&mut self, life: &Life) {
        let kept = Mark::BOTH.into_iter().find_map(|mark| {
            let custody = life.kept(mark)?;
            let sent_back = life.returns.iter().any(|r| r.mark == mark);
            (custody.holder == life.agreement.municipality && !sent_back).then_some(custody)
        });
        match kept {
            // What is kept counts once it is signed: an unsigned original in a drawer is not the agreement.
            Some(custody) if life.signature(Party::Municipality, custody.mark).is_some() => {
                let note = Note::new("evidence-kept")
                    .with("mark", custody.mark.code())
                    .with("place", &custody.place);
                self.shown(custody.from_day, Note { record: custody.record.clone(), ..note });
            }
            Some(custody) => {
                self.missing.push(Note::new("missing-kept-unsigned").with("mark", custody.mark.code()))
            }
            None => self.missing.push(Note::new("missing-kept")),
        }
    }
}
