//! Agreements: editions, what was issued, sent, approved, returned and kept, and a whole life at once.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, text};
use crate::read::{Cells, ReadTx};
use jiff::civil::Date;
use kvarter_domain::agreement::{
    Agreement, Approval, Custody, Dispatch, Edition, InForce, Letter, Life, Original, Receipt, Return,
    Returned, Sent,
};
use kvarter_domain::correction::{self, Correction};
use kvarter_domain::ids::{AgreementId, Digest, DispatchId, ProgrammeId};
use kvarter_domain::person::{Mandate, MandateEnd, Mandates, Person};
use kvarter_domain::reference::Reference;
use std::collections::{HashMap, HashSet};

impl Fact for Edition {
    const TABLE: &'static Table = &Table {
        name: "programme_edition",
        key: &["edition"],
        columns: &[text("edition"), text("programme"), text("document"), text("adopted_on")],
    };
}

impl Fact for Agreement {
    const TABLE: &'static Table = &Table {
        name: "agreement",
        key: &["id"],
        columns: &[
            text("id"),
            text("programme"),
            text("edition"),
            text("municipality"),
            text("party_name"),
            text("state"),
            text("issued_on"),
            text("offer_reference"),
            text("offer_decision").or_null(),
            text("state_signatory"),
            text("municipality_signatory").or_null(),
        ],
    };
}

impl Fact for Original {
    const TABLE: &'static Table = &Table {
        name: "original",
        key: &["agreement", "mark"],
        columns: &[text("agreement"), text("mark"), text("document"), integer("pages"), text("text")],
    };
}

impl Fact for Approval {
    const TABLE: &'static Table = &Table {
        name: "approval",
        key: &["agreement", "party", "record"],
        columns: &[
            text("agreement"),
            text("party"),
            text("body"),
            text("decided_on"),
            text("paragraph").or_null(),
            text("adjusted_on").or_null(),
            text("reference").or_null(),
            text("authorised_by").or_null(),
            text("document").or_null(),
            text("record"),
        ],
    };
}

impl Fact for Dispatch {
    const TABLE: &'static Table = &Table {
        name: "dispatch",
        key: &["id"],
        columns: &[text("id"), text("programme"), text("dated"), text("reference"), text("quote_on_return")],
    };
}

impl Fact for Letter {
    const TABLE: &'static Table = &Table {
        name: "letter",
        key: &["dispatch", "agreement"],
        columns: &[text("dispatch"), text("agreement"), text("document")],
    };
}

impl Fact for Sent {
    const TABLE: &'static Table = &Table {
        name: "sent",
        key: &["dispatch", "agreement"],
        columns: &[text("dispatch"), text("agreement"), text("sent_on"), text("record")],
    };
}

impl Fact for Receipt {
    const TABLE: &'static Table = &Table {
        name: "receipt",
        key: &["agreement", "record"],
        columns: &[text("agreement"), text("received_on"), text("routed_to").or_null(), text("record")],
    };
}

impl Fact for Return {
    const TABLE: &'static Table = &Table {
        name: "return_sent",
        key: &["agreement", "mark"],
        columns: &[
            text("agreement"),
            text("mark"),
            text("sent_on"),
            text("quoted"),
            text("with_decision").or_null(),
            text("record"),
        ],
    };
}

impl Fact for Returned {
    const TABLE: &'static Table = &Table {
        name: "return_registered",
        key: &["agreement", "mark"],
        columns: &[text("agreement"), text("mark"), text("received_on"), text("record")],
    };
}

impl Fact for Custody {
    const TABLE: &'static Table = &Table {
        name: "custody",
        key: &["agreement", "mark", "from_day", "holder"],
        columns: &[
            text("agreement"),
            text("mark"),
            text("holder"),
            text("from_day"),
            text("place"),
            text("record").or_null(),
        ],
    };
}

impl Fact for InForce {
    const TABLE: &'static Table = &Table {
        name: "in_force",
        key: &["agreement"],
        columns: &[text("agreement"), text("from_day"), text("edition")],
    };
}

