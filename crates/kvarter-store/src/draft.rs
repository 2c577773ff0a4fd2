//! Drafts of plans while they are worked on. They are not facts and not covered by the log; their edits are only
//! ever added, so whatever somebody wrote can be found again.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, canonical};
use crate::read::{Cells, ReadTx, instant};
use crate::write::WriteTx;
use jiff::Timestamp;
use jiff::civil::Date;
use kvarter_domain::ids::PersonId;
use serde_json::Value;
use sqlx::any::AnyRow;

/// One edit of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The part: `goal/g1`.
    pub part: String,
    /// Its number among the part's edits, from 1.
    pub serial: i64,
    /// What the part held after it; null when it was taken away.
    pub body: Value,
    /// Whether it was kept beside what somebody else had saved first, for people to settle.
    pub aside: bool,
    /// The edit beside that this one settles.
    pub settles: Option<i64>,
    /// Who made it.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// When.
    pub saved_at: Timestamp,
}

/// Who is where in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// In which part.
    pub part: String,
    /// When last heard of.
    pub seen_at: Timestamp,
}

/// A comment on a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// The part.
    pub part: String,
    /// Who wrote it.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// What it says.
    pub words: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was settled, if it was.
    pub settled_at: Option<Timestamp>,
    /// By whom.
    pub settled_by: Option<String>,
}

/// Something that a partner is asked to do with a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// The series that it belongs to.
    pub series: String,
    /// The part.
    pub part: String,
    /// The partner that is asked.
    pub partner: String,
    /// What is asked.
    pub words: String,
    /// By when.
    pub last_day: Option<Date>,
    /// Who asks.
    pub given_by: String,
    /// When.
    pub given_at: Timestamp,
    /// When it was done, if it is.
    pub done_at: Option<Timestamp>,
    /// By whom.
    pub done_by: Option<String>,
}

const EDITS: &str =
    "select part, serial, body, aside, settles, person, person_name, saved_at from draft_edit";

/// The latest edit of each part of a draft, those that took a part away among them.
///
/// # Errors
/// Whatever the engine reports.
pub async fn latest(tx: &mut ReadTx, series: &str) -> Result<Vec<Edit>> {
    let select = format!(
        "{EDITS} e where series = $1 and aside = 0 and serial = (select max(serial) from draft_edit l \
         where l.series = e.series and l.part = e.part and l.aside = 0) order by part"
    );
    edits(tx, select, &[Bind::from(&series)]).await
}

/// The edits that were kept beside what had been saved first, and that nobody has settled.
///
/// # Errors
/// Whatever the engine reports.
pub async fn beside(tx: &mut ReadTx, series: &str) -> Result<Vec<Edit>> {
    let select = format!(
        "{EDITS} e where series = $1 and aside = 1 and not exists (select 1 from draft_edit s \
         where s.series = e.series and s.part = e.part and s.settles = e.serial) order by part, serial"
    );
    edits(tx, select, &[Bind::from(&series)]).await
}

/// Every edit of one part, oldest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn history(tx: &mut ReadTx, series: &str, part: &str) -> Result<Vec<Edit>> {
    let select = format!("{EDITS} where series = $1 and part = $2 order by serial");
    edits(tx, select, &[Bind::from(&series), Bind::from(&part)]).await
}

/// The parts that there have ever been.
///
/// # Errors
/// Whatever the engine reports.
pub async fn parts_ever(tx: &mut ReadTx, series: &str) -> Result<Vec<String>> {
    let select = "select distinct part from draft_edit where series = $1 order by part".to_owned();
    tx.rows(select, &[Bind::from(&series)]).await?.iter().map(|row| row.text("part")).collect()
}

