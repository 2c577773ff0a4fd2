//! The agreements: all of them in a list, and each as a living document.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::correction::Kind;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId, RecordId};
use kvarter_domain::programme::{Debtor, EventKind, Programme, Recipient};
use kvarter_domain::reference::ReferenceRole;
use kvarter_domain::signing::{Mark, Party};
use kvarter_services::agreement::AgreementPage;
use kvarter_services::duty::{DutyView, Step};
use kvarter_services::{Error, agreement, dispatch, registry};
use serde::Deserialize;

use super::error::{Failure, OrPage as _, Result};
use super::page::{Frame, show};
use super::request::Visit;
use super::sheet::{self, Laid, Sheet};
use super::validity::Verdict;
use super::{Served, correction, paths};
use crate::language::Words;

#[derive(Template)]
#[template(path = "agreement/list.html")]
struct ListPage {
    frame: Frame,
    l: Words,
    programmes: Vec<ProgrammeRows>,
}

/// A programme with its municipalities.
struct ProgrammeRows {
    name: String,
    law: String,
    rows: Vec<Row>,
}

/// One municipality of a programme.
struct Row {
    name: String,
    address: Option<String>,
    /// `met`, `missing` or `undated`: the sign.
    code: &'static str,
    standing: String,
    districts: String,
}

/// Every agreement.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(State(served): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let mut programmes = Vec::new();
    for programme in served.app.programmes() {
        let board = agreement::board(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
        let rows = programme
            .recipients
            .iter()
            .map(|recipient| {
                let found =
                    board.iter().find(|row| row.life.agreement.municipality == recipient.municipality);
                let (code, standing) = how(found, l);
                let issued: Vec<&str> = found
                    .map(|row| row.life.districts.iter().map(|d| d.name.as_str()).collect())
                    .unwrap_or_default();
                Row {
                    name: recipient.name.clone(),
                    address: found.map(|row| paths::agreement(&row.life.agreement.id)),
                    code,
                    standing,
                    districts: issued.join(", "),
                }
            })
            .collect();
        programmes.push(ProgrammeRows {
            name: programme.name.get(l.0).to_owned(),
            law: programme.law.join(", "),
            rows,
        });
    }
    let frame = Frame::new(&visit, "nav-agreements", l.t("agreements-title"));
    Ok(show(&ListPage { frame, l, programmes }))
}

/// How far an agreement has come, in a word or two with its sign.
pub(super) fn how(row: Option<&agreement::AgreementRow>, l: Words) -> (&'static str, String) {
    let Some(row) = row else { return ("undated", l.t("agreement-not-issued")) };
    let from = row.life.in_force.as_ref().map(|f| f.from_day).or(row.validity.in_force_from);
    match from {
        Some(day) => ("met", l.with("in-force", [("day", &l.day(day))])),
        None => ("missing", l.t("not-in-force")),
    }
}

fn period(programme: &Programme) -> String {
    format!("{}–{}", programme.period.from.year(), programme.period.to.year())
}

/// What can be asked of the page of an agreement.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// As known on that day.
    per: Option<String>,
    /// Only what that party owes.
    part: Option<String>,
}

impl Asked {
    /// The day asked for, as it was written.
    pub(super) fn per(&self) -> Option<&str> {
        self.per.as_deref()
    }
}

#[derive(Template)]
#[template(path = "agreement/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    id: AgreementId,
    sheet: Sheet,
    verdict: Verdict,
    in_force: Option<String>,
    facts: Facts,
    tally: Tally,
    steps: Vec<(String, String)>,
    per: String,
    part: String,
    as_of: String,
    /// Where this very page is found again.
    address: String,
    /// The day as it was asked for.
    written: String,
    is_past: bool,
    per_is_wrong: bool,
    signatures: Vec<SignatureView>,
    stamp: Option<Stamp>,
    letter_facts: String,
    may_view_originals: bool,
    /// Approvals that have been corrected: what stood there, and who corrected it when and why.
    corrected: Vec<(String, String)>,
    /// Where the visitor can correct an approval: the words and the address.
    correct: Vec<(String, String)>,
}

/// What the head of the page tells of the agreement.
struct Facts {
    parties: String,
    period: String,
    law: String,
    municipality_page: Option<String>,
    references: Vec<ReferenceView>,
    conflict: bool,
    originals: Vec<OriginalView>,
    alike: bool,
    filled: Vec<(String, String)>,
}

