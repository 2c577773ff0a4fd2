//! `kvarter duty`: duties of agreements in force, with how each stands.

use kvarter_domain::duty::{Duty as Owed, Standing};
use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::{Debtor, Programme};
use kvarter_services::duty::{self, DutyView, Filter};
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::house::House;
use super::{agreement, table};
use crate::language::Words;
use crate::standing::{self, Stand};

/// How a duty can stand, by the codes that a filter takes.
const STANDINGS: &[&str] = &[
    "upcoming",
    "due-soon",
    "overdue",
    "met",
    "met-late",
    "excused",
    "extended",
    "standing",
    "awaiting-event",
    "triggered",
    "undated",
    "before-validity",
    "not-owed",
];

/// Duties of agreements in force, with how each stands.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Duty {
    /// Lists duties by their last day, both parties' beside each other.
    ///
    /// What the state owes the whole programme stands once. As JSON: one object per duty with all that was
    /// frozen when the agreement entered into force, and `standing` with its `stands` and days.
    #[command(
        after_help = "Examples:\n  kvarter duty list\n  kvarter duty list --stands overdue --debtor state --json\n  \
        kvarter duty list --agreement lua-2008/0180 --year 2009 --as-of 2009-10-02"
    )]
    List {
        /// The programme
        #[arg(long, value_name = "ID", default_value = "lua-2008")]
        programme: String,
        /// Only those of an agreement, as lua-2008/0180
        #[arg(long, value_name = "ID")]
        agreement: Option<String>,
        /// Only those that one side owes: municipality or state
        #[arg(long, value_name = "SIDE")]
        debtor: Option<String>,
        /// Only those that rest on a clause, as 4
        #[arg(long, value_name = "CLAUSE")]
        clause: Option<String>,
        /// Only those that stand so: upcoming, due-soon, overdue, met, met-late, excused, extended,
        /// standing, awaiting-event, triggered, undated, before-validity or not-owed
        #[arg(long, value_name = "CODE")]
        stands: Option<String>,
        /// Only those with their last day in a year
        #[arg(long, value_name = "YEAR")]
        year: Option<String>,
        /// How they stood on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON: one object per duty
        #[arg(long)]
        json: bool,
    },
}

/// A duty with how it stands, as JSON tells it.
#[derive(Debug, Serialize)]
pub(super) struct DutyTold<'a> {
    #[serde(flatten)]
    duty: &'a Owed,
    /// Not yet owed: what would follow.
    prospective: bool,
    standing: &'a Standing,
}

impl<'a> DutyTold<'a> {
    pub(super) fn of(view: &'a DutyView) -> Self {
        Self { duty: &view.duty, prospective: view.prospective, standing: &view.standing }
    }
}

pub(super) async fn run(l: Words, verb: Duty) -> Answer {
    let Duty::List { programme, agreement, debtor, clause, stands, year, as_of, house, json } = verb;
    let mut problems = Problems::none();
    let settings = answer::gathered(house.standing(), &mut problems)?;
    let word = |problems: &mut Problems, argument: &str, written: &str, known: &[&str]| {
        problems.add_if(!known.contains(&written), || {
            Problem::new("argument-not-among", argument)
                .with("written", written)
                .with("known", known.join(", "))
        });
    };
    if let Some(side) = &debtor {
        word(&mut problems, "--debtor", side, &["municipality", "state"]);
    }
    if let Some(stands) = &stands {
        word(&mut problems, "--stands", stands, STANDINGS);
    }
    let year = year.as_deref().and_then(|written| {
        let year = written.trim().parse::<i64>().ok();
        problems.add_if(year.is_none(), || {
            Problem::new("argument-not-a-number", "--year").with("written", written)
        });
        year
    });
    let as_of = as_of.as_deref().and_then(|day| answer::day("--as-of", day, &mut problems));
    answer::usable(problems)?;
    let Some(settings) = settings else { return Ok(Outcome::No) };
    let app = super::house::enter(&settings).await?;
    let id = ProgrammeId::new(&programme);
    let Ok(read) = app.programme(&id) else {
        let known: Vec<&str> = app.programmes().map(|p| p.id.as_str()).collect();
        let problem = Problem::new("no-such-programme", "--programme")
            .with("programme", &programme)
            .with("shipped", known.join(", "));
        return Err(Trouble::Asked(problem.into()));
    };
    let mut ctx = app.system();
    if let Some(day) = as_of {
        ctx = agreement::as_of_day(ctx, day)?;
    }
    let filter = Filter {
        debtor: debtor.as_deref().and_then(Debtor::from_code),
        agreement: agreement.map(AgreementId::new),
        clause,
        stands,
        year,
    };
    let duties = duty::list(&ctx, &app, &id, &filter).await?;
    if json {
        say_json(&duties.iter().map(DutyTold::of).collect::<Vec<_>>())?;
    } else if duties.is_empty() {
        say(&l.t("cli-duties-none"))?;
    } else {
        say(&duties_table(l, &read, &duties))?;
    }
    Ok(Outcome::Yes)
}

/// Duties as a table: last day, clause, who to whom, what, and how it stands.
pub(super) fn duties_table(l: Words, programme: &Programme, duties: &[DutyView]) -> String {
    let mut sorted: Vec<&DutyView> = duties.iter().collect();
    let last = |view: &DutyView| view.standing.last_day().or(view.duty.effective);
    sorted.sort_by_key(|view| (last(view).is_none(), last(view)));
    let rows: Vec<[String; 5]> = sorted
        .iter()
        .map(|view| {
            let duty = &view.duty;
            let name =
                programme.obligation(&duty.obligation).map_or(duty.obligation.as_str(), |o| o.name.get(l.0));
            let object = duty.object_name.as_ref().map(|object| format!(", {object}")).unwrap_or_default();
            let stand = if view.prospective { Stand::not_yet(l) } else { Stand::of(&view.standing, l) };
            [
                last(view).map_or_else(|| "–".to_owned(), |day| day.to_string()),
                l.clause(&duty.clause),
                standing::owes(duty, l),
                format!("{name}{object}"),
                stand.line,
            ]
        })
        .collect();
    let heading =
        ["day", "clause", "owes", "duty", "standing"].map(|column| l.t(&format!("cli-column-{column}")));
    table::set(heading, &rows)
}
