//! Acts on what a partnership does: organised, in groups, at meetings, in dialogue with residents, regions and state.

use axum::extract::{Path, State};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::{AgreementId, PartnerId};
use kvarter_domain::partnership::{Decision, DialogueKind, RegionalKind};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::Error;
use kvarter_services::partnership::{
    self, AnswerNeed, Consult, Describe, FormGroup, Hold, JoinGroup, LeaveGroup, Meet, PartnershipPage,
    RaiseNeed, Respond,
};

use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::agreement_act::PAGE_FILES;
use super::error::{OrPage as _, Result};
use super::form::Sent;
use super::partnership_act::{About, Of, form, to_run, words_of};
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, paths};

/// Choices of the agreement's districts; `none` is what no district is called, where that can be.
fn districts(page: &PartnershipPage, none: Option<String>) -> Vec<Choice> {
    let none = none.map(|words| Choice::new("", words));
    let all = page.life.districts.iter().map(|d| Choice::new(&d.code, &d.name));
    none.into_iter().chain(all).collect()
}

/// Choices of who takes part today.
fn partners(page: &PartnershipPage) -> Vec<Choice> {
    let of = |m: kvarter_domain::partnership::Membership<'_>| Choice::new(&m.partner.id, &m.partner.name);
    page.partners().into_iter().map(of).collect()
}

// --- The organisation ---

fn describe_form(visit: &Visit, page: &PartnershipPage) -> Act {
    let before = page.known.description_on(page.day).map(|d| d.words.clone()).unwrap_or_default();
    form(visit, page, "describe-organisation", "organisation").field("words", Kind::Long, before).field(
        "from_day",
        Kind::Day,
        visit.today(),
    )
}

/// The form by which the organisation is described.
pub async fn describe_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(describe_form(&visit, &page).show(&served))
}

/// Describes the organisation.
pub async fn describe(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let command = Describe {
        from_day: sent.day("from_day", &mut problems),
        words: sent.text("words").to_owned(),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::describe(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "organisation-described"));
    describe_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Working groups ---

fn group_form(visit: &Visit, page: &PartnershipPage) -> Act {
    form(visit, page, "form-group", "arbetsgrupp")
        .field("name", Kind::Line, "")
        .field("district", Kind::List(districts(page, Some(visit.l.t("district-every")))), "")
        .field("task", Kind::Long, "")
        .field("from_day", Kind::Day, visit.today())
        .field("members", Kind::Any(partners(page)), "")
}

/// The form by which a working group is formed.
pub async fn group_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(group_form(&visit, &page).show(&served))
}

/// Forms a working group.
pub async fn group(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let command = FormGroup {
        name: sent.text("name").to_owned(),
        district: sent.filled("district"),
        task: sent.filled("task"),
        from_day: sent.day("from_day", &mut problems),
        members: sent.all("members").map(PartnerId::new).collect(),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::form_group(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "group-formed"));
    group_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

/// The working group with a number in an address.
fn group_of(
    visit: &Visit,
    page: &PartnershipPage,
    number: &str,
) -> Result<kvarter_domain::partnership::WorkingGroup> {
    let group = page.known.groups.iter().find(|group| group.serial.to_string() == number);
    group.cloned().ok_or(Error::NotFound).or_page(visit)
}

fn group_change_form(
    visit: &Visit,
    page: &PartnershipPage,
    group: &kvarter_domain::partnership::WorkingGroup,
    joins: bool,
) -> Act {
    let there = page.known.group_on(&group.id, page.day);
    let is_there = |choice: &Choice| there.iter().any(|partner| partner.id.as_str() == choice.value);
    let choices = partners(page).into_iter().filter(|choice| is_there(choice) != joins).collect();
    let (code, path, day) =
        if joins { ("join-group", "in", "from_day") } else { ("leave-group", "ut", "last_day") };
    form(visit, page, code, &format!("arbetsgrupp/{}/{path}", group.serial))
        .fact("fact-group", group.name.clone(), None)
        .field("partner", Kind::One(choices), "")
        .field(day, Kind::Day, visit.today())
}

/// The form by which a partner joins a working group.
pub async fn join_group_page(State(served): State<Served>, visit: Visit, Path((p, m, n)): About) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    let group = group_of(&visit, &page, &n)?;
    Ok(group_change_form(&visit, &page, &group, true).show(&served))
}

