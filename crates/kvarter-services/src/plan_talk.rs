//! What people say and ask about a draft: who is there, comments, tasks to partners, and what a partner is asked.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kvarter_domain::access::Act;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::plan::acceptance::GoalAcceptance;
use kvarter_domain::plan::part::Key;
use kvarter_domain::plan::series_of;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::text::squeeze;
use kvarter_store::draft::{self as drafts, Comment, Presence, Task};
use kvarter_store::{self as store, ReadTx, WriteTx};

use crate::App;
use crate::context::Ctx;
use crate::error::Result;
use crate::plan_draft::{actor, current, open};

/// Who was heard of so long ago is still there.
const PRESENT_FOR: SignedDuration = SignedDuration::from_secs(60);
/// A comment or a task says no more than this.
const WORDS_MAX: usize = 4_000;

/// Writes down that somebody is at a part.
pub(crate) async fn be_at(ctx: &Ctx, tx: &mut WriteTx, series: &str, part: &str) -> Result<()> {
    let (person, person_name, _) = actor(ctx)?;
    let presence = Presence { person, person_name, part: part.to_owned(), seen_at: ctx.now };
    Ok(drafts::be_present(tx, series, &presence).await?)
}

/// Writes down that somebody is at a part, and answers with who else is in the draft.
///
/// # Errors
/// When the actor may not read the draft.
pub async fn be_present(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
) -> Result<Vec<Presence>> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    be_at(ctx, &mut tx, &opened.series, &key.to_string()).await?;
    let others = others(ctx, &mut tx, &opened.series).await?;
    tx.commit().await?;
    Ok(others)
}

/// Who else is in a draft.
pub(crate) async fn others(ctx: &Ctx, tx: &mut ReadTx, series: &str) -> Result<Vec<Presence>> {
    let own = actor(ctx).ok().map(|(person, ..)| person);
    let since = ctx.now.checked_sub(PRESENT_FOR).unwrap_or(Timestamp::MIN);
    let present = drafts::present(tx, series, since).await?;
    Ok(present.into_iter().filter(|presence| Some(&presence.person) != own.as_ref()).collect())
}

/// Comments on a part.
///
/// # Errors
/// A comment that says nothing or too much; when the actor may not read the draft.
pub async fn comment(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
    words: &str,
) -> Result<()> {
    let words = said(words, "words")?;
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    let (person, person_name, _) = actor(ctx)?;
    let comment = Comment {
        id: app.mint(),
        part: key.to_string(),
        person,
        person_name,
        words,
        written_at: ctx.now,
        settled_at: None,
        settled_by: None,
    };
    drafts::comment(&mut tx, &opened.series, &comment).await?;
    ctx.spend(&mut tx, &comment.part).await?;
    tx.commit().await?;
    Ok(())
}

