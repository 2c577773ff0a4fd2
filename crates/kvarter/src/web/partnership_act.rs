//! Acts on who is in a partnership: invited, answered, joined, left.

use axum::extract::{Path, State};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::{AgreementId, OrganisationId, PartnerId};
use kvarter_domain::organisation::Organisation;
use kvarter_domain::partnership::{Answer, Basis, Category, Mode};
use kvarter_domain::problem::Problems;
use kvarter_services::partnership::{
    self, AnswerInvitation, Invite, Join, Leave, NewPartner, PartnershipPage, Who,
};
use kvarter_services::{Error, partnership_act};

use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::error::{OrPage as _, Result};
use super::form::Sent;
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, paths};
use crate::language::Words;

/// The programme and the municipality in an address.
pub(super) type Of = Path<(String, String)>;
/// The same, with what the act is about.
pub(super) type About = Path<(String, String, String)>;

/// The partnership, for its municipality's people.
pub(super) async fn to_run(served: &Served, visit: &Visit, id: &AgreementId) -> Result<PartnershipPage> {
    let page = partnership::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let municipality = Thing::Of(page.life.agreement.municipality.clone());
    visit.ctx.require(Policy::RunPartnership, &municipality).or_page(visit)?;
    Ok(page)
}

/// The form of an act in a partnership.
pub(super) fn form(visit: &Visit, page: &PartnershipPage, code: &'static str, path: &str) -> Act {
    let id = &page.life.agreement.id;
    let back = paths::partnership(id);
    Act::new(visit, "nav-partnerships", code, paths::partnership_act(id, path), back.clone())
        .under(visit.l.t("nav-partnerships"), "/partnerskap")
        .under(visit.l.with("partnership-title", [("name", page.life.agreement.party_name.as_str())]), back)
        .seen(page.seen)
}

/// Choices among the words of a closed list, each with what it is called.
pub(super) fn words_of<T: Copy + ToString>(all: &[T], called: impl Fn(T) -> String) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(one.to_string(), called(*one))).collect()
}

/// The fields that say who: someone entered, or someone new.
fn who_fields(form: Act, page: &PartnershipPage, authorities: &[Organisation], l: Words) -> Act {
    let mut known = vec![Choice::new("", l.t("partner-new"))];
    known.extend(page.known.partners.iter().map(|p| Choice::new(super::partnership::word(&p.id), &p.name)));
    let mut house = vec![Choice::new("", l.t("organisation-none"))];
    house.extend(authorities.iter().map(|o| Choice::new(&o.id, &o.name)));
    let mut required = vec![Choice::new("", l.t("required-none"))];
    required.extend(page.programme.required_partners.iter().map(|r| Choice::new(&r.id, r.name.get(l.0))));
    form.field("partner", Kind::List(known), "")
        .field("name", Kind::Line, "")
        .field("orgnr", Kind::Short, "")
        .field("category", Kind::One(words_of(Category::ALL, |one| l.t(&format!("category-{one}")))), "")
        .field("required_as", Kind::List(required), "")
        .field("organisation", Kind::List(house), "")
}

/// Who was written.
fn who(sent: &Sent, id: &AgreementId, problems: &mut Problems) -> Who {
    if let Some(word) = sent.filled("partner") {
        return Who::Known(PartnerId::new(format!("{id}/{word}")));
    }
    Who::New(NewPartner {
        name: sent.text("name").to_owned(),
        orgnr: sent.filled("orgnr"),
        organisation: sent.filled("organisation").map(OrganisationId::new),
        category: chosen(sent, "category", Category::from_code, problems).unwrap_or(Category::Other),
        required_as: sent.filled("required_as"),
    })
}

// --- Invited ---

async fn invite_form(served: &Served, visit: &Visit, page: &PartnershipPage) -> Result<Act> {
    let authorities = partnership::authorities(&served.app).await.or_page(visit)?;
    let l = visit.l;
    Ok(who_fields(form(visit, page, "invite", "inbjudan"), page, &authorities, l)
        .field("mode", Kind::One(words_of(Mode::ALL, |one| l.t(&format!("mode-{one}")))), Mode::Member)
        .field("invited_on", Kind::Day, visit.today())
        .field("note", Kind::Long, ""))
}

/// The form by which someone is invited.
pub async fn invite_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(invite_form(&served, &visit, &page).await?.show(&served))
}

/// Invites someone.
pub async fn invite(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = Invite {
        who: who(&sent, &id, &mut problems),
        mode: chosen(&sent, "mode", Mode::from_code, &mut problems).unwrap_or(Mode::Member),
        invited_on: sent.day("invited_on", &mut problems),
        note: sent.filled("note"),
        faults: problems,
    };
    let done = partnership::invite(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "invited"));
    invite_form(&served, &visit, &page).await?.conclude(&served, &visit, &sent, done).await
}

// --- Answered ---