/// Registers that a partner is in a working group.
pub async fn join_group(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, n)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let group = group_of(&visit, &page, &n)?;
    let mut problems = Problems::none();
    let from_day = sent.day("from_day", &mut problems);
    let partner =
        chosen(&sent, "partner", |code| Some(code.to_owned()).filter(|c| !c.is_empty()), &mut problems);
    let partner = PartnerId::new(partner.unwrap_or_default());
    let command = JoinGroup { group: group.id.clone(), partner, from_day, faults: problems };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::join_group(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "group-changed"));
    group_change_form(&visit, &page, &group, true).conclude(&served, &visit, &sent, done).await
}

/// The form by which a partner leaves a working group.
pub async fn leave_group_page(State(served): State<Served>, visit: Visit, Path((p, m, n)): About) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    let group = group_of(&visit, &page, &n)?;
    Ok(group_change_form(&visit, &page, &group, false).show(&served))
}

/// Registers that a partner has left a working group.
pub async fn leave_group(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, n)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let group = group_of(&visit, &page, &n)?;
    let there = page.known.group_on(&group.id, page.day);
    let mut problems = Problems::none();
    let last_day = sent.day("last_day", &mut problems);
    let one = |code: &str| there.iter().find(|partner| partner.id.as_str() == code).map(|p| p.id.clone());
    let partner = chosen(&sent, "partner", one, &mut problems);
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = async {
        let Some(partner) = partner else { return Err(problems.into()) };
        let command = LeaveGroup { group: group.id.clone(), partner, last_day, faults: problems };
        partnership::leave_group(&ctx, &served.app, &id, sent.seen(), command).await?;
        Ok(Receipt::new(to, "group-changed"))
    };
    let done = done.await;
    group_change_form(&visit, &page, &group, false).conclude(&served, &visit, &sent, done).await
}

// --- Meetings ---

fn meeting_form(visit: &Visit, page: &PartnershipPage) -> Act {
    let mut bodies = vec![Choice::new("", visit.l.t("partnership-itself"))];
    bodies.extend(page.known.groups.iter().map(|group| Choice::new(&group.id, &group.name)));
    form(visit, page, "hold-meeting", "mote")
        .field("group", Kind::List(bodies), "")
        .field("held_on", Kind::Day, visit.today())
        .field("present", Kind::Any(partners(page)), "")
        .field("decisions", Kind::Long, "")
        .field("minutes", Kind::File(PAGE_FILES), "")
}

/// The form by which a meeting is registered.
pub async fn meeting_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(meeting_form(&visit, &page).show(&served))
}

/// Decisions as they were written: each begins on a line with its paragraph, `§ 3 Planen antas.`
fn decisions(text: &str, problems: &mut Problems) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for (i, line) in text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()) {
        if let Some(rest) = line.strip_prefix('§') {
            let rest = rest.trim_start();
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (number, words) = rest.split_at(end);
            let words = words.trim_start_matches(['.', ':', ' ', '\u{a0}']);
            let number = if number.is_empty() { String::new() } else { format!("§ {number}") };
            decisions.push(Decision { number, words: words.to_owned() });
        } else if let Some(last) = decisions.last_mut() {
            last.words.push('\n');
            last.words.push_str(line);
        } else {
            problems.add(Problem::new("decision-without-number", format!("decisions:{}", i + 1)));
        }
    }
    decisions
}

/// Registers a meeting.
pub async fn meeting(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let command = Meet {
        group: sent.filled("group"),
        held_on: sent.day("held_on", &mut problems),
        present: sent.all("present").map(PartnerId::new).collect(),
        decisions: decisions(sent.text("decisions"), &mut problems),
        minutes: sent.file("minutes"),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::meet(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "meeting-held"));
    meeting_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- The regional level ---

fn consult_form(visit: &Visit, page: &PartnershipPage) -> Act {
    form(visit, page, "consult-region", "samrad")
        .field("kind", Kind::One(words_of(RegionalKind::ALL, |one| visit.l.t(&format!("contact-{one}")))), "")
        .field("counterpart", Kind::Line, "")
        .field("day", Kind::Day, visit.today())
        .field("outcome", Kind::Long, "")
        .field("link", Kind::Line, "")
}

/// The form by which a consultation is registered.
pub async fn consult_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(consult_form(&visit, &page).show(&served))
}