/// Adds an edit.
///
/// # Errors
/// `Conflict` if there is one with that number.
pub async fn add(tx: &mut WriteTx, series: &str, edit: &Edit) -> Result<()> {
    let insert = "insert into draft_edit (series, part, serial, body, aside, settles, person, person_name, saved_at) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let bound = [
        Bind::from(&series),
        Bind::from(&edit.part),
        Bind::from(edit.serial),
        Bind::from(&canonical(&edit.body)),
        Bind::from(i64::from(edit.aside)),
        Bind::Integer(edit.settles),
        Bind::from(&edit.person),
        Bind::from(&edit.person_name),
        Bind::from(&instant(edit.saved_at)),
    ];
    tx.execute(insert.to_owned(), &bound).await?;
    Ok(())
}

/// Who has been heard of in a draft since an instant.
///
/// # Errors
/// Whatever the engine reports.
pub async fn present(tx: &mut ReadTx, series: &str, since: Timestamp) -> Result<Vec<Presence>> {
    let select =
        "select person, person_name, part, seen_at from draft_presence where series = $1 and seen_at >= $2 \
                  order by person_name, person"
            .to_owned();
    let rows = tx.rows(select, &[Bind::from(&series), Bind::from(&instant(since))]).await?;
    let presence = |row: &AnyRow| {
        Ok(Presence {
            person: PersonId::new(row.text("person")?),
            person_name: row.text("person_name")?,
            part: row.text("part")?,
            seen_at: row.instant("seen_at")?,
        })
    };
    rows.iter().map(presence).collect()
}

/// Writes down that somebody is at a part.
///
/// # Errors
/// Whatever the engine reports.
pub async fn be_present(tx: &mut WriteTx, series: &str, presence: &Presence) -> Result<()> {
    let delete = "delete from draft_presence where series = $1 and person = $2".to_owned();
    tx.execute(delete, &[Bind::from(&series), Bind::from(&presence.person)]).await?;
    let insert =
        "insert into draft_presence (series, person, person_name, part, seen_at) values ($1, $2, $3, $4, $5)";
    let bound = [
        Bind::from(&series),
        Bind::from(&presence.person),
        Bind::from(&presence.person_name),
        Bind::from(&presence.part),
        Bind::from(&instant(presence.seen_at)),
    ];
    tx.execute(insert.to_owned(), &bound).await?;
    Ok(())
}

/// The comments on a draft, oldest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn comments(tx: &mut ReadTx, series: &str) -> Result<Vec<Comment>> {
    let select =
        "select id, part, person, person_name, words, written_at, settled_at, settled_by from draft_comment \
                  where series = $1 order by written_at, id"
            .to_owned();
    let comment = |row: &AnyRow| {
        Ok(Comment {
            id: row.text("id")?,
            part: row.text("part")?,
            person: PersonId::new(row.text("person")?),
            person_name: row.text("person_name")?,
            words: row.text("words")?,
            written_at: row.instant("written_at")?,
            settled_at: row.instant_or_null("settled_at")?,
            settled_by: row.text_or_null("settled_by")?,
        })
    };
    tx.rows(select, &[Bind::from(&series)]).await?.iter().map(comment).collect()
}

/// Adds a comment.
///
/// # Errors
/// Whatever the engine reports.
pub async fn comment(tx: &mut WriteTx, series: &str, comment: &Comment) -> Result<()> {
    let insert = "insert into draft_comment (id, series, part, person, person_name, words, written_at) \
                  values ($1, $2, $3, $4, $5, $6, $7)";
    let bound = [
        Bind::from(&comment.id),
        Bind::from(&series),
        Bind::from(&comment.part),
        Bind::from(&comment.person),
        Bind::from(&comment.person_name),
        Bind::from(&comment.words),
        Bind::from(&instant(comment.written_at)),
    ];
    tx.execute(insert.to_owned(), &bound).await?;
    Ok(())
}

