//! Acts on a collaboration agreement: drafted, drawn up, signed, confirmed, revised, reported.

use askama::Template;
use axum::extract::{Path, State};
use kvarter_domain::collaboration::{Draft, Side, Standing, Who, series_of};
use kvarter_domain::ids::PartnerId;
use kvarter_domain::problem::Problems;
use kvarter_domain::signing::Mode;
use kvarter_services::Error;
use kvarter_services::collaboration::{
    self, CollaborationPage, Confirm, Edit, FindNeed, OnPaper, Remove, SaveCommitment, SaveTerms,
};

use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::agreement_act::PAGE_FILES;
use super::collaboration::{CommitmentLine, commitment_line, partner_of, under};
use super::error::{OrPage as _, Result};
use super::form::Sent;
use super::page::{Frame, show};
use super::partnership_act::words_of;
use super::request::Visit;
use super::{Served, paths};
use crate::language::Words;

/// Programme, municipality and partner in an address.
type With = Path<(String, String, String)>;
/// The same, with a commitment.
type WithOne = Path<(String, String, String, String)>;

/// The page of a collaboration agreement, for those who may act on it.
async fn opened(served: &Served, visit: &Visit, partner: &PartnerId) -> Result<CollaborationPage> {
    collaboration::show(&visit.ctx, &served.app, partner).await.or_page(visit)
}

async fn to_edit(served: &Served, visit: &Visit, partner: &PartnerId) -> Result<CollaborationPage> {
    let page = opened(served, visit, partner).await?;
    if page.may_edit { Ok(page) } else { Err(Error::Denied).or_page(visit) }
}

fn form(visit: &Visit, page: &CollaborationPage, code: &'static str, path: &str, back: &str) -> Act {
    let l = visit.l;
    let partner = &page.partner.id;
    let name = page.life.agreement.party_name.as_str();
    let back =
        if back.is_empty() { paths::collaboration(partner) } else { paths::collaboration_act(partner, back) };
    Act::new(visit, "nav-partnerships", code, paths::collaboration_act(partner, path), back)
        .under(l.t("nav-partnerships"), "/partnerskap")
        .under(l.with("partnership-title", [("name", name)]), paths::partnership(&page.life.agreement.id))
        .under(
            l.with("collaboration-with", [("name", page.partner.name.as_str())]),
            paths::collaboration(partner),
        )
}

/// The draft as it is; empty where nobody has begun.
fn draft_of(page: &CollaborationPage) -> Draft {
    page.draft.clone().unwrap_or_else(|| Draft {
        series: series_of(&page.partner.id),
        revision: 0,
        terms: kvarter_domain::collaboration::Terms::default(),
    })
}

// --- The draft ---

#[derive(Template)]
#[template(path = "collaboration/draft.html")]
struct DraftPage {
    frame: Frame,
    l: Words,
    purpose: String,
    period: Option<String>,
    terms: String,
    add: String,
    draw_up: String,
    can_bind: bool,
    commitments: Vec<CommitmentLine>,
    plans: String,
}

/// The draft.
pub async fn draft(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let l = visit.l;
    let partner = partner_of(&p, &m, &w);
    let page = to_edit(&served, &visit, &partner).await?;
    let draft = draft_of(&page);
    let title = l.with("collaboration-draft-title", [("name", page.partner.name.as_str())]);
    let frame = under(Frame::new(&visit, "nav-partnerships", title), &page, l).under(
        l.with("collaboration-with", [("name", page.partner.name.as_str())]),
        paths::collaboration(&partner),
    );
    let period = draft.terms.from_day.zip(draft.terms.to_day).map(|(from, to)| {
        l.with("partnership-times", [("from", l.day(from).as_str()), ("to", l.day(to).as_str())])
    });
    Ok(show(&DraftPage {
        frame,
        l,
        purpose: draft.terms.purpose.clone(),
        period,
        terms: paths::collaboration_act(&partner, "utkast/syfte"),
        add: paths::collaboration_act(&partner, "utkast/atagande"),
        draw_up: paths::collaboration_act(&partner, "upprattande"),
        can_bind: !page.bindings.is_empty(),
        commitments: draft.terms.commitments.iter().map(|one| commitment_line(&page, one, true, l)).collect(),
        plans: "/planer".to_owned(),
    }))
}