/// The edition of a programme with that digest.
///
/// # Errors
/// Whatever the engine reports.
pub async fn edition(tx: &mut ReadTx, edition: &Digest) -> Result<Option<Edition>> {
    tx.first("edition = $1", &[Bind::from(edition)]).await
}

/// The agreements of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_programme(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Agreement>> {
    tx.all("programme = $1", &[Bind::from(programme)]).await
}

/// The dispatch with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn dispatch(tx: &mut ReadTx, id: &DispatchId) -> Result<Option<Dispatch>> {
    tx.first("id = $1", &[Bind::from(id)]).await
}

/// The dispatches of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn dispatches_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Dispatch>> {
    tx.all("programme = $1", &[Bind::from(programme)]).await
}

/// Everything known of one agreement.
///
/// # Errors
/// Whatever the engine reports.
pub async fn life(tx: &mut ReadTx, id: &AgreementId) -> Result<Option<Life>> {
    Ok(lives(tx, &OF_ONE, Bind::from(id)).await?.pop())
}

/// Everything known of every agreement of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn lives_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Life>> {
    lives(tx, &OF_PROGRAMME, Bind::from(programme)).await
}

/// The conditions by which the facts of some agreements are found, each with the same `$1`.
struct Conditions {
    agreements: &'static str,
    of_agreement: &'static str,
    dispatches: &'static str,
    references: &'static str,
    mandates: &'static str,
    ends: &'static str,
    people: &'static str,
    matters: &'static str,
}

const OF_ONE: Conditions = Conditions {
    agreements: "id = $1",
    of_agreement: "agreement = $1",
    dispatches: "id in (select dispatch from letter where agreement = $1)",
    references: "matter in (select matter from record where agreement = $1)",
    mandates: "organisation in (select municipality from agreement where id = $1 \
               union select state from agreement where id = $1)",
    ends: "mandate in (select id from mandate where organisation in \
           (select municipality from agreement where id = $1 union select state from agreement where id = $1))",
    people: "id in (select person from mandate where organisation in \
             (select municipality from agreement where id = $1 union select state from agreement where id = $1))",
    matters: "select distinct agreement, matter from record where agreement = $1 order by agreement, matter",
};

const OF_PROGRAMME: Conditions = Conditions {
    agreements: "programme = $1",
    of_agreement: "agreement in (select id from agreement where programme = $1)",
    dispatches: "programme = $1",
    references: "matter in (select matter from record where agreement in \
                 (select id from agreement where programme = $1))",
    mandates: "organisation in (select municipality from agreement where programme = $1 \
               union select state from agreement where programme = $1)",
    ends: "mandate in (select id from mandate where organisation in (select municipality from agreement \
           where programme = $1 union select state from agreement where programme = $1))",
    people: "id in (select person from mandate where organisation in (select municipality from agreement \
             where programme = $1 union select state from agreement where programme = $1))",
    matters: "select distinct agreement, matter from record where agreement in \
              (select id from agreement where programme = $1) order by agreement, matter",
};