/// Registers a consultation.
pub async fn consult(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let kind = chosen(&sent, "kind", RegionalKind::from_code, &mut problems);
    let command = Consult {
        kind: kind.unwrap_or(RegionalKind::RegionalGrowth),
        counterpart: sent.text("counterpart").to_owned(),
        day: sent.day("day", &mut problems),
        outcome: sent.text("outcome").to_owned(),
        link: sent.filled("link"),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::consult(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "consulted"));
    consult_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Residents ---

fn dialogue_form(visit: &Visit, page: &PartnershipPage) -> Act {
    form(visit, page, "hold-dialogue", "dialog")
        .field(
            "kind",
            Kind::One(words_of(DialogueKind::ALL, |one| visit.l.t(&format!("dialogue-{one}")))),
            "",
        )
        .field("district", Kind::One(districts(page, None)), "")
        .field("day", Kind::Day, visit.today())
        .field("form", Kind::Line, "")
        .field("theme", Kind::Line, "")
        .field("taking_part", Kind::Short, "")
        .field("said", Kind::Long, "")
}

/// The form by which a dialogue with residents is registered.
pub async fn dialogue_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(dialogue_form(&visit, &page).show(&served))
}

/// Registers a dialogue with residents.
pub async fn dialogue(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let kind = chosen(&sent, "kind", DialogueKind::from_code, &mut problems);
    let district = |code: &str| page.life.districts.iter().find(|d| d.code == code).map(|d| d.code.clone());
    let district = chosen(&sent, "district", district, &mut problems).unwrap_or_default();
    let written = sent.text("taking_part");
    let taking_part = Some(written).filter(|text| !text.is_empty()).map(str::parse::<i64>);
    problems.add_if(matches!(taking_part, Some(Err(_))), || {
        Problem::new("count-impossible", "taking_part").with("count", written)
    });
    let command = Hold {
        kind: kind.unwrap_or(DialogueKind::Participation),
        district,
        day: sent.day("day", &mut problems),
        form: sent.text("form").to_owned(),
        theme: sent.text("theme").to_owned(),
        taking_part: taking_part.and_then(std::result::Result::ok),
        said: sent.text("said").to_owned(),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::hold(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "dialogue-held"));
    dialogue_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

fn respond_form(visit: &Visit, page: &PartnershipPage, held: &kvarter_domain::partnership::Dialogue) -> Act {
    form(visit, page, "respond-dialogue", &format!("dialog/{}/svar", held.serial))
        .fact("fact-theme", held.theme.clone(), None)
        .fact("fact-said", held.said.clone(), None)
        .field("done", Kind::Long, "")
        .field("day", Kind::Day, visit.today())
}

fn dialogue_of(
    visit: &Visit,
    page: &PartnershipPage,
    number: &str,
) -> Result<kvarter_domain::partnership::Dialogue> {
    let held = page.known.dialogues.iter().find(|dialogue| dialogue.serial.to_string() == number);
    held.cloned().ok_or(Error::NotFound).or_page(visit)
}

/// The form by which residents are answered.
pub async fn respond_page(State(served): State<Served>, visit: Visit, Path((p, m, n)): About) -> Result {
    let page = to_run(&served, &visit, &agreement_of(&p, &m)).await?;
    let held = dialogue_of(&visit, &page, &n)?;
    Ok(respond_form(&visit, &page, &held).show(&served))
}

/// Answers residents.
pub async fn respond(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, n)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = to_run(&served, &visit, &id).await?;
    let held = dialogue_of(&visit, &page, &n)?;
    let mut problems = Problems::none();
    let command =
        Respond { day: sent.day("day", &mut problems), done: sent.text("done").to_owned(), faults: problems };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::respond(&ctx, &served.app, &id, &held.id, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "dialogue-answered"));
    respond_form(&visit, &page, &held).conclude(&served, &visit, &sent, done).await
}

// --- Needs ---