/// Changes the draft and goes back to it.
async fn changed(
    served: &Served,
    visit: &Visit,
    sent: &Sent,
    page: Act,
    partner: &PartnerId,
    edit: std::result::Result<Edit, Problems>,
) -> Result {
    let to = paths::collaboration_act(partner, "utkast");
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = async {
        let edit = edit.map_err(Error::Problems)?;
        let seen = sent.seen().unwrap_or_default();
        collaboration::edit(&ctx, &served.app, partner, seen, edit, Problems::none()).await?;
        Ok(Receipt::new(to, "draft-saved"))
    };
    let done = done.await;
    page.conclude(served, visit, sent, done).await
}

fn terms_form(visit: &Visit, page: &CollaborationPage) -> Act {
    let Draft { revision, terms, .. } = draft_of(page);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    form(visit, page, "edit-terms", "utkast/syfte", "utkast")
        .field("purpose", Kind::Long, &terms.purpose)
        .field("from_day", Kind::Day, day(terms.from_day))
        .field("to_day", Kind::Day, day(terms.to_day))
        .seen(revision)
}

/// The form for what an agreement is for.
pub async fn terms_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(terms_form(&visit, &page).show(&served))
}

/// Saves what an agreement is for.
pub async fn terms(State(served): State<Served>, visit: Visit, Path((p, m, w)): With, sent: Sent) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let mut problems = Problems::none();
    let edit = Edit::Terms(SaveTerms {
        purpose: sent.text("purpose").to_owned(),
        from_day: sent.day_or_none("from_day", &mut problems),
        to_day: sent.day_or_none("to_day", &mut problems),
    });
    changed(&served, &visit, &sent, terms_form(&visit, &page), &partner, problems.or(edit)).await
}

fn commitment_form(visit: &Visit, page: &CollaborationPage, id: Option<&str>) -> Option<Act> {
    let Draft { revision, terms, .. } = draft_of(page);
    let now = terms.commitments.iter().find(|one| Some(one.id.as_str()) == id);
    if id.is_some() && now.is_none() {
        return None;
    }
    let path = match id {
        Some(id) => format!("utkast/atagande/{id}"),
        None => "utkast/atagande".to_owned(),
    };
    let bindings = page.bindings.iter().map(|one| {
        Choice::new(
            format!("{}#{}", one.plan_version, one.element),
            visit.l.with(
                "binding",
                [("district", one.district.as_str()), ("element", &one.element), ("name", &one.name)],
            ),
        )
    });
    let bound = now.map(|one| format!("{}#{}", one.plan_version, one.element)).unwrap_or_default();
    let by = now.and_then(|one| one.by).map(|day| day.to_string()).unwrap_or_default();
    let mut choices = vec![Choice::new("", visit.l.t("binding-none"))];
    choices.extend(bindings);
    Some(
        form(visit, page, "edit-commitment", &path, "utkast")
            .field(
                "who",
                Kind::One(words_of(Who::ALL, |one| visit.l.t(&format!("who-{one}")))),
                now.map_or(Who::Partner, |one| one.who),
            )
            .field("what", Kind::Long, now.map_or("", |one| one.what.as_str()))
            .field("bound", Kind::List(choices), bound)
            .field("by", Kind::Day, by)
            .field("resources", Kind::Long, now.map_or("", |one| one.resources.as_str()))
            .seen(revision),
    )
}

fn commitment_of(sent: &Sent, id: Option<String>, problems: &mut Problems) -> SaveCommitment {
    let parted =
        |text: &str| text.split_once('#').map(|(plan, element)| (plan.to_owned(), element.to_owned()));
    let (plan_version, element) = chosen(sent, "bound", parted, problems).unwrap_or_default();
    SaveCommitment {
        id,
        who: chosen(sent, "who", Who::from_code, problems).unwrap_or(Who::Partner),
        what: sent.text("what").to_owned(),
        plan_version,
        element,
        by: sent.day_or_none("by", problems),
        resources: sent.text("resources").to_owned(),
    }
}