/// A reference number with what it is.
struct ReferenceView {
    number: String,
    what: String,
    note: Option<String>,
}

/// One of the two originals.
struct OriginalView {
    mark: &'static str,
    words: String,
}

/// Figures: how the promises of each party stand.
pub(super) struct Tally {
    pub(super) codes: Vec<(&'static str, String)>,
    pub(super) rows: Vec<(String, Vec<usize>)>,
}

/// A signature line of the agreement.
struct SignatureView {
    place_and_day: String,
    signed: Option<String>,
    party: String,
    name: String,
}

/// The stamp that the letter bears once it has been received.
struct Stamp {
    organisation: String,
    day: String,
    number: String,
    routed_to: Option<String>,
}

/// The living agreement.
///
/// # Errors
/// When there is none, or the store cannot be read.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result {
    let l = visit.l;
    let id = AgreementId::of(&ProgrammeId::new(programme), &OrganisationId::new(municipality));
    let (day, per_is_wrong) = day_asked(&visit, asked.per.as_deref());
    let page = agreement::show_as_of(&visit.ctx, &served.app, &id, day).await;
    let page = match page {
        Err(Error::NotFound) => return not_yet_issued(&served, &visit, &id, day).await,
        other => other.or_page(&visit)?,
    };
    let numbers = numbers(&served, &visit, &id).await?;
    let steps = steps(&served, &visit, &id, day).await?;
    let duties: Vec<DutyView> = page.duties.clone();
    let chosen = chosen(&duties, asked.part.as_deref());
    let laid = Laid { programme: &page.programme, life: &page.life, duties: &duties, numbers: &numbers, l };
    let mut sheet = sheet::lay(laid);
    if let Some(side) = asked.part.as_deref().and_then(Debtor::from_code) {
        only(&mut sheet, &page.programme, side);
    }
    let verdict = Verdict::of(&page.validity, page.in_force_from(), &numbers, l);
    let name = short_name(&page.programme, &page.life);
    let thing = Thing::Shared {
        state: page.life.agreement.state.clone(),
        municipality: page.life.agreement.municipality.clone(),
    };
    let frame = Frame::new(&visit, "nav-agreements", name).under(l.t("nav-agreements"), "/avtal");
    let shown = Page {
        in_force: verdict.in_force_from.map(|from| l.day(from)),
        facts: facts(&page, &duties, l),
        tally: tally(&chosen, l),
        steps,
        per: day.to_string(),
        part: asked.part.unwrap_or_default(),
        as_of: l.day(day),
        address: match day < visit.today() {
            true => format!("{}?per={day}", paths::agreement(&id)),
            false => paths::agreement(&id),
        },
        written: asked.per.clone().unwrap_or_default(),
        is_past: day < visit.today(),
        per_is_wrong,
        signatures: Party::BOTH.into_iter().map(|party| signature(&page, party, l)).collect(),
        stamp: stamp(&page, &numbers, l),
        letter_facts: letter_facts(&page.life, l),
        may_view_originals: visit.ctx.may(Act::ViewOriginal, &thing),
        corrected: corrected(&page, l),
        correct: correctable(&visit, &page),
        frame,
        l,
        id,
        sheet,
        verdict,
    };
    Ok(show(&shown))
}

/// Approvals that have been corrected, each with its correction.
fn corrected(page: &AgreementPage, l: Words) -> Vec<(String, String)> {
    let life = &page.life;
    let all = life.corrected_approvals.iter().map(|one| {
        let (approval, day) = (&one.fact, l.day(one.fact.decided_on));
        let words = [("body", approval.body.as_str()), ("day", day.as_str())];
        (l.with("corrected-approval", words), correction::told(&one.correction, life, l))
    });
    all.collect()
}

/// Until the agreement is in force, a party's registrar can correct the party's own approval.
fn correctable(visit: &Visit, page: &AgreementPage) -> Vec<(String, String)> {
    let life = &page.life;
    let own = |party: Party| Thing::Of(life.organisation(party).clone());
    let open = life.in_force.is_none() && visit.signed_in();
    let of = life.approvals.iter().filter(|a| open && visit.ctx.may(Act::Correct, &own(a.party)));
    let about = life.agreement.id.as_str();
    of.map(|a| (visit.l.t("correct-approval"), paths::correction(Kind::Approval, &a.record, about))).collect()
}

