//! Collaboration agreements as they are read: the board of all, one with what is committed to and how it stands.

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use kvarter_domain::collaboration::{Commitment, Moved, Side, Standing};
use kvarter_domain::ids::PartnerId;
use kvarter_domain::signing::Mode;
use kvarter_services::collaboration::{self, CollaborationPage};

use super::error::{OrPage as _, Result};
use super::page::{Frame, file as answer_file, show};
use super::partnership::Asked;
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, paths};
use crate::language::Words;

/// How a collaboration agreement stands: its sign, and its words.
pub(crate) fn stands(standing: &Standing, l: Words) -> (&'static str, String) {
    let day = |key: &str, day: Date| l.with(key, [("day", l.day(day).as_str())]);
    match standing {
        Standing::Missing => ("missing", l.t("collaboration-missing")),
        Standing::NotNeeded => ("undated", l.t("collaboration-not-needed")),
        Standing::Unsigned { .. } => ("due-soon", l.t("collaboration-unsigned")),
        Standing::Valid { since, .. } => ("met", day("collaboration-valid", *since)),
        Standing::Stale { since, .. } => ("overdue", day("collaboration-stale", *since)),
        Standing::UnderRevision { since, .. } => ("due-soon", day("collaboration-under-revision", *since)),
        Standing::Ended { on, .. } => ("missing", day("collaboration-ended", *on)),
    }
}

// --- The board ---

struct BoardRow {
    name: String,
    mode: String,
    sign: &'static str,
    standing: String,
    why: Vec<String>,
    address: String,
}

#[derive(Template)]
#[template(path = "collaboration/board.html")]
struct Board {
    frame: Frame,
    l: Words,
    partnership: String,
    action: String,
    day: String,
    is_past: bool,
    per_is_wrong: bool,
    per: String,
    rows: Vec<BoardRow>,
    gaps: usize,
}

/// The board of an agreement: every partner, and how its collaboration agreement stands.
pub async fn board(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result {
    let l = visit.l;
    let id = agreement_of(&programme, &municipality);
    let (day, per_is_wrong) = asked.day(visit.today());
    let (life, board) = collaboration::board(&visit.ctx, &served.app, &id, day).await.or_page(&visit)?;
    let gaps = board.iter().filter(|row| row.member && row.standing.is_gap()).count();
    let rows = board.into_iter().map(|row| {
        let (sign, standing) = stands(&row.standing, l);
        let why = if let Standing::Stale { why, .. } = &row.standing { why.as_slice() } else { &[] };
        BoardRow {
            address: paths::collaboration(&row.partner),
            mode: l.t(if row.member { "mode-member" } else { "mode-supporter" }),
            why: why.iter().map(|one| stale_words(one, l)).collect(),
            name: row.name,
            sign,
            standing,
        }
    });
    let name = life.agreement.party_name.clone();
    Ok(show(&Board {
        frame: Frame::new(&visit, "nav-partnerships", l.t("collaborations-title"))
            .under(l.t("nav-partnerships"), "/partnerskap")
            .under(l.with("partnership-title", [("name", name.as_str())]), paths::partnership(&id)),
        l,
        partnership: paths::partnership(&id),
        action: format!("/overenskommelser/{id}"),
        day: l.day(day),
        is_past: day < visit.today(),
        per_is_wrong,
        per: asked.written(),
        rows: rows.collect(),
        gaps,
    }))
}

fn stale_words(one: &kvarter_domain::collaboration::Stale, l: Words) -> String {
    let moved = match one.moved {
        Moved::Unchanged => l.t("stale-unchanged"),
        Moved::Changed => l.t("stale-changed"),
        Moved::Gone => l.t("stale-gone"),
    };
    let day = l.day(one.since);
    l.with(
        "stale-why",
        [
            ("commitment", one.what.as_str()),
            ("element", one.name.as_str()),
            ("district", one.district.as_str()),
            ("day", day.as_str()),
            ("moved", moved.as_str()),
        ],
    )
}

// --- One ---

/// A commitment, ready to be read.
pub(super) struct CommitmentLine {
    pub(super) id: String,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) by: String,
    pub(super) resources: String,
    pub(super) bound: String,
    pub(super) plan: Option<String>,
    pub(super) edit: Option<String>,
    pub(super) remove: Option<String>,
}