async fn lives(tx: &mut ReadTx, which: &Conditions, bound: Bind) -> Result<Vec<Life>> {
    let bound = [bound];
    let agreements: Vec<Agreement> = tx.all(which.agreements, &bound).await?;
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let of = which.of_agreement;
    let mut districts =
        by(tx.all(of, &bound).await?, |f: &kvarter_domain::district::AgreementDistrict| &f.agreement);
    let mut originals = by(tx.all(of, &bound).await?, |f: &Original| &f.agreement);
    let corrections: Vec<Correction> = tx.all(of, &bound).await?;
    let mut approvals: Vec<Approval> = tx.all(of, &bound).await?;
    // A correction that has been read is known: what was not yet known is left out by the snapshot.
    let corrected = correction::take_out(&mut approvals, &corrections, Date::MAX, |approval| {
        (correction::Kind::Approval, approval.agreement.as_str(), &approval.record)
    });
    let mut approvals = by(approvals, |f| &f.agreement);
    let mut corrected = by(corrected, |f| &f.fact.agreement);
    let mut letters = by(tx.all(of, &bound).await?, |f: &Letter| &f.agreement);
    let mut sent = by(tx.all(of, &bound).await?, |f: &Sent| &f.agreement);
    let mut receipts = by(tx.all(of, &bound).await?, |f: &Receipt| &f.agreement);
    let mut signatures = by(tx.all(of, &bound).await?, |f: &kvarter_domain::signing::Signature| &f.agreement);
    let mut initials = by(tx.all(of, &bound).await?, |f: &kvarter_domain::signing::Initials| &f.agreement);
    let mut versions =
        by(tx.all(of, &bound).await?, |f: &kvarter_domain::electronic::SignedVersion| &f.agreement);
    let mut scans = by(tx.all(of, &bound).await?, |f: &kvarter_domain::signing::Scan| &f.agreement);
    let mut returns = by(tx.all(of, &bound).await?, |f: &Return| &f.agreement);
    let mut returned = by(tx.all(of, &bound).await?, |f: &Returned| &f.agreement);
    let mut custody = by(tx.all(of, &bound).await?, |f: &Custody| &f.agreement);
    let mut in_force = by(tx.all(of, &bound).await?, |f: &InForce| &f.agreement);
    let dispatches: Vec<Dispatch> = tx.all(which.dispatches, &bound).await?;
    let references: Vec<Reference> = tx.all(which.references, &bound).await?;
    let mut matters: HashMap<AgreementId, HashSet<String>> = HashMap::new();
    for row in tx.rows(which.matters.to_owned(), &bound).await? {
        matters.entry(AgreementId::new(row.text("agreement")?)).or_default().insert(row.text("matter")?);
    }
    let mandates: Vec<Mandate> = tx.all(which.mandates, &bound).await?;
    let ends: Vec<MandateEnd> = tx.all(which.ends, &bound).await?;
    let people: Vec<Person> = tx.all(which.people, &bound).await?;
    let life = |agreement: Agreement| {
        let id = agreement.id.clone();
        let parties = [&agreement.municipality, &agreement.state];
        let given: Vec<Mandate> =
            mandates.iter().filter(|m| parties.contains(&&m.organisation)).cloned().collect();
        let own = matters.remove(&id).unwrap_or_default();
        let letter = letters.remove(&id).and_then(|of_one| of_one.into_iter().next());
        let dispatch = letter.as_ref().and_then(|letter| dispatches.iter().find(|d| d.id == letter.dispatch));
        Life {
            districts: districts.remove(&id).unwrap_or_default(),
            originals: originals.remove(&id).unwrap_or_default(),
            approvals: approvals.remove(&id).unwrap_or_default(),
            corrected_approvals: corrected.remove(&id).unwrap_or_default(),
            letter: dispatch.cloned().zip(letter),
            sent: sent.remove(&id).and_then(|of_one| of_one.into_iter().next()),
            receipts: receipts.remove(&id).unwrap_or_default(),
            signatures: signatures.remove(&id).unwrap_or_default(),
            initials: initials.remove(&id).unwrap_or_default(),
            versions: versions.remove(&id).unwrap_or_default(),
            scans: scans.remove(&id).unwrap_or_default(),
            returns: returns.remove(&id).unwrap_or_default(),
            returned: returned.remove(&id).unwrap_or_default(),
            custody: custody.remove(&id).unwrap_or_default(),
            in_force: in_force.remove(&id).and_then(|of_one| of_one.into_iter().next()),
            references: references.iter().filter(|r| own.contains(r.matter.as_str())).cloned().collect(),
            people: people.iter().filter(|p| given.iter().any(|m| m.person == p.id)).cloned().collect(),
            mandates: Mandates {
                ended: ends.iter().filter(|e| given.iter().any(|m| m.id == e.mandate)).cloned().collect(),
                given,
            },
            agreement,
        }
    };
    Ok(agreements.into_iter().map(life).collect())
}

/// Facts by the agreement they belong to.
fn by<F>(facts: Vec<F>, agreement: fn(&F) -> &AgreementId) -> HashMap<AgreementId, Vec<F>> {
    let mut by = HashMap::new();
    for fact in facts {
        by.entry(agreement(&fact).clone()).or_insert_with(Vec::new).push(fact);
    }
    by
}