/// The day asked for, today if none was; and whether what was asked for is no day that has been.
pub(super) fn day_asked(visit: &Visit, per: Option<&str>) -> (Date, bool) {
    let today = visit.today();
    match per.map(str::trim).filter(|text| !text.is_empty()) {
        None => (today, false),
        Some(text) => match text.parse::<Date>() {
            Ok(day) if day <= today => (day, false),
            _ => (today, true),
        },
    }
}

#[derive(Template)]
#[template(path = "agreement/not_yet_issued.html")]
struct NotYetIssued {
    frame: Frame,
    l: Words,
    /// The day that was asked for, when the agreement was written later.
    day: Option<String>,
    /// What stands in the way, when there is no agreement at all.
    why: Option<String>,
    address: String,
}

/// Before an agreement was written; or, for a municipality on the send list, that there is none yet and why.
pub(super) async fn not_yet_issued(served: &Served, visit: &Visit, id: &AgreementId, day: Date) -> Result {
    let l = visit.l;
    let under =
        |name: String| Frame::new(visit, "nav-agreements", name).under(l.t("nav-agreements"), "/avtal");
    match agreement::show(&visit.ctx, &served.app, id).await {
        Ok(page) => {
            let frame = under(short_name(&page.programme, &page.life));
            let day = Some(l.day(day));
            Ok(show(&NotYetIssued { frame, l, day, why: None, address: paths::agreement(id) }))
        }
        Err(Error::NotFound) => {
            // Whoever is on the send list is known to all; anything else is an address that leads nowhere.
            let on_list = served.app.programmes().find_map(|programme| {
                let of = |r: &&Recipient| AgreementId::of(&programme.id, &r.municipality) == *id;
                programme.recipients.iter().find(of).map(|recipient| (programme, recipient))
            });
            let (programme, recipient) = on_list.ok_or(Error::NotFound).or_page(visit)?;
            let ready = dispatch::has_districts(&served.app, programme, &recipient.municipality);
            let ready = ready.await.or_page(visit)?;
            let why = if ready { "agreement-none-yet" } else { "agreement-none-without-codes" };
            let name =
                place_name(programme, &recipient.municipality).unwrap_or_else(|| recipient.name.clone());
            let why = l.with(why, [("name", recipient.name.as_str())]);
            let frame = under(name);
            Ok(show(&NotYetIssued { frame, l, day: None, why: Some(why), address: "/avtal".to_owned() }))
        }
        Err(other) => Err(other).or_page(visit),
    }
}

/// The municipality as people call it: its shortest name on the send list.
pub(super) fn short_name(programme: &Programme, life: &Life) -> String {
    place_name(programme, &life.agreement.municipality).unwrap_or_else(|| life.agreement.party_name.clone())
}

/// What people call the place: the shortest of a municipality's names.
pub(super) fn place_name(programme: &Programme, municipality: &OrganisationId) -> Option<String> {
    let recipient = programme.recipients.iter().find(|r| r.municipality == *municipality)?;
    recipient.names().min_by_key(|name| name.chars().count()).map(str::to_owned)
}

/// The registered numbers of every record about an agreement.
pub(super) async fn numbers(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
) -> std::result::Result<HashMap<RecordId, String>, Failure> {
    let filter = registry::Filter { agreement: Some(id.clone()), ..registry::Filter::default() };
    let (records, _) = registry::list(&visit.ctx, &served.app, &filter).await.or_page(visit)?;
    Ok(records.into_iter().map(|record| (record.id, record.number)).collect())
}

/// What this visitor can do next with the agreement, with the address of each act.
async fn steps(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
    day: Date,
) -> std::result::Result<Vec<(String, String)>, Failure> {
    if !visit.signed_in() || day < visit.today() {
        return Ok(Vec::new());
    }
    let desk = kvarter_services::duty::desk(&visit.ctx, &served.app).await.or_page(visit)?;
    let own = |step: &&Step| step.agreement == *id;
    Ok(desk
        .steps
        .iter()
        .filter(own)
        .map(|step| (visit.l.t(&format!("step-{}", step.act)), paths::step(id, step.act)))
        .collect())
}

/// The duties of one side, or all.
fn chosen<'a>(duties: &'a [DutyView], part: Option<&str>) -> Vec<&'a DutyView> {
    let side = part.and_then(Debtor::from_code);
    let owed =
        |view: &&DutyView| side.is_none_or(|s| view.duty.debtor == s || view.duty.debtor == Debtor::Both);
    duties.iter().filter(owed).collect()
}

