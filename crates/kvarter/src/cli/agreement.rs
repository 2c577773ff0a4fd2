//! `kvarter agreement`: issue, see how one stands, and whether two copies are identical.

use std::path::PathBuf;

use jiff::civil::Date;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::validity::{Leaf, Validity};
use kvarter_services::agreement::{self, AgreementPage};
use kvarter_services::{App, Ctx, Error};
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::duty::{DutyTold, duties_table};
use super::house::House;
use super::issue::IssueArguments;
use super::{compare, issue};
use crate::language::Words;
use crate::web::validity::contradicted;

/// Agreements: issue them, see how one stands, and whether two copies are identical.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Agreement {
    /// Issues agreements: for each municipality two originals and the covering letter.
    ///
    /// Each municipality is a whole of its own, so the same command can be given again after an
    /// interruption: what is issued already is passed over. A municipality without district codes cannot
    /// be issued one (§ 2); give its codes with --districts. Ends with 1 if any municipality was refused.
    #[command(after_help = "Examples:\n  \
        kvarter agreement issue lua-2008 --all --districts districts.csv --reference IJ2008/1818/IU \\\n      \
        --state-signatory \"Nyamko Sabuni\" --officer \"Name of the officer\"\n  \
        kvarter agreement issue lua-2008 --municipality 0180 --dated 2008-09-18 …")]
    Issue(Box<IssueArguments>),
    /// Shows an agreement: its parties and districts, whether it is in force, and its duties.
    #[command(
        after_help = "Examples:\n  kvarter agreement show lua-2008/0180\n  kvarter agreement show lua-2008/Stockholm --as-of 2009-10-02 --json"
    )]
    Show {
        /// The agreement: programme and municipality, as lua-2008/0180
        #[arg(value_name = "ID")]
        agreement: String,
        /// How the duties stood on a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
    /// Tells whether an agreement is in force, with the proof: each condition, its clause, what shows that
    /// it is met or what is missing.
    ///
    /// Ends with 1 if the agreement is not in force.
    #[command(
        after_help = "Examples:\n  kvarter agreement validity lua-2008/0180\n  kvarter agreement validity lua-2008/0180 --as-of 2008-10-17 --json"
    )]
    Validity {
        /// The agreement: programme and municipality, as lua-2008/0180
        #[arg(value_name = "ID")]
        agreement: String,
        /// By what had been registered by a day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        house: House,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
    /// Compares two PDFs: are they word for word the same agreement (likalydande)?
    ///
    /// If not, tells page, clause and words of every place where they part, beside the programme's own
    /// text too. No house is needed. Ends with 0 if they are likalydande, 1 if not, and 2 if a file cannot
    /// be read.
    ///
    /// As JSON: `likalydande`, `identical`, `same_agreement`, `same_text`; `parameters` that are filled
    /// otherwise (`parameter`, `a`, `b`); `deviations` of B from A, and of each from the programme's text
    /// (`a_from_text`, `b_from_text`), each with `kind`, `page`, `clause`, `expected`, `found`, `context`.
    #[command(
        after_help = "Examples:\n  kvarter agreement compare A.pdf B.pdf\n  kvarter agreement compare signed.pdf issued.pdf --json"
    )]
    Compare {
        /// The first file
        #[arg(value_name = "A.pdf")]
        a: PathBuf,
        /// The second file
        #[arg(value_name = "B.pdf")]
        b: PathBuf,
        /// The programme whose text it is, by id or folder
        #[arg(long, value_name = "ID|FOLDER", default_value = "lua-2008")]
        programme: String,
        /// Answers with JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(l: Words, verb: Agreement) -> Answer {
    match verb {
        Agreement::Issue(arguments) => issue::run(l, &arguments).await,
        Agreement::Show { agreement, as_of, house, json } => {
            let (_, page, day) = opened(&house, &agreement, as_of.as_deref()).await?;
            if json {
                say_json(&shown(&page))?
            } else {
                say(&page_in_words(l, &page, day))?
            }
            Ok(Outcome::Yes)
        }
        Agreement::Validity { agreement, as_of, house, json } => {
            let (_, page, day) = opened(&house, &agreement, as_of.as_deref()).await?;
            let from = page.in_force_from().filter(|from| *from <= day);
            let in_force = from.is_some();
            if json {
                say_json(&serde_json::json!({
                    "agreement": page.life.agreement.id,
                    "as_of": day,
                    "in_force": in_force,
                    "in_force_from": from,
                    "contradicted": in_force && page.validity.in_force_from.is_none(),
                    "proofs": page.validity.proofs,
                }))?;
            } else {
                say(&proof_in_words(l, &page, from))?;
            }
            Ok(if in_force { Outcome::Yes } else { Outcome::No })
        }
        Agreement::Compare { a, b, programme, json } => compare::run(l, [&a, &b], &programme, json),
    }
}