/// A version with who has signed it.
struct VersionLine {
    name: String,
    file: String,
    mode: String,
    signatures: Vec<String>,
    report: Option<String>,
}

#[derive(Template)]
#[template(path = "collaboration/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    board: String,
    sign: &'static str,
    standing: String,
    why: Vec<String>,
    acts: Vec<(String, String)>,
    purpose: String,
    period: Option<String>,
    commitments: Vec<CommitmentLine>,
    versions: Vec<VersionLine>,
    confirmations: Vec<(String, String)>,
    has_draft: bool,
}

/// The partner in an address.
pub(super) fn partner_of(programme: &str, municipality: &str, word: &str) -> PartnerId {
    PartnerId::new(format!("{}/{word}", agreement_of(programme, municipality)))
}

/// The frame of a page about one collaboration agreement.
pub(super) fn under(frame: Frame, page: &CollaborationPage, l: Words) -> Frame {
    let id = &page.life.agreement.id;
    let name = page.life.agreement.party_name.as_str();
    frame
        .under(l.t("nav-partnerships"), "/partnerskap")
        .under(l.with("partnership-title", [("name", name)]), paths::partnership(id))
}

/// One collaboration agreement.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, word)): Path<(String, String, String)>,
) -> Result {
    let l = visit.l;
    let partner = partner_of(&programme, &municipality, &word);
    let page = collaboration::show(&visit.ctx, &served.app, &partner).await.or_page(&visit)?;
    let (sign, standing) = stands(&page.standing, l);
    let why = if let Standing::Stale { why, .. } = &page.standing { why.as_slice() } else { &[] };
    let shown = page.known.concluded(&partner, page.day).or_else(|| page.known.with(&partner).next_back());
    let terms = shown.and_then(|version| page.known.terms_of(&version.id)).cloned().unwrap_or_default();
    let period = terms.from_day.zip(terms.to_day).map(|(from, to)| {
        l.with("partnership-times", [("from", l.day(from).as_str()), ("to", l.day(to).as_str())])
    });
    let commitments = terms.commitments.iter().map(|one| commitment_line(&page, one, false, l)).collect();
    let versions = page.known.with(&partner).rev().map(|version| {
        let signed = Side::ALL.iter().filter_map(|side| page.known.signature(&version.id, *side));
        let signatures = signed.map(|s| {
            let side = l.t(&format!("side-{}", s.side));
            let day = l.day(s.signed_on);
            l.with("signed-by", [("side", side.as_str()), ("name", s.name.as_str()), ("day", day.as_str())])
        });
        let report = page.known.reports.iter().find(|report| report.version == version.id);
        VersionLine {
            name: l.with("plan-version-name", [("number", version.serial.to_string().as_str())]),
            file: paths::collaboration_act(&partner, &format!("fil/{}", version.serial)),
            mode: l.t(mode_key(
                version.mode,
                Side::ALL.iter().all(|side| page.known.signature(&version.id, *side).is_some()),
            )),
            signatures: signatures.collect(),
            report: report.map(|report| paths::record(&report.record)),
        }
    });
    let confirmations = page.known.confirmations.iter().filter(|c| shown.is_some_and(|v| v.id == c.version));
    let confirmations = confirmations.map(|c| (l.day(c.confirmed_on), c.reason.clone())).collect::<Vec<_>>();
    let title = l.with("collaboration-with", [("name", page.partner.name.as_str())]);
    Ok(show(&Page {
        frame: under(Frame::new(&visit, "nav-partnerships", title), &page, l),
        l,
        board: format!("/overenskommelser/{}", page.life.agreement.id),
        sign,
        standing,
        why: why.iter().map(|one| stale_words(one, l)).collect(),
        acts: acts(&page, l),
        purpose: terms.purpose.clone(),
        period,
        commitments,
        versions: versions.collect(),
        confirmations,
        has_draft: page.draft.is_some(),
    }))
}