/// Leaves out the notes of the other side, and the numbers that lead to them.
fn only(sheet: &mut Sheet, programme: &Programme, side: Debtor) {
    let of = |title: &str| {
        let named = |name: &kvarter_domain::text::Bilingual| name.sv == title || name.en == title;
        let obligation = programme.obligations.iter().find(|o| named(&o.name)).map(|o| o.bound);
        let permission = || programme.permissions.iter().find(|p| named(&p.name)).map(|p| p.bound);
        let intent = || programme.intents.iter().find(|i| named(&i.name)).map(|i| i.bound);
        obligation.or_else(permission).or_else(intent)
    };
    for clause in sheet.clauses.iter_mut().chain(sheet.letter.as_mut()) {
        for passage in &mut clause.passages {
            passage
                .notes
                .retain(|note| of(&note.title).is_none_or(|bound| bound == side || bound == Debtor::Both));
            let kept: Vec<String> = passage.notes.iter().map(|note| note.key.clone()).collect();
            for piece in passage.blocks.iter_mut().flat_map(|b| &mut b.items).flat_map(|i| &mut i.pieces) {
                piece.keys.retain(|(key, _)| kept.contains(key));
            }
        }
    }
}

fn facts(page: &AgreementPage, duties: &[DutyView], l: Words) -> Facts {
    let life = &page.life;
    let link = duties
        .iter()
        .filter(|view| view.duty.met_by == EventKind::LinkSent)
        .flat_map(|view| view.acts.discharges.iter().rev())
        .find_map(|act| act.link.clone());
    let conflict = life.letter.as_ref().is_some_and(|(dispatch, _)| {
        kvarter_domain::reference::normalised(&dispatch.reference)
            != kvarter_domain::reference::normalised(&dispatch.quote_on_return)
    });
    let originals = life.originals.iter().map(|original| {
        let kept = life.kept(original.mark);
        let pages = original.pages.to_string();
        let words = match kept {
            Some(custody) => {
                let holder = l.t(if custody.holder == life.agreement.state {
                    "held-by-state"
                } else {
                    "held-by-municipality"
                });
                l.with(
                    "original-kept",
                    [
                        ("pages", pages.as_str()),
                        ("holder", &holder),
                        ("place", &custody.place),
                        ("day", &l.day(custody.from_day)),
                    ],
                )
            }
            None => l.with("original-where-unknown", [("pages", pages.as_str())]),
        };
        OriginalView { mark: original.mark.code(), words }
    });
    let alike =
        matches!((life.original(Mark::A), life.original(Mark::B)), (Some(a), Some(b)) if a.text == b.text);
    let filled = sheet::filled_in(&page.programme, life)
        .into_iter()
        .map(|(kind, value)| (l.t(&format!("hole-{}", kind.code())), value))
        .collect();
    Facts {
        parties: l.with("parties", [("municipality", &life.agreement.party_name)]),
        period: period(&page.programme),
        law: page.programme.law.join(", "),
        municipality_page: link,
        references: references(page, l),
        conflict,
        originals: originals.collect(),
        alike,
        filled,
    }
}

/// Every number of the matter once, with everything that it is.
fn references(page: &AgreementPage, l: Words) -> Vec<ReferenceView> {
    let life = &page.life;
    let mut found: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
    let mut add = |number: &str, what: String| {
        let known = found.iter().find(|(_, (n, _))| n == number).map(|(at, _)| *at);
        let at = known.unwrap_or(found.len());
        let (_, roles) = found.entry(at).or_insert_with(|| (number.to_owned(), Vec::new()));
        if !roles.contains(&what) {
            roles.push(what);
        }
    };
    if let Some((dispatch, _)) = &life.letter {
        add(&dispatch.reference, l.t("reference-letter"));
    }
    add(&life.agreement.offer_reference, l.t("reference-offer"));
    if let Some((dispatch, _)) = &life.letter {
        add(&dispatch.quote_on_return, l.t("reference-to-quote"));
    }
    for reference in &life.references {
        let municipal = reference.organisation.as_ref() == Some(&life.agreement.municipality);
        match reference.role {
            ReferenceRole::Own if municipal => add(&reference.number, l.t("reference-municipality")),
            ReferenceRole::Quoted => add(&reference.number, l.t("reference-quoted")),
            _ => {}
        }
    }
    let note = |number: &str| {
        let of = page.programme.references.iter().find(|r| r.number == number)?;
        of.note.as_ref().map(|note| note.get(l.0).to_owned())
    };
    found
        .into_values()
        .map(|(number, roles)| ReferenceView { note: note(&number), what: roles.join("; "), number })
        .collect()
}