async fn raising(served: &Served, visit: &Visit, id: &AgreementId) -> Result<PartnershipPage> {
    let page = partnership::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    if page.may_raise { Ok(page) } else { Err(Error::Denied).or_page(visit) }
}

fn need_form(visit: &Visit, page: &PartnershipPage) -> Act {
    form(visit, page, "raise-need", "behov")
        .field("addressed_to", Kind::Line, "")
        .field("district", Kind::List(districts(page, Some(visit.l.t("district-every")))), "")
        .field("words", Kind::Long, "")
        .field("raised_on", Kind::Day, visit.today())
}

/// The form by which a need is put to the state.
pub async fn need_page(State(served): State<Served>, visit: Visit, Path((p, m)): Of) -> Result {
    let page = raising(&served, &visit, &agreement_of(&p, &m)).await?;
    Ok(need_form(&visit, &page).show(&served))
}

/// Puts a need to the state.
pub async fn need(State(served): State<Served>, visit: Visit, Path((p, m)): Of, sent: Sent) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = raising(&served, &visit, &id).await?;
    let mut problems = Problems::none();
    let command = RaiseNeed {
        district: sent.filled("district"),
        addressed_to: sent.text("addressed_to").to_owned(),
        words: sent.text("words").to_owned(),
        raised_on: sent.day("raised_on", &mut problems),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::raise_need(&ctx, &served.app, &id, sent.seen(), command).await;
    let done = done.map(|_| Receipt::new(to, "need-raised"));
    need_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

async fn answering(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
    number: &str,
) -> Result<(PartnershipPage, kvarter_domain::partnership::Need)> {
    let page = partnership::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let state = Thing::Of(page.life.agreement.state.clone());
    visit.ctx.require(Policy::AnswerNeed, &state).or_page(visit)?;
    let need = page.known.needs.iter().find(|need| need.serial.to_string() == number).cloned();
    let need = need.ok_or(Error::NotFound).or_page(visit)?;
    Ok((page, need))
}

fn answer_need_form(visit: &Visit, page: &PartnershipPage, need: &kvarter_domain::partnership::Need) -> Act {
    form(visit, page, "answer-need", &format!("behov/{}/svar", need.serial))
        .fact("fact-addressed", need.addressed_to.clone(), None)
        .fact("fact-need", need.words.clone(), None)
        .field("words", Kind::Long, "")
        .field("answered_on", Kind::Day, visit.today())
}

/// The form by which the state answers a need.
pub async fn answer_need_page(State(served): State<Served>, visit: Visit, Path((p, m, n)): About) -> Result {
    let (page, need) = answering(&served, &visit, &agreement_of(&p, &m), &n).await?;
    Ok(answer_need_form(&visit, &page, &need).show(&served))
}

/// Answers a need for the state.
pub async fn answer_need(
    State(served): State<Served>,
    visit: Visit,
    Path((p, m, n)): About,
    sent: Sent,
) -> Result {
    let id = agreement_of(&p, &m);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (page, need) = answering(&served, &visit, &id, &n).await?;
    let mut problems = Problems::none();
    let command = AnswerNeed {
        answered_on: sent.day("answered_on", &mut problems),
        words: sent.text("words").to_owned(),
        faults: problems,
    };
    let to = paths::partnership(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = partnership::answer_need(&ctx, &served.app, &id, &need.id, sent.seen(), command).await;
    let done = done.map(|()| Receipt::new(to, "need-answered"));
    answer_need_form(&visit, &page, &need).conclude(&served, &visit, &sent, done).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_by_their_paragraphs_and_what_has_none_is_told() {
        let mut problems = Problems::none();
        let read = decisions("§ 1 Planen antas.\n§2. Mötet ajourneras\ntill onsdag.\n\n", &mut problems);
        let read: Vec<(&str, &str)> = read.iter().map(|d| (d.number.as_str(), d.words.as_str())).collect();
        assert_eq!(read, [("§ 1", "Planen antas."), ("§ 2", "Mötet ajourneras\ntill onsdag.")]);
        assert!(problems.is_empty());
        decisions("Planen antas.", &mut problems);
        assert_eq!(problems.0[0].place, "decisions:1");
    }
}
