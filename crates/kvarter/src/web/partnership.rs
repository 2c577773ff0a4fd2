//! Partnerships as anyone may read them: the list of all, and one with who is in it and what has been said.

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use kvarter_domain::collaboration::Coverage;
use kvarter_domain::correction::{Correction, Kind};
use kvarter_domain::ids::{AgreementId, RecordId};
use kvarter_domain::partnership::{Basis, Gap, Membership};
use kvarter_services::partnership::PartnershipPage;
use kvarter_services::{collaboration, partnership};
use serde::Deserialize;

use super::error::{OrPage as _, Result};
use super::page::{Frame, show};
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, correction, paths};
use crate::language::Words;

/// A municipality in the list.
struct Row {
    name: String,
    address: String,
    members: usize,
    supporters: usize,
    missing: usize,
    unanswered: usize,
    needs: usize,
    meetings: usize,
}

#[derive(Template)]
#[template(path = "partnership/list.html")]
struct List {
    frame: Frame,
    l: Words,
    programmes: Vec<(String, Vec<Row>)>,
}

/// Every partnership.
pub async fn list(State(served): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let mut programmes = Vec::new();
    for programme in served.app.programmes() {
        let rows = partnership::list(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
        let rows = rows.into_iter().map(|row| Row {
            address: paths::partnership(&row.agreement),
            name: row.name,
            members: row.members,
            supporters: row.supporters,
            missing: row.missing,
            unanswered: row.unanswered,
            needs: row.needs,
            meetings: row.meetings,
        });
        programmes.push((programme.name.get(l.0).to_owned(), rows.collect()));
    }
    Ok(show(&List {
        frame: Frame::new(&visit, "nav-partnerships", l.t("partnerships-title")),
        l,
        programmes,
    }))
}

/// What can be asked of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// As known on that day.
    per: Option<String>,
}

impl Asked {
    /// What was written.
    pub(super) fn written(&self) -> String {
        self.per.clone().unwrap_or_default()
    }

    /// The day that is meant; today where none is, and whether what was written is no day that has been.
    pub(super) fn day(&self, today: Date) -> (Date, bool) {
        let written = self.per.as_deref().map(str::trim).filter(|text| !text.is_empty());
        match written.map(str::parse::<Date>) {
            None => (today, false),
            Some(Ok(day)) if day <= today => (day, false),
            Some(_) => (today, true),
        }
    }
}

/// A partner on the page.
struct PartnerLine {
    name: String,
    mode: String,
    category: String,
    basis: String,
    from: String,
    collaboration: Option<(&'static str, String, String)>,
    leave: Option<String>,
}

/// Someone who was asked and has not answered, or said no.
struct InvitationLine {
    name: String,
    day: String,
    answer: String,
    address: Option<String>,
}

/// A working group.
struct GroupLine {
    name: String,
    district: Option<String>,
    task: Option<String>,
    members: String,
    acts: Vec<(String, String)>,
}

/// A meeting.
struct MeetingLine {
    day: String,
    body: String,
    present: String,
    decisions: Vec<(String, String)>,
    record: String,
    minutes: Option<String>,
    correct: Option<String>,
}

/// A dialogue with its responses.
struct DialogueLine {
    heading: String,
    aside: String,
    said: String,
    done: Vec<(String, String)>,
    respond: Option<String>,
    correct: Option<String>,
}

/// A need with its answers.
struct NeedLine {
    heading: String,
    aside: String,
    words: String,
    answers: Vec<(String, String)>,
    answer: Option<String>,
}

/// A contact at the regional level.
struct ContactLine {
    kind: String,
    counterpart: String,
    day: String,
    outcome: String,
    link: Option<String>,
    correct: Option<String>,
}

#[derive(Template)]
#[template(path = "partnership/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    agreement: String,
    board: String,
    action: String,
    day: String,
    is_past: bool,
    per_is_wrong: bool,
    per: String,
    gaps: Vec<String>,
    acts: Vec<(String, String)>,
    partners: Vec<PartnerLine>,
    former: Vec<(String, String)>,
    invitations: Vec<InvitationLine>,
    description: Option<(String, String)>,
    groups: Vec<GroupLine>,
    meetings: Vec<MeetingLine>,
    dialogues: Vec<DialogueLine>,
    unanswered: usize,
    needs: Vec<NeedLine>,
    contacts: Vec<ContactLine>,
    /// What was wrong, and by whom, when and why it was corrected.
    corrected: Vec<(String, String)>,
}