fn answer_form(visit: &Visit, page: &PartnershipPage, partner: &PartnerId) -> Act {
    let path = format!("svar/{}", super::partnership::word(partner));
    let asked = page.known.invitations.iter().rfind(|i| i.partner == *partner);
    form(visit, page, "answer-invitation", &path)
        .fact("fact-partner", page.known.name_of(partner), None)
        .fact("fact-invited", asked.map(|i| visit.l.day(i.invited_on)).unwrap_or_default(), None)
        .field("answer", Kind::One(words_of(Answer::ALL, |one| visit.l.t(&format!("answer-{one}")))), "")
        .field("answered_on", Kind::Day, visit.today())
        .field("note", Kind::Long, "")
}

/// The form by which an invitation is answered.
pub async fn answer_page(State(served): State<Served>, visit: Visit, Path((p, m, who)): About) -> Result {
    let id = agreement_of(&p, &m);
    let page = partnership::show(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let partner = PartnerId::new(format!("{id}/{who}"));
    partnership_act::may_answer(&visit.ctx, &page, &partner).or_page(&visit)?;
    Ok(answer_form(&visit, &page, &partner).show(&served))
}

/// Answers an invitation.
pub async fn answer(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, who)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = partnership::show(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let partner = PartnerId::new(format!("{id}/{who}"));
    partnership_act::may_answer(&visit.ctx, &page, &partner).or_page(&visit)?;
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = AnswerInvitation {
        answer: chosen(&sent, "answer", Answer::from_code, &mut problems).unwrap_or(Answer::Declined),
        answered_on: sent.day("answered_on", &mut problems),
        note: sent.filled("note"),
        faults: problems,
    };
    let done = partnership::answer(&ctx, &served.app, &id, &partner, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "invitation-answered"));
    answer_form(&visit, &page, &partner).conclude(&served, &visit, &sent, done).await
}

// --- Joined ---

async fn join_form(served: &Served, visit: &Visit, page: &PartnershipPage) -> Result<Act> {
    let authorities = partnership::authorities(&served.app).await.or_page(visit)?;
    let l = visit.l;
    Ok(who_fields(form(visit, page, "join-partnership", "anslutning"), page, &authorities, l)
        .field("mode", Kind::One(words_of(Mode::ALL, |one| l.t(&format!("mode-{one}")))), Mode::Member)
        .field(
            "basis",
            Kind::One(words_of(Basis::ALL, |one| l.t(&format!("basis-choice-{one}")))),
            Basis::Voluntary,
        )
        .field("decision_reference", Kind::Short, "")
        .field("from_day", Kind::Day, visit.today()))
}

/// The form by which a joining is registered.
pub async fn join_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(join_form(&served, &visit, &page).await?.show(&served))
}

/// Registers a joining.
pub async fn join(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = Join {
        who: who(&sent, &id, &mut problems),
        mode: chosen(&sent, "mode", Mode::from_code, &mut problems).unwrap_or(Mode::Member),
        basis: chosen(&sent, "basis", Basis::from_code, &mut problems).unwrap_or(Basis::Voluntary),
        decision_reference: sent.filled("decision_reference"),
        from_day: sent.day("from_day", &mut problems),
        faults: problems,
    };
    let done = partnership::join(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "partner-joined"));
    join_form(&served, &visit, &page).await?.conclude(&served, &visit, &sent, done).await
}

// --- Left ---

fn leave_form(visit: &Visit, page: &PartnershipPage, partner: &PartnerId) -> Act {
    let path = format!("uttrade/{}", super::partnership::word(partner));
    form(visit, page, "leave-partnership", &path)
        .fact("fact-partner", page.known.name_of(partner), None)
        .field("last_day", Kind::Day, visit.today())
        .field("reason", Kind::Long, "")
}

async fn leaving(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
    who: &str,
) -> Result<(PartnershipPage, PartnerId)> {
    let page = to_run(served, visit, id).await?;
    let partner = PartnerId::new(format!("{id}/{who}"));
    match page.known.partner(&partner) {
        Some(_) => Ok((page, partner)),
        None => Err(Error::NotFound).or_page(visit),
    }
}

/// The form by which a departure is registered.
pub async fn leave_page(State(served): State<Served>, visit: Visit, Path((p, m, who)): About) -> Result {
    let (page, partner) = leaving(&served, &visit, &agreement_of(&p, &m), &who).await?;
    Ok(leave_form(&visit, &page, &partner).show(&served))
}

/// Registers a departure.
pub async fn leave(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, who)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (page, partner) = leaving(&served, &visit, &id, &who).await?;
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = Leave {
        last_day: sent.day("last_day", &mut problems),
        reason: sent.filled("reason"),
        faults: problems,
    };
    let done = partnership::leave(&ctx, &served.app, &id, &partner, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "partner-left"));
    leave_form(&visit, &page, &partner).conclude(&served, &visit, &sent, done).await
}