/// The form for a new commitment.
pub async fn add_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    let form = commitment_form(&visit, &page, None).ok_or(Error::NotFound).or_page(&visit)?;
    Ok(form.show(&served))
}

/// Adds a commitment.
pub async fn add(State(served): State<Served>, visit: Visit, Path((p, m, w)): With, sent: Sent) -> Result {
    saved(served, visit, partner_of(&p, &m, &w), None, sent).await
}

/// The form for a commitment.
pub async fn commitment_page(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w, id)): WithOne,
) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    let form = commitment_form(&visit, &page, Some(&id)).ok_or(Error::NotFound).or_page(&visit)?;
    Ok(form.show(&served))
}

/// Changes a commitment.
pub async fn commitment(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w, id)): WithOne,
    sent: Sent,
) -> Result {
    saved(served, visit, partner_of(&p, &m, &w), Some(id), sent).await
}

async fn saved(served: Served, visit: Visit, partner: PartnerId, id: Option<String>, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let form = commitment_form(&visit, &page, id.as_deref()).ok_or(Error::NotFound).or_page(&visit)?;
    let mut problems = Problems::none();
    let save = commitment_of(&sent, id, &mut problems);
    changed(&served, &visit, &sent, form, &partner, problems.or(Edit::Commitment(save))).await
}

fn remove_form(visit: &Visit, page: &CollaborationPage, id: &str) -> Option<Act> {
    let Draft { revision, terms, .. } = draft_of(page);
    let one = terms.commitments.iter().find(|one| one.id == id)?;
    Some(
        form(visit, page, "remove-commitment", &format!("utkast/bort/{id}"), "utkast")
            .fact("fact-commitment", one.what.clone(), None)
            .seen(revision),
    )
}

/// Asks whether a commitment is to be taken away.
pub async fn remove_page(State(served): State<Served>, visit: Visit, Path((p, m, w, id)): WithOne) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    let form = remove_form(&visit, &page, &id).ok_or(Error::NotFound).or_page(&visit)?;
    Ok(form.show(&served))
}

/// Takes a commitment away.
pub async fn remove(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w, id)): WithOne,
    sent: Sent,
) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let form = remove_form(&visit, &page, &id).ok_or(Error::NotFound).or_page(&visit)?;
    changed(&served, &visit, &sent, form, &partner, Ok(Edit::Remove(Remove { id }))).await
}

// --- Drawn up ---

fn draw_up_form(visit: &Visit, page: &CollaborationPage) -> Act {
    let l = visit.l;
    let mut modes = vec![Choice::new("paper", l.t("signed-on-paper"))];
    if page.keys && page.partner.organisation.is_some() {
        modes.push(Choice::new("electronic", l.t("signed-with-keys")));
    }
    form(visit, page, "draw-up", "upprattande", "utkast")
        .field("way", Kind::One(modes), "paper")
        .seen(draft_of(page).revision)
}

/// The form by which the draft is drawn up.
pub async fn draw_up_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(draw_up_form(&visit, &page).show(&served))
}

/// Draws up the draft.
pub async fn draw_up(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w)): With,
    sent: Sent,
) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let mode = |code: &str| match code {
        "paper" => Some(Mode::Paper),
        "electronic" => Some(Mode::Electronic),
        _ => None,
    };
    let mut problems = Problems::none();
    let mode = chosen(&sent, "way", mode, &mut problems).unwrap_or(Mode::Paper);
    let to = paths::collaboration(&partner);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = async {
        problems.or(())?;
        let seen = sent.seen().unwrap_or_default();
        collaboration::draw_up(&ctx, &served.app, &partner, seen, mode).await?;
        Ok(Receipt::new(to, "drawn-up"))
    };
    let done = done.await;
    draw_up_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Signed ---