/// One partnership.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result {
    let l = visit.l;
    let id = agreement_of(&programme, &municipality);
    let (day, per_is_wrong) = asked.day(visit.today());
    let page = partnership::show_as_of(&visit.ctx, &served.app, &id, day).await.or_page(&visit)?;
    let (_, board) = collaboration::board(&visit.ctx, &served.app, &id, day).await.or_page(&visit)?;
    let is_past = day < visit.today();
    let may_run = page.may_run && !is_past && page.life.in_force.is_some();
    let partners = page.partners().into_iter().map(|m| partner_line(&m, &board, may_run, l)).collect();
    let municipality = page.life.agreement.municipality.clone();
    let correct = |kind, about: &str, record: &RecordId| {
        if is_past { None } else { correction::address(&visit, kind, about, record, &municipality) }
    };
    let memberships = page.known.memberships();
    let gone = memberships.iter().filter(|m| m.last_day().is_some_and(|last| last < day));
    let former = gone.map(|m| {
        let times =
            [("from", l.day(m.joining.from_day)), ("to", m.last_day().map(|d| l.day(d)).unwrap_or_default())];
        let times: Vec<(&str, &str)> = times.iter().map(|(name, day)| (*name, day.as_str())).collect();
        (m.partner.name.clone(), l.with("partnership-times", [times[0], times[1]]))
    });
    Ok(show(&Page {
        frame: frame(&visit, &page),
        l,
        agreement: paths::agreement(&id),
        board: format!("/overenskommelser/{id}"),
        action: paths::partnership(&id),
        day: l.day(day),
        is_past,
        per_is_wrong,
        per: asked.written(),
        gaps: page.composition.gaps.iter().map(|gap| gap_words(&page, gap, l)).collect(),
        acts: acts(&page, &id, may_run, is_past, l),
        partners,
        former: former.collect(),
        invitations: invitations(&page, may_run, is_past, l),
        description: page.known.description_on(day).map(|d| (l.day(d.from_day), d.words.clone())),
        groups: groups(&page, may_run, l),
        meetings: meetings(&page, &correct, l),
        dialogues: dialogues(&page, may_run, &correct, l),
        unanswered: page.known.unanswered_dialogues(day).count(),
        needs: needs(&page, is_past, l),
        contacts: contacts(&page, &correct, l),
        corrected: corrected(&page, l),
    }))
}

/// The frame of a page in a partnership.
pub(super) fn frame(visit: &Visit, page: &PartnershipPage) -> Frame {
    let name = page.life.agreement.party_name.as_str();
    let title = visit.l.with("partnership-title", [("name", name)]);
    Frame::new(visit, "nav-partnerships", title).under(visit.l.t("nav-partnerships"), "/partnerskap")
}

fn acts(page: &PartnershipPage, id: &AgreementId, run: bool, past: bool, l: Words) -> Vec<(String, String)> {
    let to = |act: &str, path: &str| (l.t(&format!("act-{act}")), paths::partnership_act(id, path));
    let mut acts = Vec::new();
    if run {
        acts = vec![
            to("invite", "inbjudan"),
            to("join-partnership", "anslutning"),
            to("hold-meeting", "mote"),
            to("hold-dialogue", "dialog"),
            to("form-group", "arbetsgrupp"),
            to("describe-organisation", "organisation"),
            to("consult-region", "samrad"),
        ];
    }
    if page.may_raise && !past && page.life.in_force.is_some() {
        acts.push(to("raise-need", "behov"));
    }
    acts
}

fn partner_line(m: &Membership<'_>, board: &[Coverage], run: bool, l: Words) -> PartnerLine {
    let partner = &m.partner.id;
    let decision = m.joining.decision_reference.as_deref().unwrap_or_default();
    let basis = match m.joining.basis {
        Basis::Mandated => l.with("basis-mandated", [("decision", decision)]),
        Basis::Voluntary => l.t("basis-voluntary"),
    };
    let standing = board.iter().find(|row| row.partner == *partner).map(|row| &row.standing);
    PartnerLine {
        name: m.partner.name.clone(),
        mode: l.t(&format!("mode-{}", m.joining.mode)),
        category: l.t(&format!("category-{}", m.partner.category)),
        basis,
        from: l.day(m.joining.from_day),
        collaboration: standing.map(|standing| {
            let (sign, words) = super::collaboration::stands(standing, l);
            (sign, words, paths::collaboration(partner))
        }),
        leave: run
            .then(|| paths::partnership_act(&m.partner.agreement, &format!("uttrade/{}", word(partner)))),
    }
}