/// How a version is signed; by both already, or yet to be.
fn mode_key(mode: Mode, by_both: bool) -> &'static str {
    match (mode, by_both) {
        (Mode::Paper, false) => "signed-on-paper",
        (Mode::Electronic, false) => "signed-with-keys",
        (Mode::Paper, true) => "was-signed-on-paper",
        (Mode::Electronic, true) => "was-signed-with-keys",
    }
}

/// What the reader can do.
fn acts(page: &CollaborationPage, l: Words) -> Vec<(String, String)> {
    let to = |act: &str, path: &str| {
        (l.t(&format!("act-{act}")), paths::collaboration_act(&page.partner.id, path))
    };
    let mut acts = Vec::new();
    let unsigned = page.known.unsigned(&page.partner.id, page.day);
    if let (Some(version), Some(side)) = (unsigned, page.signs_for)
        && version.mode == Mode::Electronic
        && page.known.signature(&version.id, side).is_none()
    {
        acts.push(to("sign-collaboration", "underskrift"));
    }
    if page.may_attest && unsigned.is_some_and(|version| version.mode == Mode::Paper) {
        acts.push(to("attest-collaboration", "intyg"));
    }
    if page.may_edit && matches!(page.standing, Standing::Stale { .. }) {
        acts.push(to("confirm-collaboration", "bekraftelse"));
    }
    if page.may_edit && matches!(page.standing, Standing::Stale { .. } | Standing::Valid { .. }) {
        acts.push(to("revise-collaboration", "revidering"));
    }
    if page.may_edit && page.member.is_some() {
        let concluded = page.known.concluded(&page.partner.id, page.day).is_some();
        if page.draft.is_some() || !concluded {
            acts.push((l.t("collaboration-draft"), paths::collaboration_act(&page.partner.id, "utkast")));
        }
    }
    if page.may_report {
        acts.push(to("report-collaboration", "redovisning"));
    }
    acts
}

/// A commitment in words.
pub(super) fn commitment_line(
    page: &CollaborationPage,
    one: &Commitment,
    edits: bool,
    l: Words,
) -> CommitmentLine {
    let plan = page.plans.version(&one.plan_version);
    let name = page.plans.name_of(&one.plan_version, &one.element).unwrap_or_default();
    let number = plan.map(|plan| plan.serial.to_string()).unwrap_or_default();
    let district = plan.map(|plan| plan.district_name.as_str()).unwrap_or_default();
    let bound =
        [("name", name), ("element", one.element.as_str()), ("district", district), ("number", &number)];
    let path = |path: &str| paths::collaboration_act(&page.partner.id, &format!("utkast/{path}/{}", one.id));
    CommitmentLine {
        id: one.id.clone(),
        who: match one.who {
            kvarter_domain::collaboration::Who::Municipality => page.life.agreement.party_name.clone(),
            kvarter_domain::collaboration::Who::Partner => page.partner.name.clone(),
            kvarter_domain::collaboration::Who::Both => l.t("who-both"),
        },
        what: one.what.clone(),
        by: one.by.map(|day| l.day(day)).unwrap_or_default(),
        resources: one.resources.clone(),
        bound: l.with("commitment-bound", bound),
        plan: plan.map(|plan| paths::plan(&plan.agreement, &plan.district, plan.serial)),
        edit: edits.then(|| path("atagande")),
        remove: edits.then(|| path("bort")),
    }
}

/// The file of a version.
pub async fn file(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, word, serial)): Path<(String, String, String, i64)>,
) -> Result {
    let partner = partner_of(&programme, &municipality, &word);
    let found = collaboration::file(&visit.ctx, &served.app, &partner, serial).await;
    let (document, bytes) = found.or_page(&visit)?;
    Ok(answer_file(bytes, &document.media_type, &document.name, false))
}