fn sign_form(visit: &Visit, page: &CollaborationPage) -> Option<Act> {
    let version = page.known.unsigned(&page.partner.id, page.day)?;
    let side = page.signs_for?;
    let file = paths::collaboration_act(&page.partner.id, &format!("fil/{}", version.serial));
    Some(
        form(visit, page, "sign-collaboration", "underskrift", "")
            .fact("fact-side", visit.l.t(&format!("side-{side}")), None)
            .fact(
                "fact-file",
                visit.l.with("file-pages", [("count", version.pages.to_string().as_str())]),
                Some(file),
            )
            .field("read", Kind::Tick, "")
            .field("place", Kind::Short, "")
            .field("passphrase", Kind::Secret, "")
            .seen(page.seen),
    )
}

/// The form by which the actor signs with a key.
pub async fn sign_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = opened(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(sign_form(&visit, &page).ok_or(Error::Denied).or_page(&visit)?.show(&served))
}

/// Signs with the actor's key.
pub async fn sign(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w)): With,
    mut sent: Sent,
) -> Result {
    let partner = partner_of(&p, &m, &w);
    let passphrase = sent.taken("passphrase");
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &partner).await?;
    let form = sign_form(&visit, &page).ok_or(Error::Denied).or_page(&visit)?;
    let to = paths::collaboration(&partner);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    problems.add_if(!sent.ticked("read"), || kvarter_domain::problem::Problem::new("pages-not-read", "read"));
    let place = sent.text("place").to_owned();
    let done =
        collaboration::sign_with_key(&ctx, &served.app, &partner, sent.seen(), &place, &passphrase, problems);
    let done = done.await.map(|()| Receipt::new(to, "collaboration-signed"));
    form.conclude(&served, &visit, &sent, done).await
}

fn attest_form(visit: &Visit, page: &CollaborationPage) -> Option<Act> {
    let version = page.known.unsigned(&page.partner.id, page.day)?;
    let left: Vec<Side> =
        Side::ALL.iter().copied().filter(|side| page.known.signature(&version.id, *side).is_none()).collect();
    let file = paths::collaboration_act(&page.partner.id, &format!("fil/{}", version.serial));
    Some(
        form(visit, page, "attest-collaboration", "intyg", "")
            .fact(
                "fact-file",
                visit.l.with("file-pages", [("count", version.pages.to_string().as_str())]),
                Some(file),
            )
            .field("side", Kind::One(words_of(&left, |one| visit.l.t(&format!("side-{one}")))), "")
            .field("name", Kind::Line, "")
            .field("signed_on", Kind::Day, visit.today())
            .field("scan", Kind::File(PAGE_FILES), "")
            .seen(page.seen),
    )
}

async fn to_attest(served: &Served, visit: &Visit, partner: &PartnerId) -> Result<(CollaborationPage, Act)> {
    let page = opened(served, visit, partner).await?;
    if !page.may_attest {
        return Err(Error::Denied).or_page(visit);
    }
    let form = attest_form(visit, &page).ok_or(Error::NotFound).or_page(visit)?;
    Ok((page, form))
}

/// The form by which a signature on paper is attested.
pub async fn attest_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let (_, form) = to_attest(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(form.show(&served))
}

/// Attests a signature on paper.
pub async fn attest(State(served): State<Served>, visit: Visit, Path((p, m, w)): With, sent: Sent) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (_, form) = to_attest(&served, &visit, &partner).await?;
    let to = paths::collaboration(&partner);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = OnPaper {
        side: chosen(&sent, "side", Side::from_code, &mut problems).unwrap_or(Side::Municipality),
        name: sent.text("name").to_owned(),
        signed_on: sent.day("signed_on", &mut problems),
        scan: sent.file("scan"),
        faults: problems,
    };
    let done = collaboration::sign_on_paper(&ctx, &served.app, &partner, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "collaboration-signed"));
    form.conclude(&served, &visit, &sent, done).await
}

// --- Confirmed, found in need of revision, reported ---