/// The last part of a partner's id, which stands in addresses.
pub(super) fn word(partner: &kvarter_domain::ids::PartnerId) -> &str {
    kvarter_domain::collaboration::word_of(partner)
}

/// What is lacking, in a sentence.
pub(crate) fn gap_words(page: &PartnershipPage, gap: &Gap, l: Words) -> String {
    let required = gap
        .required
        .as_deref()
        .and_then(|id| page.programme.required_partners.iter().find(|required| required.id == id));
    let name = required.map(|required| required.name.get(l.0).to_owned());
    let decision = required.map(|required| required.decision.clone()).unwrap_or_default();
    let category = gap.category.map(|category| l.t(&format!("category-{category}"))).unwrap_or_default();
    let district = gap.district.as_deref().map(|code| page.district(code).to_owned()).unwrap_or_default();
    let name = name.unwrap_or(category);
    l.with(
        &format!("gap-{}", gap.lack),
        [("name", name.as_str()), ("decision", decision.as_str()), ("district", district.as_str())],
    )
}

fn invitations(page: &PartnershipPage, run: bool, past: bool, l: Words) -> Vec<InvitationLine> {
    let open: Vec<_> = page.known.open_invitations(page.day).collect();
    let waiting = open.iter().map(|invitation| InvitationLine {
        name: page.known.name_of(&invitation.partner).to_owned(),
        day: l.day(invitation.invited_on),
        answer: l.t("invitation-open"),
        address: ((run || page.own.as_ref() == Some(&invitation.partner)) && !past).then(|| {
            paths::partnership_act(&invitation.agreement, &format!("svar/{}", word(&invitation.partner)))
        }),
    });
    let declined = page.known.answers.iter().filter(|answer| {
        answer.answer == kvarter_domain::partnership::Answer::Declined
            && page.known.membership_on(&answer.partner, page.day).is_none()
    });
    let declined = declined.map(|answer| InvitationLine {
        name: page.known.name_of(&answer.partner).to_owned(),
        day: l.day(answer.answered_on),
        answer: l.t("invitation-declined"),
        address: None,
    });
    waiting.chain(declined).collect()
}

fn groups(page: &PartnershipPage, run: bool, l: Words) -> Vec<GroupLine> {
    let of = |group: &kvarter_domain::partnership::WorkingGroup| {
        let members = page.known.group_on(&group.id, page.day);
        let to = |act: &str, path: &str| {
            let path = format!("arbetsgrupp/{}/{path}", group.serial);
            (l.t(&format!("act-{act}")), paths::partnership_act(&group.agreement, &path))
        };
        let mut acts = Vec::new();
        if run {
            acts.push(to("join-group", "in"));
            if !members.is_empty() {
                acts.push(to("leave-group", "ut"));
            }
        }
        GroupLine {
            name: group.name.clone(),
            district: group.district.as_deref().map(|code| page.district(code).to_owned()),
            task: group.task.clone(),
            members: members.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
            acts,
        }
    };
    page.known.groups.iter().map(of).collect()
}

/// Where what was registered is corrected, for those who may.
type Correct<'a> = dyn Fn(Kind, &str, &RecordId) -> Option<String> + 'a;

/// What counts no longer, the latest first.
fn corrected(page: &PartnershipPage, l: Words) -> Vec<(String, String)> {
    let wrong = &page.known.corrected;
    let line = |what: String, day: Date, correction: &Correction| {
        let told = correction::told(correction, &page.life, l);
        (correction.corrected_on, format!("{what}, {}", l.day(day)), told)
    };
    let meetings = wrong
        .meetings
        .iter()
        .map(|one| line(l.t("correction-of-meeting"), one.fact.held_on, &one.correction));
    let dialogues = wrong.dialogues.iter().map(|one| {
        let what = format!("{}: {}", l.t("correction-of-dialogue"), one.fact.theme);
        line(what, one.fact.day, &one.correction)
    });
    let contacts = wrong.regional.iter().map(|one| {
        let what = format!("{}: {}", l.t("correction-of-regional-contact"), one.fact.counterpart);
        line(what, one.fact.day, &one.correction)
    });
    let mut all: Vec<_> = meetings.chain(dialogues).chain(contacts).collect();
    all.sort_by_key(|(day, ..)| std::cmp::Reverse(*day));
    all.into_iter().map(|(_, what, told)| (what, told)).collect()
}