/// Opens the house and the agreement in it, as of a day.
async fn opened(
    house: &House,
    written: &str,
    as_of: Option<&str>,
) -> Result<(App, AgreementPage, Date), Trouble> {
    let mut problems = Problems::none();
    let settings = answer::gathered(house.standing(), &mut problems)?;
    let day = as_of.and_then(|day| answer::day("--as-of", day, &mut problems));
    answer::usable(problems)?;
    let Some(settings) = settings else { return Err(Error::NotFound.into()) };
    let app = super::house::enter(&settings).await?;
    let ctx = app.system();
    let today = ctx.today();
    let id = id_of(&app, written);
    let page = match day {
        Some(day) if day < today => agreement::show_as_of(&ctx, &app, &id, day).await,
        Some(day) => agreement::show(&as_of_day(ctx, day)?, &app, &id).await,
        None => agreement::show(&ctx, &app, &id).await,
    };
    let page = match page {
        Err(Error::NotFound) => {
            let exists = agreement::show(&app.system(), &app, &id).await.is_ok();
            let Some(day) = day.filter(|_| exists) else {
                return Err(no_such_agreement(&app, written).await);
            };
            let problem = Problem::new("agreement-not-registered-then", "--as-of");
            return Err(Trouble::Asked(problem.with("written", &id).with("day", day).into()));
        }
        other => other?,
    };
    Ok((app, page, day.unwrap_or(today)))
}

/// The context at the end of a day in Sweden: what was done that day counts.
pub(super) fn as_of_day(mut ctx: Ctx, day: Date) -> Result<Ctx, Trouble> {
    let zoned = day.at(23, 59, 59, 0).to_zoned_datetime(kvarter_domain::time::stockholm());
    ctx.now = zoned.map_err(|error| Error::Internal(error.to_string()))?.timestamp();
    Ok(ctx)
}

/// The agreement's id; the municipality may be written by any name it goes by.
pub(super) fn id_of(app: &App, written: &str) -> AgreementId {
    let by_name = written.trim().split_once('/').and_then(|(programme, name)| {
        let programme = app.programme(&ProgrammeId::new(programme)).ok()?;
        Some(AgreementId::of(&programme.id, &programme.recipient(name)?.municipality))
    });
    by_name.unwrap_or_else(|| AgreementId::new(written.trim()))
}

/// Names the agreements that there are, since the one asked for is not among them.
async fn no_such_agreement(app: &App, written: &str) -> Trouble {
    let mut known = Vec::new();
    for programme in app.programmes() {
        if let Ok(rows) = agreement::board(&app.system(), app, &programme.id).await {
            known.extend(rows.iter().map(|row| row.life.agreement.id.to_string()));
        }
    }
    let problem = Problem::new("agreement-not-found", "ID")
        .with("written", written)
        .with("known", if known.is_empty() { "none".to_owned() } else { known.join(", ") });
    Trouble::Asked(problem.into())
}