fn confirm_form(visit: &Visit, page: &CollaborationPage) -> Option<Act> {
    let Standing::Stale { why, .. } = &page.standing else { return None };
    let mut plans: Vec<Choice> = Vec::new();
    for one in why {
        if !plans.iter().any(|choice| choice.value == one.newer) {
            let number = page.plans.version(&one.newer).map(|v| v.serial.to_string()).unwrap_or_default();
            let words = [("district", one.district.as_str()), ("number", number.as_str())];
            plans.push(Choice::new(&one.newer, visit.l.with("plan-of", words)));
        }
    }
    let first = plans.first().map(|choice| choice.value.clone()).unwrap_or_default();
    Some(
        form(visit, page, "confirm-collaboration", "bekraftelse", "")
            .field("plan_version", Kind::One(plans), first)
            .field("reason", Kind::Long, "")
            .field("confirmed_on", Kind::Day, visit.today())
            .seen(page.seen),
    )
}

/// The form by which an agreement is confirmed unchanged.
pub async fn confirm_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(confirm_form(&visit, &page).ok_or(Error::NotFound).or_page(&visit)?.show(&served))
}

/// Confirms an agreement unchanged.
pub async fn confirm(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, w)): With,
    sent: Sent,
) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let form = confirm_form(&visit, &page).ok_or(Error::NotFound).or_page(&visit)?;
    let to = paths::collaboration(&partner);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let one = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
    let command = Confirm {
        plan_version: chosen(&sent, "plan_version", one, &mut problems).unwrap_or_default(),
        confirmed_on: sent.day("confirmed_on", &mut problems),
        reason: sent.text("reason").to_owned(),
        faults: problems,
    };
    let done = collaboration::confirm(&ctx, &served.app, &partner, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "collaboration-confirmed"));
    form.conclude(&served, &visit, &sent, done).await
}

fn revise_form(visit: &Visit, page: &CollaborationPage) -> Act {
    form(visit, page, "revise-collaboration", "revidering", "")
        .field("reason", Kind::Long, "")
        .field("found_on", Kind::Day, visit.today())
        .seen(page.seen)
}

/// The form by which a need to revise is registered.
pub async fn revise_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_edit(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(revise_form(&visit, &page).show(&served))
}

/// Registers a need to revise, and opens the draft.
pub async fn revise(State(served): State<Served>, visit: Visit, Path((p, m, w)): With, sent: Sent) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_edit(&served, &visit, &partner).await?;
    let to = paths::collaboration_act(&partner, "utkast");
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = FindNeed {
        found_on: sent.day("found_on", &mut problems),
        reason: sent.text("reason").to_owned(),
        faults: problems,
    };
    let done = collaboration::find_need(&ctx, &served.app, &partner, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "revision-begun"));
    revise_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

fn report_form(visit: &Visit, page: &CollaborationPage) -> Act {
    form(visit, page, "report-collaboration", "redovisning", "")
        .fact("fact-handed-over", visit.l.day(visit.today()), None)
        .seen(page.seen)
}

async fn to_report(served: &Served, visit: &Visit, partner: &PartnerId) -> Result<CollaborationPage> {
    let page = to_edit(served, visit, partner).await?;
    if page.may_report { Ok(page) } else { Err(Error::NotFound).or_page(visit) }
}

/// The form by which a revised agreement is reported.
pub async fn report_page(State(served): State<Served>, visit: Visit, Path((p, m, w)): With) -> Result {
    let page = to_report(&served, &visit, &partner_of(&p, &m, &w)).await?;
    Ok(report_form(&visit, &page).show(&served))
}

/// Reports a revised agreement.
pub async fn report(State(served): State<Served>, visit: Visit, Path((p, m, w)): With, sent: Sent) -> Result {
    let partner = partner_of(&p, &m, &w);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_report(&served, &visit, &partner).await?;
    let to = paths::collaboration(&partner);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = async {
        let record = collaboration::report(&ctx, &served.app, &partner, sent.seen()).await?;
        let number = kvarter_services::registry::show(&visit.ctx, &served.app, &record).await?.record.number;
        Ok(Receipt::numbered(to, "met", number))
    };
    let done = done.await;
    report_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}