/// Settles a comment that is not settled.
///
/// # Errors
/// `NotFound` if there is none, or it is settled.
pub async fn settle_comment(tx: &mut WriteTx, series: &str, id: &str, by: &str, at: Timestamp) -> Result<()> {
    let update = "update draft_comment set settled_at = $1, settled_by = $2 \
                  where series = $3 and id = $4 and settled_at is null";
    let bound = [Bind::from(&instant(at)), Bind::from(&by), Bind::from(&series), Bind::from(&id)];
    found(tx.execute(update.to_owned(), &bound).await?, "comment")
}

const TASKS: &str = "select id, series, part, partner, words, last_day, given_by, given_at, done_at, done_by \
                     from draft_task";

/// The tasks of a draft, oldest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn tasks(tx: &mut ReadTx, series: &str) -> Result<Vec<Task>> {
    tasks_where(tx, format!("{TASKS} where series = $1 order by given_at, id"), &[Bind::from(&series)]).await
}

/// The tasks that are not done, of every draft, oldest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn tasks_open(tx: &mut ReadTx) -> Result<Vec<Task>> {
    tasks_where(tx, format!("{TASKS} where done_at is null order by given_at, id"), &[]).await
}

async fn tasks_where(tx: &mut ReadTx, select: String, bound: &[Bind]) -> Result<Vec<Task>> {
    let task = |row: &AnyRow| {
        let last_day = row.text_or_null("last_day")?;
        let last_day =
            last_day.map(|day| day.parse().map_err(|_| StoreError::Corrupt(format!("last_day: {day}"))));
        Ok(Task {
            id: row.text("id")?,
            series: row.text("series")?,
            part: row.text("part")?,
            partner: row.text("partner")?,
            words: row.text("words")?,
            last_day: last_day.transpose()?,
            given_by: row.text("given_by")?,
            given_at: row.instant("given_at")?,
            done_at: row.instant_or_null("done_at")?,
            done_by: row.text_or_null("done_by")?,
        })
    };
    tx.rows(select, bound).await?.iter().map(task).collect()
}

/// Gives a task.
///
/// # Errors
/// Whatever the engine reports.
pub async fn give_task(tx: &mut WriteTx, task: &Task) -> Result<()> {
    let insert = "insert into draft_task (id, series, part, partner, words, last_day, given_by, given_at) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let bound = [
        Bind::from(&task.id),
        Bind::from(&task.series),
        Bind::from(&task.part),
        Bind::from(&task.partner),
        Bind::from(&task.words),
        Bind::Text(task.last_day.map(|day| day.to_string())),
        Bind::from(&task.given_by),
        Bind::from(&instant(task.given_at)),
    ];
    tx.execute(insert.to_owned(), &bound).await?;
    Ok(())
}

/// Writes down that a task is done.
///
/// # Errors
/// `NotFound` if there is none, or it is done.
pub async fn finish_task(tx: &mut WriteTx, series: &str, id: &str, by: &str, at: Timestamp) -> Result<()> {
    let update =
        "update draft_task set done_at = $1, done_by = $2 where series = $3 and id = $4 and done_at is null";
    let bound = [Bind::from(&instant(at)), Bind::from(&by), Bind::from(&series), Bind::from(&id)];
    found(tx.execute(update.to_owned(), &bound).await?, "task")
}

async fn edits(tx: &mut ReadTx, select: String, bound: &[Bind]) -> Result<Vec<Edit>> {
    let edit = |row: &AnyRow| {
        Ok(Edit {
            part: row.text("part")?,
            serial: row.integer("serial")?,
            body: row.json("body")?,
            aside: row.integer("aside")? != 0,
            settles: sqlx::Row::try_get(row, "settles").map_err(crate::engine::translate)?,
            person: PersonId::new(row.text("person")?),
            person_name: row.text("person_name")?,
            saved_at: row.instant("saved_at")?,
        })
    };
    tx.rows(select, bound).await?.iter().map(edit).collect()
}

fn found(touched: u64, what: &str) -> Result<()> {
    if touched == 0 { Err(StoreError::NotFound(what.into())) } else { Ok(()) }
}
