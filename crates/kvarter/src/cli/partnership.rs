//! `kvarter partnership` and `kvarter collaboration`: who works together, and what they have committed themselves to.

use jiff::civil::Date;
use kvarter_domain::collaboration::{Coverage, word_of};
use kvarter_domain::ids::{AgreementId, PartnerId};
use kvarter_domain::problem::Problems;
use kvarter_services::collaboration::{self, CollaborationPage};
use kvarter_services::partnership::{self, PartnershipPage};
use kvarter_services::{App, Ctx, Error};
use serde_json::{Value, json};

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::{agreement, table};
use crate::language::Words;
use crate::web::collaboration::stands;
use crate::web::partnership::gap_words;

/// Partnerships: who is in them, what they lack, what was said and answered.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Partnership {
    /// Shows an agreement's partnership: partners, what is lacking, meetings, dialogues and needs.
    ///
    /// Ends with 1 if an authority that was ordered to take part is missing.
    #[command(
        after_help = "Examples:\n  kvarter partnership show lua-2008/0180\n  kvarter partnership show lua-2008/Stockholm --as-of 2009-04-01 --json"
    )]
    Show {
        /// The agreement: programme and municipality, as lua-2008/0180
        #[arg(value_name = "ID")]
        agreement: String,
        /// As it was known on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
}

/// Collaboration agreements: whether every member has one that holds.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Collaboration {
    /// Shows every partner's collaboration agreement, or one partner's with what is committed to.
    ///
    /// Ends with 1 if a member has none that holds.
    #[command(
        after_help = "Examples:\n  kvarter collaboration show lua-2008/0180\n  kvarter collaboration show lua-2008/0180/forsakringskassan --json"
    )]
    Show {
        /// The agreement, as lua-2008/0180, or a partner in it, as lua-2008/0180/forsakringskassan
        #[arg(value_name = "ID")]
        agreement: String,
        /// As it stood on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
}

/// The house opened, and the day that is asked for.
async fn opened(house: &House, as_of: Option<&str>) -> Result<(App, Ctx, Date), Trouble> {
    let mut problems = Problems::none();
    let settings = answer::gathered(house.standing(), &mut problems)?;
    let day = as_of.and_then(|day| answer::day("--as-of", day, &mut problems));
    answer::usable(problems)?;
    let Some(settings) = settings else { return Err(Error::NotFound.into()) };
    let app = super::house::enter(&settings).await?;
    let ctx = app.system();
    let day = day.unwrap_or(ctx.today());
    Ok((app, ctx, day))
}

/// What is there, or the argument told as naming nothing.
fn there<T>(found: kvarter_services::Result<T>, written: &str) -> Result<T, Trouble> {
    match found {
        Err(Error::NotFound) => Err(Trouble::no_such("no-such-partnership", "ID", written)),
        other => Ok(other?),
    }
}

pub(super) async fn run(l: Words, verb: Partnership) -> Answer {
    let Partnership::Show { agreement: written, as_of, house, json } = verb;
    let (app, ctx, day) = opened(&house, as_of.as_deref()).await?;
    let id = agreement::id_of(&app, &written);
    let page = there(partnership::show_as_of(&ctx, &app, &id, day).await, &written)?;
    if json {
        say_json(&shown(&page))?;
    } else {
        say(&in_words(l, &page))?;
    }
    let missing = page.composition.gaps.iter().any(|gap| gap.required.is_some());
    Ok(if missing { Outcome::No } else { Outcome::Yes })
}

fn shown(page: &PartnershipPage) -> Value {
    let partners: Vec<Value> = page
        .partners()
        .iter()
        .map(|m| json!({ "partner": m.partner, "joining": m.joining, "last_day": m.last_day() }))
        .collect();
    let gaps: Vec<Value> = page
        .composition
        .gaps
        .iter()
        .map(|gap| {
            json!({
                "lack": gap.lack, "required": gap.required, "category": gap.category, "district": gap.district,
            })
        })
        .collect();
    let known = &page.known;
    json!({
        "agreement": page.life.agreement.id, "as_of": page.day, "partners": partners, "gaps": gaps,
        "departures": known.departures, "invitations": known.invitations, "answers": known.answers,
        "groups": known.groups, "group_members": known.group_members, "organisation": known.descriptions,
        "meetings": known.meetings, "dialogues": known.dialogues, "responses": known.responses,
        "regional": known.regional, "needs": known.needs, "need_answers": known.need_answers,
    })
}