fn meetings(page: &PartnershipPage, correct: &Correct<'_>, l: Words) -> Vec<MeetingLine> {
    let of = |meeting: &kvarter_domain::partnership::Meeting| {
        let group = meeting.group.as_ref().and_then(|id| page.known.groups.iter().find(|g| g.id == *id));
        MeetingLine {
            day: l.day(meeting.held_on),
            body: group.map_or_else(|| l.t("partnership-itself"), |group| group.name.clone()),
            present: meeting.present.iter().map(|p| page.known.name_of(p)).collect::<Vec<_>>().join(", "),
            decisions: meeting.decisions.iter().map(|d| (d.number.clone(), d.words.clone())).collect(),
            record: paths::record(&meeting.record),
            minutes: meeting.document.as_ref().map(|_| paths::record_document(&meeting.record)),
            correct: correct(Kind::Meeting, &meeting.id, &meeting.record),
        }
    };
    page.known.meetings.iter().rev().map(of).collect()
}

fn dialogues(page: &PartnershipPage, run: bool, correct: &Correct<'_>, l: Words) -> Vec<DialogueLine> {
    let of = |dialogue: &kvarter_domain::partnership::Dialogue| {
        let count =
            dialogue.taking_part.map(|n| l.with("dialogue-count", [("count", n.to_string().as_str())]));
        let parts = [Some(l.day(dialogue.day)), Some(dialogue.form.clone()), count];
        let kind = l.t(&format!("dialogue-{}", dialogue.kind));
        let path = format!("dialog/{}/svar", dialogue.serial);
        DialogueLine {
            heading: format!("{}: {}", page.district(&dialogue.district), dialogue.theme),
            aside: [vec![kind], parts.into_iter().flatten().collect()].concat().join(", "),
            said: dialogue.said.clone(),
            done: page.known.responses_to(&dialogue.id).map(|r| (l.day(r.day), r.done.clone())).collect(),
            respond: run.then(|| paths::partnership_act(&dialogue.agreement, &path)),
            correct: correct(Kind::Dialogue, &dialogue.id, &dialogue.record),
        }
    };
    page.known.dialogues.iter().rev().map(of).collect()
}

fn needs(page: &PartnershipPage, past: bool, l: Words) -> Vec<NeedLine> {
    let of = |need: &kvarter_domain::partnership::Need| {
        let by =
            need.partner.as_ref().map_or(page.life.agreement.party_name.as_str(), |p| page.known.name_of(p));
        let district = need.district.as_deref().map(|code| page.district(code).to_owned());
        let parts = [Some(by.to_owned()), district, Some(l.day(need.raised_on))];
        NeedLine {
            heading: need.addressed_to.clone(),
            aside: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
            words: need.words.clone(),
            answers: page
                .known
                .answers_to(&need.id)
                .map(|a| (l.day(a.answered_on), a.words.clone()))
                .collect(),
            answer: (page.may_answer_needs && !past)
                .then(|| paths::partnership_act(&need.agreement, &format!("behov/{}/svar", need.serial))),
        }
    };
    page.known.needs.iter().rev().map(of).collect()
}

fn contacts(page: &PartnershipPage, correct: &Correct<'_>, l: Words) -> Vec<ContactLine> {
    let of = |contact: &kvarter_domain::partnership::RegionalContact| ContactLine {
        kind: l.t(&format!("contact-{}", contact.kind)),
        counterpart: contact.counterpart.clone(),
        day: l.day(contact.day),
        outcome: contact.outcome.clone(),
        link: contact.link.clone(),
        correct: correct(Kind::RegionalContact, &contact.id, &contact.record),
    };
    page.known.regional.iter().rev().map(of).collect()
}