/// Settles a comment.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none, or it is settled; when the actor may not read the draft.
pub async fn settle_comment(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    id: &str,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    let (_, name, _) = actor(ctx)?;
    drafts::settle_comment(&mut tx, &opened.series, id, &name, ctx.now).await?;
    ctx.spend(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// What a partner is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The partner.
    pub partner: String,
    /// What is asked.
    pub words: String,
    /// By when.
    pub last_day: Option<Date>,
}

/// Asks a partner to do something with a part.
///
/// # Errors
/// Everything to correct; when the actor may not write in the draft.
pub async fn ask(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
    ask: &Ask,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    let mut problems = Problems::none();
    let words = said(&ask.words, "words").unwrap_or_else(|found| {
        problems.0.extend(found.0);
        String::new()
    });
    problems.add_if(!opened.partners.iter().any(|p| p.id == ask.partner && p.is_in(ctx.today())), || {
        Problem::new("task-for-no-partner", "partner").with("partner", &ask.partner)
    });
    problems.add_if(ask.last_day.is_some_and(|day| day < ctx.today()), || {
        Problem::new("task-in-the-past", "last_day").with("today", ctx.today())
    });
    problems.or(())?;
    let (_, given_by, _) = actor(ctx)?;
    let task = Task {
        id: app.mint(),
        series: opened.series,
        part: key.to_string(),
        partner: ask.partner.clone(),
        words,
        last_day: ask.last_day,
        given_by,
        given_at: ctx.now,
        done_at: None,
        done_by: None,
    };
    drafts::give_task(&mut tx, &task).await?;
    ctx.spend(&mut tx, &task.part).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes down that a task is done.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none, or it is done; when the actor may not read the draft.
pub async fn finish(ctx: &Ctx, app: &App, agreement: &AgreementId, district: &str, id: &str) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    let (_, name, _) = actor(ctx)?;
    drafts::finish_task(&mut tx, &opened.series, id, &name, ctx.now).await?;
    ctx.spend(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

fn said(words: &str, place: &str) -> std::result::Result<String, Problems> {
    let words = squeeze(words);
    let length = words.chars().count();
    if words.is_empty() {
        return Err(Problem::new("words-missing", place).into());
    }
    if length > WORDS_MAX {
        return Err(Problem::new("text-too-long", place)
            .with("length", length)
            .with("max", WORDS_MAX)
            .into());
    }
    Ok(words)
}

/// Something that a partner's people are asked to do with a plan.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The agreement.
    pub agreement: AgreementId,
    /// The district's code.
    pub district: String,
    /// The district's name.
    pub district_name: String,
    /// The part: `goal/g1`.
    pub part: String,
    /// What is asked: the task's words, or the goal's where it waits to be accepted.
    pub words: String,
    /// By when.
    pub last_day: Option<Date>,
    /// The partner that a goal waits to be accepted by; none for a task.
    pub accept_by: Option<String>,
}

/// What the actor's organisation, as a partner, is asked to do with plans: tasks that are not done, and goals that
/// name it and that it has not accepted as they are worded.
///
/// # Errors
/// When the store cannot be read.
pub async fn asked(ctx: &Ctx, app: &App) -> Result<Vec<Asked>> {
    let Some(own) = ctx.actor.organisation().cloned() else { return Ok(Vec::new()) };
    let mut tx = app.store.read().await?;
    let partners = store::partnership::partners_of(&mut tx, &own).await?;
    let open = if partners.is_empty() { Vec::new() } else { drafts::tasks_open(&mut tx).await? };
    let mut asked = Vec::new();
    for partner in &partners {
        let Some(life) = store::agreement::life(&mut tx, &partner.agreement).await? else { continue };
        let known = store::partnership::of_agreement(&mut tx, &partner.agreement).await?;
        if known.membership_on(&partner.id, ctx.today()).is_none() {
            continue;
        }
        for district in &life.districts {
            let series = series_of(&partner.agreement, &district.code);
            let of = |part: String, words: String, last_day, accept_by| Asked {
                agreement: partner.agreement.clone(),
                district: district.code.clone(),
                district_name: district.name.clone(),
                part,
                words,
                last_day,
                accept_by,
            };
            let tasks =
                open.iter().filter(|task| task.series == series && task.partner == partner.id.as_str());
            asked.extend(tasks.map(|task| of(task.part.clone(), task.words.clone(), task.last_day, None)));
            let accepted = store::plan::acceptances_of(&mut tx, &partner.agreement, &district.code).await?;
            let draft = current(&mut tx, &series).await?;
            let waits = draft.plan.goals.iter().filter(|goal| {
                let finished =
                    !goal.statement.trim().is_empty() && goal.target.is_some() && goal.by.is_some();
                let wording = goal.wording();
                let has = |a: &GoalAcceptance| {
                    a.goal == goal.id && a.partner == partner.id.as_str() && a.wording == wording
                };
                finished
                    && goal.partners.iter().any(|id| id == partner.id.as_str())
                    && !accepted.iter().any(has)
            });
            asked.extend(waits.map(|goal| {
                of(format!("goal/{}", goal.id), goal.statement.clone(), None, Some(partner.id.to_string()))
            }));
        }
    }
    Ok(asked)
}