fn in_words(l: Words, page: &PartnershipPage) -> String {
    let rows: Vec<[String; 4]> = page
        .partners()
        .iter()
        .map(|m| {
            [
                m.joining.from_day.to_string(),
                l.t(&format!("mode-{}", m.joining.mode)),
                l.t(&format!("category-{}", m.partner.category)),
                m.partner.name.clone(),
            ]
        })
        .collect();
    let heading = ["partner-from", "partner-mode", "partner-category", "partner-name"].map(|key| l.t(key));
    let mut lines = vec![
        l.with("partnership-title", [("name", page.life.agreement.party_name.as_str())]),
        String::new(),
        table::set(heading, &rows),
    ];
    lines.extend(page.composition.gaps.iter().map(|gap| gap_words(page, gap, l)));
    let unanswered = page.known.unanswered_dialogues(page.day).count().to_string();
    lines.push(String::new());
    lines.push(format!("{}: {}", l.t("partnerships-meetings"), page.known.meetings.len()));
    lines.push(l.with("partnership-unanswered", [("count", unanswered.as_str())]));
    lines.push(format!("{}: {}", l.t("partnerships-needs"), page.known.unanswered_needs(page.day).count()));
    lines.join("\n")
}

pub(super) async fn collaboration(l: Words, verb: Collaboration) -> Answer {
    let Collaboration::Show { agreement: written, as_of, house, json } = verb;
    let (app, ctx, day) = opened(&house, as_of.as_deref()).await?;
    if written.trim().matches('/').count() > 1 {
        let id = PartnerId::new(written.trim());
        let page = there(collaboration::show_as_of(&ctx, &app, &id, day).await, &written)?;
        if json {
            say_json(&one_shown(&page))?;
        } else {
            say(&one_in_words(l, &page))?;
        }
        let gap = page.member == Some(true) && page.standing.is_gap();
        return Ok(if gap { Outcome::No } else { Outcome::Yes });
    }
    let id: AgreementId = agreement::id_of(&app, &written);
    let (_, board) = there(collaboration::board(&ctx, &app, &id, day).await, &written)?;
    if json {
        let rows = board.iter().map(|row| {
            json!({
                "partner": row.partner, "name": row.name, "member": row.member,
                "stands": row.standing.code(), "version": row.standing.version(),
            })
        });
        say_json(&rows.collect::<Vec<_>>())?;
    } else {
        say(&board_in_words(l, &board))?;
    }
    let gap = board.iter().any(|row| row.member && row.standing.is_gap());
    Ok(if gap { Outcome::No } else { Outcome::Yes })
}

fn board_in_words(l: Words, board: &[Coverage]) -> String {
    let rows: Vec<[String; 4]> = board
        .iter()
        .map(|row| {
            [
                word_of(&row.partner).to_owned(),
                l.t(if row.member { "mode-member" } else { "mode-supporter" }),
                row.name.clone(),
                stands(&row.standing, l).1,
            ]
        })
        .collect();
    let heading =
        ["partner-word", "partner-mode", "partner-name", "partner-collaboration"].map(|key| l.t(key));
    table::set(heading, &rows)
}

fn one_shown(page: &CollaborationPage) -> Value {
    let versions: Vec<Value> = page
        .known
        .with(&page.partner.id)
        .map(|version| {
            let signatures: Vec<_> =
                page.known.signatures.iter().filter(|s| s.version == version.id).collect();
            json!({
                "version": version, "terms": page.known.terms_of(&version.id), "signatures": signatures,
                "concluded_on": page.known.concluded_on(&version.id),
                "reported": page.known.reports.iter().find(|report| report.version == version.id),
            })
        })
        .collect();
    json!({
        "partner": page.partner, "member": page.member, "as_of": page.day, "stands": page.standing.code(),
        "versions": versions,
    })
}

fn one_in_words(l: Words, page: &CollaborationPage) -> String {
    let mut lines = vec![
        l.with("collaboration-with", [("name", page.partner.name.as_str())]),
        stands(&page.standing, l).1,
    ];
    let shown = page.standing.version().and_then(|version| page.known.terms_of(version));
    if let Some(terms) = shown {
        lines.push(String::new());
        lines.push(terms.purpose.clone());
        for one in &terms.commitments {
            let by = one.by.map(|day| day.to_string()).unwrap_or_default();
            lines.push(format!("{}  {by}  {}", one.id, one.what.replace('\n', " ")));
            lines.push(format!("    {} ({})", one.element, one.plan_version));
        }
    }
    lines.join("\n")
}