/// Figures: parties down, standings across; standings that no duty has are left out.
pub(super) fn tally(duties: &[&DutyView], l: Words) -> Tally {
    const ORDER: [&str; 13] = [
        "overdue",
        "due-soon",
        "triggered",
        "extended",
        "met-late",
        "met",
        "excused",
        "standing",
        "upcoming",
        "awaiting-event",
        "undated",
        "before-validity",
        "not-owed",
    ];
    let prospective = duties.iter().any(|view| view.prospective);
    let code_of = |view: &DutyView| {
        let code = view.standing.code();
        if view.prospective && !matches!(code, "met" | "before-validity") { "not-yet" } else { code }
    };
    let mut codes: Vec<(&'static str, String)> = Vec::new();
    for code in ORDER.into_iter().chain(prospective.then_some("not-yet")) {
        if duties.iter().any(|view| code_of(view) == code) {
            codes.push((code, l.t(&format!("standing-word-{code}"))));
        }
    }
    let rows = [Debtor::Municipality, Debtor::State, Debtor::Both].into_iter().filter_map(|debtor| {
        let own: Vec<_> = duties.iter().filter(|view| view.duty.debtor == debtor).collect();
        let counts =
            codes.iter().map(|(code, _)| own.iter().filter(|view| code_of(view) == *code).count()).collect();
        (!own.is_empty()).then(|| (l.t(&format!("debtor-{}", debtor.code())), counts))
    });
    Tally { rows: rows.collect(), codes }
}

fn signature(page: &AgreementPage, party: Party, l: Words) -> SignatureView {
    let life = &page.life;
    let signed: Vec<_> = Mark::BOTH.into_iter().filter_map(|mark| life.signature(party, mark)).collect();
    let blank = kvarter_domain::programme::wording::BLANK;
    let place_and_day = match signed.first() {
        Some(first) => format!("{}, {}", first.place, l.day(first.signed_on)),
        None => format!("{blank}, {}", life.agreement.issued_on.year()),
    };
    let words = match signed.as_slice() {
        [] => None,
        [one] => Some(l.with("signed-one", [("mark", one.mark.code()), ("day", &l.day(one.signed_on))])),
        [first, ..] => Some(l.with("signed-both", [("day", &l.day(first.signed_on))])),
    };
    let printed = match party {
        Party::State => Some(life.agreement.state_signatory.clone()),
        Party::Municipality => life.agreement.municipality_signatory.clone(),
    };
    let name = signed.first().map(|s| life.name_of(&s.person).to_owned()).or(printed);
    SignatureView {
        place_and_day,
        signed: words,
        party: match party {
            Party::State => l.t("party-state"),
            Party::Municipality => life.agreement.party_name.clone(),
        },
        name: name.unwrap_or_else(|| blank.to_owned()),
    }
}

fn stamp(page: &AgreementPage, numbers: &HashMap<RecordId, String>, l: Words) -> Option<Stamp> {
    let receipt = page.life.receipts.first()?;
    let recipient =
        page.programme.recipients.iter().find(|r| r.municipality == page.life.agreement.municipality);
    Some(Stamp {
        organisation: recipient
            .map(|r| r.name.clone())
            .unwrap_or_else(|| page.life.agreement.party_name.clone()),
        day: receipt.received_on.to_string(),
        // The stamp bears the matter's number; which record of it this is, the register says.
        number: own_number(&page.life)
            .or_else(|| numbers.get(&receipt.record).cloned())
            .unwrap_or_else(|| l.t("record-unnumbered")),
        routed_to: receipt.routed_to.clone(),
    })
}

/// The number of the municipality's own matter.
fn own_number(life: &Life) -> Option<String> {
    let own = |r: &&kvarter_domain::reference::Reference| {
        r.role == ReferenceRole::Own && r.organisation.as_ref() == Some(&life.agreement.municipality)
    };
    life.references.iter().find(own).map(|reference| reference.number.clone())
}

fn letter_facts(life: &Life, l: Words) -> String {
    life.letter.as_ref().map_or_else(String::new, |(dispatch, _)| {
        l.with("letter-facts", [("day", &l.day(dispatch.dated)), ("number", &dispatch.reference)])
    })
}