/// An agreement as JSON tells it.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    id: &'a AgreementId,
    programme: &'a ProgrammeId,
    edition: &'a str,
    municipality: &'a OrganisationId,
    party_name: &'a str,
    state: &'a OrganisationId,
    issued_on: Date,
    districts: &'a [AgreementDistrict],
    in_force_from: Option<Date>,
    event: i64,
    duties: Vec<DutyTold<'a>>,
}

fn shown(page: &AgreementPage) -> Shown<'_> {
    let head = &page.life.agreement;
    Shown {
        id: &head.id,
        programme: &head.programme,
        edition: head.edition.as_str(),
        municipality: &head.municipality,
        party_name: &head.party_name,
        state: &head.state,
        issued_on: head.issued_on,
        districts: &page.life.districts,
        in_force_from: page.in_force_from(),
        event: page.seen,
        duties: page.duties.iter().map(DutyTold::of).collect(),
    }
}

fn page_in_words(l: Words, page: &AgreementPage, day: Date) -> String {
    let head = &page.life.agreement;
    let mut text = format!("{}\n{} · {}\n", head.id, page.programme.name.get(l.0), head.party_name);
    for district in &page.life.districts {
        text.push_str(&format!("  {}  {}\n", district.code, district.name));
    }
    text.push('\n');
    match page.in_force_from().filter(|from| *from <= day) {
        Some(from) => text.push_str(&l.with("cli-in-force-since", [("day", &l.day(from))])),
        None => text.push_str(&format!("{}\n{}", l.t("cli-not-in-force"), missing(l, &page.validity))),
    }
    if page.duties.iter().any(|view| view.prospective) {
        text.push_str(&format!("\n{}", l.t("cli-duties-prospective")));
    }
    format!("{}\n\n{}", text.trim_end(), duties_table(l, &page.programme, &page.duties))
}

/// What is missing, one line for each thing.
fn missing(l: Words, validity: &Validity) -> String {
    let notes = validity.proofs.iter().flat_map(|proof| proof.missing()).flat_map(|leaf| &leaf.missing);
    let mut lines: Vec<String> =
        notes.map(|note| format!("  – {}\n", l.args(&note.code, &note.args))).collect();
    // The same thing can be missing from both trees.
    let mut told = std::collections::HashSet::new();
    lines.retain(|line| told.insert(line.clone()));
    lines.concat()
}

fn proof_in_words(l: Words, page: &AgreementPage, from: Option<Date>) -> String {
    let judged = &page.validity;
    let mut text = match from {
        Some(from) if judged.in_force_from.is_none() => contradicted(judged, from, l),
        Some(from) => l.with("cli-in-force-since", [("day", &l.day(from))]),
        None => l.t("cli-not-in-force"),
    };
    text = format!("{}\n{text}\n", page.life.agreement.id);
    for proof in &judged.proofs {
        text.push_str(&format!(
            "\n{} {} ({})\n",
            mark(proof.met_on.is_some()),
            proof.name.get(l.0),
            l.clause(&proof.clause)
        ));
        for leaf in &proof.leaves {
            text.push_str(&leaf_in_words(l, leaf));
        }
    }
    text
}

fn leaf_in_words(l: Words, leaf: &Leaf) -> String {
    let sign = if leaf.advisory && leaf.met_on.is_none() { "!" } else { mark(leaf.met_on.is_some()) };
    let mut text = format!("  {sign} ”{}” ({})\n", leaf.says, l.clause(&leaf.clause));
    let notes: Vec<_> = match leaf.met_on {
        Some(_) => leaf.evidence.iter().chain(&leaf.remarks).collect(),
        None => leaf.missing.iter().chain(&leaf.remarks).collect(),
    };
    for note in notes {
        text.push_str(&format!("      {}\n", l.args(&note.code, &note.args)));
    }
    text
}

fn mark(met: bool) -> &'static str {
    if met { "✓" } else { "✗" }
}
